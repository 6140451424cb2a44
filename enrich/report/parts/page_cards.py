"""What the HTML report shows of each page: a card with its state, its differences and its findings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enrich.model.page import Value, to_plain_value
from enrich.model.plan import Change, Failed, Finding, Outcome, Plan, Severity, Skipped
from enrich.report.parts.doi_links import build_doi_url, link_dois
from enrich.report.parts.json_page import describe_error
from enrich.report.parts.labels import SEVERITIES, describe_change, label_change, name_source
from enrich.report.parts.safe_text import escape_line, format_value
from enrich.report.parts.word_diff import Kind, Piece, diff_words, shorten_pieces

# What a page is, the gravest first, and how the report says it.
STATES = {
    "failed": "failed",
    "error": "has an error",
    "you": "needs review",
    "safe": "ready to write",
    "done": "written",
    "same": "in order",
    "none": "not compared",
    "skipped": "skipped",
}
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")

Side = tuple[tuple[Kind, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A difference: `number` is its place among the page's proposals, -1 where it is none.

    `whole` has what `sides` leaves out.
    """

    number: int
    change: Change
    state: str
    what: str
    sides: tuple[Side, Side]
    whole: tuple[Side, Side] | None

    @property
    def open(self) -> bool:
        """Return whether it can be decided on."""
        return self.number >= 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, its text in pieces with the address that each leads to."""

    finding: Finding
    message: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A page as it is shown; `number` is its place among those with proposals, `tags` what it is found by."""

    number: int
    path: str
    title: str
    year: str
    state: str
    doi: str
    url: str
    source: str
    error: str
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]
    tags: tuple[str, ...]

    @property
    def theirs(self) -> str:
        """Return whose the other side of a difference is."""
        return self.source if self.source in {"Crossref", "DataCite"} else "The record"


def build_cards(outcomes: Sequence[Outcome]) -> list[Card]:
    """Return the cards, the gravest first; of each kind those with nothing to say last."""
    order = list(STATES)
    numbers = {outcome.path: number for number, outcome in enumerate(_proposing(outcomes))}
    found = [_card(outcome, numbers.get(outcome.path, -1)) for outcome in outcomes]
    return sorted(found, key=lambda card: (order.index(card.state), not (card.rows or card.remarks)))


def list_proposals(outcomes: Sequence[Outcome]) -> Iterator[dict[str, object]]:
    """Yield what a decision has to say of each page with proposals, in the order of their numbers."""
    for plan in _proposing(outcomes):
        written = any(change.status == "written" for change in plan.changes)
        text = plan.after if written else plan.page.text
        yield {
            "path": plan.path,
            "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "changes": [_proposal(change) for change in plan.changes if _is_open(change)],
        }


def make_tag(kind: str, name: str) -> str:
    """Return what cards of a kind are found by, in one word."""
    return f"{kind}:{escape_line(name).replace(' ', '_')}"


def decide_page_state(outcome: Outcome) -> str:
    """Return what a page is, one of `STATES`."""
    if isinstance(outcome, Failed | Skipped):
        return "failed" if isinstance(outcome, Failed) else "skipped"
    labels = set(map(label_change, outcome.changes))
    severities = {finding.severity for finding in outcome.findings}
    if "error" in severities:
        return "error"
    if "warning" in severities or labels & {"needs review", "refused"}:
        return "you"
    if labels:
        return "safe" if "safe" in labels else "done"
    return "same" if isinstance(outcome, Plan) and outcome.source else "none"


def _proposing(outcomes: Sequence[Outcome]) -> Iterator[Plan]:
    return (one for one in outcomes if isinstance(one, Plan) and any(map(_is_open, one.changes)))


def _card(outcome: Outcome, number: int) -> Card:
    state = decide_page_state(outcome)
    page = outcome.page if isinstance(outcome, Plan) else None
    doi = "" if isinstance(outcome, Skipped) else outcome.doi
    rows = list(_rows(outcome))
    found = () if isinstance(outcome, Skipped) else outcome.findings
    year = _year(page.get("date") if page else None)
    fields = {make_tag("field", row.change.field) for row in rows if row.open}
    codes = {make_tag("code", finding.code) for finding in found}
    return Card(
        number=number,
        path=outcome.path,
        title=escape_line(format_value(page.get("title") if page else None)) or escape_line(outcome.path),
        year=year,
        state=state,
        doi=doi,
        url=build_doi_url(doi),
        source=name_source(outcome),
        error=escape_line(describe_error(outcome) or ""),
        rows=tuple(sorted(rows, key=lambda row: (not row.open, not row.change.is_new, row.state == "safe"))),
        remarks=tuple(map(_remark, sorted(found, key=lambda one: _gravity(one.severity)))),
        tags=(f"state:{state}", *sorted(fields | codes), *([f"year:{year}"] if year else [])),
    )


def _rows(outcome: Outcome) -> Iterator[Row]:
    number = 0
    for change in () if isinstance(outcome, Skipped) else outcome.changes:
        is_open = isinstance(outcome, Plan) and _is_open(change)
        yield _row(change, number if is_open else -1)
        number += is_open


def _row(change: Change, number: int) -> Row:
    pieces = diff_words(change.old, change.new)
    short = shorten_pieces(pieces)
    return Row(
        number=number,
        change=change,
        state=label_change(change),
        what=escape_line(describe_change(change)),
        sides=(_side(short, "old"), _side(short, "new")),
        whole=(_side(pieces, "old"), _side(pieces, "new")) if short != pieces else None,
    )


def _side(pieces: Sequence[Piece], kind: Kind) -> Side:
    """Return one side of a difference: the words that both have, and those of its own."""
    return tuple((each, " ".join(words)) for each, words in pieces if each in {"same", kind} and words)


def _remark(finding: Finding) -> Remark:
    return Remark(
        finding,
        tuple(link_dois(escape_line(finding.message))),
        tuple(link_dois(escape_line(finding.evidence))),
    )


def _gravity(severity: Severity) -> int:
    return SEVERITIES.index(severity)


def _is_open(change: Change) -> bool:
    return label_change(change) in {"safe", "needs review"}


def _proposal(change: Change) -> dict[str, object]:
    return {
        "field": change.field,
        "key": list(change.path),
        "old": to_plain_value(change.old),
        "new": to_plain_value(change.new),
    }


def _year(date: Value) -> str:
    found = _YEAR.search(date) if isinstance(date, str) else None
    return found[0] if found else ""
