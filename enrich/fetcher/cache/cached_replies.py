"""Find replies in the cache: fresh ones, and expired ones if a service fails; report unusable cache files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from enrich.fetcher.access import Access
from enrich.fetcher.cache import cache_file
from enrich.fetcher.clock import Clock
from enrich.fetcher.own_database import set_aside
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Reply, is_missing
from enrich.text.count_noun import count_noun


class CachedReplies:
    """The replies in the cache's files, by address; `notes` are messages for the user.

    `asked` has the addresses that a service has answered in this run: with `refresh`, only these are fresh.
    """

    def __init__(self, access: Access, services: Services, clock: Clock) -> None:
        """Open no file yet."""
        self._offline, self._refresh = access.offline, access.refresh and not access.offline
        self._services, self._clock = services, clock
        self.files: list[Path] = [access.cache_file] if access.cache_file else []
        self.asked: set[str] = set()
        self.in_use = False
        self._broken: dict[Path, None] = {}
        self._unreadable: set[Path] = set()
        self._notes: dict[str, None] = {}
        self._stale_used: list[float] = []
        self._recalled = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the problems of the files, and how many cached replies took the place of a service's."""
        notes = [*self._notes]
        if self._stale_used:
            oldest = datetime.fromtimestamp(min(self._stale_used), UTC).date()
            why = f"because the service did not respond; the oldest is from {oldest}"
            answers = count_noun(len(self._stale_used), "expired answer")
            notes.append(f"used {answers} from the cache {why}")
        if self._recalled:
            records = count_noun(self._recalled, "record")
            why = "that the service no longer finds"
            notes.append(f"used {records} from the cache {why}; a later run asks again")
        return tuple(notes)

    def is_unreadable(self, path: Path) -> bool:
        """Return whether this run has given up on a file, for instance because it is locked."""
        return path in self._unreadable

    def find_fresh(self, urls: Iterable[str]) -> dict[str, Reply]:
        """Return the fresh replies; in an offline run, the expired ones too."""
        wanted = [url for url in urls if not self._refresh or url in self.asked]
        found = self.read_all(wanted, stale=self._offline)
        self._count_stale(reply for reply in found.values() if reply.stale)
        return found

    def find_fallbacks(self, failed: Sequence[str]) -> dict[str, Reply]:
        """Return the replies, expired ones too, for failed requests, and the agencies of their DOIs."""
        primary, register = self._services.primary, self._services.register
        owners = [register.make_single_url(doi) for url in failed if (doi := primary.extract_doi(url))]
        found = self.read_all([*failed, *owners], stale=True)
        # An expired "not found" may no longer be true.
        found = {url: reply for url, reply in found.items() if not (reply.stale and is_missing(reply))}
        self._count_stale(found[url] for url in failed if url in found)
        return found

    def recall(self, urls: Sequence[str]) -> dict[str, Reply]:
        """Return the cached records for addresses where a service no longer has any."""
        replies = self.read_all(urls, stale=True)
        found = {url: reply for url, reply in replies.items() if reply.status == 200}
        self._recalled += len(found)
        return found

    def find_one(self, url: str) -> Reply | None:
        """Return the reply to one request, even if the run asks for new ones."""
        return self.read_all([url], stale=self._offline).get(url)

    def read_all(self, urls: Sequence[str], *, stale: bool) -> dict[str, Reply]:
        """Return the sound replies to these requests; with `stale`, the expired ones too."""
        found: dict[str, Reply] = {}
        for path in self.files if urls else ():
            if path not in self._unreadable:
                found.update(self._read_file(path, urls, stale=stale))
        if not self.in_use:
            self.set_broken_aside()
        for path in self._broken:
            self._notes[f"the cache {path.name} is damaged; enrich renames it at the end of this run"] = None
        return {url: reply for url, reply in found.items() if self._is_sound(reply)}

    def set_broken_aside(self) -> None:
        """Rename the damaged files; none of them may be open."""
        for path in self._broken:
            try:
                aside = set_aside(path)
                self._notes[cache_file.describe_set_aside(path, aside)] = None
            except OSError as error:
                self._notes[f"the cache {path.name} could not be used or renamed: {error}"] = None
        self._broken.clear()

    def _read_file(self, path: Path, urls: Sequence[str], *, stale: bool) -> dict[str, Reply]:
        try:
            return cache_file.read_replies(path, urls, self._clock.now(), stale=stale)
        except sqlite3.OperationalError as error:  # locked: its content may be fine, and each try takes long
            self._unreadable.add(path)
            self._notes[f"the cache {path.name} could not be read: {error}"] = None
        except sqlite3.DatabaseError:
            self._broken[path] = None
        return {}

    def _is_sound(self, reply: Reply) -> bool:
        """Return whether a reply can belong to its request; an unsound reply counts as missing."""
        if is_missing(reply):  # the register never answers with 404
            return not reply.url.startswith(self._services.register.address)
        return reply.status != 200 or not self._services.find_mismatch(reply.url, reply.body)

    def _count_stale(self, replies: Iterable[Reply]) -> None:
        register = self._services.register.address
        self._stale_used += [reply.created for reply in replies if not reply.url.startswith(register)]
