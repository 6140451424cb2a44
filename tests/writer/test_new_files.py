"""New pages are made whole, never over anything, only inside the site; `enrich undo` removes them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from enrich.errors import PageError
from enrich.model.new_page import NewPage
from enrich.writer import atomic_write, new_files
from enrich.writer.apply import write_new_pages
from enrich.writer.atomic_write import remove_leftovers
from enrich.writer.new_files import create_file, write_new_page
from enrich.writer.undo import undo_last_apply
from tests.support.made_site import contents

SECTION = "content/publication"
FOLDER = f"{SECTION}/ada1843"
BUNDLE = NewPage(f"{FOLDER}/index.md", {"index.md": "---\ntitle: Notes – é\n---\n", "cite.bib": "@a{x,\r\n}"})
FLAT = NewPage(f"{SECTION}/ada1843.md", {"ada1843.md": "---\ntitle: Notes\n---\n"})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / SECTION / "old").mkdir(parents=True)
    (root / SECTION / "old/index.md").write_bytes(b"old")
    return root


def list_all(root: Path) -> list[str]:
    """Return every file and folder of the site's content, hidden ones too."""
    return sorted(path.relative_to(root).as_posix() for path in (root / "content").rglob("*"))


@pytest.mark.parametrize("page", [BUNDLE, FLAT], ids=["bundle", "flat"])
@pytest.mark.parametrize("section", [SECTION, "content/en/publication"])
def test_a_page_is_made_and_undo_removes_it_with_its_folders(site: Path, page: NewPage, section: str) -> None:
    page = NewPage(page.path.replace(SECTION, section), page.files)
    before, listed = contents(site), list_all(site)
    assert write_new_pages(site, [page]) == {}
    folder = page.path.rpartition("/")[0]
    made = {f"{folder}/{name}": text.encode() for name, text in page.files.items()}
    assert contents(site) == {**before, **made}
    results = undo_last_apply(site, [site])
    assert [(one.path, one.error, one.was_new) for one in results] == [(path, "", True) for path in made]
    assert list_all(site) == listed
    assert undo_last_apply(site, [site]) == ()


