"""Names of many cultures, as pages write them, beside the people that records have."""

from __future__ import annotations

import pytest

from enrich.model.site_context import Profile
from enrich.model.work import Person
from enrich.reconciler.people.alignment import align_authors
from enrich.reconciler.people.author_entries import read_author_entries

# Each line: the entry on the page; the record's family name, given name and suffix.

INITIALS_LIKE_TITLES = """
JR Okafor ; Okafor ; John Reginald
MS Lindqvist ; Lindqvist ; Maria Sofia
DR Achterberg ; Achterberg ; David R.
MD Ibekwe ; Ibekwe ; Mary Dorothea
Ibekwe MD ; Ibekwe ; Mary Dorothea
Okafor JR ; Okafor ; J. R.
Achterberg, DR ; Achterberg ; D R
Lindqvist, MS ; Lindqvist ; Maria S
Sundaram PhD ; Sundaram ; Priya
J.R. Okafor ; Okafor ; JR
Dr Achterberg ; Achterberg ; David
DR ACHTERBERG ; ACHTERBERG ; D R
Mr. Tunde Ibekwe ; Ibekwe ; Tunde
Prof. Dr. Hanna Weiß ; Weiß ; Hanna
Ma Yo ; Ma ; Yo
BA Adeyemi ; Adeyemi ; Bukola A
Adeyemi BA ; Adeyemi ; Bukola A
Adeyemi, MA ; Adeyemi ; Musa A
Musa Adeyemi, MA ; Adeyemi ; Musa
DO Nguyen ; Nguyen ; Duc Oanh
Nguyen DO ; Nguyen ; D O
MS Rao ; Rao ; M. S.
Rao, M.S. ; Rao ; Madhav Shyam
IV Petrov ; Petrov ; Igor V.
Petrov IV ; Petrov ; Igor Vasilyevich
II Ivanov ; Ivanov ; I. I.
Ivanov II ; Ivanov ; Ivan I.
VI Sokolov ; Sokolov ; Viktor I.
SR Das ; Das ; Subrata R
Das SR ; Das ; S R
MPH Svensson ; Svensson ; Maja P H
Esq Barros ; Barros ; Esq
RN Mbeki ; Mbeki ; Ruth N
Mbeki, RN ; Mbeki ; Ruth N
JR Smith Jr ; Smith ; John R ; Jr
Mary Dorothea Ibekwe MD ; Ibekwe ; Mary Dorothea
M. D. Ibekwe, M.D. ; Ibekwe ; Mary Dorothea
Ed. Barros ; Barros ; Eduardo
Lee MD, PhD ; Lee ; Min D
"""
DEGREES_BEHIND = """
Ngozi Eze, M.D., Ph.D. ; Eze ; Ngozi
Ngozi Eze, MD, MPH, FACS ; Eze ; Ngozi
Ngozi Eze, RN, BSN ; Eze ; Ngozi
Eze, Ngozi, PhD ; Eze ; Ngozi
Ngozi Eze MBBS ; Eze ; Ngozi
Ngozi Eze, B.A. ; Eze ; Ngozi
Ngozi Eze, M.B., B.S. ; Eze ; Ngozi
Ngozi Eze, MB ChB ; Eze ; Ngozi
Ngozi Eze, MSc, PhD, FRCPC ; Eze ; Ngozi
Ngozi Eze, PharmD, BCPS ; Eze ; Ngozi
Ngozi Eze, DVM ; Eze ; Ngozi
Dr. Ngozi Eze, MD ; Eze ; Ngozi
Ngozi Eze (PhD) ; Eze ; Ngozi
Ngozi Eze, MD (Hons) ; Eze ; Ngozi
Ngozi Eze, PhD, LCSW ; Eze ; Ngozi
Ngozi Eze, PT, DPT, PhD ; Eze ; Ngozi
Ngozi Eze, Sc.D. ; Eze ; Ngozi
Ngozi Eze, Pharm.D. ; Eze ; Ngozi
Ngozi Eze, M.S. ; Eze ; Ngozi
Ngozi Eze, CRNP ; Eze ; Ngozi
Ngozi Eze, PhD1 ; Eze ; Ngozi
Ngozi Eze, PhD* ; Eze ; Ngozi
Ngozi Eze ; Eze, PhD ; Ngozi
Ngozi Eze ; Eze MD ; Ngozi
Ngozi Eze ; Eze ; Dr. Ngozi
Prof. Ngozi Eze FRS ; Eze ; Ngozi
Eng. Ngozi Eze ; Eze ; Ngozi
Ing. Ngozi Eze, CSc. ; Eze ; Ngozi
Assoc. Prof. Ngozi Eze ; Eze ; Ngozi
Assistant Professor Ngozi Eze ; Eze ; Ngozi
"""
SHORTENED_GIVEN_NAMES = """
Ch. Papadopoulou ; Papadopoulou ; Christina
Th. Ioannou ; Ioannou ; Theodoros
Yu. Melnyk ; Melnyk ; Yuriy
Zs. Kovács ; Kovács ; Zsuzsanna
Sz. Farkas ; Farkas ; Szabolcs
Gy. Tóth ; Tóth ; György
Cs. Balog ; Balog ; Csaba
Ts. Ganbat ; Ganbat ; Tserendorj
Kh. Rakhimov ; Rakhimov ; Khurshid
Zh. Abenov ; Abenov ; Zhandos
Ye. Sydorenko ; Sydorenko ; Yevhen
Ya. Kohut ; Kohut ; Yaroslav
Yu.V. Melnyk ; Melnyk ; Yuriy V.
A.Yu. Rudenko ; Rudenko ; Andriy Yu.
Rudenko A.Yu. ; Rudenko ; Andrii Yuriiovych
Melnyk, Yu. A. ; Melnyk ; Yu. A.
Shch. Orlov ; Orlov ; Shcherbak
Fr. Huber ; Huber ; Franz
Ph. Dubois ; Dubois ; Philippe
Dubois Ph. ; Dubois ; Philippe
Jos. Claes ; Claes ; Jozef
Chr. Holm ; Holm ; Christian
St. Keller ; Keller ; Stefan
Alexandr Dzh. Aliev ; Aliev ; Alexandr Dzh.
Ch.-L. Wu ; Wu ; Chia-Ling
Ioannou Th ; Ioannou ; Theodoros
Papadopoulou Ch ; Papadopoulou ; Christina
Kovács Zs ; Kovács ; Zsuzsanna
Y. Melnyk ; Melnyk ; Yu.
Zsuzsanna Kovács ; Kovács ; Zs.
Aguirre, Ma. Elena ; Aguirre ; Maria Elena
Ma. Elena Aguirre ; Aguirre ; María Elena
Ll. Puig ; Puig ; Lluís
"""
DOUBLE_SURNAMES = """
Ana Belén Ortega Ruiz ; Ruiz ; Ana Belén Ortega
Ana B. Ortega ; Ortega Ruiz ; Ana Belén
Ortega-Ruiz, Ana ; Ortega Ruiz ; Ana
Ana Ortega-Ruiz ; Ruiz ; Ana Ortega
A. O. Ruiz ; Ruiz ; Ana Ortega
Ortega Ruiz, A.B. ; Ruiz ; Ana Belén Ortega
Ruiz, Ana Belén Ortega ; Ortega Ruiz ; Ana Belén
João Pedro da Silva Santos ; Santos ; João Pedro da Silva
J. P. S. Santos ; Santos ; João Pedro da Silva
J. P. da Silva Santos ; da Silva Santos ; João Pedro
Silva Santos, João P. ; Santos ; João Pedro Silva
João Santos ; da Silva Santos ; João Pedro
Ana Ruiz ; Ortega Ruiz ; Ana
M. del Carmen Vidal Prats ; Vidal Prats ; M. del Carmen
Carmen Vidal ; Vidal Prats ; María del Carmen
Catarina de Sá e Melo ; e Melo ; Catarina de Sá
C. Costa e Silva ; e Silva ; Cláudia Costa
Helena Mac Cárthaigh ; Cárthaigh ; Helena Mac
Thi Hong Nguyen ; Nguyen ; Thi Hong
Nguyen Thi Hong Van ; Van ; Nguyen Thi Hong
Hong Van Nguyen Thi ; Nguyen Thi ; Hong Van
Eva Novotná Dvořáková ; Novotná Dvořáková ; Eva
Eva Dvořáková ; Novotná Dvořáková ; Eva
Kari Berg Hansen ; Hansen ; Kari Berg
Berg Hansen, K. ; Hansen ; Kari Berg
Kari B. Hansen ; Berg Hansen ; Kari
Leire Etxeberria Ugarte ; Etxeberria-Ugarte ; Leire
L. E. Ugarte ; Etxeberria Ugarte ; Leire
Ibarra del Valle, M. ; del Valle ; Martín Ibarra
Martín Ibarra del Valle ; Valle ; Martín Ibarra del
Marie-Ève St-Pierre Gagnon ; Gagnon ; Marie-Ève St-Pierre
St. Pierre, Luc ; Pierre ; Luc St.
El Amrani, Yassine ; Amrani ; Yassine El
Yassine El-Amrani ; Amrani ; Yassine El
Ben Youssef, Salma ; Youssef ; Salma Ben
van der Merwe, Pieter ; Merwe ; Pieter van der
P.v.d. Merwe ; van der Merwe ; Pieter
"""
SUFFIXES_ANYWHERE = """
Tom Bell III ; III ; Tom Bell
Tom Bell, III ; III ; Tom Bell
T. Bell III ; III ; Tom Bell
Tom Bell ; III ; Tom Bell
Bell T 3rd ; Bell ; Tom ; 3rd
Tom Bell Jr. ; Jr. ; Tom Bell
Bell Jr, Tom ; Bell ; Tom ; Jr
Bell, Tom, Jr. ; Bell ; Tom ; Jr.
Bell, Jr., Tom ; Bell ; Tom ; Jr.
Tom Bell Junior ; Bell ; Tom ; Jr
Tom Bell ; Bell Jr. ; Tom
Tom Bell Jr ; Bell ; Tom Jr
Tom Bell II ; II ; Tom Bell
Luiz Prado Neto ; Neto ; Luiz Prado
Luiz Prado Filho ; Filho ; Luiz Prado
L. Prado Filho ; Filho ; Luiz Prado
Prado Filho, L. ; Filho ; L. Prado
Luiz Prado, Jr ; Júnior ; Luiz Prado
Prado Júnior, Luiz ; Júnior ; Luiz Prado
Prado Jr., L. ; Júnior ; Luiz Prado
Tom Bell 2nd ; Bell ; Tom ; II
Tom Bell IV ; IV ; Tom Bell
Bell TA Jr ; Bell ; Tom A. ; Jr
Tom A. Bell Sr. ; Sr ; Tom A. Bell
BELL III, TOM ; Bell ; Tom ; III
"""
MARKERS = """
Ayşe Demir(1,2) ; Demir ; Ayşe
Ayşe Demir^{1,*} ; Demir ; Ayşe
Ayşe Demir (Corresponding author) ; Demir ; Ayşe
Ayşe Demir* ; Demir ; Ayşe
**Ayşe Demir** ; Demir ; Ayşe
Ayşe Demir<sup>1,2</sup> ; Demir ; Ayşe
Ayşe Demir ¹ ; Demir ; Ayşe
Ayşe Demir $^{1,2}$ ; Demir ; Ayşe
Ayşe Demir (* equal contribution) ; Demir ; Ayşe
Ayşe Demir (co-first) ; Demir ; Ayşe
Ayşe Demir 📧 ; Demir ; Ayşe
<u>Ayşe Demir</u> ; Demir ; Ayşe
[Ayşe Demir](https://example.org) ; Demir ; Ayşe
Ayşe Demir a,b ; Demir ; Ayşe
Ayşe Demir[1] ; Demir ; Ayşe
__Ayşe Demir__ ; Demir ; Ayşe
Ayşe Demir (she/her) ; Demir ; Ayşe
Ayşe Demir †‡ ; Demir ; Ayşe
1. Ayşe Demir ; Demir ; Ayşe
Ayşe Demir (Corresp.) ; Demir ; Ayşe
Ayşe Demir (PI) ; Demir ; Ayşe
Ayşe  Demir ; Demir ; Ayşe
Ayşe Demir#1 ; Demir ; Ayşe
*Ayşe Demir*, equal contribution ; Demir ; Ayşe
Ayşe Demir (University of Ankara) ; Demir ; Ayşe
Ayşe Demir (joint first author) ; Demir ; Ayşe
Ayşe Demir (PhD student) ; Demir ; Ayşe
Ayşe Demir ✉ ; Demir ; Ayşe
Ayşe Demir ⋆ ; Demir ; Ayşe
Ayşe Demir★ ; Demir ; Ayşe
Ayşe Demir${}^{*}$ ; Demir ; Ayşe
Ayşe Demir (✉) ; Demir ; Ayşe
Ayşe Demir ‖ ; Demir ; Ayşe
Ayşe Demir (last author) ; Demir ; Ayşe
(in alphabetical order) Ayşe Demir ; Demir ; Ayşe
Ayşe Demir, Ed. ; Demir ; Ayşe
"""
FORMS_OF_ONE_NAME = """
Bob Hale ; Hale ; Robert
Katie Moss ; Moss ; Katherine
Sasha Volkov ; Volkov ; Aleksandr
Sasha Volkov ; Volkov ; Alexander
Mehmet Öz ; Oz ; Mehmet
Oguz Çelik ; Çelik ; Oğuz
Ödön Szűcs ; Szucs ; Odon
Goran Đorđević ; Djordjevic ; Goran
Łukasz Żak ; Zak ; Lukasz
Soren Aagaard ; Ågaard ; Søren
Jorgen Oestergaard ; Østergaard ; Jørgen
Nguyễn Văn Đức ; Nguyen ; Van Duc
Guðrún Þórsdóttir ; Thorsdottir ; Gudrun
Sean O'Brien ; O’Brien ; Seán
Sean OBrien ; O'Brien ; Sean
Sean O Brien ; O'Brien ; Sean
MacDonald, Fiona ; Mac Donald ; Fiona
De la Cruz, Juan ; de la Cruz ; Juan
Delacruz, J ; de la Cruz ; Juan
VandenBerg, Johan ; van den Berg ; Johan
Xiaoming Li ; Li ; Xiao-Ming
X.-M. Li ; Li ; Xiao-Ming
XM Li ; Li ; Xiaoming
Li XM ; Li ; Xiao Ming
Liu Wb ; Liu ; Wen-bin
Kim, Min-Jae ; Kim ; Minjae
Park Ji Sung ; Park ; Ji-Sung
R. Venkata Ramana ; Ramana ; R. Venkata
S. Krishnan ; Krishnan ; Subramanian
Krishnan S ; S ; Krishnan
Md. Rahim Uddin ; Uddin ; Mohammad Rahim
Mohd Rahim Uddin ; Uddin ; Md. Rahim
Abdul Rahman Al-Fahad ; Al Fahad ; Abdulrahman
A. Al-Fahad ; Alfahad ; Abdul
Wm. Carter ; Carter ; William
Geo. Hill ; Hill ; George
Jane Q. Doe ; Doe ; Jane
Jane Doe ; Doe ; Jane Q.
J. Quinn Doe ; Doe ; Jane Quinn
Quinn Doe ; Doe ; J. Quinn
DOE Jane ; Doe ; Jane
Doe Jane ; Doe ; Jane
S. Zeki ; S Zeki ; Sebastian
Sebastian S. Zeki ; S Zeki ; Sebastian
Presmanes Hill, A. ; Hill ; Alison Presmanes
Sulaiman bin Ahmad ; Ahmad ; Sulaiman Bin
Sukarno ; Sukarno ; Sukarno
R. Putra ; Putra ; Rahmat
Hákon Jónsson ; Jonsson ; Hakon
Iñaki Ugarte ; Ugarte ; Inaki
Thái Hoàng ; Hoang ; Thai
van Dijk J. ; Dijk ; Jan van
J v Dijk ; van Dijk ; Jan
D’Angelo, M. ; DAngelo ; Marco
Di Marco, A. ; Dimarco ; Anna
Smith-Jones, A ; Smith Jones ; Anna
Lévi‐Strauss, C. ; Levi-Strauss ; Claude
"""
MORE_CULTURES = """
Nguyen, Thi Mai Huong ; Nguyen ; Thi Mai Huong
Huong T. M. Nguyen ; Nguyen ; Thi Mai Huong
Nguyen T.M.H. ; Nguyen ; Thi Mai Huong
T. M. Huong Nguyen ; Nguyen ; Thi Mai Huong
Mai-Huong Nguyen-Thi ; Nguyen Thi ; Mai Huong
Oluwaseun A. Adébáyọ̀ ; Adebayo ; Oluwaseun A.
Adebayo OA ; Adebayo ; Oluwaseun Abiodun
Chukwuemeka Okonkwo-Eze ; Okonkwo Eze ; Chukwuemeka
Aleksandra Woźniak ; Wozniak ; Aleksandra
Zbigniew Brzęczyszczykiewicz ; Brzeczyszczykiewicz ; Zbigniew
Ş. Yıldız ; Yildiz ; Şebnem
İ. Özgür ; Ozgur ; Ilker
Þorgeir Ðórðarson ; Thorgeir ; Dordarson
Birgitta Ødegaard ; Odegaard ; Birgitta
Hans-Jürgen Groß ; Gross ; Hans-Juergen
H.-J. Groß ; Gross ; Hans-Jürgen
H. J. Gross ; Groß ; Hans-Jürgen
Jean-Luc d'Arcy ; d’Arcy ; Jean Luc
J.-L. D'Arcy ; d'Arcy ; Jean-Luc
J.L. DArcy ; D'Arcy ; Jean-Luc
Fatima Zahra El Idrissi ; El Idrissi ; Fatima-Zahra
F.-Z. El Idrissi ; El-Idrissi ; Fatima Zahra
El Idrissi FZ ; El Idrissi ; Fatima Zahra
Elidrissi, F. ; El Idrissi ; Fatima
Abu Bakar Siddique ; Siddique ; Abu Bakar
A. B. Siddique ; Siddique ; Abubakar
Muhammad Usman ; Usman ; M.
Muhammad Usman ; Usman ; Muhammad
Usman Muhammad ; Usman ; Muhammad
S. R. Narayanan ; Narayanan ; Sankar Raman
Narayanan S.R. ; Narayanan ; Sankar R
K. P. S. Menon ; Menon ; Kumara P. S.
Venkatesh Prasad B. R. ; Prasad ; B. R. Venkatesh
Dewi Lestari Putri ; Putri ; Dewi Lestari
I Made Wirawan ; Wirawan ; I Made
I. M. Wirawan ; Wirawan ; I Made
Ni Luh Ayu ; Ayu ; Ni Luh
Kim, Ji-Woo ; Kim ; Jiwoo
J.W. Kim ; Kim ; Ji-Woo
Ji Woo Kim ; Kim ; Ji-woo
Jiwoo KIM ; Kim ; Ji Woo
Sato, Ken'ichi ; Sato ; Kenichi
Ken-ichi Sato ; Sato ; Ken’ichi
Ōta, Yūki ; Ota ; Yuki
Lü Chen ; Lu ; Chen
Ouyang Xiaohui ; Ouyang ; Xiao-Hui
X.H. Ouyang ; Ou-Yang ; Xiaohui
M. Ángeles Gil-Prados ; Gil Prados ; María Ángeles
Mª Carmen Vidal ; Vidal ; María Carmen
José Mª Soler ; Soler ; José María
Fco. Javier Mora ; Mora ; Francisco Javier
Fernando Sáenz de Urturi ; Sáenz de Urturi ; Fernando
F. Saenz-de-Urturi ; Sáenz de Urturi ; Fernando
de Urturi, F. S. ; Sáenz de Urturi ; Fernando
Rui M. S. Ferreira ; Ferreira ; Rui Miguel Silva
R.M.S. Ferreira ; Ferreira ; Rui Miguel da Silva
Rui Ferreira ; Ferreira ; Rui Miguel da Silva
Ferreira, Rui Miguel Silva ; Silva Ferreira ; Rui Miguel
Giulia De Luca ; De Luca ; Giulia
G. DeLuca ; De Luca ; Giulia
G. de Luca ; Luca ; Giulia De
Dell'Acqua, P. ; Dell’Acqua ; Paolo
Lo Presti, A. ; Presti ; Anna Lo
Frau Dr. Anke Lüders ; Lüders ; Anke
Anke Lueders (geb. Voss) ; Lüders ; Anke
Anke Lüders-Voss ; Lüders ; Anke
Anke Voss-Lüders ; Lüders ; Anke
Robert (Bob) Hale ; Hale ; Robert
Robert "Bob" Hale ; Hale ; Robert
Bob Hale (Robert) ; Hale ; Robert
R. J. 'Bob' Hale ; Hale ; Robert J.
Hale, R. (Bob) ; Hale ; Robert
Hale, Robert J., III ; Hale ; Robert J. ; III
R. J. Hale III ; Hale ; Robert J. ; III
Hale RJ 3rd ; Hale ; Robert J. ; 3rd
Hale Jr., R. ; Hale ; R. ; Jr.
Maria-Magdalena Roth ; Roth ; Maria Magdalena
Ma. Th. Roth ; Roth ; Maria Theresia
Marie-Thérèse Roth ; Roth ; M.-Th.
M.-T. Roth ; Roth ; Marie-Thérèse
K.-H. Roth ; Roth ; Karlheinz
Karl Heinz Roth ; Roth ; Karlheinz
T. S. S. Rao ; Rao ; Tumu S. S.
O'Neil-Dunne, J. ; O’Neil Dunne ; Jarlath
Mc Carthy, S. ; McCarthy ; Sinéad
MCCARTHY, SINÉAD ; McCarthy ; Sinead
de Sousa, Ó. ; Sousa ; Óscar de
Hale, Bo (Author) ; Hale ; Bo
Bo Hale, (corresponding) ; Hale ; Bo
Bo Hale[†] ; Hale ; Bo
Bo Hale ‡,* ; Hale ; Bo
Bo Hale 1 2 ; Hale ; Bo
Bo Hale1,2,* ; Hale ; Bo
^Bo Hale^ ; Hale ; Bo
`Bo Hale` ; Hale ; Bo
Bo Hale (equal contribution) ; Hale ; Bo
Bo Hale (共同第一作者) ; Hale ; Bo
Bo Hale (=) ; Hale ; Bo
Bo Hale° ; Hale ; Bo
Bo Hale{*} ; Hale ; Bo
Bo Hale @ ; Hale ; Bo
Bo Hale (0000-0001-5109-3700) ; Hale ; Bo
Bo Hale <bo@example.org> ; Hale ; Bo
• Bo Hale ; Hale ; Bo
Bo&nbsp;Hale ; Hale ; Bo
Yu-Ting Chen ; Chen ; Y.-T.
Y T Chen ; Chen ; Yu-Ting
Chen Yu-Ting ; Chen ; Yu-Ting
Chen, Y.T. ; Chen ; Yuting
V. Eric Soto ; Soto ; V Eric
Eric Soto ; Soto ; V. Eric
Vincent E. Soto ; Soto ; V. Eric
Stéphane L’Hernault ; L'Hernault ; Stephane
Saint-Onge, M. ; St-Onge ; Marie
St. Onge, M. ; St-Onge ; Marie
"""
OTHER_PEOPLE = """
Nguyen, Thi Mai Huong ; Nguyen ; Thi Mai Lan
Kim Ji-Woo ; Kim ; Ji-Won
J.-W. Kim ; Kim ; Ji-Soo
Chen Y-T ; Chen ; Yu-Lin
Rui Ferreira ; Ferreira ; Raul
H.-J. Groß ; Gross ; Hans-Peter
M. Usman ; Usman ; Ahmad
Ana Gil ; Prados Gil ; Berta
Robert Hale Jr ; Hale ; Robert ; III
Wen-bin Liu ; Liu ; Wen-jun
Wb Liu ; Liu ; Wei-jun
G. Luca ; De Luca ; Paolo
K.-H. Roth ; Roth ; Klaus-Peter
Anna-Lena Roth ; Roth ; Anna-Maria
Bo Hale, RN ; Hale ; Ben
Lopez MBA ; Lopez ; Carla
Jos. Claes ; Claes ; Johanna
Soto Ch ; Soto ; Martha
Lo Presti, A. ; Presti ; Berta
Sasha Volkov ; Volkov ; Dmitri
Kate Moss ; Moss ; Karl
Sir Tim Lee ; Lee ; Tom
Haoran Zhang ; Zhang ; Hao
Minseok Kim ; Kim ; Min
Janneke Bos ; Bos ; Jan
Jan Bos ; Bos ; Janneke
G. C. Vos ; Vos ; C. G.
JR Smith ; Smith ; Anna
MS Lee ; Lee ; Jane
Lee MD ; Lee ; Anna
DR Brown ; Brown ; Edgar
Lee, MD ; Lee ; Anna J
Maria Rossi ; Rossi ; Mario
Wei Li ; Li ; Wen
W. Li ; Li ; Xin
Anna Schmidt ; Schmitt ; Anna
Ch. Papas ; Papas ; Theodora
Yu. Melnyk ; Melnyk ; Zoya
Zs. Kovács ; Kovács ; Sándor
IV Petrov ; Petrov ; Anna
II Ivanov ; Ivanov ; Petr
Tom Bell Jr. ; Bell ; Tom ; Sr.
Tom Bell III ; Bell ; Tom ; II
Ann Ortega ; Ruiz ; Ann
Ana López Ruiz ; Ruiz ; Ana Pérez
Ana L. Ruiz ; Pérez Ruiz ; Ana
Peter Hansen ; Hanson ; Peter
Hong Nguyen ; Nguyen ; Lan
J. A. Kim ; Kim ; J. B.
JA Kim ; Kim ; JB
John Kim ; Kim ; Jane
Sara Kim ; Kim ; Sarah
Bob Hale ; Hale ; Roger
Ed Stone ; Stone ; Edna
Li Wang ; Wang ; Lin
Xiaoyu Chen ; Chen ; Xiaoyan
Paul van Dijk ; van Dam ; Paul
Min Jae Kim ; Kim ; Min Ji
M. J. Kim ; Kim ; Min-Seo
A. Müller ; Möller ; Anna
Christian Holm ; Holm ; Christina
Alex Stone ; Stone ; Alan
Gabriel Costa ; Costa ; Gabriela
Jose Ruiz ; Ruiz ; Josefa
Luis Prado Filho ; Prado ; Luis ; Neto
Kate Lee ; Lee ; Kai
"""
ANOTHER = Person("Quispe", "Rosaura Inés")


