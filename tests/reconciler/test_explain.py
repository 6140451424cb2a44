"""What `enrich explain` says about each field of a page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from enrich.model.explanation import ExplanationRow
from enrich.model.page import Value
from enrich.model.plan import Baseline, Policy
from enrich.model.work import Found
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.explain import explain_comparison
from enrich.reconciler.rules import Rules
from tests.support.comparisons import ALONE, DOI, PAGE, TODAY, WORK, page

JOURNAL = 'publication: "*Blood Advances*"'
ABSTRACT = "abstract: We looked at fish for a long time and saw p < 0.05."


def explain_fields(
    text: str, base: Mapping[str, Value] | None, policies: Mapping[str, Policy]
) -> dict[str, ExplanationRow]:
    """Return the explanation of each field of a page."""
    read = page(text)
    baseline = Baseline(read.path, DOI, base) if base else None
    found = Found(WORK, "crossref", cached=True)
    comparison = Comparison(read, found, baseline, ALONE, Rules(TODAY, policies), {}, ())
    return {row.field: row for row in explain_comparison(comparison, DOI).rows}


@pytest.mark.parametrize(
    ("old", "new", "base", "policies", "field", "verdict"),
    [
        pytest.param("", "", None, {}, "title", "equal", id="equal"),
        pytest.param(
            JOURNAL,
            "publication: Fish Letters",
            None,
            {},
            "publication",
            ": replace, needs review",
            id="other",
        ),
        pytest.param(JOURNAL, 'publication: ""', None, {}, "publication", ": fill in, safe", id="empty"),
        pytest.param(
            JOURNAL,
            'publication: ""',
            None,
            {"publication": "propose"},
            "publication",
            ": fill in, needs review",
            id="empty, and only proposed",
        ),
        pytest.param(
            JOURNAL,
            "publication: Fish Letters",
            None,
            {"publication": "overwrite"},
            "publication",
            ": replace, safe",
            id="other, and overwritten",
        ),
        pytest.param(
            JOURNAL,
            "publication: Fish Letters",
            None,
            {"publication": "keep"},
            "publication",
            "not compared: [fields] sets it to keep",
            id="kept",
        ),
        pytest.param(
            JOURNAL,
            "publication: Fish Letters",
            {"publication": "Bird Letters"},
            {},
            "publication",
            ": replace, needs review",
            id="changed on both sides",
        ),
        pytest.param(
            JOURNAL,
            "publication: Fish Letters",
            {"publication": "Fish Letters"},
            {},
            "publication",
            ": update, needs review",
            id="the record has changed",
        ),
        pytest.param(
            JOURNAL,
            "publication: Fish Letters 8(9), 1-2",
            None,
            {},
            "publication",
            "edit the page",
            id="more than a journal",
        ),
        pytest.param(ABSTRACT, "", None, {}, "abstract", ": fill in, safe", id="no key"),
    ],
)
def test_the_decision_is_in_plain_words(
    old: str,
    new: str,
    base: Mapping[str, Value] | None,
    policies: Mapping[str, Policy],
    field: str,
    verdict: str,
) -> None:
    assert explain_fields(PAGE.replace(old, new), base, policies)[field].verdict.endswith(verdict)


@pytest.mark.parametrize(
    ("old", "new", "field", "proposed"),
    [
        pytest.param(
            'publication_types: ["2"]', 'publication_types: ["0"]', "publication_types", "2", id="a type"
        ),
        pytest.param(JOURNAL, 'publication: ""', "publication", "Blood Advances", id="a journal"),
        pytest.param("", "", "date", "2024-04-29", id="an equal date"),
    ],
)
def test_the_value_is_shown_as_it_would_be_written(old: str, new: str, field: str, proposed: str) -> None:
    assert explain_fields(PAGE.replace(old, new), None, {})[field].proposed == proposed
