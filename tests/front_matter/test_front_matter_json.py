"""A stored front matter is the parsed one, to the type of every value; anything else is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.front_matter.front_matter_json import decode_front_matter, encode_front_matter
from enrich.front_matter.page_text import read_page
from enrich.model.page import FrontMatter, Page
from tests.support.front_matter_corpus import readings

STORED = (
    "---\n---\n",
    "---\ntitle: A title  # and a comment\n# its own line\nauthors: [Ada, Grace]\n---\nText\n",
    "---\na: 1\nb: 1.0\nc: true\nd: '1'\ne: null\nf: ~\ng: 1e3\nh: 0x1F\ni: 2020-13-45\nj: yes\n---\n",
    "---\nparams: {doi: 10.5555/x, Inner: [{a: 1}, {b: [2, [3]]}]}\nhugoblox:\n  ids:\n    doi: y # c\n---\n",
    "---\na: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\na: 3\n---\n",
    "---\nabstract: |\n  Two\n  lines # not a comment\n---\n",
    '---\n1: one\ntrue: two\n"": three\nÄ: "\\U0001F600 \\x00"\n---\n',
    f"---\nlarge: {'9' * 4000}\n---\n",
    "\ufeff---\r\ntitle: x\r\n---\r\n",
    "+++\ntitle = 'x' # c\nday = 2020-02-30\n[params]\n[[params.many]]\nn = 1_000\nf = 1.5\n+++\n",
    '{"title": "x", "deep": {"list": [1, 1.0, true, null, "\\ud800"]}}\nText\n',
)
NOT_STORED = ("---\na: .nan\n---\n", "---\na: [1, -.inf]\n---\n", "+++\na = inf\n+++\n")


def list_types(value: object) -> object:
    """Return a value with the type of each part."""
    if isinstance(value, dict):
        return dict, [(key, list_types(item)) for key, item in value.items()]
    return (list, [*map(list_types, value)]) if isinstance(value, list) else (type(value), value)


def is_kept(page: Page) -> bool:
    """Return whether a page's front matter comes back from JSON as it was, with its types and their order."""
    text = encode_front_matter(page.front)
    back = decode_front_matter(text) if text else None
    return back == page.front and list_types(back.data) == list_types(page.front.data)


def test_a_front_matter_comes_back_as_it_was() -> None:
    assert [text for text in STORED if not is_kept(read_page("a.md", text))] == []


@pytest.mark.corpus
def test_the_front_matter_of_every_real_page_comes_back(corpus: object) -> None:
    pages = readings(corpus / "sites")[0]  # type: ignore[operator]
    assert len(pages) > 1_000
    assert [page.path for page in pages if not is_kept(page)] == []


def test_a_number_that_json_lacks_is_not_stored() -> None:
    assert [text for text in NOT_STORED if encode_front_matter(read_page("a.md", text).front)] == []


def test_a_value_that_no_parser_gives_is_not_stored() -> None:
    for value in ({1: "a"}, {"a": (1, 2)}, {"a": b"x"}, {"a": {1, 2}}):
        assert encode_front_matter(FrontMatter("yaml", value, 4, 4, {})) is None, value  # type: ignore[arg-type]


SOUND = ["yaml", {"a": 1}, 4, 9, [[["a"]], [2]], [[2, " text", False]]]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def test_the_sound_one_is_read() -> None:
    front = decode_front_matter(json.dumps(SOUND))
    assert front is not None
    assert (front.data, front.lines, front.comments[0].text) == ({"a": 1}, {("a",): 2}, " text")


@given(ANY, st.integers(0, len(SOUND)))
def test_other_json_is_none_or_sound(value: object, place: int) -> None:
    text = json.dumps([*SOUND[:place], value, *SOUND[place + 1 :]] if place < len(SOUND) else value)
    front = decode_front_matter(text)
    if front is not None:
        assert isinstance(front.format, str)
        assert isinstance(front.data, dict)
        assert all(isinstance(line, int) for line in (front.start, front.end, *front.lines.values()))
        assert all(isinstance(one.text, str) and isinstance(one.line, int) for one in front.comments)


@pytest.mark.parametrize("text", ["", "[", "[" * 100_000, b"\xff", "9" * 5_000, json.dumps([*SOUND[:1], {}])])
def test_a_text_that_is_no_front_matter_is_none(text: str | bytes) -> None:
    assert decode_front_matter(text) is None


def test_values_deeper_than_a_front_matter_has_are_none() -> None:
    deep: object = 1
    for _ in range(60):
        deep = [deep]
    assert decode_front_matter(json.dumps(["yaml", {"a": deep}, *SOUND[2:]])) is None
