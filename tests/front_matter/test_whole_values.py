"""Keys and comments that leave a page, and whole values that are put into one."""

from __future__ import annotations

import pytest

from enrich.errors import Refused
from enrich.front_matter.page_text import drop_comments, read_page, remove_key
from enrich.front_matter.whole_values import blank_value, list_keys_before, put_value
from enrich.model.page import Value

YAML = """\
---
# A page
title: "x"  # short
authors:
- A
- B  # second
links:
- name: DOI
  url: https://doi.org/10.1/x
abstract: |-
  One line.

  Another.
tags: [a]
---
Body
"""
TOML = """\
+++
title = "x"  # short
tags = [
  "a",  # first
]
doi = "10.1/x"

[header]
image = ""

[[links]]
name = "DOI"

[[links]]
name = "PDF"

[[links.inner]]
a = 1
+++
"""
JSON = '{\n  "title": "x",\n  "tags": ["a", "b"],\n  "doi": "10.1/x"\n}\nBody\n'

REMOVED = [
    pytest.param(YAML, "title", 'title: "x"  # short\n', id="YAML, with its comment"),
    pytest.param(YAML, "authors", "authors:\n- A\n- B  # second\n", id="YAML, a list"),
    pytest.param(
        YAML, "links", "links:\n- name: DOI\n  url: https://doi.org/10.1/x\n", id="YAML, a list of mappings"
    ),
    pytest.param(YAML, "abstract", "abstract: |-\n  One line.\n\n  Another.\n", id="YAML, a block"),
    pytest.param(YAML, "tags", "tags: [a]\n", id="YAML, the last key"),
    pytest.param(TOML, "tags", 'tags = [\n  "a",  # first\n]\n', id="TOML, a list over lines"),
    pytest.param(TOML, "header", '[header]\nimage = ""\n', id="TOML, a table"),
    pytest.param(JSON, "title", '"title": "x",\n  ', id="JSON, the first key"),
    pytest.param(JSON, "tags", '"tags": ["a", "b"],\n  ', id="JSON, a key between others"),
    pytest.param(JSON, "doi", ',\n  "doi": "10.1/x"', id="JSON, the last key"),
    pytest.param('{"doi": 1}\n', "doi", '"doi": 1', id="JSON, the only key"),
    pytest.param("---\r\ntitle: x\r\ndoi: y\r\n---\r\n", "title", "title: x\r\n", id="CRLF"),
]


@pytest.mark.parametrize(("text", "key", "gone"), REMOVED)
def test_a_key_leaves_with_its_lines_and_nothing_else(text: str, key: str, gone: str) -> None:
    new = remove_key(read_page("p.md", text), key)
    assert new.text == text.replace(gone, "", 1)
    assert key not in new.front.data


def test_a_list_of_tables_leaves_with_all_its_tables() -> None:
    new = remove_key(read_page("p.md", TOML), "links")
    assert "links" not in new.text
    assert new.front.data == {"title": "x", "tags": ["a"], "doi": "10.1/x", "header": {"image": ""}}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\n{title: x, doi: y}\n---\n", id="all keys in braces"),
        pytest.param("---\na: &x 1\ndoi: *x\n---\n", id="another key refers to its value"),
    ],
)
def test_a_key_that_cannot_leave_alone_stays(text: str) -> None:
    with pytest.raises(Refused):
        remove_key(read_page("p.md", text), "title" if "title" in text else "a")


def test_comments_leave_with_the_lines_they_fill() -> None:
    page = read_page("p.md", YAML)
    assert drop_comments(page, lambda one: one.text != " second").text == YAML.replace(
        "# A page\n", ""
    ).replace("  # short", "")
    assert drop_comments(page, lambda _: False).text == YAML
    assert drop_comments(read_page("p.md", TOML), lambda _: True).front.comments == ()


PUT = [
    pytest.param(YAML, ("title",), "A: b", YAML.replace('"x"', '"A: b"'), id="in its quotes"),
    pytest.param(
        YAML, ("links",), [{"name": "DOI", "url": "u"}],
        YAML.replace("url: https://doi.org/10.1/x", "url: u"),
        id="a list of mappings",
    ),
    pytest.param(
        YAML, ("links",), [],
        YAML.replace("links:\n- name: DOI\n  url: https://doi.org/10.1/x\n", "links: []\n"),
        id="an emptied list",
    ),
    pytest.param(
        TOML, ("tags",), ["b", "c"], TOML.replace('"a",  # first', '"b",  # first\n  "c",'), id="a TOML list"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "value", "expected"), PUT)
def test_a_value_replaces_the_old_one_in_its_place(
    text: str, path: tuple[str, ...], value: Value, expected: str
) -> None:
    new = put_value(read_page("p.md", text), path, value)
    assert new.get(*path) == value
    assert list(new.front.data) == list(read_page("p.md", text).front.data)
    assert new.text == expected


def test_a_value_that_does_not_fit_in_below_a_key_is_refused() -> None:
    with pytest.raises(Refused):
        put_value(read_page("p.md", YAML), ("title", "inner"), "x")


def test_the_keys_before_a_key_are_the_nearest_first() -> None:
    page = read_page("p.md", YAML)
    assert list_keys_before(page, "Links") == ("authors", "title")
    assert list_keys_before(page, "doi") == ()


@pytest.mark.parametrize(
    ("value", "blank"),
    [("x", ""), (["x"], []), (True, False), ({"a": "x", "b": {"c": [1]}}, {"a": "", "b": {"c": []}}), (3, 3)],
)
def test_an_emptied_value_keeps_its_kind(value: Value, blank: Value) -> None:
    assert blank_value(value) == blank
