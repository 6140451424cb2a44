"""Measure the question whose record it is: pages with a wrong DOI, and honest variants of a page."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from bench.judgement.make import Made, same
from bench.judgement.parts import PARTS, make_part_pair
from bench.judgement.styles import plain
from enrich.model.work import Work
from enrich.reconciler.verdict import Reconciliation

TOLD = {"doi-mismatch", "doi-doubtful", "doi-of-notice"}
Decide = Callable[[Made, Work], Reconciliation]
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
    works: Sequence[Work], rng: random.Random, pages: int, decide: Decide
) -> Mapping[str, Tally]:
    """Return a tally for each kind of wrong DOI; the page lacks abstract, journal and date."""
    pairs = ((kind, same(work, rng), record) for kind, work, record in list_wrong_pairs(works, rng))
    return _tally_pairs(islice(pairs, pages), decide)


def measure_parts(
    works: Sequence[Work], rng: random.Random, pages: int, decide: Decide
) -> Mapping[str, Tally]:
    """Return a tally for each kind of record that belongs to the page's work and is not the work."""
    kinds = islice(cycle(PARTS), pages)
    return _tally_pairs(((kind, *make_part_pair(works, kind, rng)) for kind in kinds), decide)


def _tally_pairs(pairs: Iterable[tuple[str, Made, Work]], decide: Decide) -> Mapping[str, Tally]:
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    for kind, made, record in pairs:
        kept = {key: value for key, value in made.values.items() if key not in EMPTIED}
        verdict = decide(Made({**kept, "doi": record.doi}, made.style, made.site_context), record)
        safe = any(change.level == "safe" for change in verdict.changes)
        told = bool(TOLD & {finding.code for finding in verdict.findings})
        counts.update({(kind, "pages"): 1, (kind, "safe"): safe, (kind, "silent"): not told})
        if safe or not told:
            titles = f"{str(made.values.get('title'))[:120]} | {plain(record.title)[:120]}"
            examples[kind].append(f"{made.values['doi']} {record.doi}: {titles}")
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


def _change_two_words(title: str) -> str:
    words = title.split()
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if len(words) < 9 or len(long) < 4:
        return title
    words[long[1]], words[long[-2]] = "preliminary", "measured"
    return " ".join(words)


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda title: title,
    "subtitle dropped": _drop_subtitle,
    "capitals": str.upper,
    "British spelling": _respell,
    "an earlier title": lambda title: title.replace("Effects of", "Influence of").replace(
        " using ", " with "
    ),
    "an earlier title, two words changed": _change_two_words,
    "TeX": lambda title: title.replace("α", r"$\alpha$").replace("β", r"$\beta$"),
}


@dataclass(frozen=True)
class Variants:
    """How many pages of one variant had something to fill, and how many of them were filled."""

    pages: int
    filled: int
    asked_on_purpose: int
    """Of the pages that were not filled, those about whose record the contract asks: a title of one or two
    words without authors, the record of a component, a notice about another work."""


def measure_honest_variants(
    works: Sequence[Work], rng: random.Random, pages: int, decide: Decide
) -> Mapping[str, Variants]:
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
        if fills or TOLD & {finding.code for finding in verdict.findings}:
            is_filled = "safe" in fills
            is_meant = not is_filled and is_asked_on_purpose(kept, work)
            counts.update({(name, "pages"): 1, (name, "filled"): is_filled, (name, "meant"): is_meant})
    names = dict.fromkeys(name for name, _ in counts)
    return {
        name: Variants(counts[name, "pages"], counts[name, "filled"], counts[name, "meant"]) for name in names
    }


def is_asked_on_purpose(values: Mapping[str, object], work: Work) -> bool:
    """Return whether the contract itself puts the record in doubt, or says that it is another one's."""
    is_short = len(str(values.get("title", "")).split()) <= 2
    has_people = bool(values.get("authors")) and bool(work.contributors)
    is_about_another = any(entry.doi.lower() != work.doi.lower() for entry in work.update_to)
    return (is_short and not has_people) or work.type in {"component", "peer-review"} or is_about_another
