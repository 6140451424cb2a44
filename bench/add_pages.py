"""Add pages to copies of real sites, and compare each with the site's own pages.

`python -m bench.add_pages SITES WORKS.jsonl.gz [DOIS]`
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from enrich.add_pages import open_addition, plan_additions, write_planned_pages
from enrich.model.addition import AddRequest
from enrich.model.plan import Plan
from enrich.pipeline import run
from enrich.settings.load import load_settings

TYPES = ("journal-article", "proceedings-article", "posted-content", "book-chapter", "book")


def choose_records(works: Path, count: int, seed: int) -> list[dict[str, object]]:
    """Return records of five kinds with a title, authors and a container, by chance."""
    with gzip.open(works, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chance = random.Random(seed)
    usable = [row for row in rows if row["message"].get("title") and row["message"].get("author")]
    kinds = {kind: [row for row in usable if row["message"].get("type") == kind] for kind in TYPES}
    return [chance.choice(kinds[TYPES[at % len(TYPES)]]) for at in range(count)]


def main(sites: Path, works: Path, count: int = 5, seed: int = 1) -> None:
    """Print a line for each site, and the sums."""
    records = choose_records(works, count, seed)
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as temp:
        file = Path(temp, "records.jsonl")
        file.write_text("".join(json.dumps(row["message"]) + "\n" for row in records), encoding="utf-8")
        for site in sorted(sites.iterdir()):
            totals += measure_site(site, Path(temp, site.name), file, [str(row["doi"]) for row in records])
    print(dict(totals))


def measure_site(site: Path, copy: Path, file: Path, dois: list[str]) -> Counter[str]:
    """Add pages to a copy of a site, check them, and count what went wrong."""
    shutil.copytree(site, copy, symlinks=True)
    settings = replace(load_settings(copy), records=file)
    counts: Counter[str] = Counter()
    with open_addition(settings, copy, AddRequest()) as opened:
        added = [*write_planned_pages(opened, plan_additions(opened, dois))]
        examples = [one.page for one in opened.habits.examples]
        pattern = opened.habits.pattern
    for page in added:
        counts[page.status] += 1
        if page.status == "failed":
            print("   FAILED", site.name, page.doi, page.error)
    written = [copy / page.path for page in added if page.status == "added"]
    if written:
        report = run(settings, written, act=False)
        for outcome in report.outcomes:
            if not isinstance(outcome, Plan):
                counts["unread"] += 1
                continue
            for change in outcome.changes:
                counts[f"change {change.field} {change.level} {change.status}"] += 1
                print(
                    "   CHANGE",
                    outcome.page.path,
                    change.key,
                    str(change.old)[:50],
                    "->",
                    str(change.new)[:50],
                    change.reason[:60],
                    change.refused_because,
                )
            for finding in outcome.findings:
                counts[f"finding {finding.code}"] += 1
                if finding.code not in ("journal-differs",):
                    print("   FINDING", outcome.page.path, finding.code, finding.message[:140])
    counts["pages"] += len(written)
    print(
        f"{site.name}: {len(examples)} examples, {'-'.join(pattern.parts)} {pattern.sign!r} {pattern.form}; {added[0].path}",
        flush=True,
    )
    return counts


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
