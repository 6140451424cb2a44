"""Which new values of a record mend the old one, so that an untouched page may follow them."""

from __future__ import annotations

import pytest

from enrich.model.work import Dates, PartialDate
from enrich.reconciler.mending import corrects_letters, keeps_people, keeps_text, narrows_date
from enrich.reconciler.unusable_texts import (
    has_lost_words,
    is_cut_short,
    is_no_abstract,
    is_placeholder_title,
)
from tests.support.comparisons import PAGE, judged, kinds, work

OLD = "Mooring ropes of hemp and nylon in salt water"
TEXT = "We moored forty boats for two winters. The ropes of hemp broke first."


@pytest.mark.parametrize(
    ("now", "mends"),
    [
        pytest.param("Mooring ropes of hemp and nylon in salt-water", True, id="a hyphen"),
        pytest.param("Mooring ropes of hemp and nylom in salt water", True, id="a letter"),
        pytest.param("Mooring Ropes of Hemp and Nylon in Salt Water", True, id="capitals"),
        pytest.param("Title Pending 4711", False, id="a placeholder"),
        pytest.param(f"{OLD}: a count over two winters", False, id="longer alone"),
        pytest.param("Mooring ropes of hemp", False, id="cut"),
        pytest.param("Mooring ropes of jute and nylon in salt water", False, id="another word"),
        pytest.param("Festmacherleinen aus Hanf und Nylon im Salzwasser hier", False, id="another language"),
    ],
)
def test_letters(now: str, mends: bool) -> None:
    assert corrects_letters((OLD,), (now,)) is mends


@pytest.mark.parametrize(
    ("now", "mends"),
    [
        pytest.param(f"{TEXT} Nylon held.", True, id="the old one and more"),
        pytest.param(TEXT.replace("moored", "mored"), True, id="a letter"),
        pytest.param(TEXT[:38], False, id="cut"),
        pytest.param("No abstract available.", False, id="about itself"),
        pytest.param(
            "Wir haben die Boote für zwei Winter und mit Leinen aus Hanf festgemacht.", False, id="German"
        ),
    ],
)
def test_an_abstract(now: str, mends: bool) -> None:
    assert keeps_text((TEXT,), (now,)) is mends


LONG = (
    "\u7e69\u7d22\u306e\u5f37\u3055\u306b\u3064\u3044\u3066" * 20
)  # about the strength of ropes, twenty times


@pytest.mark.parametrize(
    ("old", "now", "mends"),
    [
        pytest.param(LONG, LONG[:90] + "x" + LONG[91:], True, id="one letter in the middle"),
        pytest.param(LONG, LONG[:-1] + "x", True, id="the last letter"),
        pytest.param(LONG, LONG[::-1], False, id="another text"),
        pytest.param(LONG, LONG[:-50], False, id="cut"),
    ],
)
def test_a_long_text_without_spaces(old: str, now: str, mends: bool) -> None:
    assert corrects_letters((old,), (now,)) is mends


@pytest.mark.parametrize(
    ("base", "now", "mends"),
    [
        (("2021",), ("2021-03-04", "2021"), True),
        (("2021-03",), ("2021-03-04",), True),
        (("2021-03-04",), ("1924-03-04",), False),
        (("2021-03-04",), ("2021-03-05",), False),
        (("2021-03-04",), ("2021",), False),
    ],
)
def test_a_date(base: tuple[str, ...], now: tuple[str, ...], mends: bool) -> None:
    assert narrows_date(base, now) is mends


def test_people() -> None:
    base = ("Eide, R", "Morvan, Baptiste")
    assert keeps_people(base, ("Eide, Runa", "Morvan, Baptiste"))
    assert not keeps_people(base, ("Morvan, Baptiste", "Eide, Runa"))
    assert not keeps_people(base, ("Eide, Runa", "Morvan, Baptiste", "Saidi, Ikram"))
    assert not keeps_people(base, ("Unger, Al", "Morvan, Baptiste"))


@pytest.mark.parametrize(
    ("field", "record", "base"),
    [
        ("publication_types", work(type="book-chapter"), {"publication_types": "journal-article"}),
        ("date", work(dates=Dates(online=PartialDate(1924, 4, 29))), {"date": ["2024-04-29", "2024-05-14"]}),
        (
            "publication",
            work(container_titles=("Blood Advances and Platelets",), container_titles_short=()),
            {"publication": "Blood Advances"},
        ),
    ],
)
def test_a_record_gone_bad_is_not_followed(field: str, record: object, base: dict[str, object]) -> None:
    verdict = judged(record=record, base=base)  # type: ignore[arg-type]  # a row of the table
    assert kinds(verdict).get(field) == ("update", "review")


