"""Records in memory, by DOI, alias and title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.records import record_shapes
from enrich.fetcher.sources.source import Record
from enrich.model.work import Found, Work

MOST_ALIKE = 20  # works of one title that are read


class MemoryRecords:
    """Records in memory; the last of duplicates counts, and a DOI before an alias.

    Add every record before the first search for a title.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.problems: tuple[str, ...] = ()
        self._by_doi: dict[str, Record] = {}
        self._prime_dois: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._by_doi)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_doi)

    def add_record(self, record: object) -> bool:
        """Add a record without its references; return whether it has a DOI."""
        names = record_shapes.list_dois(record)
        if not names or not isinstance(record, Mapping):
            return False
        self._by_doi[names[0]] = {key: value for key, value in record.items() if key != "reference"}
        self._prime_dois.update(dict.fromkeys(names[1:], names[0]))
        return True

    def find_records(self, dois: Iterable[str]) -> Mapping[str, Found]:
        """Return the records of these DOIs and aliases, by their lower-case form, as far as there are any."""
        names = dict.fromkeys(doi.lower() for doi in dois)
        return {name: found for name in names if (found := self._find_record(name))}

    def find_by_titles(self, titles: Iterable[str]) -> Mapping[str, tuple[Work, ...]]:
        """Return the articles with each of these titles, whatever their markup, case and punctuation."""
        return {title: self._find_by_key(record_shapes.make_title_key(title)) for title in titles}

    def _find_record(self, name: str) -> Found | None:
        record = self._by_doi.get(name) or self._by_doi.get(self._prime_dois.get(name, ""))
        return make_answer(name, record)

    def _find_by_key(self, key: str) -> tuple[Work, ...]:
        dois = self._dois_by_title.get(key, ())[:MOST_ALIKE] if key else ()
        return tuple(found.work for doi in dois if (found := self._find_record(doi)))

    @cached_property
    def _dois_by_title(self) -> Mapping[str, Sequence[str]]:
        """Return the DOIs of the articles by the keys of their titles; most runs need none of them."""
        found: dict[str, list[str]] = {}
        for doi, record in self._by_doi.items():
            if title := record_shapes.make_article_key(record):
                found.setdefault(title, []).append(doi)
        return found

    def find_works_of(self, orcid: str) -> tuple[Work, ...]:
        """Return the works that name a person by this ORCID iD."""
        works = (found.work for doi in self._by_doi if (found := self._find_record(doi)))
        return tuple(work for work in works if any(one.orcid == orcid for one in work.contributors))

    def close(self) -> None:
        """Close nothing."""


def make_answer(name: str, record: object) -> Found | None:
    """Return a record as the answer about a DOI; None if it is not about this one."""
    work = record_shapes.read_work(record)
    is_about = work is not None and name in (work.doi, *work.aliases)
    return Found(work, "records", cached=True) if work and is_about else None


def collect_records(values: Iterable[object]) -> MemoryRecords:
    """Return the records among the values, each a record or its JSON text; ignore anything else."""
    records = MemoryRecords()
    for value in values:
        records.add_record(_parse_record_text(value) if isinstance(value, str) else value)
    return records


def _parse_record_text(text: str) -> object:
    try:
        return parse_json(text)
    except (ValueError, RecursionError):
        return None
