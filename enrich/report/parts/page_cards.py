"""The cards of the HTML report: each shows a publication's state, differences and findings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enrich.model.page import Value, to_plain_value
from enrich.model.plan import Change, Finding, Outcome, Plan, Severity
from enrich.model.work import RECORDS_ON_DISK
from enrich.report.parts.card_candidates import CardCandidate, build_card_candidates
from enrich.report.parts.card_rows import CardRow, build_rows, list_plan_decisions, rank_row
from enrich.report.parts.doi_links import build_doi_url, link_dois
from enrich.report.parts.json_page import describe_error
from enrich.report.parts.labels import (
    GENERATED,
    SEVERITIES,
    name_source,
    select_evidence,
)
from enrich.report.parts.page_state import STATES, decide_page_state
from enrich.report.parts.papers import Paper, PaperEntry, group_by_paper
from enrich.report.parts.safe_text import escape_line
from enrich.report.parts.shared_findings import FindingKey, is_shared

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as a card shows it."""

    finding: Finding
    """The finding itself."""
    message: tuple[tuple[str, str], ...]
    """Its message in pieces, each with the address of its link, or `""`."""
    evidence: tuple[tuple[str, str], ...]
    """Its evidence in the same form."""
    also: tuple[str, ...]
    """The other pages of the publication that have it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A publication."""

    paths: tuple[str, ...]
    """Its pages."""
    title: str
    """Its title on one line, or its path if it has no title."""
    year: str
    """The year of its date, or `""`."""
    state: str
    """One of `STATES`."""
    doi: str
    """Its DOI, or `""`."""
    url: str
    """The address of its DOI, or `""`."""
    source: str
    """The source of the record, or `""`."""
    errors: tuple[str, ...]
    """The reasons why some of its pages were skipped, or could not be read or written."""
    rows: tuple[CardRow, ...]
    """Its differences, open ones first."""
    remarks: tuple[Remark, ...]
    """Its findings, the most severe first."""
    candidates: tuple[CardCandidate, ...]
    """The DOIs that may be its own, the best first."""
    tags: tuple[str, ...]
    """The words by which the filter finds it."""

    @property
    def theirs(self) -> str:
        """Return the heading above the values that come from elsewhere: from the record or from a search."""
        return self.source.replace(RECORDS_ON_DISK, "The record") or "Found"


def build_cards(outcomes: Sequence[Outcome], shared: frozenset[FindingKey] = frozenset()) -> list[Card]:
    """Return the cards, the most severe first; within a state, those with nothing to show last."""
    order = list(STATES)
    numbers = {plan.path: number for number, plan in enumerate(_select_open_plans(outcomes))}
    cards = [_build_card(paper, numbers, shared) for paper in group_by_paper(outcomes)]
    return sorted(cards, key=lambda card: (order.index(card.state), not (card.rows or card.remarks)))


def list_proposals(outcomes: Sequence[Outcome]) -> Iterator[dict[str, object]]:
    """Yield the data about each page with open changes that a file of decisions repeats, by page number."""
    for plan in _select_open_plans(outcomes):
        is_written = any(change.status == "written" for change in plan.changes)
        text = plan.after if is_written else plan.page.text
        yield {
            "path": plan.path,
            "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "changes": [_name_proposals(changes) for changes in list_plan_decisions(plan)],
        }


def make_tag(kind: str, name: str) -> str:
    """Return the one word by which the filter finds cards of a kind."""
    return f"{kind}:{escape_line(name).replace(' ', '_')}"


def _select_open_plans(outcomes: Sequence[Outcome]) -> Iterator[Plan]:
    plans = (outcome for outcome in outcomes if isinstance(outcome, Plan))
    return (plan for plan in plans if list_plan_decisions(plan))


def _build_card(paper: Paper, numbers: Mapping[str, int], shared: frozenset[FindingKey]) -> Card:
    state = min(map(decide_page_state, paper.outcomes), key=list(STATES).index)
    rows = build_rows(paper, numbers)
    entries = [shown for shown in paper.entries if not is_shared(shown.entry, shared)]
    remarks = [_build_remark(shown, shown.entry) for shown in entries if isinstance(shown.entry, Finding)]
    errors = (_explain_outcome(outcome, remarks) for outcome in paper.outcomes)
    year = _find_year(paper)
    fields = {make_tag("field", row.name) for row in rows if row.is_open}
    codes = {make_tag("code", remark.finding.code) for remark in remarks}
    return Card(
        paths=tuple(outcome.path for outcome in paper.outcomes),
        title=paper.title,
        year=year,
        state=state,
        doi=paper.doi,
        url=build_doi_url(paper.doi),
        source=next(filter(None, map(name_source, paper.outcomes)), ""),
        errors=tuple(map(escape_line, filter(None, errors))),
        rows=tuple(sorted(rows, key=rank_row)),
        remarks=tuple(sorted(remarks, key=lambda remark: _rank_severity(remark.finding.severity))),
        candidates=tuple(build_card_candidates(paper, numbers)),
        tags=(f"state:{state}", *sorted(fields | codes), *([f"year:{year}"] if year else [])),
    )


def _explain_outcome(outcome: Outcome, remarks: Sequence[Remark]) -> str | None:
    """Return why a page was skipped or failed, None if a remark on its card says so."""
    is_told = isinstance(outcome, Plan) and any(one.finding.code == GENERATED for one in remarks)
    return None if is_told else describe_error(outcome)


def _build_remark(shown: PaperEntry, finding: Finding) -> Remark:
    message, evidence = (
        tuple(link_dois(escape_line(text))) for text in (finding.message, select_evidence(finding))
    )
    return Remark(finding, message, evidence, tuple(path for path, _ in shown.also))


def _rank_severity(severity: Severity) -> int:
    return SEVERITIES.index(severity)


def _name_proposals(changes: Sequence[Change]) -> dict[str, object]:
    """Return the parts of a change, or of all changes of a set, that a decision repeats."""
    first = changes[0]
    if not first.set_name:
        return _name_proposal(first)
    return {"changes": [{"set": first.set_name, **_name_proposal(change)} for change in changes]}


def _name_proposal(change: Change) -> dict[str, object]:
    return {
        "field": change.field,
        "key": list(change.path),
        "old": to_plain_value(change.old),
        "new": to_plain_value(change.new),
    }


def _find_year(paper: Paper) -> str:
    dates: list[Value] = [outcome.page.get("date") for outcome in paper.outcomes if isinstance(outcome, Plan)]
    years = (_YEAR.search(date) for date in dates if isinstance(date, str))
    return next((match[0] for match in years if match), "")
