"""The words of `enrich review`: what a page begins with, a question, the keys, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from enrich.model.plan import Change, Failed, Finding, Outcome, Plan
from enrich.report.parts.ansi import paint
from enrich.report.parts.entry_text import format_entry, format_failure
from enrich.report.parts.labels import count_noun, name_source
from enrich.report.parts.safe_text import escape_line, format_value

KEYS = {
    "y": "yes, write this",
    "n": "not now: it stays open",
    "k": "keep mine: not asked again until the record says something new",
    "a": "yes to this and all the rest of this page",
    "d": "done with this page: the rest of it stays open",
    "s": "split it, and ask about each part",
    "p": "print it again, with nothing left out",
    "o": "open the DOI in the browser",
    "u": "undo the last answer",
    "q": "quit: what was answered so far is carried out",
    "?": "these keys; Ctrl-C leaves and writes nothing",
}
_NOT_HERE = {"s": "this cannot be split", "u": "there is no answer to undo", "o": "there is no DOI to open"}


def format_page_heading(plan: Plan, *, color: bool) -> Iterator[str]:
    """Yield what a page begins with: its title and record, what was found, what cannot be written."""
    title = escape_line(format_value(plan.page.get("title"))) or escape_line(plan.path)
    yield ""
    yield paint(f"== {title}", "bold", color=color)
    yield paint(f"   https://doi.org/{escape_line(plan.doi)} ({name_source(plan)})", "dim", color=color)
    refused = [change for change in plan.changes if change.status == "refused"]
    entries: list[Change | Finding] = [*plan.findings, *refused]
    for entry in entries:
        yield from format_entry(plan.path, entry, color=color, full=False)


def format_question(plan: Plan, change: Change, *, color: bool, full: bool) -> Iterator[str]:
    """Yield a change as it is shown."""
    yield ""
    yield from format_entry(plan.path, change, color=color, full=full)


def format_prompt(keys: str, *, number: int, of: int, color: bool) -> str:
    """Return what asks for a key."""
    return paint(f"({number}/{of}) Write this? [{','.join(keys)}]", "bold", color=color) + " "


def describe_keys(keys: Iterable[str]) -> Iterator[str]:
    """Yield what each key does."""
    return (f"  {key}  {KEYS[key]}" for key in keys)


def explain_unusable_key(key: str, keys: str) -> list[str]:
    """Return what is to be said about a key that does nothing here."""
    return [f"  {_NOT_HERE[key]}"] if key in _NOT_HERE else [*describe_keys(keys)]


def format_closing(outcomes: Sequence[Outcome], *, asked: int, left: int, color: bool) -> Iterator[str]:
    """Yield what failed, and what came of the review in one line."""
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan)]
    statuses = Counter(change.status for plan in plans for change in plan.changes)
    written, kept = statuses["written"], statuses["kept"]
    pages = sum(any(change.status == "written" for change in plan.changes) for plan in plans)
    yield ""
    yield from (format_failure(each, color=color) for each in outcomes if isinstance(each, Failed))
    if not asked:
        yield "nothing to decide"
        return
    said = [
        f"{count_noun(written, 'change')} written on {count_noun(pages, 'page')}"
        if written
        else "no page changed"
    ]
    said += [f"{kept} kept as yours"] * bool(kept) + [f"{left} left open"] * bool(left)
    yield paint(" · ".join(said), "bold", color=color)
