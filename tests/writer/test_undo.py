"""`enrich undo` takes the last `apply` back, byte for byte, and nothing that somebody else wrote."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from enrich.errors import PageError
from enrich.writer import atomic_write as replacing
from enrich.writer.lock import hold_lock
from tests.support.made_site import contents, doi_of, make, page, put_records, record, run, state

A, B, C = (f"content/publication/{name}/index.md" for name in "abc")
PATCH = "cache/undo.patch"

# It contains the old abstract, so that `apply` follows the record by itself.
LONGER = (
    "<p>An abstract long enough to be one, with a second sentence. It says nothing."
    " A new abstract ends so.</p>"
)
TOML = f"""\
+++
title = "The 0th thing that was made"
authors = ["Ada Lovelace"]
date = "2020-02-03"
doi = "https://doi.org/{doi_of(0)}"
publication_types = ["2"]
publication = ""
abstract = ""
+++
Text.
"""
FORMS = {
    "as most pages are": page(0),
    "CRLF": page(0).replace("\n", "\r\n"),
    "mixed line ends": page(0).replace("\n", "\r\n", 4),
    "BOM": "\ufeff" + page(0),
    "BOM and CRLF": "\ufeff" + page(0).replace("\n", "\r\n"),
    "no final newline": page(0, body="Text"),
    "nothing behind the fence": page(0, body="").removesuffix("\n"),
    "white space at the end": page(0, body="Text\n\n \t\n"),
    "what other programs take for line ends": page(0, body="a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g\rh\n"),
    "any UTF-8": page(0, body="é e\u0301 \U0001f600 \ufeff \u202e \ufffd 中\n"),
    "what looks like a patch": page(
        0, body="--- a/x\n+++ b/x\n@@ -1 +1 @@\n-x\n+y\n\\ No newline\nenrich: {}\n"
    ),
    "TOML": TOML,
    "TOML, CRLF": TOML.replace("\n", "\r\n"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site", {A: page(0), B: page(1), C: page(2)})


def git(folder: Path, *arguments: str) -> None:
    """Run git with nothing of this machine's settings; skip where there is none."""
    if shutil.which("git") is None:
        pytest.skip("no git here to be the referee")
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in FORMS.items()])
@pytest.mark.parametrize(
    "path", [A, "content/publication/flat.md", "content/publication/Ein Träger (1) 'x'/index.md"]
)
def test_every_page_is_again_what_it_was(tmp_path: Path, text: str, path: str) -> None:
    site = make(tmp_path / "site", {path: text})
    before = contents(site)
    assert run("apply", site) == 0
    after = contents(site)
    assert after != before
    assert run("undo", site) == 0
    assert contents(site) == before
    assert run("apply", site) == 0
    assert contents(site) == after
    git(site, "apply", PATCH)
    assert contents(site) == before


def test_git_takes_the_patch_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", ".")
    site = make(tmp_path / "www" / "lab", {A: page(0), B: page(1)})
    before = contents(site)
    assert run("apply", site) == 0
    git(site, "apply", PATCH)
    assert contents(site) == before


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="no links here")
def test_a_page_that_is_a_link_in_the_site_is_taken_back_where_it_leads(tmp_path: Path) -> None:
    site = make(tmp_path / "site", {"shared/one.md": page(0), B: page(1)})
    link = site / "content/publication/one.md"
    link.symlink_to("../../shared/one.md")
    before = contents(site, under="shared"), contents(site)
    for undo_last_apply in (lambda: run("undo", site), lambda: git(site, "apply", PATCH)):
        assert run("apply", site) == 0
        assert (contents(site, under="shared"), contents(site)) != before
        undo_last_apply()
        assert (contents(site, under="shared"), contents(site)) == before
        assert link.is_symlink()


