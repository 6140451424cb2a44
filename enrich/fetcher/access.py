"""The settings of the fetcher: the services, who is asking, and where to keep the replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Access:
    """The services, the identity of the caller, and the folder for replies."""

    urls: Mapping[str, str] = field(default_factory=dict)
    """The addresses of services by name, where they differ from the services' own."""
    mailto: str = field(default="", repr=False)
    """The owner's e-mail address, which only the services see."""
    token: str = field(default="", repr=False)
    """The token of a Crossref Metadata Plus subscription."""
    cache_dir: Path | None = None
    """The folder of the cache; None keeps nothing."""
    offline: bool = False
    """Whether to use the cache only."""
    refresh: bool = False
    """Whether to ignore replies that are already in the cache."""
    version: str = ""
    """The version of enrich that the services see."""

    @property
    def cache_file(self) -> Path | None:
        """Return the file in which requests-cache keeps the replies."""
        return self.cache_dir / "http.sqlite" if self.cache_dir else None
