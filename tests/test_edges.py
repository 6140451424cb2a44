"""Paths and files that are not what they should be end in a report or an error, not in a traceback."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from enrich.cli import main
from enrich.fetcher.own_database import NotOurFile, refuse_links
from tests.support.made_site import contents, doi_of, make, page, run
from tests.support.privileges import HAS_MODES, respect_modes
from tests.support.sample import ROOT

A, B, C = (f"content/publication/{name}/index.md" for name in "abc")
PAGES = {A: page(0), B: page(1), C: page(2)}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes of Unix")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site", PAGES)


def link_to_itself(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path)


def forbid(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0)


def make_pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def move_away(site: Path) -> None:
    shutil.move(site / "content", site / "elsewhere")
    link_to_itself(site / "content")


def link_into_forbidden(site: Path) -> None:
    (site / "content/publication/d").symlink_to(site / "secret/sub")
    (site / "content/publication/d.md").symlink_to(site / "secret/x.md")
    forbid(site / "secret")


@pytest.mark.skipif(not HAS_MODES, reason="root may read everything")
@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        pytest.param(lambda site: link_to_itself(site / "content/publication/d.md"), (4, 4), id="a page"),
        pytest.param(lambda site: link_to_itself(site / "content/publication/d"), (1, 0), id="a folder"),
        pytest.param(move_away, (2, 2), id="the folder content"),
        pytest.param(lambda site: link_to_itself(site / "hugo.yaml"), (1, 0), id="the configuration"),
        pytest.param(lambda site: link_to_itself(site / "enrich.toml"), (2, 2), id="enrich.toml"),
        pytest.param(lambda site: link_to_itself(site / "cache"), (4, 4), id="the cache"),
        pytest.param(link_into_forbidden, (4, 4), id="links into a forbidden folder"),
        pytest.param(lambda site: (site / "content").chmod(0o600), (2, 2), id="content may not be entered"),
        pytest.param(
            lambda site: (site / "content/publication").chmod(0o600),
            (4, 4),
            id="the section cannot be entered",
        ),
        pytest.param(lambda site: forbid(site / "cache"), (4, 4), id="the cache may not be entered"),
        pytest.param(lambda site: (site / "cache").write_text("x"), (4, 4), id="the cache is a file"),
        pytest.param(lambda site: make_pipe(site / "hugo.yaml"), (1, 0), id="a pipe as configuration"),
        pytest.param(lambda site: make_pipe(site / "go.mod"), (1, 0), id="a pipe as go.mod"),
        pytest.param(
            lambda site: make_pipe(site / "config/_default/params.yaml"), (1, 0), id="a pipe as parameters"
        ),
        pytest.param(lambda site: make_pipe(site / "data/authors/x.yaml"), (1, 0), id="a pipe as data"),
        pytest.param(
            lambda site: make_pipe(site / "content/authors/x/_index.md"), (1, 0), id="a pipe as a profile"
        ),
        pytest.param(lambda site: make_pipe(site / B), (4, 4), id="a pipe as a page"),
        pytest.param(lambda site: make_pipe(site / "cache/baseline.jsonl"), (4, 4), id="a pipe as baseline"),
        pytest.param(lambda site: make_pipe(site / "cache/undo.patch"), (1, 4), id="a pipe as undo.patch"),
        pytest.param(lambda site: make_pipe(site / "cache/apply.lock"), (1, 4), id="a pipe as the lock"),
    ],
)
def test_an_unusual_file_ends_in_a_report_or_an_error(
    site: Path, spoil: Callable[[Path], object], codes: tuple[int, int]
) -> None:
    spoil(site)
    try:
        with respect_modes():
            assert (run("check", site), run("apply", site)) == codes
    finally:
        for folder in ("content", "content/publication", "cache", "secret"):
            if (site / folder).exists():
                (site / folder).chmod(0o755)


@pytest.mark.parametrize("name", ["x" * 300, "x/" * 2_500], ids=["300 characters", "5,000 characters"])
def test_a_path_that_no_system_has_is_not_there(
    site: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", site, paths=(name,)) == 2
    assert "the name is too long" in capsys.readouterr().err


def test_a_baseline_that_is_a_link_is_not_copied_into_the_site(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "key"
    key.write_text("secret\n", encoding="utf-8")
    (site / "cache").mkdir()
    (site / "cache/baseline.jsonl").symlink_to(key)
    assert run("apply", site) == 4
    assert "cache/baseline.jsonl is a link\n  remove it" in capsys.readouterr().err
    assert contents(site) == {path: text.encode() for path, text in PAGES.items()}
    files = [path for path in (site / "cache").iterdir() if not path.is_symlink()]
    assert not any(b"secret" in path.read_bytes() for path in files)


def test_nothing_outside_of_the_site_is_removed_through_a_link(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.md").write_text(page(1), encoding="utf-8")
    (outside / ".enrich-keep~").write_text("mine", encoding="utf-8")
    shutil.rmtree((site / B).parent)
    (site / B).parent.symlink_to(outside)
    run("apply", site)
    assert sorted(path.name for path in outside.iterdir()) == [".enrich-keep~", "index.md"]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Linux has extended attributes")
def test_extended_attributes_stay(site: Path) -> None:
    try:
        os.setxattr(site / A, "user.note", b"mine")
    except OSError:
        pytest.skip("this disk has no extended attributes")
    assert run("apply", site) == 0
    assert os.getxattr(site / A, "user.note") == b"mine"


@pytest.mark.usefixtures("capsysbinary")
def test_a_name_that_is_not_utf_8_is_a_page_like_any_other(site: Path) -> None:
    raw = os.fsencode(site / "content/publication") + b"/caf\xe9.md"
    try:
        Path(os.fsdecode(raw)).write_text(page(1), encoding="utf-8")
    except OSError:
        pytest.skip("this disk takes only names in UTF-8")
    assert run("check", site) == 1
    assert run("apply", site) == 0
    assert b"Journal of Made Things" in Path(os.fsdecode(raw)).read_bytes()
    assert run("undo", site) == 0
    assert Path(os.fsdecode(raw)).read_text(encoding="utf-8") == page(1)


def test_every_locale_gives_the_pages_the_same_names(tmp_path: Path) -> None:
    """The baseline is committed: a run on another machine must find its lines again."""
    kept = []
    for name, environ in {"usual": {}, "ascii": {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}}.items():
        site = make(tmp_path / name, {"content/publication/caf\u00e9/index.md": page(0)})
        done = subprocess.run(
            [sys.executable, "-m", "enrich", "apply", str(site), "--records", str(site / "records.jsonl")],
            env={"PYTHONPATH": str(ROOT), "LC_ALL": "C", **environ},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        kept.append(contents(site, under="cache") | contents(site))
        assert b"publication/caf\xc3\xa9/index.md" in done.stdout
    assert kept[0] == kept[1]


@pytest.mark.parametrize("name", ["x;touch PWNED;", "$(touch PWNED)", "`touch PWNED`", "a b", "'", "-x"])
def test_the_name_of_a_folder_stays_one_word_of_the_next_command(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "site/content/publication" / name
    site = make(tmp_path / "site", {f"content/publication/{name}/index.md": page(0)})
    run("check", site, paths=(f"content/publication/{name}",))
    step = next(line for line in capsys.readouterr().out.split("Next: ")[1:])
    words = shlex.split(step.partition("  #")[0], comments=True)
    assert words[:3] == ["enrich", "apply", str(folder)]


@pytest.mark.parametrize("section", [".", "./publication/", "publication"])
def test_each_page_is_read_once_however_a_section_leads_to_it(site: Path, section: str) -> None:
    (site / "enrich.toml").write_text(f'[pages]\nsections = ["{section}"]\n', encoding="utf-8")
    (site / "content/publication/up").symlink_to("..")
    file = site / "report.json"
    assert run("check", site, "--exit-zero", "--report", f"json:{file}") == 0
    report = json.loads(file.read_text(encoding="utf-8"))
    assert [found["path"] for found in report["pages"]] == sorted(PAGES)
    codes = {finding["code"] for found in report["pages"] for finding in found["findings"]}
    assert "doi-duplicate" not in codes


def test_the_advice_on_a_folder_that_was_not_read_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make(tmp_path / "site", {"content/x.md": page(0), "content/publication/y.md": page(1)})
    run("check", site)
    assert '[pages] sections = ["."]' in capsys.readouterr().err
    (site / "enrich.toml").write_text('[pages]\nsections = ["."]\n', encoding="utf-8")
    run("check", site)
    assert "content/x.md" in capsys.readouterr().out


def test_a_stray_folder_called_content_is_not_a_site(site: Path) -> None:
    stray = "content/publication/content/x.md"
    (site / stray).parent.mkdir()
    (site / stray).write_text(page(2), encoding="utf-8")
    assert run("apply", site, paths=(stray,)) == 0
    assert not (site / "content/publication/cache").exists()
    assert (site / "cache/baseline.jsonl").exists()


GOOD = "0" * 64
STEP = {"path": A, "left": GOOD, "was": GOOD, "baseline": None}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({**STEP, "path": [A]}, id="a list for a path"),
        pytest.param({**STEP, "left": 5}, id="a number for a digest"),
        pytest.param({**STEP, "was": GOOD[1:]}, id="a short digest"),
        pytest.param({**STEP, "path": "content/a\0.md"}, id="NUL"),
        pytest.param({**STEP, "path": "content/\ud800.md"}, id="half a character"),
        pytest.param({**STEP, "path": "content/../../../../../../../../dev/zero"}, id="a device"),
        pytest.param({**STEP, "path": "content/../../victim/out.txt"}, id="out of the site"),
        pytest.param({**STEP, "path": "x" * 5_000}, id="a long name"),
        pytest.param([STEP], id="a list"),
    ],
)
def test_an_undo_patch_from_elsewhere_touches_nothing(site: Path, tmp_path: Path, row: object) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    for name in ("out.txt", ".enrich-keep~"):
        (victim / name).write_text("mine", encoding="utf-8")
    (site / "cache").mkdir()
    hunk = f"--- a/x\n+++ b/x\n@@ -{'9' * 5_000} +1 @@\n-a\n+b\n"
    (site / "cache/undo.patch").write_text(f"enrich: {json.dumps(row)}\n{hunk}enrich: the run has ended\n")
    assert run("undo", site) == 4
    assert sorted(path.name for path in victim.iterdir()) == [".enrich-keep~", "out.txt"]
    assert contents(site) == {path: text.encode() for path, text in PAGES.items()}


def test_a_hunk_with_numbers_of_thousands_of_digits_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("apply", site) == 0
    patch = site / "cache/undo.patch"
    patch.write_text(
        patch.read_text(encoding="utf-8").replace("@@ -", f"@@ -{'9' * 5_000}"), encoding="utf-8"
    )
    before = contents(site)
    assert run("undo", site) == 4
    assert "has changed since `apply` wrote it" in capsys.readouterr().out
    assert contents(site) == before


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        pytest.param(".gitignore", "public/\ncache/\n", ".gitignore:2: ", id="the site's"),
        pytest.param("cache/.gitignore", "*\n", "cache/.gitignore:1: ", id="the cache's"),
        pytest.param(".gitignore", "/cache/*\n!/cache/baseline.jsonl\n", "", id="with an exception"),
        pytest.param(".gitignore", "public/\n", "", id="of something else"),
    ],
)
def test_a_line_that_keeps_the_baseline_out_of_git_is_mentioned(
    site: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, line: str
) -> None:
    (site / file).parent.mkdir(exist_ok=True)
    (site / file).write_text(text, encoding="utf-8")
    run("check", site)
    assert ("keeps cache/baseline.jsonl out of git" in capsys.readouterr().err) == bool(line)


def test_a_gitignore_of_an_earlier_version_is_completed_and_one_of_the_owner_s_own_is_not(site: Path) -> None:
    (site / "cache").mkdir()
    file = site / "cache/.gitignore"
    file.write_text("# Written by enrich.\n*.sqlite*\nmine\n", encoding="utf-8")
    run("apply", site)
    expected = ["# Written by enrich.", "*.sqlite*", "mine", "parquet/", "undo.patch", "*.lock", ".enrich-*~"]
    assert file.read_text(encoding="utf-8").splitlines() == expected
    file.write_text("notes\n", encoding="utf-8")
    run("apply", site)
    assert file.read_text(encoding="utf-8") == "notes\n"


@pytest.mark.parametrize("command", ["apply", "review", "forget", "add"])
def test_a_cache_that_is_a_link_out_of_the_site_is_not_written(
    site: Path,
    tmp_path: Path,
    command: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "baseline.jsonl").write_text(
        '{"path": "content/x.md", "doi": "", "fields": {}, "shown": {}}\n', encoding="utf-8"
    )
    (site / "cache").symlink_to(outside)
    monkeypatch.setattr("enrich.cli.review.is_interactive", lambda: True)
    words = [doi_of(2), "--site", str(site)] if command == "add" else [str(site)]
    records = [] if command == "forget" else ["--records", str(site / "records.jsonl")]
    assert main.run([command, *words, *records]) == 4
    assert "cache is a link that leads out of the site\n  remove it" in capsys.readouterr().err
    assert [path.name for path in outside.iterdir()] == ["baseline.jsonl"]
    assert contents(site) == {path: text.encode() for path, text in PAGES.items()}


def test_a_cache_that_is_a_link_inside_of_the_site_is_followed(site: Path) -> None:
    (site / ".kept").mkdir()
    (site / "cache").symlink_to(".kept")
    assert run("apply", site) == 0
    assert (site / ".kept/baseline.jsonl").exists()


@pytest.mark.parametrize("name", ["records.jsonl", "data.json", "hugo.yaml", "enrich.toml", "all.BIB"])
def test_a_data_file_is_not_read_as_a_page(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = site / name
    file.touch()
    before = file.read_bytes()
    for command in ("check", "apply"):
        assert run(command, site, paths=(name,)) == 2
        assert f"{name}: this is a data file, not a page; name a page" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert not (site / "cache").exists()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["check", ".", "--cache-dir", "a\0b"], id="a flag"),
        pytest.param(["check", "a\0b"], id="a path"),
        pytest.param(["records", "build", "a\0b", "--out", "x"], id="a source"),
        pytest.param(["records", "build", "records.jsonl", "--out", "a\0b"], id="a target"),
    ],
)
def test_a_path_with_nul_is_refused(
    site: Path, words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    assert main.run(words) == 2
    error = capsys.readouterr().err
    assert "the path contains a NUL character" in error
    assert "--help" in error
    assert "\0" not in error


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["check", "--records", "odd.jsonl"], "odd.jsonl"),
        (["records", "build", "odd.jsonl", "--out", "x"], "odd.jsonl"),
        (["records", "select", "records.jsonl", "--dois", "odd.jsonl", "--out", "x.parquet"], "odd.jsonl"),
    ],
)
@pytest.mark.parametrize(
    "make_odd", [make_pipe, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"]
)
def test_records_and_dois_are_read_from_regular_files_only(
    site: Path,
    words: list[str],
    file: str,
    make_odd: Callable[[Path], object],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(site)
    make_odd(site / file)
    assert main.run(words) == 2
    assert re.search(f"{file}.*not a (regular )?file", capsys.readouterr().err)


@pytest.mark.parametrize("name", ["http.sqlite", "http.sqlite-wal", "limits-crossref.lock"])
def test_a_pipe_in_the_cache_is_not_waited_for(site: Path, name: str) -> None:
    make_pipe(site / "cache" / name)
    with pytest.raises(NotOurFile, match="is not a regular file; remove it"):
        refuse_links(site / "cache" / name.removesuffix("-wal"))


def test_completion_without_the_shell_s_variables_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_ENRICH_COMPLETE", "bash_complete")
    monkeypatch.delenv("COMP_WORDS", raising=False)
    assert main.run(["check"]) == 2
    assert "unset _ENRICH_COMPLETE" in capsys.readouterr().err


def test_a_value_for_a_switch_names_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["check", "--offline=yes\x1b[31m"]) == 2
    error = capsys.readouterr().err
    assert "Try 'enrich check --help'" in error
    assert "\x1b" not in error


@pytest.mark.parametrize(
    "words", [["check", "--odd"], ["nothing"], ["check", "nowhere"], ["config", "--only", "x"]]
)
def test_a_full_stderr_changes_no_exit_code(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w", encoding="utf-8", buffering=1) as full:  # noqa: PTH123 - a device
        monkeypatch.setattr(sys, "stderr", full)
        assert main.run(words) == 2
        monkeypatch.undo()


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["explain", "retracted"]])
def test_a_full_stdout_is_an_error_that_names_it(words: list[str]) -> None:
    command = [sys.executable, "-m", "enrich", *words]
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert re.search("stdout.*: the disk is full\n  ", done.stderr)


@pytest.mark.parametrize("table", ["works/data_0.parquet", "aliases.parquet", "titles.parquet"])
def test_a_pipe_among_the_tables_that_build_made_is_not_waited_for(
    site: Path, table: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    assert main.run(["records", "build", "records.jsonl", "--out", "built"]) == 0
    make_pipe(site / "built" / table)
    select = ["records", "select", "built", "--sites", ".", "--out", "x.parquet"]
    for words in (["records", "build", "built", "--out", "x"], select, ["check", "--records", "built"]):
        assert main.run(words) == 2
        assert f"{table} is not a regular file; make the folder again" in capsys.readouterr().err
    assert not list(site.glob(".enrich-*"))


@pytest.mark.parametrize("header", ["---\n{}: {}\n---\n", "+++\n{} = {}\n+++\n"], ids=["YAML", "TOML"])
@pytest.mark.parametrize("key", ["doi", "title", "date", "authors", "links"])
def test_a_number_with_thousands_of_digits_on_a_page_ends_no_run(site: Path, header: str, key: str) -> None:
    (site / C).write_text(header.format(key, f"0x{'f' * 5_000}"), encoding="utf-8")
    assert run("check", site, "--find", "--exit-zero") in {0, 4}
    assert run("apply", site) in {0, 4}
    assert "Journal of Made Things" in (site / A).read_text(encoding="utf-8")
