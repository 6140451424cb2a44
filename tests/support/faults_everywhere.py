"""End a command by a signal, or fill the disk, before each single thing that it does to the disk.

Run it as a program, since it forks: `python -m tests.support.faults_everywhere [COMMAND…]`. It prints as JSON
what is then not as it must be.
"""

from __future__ import annotations

import errno
import json
import mmap
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.support.fuzz_commands import find_memory, open_services, prepare_forks
from tests.support.fuzz_process import Ended, Streams, run_forked
from tests.support.fuzz_world import build_templates, remove_world
from tests.support.kill_everywhere import EVENTS, WRITING
from tests.support.made_site import doi_of

RECORDS = ["--records", "../records.jsonl"]
# Commands that write, the world that they run in, and what they type.
COMMANDS: Mapping[str, tuple[str, list[str]]] = {
    "apply": ("fresh", ["apply", *RECORDS, "-q"]),
    "apply online": ("fresh", ["apply", "-q"]),
    "undo": ("used", ["undo"]),
    "forget": ("used", ["forget", "."]),
    "add": ("fresh", ["add", doi_of(5), *RECORDS]),
    "init": ("fresh", ["init", "../other", "--workflow"]),
    "remember": ("fresh", ["check", *RECORDS, "--remember", "--exit-zero"]),
    "reports": (
        "fresh",
        ["check", *RECORDS, "--exit-zero", "-o", "../out/r.html", "--report", "json:../out/r.json"],
    ),
    "build": ("fresh", ["records", "build", "../records.jsonl", "--out", "../out/built"]),
    "select": (
        "fresh",
        ["records", "select", "../records.jsonl", "--sites", ".", "--out", "../out/x.parquet"],
    ),
}
SIZES = (0, 1, 60, 120, 250, 400, 600, 900, 1_500, 3_000, 6_000, 9_000, 20_000, 50_000, 200_000)
_LEFTOVER = re.compile(r"(?:^|/)(?:\.enrich-[^/]*~|enrich-[^/]*)(?:/|$)")
_VOLATILE = re.compile(r"\.sqlite|\.lock$|out/built|x\.parquet")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_REMOVING = {"os.remove", "os.chmod", "os.utime"}  # for which no disk is too full
Files = dict[str, bytes]


def fill_disk() -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def send_signal(number: int) -> None:
    """End this process as Ctrl-C, a scheduler or a closed terminal does."""
    os.kill(os.getpid(), number)


def limit_files(size: int) -> None:
    """Let this process write no file that is longer; https://man7.org/linux/man-pages/man2/setrlimit.2.html."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class Faults:
    """The worlds that the commands run in, and what the commands make of them without a fault."""

    def __init__(self, folder: Path, environ: Mapping[str, str], templates: Sequence[Path]) -> None:
        self.folder, self.environ = folder, environ
        self.reached = mmap.mmap(-1, 1)  # shared with the forked processes
        self.templates = {template.name: template for template in templates}
        prepare_forks()

    def list_problems(self, name: str) -> Iterator[str]:
        """Yield what is wrong after any fault in a command."""
        template, words = COMMANDS[name]
        old = read_files(self.templates[template])
        ended, new = self.run(template, words, lambda: None)
        if ended.code:
            yield f"{name}: exit code {ended.code} without a fault: {ended.err.decode()}"
        for what, codes in (
            ("full", {0, 2, 3, 4}),
            ("ended by a signal", {0, *(128 + number for number in SIGNALS)}),
        ):
            for at in range(1, 1_000):
                self.reached[0] = 0
                fault = fill_disk if what == "full" else partial(send_signal, SIGNALS[at % len(SIGNALS)])
                ended, now = self.run(template, words, partial(self._raise_at, at, fault))
                if not self.reached[0]:
                    break
                said = f"{name}, {what} at {at}"
                yield from (f"{said}: {problem}" for problem in judge(ended, codes, old, new, now))
        for size in SIZES:
            ended, now = self.run(template, words, partial(limit_files, size))
            said = f"{name}, no file over {size} bytes"
            yield from (f"{said}: {problem}" for problem in judge(ended, {0, 2, 3, 4}, old, new, now))

    def _raise_at(self, at: int, fault: Callable[[], None]) -> None:
        """Call a fault before the n-th change of the disk in this process."""
        left = at

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
            is_full = fault is fill_disk
            if (event in EVENTS - (_REMOVING if is_full else set()) or writes) and not str(
                arguments[0]
            ).startswith("/dev/"):
                left -= 1
                if left == 0:
                    self.reached[0] = 1
                    fault()

        sys.addaudithook(hook)

    def run(self, template: str, words: list[str], prepare: Callable[[], object]) -> tuple[Ended, Files]:
        """Run a command in a copy of a world; return how it ended and the files then."""
        world = self.folder / "world"
        shutil.copytree(self.templates[template], world, symlinks=True)
        try:
            environ = {**self.environ, "HOME": str(world / "home"), "TMPDIR": str(world / "tmp")}
            ended = run_forked(words, environ, world / "site", Streams(b"", "pipe", "pipe"), prepare)
            return ended, read_files(world)
        finally:
            remove_world(world)


def read_files(world: Path) -> Files:
    """Return the bytes of every file in a world, and b"" for every folder."""
    found = sorted(path for path in world.rglob("*"))
    return {
        path.relative_to(world).as_posix(): path.read_bytes() if path.is_file() else b"" for path in found
    }


def judge(ended: Ended, codes: set[int], old: Files, new: Files, now: Files) -> Iterator[str]:
    """Yield what is wrong after a fault: each file must be the old one or the new one."""
    said = ended.err.decode("utf-8", "replace") + ended.out.decode("utf-8", "replace")
    if ended.code not in codes or ended.trace:
        yield f"exit code {ended.code}: {said[-300:]} {ended.trace[-600:]}"
    if ended.code and not said.strip():
        yield f"exit code {ended.code} without a word"
    for name in sorted({*old, *now}):
        if _LEFTOVER.search(name):
            yield f"{name} is left"
        elif now.get(name) not in (old.get(name), new.get(name)) and not is_whole(name, now.get(name)):
            yield f"{name} is neither old nor new: {now.get(name, b'gone')[:80]!r}"
        elif name.startswith("out/") and name not in {*old, *new}:
            yield f"{name} was made"


def is_whole(name: str, content: bytes | None) -> bool:
    """Return whether a file may have a state in between: some pages' lines, or another program's format."""
    if content is None or _VOLATILE.search(name):
        return content is not None
    if name.endswith("baseline.jsonl"):
        return all(isinstance(json.loads(line), dict) for line in content.splitlines())
    return name.endswith("undo.patch") and content.startswith(b"This reverses") and content.endswith(b"\n")


def make_environ(urls: Mapping[str, str]) -> dict[str, str]:
    """Return what the commands find in their environment."""
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **urls}


def main(names: list[str]) -> None:
    """Print the problems of some commands, or of all."""
    with open_services() as urls, tempfile.TemporaryDirectory(dir=find_memory()) as folder:
        environ = make_environ(urls)
        faults = Faults(Path(folder), environ, build_templates(Path(folder), environ))
        problems = [problem for name in names or COMMANDS for problem in faults.list_problems(name)]
    print(json.dumps(problems, indent=1))  # noqa: T201 - a program of its own


if __name__ == "__main__":
    main(sys.argv[1:])
