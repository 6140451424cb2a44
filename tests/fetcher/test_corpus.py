"""Every real record is mapped: never an exception, never a value that is not in the record."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from enrich.fetcher.records.memory_records import MemoryRecords
from enrich.fetcher.records.reader import open_records
from enrich.fetcher.sources import crossref, datacite
from enrich.model.work import Dates, Work

pytestmark = pytest.mark.corpus


def records(path: Path, key: str) -> Iterator[Mapping[str, Any]]:
    """Yield the records of one of the collections."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)[key]


def texts(record: Mapping[str, Any]) -> set[str]:
    """Return every text in a record, with white space as the mapping leaves it.

    Its references, more than half of it, are other works' texts: a value that only they have is made up.
    """
    found: set[str] = set()
    waiting: list[Any] = [{key: value for key, value in record.items() if key != "reference"}]
    for value in waiting:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            found |= value.keys()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return {" ".join(text.split()) for text in found}


def mapped(work: Work) -> Iterator[str]:
    """Yield the texts of a work that have to stand in its record word for word."""
    yield from (*work.titles, *work.subtitles, *work.container_titles, *work.institutions)
    yield " ".join(work.abstract.split())  # it keeps two spaces, where a word may be lost
    yield from (work.volume, work.issue, work.article_number, work.publisher, work.language)
    yield from (
        part for person in work.contributors for part in (person.family, person.given, person.literal)
    )
    yield from (*work.identifiers, *work.issns, *(link.url for link in work.links))


@pytest.mark.parametrize(
    ("name", "key", "to_work", "count"),
    [
        pytest.param("works", "message", crossref.read_crossref_work, 5214, id="Crossref"),
        pytest.param(
            "works_versions", "message", crossref.read_crossref_work, 1787, id="Crossref, at different dates"
        ),
        pytest.param("datacite", "data", datacite.read_datacite_work, 876, id="DataCite"),
    ],
)
def test_every_text_of_a_work_is_in_its_record(
    corpus: Path, name: str, key: str, to_work: Callable[[Mapping[str, Any]], Work], count: int
) -> None:
    seen: Counter[str] = Counter()
    for record in records(corpus / f"{name}.jsonl.gz", key):
        work = to_work(record)
        said = texts(record)
        made_up = [text for text in mapped(work) if text and text not in said]
        if made_up:  # a name loses the comma at its end, and the "et al." behind it
            said |= {cut for text in said for cut in (text.split(" et al")[0], text.strip(" ,;"))}
            said |= {text.strip(" ,;") for text in said}
            made_up = [text for text in made_up if text not in said]
        # Only a DataCite name in one part, "Family, Given", is taken apart where it is a person's.
        assert to_work is datacite.read_datacite_work or not made_up, work.doi
        assert all(any(text in whole for whole in said) for text in made_up), work.doi
        seen.update(records=1, titles=bool(work.titles), people=bool(work.contributors))
        seen.update(dates=work.dates != Dates(), types=bool(work.type), abstracts=bool(work.abstract))
    assert seen["records"] >= count
    assert seen["types"] == seen["records"]
    assert seen["titles"] > 0.95 * seen["records"]
    assert seen["dates"] > 0.95 * seen["records"]
    assert seen["people"] > 0.8 * seen["records"]


def test_every_record_of_a_collection_is_read(corpus: Path) -> None:
    found = open_records(corpus / "datacite.jsonl.gz")
    assert found.problems == ()
    assert isinstance(found, MemoryRecords)
    assert len(found) == 876
    assert len(found.find_records(found)) == 876
