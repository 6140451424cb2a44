"""The cards of the page about new works; each shows a work and the choices about it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from enrich.model.new_work import NewWork
from enrich.model.page import Doi
from enrich.report.parts.doi_links import build_doi_url
from enrich.report.parts.inline_html import render_record_text
from enrich.report.parts.new_works import read_container
from enrich.report.parts.page_cards import make_tag
from enrich.report.parts.safe_text import escape_line
from enrich.text.doi import parse_doi

UNDATED = "Without a date"
# The guide has the same reason.
_IGNORE = '[[ignore]]\ndoi = {}\nreason = "not ours"\n'


@dataclass(frozen=True, slots=True)
class WorkCard:
    """A work without a page."""

    title: Markup
    """The title with its emphasis, sub- and superscripts; the DOI if the record has no title."""
    doi: str
    """The DOI."""
    url: str
    """The address of the DOI, `""` if it is not one."""
    year: str
    """The year, or `UNDATED`."""
    details: tuple[str, ...]
    """The date, the journal and the kind of work, as far as they are known."""
    people: tuple[str, ...]
    """The site's people who wrote it."""
    also: tuple[tuple[str, str], ...]
    """The DOIs of its other versions, each with its address or `""`."""
    refused_because: str
    """The reason why the card offers no choice, `""` if it offers one."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the words by which the filter finds the card."""
        return (f"year:{self.year[:4]}", *(make_tag("person", name) for name in self.people))


def build_work_cards(works: Iterable[NewWork]) -> list[WorkCard]:
    """Return a card for each new work, in the order of the works."""
    return [_build_work_card(work) for work in works if work.status == "new"]


def _build_work_card(new: NewWork) -> WorkCard:
    work, year = new.work, str(new.date.year) if new.date else UNDATED
    details = (str(new.date or ""), read_container(new), work.type.replace("-", " "))
    doi = escape_line(work.doi)
    return WorkCard(
        title=render_record_text(work.title) or Markup("{}").format(doi),
        doi=doi,
        url=_build_url(work.doi),
        year=year,
        details=tuple(escape_line(detail) for detail in details if detail),
        people=tuple(map(escape_line, new.people)),
        also=tuple((escape_line(other), _build_url(other)) for other in new.also),
        refused_because=explain_unusable_doi(work.doi),
    )


def _build_url(typed: str) -> str:
    return "" if explain_unusable_doi(typed) else build_doi_url(typed)


def explain_unusable_doi(typed: str) -> str:
    """Return why `enrich add` and an [[ignore]] cannot take a DOI as it is, `""` if they can."""
    doi = parse_doi(typed)
    if isinstance(doi, Doi):
        return "" if doi.key == typed.lower() else f"they read it as {doi.bare}"
    return doi.reason if doi else "it is empty"


def describe_choices(cards: Sequence[WorkCard]) -> dict[str, dict[str, str]]:
    """Return what each DOI adds to a command of a shell and to `enrich.toml`."""
    return {
        card.doi: {"word": shlex.quote(card.doi), "table": _IGNORE.format(json.dumps(card.doi))}
        for card in cards
        if not card.refused_because
    }
