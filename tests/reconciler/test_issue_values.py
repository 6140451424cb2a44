"""Volumes, issues, pages and publishers as people write them."""

from __future__ import annotations

import pytest

from enrich.reconciler.issue_values import (
    agree_on_pages,
    is_same_isbn,
    is_same_number,
    is_same_pages,
    share_number,
)
from enrich.reconciler.publisher_names import is_same_publisher


@pytest.mark.parametrize(
    ("text", "form", "is_same"),
    [
        pytest.param("101-115", "101-115", True, id="as deposited"),
        pytest.param("101–15", "101-115", True, id="the last page shortened"),
        pytest.param("pp. 101--115", "101-115", True, id="pp. and BibTeX's dash"),
        pytest.param("e064002", "064002", True, id="an article number with e"),
        pytest.param("Article 064002, 12 pages", "064002", True, id="with its length"),
        pytest.param("No. 064002", "064002", True, id="with No."),
        pytest.param("101-115", "101-116", False, id="another last page"),
        pytest.param("101-25", "101-115", False, id="another last page, shortened"),
        pytest.param("064003", "064002", False, id="another article number"),
        pytest.param("12 pages", "064002", False, id="only a length"),
    ],
)
def test_pages(text: str, form: str, *, is_same: bool) -> None:
    assert is_same_pages(text, (form,)) is is_same


@pytest.mark.parametrize(
    ("text", "form", "is_same"),
    [
        pytest.param("Vol. 93", "93", True, id="Vol."),
        pytest.param("No. 6", "6", True, id="No."),
        pytest.param("06", "6", True, id="a zero before it"),
        pytest.param("3–4", "3-4", True, id="a double issue"),
        pytest.param("94", "93", False, id="another volume"),
        pytest.param("Suppl. 6", "6", False, id="a supplement"),
    ],
)
def test_numbers(text: str, form: str, *, is_same: bool) -> None:
    assert is_same_number(text, (form,)) is is_same


@pytest.mark.parametrize(
    ("text", "form", "agrees"),
    [
        pytest.param("101", "101-115", True, id="the first page alone"),
        pytest.param("3", "003", True, id="an article number without its zeros"),
        pytest.param("1-12", "e123", True, id="pages beside an article number"),
        pytest.param("101-15", "101-115", True, id="the last page shortened"),
        pytest.param("102", "101-115", False, id="another first page"),
        pytest.param("101-116", "101-115", False, id="another last page"),
        pytest.param("e124", "e123", False, id="another article number"),
    ],
)
def test_pages_of_a_citation(text: str, form: str, *, agrees: bool) -> None:
    assert agree_on_pages(text, (form,)) is agrees


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        pytest.param("3-4", "4", True, id="one of two issues"),
        pytest.param("12A", "12", True, id="a letter after it"),
        pytest.param("Suppl", "6", True, id="no number to compare"),
        pytest.param("D72", "73", False, id="another volume"),
    ],
)
def test_numbers_of_a_citation(one: str, other: str, *, shares: bool) -> None:
    assert share_number(one, other) is shares


