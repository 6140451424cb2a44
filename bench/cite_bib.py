"""Measure cite.bib: `python -m bench.cite_bib WORKS.jsonl.gz`, 40 records in five exporters' styles."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
from collections import Counter
from dataclasses import replace
from itertools import islice

from enrich.bibtex.bib_edits import set_bib_value
from enrich.bibtex.bib_file import parse_bib_file
from enrich.bibtex.latex_text import encode_latex
from enrich.errors import Refused
from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.front_matter.page_text import read_page
from enrich.model.plan import Change
from enrich.model.site_context import SiteContext
from enrich.model.work import Found, Work
from enrich.reconciler.comparison import Rules
from enrich.reconciler.partial_dates import propose_date
from enrich.reconciler.reconcile import reconcile
from enrich.reconciler.title_forms import propose_title
from enrich.text.jats import to_plain

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAMES = "January February March April May June July August September October November December".split()
STYLES = ("zotero", "jabref", "mendeley", "scholar", "academic")


def write_entry(work: Work, style: str) -> str:
    """Return a record's entry as an exporter writes it."""
    ascii_only = style in {"scholar", "mendeley"}

    def spell(text: str) -> str:
        return encode_latex(text, ascii_only=ascii_only)

    names = []
    for person in work.contributors:
        given = person.given
        if style == "scholar":
            given = " ".join(f"{word[0]}." if index else word for index, word in enumerate(given.split()))
        inverted = style != "jabref" or not given
        names.append(f"{person.family}, {given}" if inverted else f"{given} {person.family}")
    if style == "scholar" and len(names) > 8:
        names = [*names[:8], "others"]
    date = propose_date(work.dates)
    assert date
    title = spell(to_plain(propose_title(work)))
    if style == "mendeley":
        title = f"{{{title}}}"
    if style == "zotero":
        first, *words = title.split()
        title = " ".join([first, *(f"{{{word}}}" if word[:1].isupper() else word for word in words)])
    month = MONTHS[date.month - 1] if date.month else ""
    fields = {
        "title": f"{{{title}}}",
        "author": "{" + " and ".join(map(spell, names)) + "}",
        "journal": f"{{{spell(to_plain(work.container_titles[0]))}}}",
        "volume": f"{{{work.volume}}}" if style != "jabref" else work.volume,
        "number": f"{{{work.issue}}}",
        "pages": "{" + work.page.replace("-", "--") + "}",
        "month": month if style != "academic" else f"{{{NAMES[(date.month or 1) - 1]}}}",
        "year": f"{{{date.year}}}",
        "doi": f"{{{work.doi}}}",
    }
    kept = {
        key: value for key, value in fields.items() if value.strip("{}") and (key != "month" or date.month)
    }
    if style == "scholar":
        kept = {key: value for key, value in kept.items() if key not in {"doi", "month"}}
    gap = "\n\t" if style == "zotero" else "\n  "
    end = "\r\n" if style == "jabref" else "\n"
    text = "@article{key," + ",".join(f"{gap}{key} = {value}" for key, value in kept.items()) + "\n}\n"
    return text.replace("\n", end)


def plan_changes(work: Work, text: str) -> tuple[list[Change], set[str]]:
    """Return the changes of the file and the codes of the findings."""
    header = {
        "title": to_plain(propose_title(work)),
        "authors": [f"{person.given} {person.family}" for person in work.contributors],
        "doi": work.doi,
    }
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in header.items())
    page = read_page("content/publication/x/index.md", f"---\n{lines}---\n")
    page = replace(page, cite_bib=text)
    rules = Rules(dt.date(2026, 11, 1), {"cite.bib": "fill"})
    found = reconcile(page, Found(work, "crossref", cached=True), None, SiteContext(), rules)
    return [change for change in found.changes if change.file], {one.code for one in found.findings}


def is_article(work: Work) -> bool:
    """Return whether a record has all that the entries need."""
    needed = (work.title, work.volume, work.page, work.container_titles, propose_date(work.dates))
    people = work.contributors
    return work.type == "journal-article" and all(needed) and bool(people) and all(p.family for p in people)


def count_edit(work: Work, text: str) -> Counter[str]:
    """Return what happens to an equal entry, and to one with a wrong volume."""
    changes, codes = plan_changes(work, text)
    counts = Counter({"files": 1, "equal and silent": int(not changes and "cite-bib" not in codes)})
    value = parse_bib_file(text)[0].find_value("volume")
    assert value
    before, behind = text[: value.start], text[value.end :]
    wrong, _ = plan_changes(work, f"{before}{{987}}{behind}")
    for change in wrong:
        after = set_bib_value(f"{before}{{987}}{behind}", change.key, str(change.new))
        counts["wrong volume found"] += change.key == "volume"
        counts["value alone moved"] += after == f"{before}{{{change.new}}}{behind}"
        counts["second run silent"] += not plan_changes(work, after)[0]
    return counts


def main(path: str) -> None:
    """Print the counts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["message"] for line in islice(lines, 6000)]
    random.Random(12).shuffle(rows)
    counts: Counter[str] = Counter()
    for work in filter(is_article, map(read_crossref_work, rows)):
        try:
            texts = [write_entry(work, style) for style in STYLES]
        except Refused:
            counts["records that ASCII cannot spell"] += 1
            continue
        for text in texts:
            counts += count_edit(work, text)
        if counts["files"] >= 200:
            break
    print(dict(counts))


if __name__ == "__main__":
    main(sys.argv[1])
