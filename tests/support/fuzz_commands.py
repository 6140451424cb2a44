"""Fuzz the command line: `python -m tests.support.fuzz_commands RUNS SEED [FIRST]` prints what is wrong.

With `--own-files` usual command lines meet spoiled files that enrich wrote and reads again.

An answer is right if its exit code is one of the command's, an error says what to do, and nothing was
written but where the command writes. Each run has a seed of its own, so that one can be repeated.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import enrich
from enrich.fetcher.sources.registry import load_services
from tests.support.fuzz_damage import spoil_path
from tests.support.fuzz_lines import Line, draw_line, list_commands
from tests.support.fuzz_process import MOST_MB, Ended, Streams, run_forked
from tests.support.fuzz_promises import (
    HARMLESS,
    find_broken_promises,
    find_report_problems,
    list_pages,
    note_texts,
)
from tests.support.fuzz_world import (
    Snapshot,
    build_templates,
    list_datasets,
    list_spoilable,
    list_works,
    remove_world,
    take_snapshot,
)
from tests.support.privileges import respect_modes
from tests.support.stand_in import StandIn
from tests.support.wire import serving

# The exit codes of each command; 130 follows an interrupt, and 70 is a bug.
_USUAL = {0, 2, 3, 4}
CODES = {name: {0, 1, 2, 3, 4} for name in ("check", "find", "add", "new", "apply")}
_PAGES = re.compile(r"(?:site|other)/(?:content|papers)(?:/.*)?")
_CACHE = re.compile(r"(?:(?:site|other|out|private|empty)/)?cache(?:/.*)?")
_INIT = re.compile(r"(?:site|other)/(?:enrich\.toml|\.github(?:/workflows(?:/enrich\.yml)?)?)")
_WRITE_PAGES = {"apply", "review", "undo", "add", "new"}
_WRITE_NOTHING = {"config", "dois", "init", "records build", "records select", "cache info"}
_COMPARED = {"apply", "check", "find", "new", "add", "dois", "explain"}
_LEFTOVER = re.compile(r"(?:^|/)(?:\.enrich-[^/]*~|enrich-[^/]*)(?:/|$)")
_BUG = re.compile(rb"This is a bug|Fatal Python error|Exception ignored|[A-Za-z]+Warning: ")
_KEYS = (b"y", b"n", b"q", b"a", b"d", b"e", b"s", b"?", b"p", b"o", b"", b"\xff", b"x" * 300)
_STYLE = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]")
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Attempt:
    """One run of the fuzz: what was typed where, and what became of it."""

    seed: str
    line: Line
    streams: Streams = field(default_factory=Streams)
    folder: str = "site"
    template: str = ""
    spoiled: list[str] = field(default_factory=list)
    earlier: list[list[str]] = field(default_factory=list)
    """The lines that were run in this world before."""
    known: dict[str, set[bytes]] = field(default_factory=dict)
    """The texts that each page has had."""
    ended: Ended | None = None
    problems: list[str] = field(default_factory=list)


def prepare_forks() -> None:
    """Load the whole program, and leave nothing to look through for garbage: each child would do it again."""
    for module in pkgutil.walk_packages(enrich.__path__, "enrich."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


class Fuzz:
    """Everything that the runs share: the worlds they get copies of, and the commands."""

    def __init__(self, folder: Path, urls: dict[str, str]) -> None:
        self.folder, self.urls = folder, urls
        self.templates = build_templates(folder, urls)
        self.states = {template.name: take_snapshot(template) for template in self.templates}
        self.clean_runs: dict[tuple[str, ...], tuple[int, dict[str, bytes]]] = {}
        self.commands = list_commands()
        prepare_forks()

    def make_attempt(self, seed: str, *, reads_back: bool = False) -> Attempt:
        """Run a random command line in a copy of a world and judge the answer.

        With `reads_back` the line is a usual one, and what is spoiled are files that enrich wrote.
        """
        rng = Random(seed)
        template = rng.choice(self.templates[1:] if reads_back else self.templates)
        world = self._open_world(template)
        line = draw_line(rng, self.commands, is_usual=reads_back)
        attempt = Attempt(seed, line, template=template.name)
        for state in self.states.values():
            note_texts(attempt.known, state)
        is_clean = False
        try:
            if not reads_back or line.command == "review":
                attempt.streams = _draw_streams(rng, line)
            if not reads_back:
                attempt.folder = _draw_folder(rng)
            read = _list_read(line, world) if reads_back else []
            attempt.spoiled = list(_spoil_world(rng, world, read, own_only=reads_back))
            is_clean = not self._run(attempt, world) and not attempt.spoiled
            self._compare_with_clean_run(attempt, world)
            for _ in range(rng.choice([0, 0, 1, 2]) if reads_back else 0):
                self._run_next(rng, attempt, world)
        finally:
            if not is_clean:
                remove_world(world)
        return attempt

    def _run_next(self, rng: Random, attempt: Attempt, world: Path) -> None:
        """Run one more line in the world that the first has left, if nothing was wrong with that."""
        if not attempt.problems:
            attempt.earlier.append(attempt.line.words)
            attempt.line, attempt.streams = draw_line(rng, self.commands, is_usual=True), Streams()
            self._run(attempt, world)

    def _compare_with_clean_run(self, attempt: Attempt, world: Path) -> None:
        """Note it if damage that concerns no page led to other pages than without it."""
        spoiled, command = attempt.spoiled, attempt.line.command
        if (
            attempt.problems
            or not spoiled
            or command not in _COMPARED
            or not all(map(HARMLESS.match, spoiled))
            or not (world / attempt.folder).is_dir()
        ):
            return
        code, pages = self._run_clean(attempt)
        found = list_pages(take_snapshot(world))
        assert attempt.ended
        if attempt.ended.code == code and found != pages:
            attempt.problems.append("other pages than without the damage")
        elif attempt.ended.code not in {code, 2, 4}:
            attempt.problems.append(f"exit code {attempt.ended.code}, {code} without the damage")

    def _run_clean(self, attempt: Attempt) -> tuple[int, dict[str, bytes]]:
        """Return exit code and pages of the same line in a world that nobody has spoiled; run it once."""
        key = (attempt.template, attempt.folder, *attempt.line.words)
        if key not in self.clean_runs:
            world = self.folder / "clean"
            shutil.copytree(self.folder / attempt.template, world, symlinks=True)
            environ = _make_environ(attempt.line, world, self.urls)
            ended = run_forked(attempt.line.words, environ, world / attempt.folder, Streams())
            self.clean_runs[key] = (ended.code, list_pages(take_snapshot(world)))
            remove_world(world)
        return self.clean_runs[key]

    def _open_world(self, template: Path) -> Path:
        """Return a copy of a world: the last one, if nothing in it was changed."""
        world = self.folder / f"copy-of-{template.name}"
        if not world.exists():
            shutil.copytree(template, world, symlinks=True)
        return world

    def _run(self, attempt: Attempt, world: Path) -> bool:
        """Run an attempt and judge it; return whether anything in the world was changed."""
        place = world / attempt.folder
        is_gone = attempt.folder == "gone"
        if is_gone:
            place.mkdir()
        elif not place.is_dir():
            attempt.folder, place = ".", world
        environ = _make_environ(attempt.line, world, self.urls)
        before, root = take_snapshot(world), set(Path("/").iterdir())

        def prepare() -> None:
            if is_gone:
                place.rmdir()
            contextlib.ExitStack().enter_context(respect_modes())

        attempt.ended = run_forked(attempt.line.words, environ, place, attempt.streams, prepare)
        if is_gone:
            before.pop("gone", None)
        after = take_snapshot(world)
        attempt.problems += find_problems(attempt)
        attempt.problems += find_broken_promises(attempt.line.command, before, after, attempt.known)
        note_texts(attempt.known, before)
        allowed = _find_written_places(attempt, environ, world, place)
        attempt.problems += compare_worlds(before, after, attempt.line.command, allowed)
        attempt.problems += [f"{name} was made" for name in set(Path("/").iterdir()) - root]
        return before != after


def _make_environ(line: Line, world: Path, urls: dict[str, str]) -> dict[str, str]:
    environ = {"PATH": os.environ["PATH"], "HOME": str(world / "home"), "TMPDIR": str(world / "tmp")}
    environ |= {"LC_ALL": "C.UTF-8", "TERM": "xterm", **urls, **line.environ}
    return {name: value for name, value in environ.items() if _is_text(value)}


def _is_text(value: str) -> bool:
    try:
        return b"\0" not in os.fsencode(value)
    except UnicodeEncodeError:
        return False


def _draw_streams(rng: Random, line: Line) -> Streams:
    typed = rng.choice(
        [b"", None, b"y\n" * 40, b"n\ny\nq\n", b"\xff\xfe\n\0\n", b"e\nx\n" * 5, b"a\n?\np\n", b"d\n"]
    )
    if line.command == "review" and rng.random() < 0.8:
        keys = b"".join(rng.choice(_KEYS) + b"\n" for _ in range(rng.randrange(12)))
        columns = rng.choice([0, 1, 40, 9_999])
        return Streams(keys + b"\x04", "terminal", encoding=rng.choice(["utf-8", "ascii"]), columns=columns)
    if rng.random() < 0.8:
        return Streams(typed)
    out = rng.choice(["file", "full", "closed", "broken", "terminal"])
    err = rng.choice(["file", "file", "full", "closed", "broken"])
    return Streams(
        typed, out, err, rng.choice(["utf-8", "ascii", "latin-1", "cp1252"]), rng.choice([0, 1, 30, 9_999])
    )


def _draw_folder(rng: Random) -> str:
    return rng.choice(
        [*["site"] * 30, "other", "gone", "empty", "site/content/publication", "site/cache", "private"]
    )


_READ_BY = {
    "undo": ["undo.patch", "undo.patch", "baseline.jsonl"],
    "forget": ["baseline.jsonl"],
    "cache info": ["http.sqlite"],
    "cache clear": ["http.sqlite", "quiet.sqlite"],
}
_READ_BY_OTHERS = ["baseline.jsonl", "http.sqlite", "quiet.sqlite", "limits-crossref.lock", "undo.patch"]


def _list_read(line: Line, world: Path) -> list[Path]:
    """Return the files that this line is known to read: those of its command, and those that it names."""
    kept = [world / "site/cache" / name for name in _READ_BY.get(line.command, _READ_BY_OTHERS)]
    named = [world / word[3:] for word in line.words if word.startswith("../") and word[3:]]
    return kept + [path for path in named for _ in range(4)]


def _spoil_world(rng: Random, world: Path, read: Sequence[Path], *, own_only: bool) -> Iterator[str]:
    """Spoil some files and folders; yield what was done. What is `read` is chosen every second time."""
    for _ in range(rng.choice([1, 2, 4] if own_only else [0, 0, 1, 1, 2, 4])):
        aimed = [path for path in read if os.path.lexists(path)]
        found = list_spoilable(world, own_only=own_only)
        path = rng.choice(aimed if aimed and rng.random() < 0.5 else found)
        name = path.relative_to(world).as_posix()
        with contextlib.suppress(OSError):
            yield f"{name}: {spoil_path(rng, path)}"


def find_problems(attempt: Attempt) -> Iterator[str]:
    """Yield what is wrong with an answer."""
    ended, command = attempt.ended, attempt.line.command
    if ended is None:
        return
    if ended.is_stuck:
        yield from () if _waits_for_reader(attempt) else ["it did not end"]
    elif ended.code not in _find_codes(attempt):
        yield f"exit code {ended.code}"
    if bug := _BUG.search(ended.err):
        yield f"printed {bug[0].decode()!r}"
    if ended.megabytes > MOST_MB:
        yield f"{ended.megabytes} MB"
    yield from _find_text_problems(attempt, ended, command)
    if attempt.streams == Streams():
        yield from find_report_problems(attempt.line.words, ended.code, ended.out)


def _waits_for_reader(attempt: Attempt) -> bool:
    """Return whether a report goes to a pipe that nobody reads, for which every program waits."""
    return any(name.startswith("out/") and name.endswith(": a pipe") for name in attempt.spoiled)


def _find_codes(attempt: Attempt) -> set[int]:
    if attempt.line.environ.get("_ENRICH_COMPLETE"):
        return {0, 1, 2, 4, 120}  # click prints it, and does not look at what becomes of that
    return CODES.get(attempt.line.command, _USUAL)


def _find_text_problems(attempt: Attempt, ended: Ended, command: str) -> Iterator[str]:
    streams = attempt.streams
    out, err = (text.decode("utf-8", "replace") for text in (ended.out, ended.err))
    said = out if streams.stdout == "terminal" else err
    is_seen = streams.stderr == "file" or streams.stdout == "terminal"
    if ended.code in {2, 4} and is_seen and command:
        errors = re.findall(
            r"^ *(?:error|Error): (.*(?:\n.*)*)", _STYLE.sub("", said).replace("\r", ""), re.MULTILINE
        )
        if ended.code == 2 and not errors and command not in {"add", "new"}:
            yield "exit code 2 without an error"
        if not said.strip() and not out.strip() and streams.stdout == "file":
            yield f"exit code {ended.code} without a word"
        yield from (
            f"no next step after {text!r}"
            for text in errors
            if "\n  " not in f"\n{text}" and "Usage:" not in said
        )
    is_plain = streams.stdout != "terminal" and "always" not in attempt.line.words
    if is_plain and (hidden := _HIDDEN.search(err)) and "\r" not in err:
        yield f"printed {hidden[0]!r} to stderr"


def _find_written_places(attempt: Attempt, environ: dict[str, str], world: Path, place: Path) -> list[str]:
    """Return the paths, from the world's folder, that the line names as places to write to."""
    cache = [] if attempt.line.command in _WRITE_NOTHING else ["cache"]
    typed = [*cache, *attempt.line.typed_paths, environ.get("GITHUB_STEP_SUMMARY", "")]
    found = []
    for name in filter(None, (*typed, *map(str.strip, typed))):
        home = environ.get("HOME", "") if name.startswith("~") and not name.startswith("~n") else "~"
        with contextlib.suppress(OSError, ValueError):
            for full in (place / name, place / name.replace("~", home, 1)):
                found += [os.path.relpath(os.path.realpath(full), world)]
                found += [os.path.relpath(os.path.normpath(full), world)]
    return found


