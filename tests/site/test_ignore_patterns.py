"""Hugo's `ignoreFiles`: which patterns are matched, and that none takes forever."""

from __future__ import annotations

import pytest

from enrich.site.ignore_patterns import compile_patterns, describe_slow_patterns, is_slow_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"\.Rmd$",
        r"\.(ipynb|Rmd|Rmarkdown)$",
        r"_files/.*\.md$",
        r"[+*]{2}draft",
        r"^content/(?:old|new)/.+\.md$",
        r"(\.Rmd)?\.md$",
        r"drafts/",
        r"[]+*]x",
        r"\(a+\)+",
        r"^a{3}b",
    ],
)
def test_a_usual_pattern_is_matched(pattern: str) -> None:
    assert not is_slow_pattern(pattern)
    assert [found.pattern for found in compile_patterns([pattern])] == [pattern]
    assert not [*describe_slow_patterns([pattern])]


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"((a*)*)*b",
        r"(a|a)*$",
        r"(a|aa)+$",
        r"(?:a?){40}a{40}$",
        r"(?P<name>a+b?)+$",
        r"(a{1,9}){1,99}$",
        r".*.*.*.*x$",
        "a?" * 40 + "a" * 40,
        r"(a+)(a+)(a+)$",
        r"((a+)b?){2,}$",
        "(" * 50_000,
        "[" * 50_000,
    ],
)
def test_a_pattern_that_may_be_slow_is_left_out_and_named(pattern: str) -> None:
    assert compile_patterns([pattern]) == ()
    [said] = describe_slow_patterns([pattern])
    assert pattern[:80] in said


@pytest.mark.parametrize("pattern", ["(", "[", "*", "a{2", "(?P<x", "\\", ")", ""])
def test_a_broken_pattern_is_not_an_error(pattern: str) -> None:
    assert len(compile_patterns([pattern])) <= 1
