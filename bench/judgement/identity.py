"""Measure the question whose record it is: pages with a wrong DOI, and honest variants of a page."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.judgement.make import Made, same
from bench.judgement.styles import plain
from enrich.model.work import Work
from enrich.reconciler.reconcile import Reconciliation

TOLD = {"doi-mismatch", "doi-doubtful", "doi-of-notice"}
EMPTIED = ("abstract", "publication", "date")


@dataclass(frozen=True)
class Tally:
    """How many pages there were, how many got another paper's values safe, and how many were silent."""

    pages: int
    written: int
    silent: int
    examples: tuple[str, ...] = ()


def list_wrong_pairs(works: Sequence[Work], rng: random.Random) -> Iterator[tuple[str, Work, Work]]:
    """Yield, of each kind in turn, the page's work and the record that its wrong DOI leads to."""
    by_author: dict[str, list[Work]] = defaultdict(list)
    by_journal: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        for person in work.contributors:
            if person.family and person.given:
                by_author[f"{person.family} {person.given}".casefold()].append(work)
        for name in work.container_titles[:1]:
            by_journal[name.casefold()].append(work)
    groups = {
        "a shared author": [group for group in by_author.values() if len(group) > 1],
        "the same journal": [group for group in by_journal.values() if len(group) > 1],
        "neither": [list(works)],
    }
    while True:
        for kind, candidates in groups.items():
            page, record = rng.sample(rng.choice(candidates), 2)
            if page.doi != record.doi and plain(page.title).casefold() != plain(record.title).casefold():
                yield kind, page, record


def measure_wrong_dois(
    works: Sequence[Work], rng: random.Random, pages: int, decide: Callable[[Made, Work], Reconciliation]
) -> Mapping[str, Tally]:
    """Return a tally for each kind of wrong DOI; the page lacks abstract, journal and date."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    for number, (kind, work, record) in enumerate(list_wrong_pairs(works, rng)):
        if number == pages:
            break
        made = same(work, rng)
        kept = {key: value for key, value in made.values.items() if key not in EMPTIED}
        verdict = decide(Made({**kept, "doi": record.doi}, made.style, made.site_context), record)
        safe = any(change.level == "safe" for change in verdict.changes)
        told = bool(TOLD & {finding.code for finding in verdict.findings})
        counts.update({(kind, "pages"): 1, (kind, "safe"): safe, (kind, "silent"): not told})
        if safe:
            titles = f"{plain(work.title)[:90]} | {plain(record.title)[:90]}"
            examples[kind].append(f"{work.doi} {record.doi}: {titles}")
    return {
        kind: Tally(
            counts[kind, "pages"], counts[kind, "safe"], counts[kind, "silent"], tuple(examples[kind])
        )
        for kind in dict.fromkeys(kind for kind, _ in counts)
    }


def _drop_subtitle(title: str) -> str:
    return title.split(": ", maxsplit=1)[0] if len(title.split(": ", maxsplit=1)[0].split()) > 3 else title


def _respell(title: str) -> str:
    return title.replace("our", "or").replace("isation", "ization")


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda title: title,
    "subtitle dropped": _drop_subtitle,
    "capitals": str.upper,
    "British spelling": _respell,
    "an earlier title": lambda title: title.replace("Effects of", "Influence of").replace(
        " using ", " with "
    ),
    "TeX": lambda title: title.replace("α", r"$\alpha$").replace("β", r"$\beta$"),
}


def measure_honest_variants(
    works: Sequence[Work], rng: random.Random, pages: int, decide: Callable[[Made, Work], Reconciliation]
) -> Mapping[str, tuple[int, int]]:
    """Return for each variant the pages with something to fill, and those of them that are filled."""
    counts: Counter[tuple[str, str]] = Counter()
    for number in range(pages):
        work = works[number % len(works)]
        name = rng.choice([*VARIANTS, "no authors"])
        made = same(work, rng)
        kept = {key: value for key, value in made.values.items() if key not in EMPTIED}
        if name == "no authors":
            kept.pop("authors", None)
        elif "title" in kept:
            kept["title"] = VARIANTS[name](plain(work.title))
        verdict = decide(Made(kept, made.style, made.site_context), work)
        fills = [change.level for change in verdict.changes if change.kind == "fill"]
        is_told = bool(TOLD & {finding.code for finding in verdict.findings})
        if fills or is_told:
            counts.update({(name, "pages"): 1, (name, "filled"): "safe" in fills})
    return {
        name: (counts[name, "pages"], counts[name, "filled"]) for name in dict.fromkeys(n for n, _ in counts)
    }