@pytest.mark.parametrize(
    ("field", "record", "base"),
    [
        ("date", work(), {"date": ["2024-05-14", "2024-04-29"]}),
        ("publication", work(container_titles=("Two", "One")), {"publication": ["One", "Two"]}),
    ],
)
def test_another_order_is_not_news(field: str, record: object, base: dict[str, object]) -> None:
    text = PAGE.replace("2024-04-29", "2020-02-02").replace("*Blood Advances*", "*My Own Journal*")
    assert field not in kinds(judged(text, record, base=base))  # type: ignore[arg-type]  # a row of the table


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("No abstract available.", True),
        ("<jats:p>This article has no abstract.</jats:p>", True),
        ("Abstract not available for this article", True),
        ("International audience", True),
        ("The product replacement graph Γ", True),
        ("Kein Abstract vorhanden, leider nicht", True),
        ("© 2020 Ropes and Knots Society. All rights reserved.", True),
        ("This is a preview of subscription content, log in to read on.", True),
        ("Not published at the authors’ request. Disclosure: none.", True),
        (f"This article has been withdrawn at the request of its authors. {TEXT * 4}", True),
        (f"{TEXT} Peer review keeps ropes good [...]", True),
        (f"{TEXT} Let", True),
        (f"{TEXT} The ropes of the", True),
        ("In lieu of an abstract, here is the beginning of the text.", True),
        ("HTML view is not available for this content.", True),
        ("The abstract of this article is missing from the source.", True),
        ("Available from the harbour library on request.", True),
        ("Supplementary data are available at the publisher’s site.", True),
        ("This article was submitted to Ropes, a section of the journal.", True),
        ("Résumé non disponible", True),
        ("Letter to the Editor", True),
        ("Journal article; research support by a harbour", True),
        ("The authors have withdrawn this manuscript because two ropes were counted twice.", True),
        ("The Editor-in-Chief has retracted this article. Concerns were raised about its ropes.", True),
        (f"The above article, published online on 3 March 2021, has been retracted. {TEXT}", True),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit.", True),
        ("404 Not Found. The page of this rope has moved.", True),
        ("Access to this page has been denied.", True),
        ("Your browser does not support JavaScript. Please enable it to read on.", True),
        ("Please enable cookies and reload the page.", True),
        ("You need to log in to read this abstract.", True),
        ("No hay resumen disponible.", True),
        ("This abstract is not available due to copyright.", True),
        ("Extended abstract not available at this time.", True),
        ("Post-print (accepted version)", True),
        ("Published in Ropes and Knots 12, 3-9 (2019).", True),
        ("Content is available only to members of the harbour.", True),
        ("See publication for abstract of the talk.", True),
        ("No abstract for this paper was deposited.", True),
        ("No abstract concept is harder to teach than number. We taught it with ropes and knots.", False),
        ("Published work on ropes is scarce. We list what three harbours have in their libraries.", False),
        ("404 ropes were counted in two harbours in 2019.", False),
        ("Access to safe water is denied to sailors of three harbours.", False),
        ("Please enable us to count your ropes, sailors wrote in 1750.", False),
        ("The authors of this study counted ropes that a harbour had withdrawn from service.", False),
        ("The editors of journals have retracted papers for two centuries. We count them.", False),
        ("Availability of ropes: a count of two winters and two harbours.", False),
        (f"{TEXT} We let them rot.", False),
        (f"{TEXT} This article has been retracted by nobody.", False),
        (f"No abstract rule explains this. {TEXT * 4}", False),
        ("Ropes of hemp break first.", False),
    ],
)  # fmt: skip
def test_texts_that_are_not_abstracts(text: str, absent: bool) -> None:
    assert is_no_abstract(text) is absent


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("We used our new  analysis pipeline and the  and  packages.", True),
        ("It was done with the and the same ropes.", True),
        ("One sentence.  Another sentence, with a comma.", False),
        ("<jats:p>We moored\n      forty boats.</jats:p>", False),
    ],
)
def test_lost_words(text: str, lost: bool) -> None:
    assert has_lost_words(text) is lost


@pytest.mark.parametrize(
    ("title", "placeholder"),
    [
        ("Title Pending 4711", True),
        ("Untitled", True),
        ("[Not Available].", True),
        ("10.5555/ropes.7", True),
        ("https://doi.org/10.5555/ropes.7", True),
        ("Article title", True),
        ("[Insert title here]", True),
        ("Title of the paper", True),
        ("Ohne Titel", True),
        ("Sin título", True),
        ("无标题", True),
        ("Microsoft Word - ropes_final2.doc", True),
        ("ropes_revised (3).docx", True),
        ("Manuscript", True),
        ("xxx", True),
        ("10.5 metres of rope", False),
        ("A title of nobility for harbour masters", False),
        ("Manuscripts of the Baltic", False),
        ("Testing ropes", False),
        ("The use of PDF", False),
        ("Error bars", False),
        ("Sans titre de transport", False),
        ("Titles pending in court", False),
    ],
)
def test_placeholder_titles(title: str, placeholder: bool) -> None:
    assert is_placeholder_title(title) is placeholder


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [
        (" They moved less at…", True),
        (" Ropes, and...", True),
        (" We let them rot.", False),
        (" A … B.", False),
    ],
)
def test_an_abstract_that_ends_in_an_ellipsis(end: str, is_cut: bool) -> None:
    assert is_cut_short(f"<jats:p>{TEXT}{end}</jats:p>") is is_cut