def compare_worlds(before: Snapshot, after: Snapshot, command: str, allowed: Sequence[str]) -> Iterator[str]:
    """Yield what was written where the command does not write."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old == new or (
            old and new and old[:-1] == new[:-1] and command not in {"check", "config", "dois"}
        ):
            continue
        if _LEFTOVER.search(name) and not (new and old):
            yield from (f"left {name}" for _ in ([new] if new else []))
        elif not _may_write(name, command, is_new=not old or not old[2], allowed=allowed):
            yield f"{'made' if not old else 'removed' if not new else 'changed'} {name}"


def _may_write(name: str, command: str, *, is_new: bool, allowed: Sequence[str]) -> bool:
    if _CACHE.fullmatch(name) and command not in _WRITE_NOTHING:
        return True
    if _PAGES.fullmatch(name):
        return command in _WRITE_PAGES or (is_new and _is_under(name, allowed))
    if command == "init":
        return is_new and bool(_INIT.fullmatch(name))
    is_above = is_new and any(place.startswith(f"{name}/") for place in allowed)  # a folder that was missing
    return is_above or ((name.startswith("out/") or is_new) and _is_under(name, allowed))


def _is_under(name: str, places: Sequence[str]) -> bool:
    """Return whether a path is one of the places or lies in one."""
    return any(place in {name, "."} or name.startswith(f"{place}/") for place in places)


@contextlib.contextmanager
def open_fuzz() -> Iterator[Fuzz]:
    """Yield a fuzz whose services are on loopback, in another process."""
    with tempfile.TemporaryDirectory(dir=find_memory()) as folder, open_services() as urls:
        yield Fuzz(Path(folder), urls)


def find_memory() -> str | None:
    """Return a folder that is memory, which is fast; None without one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


