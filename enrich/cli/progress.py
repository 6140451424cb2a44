"""Show the progress of a run: a bar on a terminal, elsewhere a line every half minute."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from enrich.cli.console import can_redraw, print_stderr

Progress = Callable[[str, int, int], None]
Clock = Callable[[], float]
# Waits for at most this many seconds; true if the run ended meanwhile.
Wait = Callable[[float], bool]

EVERY = 30.0  # seconds: a job that prints nothing for minutes looks dead, one that prints more is not read


@contextlib.contextmanager
def show_progress(environ: Mapping[str, str], *, wanted: bool) -> Iterator[Progress | None]:
    """Yield the function to which the pipeline reports its progress; None if progress is off."""
    if not wanted:
        yield None
        return
    on_screen = can_redraw(sys.stderr, environ) and not environ.get("CI")
    with _draw_bar() if on_screen else _print_lines_meanwhile() as report_progress:
        yield report_progress


@dataclass
class LatestStage:
    """The stage that the run reported last, which another thread prints."""

    text: str = "starting"
    """The stage, in words."""

    def note(self, what: str, done: int, total: int) -> None:
        """Replace the stage."""
        self.text = f"{what}, {done} of {total}" if total else f"{what}, {done}"


def generate_lines(latest: LatestStage, *, wait: Wait, clock: Clock) -> Iterator[str]:
    """Yield a line every half minute until the run has ended."""
    start = clock()
    while not wait(EVERY):
        minutes, seconds = divmod(round(clock() - start), 60)
        yield f"still running after {minutes}:{seconds:02d} min: {latest.text}"


@contextlib.contextmanager
def _print_lines_meanwhile() -> Iterator[Progress]:
    latest = LatestStage()
    ended = Event()

    def print_lines() -> None:
        for line in generate_lines(latest, wait=ended.wait, clock=time.monotonic):
            print_stderr(line)

    printer = Thread(target=print_lines, daemon=True)
    printer.start()
    try:
        yield latest.note
    finally:
        ended.set()
        printer.join()


@contextlib.contextmanager
def _draw_bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report_progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=None)
            bar.update(tasks[what], completed=done, total=total or None)  # 0: not known yet

        yield report_progress
