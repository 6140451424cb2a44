"""When a name on a page and a person of a record are the same."""

from __future__ import annotations

import pytest

from enrich.model.work import Person
from enrich.reconciler.people.decoration import is_truncation
from enrich.reconciler.people.parse_name import format_full_name, format_inverted_name, parse_inverted_name
from enrich.reconciler.people.same_person import is_same_person

ALVES = Person(family="Alves", given="Marta Helena dos Santos")
KHAN = Person(family="Khan", given="Md. Nasir")
REYES = Person(family="Reyes", given="Kevin R")
LIU = Person(family="Liu", given="Yen-Chun")
MUELLER = Person(family="Müller", given="Jörg")
BERG = Person(family="van den Berg", given="Johan")
MARQUEZ = Person(family="García Márquez", given="Gabriel")


@pytest.mark.parametrize(
    ("entry", "family", "given", "is_same"),
    [
        pytest.param("KevinReyes", "Reyes", "K.", True, id="an initial in the record"),
        pytest.param("KevinReyes", "Reyes", "K. R.", True, id="two initials in the record"),
        pytest.param("KevinReyes*", "Reyes", "K.", True, id="with a mark"),
        pytest.param("MariaGarciaMarquez", "García Márquez", "M.", True, id="a double family name"),
        pytest.param("ÉliseMartin", "Martin", "É.", True, id="an accent in front"),
        pytest.param("KevinReyes", "Reyes", "Kevin", True, id="in full"),
        pytest.param("KevinReyes", "Reyes", "T.", False, id="another initial"),
        pytest.param("KevinReyes", "Kevin", "R.", True, id="the family name first"),
        pytest.param("KevinReyes", "Keys", "R.", False, id="another family name"),
        pytest.param("McDonald", "Donald", "M.", False, id="Mc begins a family name"),
        pytest.param("MacArthur", "Arthur", "M.", False, id="so does Mac"),
        pytest.param("DeVries", "Vries", "D.", False, id="a particle of two letters"),
        pytest.param("VanHook", "Hook", "V.", False, id="a particle of three letters"),
        pytest.param("LeBlanc", "Blanc", "L.", False, id="an article"),
        pytest.param("FitzGerald", "Gerald", "F.", False, id="Fitz"),
        pytest.param("SanMartin", "Martin", "S.", False, id="San"),
        pytest.param("kevinreyes", "Reyes", "K.", False, id="without capitals"),
    ],
)
def test_a_name_as_one_word_with_capitals(entry: str, family: str, given: str, *, is_same: bool) -> None:
    assert is_same_person(entry, Person(family=family, given=given)) == is_same


