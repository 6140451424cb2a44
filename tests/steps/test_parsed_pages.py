"""A page whose text is unchanged is not parsed again, and what is remembered can never change a report."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from enrich.fetcher.cache import quiet_file
from enrich.front_matter.front_matter_json import encode_front_matter
from enrich.front_matter.page_text import read_page
from enrich.model.page import Page
from enrich.site.page_files import parse_page
from enrich.steps import parsed_pages
from enrich.steps.digests import digest_page_name
from tests.support.made_site import make, page, run

A, B, C = (f"content/publication/{name}/index.md" for name in "abc")
INFINITE = page(2).replace('doi: "', 'weight: .inf\ndoi: "')


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site with two pages, a third that cannot be remembered, and a cache folder."""
    (tmp_path / "cache").mkdir()
    return make(tmp_path, {A: page(0), B: page(1), C: INFINITE})


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that gets the path of every page that is read from its text."""
    paths: list[str] = []

    def note(path: str, text: str) -> Page:
        paths.append(path)
        return parse_page(path, text)

    monkeypatch.setattr(parsed_pages, "parse_page", note)
    return paths


def check(site: Path, parsed: list[str], *more: str, command: str = "check") -> list[str]:
    """Run the program on the site; return the pages that it parsed to read the site."""
    parsed.clear()
    run(command, site, "--format", "json", "-o", str(site / "report.json"), *more)
    return list(parsed)


def test_only_a_page_with_another_text_is_parsed_again(site: Path, parsed: list[str]) -> None:
    assert check(site, parsed) == [A, B, C]
    first = (site / "report.json").read_bytes()
    assert check(site, parsed) == [C]
    assert (site / "report.json").read_bytes() == first
    (site / B).write_text(page(1, body="Other text.\n"), encoding="utf-8")
    assert check(site, parsed) == [B, C]
    (site / B).write_text(page(1), encoding="utf-8")
    assert check(site, parsed) == [B, C]
    assert check(site, parsed, command="apply") == [C]
    assert check(site, parsed) == [A, B, C]
    assert check(site, parsed) == [C]


def test_a_page_moved_or_copied_is_parsed_at_its_new_place(site: Path, parsed: list[str]) -> None:
    check(site, parsed)
    (site / A).parent.rename(site / "content/publication/d")
    assert check(site, parsed) == [C, "content/publication/d/index.md"]


def test_another_program_parses_everything(
    site: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(site, parsed)
    monkeypatch.setattr(parsed_pages, "digest_program", lambda: b"another version")
    assert check(site, parsed) == [A, B, C]
    assert check(site, parsed) == [C]


def test_without_a_cache_folder_everything_is_parsed(site: Path, parsed: list[str]) -> None:
    (site / "cache").rmdir()
    assert check(site, parsed) == check(site, parsed) == [A, B, C]
    assert not (site / "cache").exists()


def change(statement: str) -> Callable[[Path], None]:
    """Return the damage that a statement does to the file."""

    def execute(file: Path) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute(statement)

    return execute


def forge(value: bytes) -> Callable[[Path], None]:
    """Return the making of entries with the right digest and another value."""

    def write(file: Path) -> None:
        root = str(file.parents[1].resolve())
        forged = {
            digest_page_name(root, path): parsed_pages._digest_entry(text, value) + value
            for path, text in ((A, page(0)), (B, page(1)))
        }
        quiet_file.keep_remembered(file.parent, "front_matters", forged)

    return write


UNUSABLE: Mapping[str, Callable[[Path], object]] = {
    "gone": lambda file: file.unlink(),
    "no database": lambda file: file.write_bytes(b"x" * 5_000),
    "no entries": change("DELETE FROM front_matters"),
    "texts": change("UPDATE front_matters SET value = 'text'"),
    "empty": change("UPDATE front_matters SET value = x''"),
    "zeros": change("UPDATE front_matters SET value = zeroblob(500)"),
    "one byte": change("UPDATE front_matters SET value = substr(value, 1, 40) || x'20' || substr(value, 41)"),
    "swapped": change(
        "WITH old AS MATERIALIZED (SELECT page, value FROM front_matters) UPDATE front_matters SET value ="
        " (SELECT old.value FROM old WHERE old.page != front_matters.page)"
    ),
    "no table": change("DROP TABLE front_matters"),
    "a forged one that is no JSON": forge(b"{"),
    "a forged one of another shape": forge(b'["yaml", [], 0, 0, [], []]'),
    "a forged one too deep": forge(b'["yaml", {"a": ' + b"[" * 900 + b"]" * 900 + b"}, 0, 0, [], []]"),
}


@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_used_is_parsed_again(
    site: Path, parsed: list[str], spoil: Callable[[Path], object]
) -> None:
    check(site, parsed)
    report = (site / "report.json").read_bytes()
    spoil(site / "cache" / quiet_file.NAME)
    assert check(site, parsed) == [A, B, C]
    assert (site / "report.json").read_bytes() == report
    assert check(site, parsed) == [C]


def test_a_forged_front_matter_changes_no_page(site: Path, parsed: list[str]) -> None:
    check(site, parsed)
    before = {path: (site / path).read_bytes() for path in (A, B)}
    front = read_page(A, page(0).replace("Ada", "Eve")).front
    forge((encode_front_matter(front) or "").encode())(site / "cache" / quiet_file.NAME)
    assert check(site, parsed, command="apply") == [C]
    assert {path: (site / path).read_bytes() for path in (A, B)} == before


def list_rows(site: Path, cache: Path | None = None) -> dict[str, set[str]]:
    """Return the names of the site's pages with a row in each table of the file; `?` for any other row."""
    paths = [*(f"content/publication/{name}/index.md" for name in "abcd"), "content/publication/sub/e.md"]
    names = {digest_page_name(str(site), path): Path(path).parent.name for path in paths}
    with closing(sqlite3.connect((cache or site / "cache") / quiet_file.NAME)) as connection:
        return {
            table: {names.get(key, "?") for (key,) in connection.execute(f"SELECT page FROM {table}")}  # noqa: S608
            for table in ("front_matters", "quiet_pages")
        }


