"""Add pages to copies of a folder of sites, and check each new page at once."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from enrich.add_pages import open_addition, plan_additions, write_planned_pages
from enrich.errors import UsageError
from enrich.model.addition import AddRequest
from enrich.model.plan import Plan
from enrich.pipeline import run
from enrich.settings.load import load_settings

TYPES = ("journal-article", "proceedings-article", "posted-content", "book-chapter", "book")


def main(sites: Path, works: Path, count: int = 10, seed: int = 1) -> None:
    """Print where each site gets its pages, what a check says of them, and the sums."""
    records = choose_records(works, count, seed)
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "records.jsonl")
        file.write_text("".join(json.dumps(message) + "\n" for message in records), encoding="utf-8")
        dois = [str(message["DOI"]) for message in records]
        for site in sorted(sites.iterdir()):
            totals.update(measure_site(site, Path(folder, site.name), file, dois))
    print(", ".join(f"{name}: {number}" for name, number in sorted(totals.items())))


def choose_records(works: Path, count: int, seed: int) -> list[Mapping[str, object]]:
    """Return records of five kinds with title and authors, by chance."""
    with gzip.open(works, "rt", encoding="utf-8") as lines:
        messages = [json.loads(line)["message"] for line in lines]
    usable = [message for message in messages if message.get("title") and message.get("author")]
    chance = random.Random(seed)
    kinds = {kind: [message for message in usable if message.get("type") == kind] for kind in TYPES}
    return [chance.choice(kinds[TYPES[at % len(TYPES)]]) for at in range(count)]


def measure_site(site: Path, copy: Path, records: Path, dois: Sequence[str]) -> Iterator[str]:
    """Add pages to a copy of a site; yield a word for each page, each change and each finding."""
    shutil.copytree(site, copy, symlinks=True)
    settings = replace(load_settings(copy), records=records)
    try:
        with open_addition(settings, copy, AddRequest()) as opened:
            added = write_planned_pages(opened, plan_additions(opened, dois))
    except UsageError as error:
        print(f"{site.name}: {error}")
        return
    print(f"{site.name}: {added[0].path}", flush=True)
    yield from (page.status for page in added)
    paths = [copy / page.path for page in added if page.status == "added"]
    for outcome in run(settings, paths, act=False).outcomes:
        yield from list_reported(outcome) if isinstance(outcome, Plan) else ("not read",)


def list_reported(plan: Plan) -> Iterator[str]:
    """Yield what a check reports about a page that was just made."""
    for change in plan.changes:
        print(f"    {plan.page.path}: {change.key}: {change.old!r} → {change.new!r} ({change.reason})"[:200])
        yield f"change of {change.field}"
    yield from (f"finding {finding.code}" for finding in plan.findings)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