def read_rows(*tables: str) -> list[tuple[str, Person]]:
    """Return the entry and the person of each line."""
    rows = []
    for line in "".join(tables).strip().splitlines():
        if line:
            entry, family, given, *suffix = line.split(" ; ")
            rows.append((entry, Person(family, given, suffix="".join(suffix))))
    return rows


@pytest.mark.parametrize(
    ("entry", "person"),
    read_rows(
        INITIALS_LIKE_TITLES,
        DEGREES_BEHIND,
        SHORTENED_GIVEN_NAMES,
        DOUBLE_SURNAMES,
        SUFFIXES_ANYWHERE,
        MARKERS,
        FORMS_OF_ONE_NAME,
        MORE_CULTURES,
    ),
)
def test_one_person(entry: str, person: Person) -> None:
    entries = read_author_entries([entry, "Rosaura Inés Quispe"])
    aligned = align_authors(entries, (person, ANOTHER), {})
    assert aligned.agrees, aligned


@pytest.mark.parametrize(("entry", "person"), read_rows(OTHER_PEOPLE))
def test_two_people(entry: str, person: Person) -> None:
    assert not align_authors([entry, "Rosaura Inés Quispe"], (person, ANOTHER), {}).agrees


# The page's entries; the record's people, as `Family|Given` an ORCID behind `@`; what differs.
LISTS: tuple[tuple[list[str], list[str], set[str]], ...] = (
    (["W. Chen", "Wei Chen", "Weiwei Chen"], ["Chen|Wenjie", "Chen|Wei", "Chen|Weiwei"], set()),
    (["J. Kim", "Jane Kim"], ["Kim|Jane", "Kim|John"], {"moved"}),
    (["J. Kim", "J. Kim"], ["Kim|Jane", "Kim|John"], set()),
    (["J. Kim"], ["Kim|Jane", "Kim|John"], {"missing"}),
    (["A. Rossi", "B. Rossi", "Anna Rossi"], ["Rossi|Antonio", "Rossi|Bruno", "Rossi|Anna"], set()),
    (["Y. Wang", "Yi Wang", "Yu Wang"], ["Wang|Yan", "Wang|Yi", "Wang|Yu"], set()),
    (["X. Li", "Xin Li"], ["Li|Xin", "Li|Xu"], {"moved"}),
    (["Tran V", "Tran Van"], ["Tran|Vinh", "Tran|Van"], set()),
    (["Ana Ruiz", "Ana M. Ruiz"], ["Ruiz|Ana María", "Ruiz|Ana"], {"moved"}),
    (["Olga Petrova", "O. Petrova"], ["Petrova|Oksana", "Petrova|Olga"], {"moved"}),
    (["Wei Zhang", "Wei Zhang", "Wei Zhang"], ["Zhang|Wei", "Zhang|Wei"], {"extra"}),
    (["Peter Berg", "Peter Berg Hansen"], ["Berg Hansen|Peter", "Berg|Peter"], {"moved"}),
    (["admin", "Bo Hale"], ["Obi|I.", "Hale|Bo"], set()),
    (["wchen"], ["Chen|Wei@0000-0002"], {"contradicted"}),
    (["wchen", "Bo Hale"], ["Chen|Wei@0000-0002", "Hale|Bo"], {"contradicted"}),
    (["wchen", "Bo Hale"], ["Chen|W.@0000-0001", "Hale|Bo"], set()),
    (["wchen", "Bo Hale"], ["Hale|Bo", "Chen|Wen@0000-0001"], {"moved"}),
    (["wchen", "Wei Chen"], ["Chen|Wei", "Chen|Wei@0000-0001"], {"moved"}),
    (["Haoran Zhang", "Hao Zhang"], ["Zhang|Hao", "Zhang|Haoran"], {"moved"}),
    (["Minji Park", "Min Park", "Jo Lee"], ["Park|Min", "Park|Minji", "Lee|Jo"], {"moved"}),
    (["Li Wang", "Lin Wang"], ["Wang|Lin", "Wang|Li"], {"moved"}),
    (["Jon Berg", "John Berg"], ["Berg|John", "Berg|Jon"], {"moved"}),
    (["Sara Kim", "Sarah Kim"], ["Kim|Sarah", "Kim|Sara"], {"moved"}),
    (["K. Sato", "T. Sato"], ["Sato|Takeshi", "Sato|Kenji"], {"moved"}),
    (["G. C. Vos", "C. G. Vos"], ["Vos|C. G.", "Vos|G. C."], {"moved"}),
    (["Anna Müller", "Anne Müller"], ["Müller|Anne", "Müller|Anna"], {"moved"}),
    (["Ana Silva Costa", "Ana Costa Silva"], ["Costa Silva|Ana", "Silva Costa|Ana"], {"moved"}),
    (["Ramón Soto y Marta Leal"], ["Soto|Ramón", "Leal|Marta"], set()),
    (["Ana Vega", "Luis Mora y Marta Leal"], ["Vega|Ana", "Mora|Luis", "Leal|Marta"], set()),
    (["Ramón y Cajal, Santiago"], ["Ramón y Cajal|Santiago"], set()),
    (["Santiago Ramón y Cajal", "Marta Leal"], ["Ramón y Cajal|Santiago", "Leal|Marta"], set()),
    (["Cláudia Costa e Silva"], ["Costa e Silva|Cláudia"], set()),
    (["Soto, R., Vega, A. y Leal, M."], ["Soto|Ramón", "Vega|Ana", "Leal|Marta"], set()),
    (["Soto, R.; Vega, A.; Leal, M."], ["Soto|Ramón", "Vega|Ana", "Leal|Marta"], set()),
    (["Ramón Soto, Ana Vega y Marta Leal"], ["Soto|Ramón", "Vega|Ana", "Leal|Marta"], set()),
    (["Pedro Lima e Marta Leal"], ["Lima|Pedro", "Leal|Marta"], set()),
    (["Pierre Roux et Marie Petit"], ["Roux|Pierre", "Petit|Marie"], set()),
    (["Karl Roth und Eva Lang"], ["Roth|Karl", "Lang|Eva"], set()),
    (["王伟、李娜"], ["王|伟", "李|娜"], set()),
    (["王伟，李娜，张敏"], ["王|伟", "李|娜", "张|敏"], set()),
    (["王伟；李娜"], ["Wang|Wei", "Li|Na"], set()),
    (["山田太郎・鈴木花子"], ["山田|太郎", "鈴木|花子"], set()),
    (["山田 太郎、鈴木 花子"], ["山田|太郎", "鈴木|花子"], set()),
    (["김민수, 이지은"], ["김|민수", "이|지은"], set()),
    (["김민수·이지은"], ["김|민수", "이|지은"], set()),
    (["王伟 李娜"], ["王|伟", "李|娜"], set()),
    (["Karl Roth & Eva Lang"], ["Roth|Karl", "Lang|Eva"], set()),
    (["Karl Roth, Eva Lang, & Jo Lee"], ["Roth|Karl", "Lang|Eva", "Lee|Jo"], set()),
    (["Karl Roth", "and Eva Lang"], ["Roth|Karl", "Lang|Eva"], set()),
    (["Karl Roth and", "Eva Lang"], ["Roth|Karl", "Lang|Eva"], set()),
    (["Karl Roth / Eva Lang"], ["Roth|Karl", "Lang|Eva"], set()),
    (["Karl Roth | Eva Lang"], ["Roth|Karl", "Lang|Eva"], set()),
    (["Иван Петров и Анна Орлова"], ["Петров|Иван", "Орлова|Анна"], set()),
    (["محمد علي، سارة حسن"], ["علي|محمد", "حسن|سارة"], set()),
    (["王伟", "李娜"], ["Wang|Wei", "Li|Na"], set()),
    (["Иван Петров", "Anna Orlova"], ["Petrov|Ivan", "Orlova|Anna"], set()),
    (["Γιώργος Παππάς"], ["Pappas|Giorgos"], set()),
    (["محمد علي", "Bo Hale"], ["Ali|Mohammed", "Hale|Bo"], set()),
    (["דוד לוי"], ["Levi|David"], set()),
    (["김민수", "Bo Hale"], ["Kim|Minsu", "Hale|Bo"], set()),
    (["Wei Wang (王伟)", "Bo Hale"], ["Wang|Wei", "Hale|Bo"], set()),
    (["王伟 (Wei Wang)", "Bo Hale"], ["Wang|Wei", "Hale|Bo"], set()),
    (["王伟 Wei Wang", "Bo Hale"], ["Wang|Wei", "Hale|Bo"], set()),
    (["王伟", "李娜"], ["王|伟", "赵|敏"], {"extra", "missing"}),
    (["Wei Wang", "Bo Hale"], ["王|伟", "Hale|Bo"], set()),
    (["Иван Петров", "Bo Hale"], ["Petrov|Ivan"], {"extra"}),
    (["สมชาย ใจดี", "Bo Hale"], ["Jaidee|Somchai", "Hale|Bo"], set()),
    (["राम शर्मा", "Bo Hale"], ["Sharma|Ram", "Hale|Bo"], set()),
    (["Петров И. А.", "Орлова А."], ["Петров|Иван Андреевич", "Орлова|Анна"], set()),
    (["И. А. Петров"], ["Петров|И.А."], set()),
    (["Παππάς, Γ."], ["Παππάς|Γιώργος"], set()),
    (["ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ"], ["Παππάς|Γιώργος"], set()),
    (["محمد علي", "سارة حسن"], ["علي|محمد", "حسن|سارة"], set()),
    (["王 伟"], ["王|伟"], set()),
    (["伟 王"], ["王|伟"], set()),
    (["김 민수"], ["김|민수"], set()),
    (["王伟"], ["|王伟"], set()),
    (["The XYZ Consortium", "Bo Hale", "Eva Lang"], ["Hale|Bo", "Lang|Eva", "XYZ Consortium"], set()),
    (
        ["Bo Hale", "Eva Lang", "on behalf of the XYZ Consortium"],
        ["Hale|Bo", "Lang|Eva", "XYZ Consortium"],
        set(),
    ),
    (["Bo Hale", "for the XYZ Study Group"], ["Hale|Bo", "The XYZ Study Group"], set()),
    (["Bo Hale", "XYZ Consortium Investigators"], ["Hale|Bo", "XYZ Consortium"], set()),
    (["Bo Hale", "Eva Lang"], ["Hale|Bo", "XYZ Consortium", "Lang|Eva"], {"missing"}),
    (["Bo Hale", "XYZ Consortium"], ["Hale|Bo"], {"extra"}),
    (["Bo Hale", "the XYZ consortium"], ["Hale|Bo", "XYZ Consortium|"], set()),
    (["XYZ Collaboration"], ["XYZ Collaboration"], set()),
    (["Bo Hale", "ATLAS"], ["Hale|Bo", "ATLAS Collaboration"], set()),
    (["Bo Hale", "et al."], ["Hale|Bo", "Lang|Eva", "Lee|Jo"], set()),
    (["Bo Hale et al."], ["Hale|Bo", "Lang|Eva"], set()),
    (["Bo Hale", "Jo Lee", "et al."], ["Hale|Bo", "Lang|Eva", "Lee|Jo", "Roth|Karl"], {"missing"}),
    (["Bo Hale", "...", "Jo Lee"], ["Hale|Bo", "Lang|Eva", "Lee|Jo"], set()),
    (["Bo Hale", "et al.", "admin"], ["Hale|Bo", "Lang|Eva", "Obi|Ifeoma"], set()),
    (["Bo Hale", "and others"], ["Hale|Bo", "Lang|Eva"], set()),
    (["Bo Hale", "[and 12 more authors]"], ["Hale|Bo", "Lang|Eva"], set()),
    (["Bo Hale", "et al"], ["Hale|Bo", "Lang|Eva"], set()),
    (["Bo Hale", "и др."], ["Hale|Bo", "Lang|Eva"], set()),
    (["王伟", "等"], ["王|伟", "李|娜"], set()),
    (["Bo Hale", "y cols."], ["Hale|Bo", "Lang|Eva"], set()),
    (["Bo Hale, Jo Lee, et al."], ["Hale|Bo", "Lee|Jo", "Lang|Eva"], set()),
    (["Xu Ye", "et al."], ["Hale|Bo", "Lang|Eva"], {"extra"}),
    (["Bo Hale", "Al Gore"], ["Hale|Bo", "Gore|Al"], set()),
    (["Bo Hael", "Eva Lang"], ["Hale|Bo", "Lang|Eva"], {"respelt"}),
    (["Rosaura Quizpe"], ["Quispe|Rosaura"], {"respelt"}),
    (["Ferreyra Luz"], ["Ferreira|Luz"], {"respelt"}),
    (["Oleksandr Kovalenko", "Bo Hale"], ["Kovalenko|Aleksandr", "Hale|Bo"], {"respelt"}),
    (["Tchaikovsky, P."], ["Chaikovskii|P."], {"respelt"}),
    (["Mohamed El Sayed"], ["Elsayed|Mohammad"], set()),
    (["Kim Hyun Woo"], ["Kim|Hyeon-U"], {"respelt"}),
    (["Agnieszka Wojcik", "Bo Hale"], ["Wójick|Agnieszka", "Hale|Bo"], {"respelt"}),
    (["Bo Hale", "Nora Quist"], ["Hale|Bo", "Lang|Eva"], {"extra", "missing"}),
    (["Müler, J."], ["Müller|Jörg"], {"respelt"}),
)
PROFILES = {
    "wchen": Profile("wchen", ("Wei Chen",), orcid="0000-0001"),
    "admin": Profile("admin", ("Ifeoma Obi",)),
    "ifeoma-obi": Profile("ifeoma-obi", ("Ifeoma Obi",)),
}


def read_person(text: str) -> Person:
    """Return the person of `Family|Given@ORCID`."""
    name, _, orcid = text.partition("@")
    family, bar, given = name.partition("|")
    return Person(family, given, orcid=orcid) if bar else Person(literal=name)


@pytest.mark.parametrize(("entries", "people", "differences"), LISTS)
def test_lists_of_authors(entries: list[str], people: list[str], differences: set[str]) -> None:
    aligned = align_authors(read_author_entries(entries), tuple(map(read_person, people)), PROFILES)
    kinds = ("respelt", "extra", "missing", "moved", "contradicted", "unknown")
    assert {kind for kind in kinds if getattr(aligned, kind)} == differences
