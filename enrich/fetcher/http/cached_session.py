"""Open the run's only session: requests-cache writes the cache file, and our transport makes the calls."""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING

import requests
from requests_cache import CachedSession

from enrich.fetcher.access import Access
from enrich.fetcher.cache import cache_file
from enrich.fetcher.clock import Clock
from enrich.fetcher.http.call_errors import CallError
from enrich.fetcher.http.response_cache import ResponseCache
from enrich.fetcher.http.transport import Transport
from enrich.fetcher.parse_json import parse_json
from enrich.fetcher.sources.services import Services
from enrich.fetcher.sources.source import Failure, Reply

if TYPE_CHECKING:
    from requests_cache.models import AnyRequest

PROJECT = "https://pypi.org/project/hugo-enrich/"


def open_session(access: Access, services: Services, clock: Clock, cache: ResponseCache) -> CachedSession:
    """Return the session that every call goes through."""
    session = CachedSession(
        backend=cache,
        expire_after=cache_file.LIFE,
        key_fn=get_key,
        allowable_codes=tuple(cache_file.KEPT),
        allowable_methods=("GET",),
    )
    transport = Transport(access, services, clock, cache.path.parent if cache.path else None)
    session.mount("https://", transport)
    session.mount("http://", transport)
    contact = f"; mailto:{access.mailto}" if access.mailto else ""
    session.headers["User-Agent"] = f"enrich/{access.version or 0} ({PROJECT}{contact})"
    session.headers["Accept"] = "application/json"
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.auth = _nobody  # otherwise requests reads ~/.netrc
    return session


def get_key(request: AnyRequest, **_: object) -> str:
    """Return the address; only the transport adds the e-mail address to it."""
    return str(request.url)


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def ask(session: CachedSession, url: str, clock: Clock, *, keep: bool) -> Reply | Failure:
    """Return the service's reply to a request, or the reason why there is none.

    Without `keep` the session does not cache the reply: the caller caches the records of a list one by one.
    """
    headers = {} if keep else {"Cache-Control": "no-store"}  # for requests-cache alone
    try:
        # The cache has no fresh reply (cache_file.py has read it): request a new one.
        response = session.get(url, allow_redirects=False, headers=headers, force_refresh=keep)
    except CallError as error:
        return Failure(url, error.reason)
    except requests.RequestException:
        return Failure(url, "enrich cannot make an address from this DOI")
    body = parse_json(response.content) if response.status_code == 200 else None
    location = response.headers.get("Location", "")
    return Reply(url, response.status_code, body, location, created=clock.now())
