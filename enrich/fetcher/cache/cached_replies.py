"""What the cache has: fresh answers, old ones for want of new ones, and what to do with a broken file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from enrich.fetcher.access import Access, Clock
from enrich.fetcher.cache import cache_file
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Reply, is_missing


class Kept:
    """Answers in the cache's files, by address; `notes` is what the owner should know of them.

    `asked` are the addresses that this run had an answer for: with `refresh`, only these are fresh.
    """

    def __init__(self, access: Access, services: Services, clock: Clock) -> None:
        """Read nothing yet."""
        self._offline, self._anew = access.offline, access.refresh and not access.offline
        self._services, self._clock = services, clock
        self.files: list[Path] = [access.cache_file] if access.cache_file else []
        self.asked: set[str] = set()
        self.in_use = False
        self._broken: dict[Path, None] = {}
        self._notes: dict[str, None] = {}
        self._makeshift: list[float] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what was wrong with the files, and how much of it was used for want of better."""
        if not self._makeshift:
            return tuple(self._notes)
        oldest = datetime.fromtimestamp(min(self._makeshift), UTC).date()
        count = len(self._makeshift)
        used = f"{count} answers are the cache's, for want of new ones; the oldest is of {oldest}"
        return (*self._notes, used)

    def fresh(self, urls: Iterable[str]) -> dict[str, Reply]:
        """Return the fresh answers; where nobody is to be asked, the outlived ones too."""
        wanted = [url for url in urls if not self._anew or url in self.asked]
        found = self.read(wanted, stale=self._offline)
        self._count(reply for reply in found.values() if reply.stale)
        return found

    def instead(self, failed: Sequence[str]) -> dict[str, Reply]:
        """Return what there is of old, whose a DOI is included: that leads to another's record."""
        primary, register = self._services.primary, self._services.register
        owners = [register.make_single_url(doi) for url in failed if (doi := primary.extract_doi(url))]
        found = self.read([*failed, *owners], stale=True)
        # That a DOI was not there then says nothing about today.
        found = {url: reply for url, reply in found.items() if not (reply.stale and is_missing(reply))}
        self._count(found[url] for url in failed if url in found)
        return found

    def one(self, url: str) -> Reply | None:
        """Return the answer under an address, whether or not new ones are wanted."""
        return self.read([url], stale=self._offline).get(url)

    def read(self, urls: Sequence[str], *, stale: bool) -> dict[str, Reply]:
        """Return the answers under these addresses, the outlived ones too if they will do."""
        found: dict[str, Reply] = {}
        now = self._clock.now()
        for path in self.files if urls else ():
            try:
                found.update(cache_file.read(path, urls, now, stale=stale))
            except sqlite3.OperationalError as error:  # locked: that says nothing about what is in it
                self._notes[f"the cache {path.name} could not be read: {error}"] = None
            except sqlite3.DatabaseError:
                self._broken[path] = None
        if not self.in_use:
            self.set_broken_aside()
        for path in self._broken:
            self._notes[f"the cache {path.name} is damaged; it is put aside at the end of this run"] = None
        return found

    def set_broken_aside(self) -> None:
        """Rename the files that turned out to be broken; nobody may have them open."""
        for path in self._broken:
            try:
                aside = cache_file.set_aside(path)
                self._notes[cache_file.told_aside(path, aside)] = None
            except OSError as error:
                self._notes[f"the cache {path.name} could not be used, nor renamed: {error}"] = None
        self._broken.clear()

    def _count(self, makeshift: Iterable[Reply]) -> None:
        register = self._services.register.address
        self._makeshift += [reply.created for reply in makeshift if not reply.url.startswith(register)]
