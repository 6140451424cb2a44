"""Titles of notices, which the page's own title reveals, and titles that only begin like one."""

from __future__ import annotations

import json

import pytest

from enrich.model.work import Dates, PartialDate, Person, Work
from enrich.reconciler.notice_titles import split_notice, split_noun
from enrich.reconciler.part_forms import is_about_another_work
from tests.support.comparisons import DOI, found_codes, judged

TITLE = "Effects of light on pond snails in winter"
PAGE = {"title": TITLE, "authors": ["Runa Eide", "Ikram Saidi"], "date": "2021-03-04", "doi": DOI}
NOTICES = [
    ("Retraction notice to “{}” [J. Pond Life 12 (2020) 34–56]", "retracted"),
    ("Retraction of “{}”", "retracted"),
    ("Retraction of {}", "retracted"),
    ("Retraction for Marsh et al., {}", "retracted"),
    ("Retraction and replacement of: {}", "retracted"),
    ("Notice of retraction of “{}”", "retracted"),
    ("Withdrawal notice to “{}”", "withdrawn"),
    ("Removal notice to ‘{}’ [Pond Life 3 (2021)]", "withdrawn"),
    ("Expression of Concern for “{}”", "expression-of-concern"),
    ("Editorial expression of concern on the article: {}", "expression-of-concern"),
    ("Partial retraction of “{}”", "corrected"),
    ("Retractación de “{}”", "retracted"),
]
NOUNS = [
    ("Withdrawal: {}", "withdrawn"),
    ("Removal – {}", "withdrawn"),
    ("{}: Retraction", "retracted"),
    ("{}. Retraction", "retracted"),
    ("Retraction.—{}", "retracted"),
    ("Notice of Retraction and Replacement. {}", "retracted"),
    ("Rétractation : {}", "retracted"),
    ("Retracción: {}", "retracted"),
    ("Retratação: {}", "retracted"),
    ("撤稿声明：{}", "retracted"),
]


def make_record(title: str) -> Work:
    return Work(
        doi=DOI,
        type="journal-article",
        titles=(title,),
        contributors=(Person("Eide", "Runa"), Person("Saidi", "Ikram")),
        dates=Dates(online=PartialDate(2021, 3, 4)),
    )


def list_codes(local: str, remote: str) -> set[str]:
    """Return the findings about a page with one title and a record with another."""
    lines = (f"{key}: {json.dumps(value)}" for key, value in {**PAGE, "title": local}.items())
    return found_codes(judged("---\n" + "\n".join(lines) + "\n---\n", make_record(remote)))


@pytest.mark.parametrize(("form", "code"), NOTICES)
def test_the_doi_of_a_notice_that_names_the_pages_work(form: str, code: str) -> None:
    assert split_notice(form.format(TITLE)) == (code, TITLE)
    assert list_codes(TITLE, form.format(TITLE)) == {"doi-of-notice"}


@pytest.mark.parametrize(("form", "code"), NOUNS)
def test_a_noun_with_the_pages_title_is_a_status(form: str, code: str) -> None:
    assert split_noun(form.format(TITLE)) == (code, TITLE)
    assert list_codes(TITLE, form.format(TITLE)) == {code}


@pytest.mark.parametrize("form", [form for form, _ in NOUNS])
def test_a_page_that_says_so_itself_keeps_its_title(form: str) -> None:
    assert list_codes(form.format(TITLE), TITLE) == set()


@pytest.mark.parametrize(
    "title",
    [
        "Withdrawal: a qualitative study of tapering",
        "Retraction of the front teeth: a canine model",
        "Removal of arsenic from pond water",
        "Withdrawal of care for newborns",
        "Orthodontic springs: retraction",
        "Retracción: técnica y resultados",
        "An expression of concern in Latin letters",
    ],
)
def test_a_title_that_the_page_has_too_is_no_notice(title: str) -> None:
    assert list_codes(title, title) == set()


@pytest.mark.parametrize(
    ("title", "is_about_another"),
    [
        ("Correction: Effects of light", True),
        ("Correction to Effects of light", True),
        ("Corrigendum to “Effects of light”", True),
        ("Berichtigung: Wirkungen des Lichts", True),
        ("Fe de erratas: Efectos de la luz", True),
        ("Data from: Effects of light", True),
        ("Table of Contents", True),
        ("Correction of refractive errors in children", False),
        ("Correction for lens distortion by entropy", False),
        ("Data on pond snails of two winters", False),
        ("Figures of speech in letters of 1750", False),
        ("Tables of integrals for harbour engineers", False),
    ],
)
def test_a_title_alone_tells_a_notice(title: str, is_about_another: bool) -> None:
    assert is_about_another_work(title) is is_about_another
