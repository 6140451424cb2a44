"""Keep the values with which each page was last compared: `cache/baseline.jsonl`, one line per page.

The file belongs in git: sorted by path, keys sorted, no clock, one page per line, so that git
merges it. Any other line (a merge marker, a truncated line) is moved to `baseline.broken`.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath

from enrich.model.page import Value
from enrich.model.plan import Baseline
from enrich.text.count_noun import count_noun
from enrich.writer.atomic_write import read_own_file, write_file
from enrich.writer.cache_folder import FOLDER, make_cache

NAME = "baseline.jsonl"
PATH = f"{FOLDER}/{NAME}"
BROKEN = "baseline.broken"
# What follows when the file cannot be written, and what to do.
NOT_KEPT = (
    "mend this and run the command again, else enrich takes the values that it wrote for your own and does"
    " not update them when the record changes"
)
_NAMED = 3  # unusable lines that the report names

_CODE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


@dataclass(frozen=True)
class Baselines(Mapping[str, Baseline]):
    """The site's baselines, by the paths of the pages."""

    root: Path
    """The folder of the site."""
    entries: Mapping[str, Baseline] = field(default_factory=dict)
    """The baseline of each page."""
    broken: tuple[bytes, ...] = ()
    """The lines of the file that cannot be used."""
    messages: tuple[str, ...] = ()
    """Messages that name these lines."""

    def __getitem__(self, path: str) -> Baseline:
        return self.entries[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, path: str, doi: str) -> Baseline | None:
        """Return the baseline of a page: the line with its path and DOI, else that of a page that moved.

        A page has moved if only one line has its DOI (for translations, only one in its language) and the
        file at that line's path is gone. A line with the page's path but another DOI counts only for its
        declined fields.
        """
        here = self.entries.get(path)
        if here and here.doi.lower() == doi.lower():
            return here
        same_doi = self._by_doi.get(doi.lower(), ()) if doi else ()
        if len(same_doi) > 1:
            same_doi = [entry for entry in same_doi if read_languages(entry.path) == read_languages(path)]
        if len(same_doi) == 1 and not self._is_there(same_doi[0].path):
            return same_doi[0]
        if here is None:
            return None
        declined = tuple(sorted({*here.declined, *here.fields}))
        return Baseline(path, doi.lower(), declined=declined) if declined else None

    def replace_lines(self, new: Iterable[Baseline]) -> Baselines:
        """Return the baselines with these instead of the old ones; drop the old lines of pages that moved."""
        entries = dict(self.entries)
        for baseline in new:
            known = self.find(baseline.path, baseline.doi)
            if known and known.path != baseline.path:
                entries.pop(known.path, None)
            entries[baseline.path] = baseline
        return Baselines(self.root, entries, self.broken, self.messages)

    def restore_lines(self, old: Mapping[str, Baseline | None]) -> Baselines:
        """Return the baselines with the old lines of these pages instead of the new; None deletes a line."""
        entries = {path: entry for path, entry in self.entries.items() if path not in old}
        entries |= {entry.path: entry for entry in old.values() if entry}
        return Baselines(self.root, entries, self.broken, self.messages)

    def _is_there(self, path: str) -> bool:
        """Return whether a page exists at a path, which may come with somebody's repository."""
        parts = PurePath(path).parts
        is_inside = bool(parts) and os.pardir not in parts and not PurePath(path).is_absolute()
        return is_inside and "\0" not in path and os.path.lexists(self.root / path)

    @cached_property
    def _by_doi(self) -> Mapping[str, list[Baseline]]:
        found: dict[str, list[Baseline]] = defaultdict(list)
        for entry in self.entries.values():
            found[entry.doi.lower()].append(entry)
        return found


def read_languages(path: str) -> tuple[str, ...]:
    """Return the parts of a path that may be a language's code: `content/de/x/index.md`, `x/index.de.md`."""
    *folders, name = path.casefold().split("/")
    folders = folders[:-1] if name.startswith("index.") else folders  # a page's own folder is its name
    return tuple(part for part in (*folders, *name.split(".")[1:-1]) if _CODE.fullmatch(part))


