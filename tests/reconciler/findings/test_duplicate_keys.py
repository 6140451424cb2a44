"""Which keys `duplicate-key` reports, and where."""

from __future__ import annotations

import pytest

from tests.support.comparisons import judged


def list_lines(header: str) -> list[tuple[str, int]]:
    """Return key and line of each finding on a page with this header."""
    verdict = judged(f"---\n{header}\n---\n", None)
    return [(one.evidence, one.line) for one in verdict.findings if one.code == "duplicate-key"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param("title: a\ndate: 2020-01-02\ntitle: b", [("title", 2)], id="a plain key"),
        pytest.param('title: a\n"title": b', [("title", 2)], id="once in quotes"),
        pytest.param("'title': a\ntitle: b", [("title", 2)], id="the first in quotes"),
        pytest.param("title: a\ntitle: b\ntitle: c", [("title", 2), ("title", 3)], id="three times"),
        pytest.param("tags:\n- a\nx: 1\ntags:\n- b\nx: 2", [("tags", 2), ("x", 4)], id="two keys"),
        pytest.param("title : a\r\ntitle: b\r", [("title", 2)], id="CRLF, and a space before the colon"),
        pytest.param("title: a\nTitle: b", [], id="another spelling, which YAML takes for another key"),
        pytest.param("title: a\n# title: b", [], id="commented out"),
        pytest.param("title: a\nabstract: |\n  title: b\n  title: c", [], id="in a text"),
        pytest.param("a:\n  url: x\nb:\n  url: y", [], id="in two mappings"),
        pytest.param("title: a\nurl:x: b", [], id="no space after the colon"),
        pytest.param("title: a\ndate: 2020-01-02", [], id="each key once"),
    ],
)
def test_keys_that_occur_twice(header: str, expected: list[tuple[str, int]]) -> None:
    assert list_lines(header) == expected
