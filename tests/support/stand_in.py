"""Crossref, DataCite and doi.org on loopback, with faults on demand."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from enrich.fetcher.access import Access
from enrich.fetcher.sources.registry import load_services

Record = Mapping[str, Any]
DOI = re.compile(r"10\.\d{4,9}/\S+")
NOT_FOUND = (404, b"Resource not found.", {"Content-Type": "text/plain"})
_LIST_KEYS = ("filter", "rows", "select", "query.bibliographic", "cursor")
HTML = b"<html><body><h1>Service Unavailable</h1></body></html>"


@dataclass(frozen=True)
class Call:
    """A request as it arrived: `kind` is single, list, agency, registry, datacite, datacite-list or other."""

    number: int
    kind: str
    path: str
    headers: Mapping[str, str]
    when: float

    @property
    def target(self) -> str:
        """Return the path without what is added to every call, decoded."""
        return unquote(re.sub(r"[?&]mailto=[^&]*", "", self.path))


@dataclass
class StandIn:
    """What the services know, and how they behave today.

    `fault` gets a call and returns the name of a fault or None; `rates` (single and list calls a
    second, calls together) makes the limits real: who comes too soon gets a 429. `rewrite` changes
    the bytes of every answer. An answer that is `late` has `late_bytes`.
    """

    works: dict[str, Record] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    datacite: dict[str, Record] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    others: dict[str, Record] = field(default_factory=dict)
    fault: Callable[[Call], str | None] = lambda _: None
    rates: Mapping[str, int] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    register_takes_lists: bool = True
    latency: float = 0.0
    pause: Callable[[float], None] = sleep
    late_bytes: int = 9 * 2**20
    rewrite: Callable[[bytes], bytes] = bytes
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    most_at_once: int = 0
    refused: int = 0
    open_calls: int = 0
    inside: Counter[str] = field(default_factory=Counter)
    idle: Condition = field(default_factory=Condition)

    def access(self, cache_dir: Path | None = None, **options: Any) -> Access:  # noqa: ANN401
        """Return what a lookup needs to ask this stand-in."""
        return Access(cache_dir=cache_dir, **{"urls": self.urls, **options})

    @property
    def urls(self) -> dict[str, str]:
        """Return this stand-in as the address of every service."""
        return {service.name: self.url for service in load_services()}

    def asked(self, kind: str = "") -> list[str]:
        """Return the targets of the calls, of one kind or all."""
        return [call.target for call in self.calls if kind in ("", call.kind)]

    def answer(self, call: Call) -> tuple[int, bytes, Mapping[str, str]]:
        """Return status, body and headers: what a healthy service would say."""
        parts = urlsplit(call.path)
        query = [pair for pair in parse_qsl(parts.query) if pair[0] != "mailto"]
        if len(call.path) > 4090:
            return 414, HTML, {}
        path = unquote(parts.path)
        if path in self.others:
            return _json(self.others[path])
        if call.kind == "other":
            return NOT_FOUND
        if call.kind == "list":
            return self._list(query)
        if call.kind in ("single", "agency") and query:
            return _json(_failed("parameter-not-allowed", query[0][0]), 400)
        if call.kind == "single":
            return self._single(path.removeprefix("/works/").lower())
        if call.kind == "agency":
            return self._agency(path.removeprefix("/works/").removesuffix("/agency").lower())
        if call.kind == "registry":
            return self._registry(parts.path.removeprefix("/ra/"))
        if call.kind == "datacite":
            data = self.datacite.get(path.removeprefix("/dois/").lower())
            missing = {"errors": [{"status": "404", "title": "The resource doesn't exist."}]}
            return _json({"data": data}) if data else _json(missing, 404)
        return self._list_datacite(dict(query))

    def _single(self, doi: str) -> tuple[int, bytes, Mapping[str, str]]:
        if doi in self.aliases:
            return 301, b"", {"Location": f"/works/{quote(self.aliases[doi])}"}
        work = self.works.get(doi)
        return _json({"status": "ok", "message-type": "work", "message": work}) if work else NOT_FOUND

    def _list(self, query: list[tuple[str, str]]) -> tuple[int, bytes, Mapping[str, str]]:
        unknown = [key for key, _ in query if key not in _LIST_KEYS]
        if unknown:
            return _json(_failed("unknown-parameter", unknown[0]), 400)
        options = dict(query)
        if "query.bibliographic" in options:
            return self._search(options)
        filters = [part.partition(":")[::2] for part in options["filter"].split(",")]
        if filters[0][0] == "orcid":
            return self._list_person(filters[0][1], options)
        if filters[0][0] == "alternative-id":
            found = [one for one in self.works.values() if filters[0][1] in one.get("alternative-id", ())]
            return _json({"status": "ok", "message-type": "work-list", "message": {"items": found}})
        bad = [value for key, value in filters if key != "doi" or not DOI.fullmatch(value)]
        if bad:
            return _json(_failed("filter-value-not-valid", bad[0]), 400)
        items = [self.works[doi] for _, doi in reversed(filters) if doi in self.works]
        items = items[: int(options.get("rows", 20))]
        return _json({"status": "ok", "message-type": "work-list", "message": {"items": items}})

    def _list_person(self, orcid: str, options: Mapping[str, str]) -> tuple[int, bytes, Mapping[str, str]]:
        """Return a page of the works with a person's ORCID iD, and the cursor of the next, full or not."""
        works = [one for one in self.works.values() if orcid in json.dumps(one.get("author", ""))]
        start = 0 if options["cursor"] == "*" else int(options["cursor"].removeprefix("after-"))
        end = start + int(options["rows"])
        message = {"items": works[start:end], "next-cursor": f"after-{end}"}
        return _json({"status": "ok", "message-type": "work-list", "message": message})

    def _list_creator(self, query: Mapping[str, str]) -> tuple[int, bytes, Mapping[str, str]]:
        """Return a page of the data sets with a creator's ORCID iD, and the address of the next page."""
        orcid = re.findall(r"[\d-]{18}[\dX]", query["query"])[0]
        found = [one for one in self.datacite.values() if orcid in json.dumps(one)]
        start, size = int(query["page[cursor]"]) - 1, int(query["page[size]"])
        following = f"https://elsewhere.example/dois?page%5Bcursor%5D={start + size + 1}"
        return _json({"data": found[start : start + size], "links": {"next": following}})

    def _search(self, options: Mapping[str, str]) -> tuple[int, bytes, Mapping[str, str]]:
        """Return works with a word in common, the most first: as many as there are, not only good ones."""
        words = set(options["query.bibliographic"].lower().split())
        types = {part.removeprefix("type:") for part in options.get("filter", "").split(",") if part}
        shared = {doi: len(words & set(_words(record))) for doi, record in self.works.items()}
        best = sorted((doi for doi, count in shared.items() if count), key=lambda doi: -shared[doi])
        wanted = [self.works[doi] for doi in best if not types or self.works[doi]["type"] in types]
        fields = options["select"].split(",")
        items = [{key: record[key] for key in fields if key in record} for record in wanted]
        items = items[: int(options["rows"])]
        return _json({"status": "ok", "message-type": "work-list", "message": {"items": items}})

    def _list_datacite(self, query: Mapping[str, str]) -> tuple[int, bytes, Mapping[str, str]]:
        typed = query["query"]
        if "creators." in typed:
            return self._list_creator(query)
        if typed.startswith("titles.title:("):
            return self._search_titles(typed.removeprefix("titles.title:(").rstrip(")"))
        wanted = re.sub(r"\\(.)", r"\1", typed)[len("doi:(") : -1].split(" OR ")
        return _json({"data": [self.datacite[doi] for doi in wanted if doi in self.datacite]})

    def _search_titles(self, typed: str) -> tuple[int, bytes, Mapping[str, str]]:
        """Return the data sets whose titles have all of the words, as DataCite does."""
        words = set(typed.lower().split())
        titles = {
            doi: " ".join(title["title"] for title in one["attributes"]["titles"]).lower()
            for doi, one in self.datacite.items()
        }
        found = [doi for doi, title in titles.items() if words <= set(re.findall(r"\w+", title))]
        return _json({"data": [self.datacite[doi] for doi in found]})

    def _label(self, doi: str) -> str:
        known = {**dict.fromkeys((*self.works, *self.aliases), "Crossref"), **self.agencies}
        return known.get(doi, "DataCite" if doi in self.datacite else "")

    def _agency(self, doi: str) -> tuple[int, bytes, Mapping[str, str]]:
        label = self._label(doi)
        agency = {"id": label.lower(), "label": label}
        message = {"DOI": doi, "agency": agency}
        return _json({"message-type": "work-agency", "message": message}) if label else NOT_FOUND

    def _registry(self, encoded: str) -> tuple[int, bytes, Mapping[str, str]]:
        dois = [unquote(doi) for doi in (encoded.split(",") if self.register_takes_lists else [encoded])]
        labels = {doi: self._label(doi.lower()) for doi in dois}
        nowhere = {"status": "DOI does not exist"}
        return _json([{"DOI": doi, **({"RA": label} if label else nowhere)} for doi, label in labels.items()])

    def limited(self, call: Call) -> bool:
        """Return whether this call came too soon after others of its kind, or beside too many."""
        pool, rate = self._pool(call), (self.rates or {}).get(self._pool(call))
        if rate is None:
            return False
        recent = 0
        for seen in reversed(self.calls):
            if call.when - seen.when >= 1.0:
                break
            recent += self._pool(seen) == pool
        together = sum(self.inside[kind] for kind in ("single", "list", "agency"))
        return recent > rate or together > (self.rates or {}).get("together", 99)

    def told(self, call: Call) -> Mapping[str, str]:
        """Return the headers that tell a limit, as of July 2026."""
        pool = self._pool(call)
        rate = (self.rates or {}).get(pool)
        if rate is None:
            return self.headers
        return {
            "x-rate-limit-limit": str(rate),
            "x-rate-limit-interval": "1s",
            "x-concurrency-limit": str((self.rates or {}).get("together", 3)),
            "x-api-pool": f"polite-{'array' if pool == 'list' else 'single'}",
            **self.headers,
        }

    def _pool(self, call: Call) -> str:
        return {"agency": "single"}.get(call.kind, call.kind)

    @contextmanager
    def counted(self, path: str, headers: Mapping[str, str]) -> Iterator[Call]:
        """Note a call for as long as there is somebody at its other end."""
        with self.idle:
            self.open_calls += 1
            call = Call(len(self.calls), _kind(path), path, headers, monotonic())
            self.calls.append(call)
        try:
            yield call
        finally:
            with self.idle:
                self.open_calls -= 1
                self.idle.notify_all()

    @contextmanager
    def worked_on(self, call: Call) -> Iterator[None]:
        """Count how many calls are worked on: what has its answer is none of them."""
        with self.idle:
            self.inside[call.kind] += 1
            self.most_at_once = max(self.most_at_once, self.inside.total())
        try:
            yield
        finally:
            with self.idle:
                self.inside[call.kind] -= 1


