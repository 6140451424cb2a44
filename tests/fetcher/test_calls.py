"""Many calls at once: results as they come, the first error, and an early end."""

from __future__ import annotations

from threading import Event, Lock

import pytest

from enrich.fetcher.calls import each


def test_every_result_comes_once() -> None:
    assert sorted(each([lambda n=n: n for n in range(50)], 3)) == list(range(50))  # type: ignore[misc]


def test_nothing_to_do() -> None:
    assert list(each([], 3)) == []


def test_the_first_error_ends_it() -> None:
    started, lock = [], Lock()

    def task() -> None:
        with lock:
            started.append(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(each([task] * 50, 1))
    assert len(started) < 50


def test_who_stops_listening_stops_the_rest() -> None:
    done, go = [], Event()

    def task() -> int:
        go.wait(10)
        done.append(1)
        return 1

    results = each([lambda: 0, *[task] * 50], 1)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]  # what an interrupt does to a generator
    go.set()
    assert len(done) <= 1
