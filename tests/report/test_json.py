"""The JSON formats: every key in its place, and nothing in them acts on what they are printed to."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.page import Value
from enrich.model.plan import Failed, Finding, Plan, Skipped
from enrich.model.report import Display
from enrich.report.json import render as render_json
from enrich.report.jsonl import render as render_jsonl
from enrich.settings.accepted_words import list_report_formats
from tests.support.reports import DOI, EVERYTHING, change, page, report

EXPECTED = {
    "schema": 1,
    "tool": "enrich 0.1.0",
    "summary": {
        "pages": 4,
        "with_doi": 1,
        "fetched": 1,
        "cached": 0,
        "changed": 1,
        "written": 0,
        "findings": 2,
        "skipped": 1,
        "failed": 1,
    },
    "pages": [
        {
            "path": "content/publication/a/index.md",
            "title": None,
            "doi": DOI,
            "doi_from": None,
            "identity": None,
            "source": "crossref",
            "status": "changed",
            "changes": [
                {
                    "field": "publication_types",
                    "key": "publication_types",
                    "line": 22,
                    "kind": "fill",
                    "level": "safe",
                    "old": ["0"],
                    "new": ["2"],
                    "reason": "one word differs",
                    "news": True,
                    "written": False,
                },
                {
                    "field": "title",
                    "key": "Title",
                    "line": 3,
                    "kind": "replace",
                    "level": "review",
                    "old": "A towards B",
                    "new": "*A toward B*",
                    "reason": "one word differs",
                    "news": True,
                    "written": False,
                },
                {
                    "field": "abstract",
                    "key": "abstract",
                    "line": None,
                    "kind": "fill",
                    "level": "safe",
                    "old": None,
                    "new": "Text.",
                    "reason": "one word differs",
                    "news": True,
                    "written": False,
                    "refused": "an alias",
                },
            ],
            "findings": [
                {
                    "code": "retracted",
                    "severity": "error",
                    "line": 4,
                    "message": "The paper was retracted.",
                    "evidence": "Retraction Watch",
                    "news": True,
                },
                {
                    "code": "commented-out",
                    "severity": "note",
                    "line": None,
                    "message": "An abstract is commented out.",
                    "evidence": "",
                    "news": True,
                },
            ],
            "candidates": [],
            "error": None,
        },
        {
            "path": "content/publication/b.md",
            "title": None,
            "doi": None,
            "doi_from": None,
            "identity": None,
            "source": None,
            "status": "same",
            "changes": [],
            "findings": [],
            "candidates": [],
            "error": None,
        },
        {
            "path": "content/publication/c.md",
            "title": None,
            "doi": None,
            "doi_from": None,
            "identity": None,
            "source": None,
            "status": "skipped",
            "changes": [],
            "findings": [],
            "candidates": [],
            "error": "`enrich: false`",
        },
        {
            "path": "content/publication/d.md",
            "title": None,
            "doi": None,
            "doi_from": None,
            "identity": None,
            "source": None,
            "status": "failed",
            "changes": [],
            "findings": [],
            "candidates": [],
            "error": "line 7: a tab for indent",
        },
    ],
}


def in_order(value: object) -> object:
    """Return a value that compares the order of keys as well."""
    if isinstance(value, dict):
        return [(key, in_order(item)) for key, item in value.items()]
    return [in_order(item) for item in value] if isinstance(value, list) else value


def test_the_document_is_the_published_one_keys_in_order() -> None:
    assert in_order(json.loads(render_json(EVERYTHING))) == in_order(EXPECTED)


def test_json_lines_are_the_page_objects_and_then_the_summary() -> None:
    *pages, summary = [json.loads(line) for line in render_jsonl(EVERYTHING).splitlines()]
    assert pages == EXPECTED["pages"]
    assert summary == {"summary": EXPECTED["summary"]}


def test_data_know_neither_colour_nor_verbosity() -> None:
    assert render_json(EVERYTHING, Display(color=True, verbose=2)) == render_json(EVERYTHING)
    assert render_jsonl(EVERYTHING, Display(color=True, verbose=-1)) == render_jsonl(EVERYTHING)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        pytest.param(Plan(page(), "", changes=(change("a", "b"),)), "changed", id="a proposal"),
        pytest.param(
            Plan(page(), "", changes=(change("a", "b", status="written"),)), "changed", id="written"
        ),
        pytest.param(Plan(page(), "", findings=(Finding("x", "error", "y"),)), "same", id="findings alone"),
        pytest.param(Skipped("p.md", "why"), "skipped", id="skipped"),
        pytest.param(Failed("p.md", "why", changes=(change("a", "b"),)), "failed", id="failed with changes"),
    ],
)
def test_status(outcome: Plan | Skipped | Failed, status: str) -> None:
    assert json.loads(render_json(report(outcome)))["pages"][0]["status"] == status


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_any_value_is_valid_json_on_printable_lines(value: Value) -> None:
    shown = report(Plan(page(), "", changes=(change(value, value),)))
    for text in (render_json(shown), render_jsonl(shown)):
        assert not [
            letter for letter in text if letter != "\n" and not letter.isprintable() and ord(letter) < 0xA0
        ]
        assert all(json.loads(line) for line in render_jsonl(shown).splitlines())
    json.loads(render_json(shown), parse_constant=pytest.fail)


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "\x9b31m", "\u202e", "\ud800", "\x7f", "\U000e0041", "##[error]x", "a\nb"]
)
def test_hostile_text_survives_as_data_but_acts_on_nothing(text: str) -> None:
    shown = render_json(report(Plan(page(), "", findings=(Finding("x", "note", text),))))
    assert text not in shown
    shown.encode("utf-8")
    assert json.loads(shown)["pages"][0]["findings"][0]["message"] == text


@pytest.mark.parametrize("name", list_report_formats())
def test_every_format_renders_everything_and_ends_its_last_line(name: str) -> None:
    assert (
        import_module(f"enrich.report.{name}")
        .render(EVERYTHING, Display(color=False, verbose=0))
        .endswith("\n")
    )