def _words(record: Record) -> list[str]:
    people = " ".join(person.get("family", "") for person in record.get("author", ()))
    return f"{record['title'][0]} {people}".lower().split()


def _kind(path: str) -> str:
    bare = path.partition("?")[0]
    if bare.startswith("/works/"):
        return "agency" if bare.endswith("/agency") else "single"
    if bare.startswith("/ra/"):
        return "registry"
    if bare.startswith("/dois"):
        return "datacite" if bare.startswith("/dois/") else "datacite-list"
    return "list" if bare == "/works" else "other"


def _json(value: object, status: int = 200) -> tuple[int, bytes, Mapping[str, str]]:
    body = json.dumps(value).replace("/", "\\/").encode()
    return status, body, {"Content-Type": "application/json;charset=utf-8"}


def _failed(kind: str, value: str) -> Record:
    return {"status": "failed", "message": [{"type": kind, "value": value, "message": f"no {value}"}]}


def work(doi: str, **more: object) -> Record:
    """Return a small work message."""
    title = f"On {doi}"
    return {"DOI": doi, "type": "journal-article", "title": [title], "publisher": "Press", **more}


def dataset(doi: str, **more: object) -> Record:
    """Return a small DataCite record."""
    attributes = {
        "doi": doi,
        "titles": [{"title": f"Data of {doi}"}],
        "types": {"resourceTypeGeneral": "Dataset"},
    }
    return {"id": doi, "type": "dois", "attributes": {**attributes, **more}}
