"""One run at a time writes to a site; the system releases the lock when the process ends."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from enrich.errors import PageError
from enrich.writer import lock
from enrich.writer.lock import hold_lock

HOLD = """
import pathlib, sys
from enrich.writer.lock import hold_lock
with hold_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def holder(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process that holds the lock until the block ends, unless it is killed before."""
    command = [sys.executable, "-c", HOLD, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.communicate("\n" if process.poll() is None else None)


def traces(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and times of all that is in a folder, folders too."""
    return {
        path.relative_to(root).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns,
        )
        for path in (root, *root.rglob("*"))
    }


def test_a_second_run_ends_at_once_and_names_the_first(tmp_path: Path) -> None:
    with holder(tmp_path) as process, pytest.raises(PageError) as caught, hold_lock(tmp_path):
        pass
    named = rf"\(process {process.pid}, started 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d"
    assert re.search(f"another run is writing to this site {named}", str(caught.value))
    with hold_lock(tmp_path):
        pass


def test_a_run_that_is_refused_leaves_the_name_of_the_first_to_be_read(tmp_path: Path) -> None:
    with hold_lock(tmp_path):
        for _ in range(2):
            with pytest.raises(PageError, match=rf"process {os.getpid()}\b"), hold_lock(tmp_path):
                pass


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
    with hold_lock(tmp_path):
        assert f"process {os.getpid()}" in (tmp_path / "cache" / lock.NAME).read_text()
    assert (tmp_path / "cache" / lock.NAME).read_bytes() == b""


def test_a_second_run_leaves_no_trace_of_its_lock(tmp_path: Path) -> None:
    with hold_lock(tmp_path):
        pass
    for path in (tmp_path / "cache").iterdir():
        os.utime(path, (1_000, 1_000))
    before = traces(tmp_path)
    with hold_lock(tmp_path):
        assert (tmp_path / "cache" / lock.NAME).read_bytes()
    assert traces(tmp_path) == before


def test_a_lock_is_left_when_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_lock(tmp_path):
        raise ZeroDivisionError
    with hold_lock(tmp_path):
        pass


def test_a_lock_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache" / lock.NAME).mkdir(parents=True)
    with pytest.raises(PageError, match=r"cache/apply\.lock is a folder"), hold_lock(tmp_path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_lock_file_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "cache" / lock.NAME).symlink_to(tmp_path / "mine")
    with pytest.raises(PageError, match=r"cache/apply\.lock is a link"), hold_lock(tmp_path):
        pass
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="how Unix locks")
def test_a_folder_that_knows_no_locks_can_be_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with hold_lock(tmp_path):
        pass
