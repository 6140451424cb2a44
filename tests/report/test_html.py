"""The HTML report without a browser: its parts as numbers, its data, its policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from enrich.model.page import FrontMatter, Page
from enrich.model.plan import Change, Failed, Finding, Outcome, Plan, Skipped
from enrich.report.html import render
from enrich.report.parts.charts import build_bars, build_ring, build_year_columns
from enrich.report.parts.labels import SEVERITIES
from enrich.report.parts.page_cards import build_cards, decide_page_state
from tests.support.reports import DOI, EVERYTHING, change, page, report

ERROR, WARNING, NOTE = (Finding(name, name, "x") for name in SEVERITIES)
SAFE, ASKING = change("a", "b", level="safe"), change("a", "b")


def plan(
    *entries: Change | Finding, source: str | None = "crossref", date: str = "", path: str = "a.md"
) -> Plan:
    """Return a page with these changes and findings."""
    changes = tuple(entry for entry in entries if isinstance(entry, Change))
    findings = tuple(entry for entry in entries if isinstance(entry, Finding))
    front = FrontMatter("yaml", {"title": "T", "date": date}, 0, 0, {})
    return Plan(
        Page(path, "before\n", front), "after\n", doi=DOI, source=source, changes=changes, findings=findings
    )


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        pytest.param(Failed("a.md", "why", changes=(SAFE,)), "failed", id="failed"),
        pytest.param(Skipped("a.md", "why"), "skipped", id="skipped"),
        pytest.param(plan(ERROR, ASKING), "error", id="an error before all"),
        pytest.param(plan(WARNING, SAFE), "you", id="a warning"),
        pytest.param(plan(SAFE, ASKING), "you", id="one that needs a look"),
        pytest.param(plan(change("a", "b", refused="no")), "you", id="a refused one"),
        pytest.param(plan(SAFE, NOTE), "safe", id="safe ones"),
        pytest.param(plan(replace(SAFE, status="written")), "done", id="written"),
        pytest.param(plan(replace(ASKING, status="kept")), "done", id="kept"),
        pytest.param(plan(NOTE), "same", id="a note alone"),
        pytest.param(plan(source=None), "none", id="no record"),
    ],
)
def test_state(outcome: Outcome, state: str) -> None:
    assert decide_page_state(outcome) == state


def test_cards_have_the_gravest_first_and_say_what_they_are_found_by() -> None:
    shown = build_cards(
        [plan(path="z.md", date="2019-01-02"), plan(ERROR, ASKING, path="y.md"), plan(path="a.md")]
    )
    assert [card.path for card in shown] == ["y.md", "z.md", "a.md"]
    assert shown[0].tags == ("state:error", "code:error", "field:title")
    assert shown[1].tags == ("state:same", "year:2019")


def test_proposals_are_numbered_as_the_data_has_them() -> None:
    written = replace(SAFE, status="written")
    shown = build_cards([plan(), plan(written, SAFE, change("x", "y", refused="no"), ASKING, path="b.md")])
    [card] = [card for card in shown if card.rows]
    assert card.number == 0
    assert sorted((row.number, row.state) for row in card.rows) == [
        (-1, "refused"),
        (-1, "written"),
        (0, "safe"),
        (1, "needs review"),
    ]


def data_of(text: str) -> dict[str, Any]:
    """Return what the page's script is told."""
    data: dict[str, Any] = json.loads(re.findall(r'id="data">(.*?)</script>', text)[0])
    return data


def test_the_data_say_what_a_decision_has_to() -> None:
    shown = replace(
        report(plan(SAFE), plan(replace(SAFE, status="written"), ASKING, path="b.md")), command="enrich x"
    )
    data = data_of(render(shown))
    before, after = (hashlib.sha256(text).hexdigest() for text in (b"before\n", b"after\n"))
    row = {"field": "title", "key": ["title"], "old": "a", "new": "b"}
    assert data == {
        "tool": "enrich 0.1.0",
        "command": "enrich x",
        "pages": [
            {"path": "a.md", "sha256": before, "changes": [row]},
            {"path": "b.md", "sha256": after, "changes": [row]},
        ],
    }


def test_the_ring_is_whole() -> None:
    parts = build_ring(build_cards([plan(), plan(), plan(SAFE), Failed("x", "y")]))
    assert [(part.name, part.count, part.start, part.size) for part in parts] == [
        ("failed", 1, 0, 25),
        ("ready to write", 1, 25, 25),
        ("in order", 2, 50, 50),
    ]


def test_bars_have_the_gravest_first_then_the_most_frequent() -> None:
    found = [Finding("b", "warning", "x"), Finding("c", "warning", "x"), Finding("a", "error", "x")]
    parts = build_bars(build_cards([plan(*found), plan(found[1])]))
    assert [(part.name, part.count, part.size) for part in parts] == [
        ("a", 1, 50),
        ("c", 2, 100),
        ("b", 1, 50),
    ]


def test_years_have_no_gap_and_an_end() -> None:
    dates = [("2001-02-03", ERROR), ("2003", NOTE), ("2003-01", NOTE), ("someday", NOTE)]
    years = build_year_columns(build_cards([plan(entry, date=date) for date, entry in dates]))
    assert [(year.name, year.count, year.open, year.height) for year in years] == [
        ("2001", 1, 1, 50),
        ("2002", 0, 0, 0),
        ("2003", 2, 0, 100),
    ]
    long = build_year_columns(build_cards([plan(date="1901-01-01"), plan(date="2020-01-01")]))
    assert (len(long), long[0].name, long[0].count, long[-1].name) == (30, "up to 1991", 1, "2020")
    assert build_year_columns(build_cards([plan()])) == []


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(report(), id="no page"),
        pytest.param(report(plan()), id="one page in order"),
        pytest.param(report(Skipped("a.md", "x")), id="one page left alone"),
        pytest.param(EVERYTHING, id="everything"),
    ],
)
def test_every_report_is_a_page_under_its_policy(shown: Any) -> None:  # noqa: ANN401
    text = render(shown)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[0].replace(
        "&#39;", "'"
    )
    script, style = (
        re.findall(r"<script>(.*?)</script>", text, re.DOTALL),
        re.findall(r"<style>(.*?)</style>", text, re.DOTALL),
    )
    for [body], name in ((script, "script-src"), (style, "style-src")):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert not re.search(r'\s(style|on\w+)="', text), "the policy would stop it"
    assert text.startswith("<!doctype html>\n")


def test_a_doi_that_is_none_is_no_link() -> None:
    text = render(report(Plan(page(), "", doi='10.5555/x"><a href="//evil.example')))
    assert "doi.org/10" not in text
