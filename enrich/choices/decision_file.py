"""Carry out the decisions that a person took in an HTML report: a file from outside, believed in nothing.

It only says which of today's proposals to take or to keep; what is written comes from today's plan, and
only where page, old and new value are those that were decided on.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from enrich.choices.select import select_changes
from enrich.errors import UsageError
from enrich.model.page import KeyPath, Page, Value, to_plain_value
from enrich.model.plan import Change, Failed, Outcome, Plan, refuse_change

Choose = Callable[[Sequence[Outcome]], Sequence[Outcome]]

LARGEST = 64 * 1024 * 1024  # bytes; a site of 5,000 pages needs a tenth of it
_SCHEMA = 1
_WORDS = ("take", "keep", "later")
_STALE = "changed since the report was made, so nothing was decided about what it says now; make a new report"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one proposal: `sha256` is of the page as it was, `key` where the value is."""

    path: str
    sha256: str
    field: str
    key: KeyPath
    old: Value
    new: Value
    word: str


def read_decisions(file: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file; raise UsageError, naming the place, for what is not one."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            raise UsageError(f"{file}: there is no such file of decisions")
        document = json.loads(file.read_bytes())
        return _decisions(document)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except RecursionError:
        raise UsageError(f"{file}: no decisions are nested that deeply") from None
    except ValueError as error:
        why = str(error) if type(error) is ValueError else "not JSON"
        raise UsageError(f"{file}: not what “Download decisions” makes: {why}") from None


def _decisions(document: object) -> tuple[Decision, ...]:
    """Return the decisions of a document; raise ValueError for what is not one."""
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        raise ValueError("it has another schema than 1")
    rows = document.get("decisions")
    if not isinstance(rows, list):
        raise ValueError("'decisions' is not a list")  # noqa: TRY004 - one error for all that it may be
    found: dict[tuple[str, str, KeyPath], Decision] = {}
    for number, row in enumerate(rows, start=1):
        one = _decision(row)
        if one is None:
            raise ValueError(f"decision {number} has not the shape of one")
        if found.setdefault((one.path, one.field, one.key), one) != one:
            raise ValueError(f"decision {number} is about the same value as an earlier one, and differs")
    return tuple(found.values())


def choosing(file: Path | None) -> tuple[Choose | None, list[str]]:
    """Return what carries a file out, None without one, and where it says what it refused."""
    refused: list[str] = []
    if file is None:
        return None, refused
    decisions = read_decisions(file)
    return lambda outcomes: decided(outcomes, decisions, refused.append), refused


def decided(
    outcomes: Sequence[Outcome], decisions: Sequence[Decision], refuse: Callable[[str], None]
) -> list[Outcome]:
    """Return what becomes of the pages with a decision alone; `refuse` hears what is not done."""
    known = {outcome.path: outcome for outcome in outcomes}
    asked: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.word != "later":
            asked[one.path].append(one)
    return [_decided(known.get(path), path, asked[path], refuse) for path in sorted(asked)]


def sha256_of(page: Page) -> str:
    """Return the digest of a page's bytes."""
    return hashlib.sha256(page.text.encode("utf-8")).hexdigest()


def _decided(
    outcome: Outcome | None, path: str, decisions: Sequence[Decision], refuse: Callable[[str], None]
) -> Outcome:
    if outcome is None:
        return Failed(path, "decided about, but no publication page of this site under the given paths")
    if isinstance(outcome, Failed):
        return outcome
    if not isinstance(outcome, Plan):
        return Failed(path, f"decided about, but left alone: {outcome.reason}")
    open_ones = [one for one in decisions if not _is_done(outcome, one)]
    digest = sha256_of(outcome.page)
    if open_ones and any(one.sha256 != digest for one in decisions):
        return Failed(path, _STALE, doi=outcome.doi, findings=outcome.findings)
    decided = list(_settled(outcome, open_ones, refuse))
    settled = [change for _, change in decided]
    taken = [change for word, change in decided if word == "take"]
    kept = [change for word, change in decided if word == "keep"]
    # What was shown before and is still open stays so; what was never shown stays news.
    done = {(one.field, one.path) for one in settled}
    old = [one for one in outcome.changes if not one.is_new and (one.field, one.path) not in done]
    return select_changes(replace(outcome, changes=(*settled, *old)), taken, kept)


def _is_done(plan: Plan, one: Decision) -> bool:
    """Return whether nothing is left to do, as where the file is carried out a second time."""
    if one.word == "take":
        return _same(plan.page.get(*one.key), one.new)
    is_open = any((change.field, change.path) == (one.field, one.key) for change in plan.changes)
    return not is_open and plan.looked_up and _same(plan.page.get(*one.key), one.old)


def _settled(
    plan: Plan, decisions: Sequence[Decision], refuse: Callable[[str], None]
) -> Iterator[tuple[str, Change]]:
    """Yield each decided change with its word, which is `refused` where the change is another now."""
    proposed: Mapping[tuple[str, KeyPath], Change] = {(one.field, one.path): one for one in plan.changes}
    for one in decisions:
        change = proposed.get((one.field, one.key))
        why = _refusal(plan, change, one)
        if why:
            refuse(f"{one.path}: {'.'.join(one.key)}: not done as decided: {why}")
        if change is None:
            continue
        yield ("refused", refuse_change(change, why)) if why else (one.word, change)


def _refusal(plan: Plan, change: Change | None, one: Decision) -> str:
    """Return why a decision cannot be carried out, `""` where it can."""
    if change is None:
        return (
            "nothing of the kind is proposed now" if plan.looked_up else "the record cannot be looked up now"
        )
    if not _same(change.old, one.old):
        return "the page does not say what it said then"
    if not _same(change.new, one.new):
        return "the record does not say what it said then; make a new report"
    return change.refused_because if one.word == "take" else ""


def _same(mine: Value, theirs: Value) -> bool:
    """Return whether a value is one that went through a browser, which knows only one kind of number."""
    mine = to_plain_value(mine)
    if isinstance(mine, list) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(_same, mine, theirs))
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return mine.keys() == theirs.keys() and all(_same(mine[key], theirs[key]) for key in mine)
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine is theirs
    if isinstance(mine, int | float) and isinstance(theirs, int | float):
        return abs(mine) < 1e300 and float(mine) == theirs
    return type(mine) is type(theirs) and mine == theirs


def _decision(row: object) -> Decision | None:
    """Return the decision that a row of the file is, None where it is none."""
    if not isinstance(row, dict) or not {"old", "new"} <= row.keys():
        return None
    path, digest, field, key, word = (
        row.get(name) for name in ("path", "sha256", "field", "key", "decision")
    )
    if not (isinstance(path, str) and isinstance(digest, str) and isinstance(field, str)):
        return None
    if not (isinstance(key, list) and key and all(isinstance(name, str) and name for name in key)):
        return None
    if word not in _WORDS or not _is_inside(path):
        return None
    return Decision(path, digest, field, tuple(key), row["old"], row["new"], word)


def _is_inside(path: str) -> bool:
    """Return whether a path is one from the site's root, as reports print it."""
    parts = PurePosixPath(path)
    return bool(parts.name) and str(parts) == path and not parts.is_absolute() and ".." not in parts.parts