@pytest.mark.parametrize(
    ("text", "form", "is_same"),
    [
        pytest.param("Elsevier", "Elsevier BV", True, id="without the legal form"),
        pytest.param("Springer", "Springer Science and Business Media LLC", True, id="the first word of it"),
        pytest.param("Wiley", "Elsevier BV", False, id="another publisher"),
        pytest.param("Elsevier Ltd", "Elsevier BV", True, id="the firm of another country"),
        pytest.param("Elsevier B.V.", "Elsevier BV", True, id="full stops"),
        pytest.param("OUP", "Oxford University Press (OUP)", True, id="the acronym in brackets"),
        pytest.param("Princeton UP", "Princeton University Press", True, id="two words as an acronym"),
        pytest.param("Univ. of Chicago Press", "University of Chicago Press", True, id="a word shortened"),
        pytest.param("Association for Computing Machinery", "ACM", True, id="an acronym spelled out"),
        pytest.param("ACM", "ACM Press", True, id="an acronym and its press"),
        pytest.param("Routledge", "Informa UK Limited", True, id="an imprint"),
        pytest.param("Taylor & Francis", "Informa UK Limited", True, id="a brand"),
        pytest.param("John Wiley & Sons", "Wiley", True, id="the founder's whole name"),
        pytest.param("University Press", "Oxford University Press", False, id="words that name no house"),
        pytest.param(
            "American Physical Society", "American Chemical Society (ACS)", False, id="two learned bodies"
        ),
        pytest.param("MIT Press", "Princeton University Press", False, id="two presses"),
        pytest.param("Informatics Press", "Informa UK Limited", False, id="a name that only begins alike"),
    ],
)
def test_publishers(text: str, form: str, *, is_same: bool) -> None:
    assert is_same_publisher(text, (form,)) is is_same


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        pytest.param("9780471203070", True, id="as deposited"),
        pytest.param("978-0-471-20307-0", True, id="hyphens"),
        pytest.param("0-471-20307-6", True, id="ten digits"),
        pytest.param(
            "978–0–471–20307–0 (print), 978-3-16-148410-0", True, id="one of two numbers, with dashes"
        ),
        pytest.param("978-3-16-148410-0", False, id="another book"),
        pytest.param("080442957X", False, id="another book, X at its end"),
        pytest.param("forthcoming", False, id="no number"),
    ],
)
def test_isbns(text: str, *, is_same: bool) -> None:
    assert is_same_isbn(text, ("9780471203070",)) is is_same


NUMBERS_LIKE_8 = (
    "v. 8",
    "V8",
    "Vol. 8",
    "Bd. 8",
    "tome 8",
    "VIII",
    "№ 8",
    "n° 8",
    "#8",
    "(8)",
    "08",
    "núm. 8",
)


@pytest.mark.parametrize("text", NUMBERS_LIKE_8)
def test_a_number_with_its_label(text: str) -> None:
    assert is_same_number(text, ("8",))
    assert not is_same_number(text, ("9",))


@pytest.mark.parametrize(
    ("text", "form", "is_same"),
    [
        ("3/4", "3-4", True),
        ("3 & 4", "3–4", True),
        ("3 and 4", "3-4", True),
        ("Supplement 1", "suppl_1", True),
        ("S1", "Suppl 1", True),
        ("3", "3-4", False),
        ("S2", "Suppl 1", False),
        ("XIV", "16", False),
        ("XIV", "14", True),
        ("12A", "12", False),
    ],
)
def test_double_issues_and_supplements(text: str, form: str, is_same: bool) -> None:
    assert is_same_number(text, (form,)) is is_same


PAGES_LIKE = (
    "512-29", "512 to 529", "S. 512-529", "p512-529", "pp.512 – 529", "pgs. 512-529", "págs. 512--529",
    "0512-0529", "512-529.", "512-529, 18 pages", "Seiten 512 bis 529",
)  # fmt: skip
ARTICLES_LIKE = (
    "173", "0173", "e0173", "Art. no. 173", "Article ID 173", "Paper 173", "Artikel 173", "173:1–173:25",
    "173:1-25", "173, 25 pages",
)  # fmt: skip


@pytest.mark.parametrize("text", PAGES_LIKE)
def test_pages_in_many_spellings(text: str) -> None:
    assert is_same_pages(text, ("512-529", ""))
    assert not is_same_pages(text, ("513-529", ""))


@pytest.mark.parametrize("text", ARTICLES_LIKE)
def test_article_numbers_in_many_spellings(text: str) -> None:
    assert is_same_pages(text, ("e0173",))
    assert not is_same_pages(text, ("e0174",))


def test_a_range_beside_an_article_number_says_nothing() -> None:
    assert is_same_pages("1-25", ("e0173",))
