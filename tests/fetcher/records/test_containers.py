"""Records out of streams: every place to cut them, offsets that hold, and an end at what is broken."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.fetcher.records import containers, json_stream
from enrich.fetcher.records.containers import RawRecord, ReadError, read_parts
from enrich.fetcher.records.record_shapes import list_dois, unwrap_records
from tests.support.stand_in import work

ONE, TWO = work("10.1000/a", abstract="é ₂ \U0001f600"), work("10.1000/b", volume=3)


class Dribble(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    size = 1

    def read1(self, _: int | None = -1, /) -> bytes:
        return self.read(self.size)


def read(text: bytes, *, lines: bool = False, size: int = 10**6) -> list[RawRecord | ReadError]:
    stream = Dribble(text)
    stream.size = size
    return list(read_parts(stream, lines=lines))


def found(read_parts: list[RawRecord | ReadError]) -> list[object]:
    """Return the records, read again from the bytes that were noted."""
    return [
        leaf
        for part in read_parts
        if isinstance(part, RawRecord)
        for leaf in unwrap_records(json.loads(part.text))
    ]


WHOLE = {
    "an array": [ONE, TWO],
    "the public data file": {"items": [ONE, TWO]},
    "an API's list": {"status": "ok", "message": {"facets": {}, "total-results": 2, "items": [ONE, TWO]}},
    "lists in lists": [[ONE], [[]], [[TWO]]],
    "answers in a list": [{"status": "ok", "message": ONE}, {"status": "ok", "message": TWO}],
    "containers in a list": [{"items": [ONE]}, {"items": []}, {"data": [{"message": TWO}]}],
    "what is behind": {"data": [ONE, TWO], "meta": {"total": 2.5e3, "n": None}, "links": []},
}


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing fit: entries of lists are taken apart, and so are lines."""
    monkeypatch.setattr(containers, "WHOLE", 8)
    monkeypatch.setattr(json_stream, "CHUNK", 4)


@pytest.mark.parametrize("value", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("size", [3, 10**6])
@pytest.mark.parametrize("ascii_only", [True, False])
class TestContainers:
    def test_at_once(self, value: object, indent: int | None, size: int, *, ascii_only: bool) -> None:
        text = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
        got = read(text, size=size)
        assert found(got) == [ONE, TWO]
        for piece in got:
            assert isinstance(piece, RawRecord)
            assert text[piece.start :][: len(piece.text)] == piece.text
            assert piece.line == 1 + text[: piece.start].count(b"\n")

    @pytest.mark.usefixtures("tiny")
    def test_bit_by_bit(self, value: object, indent: int | None, size: int, *, ascii_only: bool) -> None:
        self.test_at_once(value, indent, size, ascii_only=ascii_only)

    def test_on_a_line(self, value: object, indent: int | None, size: int, *, ascii_only: bool) -> None:
        text = json.dumps(value, ensure_ascii=ascii_only).encode()
        lines = b"\xef\xbb\xbf" + b"\r\n\n".join([text, b"{", text, b"3"]) + (b"\n" if indent else b"")
        got = read(lines, lines=True, size=size)
        assert [leaf for leaf in found(got) if leaf != 3] == [ONE, TWO, ONE, TWO]
        assert [part for part in got if isinstance(part, ReadError)] == [
            ReadError(3, "not JSON: Expecting property name enclosed in double quotes")
        ]
        assert all(lines[part.start :].startswith(part.text) for part in got if isinstance(part, RawRecord))

    @pytest.mark.usefixtures("tiny")
    def test_on_a_line_that_does_not_fit(
        self, value: object, indent: int | None, size: int, *, ascii_only: bool
    ) -> None:
        text = json.dumps(value, ensure_ascii=ascii_only).encode()
        lines = b"\n".join([text, b'{"items": [ }', text]) + (b"\n" if indent else b"")
        got = read(lines, lines=True, size=size)
        assert found(got) == [ONE, TWO, ONE, TWO]
        assert [part.line for part in got if isinstance(part, ReadError)] == [2]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(
    st.text(max_size=5).filter(lambda key: key not in ("message", "data", "items")), VALUES, max_size=4
).map(lambda fields: {"DOI": "10.1/x", **fields})
TREES: st.SearchStrategy[Any] = st.recursive(
    RECORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.builds(lambda items: {"n": 1, "items": items}, st.lists(inner))
    ),
    max_leaves=6,
)


