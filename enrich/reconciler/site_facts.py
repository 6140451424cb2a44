"""Report a fact about the site's own words once, not once a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from enrich.model.page import Value
from enrich.model.plan import Baseline, Finding, Outcome, Plan
from enrich.reconciler.findings.registry import list_finding_rules

Fact: TypeAlias = tuple[str, Value]

_MOST_NAMED = 10  # pages that the evidence names; many sites have one word on every page


def report_facts_once(outcomes: Sequence[Outcome], baselines: Collection[Baseline]) -> list[Outcome]:
    """Return the outcomes, a fact about the site only on the first of its pages, with the others' names.

    It is no news if it was reported on any page of the site: the first page depends on the paths of the run.
    """
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan) and outcome.findings]
    rules = list_finding_rules() if plans else ()  # they take long to load
    codes = {rule.code for rule in rules if rule.is_site_fact}
    paths: dict[Fact, list[str]] = defaultdict(list)
    for plan in plans:
        for finding in plan.findings:
            if finding.code in codes:
                paths[_identify_fact(finding)].append(plan.path)
    return [_keep_first(outcome, paths, baselines) for outcome in outcomes]


def _keep_first(
    outcome: Outcome, paths: Mapping[Fact, Sequence[str]], baselines: Collection[Baseline]
) -> Outcome:
    """Return the outcome without the facts that an earlier page has."""
    if not isinstance(outcome, Plan) or not any(_identify_fact(one) in paths for one in outcome.findings):
        return outcome
    return replace(outcome, findings=tuple(_name_pages_of_facts(outcome, paths, baselines)))


def _name_pages_of_facts(
    plan: Plan, paths: Mapping[Fact, Sequence[str]], baselines: Collection[Baseline]
) -> Iterator[Finding]:
    from enrich.reconciler.baseline_update import was_reported  # a run without news does not load it

    for finding in plan.findings:
        first, *others = paths.get(_identify_fact(finding), ("",))
        if not first:
            yield finding
        elif first == plan.path:
            is_new = finding.is_new and not was_reported(finding, baselines)
            yield _name_other_pages(replace(finding, is_new=is_new), others)


def _name_other_pages(finding: Finding, others: Sequence[str]) -> Finding:
    if not others or not finding.line:  # without a line it is about no page's text
        return finding
    count = f"also on {len(others)} more page{'s' * (len(others) > 1)}"
    left_out = len(others) - _MOST_NAMED
    named = ", ".join(others[:_MOST_NAMED]) + (f" and {left_out} more" if left_out > 0 else "")
    return replace(finding, message=f"{finding.message} ({count})", evidence=named)


def _identify_fact(finding: Finding) -> Fact:
    return finding.code, str(finding.fingerprint)
