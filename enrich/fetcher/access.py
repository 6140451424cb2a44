"""What the fetcher is told: whom to ask, as whom, and where to keep the answers."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import random


@dataclass(frozen=True, slots=True)
class Access:
    """The services' addresses, the owner's address for them, and the cache (None: keep nothing)."""

    urls: Mapping[str, str] = field(default_factory=dict)
    """The addresses of services by name, where they differ from the services' own."""
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


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
