"""The overview of a long report: what it counts, and that it counts as the report's last line does."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.plan import Change, Failed, Finding, Outcome, Plan, Skipped
from enrich.report.parts.labels import format_counts
from enrich.report.parts.overview import format_overview
from enrich.report.text import render
from tests.support.reports import change, page, report

TITLE, DATE = change("a", "b"), change("a", "b", key=("date",), level="safe")
ABSTRACT = change("a", "b", key=("Abstract",), field="abstract", level="safe")
SET = (
    replace(change("a", "b", key=("doi",)), set_name="published-version"),
    replace(change("a", "b", key=("date",)), set_name="published-version"),
)
ERROR, WARNING, NOTE = (Finding(f"a-{name}", name, "x") for name in ("error", "warning", "note"))
NUMBERS = {"safe to write": r"(\d+) safe to write", "need review": r"(\d+) needs? review"} | {
    f"{name}s": rf"(\d+) {name}s?\b" for name in ("error", "warning", "note")
}


NUMBERED = count(1)  # pages and changes are counted by identity: no page has the path of another


def plan(*entries: object) -> Plan:
    """Return a page with these changes and findings."""
    changes = tuple(entry for entry in entries if isinstance(entry, Change))
    findings = tuple(entry for entry in entries if isinstance(entry, Finding))
    return Plan(page(f"{next(NUMBERED)}.md"), "", changes=tuple(map(replace, changes)), findings=findings)


@pytest.mark.parametrize(
    ("outcomes", "lines"),
    [
        pytest.param([plan(TITLE)] * 100, [], id="as many as somebody reads"),
        pytest.param([plan(TITLE)] * 101, ["need review: 101 title"], id="one more"),
        pytest.param([plan(NOTE)] * 500, [], id="notes, which are one line for many pages"),
        pytest.param([plan()] * 500, [], id="many pages, nothing to say"),
        pytest.param([Skipped("a", "x"), Failed("b", "x")] * 60, [], id="pages that were not compared"),
        pytest.param(
            [*[plan(DATE, TITLE)] * 40, *[plan(ABSTRACT)] * 70],
            ["safe to write: 70 abstract, 40 date", "need review: 40 title"],
            id="the most frequent first",
        ),
        pytest.param(
            [plan(DATE, ABSTRACT)] * 60, ["safe to write: 60 abstract, 60 date"], id="equally frequent"
        ),
        pytest.param(
            [plan(ERROR, WARNING, NOTE)] * 60,
            ["errors: 60 a-error", "warnings: 60 a-warning", "notes: 60 a-note"],
            id="findings by severity",
        ),
        pytest.param([plan(*SET, TITLE)] * 60, ["need review: 60 published-version, 60 title"], id="a set"),
        pytest.param(
            [plan(replace(DATE, status="written"), replace(TITLE, status="kept"))] * 101,
            ["written: 101 date"],
            id="written and kept",
        ),
        pytest.param(
            [plan(replace(DATE, status="refused", refused_because="an alias"))] * 101,
            ["cannot be written: 101 date"],
            id="refused",
        ),
        pytest.param([plan(replace(ERROR, code="a\x1b[2J"))] * 101, ["errors: 101 a\\x1b[2J"], id="hostile"),
    ],
)  # fmt: skip
def test_the_overview(outcomes: list[Outcome], lines: list[str]) -> None:
    assert format_overview(report(*outcomes), 100) == lines


def test_a_long_line_is_wrapped_under_its_kind() -> None:
    changes = [change("a", "b", key=(f"publication{end}",)) for end in ("", "_types", "_short")]
    lines = format_overview(report(*[plan(*changes)] * 40), 60)
    assert lines == ["need review: 40 publication, 40 publication_short, 40", "    publication_types"]


def test_it_is_the_end_of_a_long_text_and_only_there() -> None:
    outcomes = [plan(ERROR)] * 101
    assert "errors: 101 a-error\n101 pages, 0 with a DOI · 101 errors\n" in render(report(*outcomes))
    assert "errors: " not in render(report(*outcomes[:100]))


entries = st.sampled_from([TITLE, DATE, ABSTRACT, ERROR, WARNING, NOTE, replace(TITLE, status="kept")])
pages: st.SearchStrategy[Any] = st.lists(entries, max_size=6).map(lambda some: plan(*some)) | st.builds(
    lambda: plan(*SET)
)


def translate(given: Plan) -> list[Plan]:
    """Return a page with a DOI, and its translation with the same changes and findings."""
    name = given.page.path.removesuffix(".md")
    paths = (f"content/publication/{name}/index{language}.md" for language in ("", ".fr"))
    changes = (tuple(map(replace, given.changes)) for _ in range(2))
    return [
        replace(given, page=page(path), doi=f"10.5555/{name}", changes=own)
        for path, own in zip(paths, changes, strict=True)
    ]


@given(st.lists(pages, max_size=20), st.lists(pages, max_size=20))
def test_it_counts_what_the_last_line_counts(some: list[Plan], translated: list[Plan]) -> None:
    twins = [one for each in translated for one in translate(each)]
    shown = report(*some, *twins, *[plan(WARNING)] * 101)
    found = {
        line.partition(":")[0]: sum(map(int, re.findall(r"\d+", line)))
        for line in format_overview(shown, 999)
    }
    counts = format_counts(shown)
    assert found == {
        kind: int(match[1]) for kind, number in NUMBERS.items() if (match := re.search(number, counts))
    }
