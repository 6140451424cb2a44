"""Measure false alarms and misses: `python -m bench.judgement PATH-TO-works.jsonl.gz [pages] [seed]`."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.judgement.identity import (
    is_asked_on_purpose,
    measure_honest_variants,
    measure_parts,
    measure_wrong_dois,
)
from bench.judgement.make import Made, different, same
from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.front_matter.page_text import read_page
from enrich.model.plan import Change, Finding
from enrich.model.work import Found, Work
from enrich.reconciler.reconcile import reconcile
from enrich.reconciler.rules import Rules
from enrich.reconciler.verdict import Reconciliation

RULES = Rules(dt.date(2026, 11, 1))
ABOUT_IDENTITY = {"doi-mismatch", "doi-doubtful", "doi-of-notice"}
ABOUT_AUTHORS = {"authors-differ", "doi-mismatch", "alias-unknown"}


def works(path: Path) -> Iterator[Work]:
    """Yield the records of a file of recorded messages."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield read_crossref_work(json.loads(line)["message"])


def verdict(made: Made, work: Work) -> Reconciliation:
    """Return what the reconciler says about a made page."""
    page = read_page("content/publication/made/index.md", made.text())
    return reconcile(page, Found(work, "crossref", cached=True), None, made.site_context, RULES)


def alarms(result: Reconciliation) -> list[Change | Finding]:
    """Return what the owner is asked to look at: differences, and findings that a page can cause."""
    told = [finding for finding in result.findings if finding.code in ABOUT_AUTHORS | ABOUT_IDENTITY]
    return [*(change for change in result.changes if change.kind == "replace"), *told]


def noticed(result: Reconciliation, field: str) -> bool:
    """Return whether a difference in a field was noticed."""
    codes = {finding.code for finding in result.findings}
    if codes & ABOUT_IDENTITY:
        return True
    return any(change.field == field for change in result.changes) or (
        field == "authors" and bool(codes & ABOUT_AUTHORS)
    )


def main(path: str, pages: int = 2_000, seed: int = 1) -> None:
    """Print the table of false alarms by field and style, of misses by difference, and the worst."""
    rng = random.Random(seed)
    known = [work for work in works(Path(path)) if work.title]
    rng.shuffle(known)
    false_alarms(known, rng, pages)
    misses(known, rng, pages // 2)
    print_identity(known, rng, pages)


def print_identity(known: list[Work], rng: random.Random, pages: int) -> None:
    """Print what is written from another paper's record, and how many honest variants are still filled."""
    wrong = measure_wrong_dois(known, rng, pages, verdict)
    for kind, tally in {**wrong, **measure_parts(known, rng, pages, verdict)}.items():
        print(f"wrong DOI, {kind}: {tally.written} safe and {tally.silent} silent of {tally.pages}")
        print(*("  " + example for example in tally.examples[:20]), sep="\n")
    for name, found in measure_honest_variants(known, rng, pages, verdict).items():
        honest = found.pages - found.asked_on_purpose
        text = f"honest variant, {name}: {found.filled} filled of {honest} ({found.filled / honest:.1%})"
        print(f"{text}; with those asked about on purpose {found.pages} ({found.filled / found.pages:.1%})")


def false_alarms(known: list[Work], rng: random.Random, pages: int) -> None:
    """Print how many pages that say the same cause an alarm."""
    asked: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    examples: list[str] = []
    bad = on_purpose = 0
    for number in range(pages):
        work = known[number % len(known)]
        made = same(work, rng)
        asked.update(made.style.items())
        told = alarms(verdict(made, work))
        if told and is_asked_on_purpose(made.values, work):
            on_purpose += 1
            continue
        bad += bool(told)
        for one in told:
            field = one.field if isinstance(one, Change) else "authors"
            wrong[field, made.style.get(field, "?")] += 1
            examples.append(f"{work.doi} {field} [{made.style.get(field)}] {_said(one, made)}")
    print(
        f"false alarms: {bad} of {pages} pages ({bad / pages:.2%}); {on_purpose} more asked about on purpose"
    )
    for key, count in wrong.most_common():
        print(f"  {count:4} of {asked[key]:5}  {key[0]}: {key[1]}")
    print(*("  " + example for example in examples[:60]), sep="\n")


def misses(known: list[Work], rng: random.Random, pages: int) -> None:
    """Print how many true differences nobody hears of."""
    asked: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    examples: list[str] = []
    tried = iter(known * 4)
    while asked.total() < pages:
        work = next(tried)
        made = different(work, rng)
        if made is None:
            continue
        asked[made.how] += 1
        if not noticed(verdict(made, work), made.wrong):
            missed[made.how] += 1
            examples.append(f"{work.doi} {made.how}: {str(made.values[made.wrong])[:300]!r}")
    print(f"misses: {missed.total()} of {pages} pages ({missed.total() / pages:.2%})")
    for how, count in asked.most_common():
        print(f"  {missed[how]:4} of {count:5}  {how}")
    print(*("  " + example for example in examples[:40]), sep="\n")


def _said(one: Change | Finding, made: Made) -> str:
    if isinstance(one, Finding):
        return f"{one.code}: {one.message[:200]}; {str(made.values.get('authors'))[:200]}"
    return f"{str(one.old)[:400]!r} -> {str(one.new)[:400]!r}"


if __name__ == "__main__":
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
