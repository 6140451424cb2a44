"""Many calls at once: results as they come, errors where they are awaited, and an early end."""

from __future__ import annotations

from threading import Event, Lock

import pytest

from enrich.fetcher.http.workers import Lane, Lanes

ONE: Lane = ("crossref", "single")
OTHER: Lane = ("crossref", "list")


def test_every_result_comes_once() -> None:
    lanes = Lanes[int](3)
    for number in range(50):
        lanes.put(ONE if number % 3 else OTHER, lambda number=number: number)  # type: ignore[misc]
    assert sorted(lanes.take() for _ in range(50)) == list(range(50))
    assert not +lanes.open


def test_a_lane_has_so_many_threads_and_no_more() -> None:
    lanes, lock, inside = Lanes[int](2), Lock(), []
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
        lanes.put(ONE, task)
    assert sum(lanes.take() for _ in range(200)) == 200
    assert most <= 2


def test_a_lane_that_waits_holds_up_no_other() -> None:
    lanes, go = Lanes[str](1), Event()
    lanes.put(ONE, lambda: f"late {go.wait(10)}")
    lanes.put(OTHER, lambda: "soon")
    assert lanes.take() == "soon"
    assert lanes.open == {ONE: 1, OTHER: 0}
    go.set()
    assert lanes.take() == "late True"


def test_an_error_is_raised_where_it_is_awaited() -> None:
    lanes = Lanes[float](1)
    lanes.put(ONE, lambda: 1 / 0)
    lanes.put(ONE, lambda: 1.0)
    with pytest.raises(ZeroDivisionError):
        lanes.take()
    assert lanes.take() == 1.0


def test_what_is_cleared_is_not_begun() -> None:
    lanes, begun, go = Lanes[int](1), Event(), Event()
    done = []

    def first() -> int:
        begun.set()
        go.wait(10)
        return 0

    lanes.put(ONE, first)
    for number in range(50):
        lanes.put(ONE, lambda number=number: done.append(number) or 0)  # type: ignore[misc,func-returns-value]
    begun.wait(10)
    lanes.clear()
    go.set()
    assert lanes.take() == 0
    assert done == []
