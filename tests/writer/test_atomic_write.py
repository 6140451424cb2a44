"""A page is wholly old or wholly new, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from enrich.errors import PageError
from enrich.site.pages import Site
from enrich.writer import atomic_write as module
from enrich.writer.atomic_write import remove_leftovers, replace_page, write_file
from tests.support.privileges import HAS_MODES, respect_modes

PAGE = "content/publication/x/index.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    root = tmp_path / "site"
    (root / PAGE).parent.mkdir(parents=True)
    (root / PAGE).write_bytes(b"old\r\n")
    return Site(root, (root,))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_bytes_are_the_new_ones_and_the_mode_is_the_old_one(site: Site) -> None:
    path = site.root / PAGE
    path.chmod(0o640)
    replace_page(site.root, PAGE, "old\r\n", "\ufeffnew – neu\r\n")
    assert path.read_bytes() == "\ufeffnew – neu\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(path.parent) == ["index.md"]


def test_a_page_that_changed_meanwhile_is_left_alone(site: Site) -> None:
    (site.root / PAGE).write_bytes(b"edited")
    with pytest.raises(PageError, match="changed on disk since it was read"):
        replace_page(site.root, PAGE, "old\r\n", "new")
    assert (site.root / PAGE).read_bytes() == b"edited"


def test_a_page_that_changes_while_it_is_written_is_left_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = site.root / PAGE
    monkeypatch.setattr(os, "fsync", lambda _: path.write_bytes(b"edited"))
    with pytest.raises(PageError, match="changed on disk since it was read"):
        replace_page(site.root, PAGE, "old\r\n", "new")
    assert path.read_bytes() == b"edited"
    assert names(path.parent) == ["index.md"]


def test_a_page_that_is_gone_is_not_made_again(site: Site) -> None:
    (site.root / PAGE).unlink()
    with pytest.raises(PageError, match="no such file or folder"):
        replace_page(site.root, PAGE, "old\r\n", "new")
    assert names((site.root / PAGE).parent) == []


def test_a_read_only_page_is_refused_even_where_the_system_would_allow_it(site: Site) -> None:
    (site.root / PAGE).chmod(0o444)
    with pytest.raises(PageError, match="the file is read-only"):
        replace_page(site.root, PAGE, "old\r\n", "new")
    assert (site.root / PAGE).read_bytes() == b"old\r\n"


@pytest.mark.skipif(not HAS_MODES, reason="root may write everywhere")
def test_a_read_only_folder_is_named_in_plain_words(site: Site) -> None:
    folder = (site.root / PAGE).parent
    folder.chmod(0o555)
    try:
        with respect_modes(), pytest.raises(PageError, match="permission denied"):
            replace_page(site.root, PAGE, "old\r\n", "new")
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param(errno.ENOSPC, "the disk is full", id="a full disk"),
        pytest.param(errno.EACCES, "permission denied for the file or its folder", id="a read-only folder"),
        pytest.param(errno.EROFS, "the disk is read-only", id="a read-only disk"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "chmod"])
def test_errors_of_the_system_are_explained_and_leave_no_file(
    site: Site, monkeypatch: pytest.MonkeyPatch, code: int, words: str, call: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(PageError, match=words):
        replace_page(site.root, PAGE, "old\r\n", "new")
    assert (site.root / PAGE).read_bytes() == b"old\r\n"
    assert names((site.root / PAGE).parent) == ["index.md"]


def test_an_interrupt_leaves_the_old_page_and_nothing_else(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_page(site.root, PAGE, "old\r\n", "new")
    assert (site.root / PAGE).read_bytes() == b"old\r\n"
    assert names((site.root / PAGE).parent) == ["index.md"]


def test_what_a_killed_run_left_is_removed_and_other_hidden_files_stay(tmp_path: Path) -> None:
    for name in (f"{module.TEMP_PREFIX}abc{module.TEMP_SUFFIX}", ".hidden", "notes~", ".enrich-notes"):
        (tmp_path / name).write_text("x")
    remove_leftovers([tmp_path, tmp_path / "none"])
    assert names(tmp_path) == [".enrich-notes", ".hidden", "notes~"]


def test_of_two_names_of_a_file_only_the_pages_leads_to_the_new_bytes(site: Site) -> None:
    other = site.root / "backup.md"
    other.hardlink_to(site.root / PAGE)
    replace_page(site.root, PAGE, "old\r\n", "new")
    assert (site.root / PAGE).read_bytes() == b"new"
    assert other.read_bytes() == b"old\r\n"


@pytest.mark.parametrize("part", ["content", "content/publication", "content/publication/x", PAGE])
def test_a_link_out_of_the_site_is_refused_in_any_part_of_the_path(
    site: Site, tmp_path: Path, part: str
) -> None:
    outside = tmp_path / "outside"
    (site.root / part).rename(outside)
    (site.root / part).symlink_to(outside)
    with pytest.raises(PageError, match="leads out of the site"):
        replace_page(site.root, PAGE, "old\r\n", "new")
    assert (site.root / PAGE).read_bytes() == b"old\r\n"


def test_a_link_within_the_site_stays_a_link(site: Site) -> None:
    link = site.root / "content/publication/link.md"
    link.symlink_to(site.root / PAGE)
    replace_page(site.root, "content/publication/link.md", "old\r\n", "new")
    assert link.is_symlink()
    assert (site.root / PAGE).read_bytes() == b"new"


def test_half_a_surrogate_pair_is_refused(site: Site) -> None:
    with pytest.raises(PageError, match="UTF-8 cannot hold"):
        replace_page(site.root, PAGE, "old\r\n", "\ud800")
    assert (site.root / PAGE).read_bytes() == b"old\r\n"


def test_a_file_of_our_own_is_made_as_the_mask_says_and_replaced_with_its_mode(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_file(tmp_path / "a", [b"1", b"2"])
    finally:
        os.umask(mask)
    assert (tmp_path / "a").read_bytes() == b"12"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    (tmp_path / "a").chmod(0o600)
    write_file(tmp_path / "a", [])
    assert (tmp_path / "a").read_bytes() == b""
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert names(tmp_path) == ["a"]


def test_a_file_of_our_own_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="a cannot be written: no such file or folder"):
        write_file(tmp_path / "none" / "a", [b"1"])


def test_a_file_of_our_own_takes_the_place_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "a").symlink_to(tmp_path / "mine")
    write_file(tmp_path / "a", [b"1"])
    assert not (tmp_path / "a").is_symlink()
    assert (tmp_path / "mine").read_bytes() == b"mine"
