"""The whole program on bundles with a citation file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.made_site import contents, make, page, record, run

BIB = (
    "% exported\r\n@article{lovelace2020,\r\n  title = {The 0th {Thing} That Was Made},\r\n  volume = {},\r\n"
    "  author = {Ada Lovelace},\r\n  pages = {1--2}, note = {mine},\r\n}\r\n"
)
FILLED = BIB.replace("volume = {}", "volume = {7}")
FOLDER = "content/publication/x"
NAME = f"{FOLDER}/cite.bib"
OTHERS = ("title", "authors", "date", "doi", "publication", "publication_types", "abstract")


def make_site(tmp_path: Path, files: dict[str, str | bytes] | None = None, policy: str = "fill") -> Path:
    """Write a site with a bundle, its citation file and the owner's policy."""
    root = tmp_path / "site"
    settings = f'[fields]\n"cite.bib" = "{policy}"\n'
    pages: dict[str, str | bytes] = {f"{FOLDER}/index.md": page(0), NAME: BIB, "enrich.toml": settings}
    return make(root, pages | (files or {}), [record(0, volume="7", page="1-2")])


def check_site(root: Path, *more: str) -> list[dict[str, Any]]:
    """Return the changes of the citation file that a check reports."""
    report = root.parent / "report.json"
    run("check", root, "--format", "json", "-o", str(report), *more)
    pages = json.loads(report.read_text("utf-8"))["pages"]
    return [change for found in pages for change in found["changes"] if "file" in change]


def test_a_change_of_the_citation_file_is_reported_with_the_file(tmp_path: Path) -> None:
    (change,) = check_site(make_site(tmp_path))
    expected = {
        "field": "cite.bib",
        "key": "volume",
        "file": NAME,
        "line": 4,
        "kind": "fill",
        "level": "safe",
    }
    assert expected.items() <= change.items()
    assert (change["old"], change["new"]) == ("", "7")


def test_apply_moves_only_the_value_and_a_second_run_writes_nothing(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    run("apply", root)
    assert contents(root)[NAME] == FILLED.encode()
    times = {path: path.stat().st_mtime_ns for path in (root / FOLDER).iterdir()}
    run("apply", root)
    assert {path: path.stat().st_mtime_ns for path in (root / FOLDER).iterdir()} == times
    assert check_site(root) == []


def test_undo_takes_the_file_back_and_the_change_is_proposed_again(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    before = contents(root)
    run("apply", root)
    assert contents(root) != before
    run("undo", root)
    assert contents(root) == before
    assert [change["key"] for change in check_site(root)] == ["volume"]


def test_undo_of_a_page_takes_its_citation_file_back(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    before = contents(root)
    run("apply", root)
    run("undo", root, paths=[f"{FOLDER}/index.md"])
    assert contents(root) == before


def test_the_patch_has_the_file(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    run("check", root, "--format", "patch", "-o", str(tmp_path / "p.patch"))
    assert f"+++ b/{NAME}" in (tmp_path / "p.patch").read_text("utf-8")


@pytest.mark.parametrize("policy", ["keep", "propose"])
def test_other_policies_write_nothing(tmp_path: Path, policy: str) -> None:
    root = make_site(tmp_path, policy=policy)
    run("apply", root)
    assert contents(root)[NAME] == BIB.encode()


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    outside = tmp_path / "outside.bib"
    outside.write_bytes(BIB.encode())
    (root / NAME).unlink()
    (root / NAME).symlink_to(outside)
    run("apply", root)
    assert outside.read_bytes() == BIB.encode()


def test_a_file_that_is_not_utf8_is_left_alone(tmp_path: Path) -> None:
    damaged = BIB.encode() + b"% M\xfcller\r\n"
    root = make_site(tmp_path, {NAME: damaged})
    run("apply", root)
    assert contents(root)[NAME] == damaged


def test_translations_share_one_file_which_one_page_changes(tmp_path: Path) -> None:
    root = make_site(tmp_path, {f"{FOLDER}/index.de.md": page(0)})
    assert len(check_site(root)) == 1
    assert run("apply", root) == 0
    assert contents(root)[NAME] == FILLED.encode()


def list_notes(root: Path) -> list[str]:
    """Return the messages of a check about the citation file."""
    report = root.parent / "report.json"
    run("check", root, "--format", "json", "-o", str(report))
    pages = json.loads(report.read_text("utf-8"))["pages"]
    return [one["message"] for found in pages for one in found["findings"] if one["code"] == "cite-bib"]


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    root = make_site(tmp_path, {NAME: BIB.encode() + b"% M\xfcller\r\n"})
    (note,) = list_notes(root)
    assert note.startswith("enrich does not edit cite.bib: line 8 is not UTF-8 but perhaps Latin-1")
    (root / NAME).write_bytes(BIB.encode())
    assert list_notes(root) == []


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    (root / NAME).unlink()
    (root / NAME).mkdir()
    assert len(list_notes(root)) == 1
    assert run("apply", root) == 0


def list_decisions(root: Path, word: str) -> list[dict[str, Any]]:
    """Return the rows that the browser report makes of decisions about the citation file."""
    report = root.parent / "report.html"
    run("check", root, "--format", "html", "-o", str(report))
    text = report.read_text("utf-8").partition('<script type="application/json" id="data">')[2]
    (found,) = json.loads(text.partition("</script>")[0])["pages"]
    told = {"path": found["path"], "sha256": found["sha256"], "decision": word}
    return [{**told, **change} for change in found["changes"] if change["field"] == "cite.bib"]


@pytest.mark.parametrize(("word", "text"), [("take", FILLED), ("keep", BIB)])
def test_a_decision_from_the_browser_may_be_used_twice(tmp_path: Path, word: str, text: str) -> None:
    root = make_site(tmp_path)
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps({"schema": 1, "decisions": list_decisions(root, word)}), encoding="utf-8")
    for _ in range(2):
        assert run("apply", root, "--decisions", str(file)) == 0
        assert contents(root)[NAME].decode() == text
    assert check_site(root) == []


@pytest.mark.parametrize(("typed", "text"), [("k\nd\n", BIB), ("a\n", FILLED)])
def test_review_asks_about_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, text: str
) -> None:
    root = make_site(tmp_path, policy="propose")
    settings = '[fields]\n"cite.bib" = "propose"\n' + "".join(f'{name} = "keep"\n' for name in OTHERS)
    (root / "enrich.toml").write_text(settings)
    monkeypatch.setattr("enrich.cli.review.is_interactive", lambda: True)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    assert run("review", root) == 0
    assert contents(root)[NAME].decode() == text
    assert check_site(root) == []


def test_reports_name_the_citation_file_and_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path)
    for name, place in (
        ("text", f"{NAME}:4: safe: fill in volume"),
        ("markdown", "volume, line 4 of cite.bib"),
    ):
        run("apply" if name == "markdown" else "check", root, "--format", name)
        assert place in capsys.readouterr().out
