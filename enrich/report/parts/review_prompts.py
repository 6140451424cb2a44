"""The words of `enrich review`: a page's heading, a question, the keys, the closing line."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from enrich.model.page import Value
from enrich.model.plan import Change, Finding, Outcome, Plan
from enrich.model.report import Display
from enrich.model.review_key import ReviewKey, describe_review_keys, find_review_key, name_review_key
from enrich.report.parts.ansi import paint
from enrich.report.parts.candidate_text import explain_candidate
from enrich.report.parts.ended_findings import list_lasting_findings
from enrich.report.parts.entry_text import format_entry, wrap_words
from enrich.report.parts.labels import name_source
from enrich.report.parts.next_steps import describe_failed_lookups, format_next_steps
from enrich.report.parts.page_lists import format_failures
from enrich.report.parts.papers import PaperEntry
from enrich.report.parts.safe_text import escape_hidden, escape_line, format_value
from enrich.report.parts.shared_findings import FAILED_LOOKUP, FindingKey, collect_shared_findings, drop_retry
from enrich.text.candidate_line import describe_candidate
from enrich.text.count_noun import count_noun
from enrich.text.doi_address import format_doi_address

_IN_DOUBT = (
    "here: press o to open the DOI; if it leads to another work, press d to leave this page as it is, and"
    " correct its DOI after the review"
)
EMPTY_LINE = "  type a key; ? lists them"


def format_page_heading(plan: Plan, display: Display) -> Iterator[str]:
    """Yield a page's title and record, its findings, and the changes that cannot be written."""
    title = escape_line(format_value(plan.page.get("title"))) or escape_line(plan.path)
    yield ""
    for line in wrap_words(f"== {title}", display.width, hanging="   "):
        yield paint(line, "bold", color=display.color)
    if plan.doi:
        record = f"{format_doi_address(plan.doi)} ({name_source(plan)})"
        yield f"   {paint(record, 'dim', color=display.color)}"
    refused = [change for change in plan.changes if change.status == "refused"]
    findings = list_lasting_findings(plan.findings, plan.changes)
    if plan.offers:  # the question says it already
        findings = tuple(finding for finding in findings if finding.code != "doi-missing")
    entries: list[Change | Finding] = [*findings, *refused]
    for entry in entries:
        yield from format_entry(PaperEntry(plan, entry), display)
    if any(finding.code == "doi-doubtful" for finding in plan.findings):
        yield from wrap_words(_IN_DOUBT, display.width, indent="    ", hanging="        ")


def format_question(
    plan: Plan, changes: Sequence[Change], also: Sequence[Sequence[tuple[str, int]]], display: Display
) -> Iterator[str]:
    """Yield the lines of a change to decide on, or of all changes of a set.

    `also` has, for each change, the paths and lines of the other pages with the same change.
    """
    yield ""
    for change, places in zip(changes, also, strict=True):
        yield from format_entry(PaperEntry(plan, change, tuple(places)), display)
        yield from _format_alternatives(change, display)


def format_possible_dois(
    plan: Plan, dois: Iterable[str], twins: Iterable[str], display: Display
) -> Iterator[str]:
    """Yield the lines of the DOIs that may be a page's own, numbered; the pages `twins` have the same."""
    candidates = {candidate.doi: candidate for candidate in plan.candidates}
    yield ""
    yield from wrap_words(f"{escape_hidden(plan.path)}: which of these is its DOI?", display.width)
    if names := ", ".join(map(escape_hidden, twins)):
        yield from wrap_words(f"also on: {names}", display.width, indent="    ", hanging="        ")
    for number, doi in enumerate(dois, start=1):
        one = candidates[doi.lower()]
        text, why = escape_line(describe_candidate(one)), escape_line(explain_candidate(one))
        yield from wrap_words(f"{number} {text}", display.width, indent="    ", hanging="      ")
        yield from wrap_words(f"why: {why}", display.width, indent="      ", hanging="          ")


def _format_alternatives(change: Change, display: Display) -> Iterator[str]:
    """Yield the lines of the record's other values."""
    for number, other in enumerate(change.alternatives, start=1):
        text = (
            f"{number} proposes {escape_line(format_value(other.value))} instead: {escape_line(other.label)}"
        )
        yield from wrap_words(text, display.width, indent="    ", hanging="        ")


def format_prompt(keys: str, *, number: int, of: int, count: int = 1, color: bool) -> str:
    """Return the line that asks for a key; `count` is the number of changes to write, 0 for a choice."""
    what = "this" if count == 1 else f"these {count} together"
    asked = f"Write {what}?" if count else "Which one?"
    offered = ",".join(map(name_review_key, keys))
    return paint(f"({number}/{of}) {asked} [{offered}]", "bold", color=color) + " "


