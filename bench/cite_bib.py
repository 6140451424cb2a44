"""Measure cite.bib: `python -m bench.cite_bib WORKS.jsonl.gz`, 60 records in nine exporters' styles."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from enrich.bibtex.bib_edits import set_bib_value
from enrich.bibtex.bib_file import parse_bib_file
from enrich.bibtex.bib_style import learn_citation_style
from enrich.bibtex.latex_text import encode_latex
from enrich.errors import Refused
from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.front_matter.page_text import read_page
from enrich.model.plan import Change
from enrich.model.site_context import SiteContext
from enrich.model.work import Found, Work
from enrich.reconciler.new_citation import format_citation_file
from enrich.reconciler.partial_dates import propose_date
from enrich.reconciler.reconcile import reconcile
from enrich.reconciler.rules import Rules
from enrich.reconciler.title_forms import propose_title
from enrich.text.jats import to_plain

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WRONG = {"volume": "987", "pages": "9001--9009", "year": "1931"}
NAMES = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Exporter:
    """How a program writes an entry."""

    layout: str
    """The start of a field's line, with the signs around `=`."""
    end: str
    """What follows the last value."""
    quotes: tuple[str, str] = ("{", "}")
    ascii_only: bool = False
    initials: bool = False
    given_first: bool = False
    protects: str = ""
    """Which capitals of the title are in braces: `whole`, `words` or none."""
    month: str = "macro"
    dash: str = "--"
    newline: str = "\n"
    lacks: frozenset[str] = frozenset()
    most_names: int = 0
    """After so many names, `and others`; 0 for all."""


EXPORTERS = {
    "zotero": Exporter("\n\t{key} = ", ",\n}\n", protects="words", ascii_only=True, dash="--"),
    "better-bibtex": Exporter("\n  {key} = ", "\n}\n", protects="words"),
    "jabref": Exporter("\n  {key:9} = ", ",\n}\n", given_first=True, newline="\r\n"),
    "mendeley": Exporter("\n{key} = ", "\n}\n", protects="whole", ascii_only=True),
    "scholar": Exporter(
        "\n  {key}=", "\n}\n", initials=True, most_names=8, lacks=frozenset({"doi", "month", "issn", "url"})
    ),
    "acm": Exporter("\n{key} = ", "\n}", month="macro", lacks=frozenset({"issn"})),
    "ieee": Exporter("\n  {key}=", "}\n", initials=True, month="name", dash="-"),
    "springer": Exporter(
        "\n{key}=", "\n}\n", quotes=('"', '"'), month="name", newline="\r\n", ascii_only=True
    ),
    "academic": Exporter("\n {key} = ", "\n}\n", month="name", dash="–"),
}


def write_entry(work: Work, exporter: Exporter) -> str:
    """Return a record's entry as an exporter writes it."""
    date = propose_date(work.dates)
    assert date
    month = "" if not date.month else (MONTHS if exporter.month == "macro" else NAMES)[date.month - 1]
    values = {
        "title": _write_title(work, exporter),
        "author": " and ".join(_write_names(work, exporter)),
        "journal": _spell(to_plain(work.container_titles[0]), exporter),
        "volume": work.volume,
        "number": work.issue,
        "pages": work.page.replace("-", exporter.dash),
        "year": str(date.year),
        "month": month,
        "publisher": _spell(work.publisher, exporter),
        "issn": work.issns[0] if work.issns else "",
        "doi": work.doi,
        "url": f"https://doi.org/{work.doi}",
    }
    text = "@article{key"
    for key, value in values.items():
        if value and key not in exporter.lacks:
            before, after = ("", "") if key == "month" and exporter.month == "macro" else exporter.quotes
            text += f",{exporter.layout.format(key=key)}{before}{value}{after}"
    return f"{text}{exporter.end}".replace("\n", exporter.newline)


def _spell(text: str, exporter: Exporter) -> str:
    return encode_latex(text, ascii_only=exporter.ascii_only)


def _write_title(work: Work, exporter: Exporter) -> str:
    title = _spell(to_plain(propose_title(work)), exporter)
    if exporter.protects == "whole":
        return f"{{{title}}}"
    if exporter.protects == "words":
        first, *words = title.split()
        return " ".join([first, *(f"{{{word}}}" if word[:1].isupper() else word for word in words)])
    return title


def _write_names(work: Work, exporter: Exporter) -> list[str]:
    names = []
    for person in work.contributors:
        given = person.given
        if exporter.initials:
            given = " ".join(f"{word[0]}." for word in given.split())
        is_given_first = exporter.given_first and given
        name = f"{given} {person.family}" if is_given_first else f"{person.family}, {given}".rstrip(", ")
        names.append(_spell(name, exporter))
    most = exporter.most_names
    return [*names[:most], "others"] if most and len(names) > most else names


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
    """Return what happens to an equal entry, and to one with a wrong volume, pages or year."""
    changes, codes = plan_changes(work, text)
    counts = Counter({"files": 1, "equal and silent": int(not changes and "cite-bib" not in codes)})
    if changes:
        for change in changes:
            counts[f"false: {change.key}"] += 1
    for key, wrong in WRONG.items():
        value = parse_bib_file(text)[0].find_value(key)
        assert value
        damaged = f"{text[: value.start]}{{{wrong}}}{text[value.end :]}"
        counts["wrong values"] += 1
        for change in plan_changes(work, damaged)[0]:
            if change.key != key:
                continue
            counts["found"] += 1
            after = set_bib_value(damaged, change.key, str(change.new))
            start, end = value.start, len(damaged) - (value.start + len(wrong) + 2)
            moved = after[:start] != damaged[:start] or after[len(after) - end :] != text[value.end :]
            counts["damaged"] += moved
            counts["second run silent"] += not any(one.key == key for one in plan_changes(work, after)[0])
    return counts


def count_new(works: Sequence[Work], name: str) -> Counter[str]:
    """Return how many new files, learned from ten others, are equal to the exporter's own but for the key."""
    texts = [
        (f"paper-{number}", write_entry(work, EXPORTERS[name])) for number, work in enumerate(works[:10])
    ]
    style = learn_citation_style(texts)
    assert style
    counts: Counter[str] = Counter()
    for work in works[10:]:
        made = format_citation_file(style, work, "content/publication/x/index.md")
        key = parse_bib_file(made)[0].key
        counts["new files"] += 1
        changes, codes = plan_changes(work, made)
        counts["new and silent"] += not changes and "cite-bib" not in codes
        wanted = write_entry(work, EXPORTERS[name]).replace("@article{key", f"@article{{{key}")
        counts["new and byte for byte"] += made == wanted
    return counts


def main(path: str) -> None:
    """Print the counts of each exporter."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["message"] for line in islice(lines, 6000)]
    random.Random(12).shuffle(rows)
    works = [*islice(filter(is_article, map(read_crossref_work, rows)), 60)]
    for name, exporter in EXPORTERS.items():
        counts: Counter[str] = Counter()
        spelled = []
        for work in works:
            try:
                counts += count_edit(work, write_entry(work, exporter))
                spelled.append(work)
            except Refused:
                counts["records that ASCII cannot spell"] += 1
        print(f"{name:14}", dict(counts + count_new(spelled, name)))


if __name__ == "__main__":
    main(sys.argv[1])
