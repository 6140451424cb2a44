"""Answer from the records on disk; the services are called only for DOIs that the records do not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from enrich.fetcher.records.duckdb_connection import MOST_QUERIED
from enrich.fetcher.records.records import Records, find_by_titles_or_starts
from enrich.fetcher.searches import is_preprint_without_article
from enrich.fetcher.work_search import TitleQuery
from enrich.model.work import Answer, Found, Unanswered, Work

_MISSING = Unanswered(
    "the files under --records do not have its record; add it, or run without --records", offline=True
)


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """The records on disk, if any, and whether services answer about other DOIs."""

    records: Records | None = None
    """The records; None without `--records`."""
    ask_missing: bool = False
    """Whether the services are asked about DOIs that the records do not have."""

    @property
    def are_all(self) -> bool:
        """Return whether no service is asked."""
        return self.records is not None and not self.ask_missing

    @property
    def problems(self) -> tuple[str, ...]:
        """Return messages about the parts of the files that could not be read."""
        return self.records.problems if self.records else ()

    def group_dois(self, dois: Sequence[str], size: int) -> list[Sequence[str]]:
        """Return the DOIs in groups to look up together: of `size`, or with records large ones, sorted."""
        return cut_groups(sorted(dois), MOST_QUERIED) if self.records is not None else cut_groups(dois, size)

    def find_records(self, dois: Sequence[str]) -> Mapping[str, Answer]:
        """Return the records of these DOIs; an answer about every DOI if no service is asked."""
        found = self.records.find_records(dois) if self.records else {}
        return {doi: found.get(doi, _MISSING) for doi in dois if doi in found or self.are_all}

    def find_works(self, queries: Sequence[TitleQuery]) -> dict[TitleQuery, tuple[Work, ...]]:
        """Return the works that each query finds; omit the queries that a service must answer."""
        if self.records is None:
            return {}
        found = find_by_titles_or_starts(self.records, [query.title for query in queries])
        return {query: found[query.title] for query in queries if found[query.title] or self.are_all}

    def find_works_of(self, orcid: str) -> list[tuple[Work, ...]]:
        """Return one result, the works of a person by the ORCID iD; none without records."""
        return [self.records.find_works_of(orcid)] if self.records else []

    def add_articles(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return the answers; those about preprints have the articles with their title among the records."""
        found_answers = (answer for answer in answers.values() if isinstance(answer, Found))
        titles = [answer.work.title for answer in found_answers if lacks_articles(answer)]
        found = self.records.find_by_titles(titles) if self.records and titles else {}
        return {doi: _add_articles(answer, found) for doi, answer in answers.items()}

    def close(self) -> None:
        """Close the records."""
        if self.records:
            self.records.close()


def lacks_articles(answer: Found) -> bool:
    """Return whether an answer is about a preprint whose article is not known."""
    return is_preprint_without_article(answer.work) and not answer.articles


def _add_articles(answer: Answer, found: Mapping[str, tuple[Work, ...]]) -> Answer:
    if not isinstance(answer, Found) or not lacks_articles(answer):
        return answer
    return replace(answer, articles=found.get(answer.work.title, ()))


def list_lower_dois(dois: Iterable[str]) -> list[str]:
    """Return the DOIs in lower case, each once."""
    return list(dict.fromkeys(doi.lower() for doi in dois))


def cut_groups(dois: Sequence[str], size: int) -> list[Sequence[str]]:
    """Return the DOIs in groups of `size`; the last may be smaller."""
    return [dois[start : start + size] for start in range(0, len(dois), size)]
