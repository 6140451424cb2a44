"""Titles of notices, which the page's own title reveals, and titles that only begin like one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from enrich.model.work import Dates, PartialDate, Person, Update, Work
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
    ("Retraction of the article entitled «{}»", "retracted"),
    ("Rétractation de l'article « {} »", "retracted"),
    ("Отзыв статьи «{}»", "retracted"),
    ("Ritrattazione di “{}”", "retracted"),
    ("Expression of concern about “{}”", "expression-of-concern"),
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
    ("《{}》撤稿声明", "retracted"),
    ("「{}」の撤回", "retracted"),
    ("Nota de retractación: {}", "retracted"),
    ("Rückzug: {}", "retracted"),
]
CORRECTIONS = [
    "Corrections to “{}”", "Correction à l'article « {} »", "Corrigendum to ‘{}’ [Pond Life 12, 2020, 34-56]",
    "{} [Erratum: Pond Life 12, 34]", "Notice of correction to “{}”", "Clarification: {}", "Korrektur zu: {}",
    "Berichtigung zu „{}“", "Fe de errores de “{}”", "Correção de “{}”", "Correzione a: {}",
    "Исправление к статье «{}»", "Поправка: {}", "《{}》更正", "「{}」の訂正", "更正：{}", "정정: {}",
    "Replication data and code for: {}", "Code for “{}”", "Referee report. For: {}",
    "Faculty of 1000 evaluation for {}",
    "Perspective on “{}”", "Highlights of: {}", "Editor's evaluation: {}", "Rezension: {}", "Отзыв: {}",
    "书评：{}",
    "Compte rendu : {}",
    "Correction in “{}”", "Reply to comment on “{}”", "Retraction Note to: {}",
]  # fmt: skip
AROUND = [
    ("Trukket tilbake: {}", "retracted"),
    ("GERİ ÇEKİLDİ: {}", "retracted"),
    ("Tillbakadragen – {}", "retracted"),
    ("Vetäytynyt: {}", "retracted"),
    ("{} (stažený článek)", "retracted"),
    ("مسحوب: {}", "retracted"),
    ("Verwijderd: {}", "withdrawn"),
    ("Entfernt: {}", "withdrawn"),
    ("Ingetrokken | {}", "retracted"),
    ("RETRACTED, {}", "retracted"),
    ("{} <span class='badge'>retracted</span>", "retracted"),
    ("ОТОЗВАНО. {}", "retracted"),
    (r"\textcolor{red}{RETRACTED} {}", "retracted"),
    ("~~RETRACTED~~ {}", "retracted"),
    ("«RETRACTED» {}", "retracted"),
    ("Retracted Article. {}", "retracted"),
    ("This article has been withdrawn by the authors — {}", "withdrawn"),
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


@pytest.mark.parametrize("form", CORRECTIONS)
def test_the_doi_of_a_correction_or_reply(form: str) -> None:
    assert "doi-of-notice" in list_codes(TITLE, form.replace("{}", TITLE))


@pytest.mark.parametrize(("form", "code"), AROUND)
def test_a_status_around_the_pages_title(form: str, code: str) -> None:
    assert list_codes(TITLE, form.replace("{}", TITLE)) == {code}


def test_a_notice_that_may_be_the_article_changed_in_place_is_in_doubt() -> None:
    record = make_record(f"Retraction: {TITLE}")
    own = replace(record, updated_by=(Update("retraction", DOI),))
    text = "---\n" + "\n".join(f"{key}: {json.dumps(value)}" for key, value in PAGE.items()) + "\n---\n"
    assert found_codes(judged(text, record)) == {"retracted", "doi-doubtful"}
    assert found_codes(judged(text, own)) == {"retracted"}


@pytest.mark.parametrize(("form", "code"), NOUNS)
def test_a_noun_with_the_pages_title_is_a_status(form: str, code: str) -> None:
    assert split_noun(form.format(TITLE)) == (code, TITLE)
    assert list_codes(TITLE, form.format(TITLE)) == {code, "doi-doubtful"}


@pytest.mark.parametrize("form", [form for form, _ in NOUNS])
def test_a_page_with_a_status_in_its_title_keeps_it(form: str) -> None:
    assert list_codes(form.format(TITLE), TITLE) == set()


@pytest.mark.parametrize(
    "title",
    [
        "Withdrawal: a qualitative study of tapering",
        "Retraction of the front teeth: a canine model",
        "Removal of arsenic from pond water",
        "Withdrawal of care for newborns",
        "Orthodontic springs: retraction",
        "Retracted: how science corrects itself",
        "Withdrawn: lives of recluses in the age of noise",
        "Removed: a history of forced migration",
        "Rückzug: Gletscher der Alpen",
        "Отзыв: лицензии банков России",
        "Corrections to scaling in the Potts model",
        "Clarification: fining agents in wine",
        "Retracción: técnica y resultados",
        "Perspective: the future of mooring",
        "Code for sailors: knots, flags and lamps",
        "Отзыв на книгу о морских узлах",
        "Tillbakadragen: ett liv på en fyr",
        "An expression of concern in Latin letters",
    ],
)
def test_a_title_that_the_page_has_too_is_not_a_notice(title: str) -> None:
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
        ("Corrections to scaling: “Effects of light”", True),
        ("Corrections for pile-up in detectors", False),
        ("Corrección de la visión en niños", False),
        ("Clarification of beer with silica", False),
        ("Korrektur der Fehlsichtigkeit bei Kindern", False),
        ("Correction of refractive errors in children", False),
        ("Correction for lens distortion by entropy", False),
        ("Data on pond snails of two winters", False),
        ("Figures of speech in letters of 1750", False),
        ("Tables of integrals for harbour engineers", False),
    ],
)
def test_a_title_alone_tells_a_notice(title: str, is_about_another: bool) -> None:
    assert is_about_another_work(title) is is_about_another
