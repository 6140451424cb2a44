"""The circuit breaker: when a run gives up on a service."""

from __future__ import annotations

import pytest

from enrich.fetcher.http.call_errors import CircuitOpenError, TransientError
from enrich.fetcher.http.circuit_breaker import MOST_FAILURES, Circuit
from tests.support.clock import FakeTime


def test_a_circuit_opens_after_ten_failures_in_a_row() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            circuit.record_failure(TransientError("503"), time.now)
        circuit.raise_if_open()
        circuit.record_success()
    for _ in range(MOST_FAILURES):
        circuit.record_failure(TransientError("Crossref answered with status 503"), time.now)
    with pytest.raises(CircuitOpenError, match=r"gave up on Crossref for this run: .* status 503"):
        circuit.raise_if_open()


def test_a_circuit_opens_when_too_much_time_is_lost() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(2):
        started = time.now
        time.sleep(50)
        circuit.record_failure(TransientError("slow"), started)
    with pytest.raises(CircuitOpenError):
        circuit.raise_if_open()


def test_time_between_calls_does_not_count_as_lost() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    for _ in range(MOST_FAILURES - 1):
        circuit.record_failure(TransientError("503"), time.now)
        time.sleep(100)
    circuit.raise_if_open()


def test_a_circuit_opens_when_the_service_asks_for_a_long_pause() -> None:
    time = FakeTime()
    circuit = Circuit("Crossref", time.clock())
    circuit.record_failure(TransientError("429", pause=3600), time.now)
    with pytest.raises(CircuitOpenError):
        circuit.raise_if_open()
