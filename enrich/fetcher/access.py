"""What the fetcher is told: whom to ask, as whom, and where to keep the answers."""

from __future__ import annotations

import ipaddress
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import random
from urllib.parse import urlsplit

from enrich.errors import UsageError

# Printable, one @, nothing that could end a header.
_ADDRESS = re.compile(r"[^\s@<>()\"',;:\\]+@[^\s@<>()\"',;:\\]+")
_TOKEN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Access:
    """The services' addresses, the owner's address for them, and the cache (None: keep nothing)."""

    crossref_url: str = "https://api.crossref.org"
    datacite_url: str = "https://api.datacite.org"
    doi_url: str = "https://doi.org"
    mailto: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    cache_dir: Path | None = None
    offline: bool = False
    refresh: bool = False
    version: str = ""

    @property
    def cache_file(self) -> Path | None:
        """Return the file that requests-cache keeps the answers in."""
        return self.cache_dir / "http.sqlite" if self.cache_dir else None


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, sleep and chance: handed in, so that no test waits."""

    now: Callable[[], float] = time.time
    tick: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random


def checked(access: Access) -> Access:
    """Return the access with its addresses tidied; UsageError where one must not be used."""
    if access.mailto and not _ADDRESS.fullmatch(access.mailto):
        raise UsageError("mailto is not an e-mail address")
    if access.token and not _TOKEN.fullmatch(access.token):
        raise UsageError("the Crossref token has characters that no header may have")
    return replace(
        access,
        crossref_url=_service_url(access.crossref_url),
        datacite_url=_service_url(access.datacite_url),
        doi_url=_service_url(access.doi_url),
    )


def _service_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        shown = f"{parts.scheme or '?'}://{parts.hostname or '?'}"  # what else is in it may be secret
        plain = parts.port != 0 and not parts.query and not parts.fragment and parts.username is None
    except ValueError:
        raise UsageError("the address of a service cannot be read") from None
    if not parts.hostname or not plain:
        raise UsageError(f"not the address of a service: {shown}")
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname)):
        return url.rstrip("/")
    raise UsageError(f"only https is spoken, except to this machine itself: {shown}")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
