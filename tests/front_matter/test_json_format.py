"""JSON front matter: whole texts in, whole texts out."""

from __future__ import annotations

import pytest

from enrich.errors import NoFrontMatter, PageError, Refused
from enrich.front_matter.page_text import read_page, set_value
from enrich.model.page import Value

REWRITES = [
    pytest.param(
        '{"title": "x" , "y": 1}\n', "title", 'a "b"', '{"title": "a \\"b\\"" , "y": 1}\n', id="a string"
    ),
    pytest.param('{\n\t"title" :null\n}\n', "title", "é\n", '{\n\t"title" :"é\\n"\n}\n', id="null"),
    pytest.param(
        '{\n  "title": "x"\n}\n', "doi", "y", '{\n  "title": "x",\n  "doi": "y"\n}\n', id="a further key"
    ),
    pytest.param(
        '{\n  "title": "x",\n  "z": 1\n}\n',
        "authors",
        ["A"],
        '{\n  "title": "x",\n  "authors": ["A"],\n  "z": 1\n}\n',
        id="a further key after its predecessor",
    ),
    pytest.param("{}\n", "title", "x", '{"title": "x"}\n', id="a first key"),
    pytest.param(
        '{"authors": [\n  "A",\n  "B"\n]}\n',
        "authors",
        ["A", "x", "B", "y"],
        '{"authors": [\n  "A",\n  "x",\n  "B",\n  "y"\n]}\n',
        id="items of a list over lines",
    ),
    pytest.param('{"a": {"b": "x"}}', "a.b", "y", '{"a": {"b": "y"}}', id="inside a mapping"),
    pytest.param(
        '{"a": {}}', "a.b.c", "y", '{"a": {"b": {"c": "y"}}}', id="with the mapping that is missing"
    ),
    pytest.param('{"a": ""}', "a.b", "y", '{"a": {"b": "y"}}', id="an empty value"),
    pytest.param('{"a": 1, "a": 2}', "a", 3, '{"a": 1, "a": 3}', id="the last of a repeated key"),
]


@pytest.mark.parametrize(("before", "key", "value", "after"), REWRITES)
def test_one_value_moves(before: str, key: str, value: Value, after: str) -> None:
    page = read_page("p.md", before + "Body { }\n")
    assert set_value(page, tuple(key.split(".")), value, after=("title",)).text == after + "Body { }\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [('{"a": }\n', 1), ('{\n"a": 1\n"b": 2}\n', 3), ('{"a": 1\n', 2), ('\n{"a": [1, }\n', 2)],
)
def test_a_syntax_error_has_its_line(text: str, line: int) -> None:
    with pytest.raises(PageError, match="JSON") as caught:
        read_page("p.md", text)
    assert caught.value.line == line


def test_a_shortcode_is_not_a_front_matter() -> None:
    with pytest.raises(NoFrontMatter):
        read_page("p.md", "{{< figure >}}\n")


def test_a_list_of_mappings_is_refused() -> None:
    page = read_page("p.md", '{"links": [{"name": "a"}]}\n')
    with pytest.raises(Refused, match="mappings"):
        set_value(page, ("links",), ["a"])


def test_lines_are_those_of_the_page() -> None:
    front = read_page("p.md", '\n{\n"a": {\n"b": 1}}\n').front
    assert dict(front.lines) == {("a",): 3, ("a", "b"): 4}
