"""A call that is given up: what it opens late is closed, once; what it returns in time is kept."""

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


GIVEN_UP = [
    pytest.param(-1.0, lambda: None, CallTimeout, id="at its deadline"),
    pytest.param(1e12, end_run, Ended, id="at the end of the run"),
]


@pytest.mark.parametrize(("deadline", "check", "error"), GIVEN_UP)
def test_what_a_call_opens_after_it_is_given_up_is_closed(
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


def test_a_result_in_time_is_not_closed() -> None:
    closed: list[str] = []
    assert run_until(1e12, lambda: "a socket", FakeTime().clock(), lambda: None, closed.append) == "a socket"
    assert closed == []


def test_an_error_in_time_is_raised() -> None:
    closed: list[object] = []
    with pytest.raises(Ended):
        run_until(1e12, end_run, FakeTime().clock(), lambda: None, closed.append)
    assert closed == []
