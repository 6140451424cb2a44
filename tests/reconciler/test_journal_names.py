"""When a page's `publication` and a record's container are the same."""

from __future__ import annotations

import pytest

from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.journal_values import carries_more, find_wrapper

PRL = ("Physical Review Letters", "Phys. Rev. Lett.")
CVPR = ("2019 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",)

UIST = "Proceedings of the 31st Annual ACM Symposium on User Interface Software and Technology"
KDD = "Proceedings of the 24th ACM SIGKDD International Conference on Knowledge Discovery & Data Mining"
BBA = "Biochimica et Biophysica Acta (BBA) - Biomembranes"
ROYAL_B = "Proceedings of the Royal Society B: Biological Sciences"
JGR = ("Journal of Geophysical Research: Atmospheres", "J. Geophys. Res.")
ACTA_D = "Acta Crystallographica Section D Structural Biology"


@pytest.mark.parametrize(
    ("value", "containers"),
    [
        pytest.param(
            "*Journal of a Society*", ("JOURNAL OF A SOCIETY",), id="an article in capitals is not a section"
        ),
        pytest.param("To appear in *Nature*", ("Nature",), id="accepted"),
        pytest.param("Accepted to Ropes and Knots", ("Ropes and Knots",), id="accepted to"),
        pytest.param("In press, *Ropes and Knots*", ("Ropes and Knots",), id="in press and a comma"),
        pytest.param("Forthcoming: Ropes and Knots", ("Ropes and Knots",), id="forthcoming and a colon"),
        pytest.param("Brain", ("Brain: A Journal of Neurology",), id="the article of a subtitle"),
        pytest.param("Knots: A Quarterly Review of Ropes", ("Knots",), id="a subtitle on the page"),
        pytest.param("Ropes & Human Behavior", ("Ropes and Human Behaviour",), id="a British spelling"),
        pytest.param("Haematology of Divers", ("Hematology of Divers",), id="a British diphthong"),
        pytest.param("Harbor Economics", ("Harbour Economics",), id="a British spelling inside"),
        pytest.param("Acta Cryst. D", (ACTA_D,), id="a section without its title"),
        pytest.param("Acta Crystallogr. Sect. D", (ACTA_D,), id="the word before the letter shortened"),
        pytest.param(
            "J. Polym. Sci. B Polym. Phys.",
            ("Journal of Polymer Science Part B: Polymer Physics",),
            id="a section with its title, both shortened",
        ),
        pytest.param(
            "Phil. Trans. R. Soc. B",
            ("Philosophical Transactions of the Royal Society B: Biological Sciences",),
            id="a section of a society's journal",
        ),
        pytest.param(
            "J. Phys. Chem. A", ("The Journal of Physical Chemistry A",), id="the letter of an article"
        ),
        pytest.param("TOCHI", ("ACM Transactions on Computer-Human Interaction",), id="its initials"),
        pytest.param(
            "TVCG",
            ("IEEE Transactions on Visualization and Computer Graphics",),
            id="initials, no small words",
        ),
        pytest.param("SIGPLAN Not.", ("ACM SIGPLAN Notices",), id="without the publisher's acronym"),
        pytest.param("*Radiologe*", ("Der Radiologe",), id="an article in German"),
        pytest.param(
            "*Industrial Robot*",
            ("Industrial Robot: An International Journal",),
            id="without the subtitle that says what kind of journal it is",
        ),
        pytest.param(
            "Symposium on Alpine Snow Physics Proceedings",
            ("Symposium on Alpine Snow Physics",),
            id="a meeting with the word proceedings behind it",
        ),
        pytest.param(
            "Snow Physics Communications 5, 12",
            ("Snow Physics Communications", "Snow Phys."),
            id="a word that the title has and its short title lacks",
        ),
        pytest.param(
            "Fredonia Conference Proceedings, 7, 12",
            ("Fredonia Conference Proceedings", "Fredonia"),
            id="a name that begins with its publisher's",
        ),
        pytest.param("(2016) 41 Snow Law Journal 512", ("Snow Law Journal",), id="a volume in front"),
        pytest.param("SnowRxiv preprint", ("SnowRxiv",), id="a preprint"),
        pytest.param("PLoS Snow", ("PLOS Snow",), id="an acronym with a small letter"),
        pytest.param("UIST '18", (UIST,), id="a meeting's initials and its short year"),
        pytest.param("KDD", (KDD,), id="initials that the sponsor's name vouches for"),
        pytest.param("ICCV", ("2019 IEEE International Conference on Computer Vision",), id="with its kind"),
        pytest.param("EMNLP 2019", ("2019 Conference on Methods (EMNLP-IJCNLP)",), id="a joint meeting"),
        pytest.param("CVPR Workshops", (f"{CVPR[0][:-7]} Workshops (CVPRW)",), id="a side event's acronym"),
        pytest.param("CHI PLAY", ("Proceedings of the symposium in play - CHI PLAY '14",), id="two words"),
        pytest.param("PACMHCI", ("Proceedings of the ACM on Human-Computer Interaction",), id="ACM in it"),
        pytest.param(
            "IEEE T-PAMI",
            ("IEEE Transactions on Pattern Analysis and Machine Intelligence",),
            id="initials after a publisher, with a hyphen",
        ),
        pytest.param(
            "Monthly Notices of the RAS",
            ("Monthly Notices of the Royal Astronomical Society",),
            id="initials for a part of it",
        ),
        pytest.param("JGR: Atmospheres", (JGR[0],), id="initials and a section's title"),
        pytest.param("J. Geophys. Res.", JGR, id="the record's own short title, though it has no section"),
        pytest.param("PRB", ("Physical Review B",), id="initials with the section's letter"),
        pytest.param("NoDEA", ("Nonlinear Differential Equations and Applications NoDEA",), id="at the end"),
        pytest.param("SSRN", ("SSRN Electronic Journal",), id="without the words for how it appears"),
        pytest.param("BBA - Biomembranes", (BBA,), id="the acronym in brackets, in front of a section"),
        pytest.param("Biochim. Biophys. Acta - Biomembranes", (BBA,), id="a section without a letter"),
        pytest.param("Royal Society B", (ROYAL_B,), id="the learned body's name with the letter"),
        pytest.param("Proc. R. Soc. Lond. B", (ROYAL_B,), id="with the body's city"),
        pytest.param(
            "Philosophical Transactions B",
            ("Philosophical Transactions of the Royal Society B: Biological Sciences",),
            id="without the learned body's name",
        ),
        pytest.param("Acta Cryst. D72, 319", (ACTA_D,), id="the letter joined to the volume"),
        pytest.param("*Acta Cryst.* (2016). D72, 319", (ACTA_D,), id="with the year between"),
        pytest.param("Acta Cryst. D Biol. Cryst.", (ACTA_D,), id="the section's earlier title"),
        pytest.param("Eur. Phys. J. C 79, 12", ("The European Physical Journal C",), id="a letter after J."),
        pytest.param("Physica A", ("Physica A: Statistical Mechanics",), id="a section of one word"),
        pytest.param("Appl. Catal. A", ("Applied Catalysis A: General",), id="a title of one word"),
        pytest.param(
            "Proc. IMechE, Part O",
            ("Proceedings of the Institution of Mechanical Engineers, Part O: Journal of Risk",),
            id="a letter late in the alphabet",
        ),
        pytest.param(
            "IEEE Trans. Circuits Syst. II",
            ("IEEE Transactions on Circuits and Systems II: Express Briefs",),
            id="a Roman number",
        ),
        pytest.param(
            "J. Anal. At. Spectrom.", ("Journal of Analytical Atomic Spectrometry",), id="At. is not at"
        ),
        pytest.param("Zeitschr. f. Physik", ("Zeitschrift für Physik",), id="a small word shortened"),
        pytest.param("Z. Phys.", ("Zeitschrift f\ufffdr Physik",), id="a broken letter in a small word"),
        pytest.param(
            "Proc Natl Acad Sci USA", ("Proceedings of the National Academy of Sciences",), id="USA"
        ),
        pytest.param(
            "Magn Reson Mater Phy",
            ("Magnetic Resonance Materials in Physics, Biology and Medicine",),
            id="without the end of a list of subjects",
        ),
        pytest.param("*physical review b*", ("Physical Review B",), id="a section in small letters"),
        pytest.param("Nature. 2015;521:436", ("Nature",), id="a citation after a full stop"),
        pytest.param("Science (New York, N.Y.)", ("Science",), id="a place in brackets"),
        pytest.param(
            "WPES", ("Proceedings of the 13th Workshop on Privacy in the Electronic Society",), id="W"
        ),
        pytest.param(
            "CHI2019", ("Proceedings of the 2019 CHI Conference",), id="a year joined to the acronym"
        ),
        pytest.param(
            "IJCAI-19",
            ("Proceedings of the Twenty-Eighth International Joint Conference on Artificial Intelligence",),
            id="an ordinal in words",
        ),
        pytest.param(
            "ESEC/FSE 2019",
            ("European Software Engineering Conference and Symposium on the Foundations of Software Eng.",),
            id="two meetings in one",
        ),
        pytest.param("SIGMOD", ("Management of Data", "SIGMOD/PODS '19"), id="one of two acronyms"),
        pytest.param("Europhysics Letters", ("EPL (Europhysics Letters)",), id="the meaning in brackets"),
        pytest.param("Proc. SPIE 10574", ("SPIE Proceedings",), id="the word for proceedings behind"),
        pytest.param(
            "JRSS-B", ("Journal of the Royal Statistical Society: Series B (Methods)",), id="JRSS-B"
        ),
        pytest.param("Chem. Eur. J.", ("Chemistry - A European Journal",), id="an article behind a dash"),
        pytest.param("Phys. Lett. 123B, 12", ("Physics Letters B",), id="the letter behind the volume"),
        pytest.param(
            "C. R. Acad. Sci. Paris Sér. I Math.",
            ("Comptes Rendus de l'Académie des Sciences - Series I - Mathematics",),
            id="a series with a Roman number",
        ),
        pytest.param(
            "Acta crystallographica. Section D, Biological crystallography",
            (ACTA_D,),
            id="as PubMed writes it",
        ),
        pytest.param(
            "Journal of physics. Condensed matter : an Institute of Physics journal",
            ("Journal of Physics: Condensed Matter",),
            id="PubMed's subtitle behind a section",
        ),
        pytest.param("In *Review of Rivers*", ("Review of Rivers",), id="In before a name with Review"),
        pytest.param("Proc. IEEE Conf. Comput. Vis. Pattern Recognit.", CVPR, id="a meeting, shortened"),
        pytest.param(
            "Journal of Risk", ("Proc. of the IMechE, Part O: Journal of Risk",), id="a title alone"
        ),
        pytest.param("Biochim. Biophys. Acta, Biomembr. 1788, 1", (BBA,), id="a comma before the section"),
        pytest.param(
            "ACM Trans. Graph. (Proc. SIGGRAPH Asia 2020)",
            ("ACM Transactions on Graphics",),
            id="an issue of it",
        ),
        pytest.param("Nature [in press]", ("Nature",), id="square brackets"),
        pytest.param("Accepted at *Nature*", ("Nature",), id="accepted at"),
        pytest.param("arXiv preprint arXiv:1234.5678", ("arXiv",), id="a preprint with its number"),
        pytest.param("*Blood Advances*", ("Blood Advances",), id="emphasis"),
        pytest.param("Blood Advances", ("Blood Advances",), id="plain"),
        pytest.param("In *Blood Advances*", ("Blood Advances",), id="In and emphasis"),
        pytest.param("_blood advances_", ("Blood Advances",), id="underscores and case"),
        pytest.param("*Blood Advances*, 8(9):2207", ("Blood Advances",), id="volume and pages after"),
        pytest.param("Blood Advances 8, 2207-2216 (2024)", ("Blood Advances",), id="a citation"),
        pytest.param("*The Lancet*", ("Lancet",), id="an article before it"),
        pytest.param("*Science & Society*", ("Science and Society",), id="an ampersand"),
        pytest.param("*Science &amp; Society*", ("Science & Society",), id="an entity"),
        pytest.param("Phys. Rev. Lett.", PRL, id="the record's own abbreviation"),
        pytest.param("Phys Rev Lett", PRL[:1], id="an abbreviation the record does not have"),
        pytest.param("*J. Biol. Chem.*", ("Journal of Biological Chemistry",), id="small words left out"),
        pytest.param("PNAS", ("Proceedings of the National Academy of Sciences",), id="initials"),
        pytest.param(
            "*PROCEEDINGS OF THE 4TH CONGRESS ON SNOW*",
            ("Proceedings of the 4th Congress on Snow",),
            id="all in capitals, an ordinal too",
        ),
        pytest.param("Genet. Res. 12, 3-4", ("Genetical Research", "Genet. Res."), id="a volume after a dot"),
        pytest.param("Genet. Res. Vol. 12", ("Genetical Research", "Genet. Res."), id="a volume by name"),
        pytest.param("*ECCV 2020*", ("Computer Vision – ECCV 2020",), id="a meeting and its year"),
        pytest.param(
            "*CHI 2020*",
            ("Proceedings of the 2020 CHI Conference on People",),
            id="a year before the meeting",
        ),
        pytest.param(
            "Proceedings of the National Academy of Sciences of the United States of America",
            ("Proceedings of the National Academy of Sciences",),
            id="with its country",
        ),
        pytest.param("*CVPR*", CVPR, id="the acronym the container carries"),
        pytest.param(
            "Proc. of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
            CVPR,
            id="without its year",
        ),
        pytest.param(
            "Lecture Notes in Computer Science",
            ("Book of it", "Lecture Notes in Computer Science"),
            id="the series",
        ),
        pytest.param("*bioRxiv*", ("Cold Spring Harbor Laboratory", "bioRxiv"), id="a preprint's server"),
    ],
)
def test_the_same_container(value: str, containers: tuple[str, ...]) -> None:
    assert is_same_container(value, containers)