@contextlib.contextmanager
def open_services() -> Iterator[dict[str, str]]:
    """Yield the addresses of a stand-in in a process of its own: threads and forks do not go together."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        service = StandIn()
        service.works |= {str(work["DOI"]): work for work in list_works()}
        service.datacite |= {str(one["id"]): one for one in list_datasets()}
        with serving(service):
            os.write(writing, service.url.encode())
            os.close(writing)
            with contextlib.suppress(KeyboardInterrupt):
                while os.getppid() != 1:
                    import time

                    time.sleep(1)
        os._exit(0)
    os.close(writing)
    try:
        url = os.read(reading, 1000).decode()
        yield {f"ENRICH_{service.name.upper()}_URL": url for service in load_services()}
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def describe_attempt(attempt: Attempt) -> str:
    """Return an attempt as JSON, to be looked at."""
    ended = attempt.ended
    row = {
        "seed": attempt.seed,
        "problems": attempt.problems,
        "earlier": attempt.earlier,
        "words": [word[:80] for word in attempt.line.words],
        "environ": {name: value[:80] for name, value in attempt.line.environ.items()},
        "folder": attempt.folder,
        "template": attempt.template,
        "spoiled": attempt.spoiled,
        "streams": repr(attempt.streams)[:200],
        "code": ended and ended.code,
        "err": ended and ended.err.decode("utf-8", "backslashreplace")[-1500:],
        "trace": ended and ended.trace[-2500:],
        "out": ended and ended.out.decode("utf-8", "backslashreplace")[:300],
    }
    return json.dumps(row)


def main(runs: int, seed: str, first: int = 0) -> None:
    """Print each attempt with a problem as JSON, then how many runs ended with which code."""
    counted: Counter[str] = Counter()
    with open_fuzz() as fuzz:
        for number in range(first, first + runs):
            attempt = fuzz.make_attempt(f"{seed}-{number}", reads_back="--own-files" in sys.argv)
            code = attempt.ended.code if attempt.ended else None
            counted[f"{attempt.line.command}: {code}"] += 1
            counted["lines"] += 1 + len(attempt.earlier)
            counted["runs with a problem"] += bool(attempt.problems)
            if attempt.problems or "--all" in sys.argv:
                print(describe_attempt(attempt), flush=True)  # noqa: T201 - a program of its own
    print(json.dumps(dict(sorted(counted.items()))))  # noqa: T201


if __name__ == "__main__":
    numbers = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(int(numbers[0]), numbers[1], int(numbers[2]) if len(numbers) > 2 else 0)
