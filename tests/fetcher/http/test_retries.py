"""Retries: which errors are retried, how often, and after which pauses."""

from __future__ import annotations

from email.utils import formatdate
from time import time

import pytest

from enrich.fetcher.http.call_errors import CircuitOpenError, PermanentError, TransientError
from enrich.fetcher.http.retries import call_with_retries, parse_retry_after
from tests.support.clock import FakeTime


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param(None, None, id="no header"),
        pytest.param("7", 7.0, id="seconds"),
        pytest.param(formatdate(time() - 500, usegmt=True), 0.0, id="a past date"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="an empty header"),
        pytest.param("-3", None, id="a negative number"),
        pytest.param("1e400", None, id="more than a float can hold"),
        pytest.param("9" * 5000, None, id="5,000 digits"),
        pytest.param("Sun, 15 Jun 99999999 15:06:45 GMT", None, id="a year of eight digits"),
    ],
)
def test_a_retry_after_header_gives_seconds_or_nothing(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value) == seconds


def test_a_retry_after_date_gives_the_seconds_until_then() -> None:
    assert parse_retry_after(formatdate(time() + 50, usegmt=True)) == pytest.approx(50, abs=5)


def test_pauses_double_and_last_as_long_as_the_service_asks() -> None:
    time = FakeTime()
    errors = iter([TransientError("503"), TransientError("429", pause=9), TransientError("503")])

    def call() -> str:
        for error in errors:
            raise error
        return "there"

    assert call_with_retries(call, time.clock()) == "there"
    assert sum(time.slept) == 0.5 + 9 + 2.0


def test_a_pause_ends_when_the_run_gives_up_on_the_service() -> None:
    time = FakeTime()

    def call() -> str:
        raise TransientError("429", pause=3600)

    def check() -> None:
        if time.slept[3:]:
            raise CircuitOpenError("for this run")

    with pytest.raises(CircuitOpenError):
        call_with_retries(call, time.clock(), check)
    assert sum(time.slept) < 5


def test_only_transient_errors_are_retried() -> None:
    calls = []

    def call() -> None:
        calls.append(1)
        raise PermanentError("403")

    with pytest.raises(PermanentError):
        call_with_retries(call, FakeTime().clock())
    assert len(calls) == 1
