"""Measure churn: `python -m bench.judgement.versions PATH-TO-works_versions.jsonl.gz`.

A page that says what the older recording said, with that as its base, beside the newer recording.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bench.judgement.__main__ import RULES
from bench.judgement.make import Made, same
from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.front_matter.page_text import read_page
from enrich.model.plan import Baseline
from enrich.model.work import Found, Work
from enrich.reconciler.reconcile import reconcile
from enrich.reconciler.verdict import Reconciliation


def pairs(path: Path) -> Iterator[tuple[Work, Work]]:
    """Yield each DOI's recordings two by two, the older first."""
    by_doi: dict[str, list[tuple[str, Work]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            by_doi.setdefault(row["doi"], []).append(
                (str(row["retrieved"]), read_crossref_work(row["message"]))
            )
    for recordings in by_doi.values():
        recordings.sort(key=lambda recording: recording[0])
        for older, newer in pairwise(recordings):
            if older[0] != newer[0]:
                yield older[1], newer[1]


def second_look(made: Made, older: Work, newer: Work) -> Reconciliation:
    """Return the verdict on a page that agreed with the older recording."""
    page = read_page("content/publication/made/index.md", made.text())
    first = reconcile(page, Found(older, "crossref", cached=True), None, made.site_context, RULES)
    base = Baseline(page.path, older.doi, first.agreed)
    return reconcile(page, Found(newer, "crossref", cached=True), base, made.site_context, RULES)


def main(path: str) -> None:
    """Print how many second looks find something, by field and kind, and what they find."""
    rng = random.Random(1)
    counts: Counter[str] = Counter()
    number = told = 0
    said: list[str] = []
    for older, newer in pairs(Path(path)):
        if not older.title or older.doi != newer.doi:
            continue
        number += 1
        made = same(older, rng)
        verdict = second_look(made, older, newer)
        moved = [change for change in verdict.changes if change.kind in {"update", "conflict", "replace"}]
        told += bool(moved)
        for change in moved:
            counts[f"{change.field} {change.kind} {change.level}"] += 1
            said.append(
                f"{older.doi} {change.field} {change.kind}/{change.level}: {change.old!r} -> {change.new!r}"
            )
    print(f"{told} of {number} pairs say something: {dict(counts)}")
    rng.shuffle(said)
    print(*(line[:900] for line in said[:60]), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