def settle(site: Path, parsed: list[str]) -> None:
    """Make pages a, b and e quiet."""
    (site / C).unlink()
    made = site / "content/publication/sub/e.md"
    made.parent.mkdir()
    made.write_text(page(2), encoding="utf-8")
    check(site, parsed, "--all", command="apply")
    check(site, parsed)
    assert list_rows(site) == {"front_matters": {"a", "b", "sub"}, "quiet_pages": {"a", "b", "sub"}}


@pytest.mark.parametrize(
    ("paths", "left"),
    [
        pytest.param(("",), {"b", "sub"}, id="the whole site"),
        pytest.param(("", B), {"b", "sub"}, id="the whole site and one page"),
        pytest.param((B,), {"a", "b", "sub"}, id="one page"),
        pytest.param(("content/publication/sub",), {"a", "b", "sub"}, id="one folder"),
    ],
)
def test_a_run_on_the_whole_site_forgets_deleted_pages(
    site: Path, parsed: list[str], paths: tuple[str, ...], left: set[str]
) -> None:
    settle(site, parsed)
    (site / A).unlink()
    run("check", site, paths=paths)
    assert list_rows(site) == {"front_matters": left, "quiet_pages": left}


def test_a_moved_page_leaves_no_row_behind(site: Path, parsed: list[str]) -> None:
    settle(site, parsed)
    (site / A).parent.rename(site / "content/publication/d")
    check(site, parsed)
    assert list_rows(site)["front_matters"] == {"b", "d", "sub"}
    assert "a" not in list_rows(site)["quiet_pages"]


def test_other_sites_with_the_same_cache_folder_are_not_forgotten(
    site: Path, parsed: list[str], tmp_path: Path
) -> None:
    other, cache = make(tmp_path / "other", {A: page(0), B: page(1)}), tmp_path / "shared"
    cache.mkdir()
    for root in (site, other):
        check(root, parsed, "--cache-dir", str(cache))
    assert list_rows(other, cache)["front_matters"] == {"a", "b", "?"}
    (site / A).unlink()
    check(site, parsed, "--cache-dir", str(cache))
    assert list_rows(other, cache)["front_matters"] == {"a", "b", "?"}
    assert list_rows(site, cache)["front_matters"] == {"b", "?"}


def test_a_run_without_deleted_pages_does_not_write(site: Path, parsed: list[str]) -> None:
    settle(site, parsed)
    file = site / "cache" / quiet_file.NAME
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    check(site, parsed)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
