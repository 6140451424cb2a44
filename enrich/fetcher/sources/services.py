"""All services together: whom an address belongs to, and whether an answer can be right."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from enrich.fetcher.access import Access
from enrich.fetcher.http.rate_limits import CallKind
from enrich.fetcher.sources import crossref, datacite, doi_org
from enrich.fetcher.sources.source import ServiceName, Source


@dataclass(frozen=True, slots=True)
class Services:
    """The sources of works and the register of agencies."""

    crossref: Source
    datacite: Source
    register: Source
    crossref_url: str

    @property
    def all(self) -> tuple[Source, Source, Source]:
        """Return the services, those with works first."""
        return (self.crossref, self.datacite, self.register)

    def agency_urls(self, doi: str) -> tuple[str, str]:
        """Return where a DOI's agency is asked for, the second where the first does not answer."""
        return self.register.single_url(doi), doi_org.agency_url(self.crossref_url, doi)

    def urls_of(self, doi: str) -> tuple[str, ...]:
        """Return every address that is about a DOI: its keys in the cache."""
        return (
            *(source.single_url(doi) for source in (self.crossref, self.datacite)),
            *self.agency_urls(doi),
        )

    def source_of(self, url: str) -> Source:
        """Return the service that an address belongs to."""
        return next((source for source in self.all if url.startswith(source.address)), self.register)

    def service_of(self, url: str) -> tuple[ServiceName, CallKind]:
        """Return whose limits a call counts on."""
        source = self.source_of(url)
        return source.name, "list" if source.is_list(url) else "single"

    def complaint(self, url: str, body: object) -> str:
        """Return why an answer cannot be what was asked for, `""` if it can."""
        source = self.source_of(url)
        at_crossref = source is self.crossref and url.endswith("/agency")
        if at_crossref or (source is self.register and not source.is_list(url)):
            return doi_org.complaint(url, body)
        return source.complaint(url, body)

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
        source = self.source_of(target)
        doi = source.doi_in(target)
        return source.single_url(doi) if doi else target


def services(access: Access) -> Services:
    """Return the services that an access names."""
    return Services(
        crossref=crossref.source(access.crossref_url),
        datacite=datacite.source(access.datacite_url),
        register=doi_org.source(access.doi_url),
        crossref_url=access.crossref_url,
    )


def _host(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def with_parameter(url: str, name: str, value: str) -> str:
    """Return an address with one more parameter."""
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}{urlencode({name: value})}"
