"""Which answers and changes move what a page was last compared with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.plan import ChangeStatus, IdentityAnswer, Kind, Plan
from enrich.reconciler.baseline_update import make_next_baseline
from tests.support.reports import DOI, change, page


@pytest.mark.parametrize(
    ("status", "kind", "identity", "moves"),
    [
        ("kept", "replace", "same", True),
        ("kept", "replace", "doubt", True),
        ("kept", "fill", "doubt", True),
        ("kept", "conflict", "doubt", True),
        ("kept", "replace", None, True),
        ("written", "replace", "same", True),
        ("written", "fill", "same", True),
        ("written", "replace", None, True),
        ("written", "replace", "doubt", False),
        ("written", "fill", "doubt", False),
        ("written", "normalise", "same", False),
        ("proposed", "replace", "same", False),
        ("proposed", "replace", "doubt", False),
        ("refused", "replace", "same", False),
    ],
)
def test_keeping_a_value_is_remembered_in_doubt_too(
    status: ChangeStatus, kind: Kind, identity: IdentityAnswer | None, moves: bool
) -> None:
    answered = replace(change("Ours", "Theirs", kind=kind, status=status), baseline_value="theirs")
    plan = Plan(page(), "", doi=DOI, changes=(answered,), identity=identity, looked_up=True)
    baseline = make_next_baseline(plan, DOI, None)
    assert (dict(baseline.fields) if baseline else {}) == ({"title": "theirs"} if moves else {})
