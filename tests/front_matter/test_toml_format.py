"""TOML front matter: whole texts in, whole texts out."""

from __future__ import annotations

import pytest

from enrich.errors import PageError, Refused
from enrich.front_matter.page_text import read_page, set_value
from enrich.model.page import Value

AFTER = ("publication", "publication_types", "date", "authors", "title")

REWRITES = [
    pytest.param('title = "Old" # c\n', "title", 'A "b"', 'title = "A \\"b\\"" # c\n', id="basic quotes"),
    pytest.param(
        "title = 'Old'\n", "title", 'A "b" \\c', "title = 'A \"b\" \\c'\n", id="literal quotes stay"
    ),
    pytest.param("title = 'Old'\n", "title", "It's", 'title = "It\'s"\n', id="literal quotes that cannot"),
    pytest.param(
        'abstract = """\nOld\none"""\nx = 1\n',
        "abstract",
        'A "b"\n\\c',
        'abstract = """\nA \\"b\\"\n\\\\c"""\nx = 1\n',
        id="text over lines stays so",
    ),
    pytest.param(
        "abstract = '''Old'''\n",
        "abstract",
        "a\n'b' c",
        "abstract = '''a\n'b' c'''\n",
        id="literal over lines",
    ),
    pytest.param(
        'abstract = """\nOld"""\n',
        "abstract",
        "a\n+++\nb",
        'abstract = "a\\n+++\\nb"\n',
        id="no line is ever the fence",
    ),
    pytest.param(
        "date = 2020-01-02 # c\n", "date", "2021-03-04", "date = 2021-03-04 # c\n", id="a date stays one"
    ),
    pytest.param(
        "date = 2020-01-02T10:00:00Z\n",
        "date",
        "2021-03-04",
        "date = 2021-03-04\n",
        id="a date and time becomes a date",
    ),
    pytest.param("date = 2020\n", "date", "2020-03-04", "date = 2020-03-04\n", id="a year becomes a day"),
    pytest.param(
        "date = 2020-01-02\n", "date", "2021-02-30", 'date = "2021-02-30"\n', id="an impossible one is text"
    ),
    pytest.param(
        "date = 2016-04-31\n", "date", "2016-04-30", "date = 2016-04-30\n", id="an impossible one is repaired"
    ),
    pytest.param(
        'date = "2020-01-02"\n', "date", "2021-03-04", 'date = "2021-03-04"\n', id="a date in quotes"
    ),
    pytest.param("a.b.c = 'x'\n", "a.b.c", "y", "a.b.c = 'y'\n", id="a dotted key"),
    pytest.param("[a.b]\n  c = 'x' # d\n", "a.b.c", "y", "[a.b]\n  c = 'y' # d\n", id="a key of a table"),
    pytest.param(
        "a = {b = {c = 'x'}, d = 1}\n", "a.b.c", "y", "a = {b = {c = 'y'}, d = 1}\n", id="of an inline table"
    ),
    pytest.param("Title='x'\n", "title", "y", "Title='y'\n", id="a key in another case, without blanks"),
    pytest.param('"title" = "x"\n', "title", "y", '"title" = "y"\n', id="a key in quotes"),
    pytest.param("title = 'x'\n", "featured", True, "title = 'x'\nfeatured = true\n", id="a boolean"),
    pytest.param(
        "authors = [\"Ada\", 'Bly'] # c\n",
        "authors",
        ["Ada", "x", "Bly", "y"],
        "authors = [\"Ada\", \"x\", 'Bly', 'y'] # c\n",
        id="items, quoted as the ones before them",
    ),
    pytest.param(
        'authors = [\n  # who\n  "Ada", # first\n  "Bly" # second\n  # end\n]\n',
        "authors",
        ["New", "Ada", "Bly", "Last"],
        'authors = [\n  # who\n  "New",\n  "Ada", # first\n  "Bly", # second\n  "Last"\n  # end\n]\n',
        id="an array over lines with comments",
    ),
    pytest.param("authors = []\n", "authors", ["A", "B"], 'authors = ["A", "B"]\n', id="an empty array"),
    pytest.param("authors = 'A'\n", "authors", ["A", "B"], "authors = ['A', 'B']\n", id="a single string"),
    pytest.param(
        "title = 'x'\n[image]\n  a = 'b'\n[[links]]\nname = 'c'\n",
        "image.a",
        "z",
        "title = 'x'\n[image]\n  a = 'z'\n[[links]]\nname = 'c'\n",
        id="tables and lists of tables stay",
    ),
]

