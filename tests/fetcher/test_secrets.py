"""Only the services see the user's address and token, whatever they answer and whatever goes wrong."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from enrich.fetcher.cache.cache_file import make_ready
from enrich.fetcher.http.cached_session import open_session
from enrich.fetcher.http.call_errors import CallError
from enrich.fetcher.http.response_cache import ResponseCache
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.sources.services import make_services
from tests.support.clock import FakeTime
from tests.support.stand_in import StandIn, dataset, work
from tests.support.wire import FAULTS, ODDITIES, serving

MAILTO, TOKEN = "who.asks+crossref@lab.example", "s3cret-t0ken-of-the-lab"
TRACES = ("who.asks", "lab.example", "s3cret", "t0ken")
LISTED = [f"10.1000/w{n}" for n in range(5)]
DOIS = [*LISTED, "10.1000/a,b", "10.1000/old", "10.5281/zenodo.1", "10.11501/1", "10.1000/none"]


@pytest.fixture
def service() -> Iterator[StandIn]:
    stand_in = StandIn(
        works={doi: work(doi) for doi in (*LISTED, "10.1000/a,b")},
        aliases={"10.1000/old": "10.1000/w1"},
        datacite={"10.5281/zenodo.1": dataset("10.5281/zenodo.1")},
        agencies={"10.11501/1": "JaLC"},
        late_bytes=2**17,  # more than one read; more would only take longer
    )
    with serving(stand_in):
        yield stand_in


def assert_no_secret_in(*places: object) -> None:
    for place in map(repr, places):
        assert not [trace for trace in TRACES if trace in place], place


@pytest.mark.parametrize("fault", [None, *ODDITIES, *FAULTS])
@pytest.mark.parametrize("share", [1, 3])
def test_no_answer_message_or_file_contains_the_address(
    fault: str | None,
    share: int,
    service: StandIn,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    time = FakeTime()
    service.pause = time.sleep
    service.fault = lambda call: fault if call.number % share == 0 else None
    for refresh in (False, True):
        access = service.access(tmp_path, mailto=MAILTO, token=TOKEN, refresh=refresh)
        with Lookup(access, clock=time.clock()) as lookup:
            answers = lookup.look_up(DOIS)
            assert_no_secret_in(answers, lookup.notes, access)
    assert any(MAILTO in call.headers["User-Agent"] for call in service.calls)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files if "sqlite" in path.name] == ["http.sqlite"]
    assert_no_secret_in(*(path.read_bytes() for path in files), files, capfd.readouterr())


@pytest.mark.parametrize("fault", [*ODDITIES, *FAULTS])
def test_no_error_contains_the_address(fault: str, service: StandIn, tmp_path: Path) -> None:
    time = FakeTime()
    service.pause = time.sleep
    service.fault = lambda _: fault
    access = service.access(tmp_path, mailto=MAILTO, token=TOKEN)
    known = make_services(access)
    make_ready(tmp_path / "http.sqlite")
    cache = ResponseCache(tmp_path / "http.sqlite", known, time.clock())
    with open_session(access, known, time.clock(), cache) as session:
        for url in (known.primary.make_list_url(LISTED), *known.list_urls_of(DOIS[-1])):
            try:
                response = session.get(url, allow_redirects=False)
            except (CallError, requests.RequestException) as error:
                chain = [error, error.__cause__, *([] if error.__suppress_context__ else [error.__context__])]
                assert_no_secret_in(*map(str, chain), *(vars(link) for link in chain if link))
            else:
                # The session has the address in its User-Agent: what is asked for tells it nowhere else.
                assert_no_secret_in(response.url, response.request.url, response.content, response.headers)
                assert TOKEN not in repr(response.request.headers)


def test_an_impossible_url_is_not_printed(service: StandIn, tmp_path: Path) -> None:
    with Lookup(service.access(tmp_path, mailto=MAILTO), clock=FakeTime().clock()) as lookup:
        answers = lookup.look_up(["10.1000/" + "\ud800" * 3, "10.1000/" + "x" * 9000, "10.1000/ \r\nHost: x"])
    assert_no_secret_in(answers)


def test_warnings_of_the_libraries_do_not_reach_the_screen(
    service: StandIn, capfd: pytest.CaptureFixture[str]
) -> None:
    """urllib3 warns of headers that it cannot parse, with the whole address."""
    service.fault = lambda _: "bad-headers"
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        with Lookup(service.access(mailto=MAILTO), clock=FakeTime().clock()) as lookup:
            lookup.look_up(LISTED)
    finally:
        root.handlers = handlers
    assert_no_secret_in(capfd.readouterr())


def test_the_repr_of_an_access_has_no_secret(service: StandIn) -> None:
    access = service.access(mailto=MAILTO, token=TOKEN)
    assert_no_secret_in(access)
    assert MAILTO.encode() in pickle.dumps(access)  # the test would see it
