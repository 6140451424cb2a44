"""Every edit of every field on every real page, judged by readers that are not the writer's.

`python -m tests.support.front_matter_corpus [FOLDER]` prints the table.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomlkit
import yaml

from enrich.errors import EnrichError, NoFrontMatter, PageError, Refused
from enrich.front_matter.page_text import read_page, set_value
from enrich.model.page import Page, Value

AFTER = ("publication_types", "publishDate", "publishdate", "date", "authors", "title")
NEW: Mapping[str, Value] = {
    "title": 'A “quoted”: it\'s "new" #1 – 50 % [draft], β₂',
    "authors": ["Ada Lovelace", "Grace Hopper", "O'Neil, Jürgen"],
    "date": "2021-03-04",
    "publication": "*Journal of Tests: A & B*, 12(3)",
    "abstract": '**Aims** It\'s: a "test" # no comment\n\n- not a list\n\n--- Done.',
    "publication_types": ["9"],
    "doi": "10.1234/ABC(2020)12:3<4::aid-x>5.0.co;2-#",
}
NAME = 'Jürgen "JB" O\'Neil, Jr.: #1'
EDITS = ("replace", "fill", "insert", "insert one", "replace one")


@dataclass(frozen=True)
class Result:
    """What came of one edit: `exact`, `refused` (why), `damaged` (how) or `unprepared`."""

    path: str
    format: str
    field: str
    edit: str
    outcome: str
    why: str = ""


class _Strings(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    yaml_implicit_resolvers = {  # noqa: RUF012  # as PyYAML declares it
        key: [pair for pair in pairs if not pair[0].endswith(("timestamp", "int", "float"))]
        for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of every page under a folder, `_index.md` too."""
    for path in sorted(folder.rglob("*.md")):
        yield path.relative_to(folder).as_posix(), path.read_bytes().decode("utf-8")


@cache
def readings(folder: Path) -> tuple[list[Page], dict[str, PageError], list[str]]:
    """Return the pages that parse, those that do not with their error, and those without front matter."""
    good: list[Page] = []
    bad: dict[str, PageError] = {}
    none: list[str] = []
    for name, text in pages(folder):
        try:
            good.append(read_page(name, text))
        except NoFrontMatter:
            none.append(name)
        except PageError as error:
            bad[name] = error
    return good, bad, none


def independent(page: Page) -> Any:  # noqa: ANN401  # what foreign readers return
    """Return a page's data as PyYAML or tomlkit alone read them, numbers and dates as text."""
    return _load_independently(page.text[page.front.start : page.front.end], page.front.format)


@cache  # most edits begin with the same page
def _load_independently(header: str, file_format: str) -> Any:  # noqa: ANN401
    if file_format == "yaml":
        return yaml.load(header, Loader=_Strings) or {}  # noqa: S506  # a subclass of the safe loader
    return tomlkit.parse(re.sub(r"(?m)^(\s*\w+\s*=\s*)(\d{4}-\d\d-\d\d[^\s#]*)", r'\1"\2"', header)).unwrap()


def extent(page: Page, key: str) -> tuple[int, int] | None:
    """Return the lines (0-based, end excluded) of a top-level key: up to the next one, or its comments."""
    number = page.front.lines.get((key,))
    if number is None:
        return None
    last = page.text.count("\n", 0, page.front.end)
    end = min([line - 1 for line in page.front.lines.values() if line > number] + [last])
    if isinstance(page.front.data[key], dict):  # its own keys are inside
        inner = [line for path, line in page.front.lines.items() if path[0] != key and line > number]
        end = min([line - 1 for line in inner] + [last])
    lines = page.text.split("\n")
    comments = {comment.line - 1 for comment in page.front.comments if comment.own_line}
    while end - 1 in comments or not lines[end - 1].strip():
        end -= 1
    return number - 1, end


