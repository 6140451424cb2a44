"""The answers to a site's DOIs: from records on disk, from the cache, from the services, in that order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self

from enrich.errors import EnrichError
from enrich.fetcher import store
from enrich.fetcher.access import Access, Clock, checked
from enrich.fetcher.records import Records
from enrich.fetcher.resolve import Case, Need, resolve
from enrich.fetcher.services import services
from enrich.fetcher.source import Failure, Known, Reply
from enrich.work import Answer, Found, Unanswered, Unsupported

if TYPE_CHECKING:
    from enrich.fetcher.calls import Caller

# So many DOIs are worked on at a time: twelve list calls, and what they bring fits into memory.
AT_A_TIME = 480

Progress = Callable[[int, int], None]


class Lookup:
    """Where answers come from; made once a run, closed at its end.

    `records`: nothing but these is asked. `keep_records`: answers carry the raw record along.
    `make_folder` makes the cache's folder when there is the first answer to keep.
    `notes` says what the owner should know: a cache set aside, outlived records used.
    """

    def __init__(
        self,
        access: Access,
        records: Records | None = None,
        *,
        clock: Clock | None = None,
        keep_records: bool = False,
        make_folder: Callable[[Path], object] = store.make_folder,
    ) -> None:
        """Open nothing yet: files and connections are opened when they are needed."""
        self._access, self._records = checked(access), records
        self._clock, self._keep = clock or Clock(), keep_records
        self._make_folder = make_folder
        self._services = services(self._access)
        self._files = [self._access.cache_file] if self._access.cache_file else []
        self._caller: Caller | None = None
        self._closing = ExitStack()
        self._notes: dict[str, None] = {}
        self._makeshift: list[float] = []
        self._asked: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the session and its cache."""
        self._closing.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what happened on the way that the owner should know."""
        notes = [*(self._records.problems if self._records else ()), *self._notes]
        if self._caller is not None and self._caller.cache.trouble:
            notes.append(self._caller.cache.trouble)
        if self._makeshift:
            oldest = datetime.fromtimestamp(min(self._makeshift), UTC).date()
            count = len(self._makeshift)
            notes.append(f"{count} answers are the cache's, for want of new ones; the oldest is of {oldest}")
        return tuple(notes)

    def answers(self, dois: Iterable[str], progress: Progress | None = None) -> dict[str, Answer]:
        """Return an answer for every DOI, by its lower-cased form; none is asked for twice."""
        wanted = list(dict.fromkeys(doi.lower() for doi in dois))
        if self._records is not None:
            return self._from_records(self._records, wanted)
        answers: dict[str, Answer] = {}
        for start in range(0, len(wanted), AT_A_TIME):
            answers.update(self._some(wanted[start : start + AT_A_TIME]))
            if progress is not None:
                progress(len(answers), len(wanted))
        return answers

    def _from_records(self, records: Records, dois: Sequence[str]) -> dict[str, Answer]:
        missing = Unanswered("it is not among the records given", offline=True)
        return {doi: records.find(doi, keep_record=self._keep) or missing for doi in dois}

    def _some(self, dois: Sequence[str]) -> dict[str, Answer]:
        known: dict[str, Known] = {}
        asked: set[str] = set()
        answers: dict[str, Answer] = {}
        needs = self._needs(dois, known, asked, answers)
        while needs:
            urls = list(dict.fromkeys(needs.values()))
            known.update(self._learn(urls))
            asked.update(doi for doi, url in needs.items() if _is_news(known[url]))
            needs = self._needs(list(needs), known, asked, answers)
        self._confirm(answers, known)
        return {doi: answers[doi] for doi in dois}

    def _needs(
        self, dois: Sequence[str], known: Mapping[str, Known], asked: set[str], answers: dict[str, Answer]
    ) -> dict[str, str]:
        """Put down the answers that can be given now; return the address that each other DOI needs."""
        needs: dict[str, str] = {}
        for doi in dois:
            step = resolve(Case(doi, known, self._services, doi in asked, self._keep))
            if isinstance(step, Need):
                needs[doi] = step.url
            else:
                answers[doi] = step
        return needs

    def _learn(self, urls: Sequence[str]) -> dict[str, Known]:
        """Return what is known under these addresses: the cache first, then the services."""
        offline = self._access.offline
        known: dict[str, Known] = {}
        # `refresh` means once: what was asked for in this run is fresh.
        anew = self._access.refresh and not offline
        known.update(self._read([url for url in urls if not anew or url in self._asked], stale=offline))
        missing = [url for url in urls if url not in known]
        if offline:
            reason = "it is not in the cache, and nobody was to be asked"
            return known | {url: Failure(url, reason, offline=True) for url in missing}
        if missing:
            known.update(self._open().fetch(missing))
            self._asked.update(missing)
            failed = [url for url in missing if isinstance(known[url], Failure)]
            instead = self._read(failed, stale=True)
            self._makeshift += [reply.created for reply in instead.values() if not reply.outlived]
            known.update(instead)
        return known

    def _read(self, urls: Sequence[str], *, stale: bool) -> dict[str, Reply]:
        found: dict[str, Reply] = {}
        now = self._clock.now()
        for path in self._files if urls else ():
            try:
                found.update(store.read(path, urls, now, stale=stale))
            except sqlite3.Error as error:
                self._notes[f"the cache {path.name} could not be read: {error}"] = None
        self._makeshift += [reply.created for reply in found.values() if reply.outlived]
        return found

    def _open(self) -> Caller:
        """Return the way to the network, made when it is first needed: it loads requests."""
        if self._caller is None:
            from enrich.fetcher.calls import open_caller

            path = self._writable_cache()
            self._caller = open_caller(self._access, self._services, self._clock, path)
            self._closing.callback(self._caller.session.close)
        return self._caller

    def _writable_cache(self) -> Path:
        wanted = self._access.cache_file
        if wanted is not None:
            try:
                self._make_folder(wanted.parent)
                note = store.make_ready(wanted)
            except (OSError, sqlite3.Error, EnrichError) as error:
                self._notes[f"the answers of this run are not kept: {error}"] = None
            else:
                self._notes.update({note: None} if note else {})
                return wanted
        folder = self._closing.enter_context(TemporaryDirectory(prefix="enrich-"))
        path = Path(folder) / "http.sqlite"
        store.make_ready(path)
        self._files.append(path)
        return path

    def _confirm(self, answers: Mapping[str, Answer], known: Mapping[str, Known]) -> None:
        """Let Crossref's 404 live as long as the answer of the agency that does have the DOI."""
        settled = [
            url
            for doi, answer in answers.items()
            if isinstance(answer, Unsupported) or (isinstance(answer, Found) and answer.source == "datacite")
            if _is_news(known.get(url := self._services.crossref.single_url(doi)))
        ]
        if settled and self._files:
            try:
                store.extend(self._files[-1], settled, self._clock.now() + store.LIFE)
            except sqlite3.Error as error:
                self._notes[f"the cache could not be written: {error}"] = None


def _is_news(reply: Known | None) -> bool:
    return isinstance(reply, Reply) and not reply.cached
