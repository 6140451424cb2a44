"""Keys that are commented out, and pinned keys."""

from __future__ import annotations

import pytest

from enrich.front_matter.comments import CommentedValue, find_commented_values, find_pinned_keys
from enrich.front_matter.page_text import read_page

COMMENTED = [
    pytest.param("# abstract: For patients\n", "For patients", id="plain"),
    pytest.param("#abstract: 'It''s' # why\n", "It's", id="in quotes, with a comment of its own"),
    pytest.param("## Abstract :  For patients: all\n", "For patients: all", id="anything but YAML is text"),
    pytest.param("# abstract: For\n#   patients\n#   all\n# x\n", "For patients all", id="over lines"),
    pytest.param("# abstract: >\n#   For\n#   patients\n", "For patients", id="folded"),
    pytest.param('# abstract: "For\n# patients"\n# x: y\n', "For patients", id="quotes over lines"),
    pytest.param('# abstract: "For\n# patients\n', "For", id="quotes that are never closed"),
    pytest.param("# abstract:\n# - a\n# - b\n", "a, b", id="a list"),
    pytest.param("# abstract: ''\n", "", id="nothing in quotes"),
    pytest.param("# abstract:\n# Text\n", "", id="nothing"),
]


@pytest.mark.parametrize(("comment", "value"), COMMENTED)
def test_commented_out_values(comment: str, value: str) -> None:
    found = find_commented_values(read_page("p.md", f"---\ntitle: x\n{comment}---\n"))
    assert found["abstract"].value.strip('"') == value
    assert found["abstract"].line == 3


def test_commented_out_values_in_toml() -> None:
    text = (
        '+++\n# abstract = "For patients"\n# tags = ["a", "b"]\n# doi: x\n# summary = """a\n# b"""\n'
        "x = 1 # y = 2\n+++\n"
    )
    assert find_commented_values(read_page("p.md", text)) == {
        "abstract": CommentedValue(2, "For patients", 2),
        "tags": CommentedValue(3, "a, b", 3),
        "summary": CommentedValue(5, "a\n b", 6),
    }


def test_an_indented_comment_is_not_a_key_of_the_page() -> None:
    page = read_page("p.md", "---\nimage:\n  # abstract: x\n  a: b\n---\n")
    assert not find_commented_values(page)


def test_pinned_keys() -> None:
    text = (
        "---\ntitle: x # enrich: keep\n# enrich:keep\n\nx: y\n# enrich: keep it so\nauthors:\n- a\n"
        "hugoblox:\n  ids:\n    # enrich: keep\n    doi: z\n# not enrich: keep\ndoi: q\n---\n"
    )
    assert find_pinned_keys(read_page("p.md", text)) == {"title", "authors", "hugoblox.ids.doi"}
    assert find_pinned_keys(read_page("p.md", "+++\n# enrich: keep\ntitle = 'x'\n+++\n")) == {"title"}