def test_files_and_folders_get_the_rights_that_the_mask_leaves(site: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_new_page(site, BUNDLE)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((site / FOLDER).stat().st_mode) == 0o750
    assert stat.S_IMODE((site / BUNDLE.path).stat().st_mode) == 0o640


def test_a_new_file_that_was_changed_since_stays_with_its_folder(site: Path) -> None:
    write_new_pages(site, [BUNDLE])
    (site / BUNDLE.path).write_bytes(b"mine")
    results = {one.path: one.error for one in undo_last_apply(site, [site])}
    assert results == {BUNDLE.path: "changed since enrich made it", f"{FOLDER}/cite.bib": ""}
    assert contents(site, under=FOLDER) == {BUNDLE.path: b"mine"}


def test_a_folder_with_a_file_of_the_owner_stays(site: Path) -> None:
    write_new_pages(site, [BUNDLE])
    (site / FOLDER / "featured.png").write_bytes(b"mine")
    assert all(not one.error for one in undo_last_apply(site, [site]))
    assert contents(site, under=FOLDER) == {f"{FOLDER}/featured.png": b"mine"}


def test_a_new_file_that_became_a_link_is_not_followed(site: Path) -> None:
    write_new_pages(site, [FLAT])
    copy = site / SECTION / "copy.md"
    (site / FLAT.path).rename(copy)
    (site / FLAT.path).symlink_to(copy)
    (result,) = undo_last_apply(site, [site])
    assert result.error == "changed since enrich made it"
    assert copy.exists()


@pytest.mark.parametrize("there", ["folder", "file", "link"])
def test_nothing_is_written_over(site: Path, there: str) -> None:
    for place in (site / FOLDER, site / FLAT.path):
        if there == "folder":
            place.mkdir()
        elif there == "file":
            place.write_bytes(b"mine")
        else:
            place.symlink_to(site / "nowhere")
    listed = list_all(site)
    errors = write_new_pages(site, [BUNDLE, FLAT])
    assert errors.keys() == {BUNDLE.path, FLAT.path}
    assert list_all(site) == listed
    assert undo_last_apply(site, [site]) == ()


def test_a_page_that_cannot_be_made_does_not_stop_the_others(site: Path) -> None:
    (site / FOLDER).mkdir()
    errors = write_new_pages(site, [BUNDLE, FLAT])
    assert errors == {BUNDLE.path: "it exists already, and enrich overwrites nothing"}
    assert [one.path for one in undo_last_apply(site, [site])] == [FLAT.path]
    assert (site / FOLDER).is_dir()


@pytest.mark.parametrize(
    "path",
    [
        "../out/index.md",
        "content/../../out/index.md",
        "/out/index.md",
        "content//x/index.md",
        "content/./x/index.md",
        "content/.hidden/index.md",
        "content/x\0/index.md",
        "content/x\n/index.md",
        "content\\x\\index.md",
        "C:/x/index.md",
        "",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(site: Path, path: str) -> None:
    listed = list_all(site.parent / "site")
    with pytest.raises(PageError):
        write_new_page(site, NewPage(path, {path.rpartition("/")[2]: "text"}))
    assert list_all(site) == listed


@pytest.mark.parametrize(
    ("path", "files"),
    [
        pytest.param(f"{FOLDER}/index.md", {"index.md": "", "deeper/x.md": ""}, id="a folder in the folder"),
        pytest.param(f"{FOLDER}/index.md", {"index.md": "", "../x.md": ""}, id="a file beside the folder"),
        pytest.param(f"{FOLDER}/index.md", {"cite.bib": ""}, id="no page"),
        pytest.param(f"{SECTION}/x.md", {"x.md": "", "cite.bib": ""}, id="two flat files"),
        pytest.param(f"{FOLDER}/index.md", {"index.md": "\ud800"}, id="half a surrogate pair"),
    ],
)
def test_files_that_make_no_page_are_refused(site: Path, path: str, files: dict[str, str]) -> None:
    listed = list_all(site)
    with pytest.raises(PageError):
        write_new_page(site, NewPage(path, files))
    assert list_all(site) == listed


@pytest.mark.parametrize("part", ["content", SECTION])
def test_a_link_in_the_path_is_refused_wherever_it_leads(site: Path, tmp_path: Path, part: str) -> None:
    outside = tmp_path / "outside"
    (site / part).rename(outside)
    (site / part).symlink_to(outside)
    before = sorted(outside.rglob("*"))
    for page in (BUNDLE, FLAT):
        with pytest.raises(PageError, match="is a link"):
            write_new_page(site, page)
    assert sorted(outside.rglob("*")) == before


@pytest.mark.parametrize(
    ("owner", "call", "page"),
    [
        pytest.param(os, "fsync", BUNDLE, id="a bundle's file"),
        pytest.param(Path, "rename", BUNDLE, id="the name of a bundle"),
        pytest.param(os, "fsync", FLAT, id="a flat file"),
        pytest.param(Path, "chmod", FLAT, id="the rights of a flat file"),
    ],
)
@pytest.mark.parametrize("error", [OSError(28, "No space"), KeyboardInterrupt()], ids=["full", "interrupt"])
@pytest.mark.parametrize("section", [SECTION, "content/en/publication"])
def test_a_write_that_fails_leaves_nothing(
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    call: str,
    page: NewPage,
    error: BaseException,
    section: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(owner, call, fail)
    listed = list_all(site)
    with pytest.raises((PageError, KeyboardInterrupt), match=r"^$|^the disk is full$"):
        write_new_page(site, NewPage(page.path.replace(SECTION, section), page.files))
    assert list_all(site) == listed


def test_a_file_system_without_hard_links(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    create_file(site, FLAT.path, "new")
    with pytest.raises(PageError, match="exists already"):
        create_file(site, FLAT.path, "other")
    assert (site / FLAT.path).read_bytes() == b"new"


def test_a_file_that_appears_while_the_new_one_is_written_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: (site / FLAT.path).write_bytes(b"mine"))
    with pytest.raises(PageError, match="exists already"):
        create_file(site, FLAT.path, "new")
    assert (site / FLAT.path).read_bytes() == b"mine"
    assert list_all(site) == [SECTION, FLAT.path, f"{SECTION}/old", f"{SECTION}/old/index.md"]


def test_the_folder_of_a_killed_run_is_removed_and_deeper_ones_stay(site: Path) -> None:
    prefix, suffix = atomic_write.TEMP_PREFIX, atomic_write.TEMP_SUFFIX
    left, deep = (site / SECTION / f"{prefix}{name}{suffix}" for name in ("left", "deep"))
    (left).mkdir()
    (left / "index.md").write_bytes(b"half")
    (deep / "mine").mkdir(parents=True)
    (site / SECTION / f"{prefix}link{suffix}").symlink_to(site / SECTION / "old")
    remove_leftovers([site / SECTION])
    assert list_all(site) == [
        SECTION,
        f"{SECTION}/{deep.name}",
        f"{SECTION}/{deep.name}/mine",
        f"{SECTION}/old",
        f"{SECTION}/old/index.md",
    ]


def test_a_run_that_was_killed_between_two_pages_can_be_undone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = list_all(site)
    monkeypatch.setattr(new_files, "_create_file", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt, match="1 of 2 pages were written"):
        write_new_pages(site, [BUNDLE, FLAT])
    assert list_all(site) != listed
    assert all(not one.error for one in undo_last_apply(site, [site]))
    assert list_all(site) == listed
