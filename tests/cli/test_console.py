"""The terminal: colour, character sets, closed and full streams."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from enrich.cli import console
from enrich.errors import EndedBySignal, explain_interrupt
from tests.support.sample import ROOT


class Screen(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "environ", "file", "on_terminal", "colored"),
    [
        pytest.param("auto", {}, "-", True, True, id="a terminal"),
        pytest.param("auto", {}, "-", False, False, id="a pipe"),
        pytest.param("auto", {}, "out.txt", True, False, id="a file"),
        pytest.param("auto", {"TERM": "dumb"}, "-", True, False, id="a terminal without colour"),
        pytest.param("auto", {"NO_COLOR": "1"}, "-", True, False, id="NO_COLOR"),
        pytest.param("auto", {"NO_COLOR": ""}, "-", True, True, id="an empty NO_COLOR says nothing"),
        pytest.param("auto", {"FORCE_COLOR": "1"}, "-", False, True, id="FORCE_COLOR in a pipe"),
        pytest.param("auto", {"FORCE_COLOR": "1"}, "out.txt", False, False, id="FORCE_COLOR means no file"),
        pytest.param("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "-", True, False, id="both: no colour"),
        pytest.param("always", {"NO_COLOR": "1"}, "out.txt", False, True, id="always"),
        pytest.param("never", {"FORCE_COLOR": "1"}, "-", True, False, id="never"),
    ],
)
def test_colour(
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    environ: dict[str, str],
    file: str,
    on_terminal: bool,
    colored: bool,
) -> None:
    monkeypatch.setattr(sys, "stdout", Screen() if on_terminal else io.StringIO())
    assert console.is_colored(choice, environ, file) is colored


def test_a_terminal_of_few_letters_shows_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    screen = io.TextIOWrapper(raw, encoding="ascii")
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    console.print_stdout("naïve …\n")
    screen.flush()
    assert raw.getvalue() == b"na?ve ?\n"


def test_a_pipe_is_utf_8_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    console.print_stdout("naïve …\r\n")
    assert raw.getvalue() == "naïve …\r\n".encode()


def test_closed_streams_are_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    console.print_stdout("x")
    console.print_stderr("x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_ends_the_program_with_4(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "enrich", "config", str(tmp_path)],
            env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.startswith("error: cannot print to <stdout>: the disk is full\n")


@pytest.mark.parametrize("name", console.ENDS)
@pytest.mark.parametrize(
    ("message", "said"),
    [
        pytest.param("", console.RUN_AGAIN, id="without a message"),
        pytest.param("1 page was written", "1 page was written", id="with one"),
    ],
)
def test_the_end_of_a_job_is_an_interrupt_in_the_block_alone(name: str, message: str, said: str) -> None:
    number = getattr(signal, name, signal.SIGINT)
    before = signal.getsignal(number)
    with (
        pytest.raises(EndedBySignal) as ended,
        console.raise_on_interrupt(),
        explain_interrupt(message),
    ):
        signal.raise_signal(number)
    assert (ended.value.number, str(ended.value)) == (number, said)
    assert signal.getsignal(number) == before


def test_an_ignored_signal_stays_ignored() -> None:
    """As after `nohup`, or in a script that starts the command in the background."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with console.raise_on_interrupt():
            signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
