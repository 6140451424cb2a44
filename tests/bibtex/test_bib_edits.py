"""Edits of one value of a BibTeX file: whole texts before and after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.bibtex.bib_edits import set_bib_value
from enrich.bibtex.bib_file import parse_bib_file
from enrich.errors import PageError, Refused

ZOTERO = """\ufeff
@article{lovelace_notes_1843,
\ttitle = {Notes on the {Analytical} {Engine}},
\tvolume = {3},
\tissn = {1234-5678},
\tauthor = {Lovelace, Ada and Menabrea, Luigi},
\tmonth = sep,
\tyear = {1843},
}
"""
JABREF = (
    "% Encoding: UTF-8\r\n\r\n@Article{Lovelace1843,\r\n  author  = {Ada Lovelace},\r\n"
    "  pages   = {666--731},\r\n  volume  = 3,\r\n  note    = {see @home{}},\r\n}\r\n\r\n"
    "@Comment{jabref-meta: databaseType:bibtex;}\r\n"
)
QUOTED = '@inproceedings( ada, title = "The {"}Engine{"}", volume = "3", year = 1843, publisher= {} )'


@pytest.mark.parametrize(
    ("before", "key", "source", "old", "new"),
    [
        pytest.param(ZOTERO, "volume", "4", "{3}", "{4}", id="a value in braces keeps them"),
        pytest.param(ZOTERO, "month", "oct", "sep", "oct", id="a month stays a macro"),
        pytest.param(ZOTERO, "month", "September", "sep", "{September}", id="a word is not a macro"),
        pytest.param(JABREF, "volume", "4", "= 3,", "= 4,", id="a bare number stays bare, CRLF stays"),
        pytest.param(JABREF, "volume", "4A", "= 3,", "= {4A},", id="a bare number becomes text in braces"),
        pytest.param(QUOTED, "volume", "4", '"3"', '"4"', id="a value in quotes keeps them"),
        pytest.param(QUOTED, "publisher", "Taylor", "{}", "{Taylor}", id="an empty value is filled"),
    ],
)
def test_only_the_value_moves(before: str, key: str, source: str, old: str, new: str) -> None:
    assert set_bib_value(before, key, source) == before.replace(old, new)


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        pytest.param(
            "@article{a, volume = {1} # {2}}", "3", "volume is joined from parts with #", id="joined"
        ),
        pytest.param("@article{a, year = 1843}", "3", "the entry has no volume", id="a missing key"),
        pytest.param("@article{a, volume=1}@book{b, volume=2}", "3", "the file has 2 entries", id="two"),
        pytest.param("nothing here", "3", "the file has no entry", id="no entry"),
        pytest.param("@article{a,\n volume={1", "3", "line 2: a brace is not closed", id="cut off"),
        pytest.param("@article{a, volume={1}}", "3}, note={x", "volume cannot hold", id="an escape"),
        pytest.param('@article{a, volume="1"}', '3", note="x', "volume cannot hold", id="a quote"),
        pytest.param("@article{a, volume={1}}", "3\\", "volume cannot hold", id="a backslash at the end"),
    ],
)
def test_an_inexact_edit_is_refused(text: str, source: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        set_bib_value(text, "volume", source)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("\n@article{}", 2, id="no key"),
        pytest.param("@article{a,\n volume = {1},\n Volume = {2}}", 3, id="a field twice"),
        pytest.param("@article{a,\n volume = }", 2, id="no value"),
        pytest.param("@article{a,\n volume = {1})", 2, id="another bracket at the end"),
        pytest.param('@article{a,\n volume = "1}"', 2, id="a brace in a quote"),
        pytest.param("@comment{ {", 1, id="a comment without an end"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(PageError) as error:
        parse_bib_file(text)
    assert error.value.line == line


def test_other_blocks_are_not_entries() -> None:
    text = "me@x.org @string{jan1 = {J}} @preamble{{x}} @comment(no) @book{b, title={T}} @ end"
    assert [(entry.type, entry.key) for entry in parse_bib_file(text)] == [("book", "b")]


@given(st.text(alphabet='@article{},="#()\\ \na1', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        entries = parse_bib_file(text)
    except PageError:
        return
    for value in (value for entry in entries for value in entry.values):
        assert value.source in text[value.start : value.end]


@given(st.text(max_size=30))
def test_a_source_changes_its_own_value_or_nothing(source: str) -> None:
    try:
        after = set_bib_value(ZOTERO, "volume", source)
    except Refused:
        return
    assert after == ZOTERO.replace("{3}", f"{{{source}}}")
    assert [value.key for value in parse_bib_file(after)[0].values] == [
        value.key for value in parse_bib_file(ZOTERO)[0].values
    ]
