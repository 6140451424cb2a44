"""Kill `apply` before each operation on the disk, and report files that are then neither old nor new.

Run it as a program, since it forks: `python -m tests.support.kill_everywhere FOLDER`. It prints JSON.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from enrich.writer.atomic_write import TEMP_PREFIX, TEMP_SUFFIX
from tests.support.made_site import contents, make, page, run

PAGES = {
    "content/publication/a/index.md": page(0).replace("\n", "\r\n"),
    "content/publication/b.md": "\ufeff" + page(1, body="no end"),
}
# Audit events of what changes a disk; https://docs.python.org/3/library/audit_events.html
EVENTS = {"os.rename", "os.remove", "os.chmod", "os.chown", "os.mkdir", "os.truncate", "os.utime"}
BASELINE = "cache/baseline.jsonl"
State = tuple[tuple[str, bytes], ...]
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def killed(site: Path, command: str, at: int) -> bool:
    """Run a command in a process that is killed before its n-th change of the disk; tell whether it was."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        _die_at(at)
        os._exit(run(command, site))
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status):
        assert os.waitstatus_to_exitcode(status) == 0, (command, at, status)
    return os.WIFSIGNALED(status)


def _die_at(at: int) -> None:
    left = at

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if event in EVENTS or writes:
            count()

    # It has no audit event.
    os.fsync = lambda fd: count()  # noqa: ARG005
    sys.addaudithook(hook)


def problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong after a kill, after the run that follows it, and after taking that one back."""
    made, site, left = folder / "made", folder / "site", folder / "left"
    finish = Runs(site, folder / "runs").finish
    make(made, PAGES)
    old = contents(made)
    gc.freeze()  # a child that collects garbage would copy all of it
    os.fsync = lambda fd: None  # noqa: ARG005 - a kill, unlike a power cut, loses nothing that was not synchronised
    applied = finish(made, "apply")
    new, known = contents(applied), (applied / BASELINE).read_bytes()
    assert new.keys() == old.keys()
    assert all(new[path] != old[path] for path in old)
    finish(applied, "undo")  # this process has now loaded what all children need
    for command, start in (("apply", made), ("undo", applied)):
        at = 1
        while True:
            _replace(site, start)
            if not killed(site, command, at):
                break
            yield from (f"{command} killed at {at}: {what}" for what in _in_between(site, old, new))
            _replace(left, site)
            for then in ("apply", "undo"):
                finished = finish(left, then)
                said = f"{command} killed at {at}, then {then}"
                yield from (f"{said}: {what}" for what in _after(finished, new if then == "apply" else old))
                if then == "apply" and (finished / BASELINE).read_bytes() != known:
                    yield f"{said}: the baseline is another one"
                undone = finish(finish(finished, "apply"), "undo")
                if command == "apply":  # of an undo, the apply that followed it is the last run
                    yield from (f"{said}, then both: {what}" for what in _after(undone, old))
                yield from (
                    f"{said}, then both: {path.name} is left" for path in undone.glob("cache/.enrich*")
                )
            at += 1
        yield from () if at > 20 else (f"{command} was killed only {at} times",)


@dataclass(frozen=True)
class Runs:
    """Whole runs of the program: it does the same with the same files, so each is done once."""

    site: Path
    """Where all of them find what they start with."""
    folder: Path
    """Where the sites are kept as runs left them."""
    done: dict[tuple[str, State], Path] = field(default_factory=dict)
    """By command and what it found: the site that it left."""

    def finish(self, start: Path, command: str) -> Path:
        """Return a site as a command leaves it that finds this one; run it to its end, in this process."""
        key = command, read_state(start)
        if key not in self.done:
            _replace(self.site, start)
            with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
                assert run(command, self.site) == 0, command
            self.done[key] = self.folder / str(len(self.done))
            _replace(self.done[key], self.site)
        return self.done[key]


def read_state(site: Path) -> State:
    """Return all that a run finds: every path with its bytes, without the chance in a name or a lock."""
    return tuple(sorted(_read_entry(site, path) for path in site.rglob("*")))


def _read_entry(site: Path, path: Path) -> tuple[str, bytes]:
    name = TEMP_PREFIX if path.name.startswith(TEMP_PREFIX) else path.name
    content = path.read_bytes() if path.is_file() and path.suffix != ".lock" else b""
    return (path.parent.relative_to(site) / name).as_posix(), content


def _replace(target: Path, source: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _in_between(site: Path, old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    for path, content in contents(site).items():
        name = path.rpartition("/")[2]
        if path not in old:
            if not (name.startswith(TEMP_PREFIX) and name.endswith(TEMP_SUFFIX)):
                yield f"{path} is left"
        elif content not in {old[path], new[path]}:
            yield f"{path} is neither old nor new"


def _after(site: Path, expected: dict[str, bytes]) -> Iterator[str]:
    if contents(site) != expected:
        yield f"the pages are not what they must be: {sorted(contents(site))}"


if __name__ == "__main__":
    print(json.dumps(list(problems(Path(sys.argv[1])))))  # noqa: T201 - a program of its own
