"""The measurement of wrong DOIs counts what it says, and finds nothing in a few works of our own."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from bench.judgement.__main__ import verdict
from bench.judgement.identity import list_wrong_pairs, measure_parts, measure_wrong_dois
from bench.judgement.make import Made
from bench.judgement.parts import PARTS
from enrich.model.plan import Change, Finding
from enrich.model.work import Dates, PartialDate, Person, Work
from enrich.reconciler.verdict import Reconciliation

FILL = Change("abstract", ("abstract",), "fill", "safe", None, "Words.", "the page has no value")
QUESTION = Change("abstract", ("abstract",), "fill", "review", None, "Words.", "the page has no value")
DOUBT = Finding("doi-doubtful", "warning", "whose is it?")
TITLES = (
    "Mooring ropes of hemp and nylon in salt water",
    "Hulls of larch for small boats in ice",
    "How gulls find harbours in fog and rain",
    "Tides under the bridges of a northern town",
    "Rust on anchors that nobody has lifted for years",
    "Lighthouses and the sleep of their keepers",
)
KEEPERS = (Person("Eide", "Runa"), Person("Morvan", "Baptiste"), Person("Saidi", "Ikram"))


def make_work(number: int) -> Work:
    """Return a work; three people in turn write two each, and two journals have three each."""
    return Work(
        doi=f"10.1234/{number}",
        type="book" if number == 0 else "journal-article",
        titles=(TITLES[number],),
        contributors=(KEEPERS[number % 3],),
        container_titles=(("Ropes and Knots", "Harbour Notes")[number % 2],),
        dates=Dates(online=PartialDate(2010 + number, 3, 4)),
        abstract=f"We went there {number} times and wrote down all that could be seen from the pier.",
    )


WORKS = tuple(map(make_work, range(len(TITLES))))
KINDS = ["a shared author", "the same journal", "neither"]


def test_each_pair_is_of_its_kind() -> None:
    for kind, work, record in islice(list_wrong_pairs(WORKS, random.Random(1)), 30):
        assert work.doi != record.doi
        if kind == "a shared author":
            assert work.contributors == record.contributors
        if kind == "the same journal":
            assert work.container_titles == record.container_titles


@pytest.mark.parametrize(
    ("result", "counts"),
    [
        pytest.param(Reconciliation((FILL,)), (4, 4), id="filled without a word"),
        pytest.param(Reconciliation((FILL,), (DOUBT,)), (4, 0), id="filled and told"),
        pytest.param(Reconciliation((QUESTION,), (DOUBT,)), (0, 0), id="asked"),
        pytest.param(Reconciliation(), (0, 4), id="silent"),
    ],
)
def test_what_is_written_and_what_is_silent_is_counted(
    result: Reconciliation, counts: tuple[int, int]
) -> None:
    seen: list[tuple[Made, Work]] = []

    def decide(made: Made, record: Work) -> Reconciliation:
        seen.append((made, record))
        return result

    tallies = measure_wrong_dois(WORKS, random.Random(2), 12, decide)
    assert {kind: (tally.written, tally.silent) for kind, tally in tallies.items()} == dict.fromkeys(
        KINDS, counts
    )
    assert [tally.pages for tally in tallies.values()] == [4, 4, 4]
    assert all(made.values["doi"] == record.doi for made, record in seen)
    assert not any({"abstract", "publication", "date"} & set(made.values) for made, _ in seen)


def test_nothing_of_another_paper_is_written() -> None:
    for tally in measure_wrong_dois(WORKS, random.Random(3), 60, verdict).values():
        assert (tally.written, tally.silent, tally.examples) == (0, 0, ())


def test_nothing_of_a_part_is_written() -> None:
    tallies = measure_parts(WORKS, random.Random(4), 210, verdict)
    assert set(tallies) == set(PARTS)
    assert {kind: (tally.written, tally.silent, tally.examples) for kind, tally in tallies.items()} == (
        dict.fromkeys(PARTS, (0, 0, ()))
    )