@given(TREES, st.integers(1, 40), st.integers(1, 40), st.booleans())
@settings(max_examples=100, deadline=None)
def test_what_is_found_does_not_depend_on_how_it_is_read(
    tree: Any,  # noqa: ANN401  # any JSON
    size: int,
    whole: int,
    lines: bool,
) -> None:
    text = json.dumps(tree, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(containers, "WHOLE", whole)
        patch.setattr(json_stream, "CHUNK", size)
        assert found(read(text, lines=lines, size=size)) == list(unwrap_records(tree))


@given(TREES, st.data())
@settings(max_examples=100, deadline=None)
def test_a_file_that_was_cut_off_has_the_records_up_to_there(tree: Any, data: st.DataObject) -> None:  # noqa: ANN401
    text = json.dumps(tree).encode()
    cut = data.draw(st.integers(0, len(text) - 1))
    got = read(text[:cut])
    records = found(got)
    assert records == list(unwrap_records(tree))[: len(records)]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        pytest.param(b"[1, 2", ReadError(1, "not JSON: Expecting ',' or ']'"), id="no end"),
        pytest.param(b"[1,\n 2 3]", ReadError(2, "not JSON: Expecting ',' or ']'"), id="no comma"),
        pytest.param(b'{"items": [1]\n\n', ReadError(3, "not JSON: Expecting '}'"), id="no end of an object"),
        pytest.param(
            b"{1: 2}",
            ReadError(1, "not JSON: Expecting property name enclosed in double quotes"),
            id="a number",
        ),
        pytest.param(b'{"a" 1}', ReadError(1, "not JSON: Expecting ':'"), id="no colon"),
        pytest.param(b'{"a": }', ReadError(1, "not JSON: Expecting value"), id="no value"),
        pytest.param(b"oops", ReadError(1, "not JSON: Expecting value"), id="no JSON at all"),
        pytest.param(b"\n[" * 50_000, ReadError(2, "nested too deeply"), id="too deep"),
        pytest.param(b'{"a": "\xff"}', ReadError(1, "not JSON: 'utf-8' codec can't decode byte 0xff in position 7: invalid start byte"), id="not UTF-8"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_is_broken_is_told_with_its_line(text: bytes, flaw: ReadError) -> None:
    assert [part for part in read(text) if isinstance(part, ReadError)] == [flaw]


def test_what_is_read_before_the_stream_fails_is_used() -> None:
    packed = gzip.compress(json.dumps([ONE] * 20_000).encode())[:-20]
    got: list[RawRecord] = []

    def take() -> Iterator[RawRecord]:
        with gzip.open(io.BytesIO(packed)) as stream:
            for part in read_parts(stream, lines=False):  # type: ignore[arg-type]
                assert isinstance(part, RawRecord)
                yield part

    with pytest.raises(EOFError):
        got.extend(take())
    assert 0 < len(got) <= 20_000
    assert list_dois(got[-1].value) == ("10.1000/a",)


@pytest.mark.parametrize("start", [b"oops", b"[oops", b'["oops'], ids=["no JSON", "no entry", "no end"])
def test_a_broken_line_is_skipped_without_being_held(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "WHOLE", 2**16)
    text = start + b"x" * 2**23 + b"\n" + json.dumps(ONE).encode() + b"\n"
    tracemalloc.start()
    got = read(text, lines=True, size=2**16)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [type(part) for part in got] == [ReadError, RawRecord]
    assert peak < 2**21


@pytest.mark.parametrize("size", [1, 7, 10**6])
def test_a_number_of_any_length_is_read_wherever_it_is_cut(size: int) -> None:
    text = b'{"n": %s, "m": -1.5e%s, "items": [%s]}' % (b"9" * 5000, b"9" * 400, json.dumps(ONE).encode())
    assert found(read(text, size=size)) == [ONE]
