"""Measure journal names: `python -m bench.journals WORKS.jsonl.gz…`.

Counts pairs of journals without a common ISSN, one's name beginning the other's, that are told apart, and
abbreviations (a journal's own short title) that count as its name.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from enrich.reconciler.journal_names import is_same_container

SHOWN = 40


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


def main(*paths: str) -> None:
    """Print both shares, and pairs that are wrong."""
    journals = read_journals(map(Path, paths))
    for name, pairs, wanted in (
        ("other journals that are told apart", [*list_sisters(journals)], False),
        ("abbreviations that count as the name", [*list_abbreviations(journals)], True),
    ):
        wrong = [pair for pair in pairs if is_same_container(f"*{pair[0]}*", (pair[1],)) is not wanted]
        right = len(pairs) - len(wrong)
        print(f"{right} of {len(pairs)} ({right / max(len(pairs), 1):.1%}) {name}")
        print(*(f"    {page} | {record}" for page, record in wrong[:SHOWN]), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
