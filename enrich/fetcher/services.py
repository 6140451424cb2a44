"""All services together: whom an address belongs to, and whether an answer can be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from enrich.fetcher import agency, crossref, datacite
from enrich.fetcher.access import Access
from enrich.fetcher.limits import CallKind
from enrich.fetcher.source import Source

ServiceName: TypeAlias = Literal["crossref", "datacite", "doi.org"]
LABELS: dict[ServiceName, str] = {"crossref": "Crossref", "datacite": "DataCite", "doi.org": "doi.org"}


@dataclass(frozen=True, slots=True)
class Services:
    """The sources of works and the register of agencies."""

    crossref: Source
    datacite: Source
    registry: str
    crossref_url: str

    @property
    def sources(self) -> tuple[Source, Source]:
        """Return the services that have works."""
        return (self.crossref, self.datacite)

    def agency_urls(self, doi: str) -> tuple[str, str]:
        """Return where a DOI's agency is asked for, the second where the first does not answer."""
        return agency.registry_url(self.registry, doi), agency.agency_url(self.crossref_url, doi)

    def urls_of(self, doi: str) -> tuple[str, ...]:
        """Return every address that is about a DOI: its keys in the cache."""
        return (*(source.single_url(doi) for source in self.sources), *self.agency_urls(doi))

    def service_of(self, url: str) -> tuple[ServiceName, CallKind]:
        """Return whose limits a call counts on."""
        for source in self.sources:
            if url.startswith(source.address):
                return source.name, "single" if url.startswith(f"{source.address}/") else "list"
        return "doi.org", "single"

    def complaint(self, url: str, body: object) -> str:
        """Return why an answer cannot be what was asked for, `""` if it can."""
        if url.startswith(f"{self.registry}/ra/") or url.endswith("/agency"):
            return agency.complaint(url, body)
        return next(
            (source.complaint(url, body) for source in self.sources if url.startswith(source.address)), ""
        )

    def followed(self, url: str, location: str) -> str:
        """Return where a redirect leads, as we would ask for it; `""` if that is another host."""
        asked = urlsplit(url)
        try:
            parts = urlsplit(urljoin(url, location))
            if _host(parts) != _host(asked):
                return ""
        except ValueError:
            return ""
        target = f"{asked.scheme}://{asked.netloc}{parts.path}"
        source = next((source for source in self.sources if source.doi_in(target)), None)
        return source.single_url(source.doi_in(target)) if source else target


def services(access: Access) -> Services:
    """Return the services that an access names."""
    return Services(
        crossref=crossref.source(access.crossref_url),
        datacite=datacite.source(access.datacite_url),
        registry=access.doi_url,
        crossref_url=access.crossref_url,
    )


def _host(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def with_parameter(url: str, name: str, value: str) -> str:
    """Return an address with one more parameter."""
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}{urlencode({name: value})}"
