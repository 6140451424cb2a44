"""Measure the set of a published preprint on 200 made ones: `python -m bench.published_set WORKS.jsonl.gz`.

Each is made from an article's record: its own DOI, an earlier date, no journal, in places another title or
fewer authors. A page is written from the preprint; all sets are taken, and a second run should be silent.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from enrich.cli import main as program

SEED, PAGES = 5, 200


def make_preprint(article: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    """Return the record of a preprint that became an article."""
    title = article["title"][0].split()
    if chance.random() < 0.3:
        title.insert(len(title) // 2, "novel")
    people = article["author"][: -1 if chance.random() < 0.2 and len(article["author"]) > 2 else None]
    year = article["issued"]["date-parts"][0][0] - 1
    return {
        "DOI": f"10.1101/made.{number}",
        "type": "posted-content",
        "subtype": "preprint",
        "title": [" ".join(title)],
        "author": people,
        "institution": [{"name": "bioRxiv"}],
        "posted": {"date-parts": [[year, 3, 14]]},
        "issued": {"date-parts": [[year, 3, 14]]},
        "abstract": article["abstract"].replace(".", ". ", 1).replace(" the ", " a ", 1),
        "relation": {"is-preprint-of": [{"id-type": "doi", "id": article["DOI"]}]},
    }


def write_page(preprint: dict[str, Any]) -> str:
    """Return a page about a preprint."""
    year, month, day = preprint["posted"]["date-parts"][0]
    values = {
        "title": preprint["title"][0],
        "authors": [f"{one['given']} {one['family']}" for one in preprint["author"]],
        "date": f"{year}-{month:02}-{day:02}",
        "doi": preprint["DOI"],
        "publication_types": ["3"],
        "publication": "*bioRxiv*",
        "abstract": re.sub(r"<[^>]*>", " ", preprint["abstract"]),
    }
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())
    return f"---\n{lines}---\nText.\n"


def is_usable(message: dict[str, Any]) -> bool:
    """Return whether a record has all that a made preprint needs."""
    people = message.get("author") or []
    date = (message.get("issued") or {}).get("date-parts") or [[None]]
    return (
        message.get("type") == "journal-article"
        and bool(message.get("title") and message.get("container-title") and message.get("abstract"))
        and 0 < len(people) < 30
        and all(one.get("given") and one.get("family") for one in people)
        and date[0][0] is not None
        and not message.get("update-to")
    )


def run(root: Path, command: str, *more: str) -> list[dict[str, Any]]:
    """Return the pages of a run's JSON report."""
    report = root.parent / "report.json"
    records = ["--records", str(root.parent / "records.jsonl")]
    program.run([command, str(root), *records, "--format", "json", "-o", str(report), "-q", *more])
    pages: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["pages"]
    return pages


def count_sets(pages: list[dict[str, Any]]) -> int:
    """Return how many pages have changes of a set."""
    return sum(any(change.get("set") for change in page["changes"]) for page in pages)


def main(path: str) -> None:
    """Print the counts."""
    chance = random.Random(SEED)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [message for line in lines if is_usable(message := json.loads(line)["message"])]
    articles = chance.sample(articles, PAGES)
    with TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        preprints = [make_preprint(article, number, chance) for number, article in enumerate(articles)]
        for number, preprint in enumerate(preprints):
            page = root / f"content/publication/p{number:03}/index.md"
            page.parent.mkdir(parents=True)
            page.write_text(write_page(preprint), encoding="utf-8")
        (root / "hugo.yaml").write_text("title: Made\n", encoding="utf-8")
        records = "".join(json.dumps(one) + "\n" for one in (*preprints, *articles))
        (root.parent / "records.jsonl").write_text(records, encoding="utf-8")
        before = {page: page.read_bytes() for page in root.rglob("*.md")}
        checked, written = run(root, "check"), run(root, "apply", "--all")
        second = run(root, "apply", "--all")
        wrong = {article["DOI"].lower() for article in articles} - {
            str(page["doi"]).lower() for page in second
        }
        left = Counter(change["field"] for page in second for change in page["changes"])
        program.run(["undo", str(root)])
        restored = sum(page.read_bytes() == text for page, text in before.items())
    print({"pages": len(articles), "sets offered": count_sets(checked), "sets written": count_sets(written)})
    print({"articles without their page": len(wrong), "second run, changes by field": dict(left)})
    print({"pages silent at the second run": sum(not one["changes"] for one in second)})
    print({"findings of the second run": dict(Counter(f["code"] for one in second for f in one["findings"]))})
    print({"pages restored by undo": restored})


if __name__ == "__main__":
    main(sys.argv[1])
