"""What must hold after a command, whatever it read: pages keep their text, and reports can be parsed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from stat import S_ISREG

from tests.support.fuzz_world import Snapshot

# What a killed run has left in such a folder is no page, and the next run removes it.
_CONTENT = re.compile(r"(?:site|other)/(?:content|papers)/(?!.*/?\.enrich-[^/]*~).*\.md")
_BODY = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)(.*)\Z", re.DOTALL | re.MULTILINE
)
# Pages that no run has made, so that `undo` removes none of them.
_FIRST = ("/a/index.md", "/b/index.md", "/c.md", "/d.md", "/e/index.md", "/b/index.de.md", "/f/index.md")
_BASELINE, _ASIDE = "site/cache/baseline.jsonl", "site/cache/baseline.broken"
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
# Files of the cache that only make a run faster, or serve `undo`: damage in them changes no page.
HARMLESS = re.compile(r"site/cache/(?:quiet\.sqlite|limits-|apply\.lock|undo\.patch|[^/]*\.broken)[^/]*: ")


def find_broken_promises(
    command: str, before: Snapshot, after: Snapshot, known: Mapping[str, set[bytes]]
) -> Iterator[str]:
    """Yield what a command did to pages and to the baseline that none may do.

    `known` has the texts that each page has had: `undo` may write no other.
    """
    for name, old in before.items():
        if _CONTENT.fullmatch(name) and S_ISREG(old[0]) and after.get(name) != old:
            yield from _check_page(name, command, old[3], after, known.get(name, set()))
    yield from _check_baseline(before, after)


def _check_page(
    name: str, command: str, old: bytes, after: Snapshot, known: Iterable[bytes]
) -> Iterator[str]:
    new = after.get(name)
    if new is None:
        is_known = command == "undo" and not name.endswith(_FIRST)
        yield from () if is_known else [f"{name} is gone"]
    elif command == "undo":
        yield from () if new[3] in {old, *known} else [f"undo wrote {name} as it never was"]
    elif (body := _BODY.search(old)) and not new[3].endswith(body[2]):
        yield f"the text of {name} has changed"


def _check_baseline(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Each line of the baseline that cannot be read is kept beside it."""
    old, new, aside = _get_text(before, _BASELINE), _get_text(after, _BASELINE), _get_text(after, _ASIDE)
    lines = old.removeprefix(b"\xef\xbb\xbf").split(b"\n") if old != new else []
    for line in filter(None, (line.strip(b"\r \t") for line in lines)):
        if not (line.startswith(_MARKERS) or _is_mapping(line) or line in aside or line in new):
            yield f"a line of the baseline is lost: {line[:60]!r}"


def _get_text(state: Snapshot, name: str) -> bytes:
    """Return the bytes of a regular file that a snapshot has whole, none of any other."""
    mode, _, size, content, _ = state.get(name, (0, 0, 0, b"", 0))
    return content if S_ISREG(mode) and size == len(content) else b""


def _is_mapping(line: bytes) -> bool:
    try:
        return bool({"path", "doi", "fields", "shown"} <= json.loads(line).keys())
    except (ValueError, RecursionError, AttributeError):
        return False


def find_report_problems(words: list[str], code: int, out: bytes) -> Iterator[str]:
    """Yield what is wrong with a report for machines on stdout."""
    form = words[words.index("--format") + 1] if "--format" in words else ""
    if code in {0, 1, 3, 4} and form in {"json", "jsonl"} and out.strip():
        try:
            for text in [out] if form == "json" else out.splitlines():
                json.loads(text, parse_constant=_refuse_constant)
        except ValueError as error:
            yield f"the {form} report cannot be parsed: {error}"


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def list_pages(state: Snapshot) -> dict[str, bytes]:
    """Return the texts of the pages."""
    return {name: entry[3] for name, entry in state.items() if _CONTENT.fullmatch(name)}


def note_texts(known: dict[str, set[bytes]], state: Snapshot) -> None:
    """Add the texts of the pages to those that they have had."""
    for name, text in list_pages(state).items():
        known.setdefault(name, set()).add(text)