PLACES = [
    pytest.param(
        "title = 'x'\ndate = 2020-01-02 # c\ny = 1\n",
        "abstract",
        "title = 'x'\ndate = 2020-01-02 # c\nabstract = 'new'\ny = 1\n",
        id="after the nearest key",
    ),
    pytest.param(
        "title = 'x'\n# abstract = \"old\"\n\ny = 1\n",
        "abstract",
        "title = 'x'\n# abstract = \"old\"\nabstract = 'new'\n\ny = 1\n",
        id="after what was commented out",
    ),
    pytest.param(
        "y = 'z'\n\n# the header\n[header]\nimage = ''\n# abstract = ''\n",
        "abstract",
        "y = 'z'\nabstract = 'new'\n\n# the header\n[header]\nimage = ''\n# abstract = ''\n",
        id="before the first table",
    ),
    pytest.param(
        "[header]\nimage = ''\n", "abstract", "abstract = 'new'\n[header]\nimage = ''\n", id="only a table"
    ),
    pytest.param("", "abstract", 'abstract = "new"\n', id="a first key"),
    pytest.param("x = 'y'\n# end\n", "abstract", "x = 'y'\n# end\nabstract = 'new'\n", id="at the end"),
    pytest.param(
        "[hugoblox.ids]\narxiv = 'x'\n[y]\n",
        "hugoblox.ids.doi",
        "[hugoblox.ids]\narxiv = 'x'\ndoi = 'new'\n[y]\n",
        id="into a table",
    ),
    pytest.param(
        "[hugoblox]\n[y]\n", "hugoblox.ids.doi", '[hugoblox]\nids.doi = "new"\n[y]\n', id="below a table"
    ),
    pytest.param(
        "x = 'y'\n",
        "hugoblox.ids.doi",
        "x = 'y'\nhugoblox.ids.doi = 'new'\n",
        id="with the tables that are missing",
    ),
    pytest.param(
        "hugoblox = { ids = { a = 'b' } }\n",
        "hugoblox.ids.doi",
        "hugoblox = { ids = { a = 'b', doi = \"new\" } }\n",
        id="into an inline table",
    ),
]

REFUSALS = [
    pytest.param("[[authors]]\nname = 'Ada'\n", "authors", ["Ada"], "list of tables", id="a list of tables"),
    pytest.param("authors = [{name = 'Ada'}]\n", "authors", ["Ada"], "mappings", id="an array of tables"),
    pytest.param("title = 'x'\n", "title", None, "an empty value", id="null"),
    pytest.param("[title]\nx = 1\n", "title", "y", "table", id="a table in place of text"),
    pytest.param("title = 'x'\n", "title.y", "z", "value where a table", id="text in place of keys"),
]

BROKEN = [
    pytest.param("title = 'x'\ny = \n", 3, id="no value"),
    pytest.param("title = 'x'\ny = 'z\n", 3, id="a string that is not closed"),
    pytest.param("title = 'x'\n\ntitle = 'y'\n", 4, id="a repeated key"),
    pytest.param("title = 'x'\nyes, this\n", 3, id="a line of prose"),
    pytest.param("title = 'x'\ny = [1, 2\n", 3, id="an array that is not closed"),
    pytest.param("title = x\n", 2, id="a word without quotes"),
]


def page_of(header: str) -> str:
    """Return a page with a header."""
    return f"+++\n{header}+++\n\nBody\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "key", "value", "after"), REWRITES)
def test_one_value_moves(before: str, key: str, value: Value, after: str, newline: str) -> None:
    page = read_page("p.md", page_of(before).replace("\n", newline))
    found = set_value(page, tuple(key.split(".")), value).text
    if newline == "\n" or not before.startswith("abstract"):
        assert found == page_of(after).replace("\n", newline)
    else:  # the readers differ on CRLF inside a string: it goes on one line
        assert found.count("\n") == found.count("\r\n")
        assert '"""' not in found


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "key", "after"), PLACES)
def test_a_missing_key_finds_its_place(before: str, key: str, after: str, newline: str) -> None:
    page = read_page("p.md", page_of(before).replace("\n", newline))
    new = set_value(page, tuple(key.split(".")), "new", after=AFTER)
    assert new.text == page_of(after).replace("\n", newline)


@pytest.mark.parametrize(("before", "key", "value", "why"), REFUSALS)
def test_an_inexact_edit_is_refused_with_its_reason(before: str, key: str, value: Value, why: str) -> None:
    with pytest.raises(Refused, match=why):
        set_value(read_page("p.md", page_of(before)), tuple(key.split(".")), value)


@pytest.mark.parametrize(("header", "line"), BROKEN)
def test_a_syntax_error_has_its_line(header: str, line: int) -> None:
    with pytest.raises(PageError, match="TOML") as caught:
        read_page("p.md", page_of(header))
    assert caught.value.line == line


def test_dates_are_read_as_typed() -> None:
    page = read_page(
        "p.md", page_of("a = 2016-04-31\nb = 2020-01-02 10:00:00Z\nc = [1979-05-27, 07:32:00]\n")
    )
    assert page.front.data == {
        "a": "2016-04-31",
        "b": "2020-01-02 10:00:00Z",
        "c": ["1979-05-27", "07:32:00"],
    }


def test_lines_and_comments_are_those_of_the_page() -> None:
    header = "# top\na = ['x', # one\n  'y#'] # two\nb.c = 1\n[t.u]\nd = 'e' # f\n[[l]]\ng = 1\n"
    front = read_page("p.md", page_of(header)).front
    assert dict(front.lines) == {
        ("a",): 3, ("b",): 5, ("b", "c"): 5, ("t",): 6, ("t", "u"): 6, ("t", "u", "d"): 7, ("l",): 8,
    }  # fmt: skip
    assert [(c.line, c.text, c.own_line) for c in front.comments] == [
        (2, " top", True),
        (3, " one", False),
        (4, " two", False),
        (7, " f", False),
    ]