@pytest.mark.parametrize(
    ("entry", "person"),
    [
        pytest.param("Kevin R Reyes", REYES, id="letter for letter"),
        pytest.param("Kevin R Reyes Ph.D.", REYES, id="a degree after it"),
        pytest.param("Kevin R Reyes (Ph.D.)", REYES, id="a degree in brackets"),
        pytest.param("Kevin Reyes (corresponding author)", REYES, id="a remark"),
        pytest.param("Kevin Reyes [co-first]", REYES, id="a remark in square brackets"),
        pytest.param(
            "The Snow (sleet) Group", Person(literal="The Snow (sleet) Group"), id="brackets in a name"
        ),
        pytest.param("and Reyes, Kevin R", REYES, id="the word before the last one"),
        pytest.param("Kevin Reyes et al.", REYES, id="et al. after the name"),
        pytest.param("K. K. Lind. Jr", Person(family="Jr", given="K. K. Lind."), id="parts in wrong places"),
        pytest.param("Alves MHDS", ALVES, id="a run of four initials"),
        pytest.param("Alves MHdS", ALVES, id="a run of initials with a small particle"),
        pytest.param("M. Nasir Khan", KHAN, id="Md. is a given name"),
        pytest.param("Nasir Khan", KHAN, id="Md. is left out"),
        pytest.param("Md Nasir Khan, MD, PhD", KHAN, id="Md. before the name, degrees after it"),
        pytest.param("Kevin R. Reyes", REYES, id="a full stop after the initial"),
        pytest.param("Reyes, Kevin R", REYES, id="family name first"),
        pytest.param("K. R. Reyes", REYES, id="initials with full stops"),
        pytest.param("K.R. Reyes", REYES, id="initials without a space"),
        pytest.param("KR Reyes", REYES, id="a run of initials"),
        pytest.param("Reyes KR", REYES, id="family name first without a comma"),
        pytest.param("Reyes, K.", REYES, id="one initial"),
        pytest.param("Kevin Reyes", REYES, id="no middle initial"),
        pytest.param("Kevin Ricardo Reyes", REYES, id="a middle name for its initial"),
        pytest.param("**Kevin R Reyes**", REYES, id="bold"),
        pytest.param("*Kevin R Reyes*†", REYES, id="emphasis and a dagger"),
        pytest.param("Kevin R Reyes, PhD", REYES, id="a degree"),
        pytest.param("Dr. Kevin R Reyes", REYES, id="a title"),
        pytest.param("KEVIN R REYES", REYES, id="capitals"),
        pytest.param("Yen Chun Liu", LIU, id="no hyphen"),
        pytest.param("Yenchun Liu", LIU, id="given names in one"),
        pytest.param("Y.-C. Liu", LIU, id="hyphenated initials"),
        pytest.param("YC Liu", LIU, id="a run of initials for hyphenated names"),
        pytest.param("Liu Yen-Chun", LIU, id="East Asian order"),
        pytest.param("Liu Yen‐Chun", LIU, id="U+2010"),
        pytest.param("Joerg Mueller", MUELLER, id="German ASCII spelling"),
        pytest.param("Jorg Muller", MUELLER, id="no diacritics"),
        pytest.param("J. Müller", MUELLER, id="decomposed letters"),
        pytest.param("Johan van den Berg", BERG, id="a particle"),
        pytest.param("Berg, Johan van den", BERG, id="a particle after the given name"),
        pytest.param("J van den Berg", BERG, id="a particle after an initial"),
        pytest.param("Gabriel García-Márquez", MARQUEZ, id="a hyphen between family names"),
        pytest.param("Gabriel García", MARQUEZ, id="the first of two family names"),
        pytest.param("G. Garcia Marquez", MARQUEZ, id="two family names without accents"),
        pytest.param(
            "V. E. Kerchberger", Person(family="Kerchberger", given="V. Eric"), id="an initial first"
        ),
        pytest.param(
            "Eric Kerchberger", Person(family="Kerchberger", given="V. Eric"), id="known by the second name"
        ),
        pytest.param(
            "Martin Luther King Jr.", Person(family="King", given="Martin Luther", suffix="Jr"), id="a suffix"
        ),
        pytest.param(
            "King, Martin Luther, Jr.",
            Person(family="King", given="Martin Luther"),
            id="a suffix of the page",
        ),
        pytest.param("Patrick O'Brien", Person(family="O’Brien", given="P."), id="an apostrophe"),
        pytest.param("Alice Jones", Person(family="Alice Jones"), id="the whole name in one part"),
        pytest.param(
            "A. Jones", Person(family="Alice Jones"), id="an initial against a whole name in one part"
        ),
        pytest.param("ALICE Collaboration", Person(literal="The ALICE Collaboration"), id="a group"),
        pytest.param(
            "Ludwig von Sallmann", Person(family="von SALLMANN", given="LUDWIG"), id="capitals in the record"
        ),
        pytest.param("吳恩達", Person(family="吳", given="恩達"), id="Chinese characters"),
        pytest.param("Plato", Person(family="Plato"), id="one name"),
        pytest.param("Søren Kierkegaard", Person(family="Kierkegaard", given="Soren"), id="ø as o"),
        pytest.param("JR Smith", Person("Smith", "James R"), id="initials that look like Jr."),
        pytest.param("MS Lee", Person("Lee", "Mary S."), id="initials that look like a title"),
        pytest.param("DR Brown", Person("Brown", "David R"), id="initials that look like Dr."),
        pytest.param("Lee MD", Person("Lee", "Mark D"), id="initials that look like a degree"),
        pytest.param("Doe, MA", Person("Doe", "Mary A"), id="initials that look like a degree after a comma"),
        pytest.param("DR JANE BROWN", Person("Brown", "Jane"), id="a title in capitals"),
        pytest.param("Ruiz Soto, MA", Person("Ruiz Soto", "Marta A"), id="a double name and initials"),
        pytest.param("van den Hoek Ch.", Person("van den Hoek", "Christiaan"), id="Ch."),
        pytest.param("Ch. van den Hoek", Person("van den Hoek", "Christiaan"), id="Ch. in front"),
        pytest.param("Th. Weiss", Person("Weiss", "Theodor"), id="Th."),
        pytest.param("Yu. Petrov", Person("Petrov", "Yuri"), id="Yu."),
        pytest.param("Nagy, Zs.", Person("Nagy", "Zsófia"), id="Zs."),
        pytest.param("Nagy Zs", Person("Nagy", "Zsófia"), id="Zs without a full stop"),
        pytest.param("Wm. Hale", Person("Hale", "William"), id="Wm."),
        pytest.param("Geo. Hale", Person("Hale", "George"), id="Geo."),
        pytest.param("Bob Hale", Person("Hale", "Robert"), id="a nickname"),
        pytest.param("Katie M. Hale", Person("Hale", "Katherine M"), id="a nickname and an initial"),
        pytest.param("Robert Hale", Person("Hale", "Bob"), id="a nickname in the record"),
        pytest.param("Mohd. Rahman", Person("Rahman", "Mohammad"), id="Mohd."),
        pytest.param("Md. Rahman", Person("Rahman", "Muhammad"), id="Md. and Muhammad"),
        pytest.param("Rojas Leal, A.", Person("Leal", "Ana Rojas"), id="the record splits a double name"),
        pytest.param("Leal AR", Person("Rojas Leal", "Ana"), id="initials for a part of the family name"),
        pytest.param("Owen K. Marsh", Person("K. Marsh", "Owen"), id="an initial in the family name"),
        pytest.param("Owen Marsh", Person("K. Marsh", "Owen"), id="an initial in the family name, left out"),
        pytest.param("Sato, Naoki N.", Person("N Sato", "Naoki"), id="an initial before the family name"),
        pytest.param("Rui Moreira", Person("Vaz Moreira", "Rui"), id="the last of two family names"),
        pytest.param("Vaz Moreira, Rui", Person("Moreira", "Rui"), id="a double name on the page only"),
        pytest.param(
            "Rui V. Moreira", Person("Vaz Moreira", "Rui"), id="the initial of the first family name"
        ),
        pytest.param("Lin Qx", Person("Lin", "Qi-xin"), id="a hyphenated name as two initials, one small"),
        pytest.param("J. MA", Person("MA", "JIE"), id="a family name of two capitals"),
        pytest.param("S. P.W.B.", Person("P.W.B.", "Saman"), id="a name of initials"),
        pytest.param("Costa, M. D. S.", Person("Costa", "Mário De Sá"), id="initials that look like M.D."),
        pytest.param("Owen Marsh II", Person("II", "Owen Marsh"), id="II deposited as family name"),
        pytest.param("O. Marsh", Person("III", "Owen K. Marsh"), id="III deposited as family name"),
        pytest.param("Owen Marsh, M.D.", Person("Marsh", "Owen"), id="M.D."),
        pytest.param("Owen Marsh, MPH", Person("Marsh", "Owen"), id="MPH"),
        pytest.param("Owen Marsh, RN", Person("Marsh", "Owen"), id="RN"),
        pytest.param("Owen Marsh, M.D., Ph.D., FRCP", Person("Marsh", "Owen"), id="three degrees"),
        pytest.param("Owen Marsh, MD PhD", Person("Marsh", "Owen"), id="two degrees without a comma between"),
        pytest.param("Yu.V. Petrov", Person("Petrov", "Yuri V."), id="Yu. without a space after it"),
        pytest.param("Owen Marsh¹·²", Person("Marsh", "Owen"), id="raised numbers with a dot"),
        pytest.param("Owen Marsh, corresponding author", Person("Marsh", "Owen"), id="a spoken remark"),
        pytest.param("Owen Marsh M.D.", Person("Marsh", "Owen"), id="M.D. without a comma"),
        pytest.param("Owen Marsh(1,2)", Person("Marsh", "Owen"), id="numbers in brackets"),
        pytest.param("Owen Marsh^{1,*}", Person("Marsh", "Owen"), id="TeX superscripts"),
        pytest.param("Owen Marsh$^{a}$", Person("Marsh", "Owen"), id="TeX superscripts with dollars"),
        pytest.param("Owen Marsh<sup>1</sup>", Person("Marsh", "Owen"), id="HTML superscripts"),
        pytest.param("Owen Marsh (Corresponding author)", Person("Marsh", "Owen"), id="a remark in capitals"),
        pytest.param("Owen Marsh (* equal contribution)", Person("Marsh", "Owen"), id="a remark with a mark"),
        pytest.param("y Marta Soto", Person("Soto", "Marta"), id="the Spanish and"),
        pytest.param("e Marta Soto", Person("Soto", "Marta"), id="the Portuguese and"),
    ],
)
def test_the_same_person(entry: str, person: Person) -> None:
    assert is_same_person(entry, person)


