"""YAML front matter: whole texts in, whole texts out."""

from __future__ import annotations

import pytest

from enrich.errors import Refused
from enrich.front_matter.page_text import read_page, set_value
from enrich.model.page import KeyPath, Value

REWRITES = [
    pytest.param("title: Old one\n", "title", "New one", "title: New one\n", id="a plain word stays plain"),
    pytest.param(
        "doi: https://doi.org/10.5555/a.1_(2)-3\n",
        "doi",
        "10.5555/a.1_(2)-3",
        "doi: 10.5555/a.1_(2)-3\n",
        id="a plain DOI stays plain",
    ),
    pytest.param(
        "doi: https://doi.org/10.5555/a:b\n",
        "doi",
        "10.5555/a:b",
        'doi: "10.5555/a:b"\n',
        id="a DOI with a sign of YAML is quoted",
    ),
    pytest.param(
        "title: Old one\n", "title", "New: one", 'title: "New: one"\n', id="an unsafe plain text is quoted"
    ),
    pytest.param("title: Old\n", "title", "No", 'title: "No"\n', id="a word YAML reads as false is quoted"),
    pytest.param("title: Old\n", "title", "1.10", 'title: "1.10"\n', id="a number is quoted"),
    pytest.param("title: 'Old'\n", "title", "It's #1", "title: 'It''s #1'\n", id="single quotes stay"),
    pytest.param(
        "title: 'Old'\n", "title", "A\nB", 'title: "A\\nB"\n', id="single quotes give way to an escape"
    ),
    pytest.param(
        'title: "Old" # mine\n',
        "title",
        'A "b" \\c',
        'title: "A \\"b\\" \\\\c" # mine\n',
        id="a comment stays",
    ),
    pytest.param(
        "title: Old\n  words,\n\n  more\n# c\nx: 1\n",
        "title",
        "New",
        "title: New\n# c\nx: 1\n",
        id="plain over lines becomes one line",
    ),
    pytest.param(
        "title: 'Old\n\n  words' # c\nx: 1\n",
        "title",
        "New",
        "title: 'New' # c\nx: 1\n",
        id="quotes over lines become one line",
    ),
    pytest.param(
        "title:\n  Old\nx: 1\n",
        "title",
        "New",
        "title:\n  New\nx: 1\n",
        id="a value below its key stays there",
    ),
    pytest.param(
        "date: 2020-01-02 # c\n", "date", "2021-03-04", "date: 2021-03-04 # c\n", id="a date stays plain"
    ),
    pytest.param(
        "date: 2020 # c\n", "date", "2020-03-04", "date: 2020-03-04 # c\n", id="a year becomes a day"
    ),
    pytest.param('date: "2020"\n', "date", "2020-03-04", 'date: "2020-03-04"\n', id="a quoted year too"),
    pytest.param(
        "date: 2020-01-02\n", "date", "2021-02-30", 'date: "2021-02-30"\n', id="an impossible date is quoted"
    ),
    pytest.param(
        "date: '2020-01-02T00:00:00Z'\n",
        "date",
        "2021-03-04",
        "date: '2021-03-04'\n",
        id="a quoted date stays quoted",
    ),
    pytest.param(
        "title:\nx: a\n", "title", "New", "title: New\nx: a\n", id="nothing is filled in the page's style"
    ),
    pytest.param(
        'title:   # to do\nx: "a"\n',
        "title",
        "New",
        'title: "New"   # to do\nx: "a"\n',
        id="nothing before a comment",
    ),
    pytest.param(
        "title: ''\nx: \"a\"\n", "title", "New", "title: 'New'\nx: \"a\"\n", id="empty quotes are filled"
    ),
    pytest.param('title: null\nx: "a"\n', "title", "New", 'title: "New"\nx: "a"\n', id="null is filled"),
    pytest.param(
        "abstract: |\n  One\n    two\n\n\n# c\nx: 1\n",
        "abstract",
        "New: #1\n\n- text\n",
        "abstract: |\n  New: #1\n\n  - text\n\n\n# c\nx: 1\n",
        id="a literal scalar stays literal",
    ),
    pytest.param(
        "abstract: | # why\n    One\nx: 1\n",
        "abstract",
        "New",
        "abstract: |- # why\n    New\nx: 1\n",
        id="a literal scalar says when it has no line break at its end",
    ),
    pytest.param(
        "abstract: > # why\n  One\n  two\nx: 1\n",
        "abstract",
        "One: two.\n\nThree.",
        "abstract: >- # why\n  One: two.\n\n\n  Three.\nx: 1\n",
        id="a folded scalar stays folded",
    ),
    pytest.param(
        "abstract: |- # why\n  One\nx: 1\n",
        "abstract",
        " leading",
        'abstract: " leading" # why\nx: 1\n',
        id="a literal scalar that would not be exact is quoted",
    ),
    pytest.param(
        "abstract: |+\n  One\n\n\nx: 1\n",
        "abstract",
        "Two",
        "abstract: |-\n  Two\nx: 1\n",
        id="the blank lines a scalar keeps are its own",
    ),
    pytest.param(
        "summary: |\n  One\n  two\nabstract:\n",
        "abstract",
        "A\nb",
        "summary: |\n  One\n  two\nabstract: |-\n  A\n  b\n",
        id="text of several lines in the style the page has for it",
    ),
    pytest.param(
        "title: One\n",
        "abstract",
        "A\n\nb",
        'title: One\nabstract: "A\\n\\nb"\n',
        id="else on one line in quotes",
    ),
    pytest.param(
        "title: one\ntitle: two\n",
        "title",
        "x",
        "title: one\ntitle: x\n",
        id="the last of a repeated key",
    ),
    pytest.param("Title: one\n", "title", "x", "Title: x\n", id="a key in another case keeps its spelling"),
    pytest.param('"title": one\n', "title", "x", '"title": x\n', id="a key in quotes"),
    pytest.param(
        "{title: one, x: [1]}\n", "title", "a, b", '{title: "a, b", x: [1]}\n', id="a page in braces"
    ),
    pytest.param("{x: 1}\n", "title", "two", '{x: 1, title: "two"}\n', id="a further key in braces"),
    pytest.param("", "title", "x", 'title: "x"\n', id="a first key"),
    pytest.param(
        "# only this\n", "title", "x", '# only this\ntitle: "x"\n', id="a first key after a comment"
    ),
    pytest.param(
        "title: a\n...\n",
        "doi",
        "10.1/x",
        'title: a\ndoi: "10.1/x"\n...\n',
        id="before the end of the document",
    ),
    pytest.param("title: x\n", "featured", True, "title: x\nfeatured: true\n", id="a boolean"),
    pytest.param("n: '1'\n", "n", 2, "n: 2\n", id="a number"),
    pytest.param(
        "a: {b: {c: d}, e: f}\n", "a.b.c", "x, y", 'a: {b: {c: "x, y"}, e: f}\n', id="inside braces"
    ),
]

