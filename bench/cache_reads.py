"""Measure what reading a reply from the cache costs: in bulk, as enrich does, and with requests-cache.

`python -m bench.cache_reads PATH-TO-works.jsonl.gz [RECORDS]` prints the CPU for each reply.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from time import process_time, time

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession

from enrich.fetcher.access import Access
from enrich.fetcher.cache import cache_file
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.cached_session import get_key
from enrich.fetcher.http.response_cache import ResponseCache
from enrich.fetcher.sources.services import make_services

IMPORT = (
    "import time, enrich.fetcher.lookup; start = time.process_time();"
    " import enrich.fetcher.http.batching; print(time.process_time() - start)"
)


class StoredRecords(HTTPAdapter):
    """Answers each address with its record."""

    def __init__(self, bodies: dict[str, bytes]) -> None:
        super().__init__()
        self._bodies = bodies

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:  # type: ignore[override]
        body = BytesIO(self._bodies[str(request.url)])
        return self.build_response(request, urllib3.HTTPResponse(body, {}, 200, preload_content=False))


def read_records(works: str, number: int) -> list[dict[str, object]]:
    with gzip.open(works, "rt", encoding="utf-8") as lines:
        records = (json.loads(line) for line in islice(lines, number))
        return [record.get("message", record) for record in records]


def print_cost(name: str, number: int, call: Callable[[], object]) -> None:
    start = process_time()
    call()
    print(f"{1000 * (process_time() - start) / number:8.3f} ms a reply: {name}")


def read_with_library(session: CachedSession, urls: Sequence[str]) -> None:
    for url in urls:
        response = session.get(url, only_if_cached=True)
        assert response.status_code == 200
        response.json()


def main(works: str, number: int = 2000) -> None:
    """Print the costs of `number` records, and of loading the modules that need requests-cache."""
    records = read_records(works, number)
    services, folder = make_services(Access()), Path(tempfile.mkdtemp())
    source, ours = services.primary, folder / "ours.sqlite"
    pairs = [(source.make_single_url(str(record["DOI"])), record) for record in records]
    urls, number = [url for url, _ in pairs], len(pairs)
    cache_file.make_ready(ours)
    cache = ResponseCache(ours, services, Clock())
    for at in range(0, number, 40):
        cache.keep_records(source, pairs[at : at + 40])
    print_cost("bulk read", number, lambda: cache_file.read_replies(ours, urls, time()))
    session = CachedSession(str(folder / "theirs.sqlite"), key_fn=get_key)
    bodies = {url: json.dumps(source.as_single_response(record)).encode() for url, record in pairs}
    session.mount("https://", StoredRecords(bodies))
    for url in urls:
        session.get(url)
    print_cost("session.get", number, lambda: read_with_library(session, urls))
    loading = [subprocess.check_output([sys.executable, "-c", IMPORT], text=True) for _ in range(3)]
    print(f"{1000 * min(map(float, loading)):8.0f} ms: loading the modules that call services")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
