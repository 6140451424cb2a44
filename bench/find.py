"""Measure the search for missing DOIs: `python -m bench.find PATH-TO-works.jsonl.gz [pages] [absent] [seed]`.

Pages are made from records in people's styles, without a DOI. The search ranks all records by the words that
they share with the query, rare words first, as a service does: wrong hits included.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.judgement.make import Made, same
from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.fetcher.sources.source import MOST_HITS
from enrich.front_matter.page_text import read_page
from enrich.model.plan import Candidate
from enrich.model.work import Work
from enrich.reconciler.candidates import rank_candidates
from enrich.reconciler.judged_doi import judge_found_doi
from enrich.reconciler.title_forms import read_title

# Kinds of records that people have pages about.
OF_PAGES = frozenset({
    "journal-article", "proceedings-article", "posted-content", "book-chapter", "book", "monograph", "report",
    "dissertation",
})  # fmt: skip
NOTICE = re.compile(
    r"correct|errat|retract|reply|comment|review|withdraw|supplement|editorial", re.IGNORECASE
)


class Index:
    """All records by their words."""

    def __init__(self, works: Sequence[Work]) -> None:
        """Index titles and names."""
        self.works = works
        self.places: dict[str, set[int]] = defaultdict(set)
        for at, work in enumerate(works):
            for word in list_words(" ".join((*work.titles, *(one.family for one in work.contributors)))):
                self.places[word].add(at)

    def search(self, query: str) -> list[Work]:
        """Return the records that share the rarest words."""
        scores: Counter[int] = Counter()
        for word in list_words(query):
            weight = math.log(1 + len(self.works) / (1 + len(self.places.get(word, ()))))
            for at in self.places.get(word, ()):
                scores[at] += weight  # type: ignore[assignment]
        return [self.works[at] for at, _ in scores.most_common(MOST_HITS)]


def list_words(text: str) -> set[str]:
    """Return the words of a text."""
    return set(re.findall(r"\w+", text.casefold()))


def find(made: Made, index: Index, without: str = "") -> tuple[Candidate, ...]:
    """Return the candidates for a page, its own record left out of the index where it is named."""
    page = read_page("content/publication/made/index.md", made.text())
    authors = made.values.get("authors")
    first = str(authors[0]) if isinstance(authors, list) and authors else ""
    hits = index.search(f"{read_title(page)} {first}")
    judged = (judge_found_doi(page, made.site_context, work) for work in hits if work.doi != without)
    return rank_candidates(judged)


def load_works(path: Path) -> list[Work]:
    """Return the records of a file of recorded messages."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [read_crossref_work(json.loads(line)["message"]) for line in lines]


def main(path: str, pages: int = 500, absent: int = 200, seed: int = 1) -> None:
    """Print the shares of right, certain and wrong answers, and the pages behind them."""
    rng = random.Random(seed)
    works = load_works(Path(path))
    index = Index(works)
    usual = [
        work
        for work in works
        if work.type in OF_PAGES and work.contributors and len(work.title.split()) > 2
        and not NOTICE.search(work.title)
    ]  # fmt: skip
    usual = list({work.doi: work for work in usual}.values())
    chosen = rng.sample(usual, pages + absent)
    counts: Counter[str] = Counter()
    told: list[str] = []
    for work in chosen[:pages]:
        made = without_doi(same(work, rng))
        candidates = find(made, index)
        count_answer(work, candidates, counts, told)
    for work in chosen[pages:]:
        candidates = find(without_doi(same(work, rng)), index, without=work.doi)
        if candidates and candidates[0].verdict == "certain":
            counts["absent, yet certain"] += 1
            told.append(f"ABSENT {work.doi} {work.title!r:.70}: {candidates[0].doi} {candidates[0].reasons}")
    print(*(f"{count:5} {name}" for name, count in sorted(counts.items())), *told, sep="\n")


def count_answer(work: Work, found: Sequence[Candidate], counts: Counter[str], told: list[str]) -> None:
    """Count what was found for a page whose work is in the index."""
    counts["pages"] += 1
    first = found[0] if found else None
    own = {work.doi, *work.aliases}
    if first is None or first.doi not in own:
        told.append(f"NOT FIRST {work.doi} {work.title!r:.70}: {first and (first.doi, first.reasons)}")
        counts["certain and wrong"] += bool(first and first.verdict == "certain")
        return
    counts["first and right"] += 1
    counts["certain and right"] += first.verdict == "certain"
    if first.verdict != "certain":
        told.append(f"UNSURE {work.doi} {work.title!r:.50}: {first.reasons}")


def without_doi(made: Made) -> Made:
    """Return the page without its DOI."""
    values: Mapping[str, object] = {key: value for key, value in made.values.items() if key != "doi"}
    return Made(values, made.style, made.site_context)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
