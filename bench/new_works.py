"""Measure `enrich new` on sites that have half of a person's papers."""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from enrich.find_new_works import NewRequest, find_new_works
from enrich.settings.load import load_settings

Record = Mapping[str, Any]
PARTS = {"component", "peer-review", "journal-issue", "journal", "grant"}


def main(works: Path, most: int = 60, seed: int = 1) -> None:
    """Print the counts over all people."""
    with gzip.open(works, "rt", encoding="utf-8") as lines:
        records = [json.loads(line)["message"] for line in lines]
    people = list_people(records)
    chance = random.Random(seed)
    chosen = chance.sample(sorted(people), min(most, len(people)))
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for orcid in chosen:
            totals.update(measure_person(Path(folder, orcid), orcid, people[orcid], chance))
    print(", ".join(f"{name}: {number}" for name, number in sorted(totals.items())))


def list_people(records: Sequence[Record]) -> Mapping[str, Sequence[Record]]:
    """Return the works of each name that at least two works have; the name gets an ORCID iD of its own."""
    works: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for record in records:
        for person in record.get("author", ()) if record.get("title") and record.get("issued") else ():
            if len(person.get("given", "")) > 2 and person.get("family"):
                works[person["given"], person["family"]][record["DOI"].lower()] = record
    named = {name: found for name, found in works.items() if len(found) > 1}
    orcids = {name: f"0000-0001-{at // 10_000:04}-{at % 10_000:04}" for at, name in enumerate(sorted(named))}
    return {
        orcids[name]: [sign_work(one, name, orcids[name]) for one in found.values()]
        for name, found in named.items()
    }


def sign_work(work: Record, name: tuple[str, str], orcid: str) -> Record:
    """Return a record whose author of this name has the ORCID iD."""
    people = [
        {**one, "ORCID": f"https://orcid.org/{orcid}"}
        if (one.get("given"), one.get("family")) == name
        else one
        for one in work["author"]
    ]
    return {**work, "author": people}


def make_versions(work: Record) -> list[Record]:
    """Return a preprint of a work, which belongs to it, and three records that are no works."""
    title, doi = work["title"][0], work["DOI"]
    if work["type"] == "posted-content":
        return []
    return [
        {**work, "DOI": f"{doi}.pre", "type": "posted-content", "subtype": "preprint", "title": [title]},
        {**work, "DOI": f"{doi}.fig", "type": "component", "title": ["Figure 1"]},
        {**work, "DOI": f"{doi}.rev", "type": "peer-review", "title": [f"Review of: {title}"]},
        {**work, "DOI": f"{doi}.cor", "title": [f"Correction to: {title}"]},
    ]


def measure_person(site: Path, orcid: str, works: Sequence[Record], chance: random.Random) -> Iterator[str]:
    """Make a site with pages for half of the works; yield a word for each listed and each missing work."""
    shuffled = chance.sample(works, len(works))
    known, others = shuffled[: len(works) // 2], shuffled[len(works) // 2 :]
    (site / "content/publication").mkdir(parents=True)
    (site / "hugo.yaml").write_text("title: x\n", encoding="utf-8")
    for number, work in enumerate(known):
        text = format_page(work, chance.choice(("doi", "url_pdf", "")))
        (site / f"content/publication/p{number}.md").write_text(text, encoding="utf-8")
    lines = (json.dumps(one) + "\n" for work in works for one in (work, *make_versions(work)))
    (site / "r.jsonl").write_text("".join(lines), encoding="utf-8")
    settings = replace(load_settings(site), records=site / "r.jsonl")
    found = find_new_works(settings, site, NewRequest((orcid,), since=0))
    listed = {doi: one for one in found.works for doi in one.dois}
    yield from (
        "people",
        *("works" for _ in works),
        *("pages" for _ in known),
        *("lines" for _ in found.works),
    )
    for work in known:
        if work["DOI"].lower() in listed:
            print(f"has a page, listed: {work['DOI']} {work['title'][0][:60]!r}")
            yield "listed though it has a page"
    for one in found.works:
        if one.work.doi.endswith((".pre", ".fig", ".rev", ".cor")):
            print(f"no work of its own: {one.work.type} {one.work.doi} {one.work.title[:60]!r}")
            yield f"a line of its own: {one.work.doi[-3:]}"
    for work in others:
        if work["DOI"].lower() not in listed:
            print(f"not listed: {work['type']} {work['DOI']} {work['title'][0][:60]!r}")
            yield "left out: part" if work["type"] in PARTS else "left out: other"


def format_page(work: Record, key: str) -> str:
    """Return a page about a work, with its DOI under a key or without it."""
    people = [
        f"{one.get('given', '')} {one.get('family', one.get('name', ''))}".strip() for one in work["author"]
    ]
    year = (work["issued"]["date-parts"][0] or [2000])[0] or 2000
    values = {"title": work["title"][0], "authors": people, "date": f"{year}-01-01"}
    values |= {key: f"https://doi.org/{work['DOI']}"} if key else {}
    return "---\n" + "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items()) + "---\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