REFUSALS = [
    pytest.param("title: &a x\ny: *a\n", "title", "z", "anchor", id="an anchored value"),
    pytest.param("x: &a b\ntitle: *a\n", "title", "z", "alias", id="an alias"),
    pytest.param("title: !!str 3\n", "title", "z", "tag", id="a tagged value"),
    pytest.param(
        "b: &b {k: v}\nc:\n  <<: *b\n  d: e\n", "c.k", "z", "`<<` brings in keys", id="a merged key"
    ),
    pytest.param("b: &b\n  k: v\n", "b.k", "z", "anchor", id="inside an anchored mapping"),
    pytest.param("authors:\n- name: Ada\n", "authors", ["Ada"], "mappings", id="a list of mappings"),
    pytest.param("authors:\n- Ada\n", "authors", "Ada", "single value", id="a list in place of text"),
    pytest.param("title: x\n", "title.y", "z", "value where a group of keys", id="text in place of keys"),
    pytest.param(
        "authors:\n- Ada\n- Bly # c\n", "authors", ["Ada"], "comment", id="an item with a comment goes"
    ),
    pytest.param("title: x\n", "title", "\ud800", "surrogate", id="half a character"),
    pytest.param("? title\nx: 1\n", "title", "z", "colon", id="a key without a colon"),
]


def page_of(header: str) -> str:
    """Return a page with a header."""
    return f"---\n{header}---\n\nBody\n"


def path_of(key: str) -> KeyPath:
    """Return the path of a dotted key."""
    return tuple(key.split("."))


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "key", "value", "after"), REWRITES)
def test_one_value_moves(before: str, key: str, value: Value, after: str, newline: str) -> None:
    page = read_page("p.md", page_of(before).replace("\n", newline))
    assert set_value(page, path_of(key), value).text == page_of(after).replace("\n", newline)


@pytest.mark.parametrize(("before", "key", "value", "why"), REFUSALS)
def test_an_inexact_edit_is_refused_with_its_reason(before: str, key: str, value: Value, why: str) -> None:
    with pytest.raises(Refused, match=why):
        set_value(read_page("p.md", page_of(before)), path_of(key), value)


def test_the_last_line_break_of_a_file_is_not_made() -> None:
    page = read_page("p.md", "---\ntitle: a\n---")
    assert set_value(page, ("title",), "b").text == "---\ntitle: b\n---"
