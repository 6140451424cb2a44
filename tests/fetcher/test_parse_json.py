"""JSON from elsewhere: numbers of any length, answers of any size, and a reason for everything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from enrich.fetcher.parse_json import MOST_VALUES, parse_json, parse_large_json
from tests.fetcher.sources.test_crossref import JSON

ENDLESS = "9" * 5000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param('{"a": [1, 2.5, -3]}', {"a": [1, 2.5, -3]}, id="ordinary numbers"),
        pytest.param(f'{{"a": {ENDLESS}, "b": 2}}', {"a": None, "b": 2}, id="5,000 digits count as null"),
        pytest.param(f"[-{ENDLESS}, 1]", [None, 1], id="and so they do below zero"),
        pytest.param(f"[{10**35}, {ENDLESS}]", [10**35, None], id="other long numbers stay"),
        pytest.param(f"[1e999, 0.{ENDLESS}]", [float("inf"), 1.0], id="fractions and exponents of any size"),
        pytest.param(f'"{ENDLESS}"', ENDLESS, id="digits in quotes are a text"),
    ],
)
def test_a_number_of_any_length_costs_no_other_value(text: str, value: object) -> None:
    assert parse_json(text.encode()) == value
    assert parse_json(text) == value
    assert parse_large_json(f"  {text}") == value


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        pytest.param(b"{", ValueError, "Expecting property name", id="cut off"),
        pytest.param(b"", ValueError, "Expecting value", id="empty"),
        pytest.param(b'"\xff"', ValueError, "can't decode byte 0xff", id="not UTF-8"),
        pytest.param(
            f"[{ENDLESS}".encode(), ValueError, "Expecting ',' delimiter", id="cut off, long number"
        ),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, RecursionError, "recursion", id="too deep"),
        pytest.param(b"[" + b"{}," * MOST_VALUES + b"{}]", ValueError, "more than 1,000,000", id="objects"),
        pytest.param(b"[" + b"[]," * MOST_VALUES + b"[]]", ValueError, "more than 1,000,000", id="lists"),
        pytest.param(b"[" + b"1," * MOST_VALUES + b"1]", ValueError, "more than 1,000,000", id="numbers"),
    ],
)
def test_everything_else_has_a_reason(text: bytes, error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        parse_json(text)


def test_a_file_that_the_owner_chose_may_have_any_number_of_values() -> None:
    assert parse_large_json("[" + "1," * MOST_VALUES + "1]") == [1] * (MOST_VALUES + 1)


@given(JSON)
def test_ordinary_json_is_read_as_the_standard_library_reads_it(value: object) -> None:
    text = json.dumps(value)
    assert parse_json(text) == parse_json(text.encode()) == json.loads(text)
