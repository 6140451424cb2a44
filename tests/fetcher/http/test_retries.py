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
        pytest.param(None, None, id="none"),
        pytest.param("7", 7.0, id="seconds"),
        pytest.param(formatdate(time() - 500, usegmt=True), 0.0, id="a date gone by"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="nothing"),
        pytest.param("-3", None, id="less than nothing"),
        pytest.param("1e400", None, id="more than a float can hold"),
        pytest.param("9" * 5000, None, id="5,000 digits"),
        pytest.param("Sun, 15 Jun 99999999 15:06:45 GMT", None, id="a year of eight digits"),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value) == seconds


def test_a_retry_after_that_is_a_date() -> None:
    assert parse_retry_after(formatdate(time() + 50, usegmt=True)) == pytest.approx(50, abs=5)


def test_waits_are_doubled_and_a_wish_for_quiet_is_honoured() -> None:
    time = FakeTime()
    faults = iter([TransientError("503"), TransientError("429", pause=9), TransientError("503")])

    def call() -> str:
        for fault in faults:
            raise fault
        return "there"

    assert call_with_retries(call, time.clock()) == "there"
    assert sum(time.slept) == 0.5 + 9 + 2.0


def test_a_wait_ends_when_the_service_is_given_up() -> None:
    time = FakeTime()

    def call() -> str:
        raise TransientError("429", pause=3600)

    def check() -> None:
        if time.slept[3:]:
            raise CircuitOpenError("for this run")

    with pytest.raises(CircuitOpenError):
        call_with_retries(call, time.clock(), check)
    assert sum(time.slept) < 5


def test_only_temporary_faults_are_retried() -> None:
    calls = []

    def call() -> None:
        calls.append(1)
        raise PermanentError("403")

    with pytest.raises(PermanentError):
        call_with_retries(call, FakeTime().clock())
    assert len(calls) == 1
