"""Lists and missing keys of a YAML front matter: whole texts in, whole texts out."""

from __future__ import annotations

import pytest

from enrich.front_matter.page_text import read_page, set_value
from tests.front_matter.test_yaml_format import page_of, path_of

AFTER = ("publication", "publication_types", "date", "authors", "title")

LISTS = [
    pytest.param(
        "authors:\n- Ada # first\n# then\n- 'Bly'\n- \"Cox\"\n",
        ["Ada", "Bly", "New One", "Cox"],
        "authors:\n- Ada # first\n# then\n- 'Bly'\n- 'New One'\n- \"Cox\"\n",
        id="one item more, quoted as the one before it",
    ),
    pytest.param(
        "authors:\n  - Ada\n\n  - Bly # note\nx: 1\n",
        ["New", "Ada", "Bly", "Last: one"],
        'authors:\n  - New\n  - Ada\n\n  - Bly # note\n  - "Last: one"\nx: 1\n',
        id="items at both ends of an indented list",
    ),
    pytest.param(
        "authors:\n- Ada\n- 'Bly' # note\n- Cox\n",
        ["Ada", "O'Neil", "Cox"],
        "authors:\n- Ada\n- 'O''Neil' # note\n- Cox\n",
        id="one item replaced",
    ),
    pytest.param(
        "authors:\n- Ada\n- Bly\n- Cox\n", ["Ada", "Cox"], "authors:\n- Ada\n- Cox\n", id="one item less"
    ),
    pytest.param("authors:\n- Ada\n- Bly\nx: 1\n", [], "authors: []\nx: 1\n", id="none left"),
    pytest.param(
        "authors: [Ada, 'Bly']  # c\n",
        ["Ada", "New, Name", "Bly"],
        "authors: [Ada, \"New, Name\", 'Bly']  # c\n",
        id="one more between brackets",
    ),
    pytest.param(
        'authors: ["Ada","Bly"]\n', ["Ada", "x", "Bly"], 'authors: ["Ada","x","Bly"]\n', id="no blanks"
    ),
    pytest.param(
        'authors: [\n  "Ada",  # first\n  "Bly"  # second\n]\n',
        ["Ada", "New", "Bly", "Last"],
        'authors: [\n  "Ada",  # first\n  "New",\n  "Bly",  # second\n  "Last"\n]\n',
        id="brackets over lines, comments beside their items",
    ),
    pytest.param(
        'authors: [\n  "Ada",\n]\n',
        ["Ada", "Bly"],
        'authors: [\n  "Ada",\n  "Bly",\n]\n',
        id="a comma at the end",
    ),
    pytest.param("authors: []\n", ["Ada", "B C"], 'authors: ["Ada", "B C"]\n', id="empty brackets"),
    pytest.param(
        "title: a b\nauthors: []\n",
        ["Ada", "B. C"],
        "title: a b\nauthors: [Ada, B. C]\n",
        id="in the page's style",
    ),
    pytest.param(
        "authors:\ntags:\n  - 'x'\n",
        ["Ada", "Bly"],
        "authors:\n  - 'Ada'\n  - 'Bly'\ntags:\n  - 'x'\n",
        id="nothing becomes a list as the page writes its lists",
    ),
    pytest.param(
        "authors: # who\ntags: [x]\n",
        ["Ada"],
        "authors: [Ada] # who\ntags: [x]\n",
        id="nothing becomes brackets",
    ),
    pytest.param("authors: Ada Lovelace\n", ["Ada", "B"], "authors: [Ada, B]\n", id="a single string"),
    pytest.param(
        "authors:\n-\n- Bly\n", ["Ada", "Bly"], "authors:\n- Ada\n- Bly\n", id="an empty item is filled"
    ),
]

PLACES = [
    pytest.param(
        "title: a\nauthors: [b]\nx: 1\n",
        "abstract",
        "title: a\nauthors: [b]\nabstract: new\nx: 1\n",
        id="after the nearest key of the theme's order",
    ),
    pytest.param(
        "title: a\n# abstract: old\n#   one\n\nx: 1\ndate: b\n",
        "abstract",
        "title: a\n# abstract: old\n#   one\nabstract: new\n\nx: 1\ndate: b\n",
        id="after what was commented out",
    ),
    pytest.param(
        "title: a\nimage:\n  caption: x\n# abstract: old\n  focal: y\n",
        "abstract",
        "title: a\nabstract: new\nimage:\n  caption: x\n# abstract: old\n  focal: y\n",
        id="not between the lines of a mapping",
    ),
    pytest.param(
        "title: a\nimage:\n  # abstract: old\n  focal: y\n",
        "abstract",
        "title: a\nabstract: new\nimage:\n  # abstract: old\n  focal: y\n",
        id="not after an indented comment",
    ),
    pytest.param(
        "x: a\ny:\n- b\n# the end\n",
        "abstract",
        "x: a\ny:\n- b\n# the end\nabstract: new\n",
        id="else at the end",
    ),
    pytest.param(
        "authors:\n- a\n- b # c\n# next\nx: 1\n",
        "abstract",
        "authors:\n- a\n- b # c\nabstract: new\n# next\nx: 1\n",
        id="after a list and the comment on its last line",
    ),
    pytest.param(
        "date: |\n  a\n\nx: y\n",
        "abstract",
        "date: |\n  a\nabstract: new\n\nx: y\n",
        id="after a literal scalar",
    ),
    pytest.param(
        "hugoblox:\n  ids:\n    arxiv: x\ny: z\n",
        "hugoblox.ids.doi",
        "hugoblox:\n  ids:\n    arxiv: x\n    doi: new\ny: z\n",
        id="into a mapping",
    ),
    pytest.param(
        "hugoblox:\n    a: b # c\ny: z\n",
        "hugoblox.ids.doi",
        "hugoblox:\n    a: b # c\n    ids:\n      doi: new\ny: z\n",
        id="with the mapping that is missing",
    ),
    pytest.param(
        "title: a\nx: y\n",
        "hugoblox.ids.doi",
        "title: a\nhugoblox:\n  ids:\n    doi: new\nx: y\n",
        id="with both mappings",
    ),
    pytest.param(
        "hugoblox: # c\nx: y\n",
        "hugoblox.ids.doi",
        "hugoblox: # c\n  ids:\n    doi: new\nx: y\n",
        id="under a key without a value",
    ),
    pytest.param(
        "hugoblox: {ids: {}}\nx: y\n",
        "hugoblox.ids.doi",
        "hugoblox: {ids: {doi: new}}\nx: y\n",
        id="into braces",
    ),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "value", "after"), LISTS)
def test_only_the_items_that_differ_move(before: str, value: list[str], after: str, newline: str) -> None:
    page = read_page("p.md", page_of(before).replace("\n", newline))
    assert set_value(page, ("authors",), value).text == page_of(after).replace("\n", newline)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "key", "after"), PLACES)
def test_a_missing_key_finds_its_place(before: str, key: str, after: str, newline: str) -> None:
    page = read_page("p.md", page_of(before).replace("\n", newline))
    assert set_value(page, path_of(key), "new", after=AFTER).text == page_of(after).replace("\n", newline)
