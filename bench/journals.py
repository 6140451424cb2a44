"""Measure journal names: `python -m bench.journals WORKS.jsonl.gz…`.

Counts pairs of journals without a common ISSN, one's name beginning the other's, that are told apart, and
abbreviations (a journal's own short title) that count as its name.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from pathlib import Path

from enrich.reconciler.journal_names import is_same_container

SHOWN = 40
SAMPLE, SEED = 6_000, 5  # names of other journals that begin alike


def read_journals(paths: Iterable[Path]) -> Mapping[str, dict[str, set[str]]]:
    """Return the ISSNs and short titles of each journal in files of Crossref's works, by its title."""
    journals: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"issns": set(), "short": set()})
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                work = json.loads(line)["message"]
                titles = work.get("container-title") or []
                if work.get("type") == "journal-article" and len(titles) == 1 and work.get("ISSN"):
                    journals[titles[0]]["issns"] |= set(work["ISSN"])
                    journals[titles[0]]["short"] |= set(work.get("short-container-title") or [])
    return journals


def list_sisters(journals: Mapping[str, dict[str, set[str]]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of journals without a common ISSN where one's name begins the other's."""
    for short in journals:
        start = f"{short.casefold()} "
        for long in journals:
            begins = long.casefold().replace(":", " ").replace(".", " ").startswith(start)
            if begins and journals[short]["issns"].isdisjoint(journals[long]["issns"]):
                yield from ((short, long), (long, short))


def list_abbreviations(journals: Mapping[str, dict[str, set[str]]]) -> Iterator[tuple[str, str]]:
    """Yield a short title, with full stops and without, beside the journal's title."""
    for title, journal in journals.items():
        for short in sorted(journal["short"] - {title}):
            yield from ((short, title), (short.replace(".", ""), title))


def list_namesakes(journals: Mapping[str, dict[str, set[str]]]) -> Iterator[tuple[str, str]]:
    """Yield the names of a journal beside another one's title that begins with the same four letters."""
    alike: dict[str, list[str]] = defaultdict(list)
    for title in journals:
        alike[title.casefold()[:4]].append(title)
    for group in alike.values():
        for one, other in permutations(group, 2):
            if journals[one]["issns"].isdisjoint(journals[other]["issns"]):
                yield from ((name, other) for name in {one, *journals[one]["short"]})


def main(*paths: str) -> None:
    """Print the shares, and pairs that are wrong."""
    journals = read_journals(map(Path, paths))
    abbreviations = [*list_abbreviations(journals)]
    namesakes = sorted(set(list_namesakes(journals)))
    rng = random.Random(SEED)
    _print_share("other journals that are told apart", list_sisters(journals), journals, wanted=False)
    _print_share("abbreviations that count as the name", abbreviations, {}, wanted=True)
    _print_share("of them with the record's short title", abbreviations, journals, wanted=True)
    sample = rng.sample(namesakes, min(SAMPLE, len(namesakes)))
    _print_share("names of others that begin alike, told apart", sample, journals, wanted=False)


def _print_share(
    name: str,
    pairs: Iterable[tuple[str, str]],
    journals: Mapping[str, dict[str, set[str]]],
    *,
    wanted: bool,
) -> None:
    """Print how many pairs are judged rightly; the record has the short titles of `journals`."""
    pairs = [*pairs]
    short = {title: sorted(journals[title]["short"]) if title in journals else [] for _, title in pairs}
    wrong = [
        pair for pair in pairs if is_same_container(f"*{pair[0]}*", (pair[1], *short[pair[1]])) != wanted
    ]
    right = len(pairs) - len(wrong)
    print(f"{right} of {len(pairs)} ({right / max(len(pairs), 1):.1%}) {name}")
    print(*(f"    {page} | {record}" for page, record in wrong[:SHOWN]), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