def test_check_proposes_again_what_it_proposed_before(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def checked() -> str:
        run("check", site, "--format", "json")
        return capsys.readouterr().out

    before = checked()
    run("apply", site)
    capsys.readouterr()
    assert checked() != before
    run("undo", site)
    capsys.readouterr()
    assert checked() == before
    assert (site / "cache/baseline.jsonl").read_bytes() == b""


def test_the_baseline_of_an_earlier_run_comes_back(site: Path) -> None:
    run("apply", site)
    known = (site / "cache/baseline.jsonl").read_bytes()
    pages = contents(site)
    put_records(site, [record(0), record(1, abstract=LONGER), record(2)])
    assert run("check", site) == 1
    run("apply", site)
    assert b"A new abstract" in (site / B).read_bytes()
    assert run("undo", site) == 0
    assert contents(site) == pages
    assert (site / "cache/baseline.jsonl").read_bytes() == known
    assert run("check", site) == 1


def test_the_baseline_of_a_page_that_has_moved_goes_back_to_where_it_was(site: Path) -> None:
    run("apply", site)
    known = (site / "cache/baseline.jsonl").read_bytes()
    (site / B).parent.rename(site / "content/publication/moved")
    put_records(site, [record(0), record(1, abstract=LONGER), record(2)])
    run("apply", site)
    assert b"publication/moved/" in (site / "cache/baseline.jsonl").read_bytes()
    run("undo", site)
    assert (site / "cache/baseline.jsonl").read_bytes() == known


def test_a_page_that_was_changed_since_is_refused_by_name_and_the_others_are_taken_back(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(site)
    run("apply", site)
    applied = (site / B).read_bytes()
    (site / B).write_bytes(applied + b"A new line.\n")
    capsys.readouterr()
    assert run("undo", site) == 4
    assert f"{B}: not restored: changed since `apply` wrote it" in capsys.readouterr().out
    assert contents(site) == {**before, B: applied + b"A new line.\n"}
    (site / B).write_bytes(applied)
    assert run("undo", site) == 0
    assert capsys.readouterr().out == f"{B}: restored\n"
    assert contents(site) == before


@pytest.mark.parametrize(
    ("pages", "counts"),
    [
        pytest.param(20, "", id="as many as are seen"),
        pytest.param(21, "20 restored, 1 not restored\n", id="more"),
    ],
)
def test_many_pages_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pages: int, counts: str
) -> None:
    names = [f"content/publication/{number:02}.md" for number in range(pages)]
    site = make(
        tmp_path, {name: page(number) for number, name in enumerate(names)}, [*map(record, range(pages))]
    )
    run("apply", site)
    (site / names[3]).write_bytes(b"---\ntitle: Mine\n---\n")
    capsys.readouterr()
    assert run("undo", site) == 4
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == pages
    assert printed.err.partition("cache/undo.patch")[0] == counts


def test_a_page_that_is_gone_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("apply", site)
    (site / B).unlink()
    assert run("undo", site) == 4
    assert f"{B}: not restored: no such file or folder" in capsys.readouterr().out


def test_a_page_that_has_become_huge_is_named_and_not_read(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("apply", site) == 0
    with (site / A).open("r+b") as file:
        file.truncate(2**40)  # a hole: more than any memory holds, and no room on the disk
    capsys.readouterr()
    assert run("undo", site) == 4
    out = capsys.readouterr().out
    assert f"{A}: not restored: larger than 128 MB" in out
    assert f"{B}: restored" in out


def test_it_is_not_done_twice(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("apply", site)
    run("undo", site)
    assert not (site / PATCH).exists()
    before = state(site)
    capsys.readouterr()
    assert run("undo", site) == 0
    assert capsys.readouterr().err == "there is nothing to undo here\n"
    assert state(site) == before


def test_where_nothing_was_applied_nothing_is_made(site: Path) -> None:
    before = state(site)
    assert run("undo", site) == 0
    assert state(site) == before


def test_pages_that_git_took_back_already_are_no_error(site: Path) -> None:
    before = contents(site)
    run("apply", site)
    git(site, "apply", PATCH)
    assert run("check", site, "--exit-zero") == 0
    assert run("undo", site) == 0
    assert contents(site) == before
    assert (site / "cache/baseline.jsonl").read_bytes() == b""


def test_an_apply_that_writes_nothing_leaves_patch_and_site_alone(site: Path) -> None:
    run("apply", site)
    before = state(site)
    assert run("apply", site) == 0
    assert state(site) == before
    assert run("undo", site) == 0


def test_only_the_last_run_is_taken_back(site: Path) -> None:
    run("apply", site, paths=[A])
    after_first = contents(site)
    run("apply", site)
    assert contents(site) != after_first
    run("undo", site)
    assert contents(site) == after_first


def test_only_the_pages_that_are_named_are_taken_back(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(site)
    run("apply", site)
    applied = contents(site)
    capsys.readouterr()
    assert run("undo", site, paths=[B]) == 0
    assert capsys.readouterr().out == f"{B}: restored\n"
    assert contents(site) == {**applied, B: before[B]}
    assert run("undo", site, paths=["content"]) == 0
    assert contents(site) == before


def read_only(site: Path, path: str) -> None:
    """Take the right to write from a file: no `apply` writes it then, whoever runs it."""
    (site / path).chmod(0o444)


def test_a_page_that_was_not_written_is_not_in_the_patch(site: Path) -> None:
    before = contents(site)
    read_only(site, B)
    assert run("apply", site) == 4
    patch = (site / PATCH).read_text(encoding="utf-8")
    assert (A in patch, B in patch, C in patch) == (True, False, True)
    assert run("undo", site) == 0
    assert contents(site) == before


def test_where_no_page_could_be_written_the_old_patch_stays(site: Path) -> None:
    run("apply", site, paths=[A])
    before = (site / PATCH).read_bytes()
    read_only(site, B)
    assert run("apply", site, paths=[B]) == 4
    assert (site / PATCH).read_bytes() == before


def test_a_run_that_writes_no_page_leaves_no_new_patch(site: Path) -> None:
    read_only(site, B)
    assert run("apply", site, paths=[B]) == 4
    assert not (site / PATCH).exists()


@pytest.fixture
def stop_before(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what makes the next runs end as if killed when they come to a page."""
    real = replacing.replace_page

    def stop(path: str) -> None:
        def replace(root: Path, name: str, before: str, after: str) -> None:
            assert (root / PATCH).exists()
            if name == path:
                raise KeyboardInterrupt
            real(root, name, before, after)

        monkeypatch.setattr(replacing, "replace_page", replace)

    return stop


@pytest.mark.parametrize("path", [A, B, C])
def test_a_run_that_was_stopped_can_be_taken_back(
    site: Path, stop_before: Callable[[str], None], path: str
) -> None:
    before = contents(site)
    stop_before(path)
    with pytest.raises(KeyboardInterrupt):
        run("apply", site)
    assert run("undo", site) == 0
    assert contents(site) == before
    assert not (site / PATCH).exists()


@pytest.mark.parametrize("path", [A, B, C])
def test_a_run_that_was_stopped_is_finished_by_the_next_and_taken_back_with_it(
    site: Path, stop_before: Callable[[str], None], path: str
) -> None:
    before = contents(site)
    stop_before(path)
    with pytest.raises(KeyboardInterrupt):
        run("apply", site)
    stop_before("")
    assert run("apply", site) == 0
    finished = state(site)
    assert run("apply", site) == 0
    assert state(site) == finished
    assert run("undo", site) == 0
    assert contents(site) == before
    assert (site / "cache/baseline.jsonl").read_bytes() == b""


def test_a_page_that_a_stopped_run_wrote_and_the_next_one_too_goes_back_to_the_beginning(
    site: Path, stop_before: Callable[[str], None]
) -> None:
    before = contents(site)
    stop_before(C)
    with pytest.raises(KeyboardInterrupt):
        run("apply", site)
    stop_before("")
    new = [record(number, abstract="<p>A new abstract, and as long as the old.</p>") for number in range(3)]
    put_records(site, new)
    (site / "enrich.toml").write_text('[fields]\nabstract = "overwrite"\n')
    assert run("apply", site) == 0
    assert (site / B).read_bytes().count(b"A new abstract") == 1
    assert run("undo", site) == 0
    assert contents(site) == before


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda _: b"", "is damaged, so nothing was restored", id="emptied"),
        pytest.param(lambda _: b"\xff\xfe", "is damaged, so nothing was restored", id="no text"),
        pytest.param(
            lambda raw: raw.replace(b'"left"', b'"lost"'), "is damaged, so nothing", id="without digests"
        ),
    ],
)
def test_an_unreadable_patch_is_an_error_and_no_page_changes(
    site: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[bytes], bytes], message: str
) -> None:
    run("apply", site)
    before = contents(site)
    (site / PATCH).write_bytes(damage((site / PATCH).read_bytes()))
    assert run("undo", site) == 4
    assert message in capsys.readouterr().err
    assert contents(site) == before


def test_a_patch_that_was_edited_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("apply", site)
    before = contents(site)
    patch = (site / PATCH).read_bytes()
    (site / PATCH).write_bytes(patch.replace(b"+doi:", b"+DOI:"))
    assert run("undo", site) == 4
    assert (
        capsys.readouterr().out.count("its part of cache/undo.patch has changed since `apply` wrote it") == 3
    )
    assert contents(site) == before


def test_a_patch_that_takes_a_page_for_a_new_one_removes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("apply", site)
    after = contents(site)
    patch = (site / PATCH).read_text(encoding="utf-8")
    damaged = re.sub('"was": "[0-9a-f]+"', '"was": ""', patch)
    assert damaged != patch
    (site / PATCH).write_text(damaged, encoding="utf-8")
    capsys.readouterr()
    assert run("undo", site) == 4
    assert contents(site) == after
    assert f"{A}: not removed: its part of cache/undo.patch has changed" in capsys.readouterr().out


def test_a_patch_that_leads_out_of_the_site_is_refused(site: Path, tmp_path: Path) -> None:
    run("apply", site)
    shutil.copy(site / A, tmp_path / "outside.md")
    before = (tmp_path / "outside.md").read_bytes()
    patch = (site / PATCH).read_text(encoding="utf-8")
    (site / PATCH).write_text(patch.replace(json.dumps(A), json.dumps("../outside.md")), encoding="utf-8")
    assert run("undo", site) == 4
    assert (tmp_path / "outside.md").read_bytes() == before


def test_an_undo_does_not_wait_for_another_run(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("apply", site)
    before = contents(site)
    capsys.readouterr()
    with hold_lock(site):
        assert run("undo", site) == PageError.exit_code
        assert run("apply", site) == PageError.exit_code
        assert run("check", site, "--exit-zero") == 0
    err = capsys.readouterr().err
    who = r"error: another run is writing to this site \(process \d+, started [^)]+\)"
    assert re.fullmatch(f"({who}\n  try again when it ends\n){{2}}", err.partition("compared")[0]), err
    assert contents(site) == before


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(
            lambda patch: patch.write_text("--- a\n", encoding="utf-8"),
            "cache/undo.patch is damaged, so nothing was restored\n"
            "  restore the pages with git, and delete that file",
            id="damaged",
        ),
        pytest.param(
            lambda patch: (patch.unlink(), patch.symlink_to("other.patch")),
            "cache/undo.patch is a link\n  remove it and run the command again",
            id="a link",
        ),
    ],
)
def test_an_error_with_its_own_next_step_gets_no_other(
    site: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], object], said: str
) -> None:
    run("apply", site)
    spoil(site / PATCH)
    capsys.readouterr()
    assert run("undo", site) == 4
    assert capsys.readouterr().err == f"error: {said}\n"


@pytest.mark.parametrize("hunk", [f"@@ -{'9' * 5_000},9 +2,9 @@", "@@ -1,9 +1,9 @@"])
def test_a_damaged_patch_of_a_stopped_run_is_not_carried_on(site: Path, hunk: str) -> None:
    run("apply", site)
    applied = contents(site)
    patch = (site / PATCH).read_text(encoding="utf-8").removesuffix("enrich: the run has ended\n")
    (site / PATCH).write_text(re.sub("@@ .* @@", hunk, patch), encoding="utf-8")
    put_records(site, [record(number, abstract=LONGER) for number in range(3)])
    assert run("apply", site) == 0
    assert contents(site) != applied
    assert run("undo", site) == 0
    assert contents(site) == applied
