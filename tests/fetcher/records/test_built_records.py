"""The Parquet copies in a cache folder: counted, deleted, and nothing else with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.cli import main
from enrich.errors import UsageError
from enrich.fetcher.records.built_records import delete_built_records, list_built_records
from enrich.fetcher.records.reader import open_records
from tests.support import made_site


def build(cache: Path, name: str = "r.jsonl") -> Path:
    """Return the folder that a run makes from a file of records beside the cache folder."""
    file, known = cache.parent / name, set((cache / "parquet").glob("*"))
    file.write_text('{"DOI": "10.1000/a"}\n', encoding="utf-8")
    open_records(file, cache, small=1).close()
    [built] = set((cache / "parquet").glob("*")) - known
    return built


def list_files(folder: Path) -> list[str]:
    """Return what is below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_all_copies_are_counted_and_deleted(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    folders = {build(cache), build(cache, "other.jsonl")}
    assert {each.folder for each in list_built_records(cache)} == folders
    size = sum(path.stat().st_size for path in (cache / "parquet").rglob("*") if path.is_file())
    assert delete_built_records(cache) == size > 0
    assert list_files(cache) == []
    assert delete_built_records(cache) == 0


@pytest.mark.parametrize(
    ("own", "left"),
    [
        pytest.param("parquet/mine.parquet", ["parquet/mine.parquet"], id="beside the copies"),
        pytest.param("parquet/notes/a.txt", ["parquet/notes", "parquet/notes/a.txt"], id="a folder"),
        pytest.param("parquet/{built}/a.txt", ["parquet/{built}", "parquet/{built}/a.txt"], id="in a copy"),
        pytest.param(
            "parquet/{built}/works/mine.parquet",
            ["parquet/{built}", "parquet/{built}/works", "parquet/{built}/works/mine.parquet"],
            id="among its works",
        ),
        pytest.param(
            "parquet/0123456789abcdef/aliases.parquet",
            ["parquet/0123456789abcdef", "parquet/0123456789abcdef/aliases.parquet"],
            id="a folder named alike",
        ),
        pytest.param(
            "parquet/my-records/sources.json",
            ["parquet/my-records", "parquet/my-records/sources.json"],
            id="another name",
        ),
        pytest.param("parquet.txt", ["parquet.txt"], id="beside the folder"),
        pytest.param("baseline.jsonl", ["baseline.jsonl"], id="the baseline"),
        pytest.param("undo.patch", ["undo.patch"], id="the patch"),
    ],
)
def test_the_users_own_files_stay(tmp_path: Path, own: str, left: list[str]) -> None:
    cache = tmp_path / "cache"
    built = build(cache)
    file = cache / own.format(built=built.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"sources": [{"file": "a"}]}', encoding="utf-8")
    delete_built_records(cache)
    folder = ["parquet"] if file.is_relative_to(cache / "parquet") else []
    assert list_files(cache) == folder + [name.format(built=built.name) for name in left]


@pytest.mark.parametrize("name", ["", "works", "sources.json", "works/data_0.parquet"])
def test_deleting_follows_no_link(tmp_path: Path, name: str) -> None:
    cache, away = tmp_path / "cache", tmp_path / "away"
    built = build(cache)
    (built / name).rename(away)
    (built / name).symlink_to(away)
    before = list_files(away)
    delete_built_records(cache)
    assert list_files(away) == before
    assert away.exists()
    assert (built / name).is_symlink()


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    built = build(tmp_path / "cache")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/parquet").symlink_to(tmp_path / "cache/parquet")
    for act in (list_built_records, delete_built_records):
        with pytest.raises(UsageError, match="is a link, which enrich does not follow; remove the link"):
            act(tmp_path / "site")
    assert (built / "sources.json").exists()


def test_the_command_shows_and_deletes_the_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_site.make(tmp_path, {"content/publication/a.md": made_site.page(0)})
    built = build(tmp_path / "cache")
    size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())
    (tmp_path / "cache/quiet.sqlite").touch()
    assert main.run(["cache", "info", "--cache-dir", str(tmp_path / "cache")]) == 0
    shown = capsys.readouterr().out
    assert f"  remembered pages:   0 bytes\n  records as Parquet: {size} bytes\n" in shown
    assert main.run(["cache", "clear", "10.1000/a", "--cache-dir", str(tmp_path / "cache")]) == 0
    assert built.exists()
    assert main.run(["cache", "clear", "--cache-dir", str(tmp_path / "cache")]) == 0
    assert f"  deleted records as Parquet: {size} bytes\n" in capsys.readouterr().out
    assert not {"parquet", "quiet.sqlite"} & {*list_files(tmp_path / "cache")}
