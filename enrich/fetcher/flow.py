"""A group of DOIs on their way to answers: what is known of each, and the address it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enrich.fetcher.resolution import Case, Need, resolve
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Failure, Known, Reply
from enrich.model.work import Answer, NotFound


class Flow:
    """Learn answers by their address, until every DOI of the group has its own.

    `malformed` are addresses to be kept as those of nothing: a 400 itself never is.
    """

    def __init__(self, dois: Iterable[str], services: Services, *, keep_records: bool = False) -> None:
        """Begin with nothing known."""
        self.dois = tuple(dict.fromkeys(doi.lower() for doi in dois))
        self.needs: dict[str, Need] = {}
        self._services, self._keep = services, keep_records
        self._known: dict[str, Known] = {}
        self._asked: set[str] = set()
        self._answers: dict[str, Answer] = {}
        self.malformed: list[str] = []

    @property
    def answers(self) -> dict[str, Answer]:
        """Return the answers in the order of the DOIs, once none is open."""
        return {doi: self._answers[doi] for doi in self.dois}

    def first_urls(self) -> list[str]:
        """Return where the cache is to be looked into first: Crossref's record, and whose the DOI is."""
        crossref, register = self._services.crossref, self._services.register
        return [url for doi in self.dois for url in (crossref.single_url(doi), register.single_url(doi))]

    def begin(self, known: Mapping[str, Known]) -> list[Need]:
        """Take what the cache has; return the addresses that are needed."""
        self._known.update(known)
        return self._step(self.dois)

    def learn(self, news: Mapping[str, Known]) -> list[Need]:
        """Take answers, those to others' questions too; return the addresses that are needed now."""
        concerned = [doi for doi, need in self.needs.items() if need.url in news]
        self._known.update(news)
        self._asked.update(doi for doi in concerned if _is_news(news[self.needs[doi].url]))
        return self._step(concerned)

    def _step(self, dois: Iterable[str]) -> list[Need]:
        """Put down the answers that can be given; return what the other DOIs need."""
        needs: dict[Need, None] = {}
        for doi in dois:
            step = resolve(Case(doi, self._known, self._services, doi in self._asked, self._keep))
            if isinstance(step, Need):
                self.needs[doi] = step
                needs[step] = None
            else:
                self.needs.pop(doi, None)
                self._answers[doi] = step
                self._note_malformed(doi, step)
        return list(needs)

    def _note_malformed(self, doi: str, answer: Answer) -> None:
        """Note an address that Crossref does not take for a DOI's, where nobody else knows the DOI either."""
        url = self._services.crossref.single_url(doi)
        said = self._known.get(url)
        if isinstance(answer, NotFound) and isinstance(said, Reply) and said.status == 400:
            self.malformed.append(url)


def _is_news(reply: Known) -> bool:
    return not isinstance(reply, Failure) and not (isinstance(reply, Reply) and reply.cached)
