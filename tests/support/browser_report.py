"""A generated site that has everything a report can show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FAMILIES = "Adler Brandt Castellanos Dubois Eriksen Fischer García Hoshino Ivanova Jansen".split()
GIVEN = "Ana Bruno Chiara David Elif Farid Grete Hiro Ines Jonas".split()
TOPICS = (
    "Glacial erosion Embryonic patterning Latent dynamics Coral bleaching Spin ordering"
    " Dialect change Vaccine uptake Soil carbon Graph kernels Sleep rhythm"
).split()
PAGE = """\
---
title: "{title}"
authors:
{authors}
date: "{date}"
doi: "{doi}"
publication_types: ["{type}"]
publication: "{journal}"  # as the journal is called
abstract: {abstract}
tags: []
---

Some text of the page itself.
"""


def make_site(site: Path, numbers: Iterable[int]) -> Path:
    """Write the pages of these numbers and their records, and return the file of the records."""
    (site / "hugo.yaml").write_text("title: The Made Lab\n", encoding="utf-8")
    records = site / "records.jsonl"
    with records.open("w", encoding="utf-8") as file:
        for number in numbers:
            folder = site / "content" / "publication" / f"made-{number:04d}"
            folder.mkdir(parents=True)
            message = _message(number)
            (folder / "index.md").write_bytes(_page(number, message).encode("utf-8"))
            file.write(json.dumps(message) + "\n")
    return records


def _message(number: int) -> dict[str, Any]:
    topic = f"{TOPICS[number % 10 * 2]} {TOPICS[number % 10 * 2 + 1]}"
    people = [
        {"given": GIVEN[(number + each) % 10], "family": FAMILIES[(number + 3 * each) % 10]}
        for each in range(2 + number % 4)
    ]
    message: dict[str, Any] = {
        "DOI": f"10.5555/made.{number:04d}",
        "type": "journal-article",
        "title": [f"{topic} under changing conditions: a study of {number + 2} sites"],
        "author": people,
        "container-title": ["Journal of Made Results"],
        "published-online": {"date-parts": [[2004 + number % 21, 1 + number % 12, 2 + number % 26]]},
        "abstract": f"<jats:p>{topic} was observed at {number + 2} sites. "
        + "It changed, slowly. " * 12
        + "</jats:p>",
    }
    if number % 50 == 7:
        notice = {
            "DOI": f"10.5555/notice.{number}",
            "type": "retraction",
            "updated": {"date-parts": [[2024, 5, 6]]},
        }
        message["updated-by"] = [notice]
    return message


def _page(number: int, message: dict[str, Any]) -> str:
    """Return a page that differs from its record by the rules below; more than half hold something open."""
    authors = [f"{person['given']} {person['family']}" for person in message["author"]]
    title = message["title"][0]
    doi = message["DOI"]
    abstract = message["abstract"].removeprefix("<jats:p>").removesuffix("</jats:p>")
    if number % 3 == 0:
        abstract = '""'
    if number % 12 == 2:
        abstract = "Our own words about this paper, which stay."
    if number % 9 == 4:
        title = title.replace("changing", "steady")
    if number % 11 == 5:
        authors = authors[:-1]
    if number % 17 == 3:
        doi = f"https://doi.org/{doi}"
    if number % 40 == 11:
        doi = ""
    text = PAGE.format(
        title=title,
        authors="\n".join(f"- {name}" for name in authors),
        date="{:04d}-{:02d}-{:02d}".format(*message["published-online"]["date-parts"][0]),
        doi=doi,
        type="2" if number % 6 else "0",
        journal="*Journal of Made Results*" if number % 8 else "",
        abstract=abstract,
    )
    if number % 90 == 19:
        text = text.replace("tags: []", "enrich: false")
    if number % 150 == 29:
        text = text.replace("tags: []", "tags: [\n\tbroken")
    return text.replace("\n", "\r\n") if number % 13 == 6 else text
