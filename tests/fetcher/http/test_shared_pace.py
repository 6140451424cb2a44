"""The pace that processes share: when the next call may start."""

from __future__ import annotations

import pytest

from enrich.fetcher.http.rate import Rate
from enrich.fetcher.http.shared_pace import Pace, read_paces

RATE = Rate(10)


@pytest.mark.parametrize(
    ("rate", "took", "end"),
    [
        pytest.param(Rate(1, 1), 4.1, 101.25, id="one second: late by at most a quarter of a second"),
        pytest.param(Rate(1, 10), 4.1, 112.5, id="ten seconds: late by at most two and a half"),
        pytest.param(Rate(1, 10), 1.1, 111.0, id="ten seconds: late by the whole second that it took longer"),
        pytest.param(Rate(1, 0.2), 4.1, 100.25, id="200 ms: late by at most 50 ms"),
        pytest.param(Rate(1, 60), 4.1, 164.0, id="a minute: late by all of the four seconds"),
    ],
)
def test_a_slow_call_counts_as_late_by_at_most_a_quarter_of_the_interval(
    rate: Rate, took: float, end: float
) -> None:
    pace = Pace(started=[100.0], fastest=0.1)
    pace.record_duration(100.0 + took, took, rate)
    assert pace.seconds_left(100.0, rate) == pytest.approx(end - 100.0)


def test_a_file_never_makes_calls_faster() -> None:
    (pace,) = read_paces(b'{"x": {"next": -5, "slowness": 0.001, "gap": 0}}', 1000.0).values()
    pace.start_call(1000.0, RATE, RATE.gap)
    assert pace.next == 1000.0 + RATE.gap
