"""Many calls at once: results in the order in which calls end, errors in the waiting thread, an early end."""

from __future__ import annotations

from threading import Event, Lock

import pytest

from enrich.fetcher.http.workers import Channel, WorkerPools

ONE: Channel = ("crossref", "single")
OTHER: Channel = ("crossref", "list")


def test_every_result_comes_once() -> None:
    pools = WorkerPools[int](3)
    for number in range(50):
        pools.submit(ONE if number % 3 else OTHER, lambda number=number: number)  # type: ignore[misc]
    assert sorted(pools.next_result() for _ in range(50)) == list(range(50))
    assert not +pools.open_tasks


def test_a_channel_has_at_most_its_number_of_threads() -> None:
    pools, lock, inside = WorkerPools[int](2), Lock(), []
    most = 0

    def task() -> int:
        nonlocal most
        with lock:
            inside.append(1)
            most = max(most, len(inside))
        with lock:
            inside.pop()
        return 1

    for _ in range(200):
        pools.submit(ONE, task)
    assert sum(pools.next_result() for _ in range(200)) == 200
    assert most <= 2


def test_a_channel_that_waits_does_not_delay_the_others() -> None:
    pools, go = WorkerPools[str](1), Event()
    pools.submit(ONE, lambda: f"late {go.wait(10)}")
    pools.submit(OTHER, lambda: "soon")
    assert pools.next_result() == "soon"
    assert pools.open_tasks == {ONE: 1, OTHER: 0}
    go.set()
    assert pools.next_result() == "late True"


def test_an_error_is_raised_to_the_waiting_thread() -> None:
    pools = WorkerPools[float](1)
    pools.submit(ONE, lambda: 1 / 0)
    pools.submit(ONE, lambda: 1.0)
    with pytest.raises(ZeroDivisionError):
        pools.next_result()
    assert pools.next_result() == 1.0


def test_a_cancelled_task_does_not_start() -> None:
    pools, begun, go = WorkerPools[int](1), Event(), Event()
    done = []

    def first() -> int:
        begun.set()
        go.wait(10)
        return 0

    pools.submit(ONE, first)
    for number in range(50):
        pools.submit(ONE, lambda number=number: done.append(number) or 0)  # type: ignore[misc,func-returns-value]
    begun.wait(10)
    pools.cancel_pending()
    go.set()
    assert pools.next_result() == 0
    assert done == []
