"""Word diffs: old words, new words, and only as much context as is needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.page import Remote, Value
from enrich.report.parts.ansi import wrap_diff
from enrich.report.parts.word_diff import diff_words, shorten_pieces, split_visible_words

LONG = " ".join(f"w{number}" for number in range(30))


def marked(old: Value, new: Value) -> str:
    """Return the diff on one line, in brackets."""
    return " ".join(wrap_diff(shorten_pieces(diff_words(old, new)), width=10_000, color=False))


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        pytest.param("one two three", "one 2 three", "one [-two-] {+2+} three", id="a word is another"),
        pytest.param("one three", "one two three", "one {+two+} three", id="a word comes"),
        pytest.param("one two three", "one three", "one [-two-] three", id="a word goes"),
        pytest.param("", "one two", "{+one two+}", id="nothing there"),
        pytest.param(None, Remote("Blood", "*", "*"), "{+*Blood*+}", id="a record's text"),
        pytest.param(["A B", "C, D"], ["A B", "E", "C, D"], "A B; {+E;+} C, D", id="a name in a list"),
        pytest.param({"name": "X"}, {"name": "X", "volume": 3}, "name: X; {+volume: 3+}", id="keys"),
        pytest.param(["A B"], ["A B", "C D"], "A B; {+C D+}", id="a name after the last"),
        pytest.param(["A B", "C D"], ["A B"], "A B; [-C D-]", id="the last name less"),
        pytest.param(["A B", "C D"], ["A B", "C E"], "A B; C [-D-] {+E+}", id="the last name differs"),
        pytest.param(["A", "B"], ["C", "A", "B"], "{+C;+} A; B", id="a name before the first"),
        pytest.param(["A", "B"], ["B"], "[-A;-] B", id="the first name less"),
        pytest.param(
            ["A B", "M. C"], ["A B", "M. D", "M. C"], "A B; {+M. D;+} M. C", id="an initial of two people"
        ),
        pytest.param(["M. C"], ["M. D", "M. C"], "{+M. D;+} M. C", id="the same before the first"),
        pytest.param(
            ["A", "M. D", "M. C"],
            ["A", "M. C"],
            "A; [-M. D;-] M. C",
            id="one of two people with an initial less",
        ),
        pytest.param(
            ["A", "J. M. C"], ["A", "J. M. D", "J. M. C"], "A; {+J. M. D;+} J. M. C", id="two initials shared"
        ),
        pytest.param(
            ["A", "M. C", "E"],
            ["A", "M. D", "M. B", "M. C", "E"],
            "A; {+M. D; M. B;+} M. C; E",
            id="two people with one initial",
        ),
        pytest.param(["A M. B"], ["A M. C M. B"], "A M. {+C M.+} B", id="more words in one item"),
        pytest.param("x M. C", "x M. D; M. C", "x M. {+D; M.+} C", id="a text has no items"),
        pytest.param(["A", "B"], ["B", "A"], "{+B;+} A; [-B-]", id="two names change places"),
        pytest.param(["A B"], ["A", "B"], "[-A-] {+A;+} B", id="one name or two"),
        pytest.param(["A"], ["A;"], "[-A-] {+A;+}", id="a separator of its own"),
        pytest.param([], ["A", "B"], "{+A; B+}", id="no name before"),
        pytest.param(["A", "B"], [], "[-A; B-]", id="no name after"),
        pytest.param("A; B", "A", "[-A; B-] {+A+}", id="a semicolon in a text is text"),
        pytest.param("A", ["A", "B"], "[-A-] {+A; B+}", id="a text and a list"),
        pytest.param(" 10.1/x", "10.1/x", '[-" 10.1/x"-] {+"10.1/x"+}', id="white space alone"),
        pytest.param(2, "2", '[-2-] {+"2"+}', id="the type alone"),
        pytest.param("2", ["2"], '[-"2"-] {+["2"]+}', id="a list of one"),
        pytest.param(False, True, "[-false-] {+true+}", id="yes and no"),
        pytest.param(
            f"{LONG} x", f"{LONG} y", "… w24 w25 w26 w27 w28 w29 [-x-] {+y+}", id="a long start is shortened"
        ),
        pytest.param(
            "a b c d e and f g h i the k",
            "l m and o p q r s t the u v",
            "[-a b c d e and f g h i the k-] {+l m and o p q r s t the u v+}",
            id="two texts that share two words of twelve are shown one after the other",
        ),
        pytest.param(
            f"x {LONG} x",
            f"y {LONG} y",
            "[-x-] {+y+} w0 w1 w2 w3 w4 w5 … w24 w25 w26 w27 w28 w29 [-x-] {+y+}",
            id="a long middle is shortened",
        ),
    ],
)
def test_diff(old: Value, new: Value, text: str) -> None:
    assert marked(old, new) == text


words = st.lists(st.sampled_from(["a", "b", "c,", "d-e"]), max_size=12).map(" ".join)


@given(words, words)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    if old == new:
        return
    pieces = diff_words(old, new)
    assert tuple(word for kind, part in pieces if kind != "new" for word in part) == split_visible_words(old)
    assert tuple(word for kind, part in pieces if kind != "old" for word in part) == split_visible_words(new)


def test_lines_are_wrapped_and_each_is_marked() -> None:
    assert wrap_diff([("new", ("aaa", "bbb", "ccc"))], width=11, color=False) == ["{+aaa bbb+}", "{+ccc+}"]


def test_two_long_texts_with_nothing_in_common_are_fast() -> None:
    old, new = (" ".join(f"{name}{number % 150}" for number in range(10_000)) for name in "ab")
    assert [kind for kind, _ in diff_words(old, new)] == ["old", "new"]