def prepared(page: Page, key: str, edit: str) -> Page | None:
    """Return the page with a key blanked or taken out by lines, None where lines alone cannot do it."""
    lines = re.split(r"(?<=\n)", page.text)
    where = extent(page, key)
    if where is None:
        return page if edit == "insert" else None
    newline = "\r\n" if lines[where[0]].endswith("\r\n") else "\n"
    sign = " = " if page.front.format == "toml" else ": "
    blank = "[]" if isinstance(page.get(key), list) else '""'
    kept = [] if edit == "insert" else [key + sign + blank + newline]
    text = "".join([*lines[: where[0]], *kept, *lines[where[1] :]])
    try:
        new = read_page(page.path, text)
    except EnrichError:
        return None
    rest = {name: value for name, value in page.front.data.items() if name != key}
    return new if {k: v for k, v in new.front.data.items() if k != key} == rest else None


def _tasks(page: Page) -> Iterator[tuple[str, str, str, Page | None, Value]]:
    for field, new in NEW.items():
        spelled = (page.find(field) or (field,))[0]
        if spelled in page.front.data:
            old = page.front.data[spelled]
            value = new if isinstance(old, list) or not isinstance(new, list) else new[0]
            yield field, spelled, "replace", page, value
            yield field, spelled, "fill", prepared(page, spelled, "fill"), value
            if field == "authors" and isinstance(old, list) and old:
                middle = len(old) // 2
                yield field, spelled, "insert one", page, [*old[:middle], NAME, *old[middle:]]
                yield field, spelled, "replace one", page, [*old[:middle], NAME, *old[middle + 1 :]]
        yield field, spelled, "insert", prepared(page, spelled, "insert"), new


def _moved(old: Page, new: Page, key: str) -> str:
    """Return what else moved than the lines of a key, "" if nothing."""
    before, after = old.text.split("\n"), new.text.split("\n")
    top = next(
        (i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before)
    )
    if before == after:
        return ""
    short = min(len(before), len(after)) - top
    tail = next((i for i in range(short) if before[-1 - i] != after[-1 - i]), short)
    where = extent(old, key)
    first, last = where or (top, top)
    if (top < first and where) or len(before) - tail > last:
        return f"lines {top + 1} to {len(before) - tail} of {first + 1} to {last}"
    return ""


def judge(old: Page, key: str, value: Value) -> tuple[str, str]:
    """Set a value and say what came of it."""
    try:
        new = set_value(old, (key,), value, after=AFTER)
    except Refused as error:
        return "refused", str(error)
    wanted, found = independent(old), independent(new)
    if {**wanted, key: value} != found:
        return "damaged", f"data {found.get(key)!r}"
    if [c.text for c in old.front.comments] != [c.text for c in new.front.comments]:
        return "damaged", "comments"
    moved = _moved(old, new, key)
    if moved:
        return "damaged", moved
    if set_value(new, (key,), value, after=AFTER).text != new.text:
        return "damaged", "not idempotent"
    if old.text.count("\r\n") == old.text.count("\n") != new.text.count("\r\n") == 0:
        return "damaged", "line ends"
    return "exact", ""


def edit_all(found: Sequence[Page]) -> Iterator[Result]:
    """Yield what comes of every edit on every page."""
    for page in found:
        for field, key, edit, start, value in _tasks(page):
            outcome = ("unprepared", "") if start is None else judge(start, key, value)
            yield Result(page.path, page.front.format, field, edit, *outcome)


def main(folder: Path) -> None:
    """Print the table of every edit of every field by outcome."""
    write = sys.stdout.write
    for part in ("sites", "history"):
        good, bad, none = readings(folder / part)
        results = list(edit_all(good))
        write(f"\n{part}: {len(good)} parse, {len(bad)} broken, {len(none)} without front matter\n")
        table = Counter((r.format, r.edit, r.field, r.outcome) for r in results)
        for row in sorted({key[:3] for key in table}):
            counts = {name: table[*row, name] for name in ("exact", "refused", "damaged", "unprepared")}
            write(f"{row[0]:5} {row[1]:12} {row[2]:18} {counts}\n")
        for outcome in ("refused", "damaged"):
            why = Counter((r.format, r.field, r.edit, r.why) for r in results if r.outcome == outcome)
            for reason, count in why.most_common(40):
                example = next(r.path for r in results if (r.format, r.field, r.edit, r.why) == reason)
                write(f"{outcome} {count:4} {reason} e.g. {example}\n")
        for name, error in bad.items():
            write(f"broken {name}:{error.line}: {error}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2].parent / "shared" / "data")
