"""Progress: a bar on a terminal, a line now and then elsewhere, nothing if it is not wanted."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from enrich import pipeline
from enrich.cli.progress import EVERY, LatestStage, generate_lines, show_progress
from enrich.settings.load import load_settings
from tests.support.sample import RECORDS, copy_site


class Screen(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "on_terminal", "wanted", "shown"),
    [
        pytest.param({}, True, True, True, id="a terminal"),
        pytest.param({}, True, False, False, id="quiet, or --no-progress"),
        pytest.param({}, False, True, False, id="a pipe"),
        pytest.param({"CI": "true"}, True, True, False, id="continuous integration"),
        pytest.param({"TERM": "dumb"}, True, True, False, id="a terminal that cannot move its cursor"),
    ],
)
def test_the_bar(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], on_terminal: bool, wanted: bool, shown: bool
) -> None:
    screen = Screen() if on_terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    with show_progress(environ, wanted=wanted) as show:
        assert (show is not None) is wanted
        if show is not None:
            show("reading", 3, 0)
            show("pages [bold]", 3, 12)
            show("pages [bold]", 12, 12)
    assert ("pages [bold]" in screen.getvalue()) is shown
    assert shown or screen.getvalue() == ""


def test_a_long_run_says_every_half_minute_where_it_is() -> None:
    seconds = [100.0]
    latest = LatestStage()
    stages = iter([("reading", 40, 0), ("look-ups", 40, 480), ("look-ups", 80, 480)])

    def wait(time: float) -> bool:
        seconds[0] += time
        latest.note(*next(stages))
        return seconds[0] > 100 + 2 * EVERY

    assert list(generate_lines(latest, wait=wait, clock=lambda: seconds[0])) == [
        "still running after 0:30 min: reading, 40",
        "still running after 1:00 min: look-ups, 40 of 480",
    ]


def test_a_short_run_says_nothing() -> None:
    assert list(generate_lines(LatestStage(), wait=lambda _: True, clock=lambda: 0.0)) == []


def test_a_pipe_gets_the_latest_stage_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The half minute passes when the test lets it: no clock is waited for."""
    from threading import Event

    from enrich.cli import progress as module

    said: list[str] = []
    due, told = Event(), Event()

    class Ended(Event):
        def wait(self, timeout: float | None = None) -> bool:
            assert timeout == EVERY
            if told.is_set():
                return super().wait(60)
            due.wait(60)
            return False

    def say(line: str) -> None:
        said.append(line)
        told.set()

    monkeypatch.setattr(module, "Event", Ended)
    monkeypatch.setattr(module, "print_stderr", say)
    with module.show_progress({"CI": "true"}, wanted=True) as show:
        assert show is not None
        show("pages", 7, 12)
        due.set()
        assert told.wait(60)
    assert len(said) == 1
    assert said[0].endswith("min: pages, 7 of 12")


def test_the_stages_of_a_run(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    told: list[tuple[str, int, int]] = []
    settings = replace(load_settings(site), records=site / RECORDS)
    pipeline.run(settings, [site], act=False, progress=lambda *now: told.append(now))
    assert [*dict.fromkeys(what for what, _, _ in told)] == ["reading", "look-ups", "pages"]
    assert told[-1] == ("pages", 16, 16)
