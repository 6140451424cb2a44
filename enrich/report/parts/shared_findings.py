"""Findings that many pages share, so that one line reports them: a service that is down, a common note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from enrich.model.plan import Finding, Outcome, Severity, Skipped

FindingKey: TypeAlias = tuple[Severity, str]
_Place: TypeAlias = tuple[str, int]  # a path and a line

# A failed look-up says nothing about its page, so two of them already share a line.
FAILED_LOOKUP = "lookup-failed"
FAILED_LOOKUPS: frozenset[FindingKey] = frozenset({("warning", FAILED_LOOKUP)})  # a note if nobody was asked
_RETRY = "; run the command again later"
_EQUAL_NOTES = 3  # pages with the same message; more than these share a line
_SHARED_NOTES = 10  # pages with the same code, whatever the message; more than these share a line
_MOST_MESSAGES = 3


@dataclass(frozen=True, slots=True)
class SharedFinding:
    """A finding of many pages."""

    severity: Severity
    """Its severity on all of them."""
    code: str
    """Its code."""
    paths: tuple[str, ...]
    """The pages on which it is news, or all that have it."""
    count: int
    """How often these pages have it; a page may have it several times."""
    message: str
    """What it says on all of them, or an example if nearly every page has its own message."""
    line: int = 0
    """Its line if it is on one page only; 0 if that is not known."""

    @property
    def is_alone(self) -> bool:
        """Return whether only one page has it, and once, so that a line of its own is as short."""
        return self.count == 1


def find_shared_keys(outcomes: Sequence[Outcome]) -> frozenset[FindingKey]:
    """Return severity and code of the findings that are shown once for all their pages."""
    pages: dict[FindingKey, set[str]] = defaultdict(set)
    texts: dict[FindingKey, set[tuple[str, str]]] = defaultdict(set)
    for outcome, finding in _iterate_by_page(outcomes):
        key = finding.severity, finding.code
        pages[key].add(outcome.path)
        texts[key].add((finding.message, finding.evidence))
    return frozenset(key for key in pages if len(pages[key]) > _find_limit(key, len(texts[key])))


def collect_shared_findings(
    outcomes: Sequence[Outcome], keys: Collection[FindingKey], *, with_earlier: bool = False
) -> Iterator[SharedFinding]:
    """Yield each finding of these keys with the pages on which it is news; a few messages one by one.

    `with_earlier` also counts the pages on which an earlier run reported it.
    """
    found: dict[FindingKey, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    for outcome, finding in _iterate_by_page(outcomes):
        key = finding.severity, finding.code
        if key in keys and (finding.is_new or with_earlier):
            found[key][finding.message].append((outcome.path, finding.line))
    for key in sorted(found):
        yield from _split_by_message(key, _join_by_cause(found[key]))


def _join_by_cause(paths: Mapping[str, list[_Place]]) -> Mapping[str, list[_Place]]:
    """Return the pages of each message; `not compared: gave up: cause` joins `not compared: cause`."""
    joined: dict[str, list[_Place]] = defaultdict(list)
    for message, places in paths.items():
        head, _, detail = message.partition(": ")
        short = f"{head}: {detail.partition(': ')[2]}"
        joined[short if short in paths else message] += places
    return joined


def _split_by_message(key: FindingKey, found: Mapping[str, list[_Place]]) -> Iterator[SharedFinding]:
    """Yield a finding for each message, or one with an example if there are too many."""
    if len(found) > _MOST_MESSAGES:
        example = f"for example: {next(iter(found))}"
        found = {example: [place for places in found.values() for place in places]}
    for message, places in found.items():
        paths = tuple(sorted({path for path, _ in places}))
        yield SharedFinding(*key, paths, len(places), message, places[0][1] if len(places) == 1 else 0)


def is_shared(entry: object, keys: Collection[FindingKey]) -> bool:
    """Return whether the entry is a finding that is shown once for all its pages."""
    return isinstance(entry, Finding) and (entry.severity, entry.code) in keys


def _find_limit(key: FindingKey, texts: int) -> float:
    """Return up to how many pages each get a line of their own for a finding with this many messages."""
    severity, code = key
    if code == FAILED_LOOKUP:
        return 1
    return min(_SHARED_NOTES, _EQUAL_NOTES * texts) if severity == "note" else float("inf")


def _iterate_by_page(outcomes: Sequence[Outcome]) -> Iterator[tuple[Outcome, Finding]]:
    for outcome in outcomes:
        for finding in () if isinstance(outcome, Skipped) else outcome.findings:
            yield outcome, finding


def drop_retry(message: str) -> str:
    """Return the message of a failed look-up without its next step, for a report that has it elsewhere."""
    return message.removesuffix(_RETRY)