@pytest.mark.parametrize(
    ("value", "containers"),
    [
        pytest.param(
            "*Evolution: Education and Outreach*", ("Evolution",), id="a title that begins with another"
        ),
        pytest.param("*Evolution*", ("Evolution: Education and Outreach",), id="the beginning of a title"),
        pytest.param("Tour Economics", ("Harbour Economics",), id="another word that ends in our"),
        pytest.param("Physica B", ("Physica A: Statistical Mechanics",), id="a section after all"),
        pytest.param("Diabetes, Obesity and Metabolism", ("Diabetes",), id="a list that begins with another"),
        pytest.param(
            "*Journal of Molecular Structure*",
            ("Journal of Molecular Structure: THEOCHEM",),
            id="a section in capitals",
        ),
        pytest.param(
            "The Journal of Physical Chemistry", ("The Journal of Physical Chemistry A",), id="the whole"
        ),
        pytest.param(
            "J. Phys. Chem. B", ("The Journal of Physical Chemistry A",), id="another section, shortened"
        ),
        pytest.param("*Physical Review B Letters*", ("Physical Review B",), id="a word after the letter"),
        pytest.param(
            "*Physical Review B*", ("Physical Review B Letters",), id="a word less after the letter"
        ),
        pytest.param(
            "*Physical Review B Reviews*, 87(4):12", ("Physical Review B",), id="and a citation after it"
        ),
        pytest.param(
            "JAMA: The Journal of Medicine Reviews",
            ("JAMA: The Journal of Medicine",),
            id="a subtitle with a word more",
        ),
        pytest.param(
            "JAMA: The Journal of Medicine Reviews",
            ("JAMA: The Journal of Medicine", "JAMA"),
            id="a subtitle with one more word, and the record has only the name",
        ),
        pytest.param("BBA - Bioenergetics", (BBA,), id="another section without a letter"),
        pytest.param("*Biochimica et Biophysica Acta (BBA)*", (BBA,), id="the journal of that section"),
        pytest.param(BBA, ("Biochimica et Biophysica Acta",), id="a section of that journal"),
        pytest.param("BBA", (BBA,), id="the initials of that journal"),
        pytest.param("Nuclear Physics B", ("Nuclear Physics B - Proceedings Supplements",), id="supplements"),
        pytest.param(
            "Nuclear Physics B - Proceedings Supplements", ("Nuclear Physics B",), id="of supplements"
        ),
        pytest.param("Chem. Commun.", ("Chem",), id="another word after an abbreviation"),
        pytest.param("*The Lancet. Oncology*", ("The Lancet",), id="a journal of the family, a full stop"),
        pytest.param("*Nature* Communications", ("Nature",), id="a word after the emphasis"),
        pytest.param("Cell Rep. Med.", ("Cell Reports Methods",), id="Med. is not Methods"),
        pytest.param("CVPR 2019 Workshops", CVPR, id="workshops of that meeting"),
        pytest.param("CHI", ("Extended Abstracts of the 2019 CHI Conference",), id="its extended abstracts"),
        pytest.param(
            "CHI 2014", ("Proceedings of the symposium in play - CHI PLAY '14",), id="a meeting beside"
        ),
        pytest.param(
            "CHI",
            ("Proceedings of the 2nd ACM SIGCHI symposium on Engineering systems - EICS '10",),
            id="the sponsor of that meeting",
        ),
        pytest.param("UIST '17", (f"{UIST} - UIST '18",), id="another short year"),
        pytest.param("Physica B: Condensed Matter Reviews", ("Physica B: Condensed Matter",), id="reviews"),
        pytest.param("JGR", (JGR[0],), id="initials of the whole"),
        pytest.param("JGR", JGR, id="initials of the whole, though the record's short title is the whole's"),
        pytest.param("PRA", ("Physical Review B",), id="initials with another letter"),
        pytest.param("Royal Society A", (ROYAL_B,), id="the learned body's name with another letter"),
        pytest.param(
            "IEEE Trans. Circuits Syst. I", ("IEEE Transactions on Circuits and Systems II",), id="I"
        ),
        pytest.param(
            "International Journal of Mass Spectrometry",
            ("International Journal of Molecular Sciences", "IJMS"),
            id="another journal with the record's initials, in full",
        ),
        pytest.param("Nucl. Phys. B Proc. Suppl.", ("Nuclear Physics B",), id="supplements, shortened"),
        pytest.param("*Cancer, Cytopathology*", ("Cancer",), id="a comma inside the emphasis"),
        pytest.param("Revised and resubmitted to *Nature*", ("Nature",), id="resubmitted"),
        pytest.param("SIGGRAPH 2020", ("SIGGRAPH Asia 2020 Papers",), id="its sister meeting in Asia"),
        pytest.param("IUI", ("Intelligent User Interfaces Companion - IUI Companion '15",), id="a companion"),
        pytest.param("IEEE 1992 Ultrasonics Symposium", ("2010 Symposium", "IEEE"), id="not the publisher"),
        pytest.param(
            "ICSE", ("Innovation in Computer Science Education - ITiCSE '14",), id="inside another acronym"
        ),
        pytest.param("ETRA", ("Education and training",), id="no more than the beginnings of words"),
        pytest.param("Snow (minor revision)", ("Snow",), id="a revision"),
        pytest.param("PeerJ Preprints", ("PeerJ",), id="the server beside a journal"),
        pytest.param("Submitted to *Nature*", ("Nature",), id="submitted, before it was published"),
        pytest.param("*Nature* (under review)", ("Nature",), id="under review"),
        pytest.param("Acta Cryst. E", (ACTA_D,), id="another section without its title"),
        pytest.param("*IEEE Access*", ("ACM Access",), id="two publishers"),
        pytest.param("*Access*", ("IEEE Access",), id="one word without its publisher"),
        pytest.param(
            "*Transactions on Networking*", ("IEEE Transactions on Signal Processing",), id="another field"
        ),
        pytest.param("*Science*", ("Computer Science Review",), id="a word of it"),
        pytest.param("Computer Science Review", ("Science",), id="one word more"),
        pytest.param("*Nature*", ("Nature Medicine",), id="a sister journal"),
        pytest.param("*Nature Medicine*", ("Nature",), id="the mother journal"),
        pytest.param("*Nature Methods*", ("Nature Medicine",), id="two sisters"),
        pytest.param("Journal of Physics B", ("Journal of Physics A",), id="a letter"),
        pytest.param(
            "*Oxidative Medicine and Cellular Longevity Letters*",
            ("Oxidative Medicine and Cellular Longevity",),
            id="one word more than a long name",
        ),
        pytest.param(
            "*International Journal of Climate Policy*",
            ("Journal of Climate Policy",),
            id="one word before a long name",
        ),
        pytest.param(
            "Proceedings of SLEEP 2019", ("Proceedings of SLEEP 2020",), id="another year's proceedings"
        ),
        pytest.param(
            "Proc. of the 12th Conference on Sleep", ("13th Conference on Sleep",), id="another meeting"
        ),
        pytest.param(
            "Internal Journal of Sleep",
            ("International Journal of Sleep",),
            id="a word that only looks short",
        ),
        pytest.param(
            "Genet. Res. Letters", ("Genetical Research", "Genet. Res."), id="another word after a dot"
        ),
        pytest.param("*IEEE*", ("2019 IEEE Conference on Snow",), id="a publisher's name"),
        pytest.param("*ECCV 2020*", ("Computer Vision – ECCV 2020 Workshops",), id="a meeting's workshops"),
        pytest.param("Science of the United States", ("Science",), id="a country that is part of the name"),
        pytest.param("*BMJ*", ("BMJ Open",), id="a sister journal that has more words"),
        pytest.param("*JAMA*", ("JAMA Internal Medicine",), id="a journal of the same house"),
        pytest.param("*ECCV 2018*", ("Computer Vision – ECCV 2020",), id="another year's meeting"),
        pytest.param("*CVPR 2020*", ("Computer Vision – ECCV 2020",), id="another meeting of that year"),
        pytest.param(
            "Acta Crystallographica Section D Structural Biology Letters, 7, 12-19 (2019)",
            (ACTA_D,),
            id="letters behind a section's title",
        ),
        pytest.param("*Annals of Alpine Botany Proceedings*", ("Annals of Alpine Botany",), id="proceedings"),
        pytest.param("Snow Forum 2004 Reviews", ("Snow Forum 2004",), id="reviews behind a year"),
        pytest.param(
            "Journal of Snow Research (JSR) Case Reports", ("Journal of Snow Research (JSR)",), id="two words"
        ),
        pytest.param(
            "*Anais da UFSC Clima*", ("Anais da UFSC",), id="a word that an acronym's last letter begins"
        ),
        pytest.param("", ("Nature",), id="nothing"),
        pytest.param(
            "*Neural Networks*", ("IEEE Transactions on Neural Networks",), id="a part of a longer name"
        ),
    ],
)
def test_another_container(value: str, containers: tuple[str, ...]) -> None:
    assert not is_same_container(value, containers)


@pytest.mark.parametrize(
    ("value", "wrapper"),
    [
        ("*Nature*", ("*", "*")),
        ("Nature", ("", "")),
        ("In *Nature*", ("In *", "*")),
        ("_Nature_", ("_", "_")),
        ("**Nature**", ("**", "**")),
        ("*Nature*, 8(9)", None),
        ("Nature 8, 12", None),
    ],
)
def test_decoration_around_the_name(value: str, wrapper: tuple[str, str] | None) -> None:
    assert find_wrapper(value) == wrapper


@pytest.mark.parametrize(
    "value",
    ["*Nature*, 8(9)", "*Nature* **8**, 12", "Nature 8, 12", "Smith J, Title, Nature", "*A* doi:10.1/x"],
)
def test_more_than_a_name(value: str) -> None:
    assert carries_more(value)


@pytest.mark.parametrize(
    "value", ["*Nature*", "In *Nature*", "Nature", "*Proceedings of CVPR 2019*", "*PLOS ONE*"]
)
def test_no_more_than_a_name(value: str) -> None:
    assert not carries_more(value)