@pytest.mark.parametrize(
    ("entry", "person"),
    [
        pytest.param("Kevin R Rayes", REYES, id="another family name"),
        pytest.param("Alves MTDS", ALVES, id="a run of other initials"),
        pytest.param(
            "LIMA ANNA", Person(family="Lima", given="Aron Nils Nora Adam"), id="a name in capitals"
        ),
        pytest.param("T. Nasir Khan", KHAN, id="another initial than Md.'s"),
        pytest.param("Maria Reyes", REYES, id="another given name"),
        pytest.param("M. Reyes", REYES, id="another initial"),
        pytest.param("Ben Reyes", REYES, id="a given name that is also a particle"),
        pytest.param(
            "Kevin T. Reyes", Person(family="Reyes", given="Kevin Ricardo"), id="another middle initial"
        ),
        pytest.param("Yen-Chun Lin", LIU, id="one letter"),
        pytest.param("admin", LIU, id="a handle"),
        pytest.param("", LIU, id="nothing"),
        pytest.param("Collaboration", Person(literal="ALICE Collaboration"), id="a word of a group's name"),
        pytest.param("王小明", Person(family="吳", given="恩達"), id="other Chinese characters"),
        pytest.param("JR Smith", Person("Smith", "Anna"), id="initials that look like Jr."),
        pytest.param("MS Lee", Person("Lee", "Jane"), id="initials that look like a title"),
        pytest.param("DR Brown", Person("Brown", "Anna"), id="initials that look like Dr."),
        pytest.param("Lee MD", Person("Lee", "Jane"), id="initials that look like a degree"),
        pytest.param("Doe, MA", Person("Doe", "Peter"), id="initials after a comma"),
        pytest.param("Hao Zhang", Person("Zhang", "Haoran"), id="the beginning of another name"),
        pytest.param("Min Park", Person("Park", "Minseok"), id="the beginning of a Korean name"),
        pytest.param("Jan Vos", Person("Vos", "Janet"), id="the beginning of an English name"),
        pytest.param("Jan Vos", Person("Vos", "Janneke"), id="the beginning of a Dutch name"),
        pytest.param("C. G. Vos", Person("Vos", "G. C."), id="initials in another order"),
        pytest.param("Yu Zhang", Person("Zhang", "Yuan"), id="a short name without a full stop"),
        pytest.param("Ch. Weiss", Person("Weiss", "Peter"), id="another abbreviation"),
        pytest.param("Rui Vza Moreira", Person("Vaz Moreira", "Rui"), id="a slip in a double family name"),
        pytest.param(
            "Rui T. Moreira", Person("Vaz Moreira", "Rui"), id="another initial than its first part's"
        ),
        pytest.param("Bob Hale", Person("Hale", "William"), id="the nickname of another name"),
        pytest.param("Kevin Tomas Reyes", Person("Reyes", "Kevin Ricardo"), id="another middle name"),
    ],
)
def test_another_person(entry: str, person: Person) -> None:
    assert not is_same_person(entry, person)


@pytest.mark.parametrize("person", [REYES, LIU, BERG, Person(literal="ALICE Collaboration")])
def test_the_baseline_s_form_is_still_that_person(person: Person) -> None:
    assert is_same_person(format_full_name(person), parse_inverted_name(format_inverted_name(person)))


@pytest.mark.parametrize("entry", ["et al.", "and 12 others", "*et al*", "…", "others", "and others"])
def test_a_list_that_goes_on(entry: str) -> None:
    assert is_truncation(entry)


@pytest.mark.parametrize("entry", ["Al Gore", "Etal Cohen", "Ottar Others"])
def test_a_name_is_not_a_truncation(entry: str) -> None:
    assert not is_truncation(entry)
