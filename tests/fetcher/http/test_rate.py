"""The documented rates, and the rates that headers announce, in all their spellings."""

from __future__ import annotations

import pytest

from enrich.fetcher.access import Access
from enrich.fetcher.http.rate import Rate, count_allowed_at_once, get_documented_rate, read_rate
from enrich.fetcher.sources import crossref
from enrich.fetcher.sources.source import CallKind

PUBLIC, POLITE, PLUS = Access(), Access(mailto="a@b.org"), Access(token="t")  # noqa: S106  # an example

LIMIT, INTERVAL, POOL = "x-rate-limit-limit", "x-rate-limit-interval", "x-api-pool"


@pytest.mark.parametrize(
    ("access", "single", "lists", "together"),
    [
        pytest.param(PUBLIC, 5, 1, 1, id="public"),
        pytest.param(POLITE, 10, 3, 3, id="polite"),
        pytest.param(PLUS, 150, 150, 3, id="plus"),
    ],
)
def test_a_run_starts_with_the_documented_rates(
    access: Access, single: int, lists: int, together: int
) -> None:
    assert get_documented_rate(crossref.SERVICE, "single", access) == Rate(single)
    assert get_documented_rate(crossref.SERVICE, "list", access) == Rate(lists)
    assert count_allowed_at_once(access) == together


@pytest.mark.parametrize(
    ("headers", "kind", "rate"),
    [
        pytest.param({LIMIT: "10", INTERVAL: "1s"}, "single", Rate(10), id="usual"),
        pytest.param(
            {"x-ratelimit-limit": "3", INTERVAL: "1s"}, "list", Rate(3), id="as it was spelled before"
        ),
        pytest.param({"x-rate-limit": "5"}, "single", Rate(5), id="a short name, no interval"),
        pytest.param({LIMIT: "5", INTERVAL: "500ms"}, "single", Rate(5, 0.5), id="milliseconds"),
        pytest.param({LIMIT: "9", POOL: "polite-single"}, "list", None, id="the pool of single calls"),
        pytest.param({LIMIT: "9", POOL: "polite-array"}, "single", None, id="the pool of list calls"),
        pytest.param({LIMIT: "9", POOL: "polite"}, "list", Rate(9), id="a pool for both kinds"),
        pytest.param({}, "single", None, id="no header"),
        pytest.param({LIMIT: "0"}, "single", None, id="zero"),
        pytest.param({LIMIT: "lots"}, "single", None, id="a word"),
        pytest.param({LIMIT: "5", INTERVAL: "soon"}, "single", None, id="an interval that is a word"),
        pytest.param({LIMIT: "9" * 5000}, "single", None, id="a rate of 5,000 digits"),
        pytest.param({LIMIT: "1e400"}, "single", None, id="an infinite rate"),
        pytest.param(
            {LIMIT: "5", INTERVAL: "9" * 5000 + "s"}, "list", None, id="an interval of 5,000 digits"
        ),
    ],
)
def test_the_rate_is_read_from_the_headers(
    headers: dict[str, str], kind: CallKind, rate: Rate | None
) -> None:
    assert read_rate(headers, kind) == rate
