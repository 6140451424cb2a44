"""The settings of the fetcher: the services, the caller's identity, and the folder of the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Access:
    """The services, the identity of the caller, and the folder of the cache."""

    urls: Mapping[str, str] = field(default_factory=dict)
    """The addresses of services by name, for services whose address the user changed."""
    mailto: str = field(default="", repr=False)
    """The user's e-mail address, which only the services see."""
    token: str = field(default="", repr=False)
    """The token of a Crossref Metadata Plus subscription."""
    cache_dir: Path | None = None
    """The folder of the cache; None for a run without a cache."""
    offline: bool = False
    """Whether to use only the cache."""
    refresh: bool = False
    """Whether to ignore replies that are already in the cache."""
    version: str = ""
    """The version of enrich that the services see."""

    @property
    def cache_file(self) -> Path | None:
        """Return the file in which requests-cache stores the replies."""
        return self.cache_dir / "http.sqlite" if self.cache_dir else None


def make_plain_folder(folder: Path) -> None:
    """Make a folder; the caller decides whether it gets a .gitignore."""
    folder.mkdir(parents=True, exist_ok=True)
