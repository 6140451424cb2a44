"""Say how far a run is: a bar on a terminal, elsewhere a plain line every half minute of a long run."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from threading import Event, Thread
from typing import Any

from enrich.cli.console import can_redraw, say

Progress = Callable[[str, int, int], None]
Clock = Callable[[], float]
# Waits so many seconds, or less where the run has ended: then true.
Wait = Callable[[float], bool]

EVERY = 30.0  # seconds: a job that says nothing for minutes is taken for dead, a talkative one is not read


@contextlib.contextmanager
def progress(environ: Mapping[str, str], *, wanted: bool) -> Iterator[Progress | None]:
    """Yield what the pipeline calls as it goes, or None where nothing is to be said on the way."""
    if not wanted:
        yield None
        return
    on_screen = can_redraw(sys.stderr, environ) and not environ.get("CI")
    with _bar() if on_screen else _lines() as show:
        yield show


def plain_lines(latest: Callable[[], str], *, wait: Wait, clock: Clock) -> Iterator[str]:
    """Yield a line every half minute until the run has ended; none if it was short."""
    began = clock()
    while not wait(EVERY):
        minutes, seconds = divmod(round(clock() - began), 60)
        yield f"still at work after {minutes}:{seconds:02d} min: {latest()}"


@contextlib.contextmanager
def _lines() -> Iterator[Progress]:
    now = "starting"
    ended = Event()

    def show(what: str, done: int, total: int) -> None:
        nonlocal now
        now = f"{what}, {done} of {total}" if total else f"{what}, {done}"

    def tell() -> None:
        for line in plain_lines(lambda: now, wait=ended.wait, clock=time.monotonic):
            say(line)

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield show
    finally:
        ended.set()
        teller.join()


@contextlib.contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=None)
            bar.update(tasks[what], completed=done, total=total or None)  # 0: nobody knows yet

        yield show
