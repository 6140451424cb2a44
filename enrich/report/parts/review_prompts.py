"""The words of `enrich review`: a page's heading, a question, the keys, the closing line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from enrich.model.plan import Change, Failed, Finding, Outcome, Plan
from enrich.model.report import Display
from enrich.report.parts.ansi import paint
from enrich.report.parts.entry_text import format_entry, format_failure, wrap_words
from enrich.report.parts.labels import count_noun, name_source
from enrich.report.parts.papers import Entry
from enrich.report.parts.safe_text import escape_line, format_value

KEYS = {
    "y": "yes, write this change",
    "n": "not now: the change stays open",
    "k": "keep mine: do not ask again until the record changes",
    "a": "yes to this change and to all others of this page",
    "d": "done with this page: its other changes stay open",
    "s": "split the change and ask about each part",
    "p": "print the change again, in full",
    "o": "open the DOI in the browser",
    "u": "undo the last answer",
    "q": "quit: write what you have accepted so far",
    "?": "show these keys (Ctrl-C quits and writes nothing)",
}
_UNUSABLE = {
    "s": "this change cannot be split",
    "u": "there is no answer to undo",
    "o": "there is no DOI to open",
}


def format_page_heading(plan: Plan, display: Display) -> Iterator[str]:
    """Yield a page's title and record, its findings, and the changes that cannot be written."""
    title = escape_line(format_value(plan.page.get("title"))) or escape_line(plan.path)
    record = f"https://doi.org/{escape_line(plan.doi)} ({name_source(plan)})"
    yield ""
    for line in wrap_words(f"== {title}", display.width, hanging="   "):
        yield paint(line, "bold", color=display.color)
    yield f"   {paint(record, 'dim', color=display.color)}"
    refused = [change for change in plan.changes if change.status == "refused"]
    entries: list[Change | Finding] = [*plan.findings, *refused]
    for entry in entries:
        yield from format_entry(Entry(plan, entry), display)


def format_question(plan: Plan, change: Change, display: Display) -> Iterator[str]:
    """Yield the lines of a change to decide on."""
    yield ""
    yield from format_entry(Entry(plan, change), display)


def format_prompt(keys: str, *, number: int, of: int, color: bool) -> str:
    """Return the line that asks for a key."""
    return paint(f"({number}/{of}) Write this? [{','.join(keys)}]", "bold", color=color) + " "


def describe_keys(keys: Iterable[str]) -> Iterator[str]:
    """Yield a line for each key with its effect."""
    return (f"  {key}  {KEYS[key]}" for key in keys)


def explain_unusable_key(key: str, keys: str) -> list[str]:
    """Return why a key does nothing here, or the keys that do something."""
    return [f"  {_UNUSABLE[key]}"] if key in _UNUSABLE else [*describe_keys(keys)]


def format_closing(outcomes: Sequence[Outcome], *, asked: int, left: int, display: Display) -> Iterator[str]:
    """Yield the pages that failed, then the result of the review in one line."""
    yield ""
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            yield from format_failure(outcome, display)
    if not asked:
        yield "nothing to decide"
        return
    statuses = [
        Counter(change.status for change in plan.changes) for plan in outcomes if isinstance(plan, Plan)
    ]
    written, kept = (sum(counts[status] for counts in statuses) for status in ("written", "kept"))
    pages = count_noun(sum(counts["written"] > 0 for counts in statuses), "page")
    parts = [f"{count_noun(written, 'change')} written on {pages}" if written else "no page changed"]
    parts += [f"{kept} kept as yours"] * bool(kept) + [f"{left} left open"] * bool(left)
    yield paint(" · ".join(parts), "bold", color=display.color)
