"""Report a fact about the site's own words once, not once a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from enrich.model.page import Value
from enrich.model.plan import Finding, Outcome, Plan
from enrich.reconciler.findings.registry import list_finding_rules

Fact = tuple[str, Value]


def report_facts_once(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes, a fact about the site only on the first of its pages, with their number."""
    findings = [one for outcome in outcomes if isinstance(outcome, Plan) for one in outcome.findings]
    rules = list_finding_rules() if findings else ()  # they take long to load
    codes = {rule.code for rule in rules if rule.is_site_fact}
    pages = Counter(_identify_fact(one) for one in findings if one.code in codes)
    return list(_keep_first(outcomes, pages))


def _keep_first(outcomes: Sequence[Outcome], pages: Counter[Fact]) -> Iterator[Outcome]:
    reported: set[Fact] = set()
    for outcome in outcomes:
        findings = outcome.findings if isinstance(outcome, Plan) else ()
        if not isinstance(outcome, Plan) or not any(_identify_fact(one) in pages for one in findings):
            yield outcome
            continue
        kept = [one for one in findings if _identify_fact(one) not in reported]
        reported.update(_identify_fact(one) for one in kept if _identify_fact(one) in pages)
        yield replace(outcome, findings=tuple(_add_count(one, pages) for one in kept))


def _add_count(finding: Finding, pages: Counter[Fact]) -> Finding:
    others = pages[_identify_fact(finding)] - 1
    if others < 1 or not finding.line:  # without a line it is about no page's text
        return finding
    return replace(finding, message=f"{finding.message} (also on {others} more page{'s' * (others > 1)})")


def _identify_fact(finding: Finding) -> Fact:
    return finding.code, str(finding.fingerprint)
