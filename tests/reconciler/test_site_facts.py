"""A word that many pages have is reported once, and so is the theme."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.plan import Baseline, Failed, Outcome, Plan
from enrich.model.site_context import SiteContext
from enrich.reconciler.site_facts import report_facts_once
from tests.support.comparisons import PAGE, judged, page

FOREIGN = SiteContext(theme="cms", is_foreign_theme=True)


def make_plan(name: str, text: str, site_context: SiteContext) -> Plan:
    """Return the plan of a page with its findings."""
    verdict = judged(text, site_context=site_context)
    return Plan(
        replace(page(text), path=f"content/publication/{name}/index.md"), text, findings=verdict.findings
    )


def read_messages(plans: list[Plan], code: str) -> dict[str, str]:
    """Return what is said under a code, by the name of the page."""
    outcomes: list[Outcome] = [
        *plans[:1],
        Failed("content/publication/broken.md", "it is damaged"),
        *plans[1:],
    ]
    reported = report_facts_once(outcomes, ())
    assert [outcome.path for outcome in reported] == [outcome.path for outcome in outcomes]
    found = [plan for plan in reported if isinstance(plan, Plan)]
    return {
        plan.path.split("/")[2]: one.message for plan in found for one in plan.findings if one.code == code
    }


def test_each_unknown_word_is_reported_on_its_first_page() -> None:
    words = {"a": "inproceedings", "b": "2", "c": "techreport", "d": "inproceedings", "e": "inproceedings"}
    texts = {name: PAGE.replace('["2"]', f'["{word}"]') for name, word in words.items()}
    messages = read_messages(
        [make_plan(name, text, SiteContext()) for name, text in texts.items()], "type-unknown"
    )
    assert messages == {
        "a": "the theme does not know the publication type inproceedings; write 1 (also on 2 more pages)",
        "c": "the theme does not know the publication type techreport; write 4",
    }


@pytest.mark.parametrize(
    ("count", "named"),
    [
        (1, ""),
        (2, "content/publication/1/index.md"),
        (3, "content/publication/1/index.md, content/publication/2/index.md"),
        (12, "/9/index.md, content/publication/10/index.md and 1 more"),
    ],
)
def test_a_fact_names_the_other_pages(count: int, named: str) -> None:
    text = PAGE.replace('["2"]', '["inproceedings"]')
    plans = [make_plan(str(number), text, SiteContext()) for number in range(count)]
    [fact] = [
        finding
        for plan in report_facts_once(plans, ())
        if isinstance(plan, Plan)
        for finding in plan.findings
        if finding.code == "type-unknown"
    ]
    assert fact.evidence.endswith(named or "inproceedings")


def test_the_theme_is_reported_once() -> None:
    plans = [make_plan(name, PAGE, FOREIGN) for name in "ab"]
    assert {*read_messages(plans, "theme-unknown")} == {"a"}


def test_a_fact_about_each_page_stays_on_each() -> None:
    plans = [make_plan(name, PAGE.replace("2024-04-29", "2099-01-01"), SiteContext()) for name in "ab"]
    assert {*read_messages(plans, "date-future")} == {"a", "b"}


@pytest.mark.parametrize(
    ("shown", "is_new"),
    [
        pytest.param({}, True, id="never reported"),
        pytest.param({"type-unknown": ["inproceedings"]}, False, id="reported on another page"),
        pytest.param({"type-unknown": ["techreport"]}, True, id="another word was reported"),
        pytest.param({"theme-unknown": ["inproceedings"]}, True, id="another finding was reported"),
    ],
)
def test_a_fact_is_no_news_if_it_was_reported_on_any_page(shown: dict[str, list[str]], is_new: bool) -> None:
    plan = make_plan("b", PAGE.replace('["2"]', '["inproceedings"]'), SiteContext())
    earlier = Baseline("content/publication/a/index.md", "10.1234/other", shown=shown)
    (reported,) = report_facts_once([plan], [earlier])
    assert isinstance(reported, Plan)
    assert [(one.code, one.is_new) for one in reported.findings] == [("type-unknown", is_new)]