def describe_keys(letters: Iterable[str], rows: Iterable[ReviewKey], display: Display) -> Iterator[str]:
    """Yield the lines that explain these keys."""
    for label, effect in describe_review_keys(letters, rows):
        yield from wrap_words(f"{label:3} {effect}", display.width, indent="  ", hanging="      ")


def explain_unusable_key(letter: str, letters: str, rows: Iterable[ReviewKey], display: Display) -> list[str]:
    """Return why a key does nothing here, else the lines that explain the usable keys."""
    row = find_review_key(letter, rows)
    return [f"  {row.unusable}"] if row and row.unusable else [*describe_keys(letters, rows, display)]


def format_value_request(change: Change) -> str:
    """Return the lines that ask the user to type a value."""
    is_list = isinstance(change.new, list | tuple)
    form = "with a semicolon between two items" if is_list else "as LaTeX" if change.file else "as plain text"
    return f"  {escape_line(change.key)}, {form}; an empty line changes nothing\n  New value: "


def explain_typed_value(value: Value, change: Change) -> str:
    """Return the reason of a typed value, with the number of its items if the page has another number."""
    reason = "you typed this value"
    if not (isinstance(value, list) and isinstance(change.old, list | tuple) and change.old):
        return reason
    noun = "author" if change.field == "authors" else "item"
    count = f"{count_noun(len(value), noun)} instead of {len(change.old)}"
    return reason if len(value) == len(change.old) else f"{reason}: {count}"


def format_refusal(reason: str, change: Change, width: int) -> Iterator[str]:
    """Yield why a typed value was refused, and the value that is still proposed, in lines of `width`."""
    yield from wrap_words(escape_line(reason), width, indent="  ", hanging="      ")
    text = f"y still writes: {escape_line(format_value(change.new))}"
    yield f"  {textwrap.shorten(text, width - 2, placeholder=' …')}"


def format_answers_given(count: int, change: Change) -> Iterator[str]:
    """Yield a line with the number of changes that a key answered at once; none for a single change."""
    if count > 1:
        yield f"  {count} changes answered, beginning with {escape_line(change.field)}; u undoes the answers"


def format_closing(
    outcomes: Sequence[Outcome], *, asked: int, left: int, lost: int, display: Display
) -> Iterator[str]:
    """Yield the pages that failed and those that were not compared, then the result of the review."""
    yield ""
    for lines in format_failures(outcomes, display):
        yield from lines
    uncompared = "; ".join(_list_uncompared(outcomes))
    if not asked:
        text = f"nothing to decide; {uncompared}" if uncompared else "nothing to decide"
        yield from wrap_words(text, display.width)
        return
    yield from wrap_words(uncompared, display.width) if uncompared else ()
    yield paint(_describe_result(outcomes, left=left, lost=lost), "bold", color=display.color)


def _list_uncompared(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield how many pages were not compared, for each reason."""
    keys: tuple[FindingKey, ...] = (("warning", FAILED_LOOKUP), ("note", FAILED_LOOKUP))
    for found in collect_shared_findings(outcomes, keys):
        count = len(found.paths)
        were = "was" if count == 1 else "were"
        yield f"{count_noun(count, 'page')} {were} {escape_line(drop_retry(found.message))}"


def _describe_result(outcomes: Sequence[Outcome], *, left: int, lost: int) -> str:
    statuses = [Counter(map(_name_outcome, plan.changes)) for plan in outcomes if isinstance(plan, Plan)]
    written, kept, declined = (
        sum(counts[status] for counts in statuses) for status in ("written", "kept", "declined")
    )
    pages = count_noun(sum(counts["written"] > 0 for counts in statuses), "page")
    parts = [f"{count_noun(written, 'change')} written on {pages}" if written else "no page changed"]
    parts += [f"{kept} kept as yours"] * bool(kept)
    parts += [f"{count_noun(declined, 'DOI')} refused"] * bool(declined)
    parts += [f"{count_noun(lost, 'answer')} lost"] * bool(lost)
    parts += [f"{left} left open"] * bool(left)
    return " · ".join(parts)


def _name_outcome(change: Change) -> str:
    """Return the status of a change; a found DOI that is not the page's counts as declined."""
    is_declined = change.status == "kept" and change.field == "doi" and change.kind == "fill"
    return "declined" if is_declined else change.status


def format_open_questions(
    outcomes: Sequence[Outcome], again: str, *, lost: int, left: int, display: Display
) -> list[str]:
    """Return the lines with the command that asks again: about open or lost changes, or failed look-ups."""
    count = lost + left
    what = "this change" if count == 1 else f"these {count} changes"
    purposes = [f"asks about {what}"] * bool(count)
    purposes += filter(None, [describe_failed_lookups(outcomes)])
    return format_next_steps(f"{again}  # {', and '.join(purposes)}" if purposes else "", display.width)
