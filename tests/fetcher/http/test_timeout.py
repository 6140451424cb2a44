"""A call's result that comes too late is closed, once; a result in time is returned."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from enrich.fetcher.http.timeout import CallTimeout, run_until
from tests.support.clock import FakeTime


class Ended(Exception):
    """Raised by the check of a run that has ended."""


def end_run() -> None:
    raise Ended


ABANDONED = [
    pytest.param(-1.0, lambda: None, CallTimeout, id="at its deadline"),
    pytest.param(1e12, end_run, Ended, id="at the end of the run"),
]


@pytest.mark.parametrize(("deadline", "check", "error"), ABANDONED)
def test_a_result_that_comes_too_late_is_closed_once(
    deadline: float, check: Callable[[], None], error: type[Exception]
) -> None:
    may_end, is_closed = Event(), Event()
    closed: list[str] = []

    def answer() -> str:
        assert may_end.wait(30)
        return "a socket"

    def close(opened: str) -> None:
        closed.append(opened)
        is_closed.set()

    with pytest.raises(error):
        run_until(deadline, answer, FakeTime().clock(), check, close)
    assert closed == []
    may_end.set()
    assert is_closed.wait(30)
    assert closed == ["a socket"]


def test_a_result_in_time_is_returned_and_not_closed() -> None:
    closed: list[str] = []
    assert run_until(1e12, lambda: "a socket", FakeTime().clock(), lambda: None, closed.append) == "a socket"
    assert closed == []


def test_an_error_in_time_is_raised() -> None:
    closed: list[object] = []
    with pytest.raises(Ended):
        run_until(1e12, end_run, FakeTime().clock(), lambda: None, closed.append)
    assert closed == []
