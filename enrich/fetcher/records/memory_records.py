"""Records in memory, by DOI, alias and title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.records import record_shapes
from enrich.fetcher.sources.source import Record
from enrich.model.work import Found, Work

MOST_ALIKE = 20  # works with one title; a look-up reads no more of them


class MemoryRecords:
    """Records in memory.

    Add all records before the first search for a title. If several records have one DOI, the last counts.
    A record's own DOI takes precedence over an alias.
    """

    def __init__(self) -> None:
        """Start without records."""
        self.problems: tuple[str, ...] = ()
        self._by_doi: dict[str, Record] = {}
        self._prime_dois: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._by_doi)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_doi)

    def add_record(self, record: object) -> bool:
        """Add a record without its references; return False, and add nothing, if it has no DOI."""
        names = record_shapes.list_dois(record)
        if not names or not isinstance(record, Mapping):
            return False
        self._by_doi[names[0]] = {key: value for key, value in record.items() if key != "reference"}
        self._prime_dois.update(dict.fromkeys(names[1:], names[0]))
        return True

    def find_records(self, dois: Iterable[str]) -> Mapping[str, Found]:
        """Map each DOI or alias, in lower case, to its record; omit those without a record."""
        names = dict.fromkeys(doi.lower() for doi in dois)
        return {name: found for name in names if (found := self._find_record(name))}

    def find_by_titles(self, titles: Iterable[str]) -> Mapping[str, tuple[Work, ...]]:
        """Map each title to the articles that have it; markup, case and punctuation make no difference."""
        return {title: self._find_by_key(record_shapes.make_title_key(title)) for title in titles}

    def _find_record(self, name: str) -> Found | None:
        record = self._by_doi.get(name) or self._by_doi.get(self._prime_dois.get(name, ""))
        return make_answer(name, record)

    def _find_by_key(self, key: str) -> tuple[Work, ...]:
        dois = self._dois_by_title.get(key, ())[:MOST_ALIKE] if key else ()
        return tuple(found.work for doi in dois if (found := self._find_record(doi)))

    @cached_property
    def _dois_by_title(self) -> Mapping[str, Sequence[str]]:
        """Return the articles' DOIs by title key, computed at the first search: most runs make none."""
        found: dict[str, list[str]] = {}
        for doi, record in self._by_doi.items():
            if title := record_shapes.make_article_key(record):
                found.setdefault(title, []).append(doi)
        return found

    def find_works_of(self, orcid: str) -> tuple[Work, ...]:
        """Return the works that have this ORCID iD among their contributors."""
        works = (found.work for doi in self._by_doi if (found := self._find_record(doi)))
        return tuple(work for work in works if any(one.orcid == orcid for one in work.contributors))

    def close(self) -> None:
        """Do nothing, because no file is open."""


def make_answer(name: str, record: object) -> Found | None:
    """Return a record as the answer about a DOI; None if that is neither its DOI nor one of its aliases."""
    work = record_shapes.read_work(record)
    is_about = work is not None and name in (work.doi, *work.aliases)
    return Found(work, "records", cached=True) if work and is_about else None


def collect_records(values: Iterable[object]) -> MemoryRecords:
    """Return the records among the values, which may be records or their JSON texts; ignore anything else."""
    records = MemoryRecords()
    for value in values:
        records.add_record(_parse_record_text(value) if isinstance(value, str) else value)
    return records


def _parse_record_text(text: str) -> object:
    try:
        return parse_json(text)
    except (ValueError, RecursionError):
        return None