def read_bytes(root: Path) -> bytes | None:
    """Return the bytes of the file, None if there is none; raise PageError if it cannot be read."""
    return read_own_file(root / PATH) if (root / PATH).is_file() else None


def load(root: Path) -> Baselines:
    """Return the site's baselines (none if there is no file); raise PageError if it cannot be read."""
    raw = read_own_file(root / FOLDER / NAME)
    entries: dict[str, Baseline] = {}
    broken: list[bytes] = []
    messages: list[str] = []
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not (line := line.strip(b"\r \t")):
            continue
        if (baseline := _parse_line(line)) is None:
            messages.append(_describe_line(number, line))
            broken += [] if line.startswith(_MARKERS) else [line]
        else:
            entries[baseline.path] = _join_lines(entries.get(baseline.path), baseline)
    return Baselines(root, entries, tuple(broken), _shorten_messages(messages))


def _shorten_messages(messages: list[str]) -> tuple[str, ...]:
    """Return the first messages, and how many more there are."""
    more = len(messages) - _NAMED
    lines = f"{count_noun(more, 'more line')} {'is' if more == 1 else 'are'}"
    rest = [f"{FOLDER}/{NAME}: {lines} left out, too"] if more > 0 else []
    return (*messages[:_NAMED], *rest)


def save(root: Path, baselines: Baselines) -> bool:
    """Write the baselines if they changed; return whether they did; raise PageError if writing fails."""
    path = root / FOLDER / NAME
    text = format_baselines(baselines.values())
    if not is_changed(read_own_file(path), text):
        return False
    make_cache(path.parent)
    if baselines.broken:
        aside = path.parent / BROKEN
        write_file(aside, [read_own_file(aside), *(line + b"\n" for line in baselines.broken)])
    write_file(path, [text])
    return True


def is_changed(old: bytes, new: bytes) -> bool:
    """Return whether the file's content has changed, apart from its line ends."""
    return old.replace(b"\r\n", b"\n") != new


def format_baselines(baselines: Iterable[Baseline]) -> bytes:
    """Return the file's content: one line per page, in the order of their paths."""
    return b"".join(_format_line(entry) for entry in sorted(baselines, key=lambda entry: entry.path))


def to_row(entry: Baseline) -> dict[str, Value]:
    """Return a baseline as a row for JSON."""
    row: dict[str, Value] = {
        "path": entry.path,
        "doi": entry.doi,
        "fields": dict(entry.fields),
        "shown": dict(entry.shown),
    }
    return row | ({"declined": list(entry.declined)} if entry.declined else {})


def read_row(row: object) -> Baseline | None:
    """Return the baseline in a JSON row, None if the row has none."""
    match row:
        case {"path": str(path), "doi": str(doi), "fields": dict(fields), "shown": dict(shown), **more}:
            return Baseline(path, doi, fields, shown, _list_declined(more.get("declined")))
    return None


def _list_declined(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _format_line(entry: Baseline) -> bytes:
    row = to_row(entry)
    try:
        return json.dumps(row, sort_keys=True, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, in a record
        return json.dumps(row, sort_keys=True).encode("ascii") + b"\n"


def _parse_line(line: bytes) -> Baseline | None:
    """Return the baseline in a line, None if the line has none."""
    try:
        return read_row(json.loads(line))
    except (ValueError, RecursionError):
        return None


def _join_lines(first: Baseline | None, second: Baseline) -> Baseline:
    """Join two lines about one page, which a merge can leave: the later one wins, key by key."""
    if first is None or first.doi.lower() != second.doi.lower():
        return second
    return Baseline(
        second.path,
        second.doi,
        {**first.fields, **second.fields},
        {**first.shown, **second.shown},
        tuple(sorted({*first.declined, *second.declined})),
    )


def _describe_line(number: int, line: bytes) -> str:
    what = "a merge marker" if line.startswith(_MARKERS) else f"not a baseline; moved to {FOLDER}/{BROKEN}"
    return f"{FOLDER}/{NAME}:{number}: left out: {what}"
