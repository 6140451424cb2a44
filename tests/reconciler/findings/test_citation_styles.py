"""Citations in the styles of many houses: one that agrees is equal, one that contradicts is a finding."""

from __future__ import annotations

import json

import pytest

from enrich.reconciler.journal_names import is_same_container
from tests.support.comparisons import PAGE, found_codes, judged, work

PAGES_STYLES = """
    *{name}* **{volume}**, {first}–{last} ({year})
    *{name}*, *{volume}*({issue}), {first}–{last}.
    {name}, {volume}({issue}), {first}-{last}
    {name}, vol. {volume}, no. {issue}, {year}, pp. {first}-{last}.
    *{name}* {volume}, no. {issue} ({year}): {first}–{last}.
    {name}. {year} May 2;{volume}({issue}):{first}-{short}.
    {name}, vol. {volume}, no. {issue}, pp. {first}–{last}, May {year}.
    *{name}*, {volume}({issue}), pp.{first}-{last}.
    {name} {volume} ({year}) {first}–{last}
    {name}, Volume {volume}, Issue {issue}, May {year}, Pages {first}-{last}
    {name} {volume}, {first} ({year})
    *{name}* **{year}**, *{volume}* ({issue}), {first}–{last}.
    *{name}*. {year};{volume}({issue}):{first}-{last}. doi:10.5555/x
    {name} {volume}:{first}–{last} ({year})
    {name} ({year}) {volume}:{first}–{last}
    {name} {volume}:{first}-{last}
    {name} {volume}, {issue} ({year}), {first}–{last}.
    *{name}*, {year}, **{volume}**, {first}-{last}
    {name} {volume}({issue}), {first} ({year})
    *{name}*, {volume}.{issue} ({year}), {first}–{last}
    ({year}) {volume} {name} {first}
    {name}, Bd. {volume}, Nr. {issue}, S. {first}-{last}
    {name}, Jg. {volume}, H. {issue}, S. {first}–{last}
    {name}, vol. {volume}, núm. {issue}, págs. {first}-{last}
    {name}, tome {volume}, n° {issue}, p. {first}-{last}
    {name}, {volume} ({issue}), {first}--{last}
    {name}, V. {volume}, N. {issue}, P. {first}-{last}
    {name}. {volume}({issue}):{first}-{last}.
    {name}. – {year}. – Т. {volume}, № {issue}. – С. {first}-{last}
    {name} {volume}: {first}-{last}.
    {name} {volume}({issue}):{first}–{last}
    {name}, {year}, {volume}({issue}), {first}–{last}
    {name} {volume} (Issue {issue}), {first}–{last}
    In {name} {volume}({issue}), {first}-{last}
    {name}; {volume}; {issue}; {first}-{last}
    Vol. {volume} No. {issue} ({year}): {name}
    {name}, {volume}({issue}), {first}-{short}
    {name} **{volume}** {first}
    Blood Adv. {volume}, {first}–{last} ({year})
    {name}, {volume}, {first}–{last}, doi:10.5555/x
    {name}, **{volume}**, {first}–{last}, https://doi.org/10.5555/x
"""
ARTICLE_STYLES = """
    {name} {volume}({issue}): e{article}
    {name} {volume}({issue}), {article}
    {name} {volume}, {article} ({year})
    {name} **{volume}** {article}
    {name}, Volume {volume}, {year}, {article}
    {name}, {volume}({issue}), Article {article}
    *{name}*, {volume}({issue}), article no. {article}
    {name} {volume}, Art. {article}
    {name} {volume} ({year}) {article}
    {name}, vol. {volume}, no. {issue}, Art. no. {article}
    *{name}*, *{volume}*({issue}), Article {article}. https://doi.org/10.5555/x
    {name}. {year};{volume}({issue}):{article}.
    *{name}* **{volume}**, {article} ({year}).
    {name} {volume}, {article} (12 pages)
    *{name}* **{year}**, *{volume}*({issue}), {article}; https://doi.org/10.5555/x
    {name} {volume}, {issue}, Article {article} (May {year}), 21 pages.
    {name} {volume}({issue}), p. {article}
    {name}, vol. {volume}, Article ID {article}, 8 pages
"""
RECORD = {
    "name": "Blood Advances",
    "volume": "41",
    "issue": "3",
    "year": "2016",
    "first": "512",
    "last": "529",
    "short": "29",
    "article": "064002",
}
WRONG = {"volume": "42", "issue": "7", "first": "612", "article": "064777"}


def list_styles(text: str) -> list[str]:
    """Return the styles in a table, a line each."""
    return [line.strip() for line in text.splitlines() if line]


STYLES = list_styles(PAGES_STYLES + ARTICLE_STYLES)


def check_citation(citation: str, style: str) -> set[str]:
    """Return the codes of the findings about a page with a citation."""
    place = {"article_number": "064002", "page": ""} if "{article}" in style else {"page": "512-529"}
    page = PAGE.replace('"*Blood Advances*"', json.dumps(citation, ensure_ascii=False))
    return found_codes(judged(page, work(volume="41", issue="3", **place)))


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_that_agrees(style: str) -> None:
    citation = style.format(**RECORD)
    assert is_same_container(citation, ("Blood Advances",))
    assert "citation-differs" not in check_citation(citation, style)


@pytest.mark.parametrize(
    ("style", "part"),
    [(style, part) for style in STYLES for part in WRONG if f"{{{part}}}" in style],
)
def test_a_citation_with_a_wrong_part(style: str, part: str) -> None:
    last = "629" if part == "first" else "529"
    citation = style.format(**{**RECORD, "last": last, part: WRONG[part]})
    assert "citation-differs" in check_citation(citation, style)
