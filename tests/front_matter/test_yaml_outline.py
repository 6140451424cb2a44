"""The keys of a YAML header that a reader needs: the same values as in the whole header."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import PageError
from enrich.front_matter.yaml_outline import cut_yaml_header
from enrich.front_matter.yaml_parser import read_yaml, read_yaml_values

WANTED = {"doi", "authors"}


@pytest.mark.parametrize(
    ("header", "part", "names"),
    [
        pytest.param('title: A\ndoi: "10.1/x"\n', 'doi: "10.1/x"\n', ("title",), id="a text"),
        pytest.param('title: "A: b"\nDOI: 10.1/x', "DOI: 10.1/x", ("title",), id="a key in capitals"),
        pytest.param("authors:\n- A\n- B\ntags: [x]\n", "authors:\n- A\n- B\n", ("tags",), id="items"),
        pytest.param("abstract: |\n  a\n  doi: 1\ndoi: 2\n", "doi: 2\n", ("abstract",), id="a block"),
        pytest.param(
            "image:\n  caption: 'a'\n  focal: \"\"\n\n# c\ndoi: 2\n",
            "doi: 2\n",
            ("image",),
            id="nested keys",
        ),
        pytest.param("# doi: 1\n\ntitle: a # doi: 3\n", "", ("title",), id="a comment is no key"),
        pytest.param('tags: ["a b", c]\ndoi:\n', "doi:\n", ("tags",), id="a list on a line"),
        pytest.param("", "", (), id="an empty header"),
        pytest.param("base: &b {x: 1}\n<<: *b\n", "base: &b {x: 1}\n<<: *b\n", (), id="a merge"),
        # what may go on where the next key seems to begin is kept, and so is all that belongs to it
        pytest.param('title: "a\ndoi: b"\n', 'title: "a\ndoi: b"\n', (), id="a text over lines"),
        pytest.param("title: 'a\ndoi: b'\n", "title: 'a\ndoi: b'\n", (), id="single quotes"),
        pytest.param("tags: [a,\ndoi: b]\n", "tags: [a,\ndoi: b]\n", (), id="an open list"),
        pytest.param(
            'doi: "\ntitle:\ntags: x\ny: "\n', 'doi: "\ntitle:\ntags: x\ny: "\n', (), id="keys in a text"
        ),
        pytest.param("x:\n- 'a\ndoi: b'\n", "x:\n- 'a\ndoi: b'\n", (), id="an open item"),
    ],
)
def test_the_part_of_a_header(header: str, part: str, names: tuple[str, ...]) -> None:
    assert cut_yaml_header(header, WANTED) == (part, names)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param('"doi": 1\n', id="a key in quotes"),
        pytest.param("{doi: 1}\n", id="a header in braces"),
        pytest.param("title: a\n\tdoi: 1\n", id="a tab"),
        pytest.param("? doi\n: 1\n", id="a long key"),
        pytest.param("doi : 1\n", id="a space before the colon"),
        pytest.param("%YAML 1.1\n---\ndoi: 1\n", id="a directive"),
        pytest.param("- doi: 1\n", id="a list"),
        pytest.param("...\ndoi: 1\n", id="the end of a document"),
    ],
)
def test_a_header_of_another_form_is_not_cut(header: str) -> None:
    assert cut_yaml_header(header, WANTED) is None


_VALUES = st.lists(
    st.sampled_from(
        ['"', "'", "[", "]", "{", "}", "\\", "# ", " #", "\n", "\n  ", "\n- ", ": ", "doi: ", "\ndoi: ", "|",
         ">", "a", "b c", "1", "- ", "&x ", "*x", "!", ", ", "\r\n", "\n\n# doi: 2\n"]
    ),
    max_size=8,
).map("".join)  # fmt: skip
_HEADERS = st.lists(
    st.tuples(st.sampled_from(["title", "doi", "authors", "tags", "x-y", "DOI"]), _VALUES), max_size=5
).map(lambda entries: "".join(f"{key}: {value}\n" for key, value in entries))


@given(_HEADERS)
def test_values_of_the_part_equal_those_of_the_whole_header(header: str) -> None:
    cut = cut_yaml_header(header, WANTED)
    try:
        whole = read_yaml(header).data
        values = read_yaml_values(cut[0]) if cut else {}
    except PageError:  # then the page is read wholly, which reports the error
        return
    if cut:
        assert {*cut[1], *values} == set(whole)
        assert {key: value for key, value in values.items() if key.lower() in WANTED} == {
            key: value for key, value in whole.items() if key.lower() in WANTED
        }


def test_a_long_header_is_cut_in_linear_time() -> None:
    items = "- 'a\n" * 20_000
    assert cut_yaml_header(f"x:\n{items}doi: 1\n", WANTED) is not None
    assert cut_yaml_header("x: [" + '"a",' * 50_000 + "\ndoi: 1\n", WANTED) is not None
    assert cut_yaml_header('x: "' + "a\\" * 100_000 + "\ndoi: 1\n", WANTED) is not None
