"""The promise in numbers, over real records: hardly a false alarm, hardly a miss, no noise from churn."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

import pytest

from bench.judgement.__main__ import alarms, noticed, verdict, works
from bench.judgement.make import different, same
from bench.judgement.versions import pairs, second_look
from enrich.model.work import Work

pytestmark = [pytest.mark.corpus, pytest.mark.slow]
PAGES = 500


@pytest.fixture(scope="module")
def known(corpus: Path) -> list[Work]:
    """Return the records in an order of chance that is always the same."""
    # Without authors a title of one or two words ("Editorial Board") identifies no work, and a component
    # is a part of one: enrich asks about both on purpose.
    found = [
        work
        for work in works(corpus / "works.jsonl.gz")
        if work.title and work.contributors and work.type != "component"
    ]
    random.Random(11).shuffle(found)
    return found


def test_a_page_that_agrees_has_no_changes(known: list[Work]) -> None:
    rng = random.Random(12)
    asked = [work for work in known[:PAGES] if alarms(verdict(same(work, rng), work))]
    assert len(asked) <= PAGES / 100, [work.doi for work in asked]


def test_a_true_difference_is_noticed(known: list[Work]) -> None:
    rng = random.Random(13)
    made = [(work, one) for work in known[:PAGES] if (one := different(work, rng))]
    missed = [(work.doi, one.how) for work, one in made if not noticed(verdict(one, work), one.wrong)]
    assert len(made) > PAGES / 2
    assert len(missed) <= len(made) * 3 / 100, missed


def test_a_record_that_changes_only_its_form_is_not_news(corpus: Path) -> None:
    rng = random.Random(14)
    looks = [
        second_look(same(older, rng), older, newer)
        for older, newer in islice(pairs(corpus / "works_versions.jsonl.gz"), 0, None, 2)
        if older.title and older.doi == newer.doi
    ]
    told = [look for look in looks if any(change.kind != "fill" for change in look.changes)]
    assert len(looks) > 250
    assert len(told) <= len(looks) / 100
