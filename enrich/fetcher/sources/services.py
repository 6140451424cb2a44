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

    def list_agency_urls(self, doi: str) -> tuple[str, str]:
        """Return where a DOI's agency is asked for, the second where the first does not answer."""
        return self.register.make_single_url(doi), doi_org.make_agency_url(self.crossref_url, doi)

    def list_urls_of(self, doi: str) -> tuple[str, ...]:
        """Return every address that is about a DOI: its keys in the cache."""
        return (
            *(source.make_single_url(doi) for source in (self.crossref, self.datacite)),
            *self.list_agency_urls(doi),
        )

    def find_source(self, url: str) -> Source:
        """Return the service that an address belongs to."""
        return next((source for source in self.all if url.startswith(source.address)), self.register)

    def identify_call(self, url: str) -> tuple[ServiceName, CallKind]:
        """Return whose limits a call counts on."""
        source = self.find_source(url)
        return source.name, "list" if source.is_list_url(url) else "single"

    def find_mismatch(self, url: str, body: object) -> str:
        """Return why an answer cannot be what was asked for, `""` if it can."""
        source = self.find_source(url)
        at_crossref = source is self.crossref and url.endswith("/agency")
        if at_crossref or (source is self.register and not source.is_list_url(url)):
            return doi_org.find_agency_mismatch(url, body)
        return source.find_mismatch(url, body)

    def resolve_redirect(self, url: str, location: str) -> str:
        """Return where a redirect leads, as we would ask for it; `""` if that is another host."""
        asked = urlsplit(url)
        try:
            parts = urlsplit(urljoin(url, location))
            if _host(parts) != _host(asked):
                return ""
        except ValueError:
            return ""
        target = f"{asked.scheme}://{asked.netloc}{parts.path}"
        source = self.find_source(target)
        doi = source.extract_doi(target)
        return source.make_single_url(doi) if doi else target


def make_services(access: Access) -> Services:
    """Return the services that an access names."""
    return Services(
        crossref=crossref.make_source(access.crossref_url),
        datacite=datacite.make_source(access.datacite_url),
        register=doi_org.make_source(access.doi_url),
        crossref_url=access.crossref_url,
    )


def _host(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def add_parameter(url: str, name: str, value: str) -> str:
    """Return an address with one more parameter."""
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}{urlencode({name: value})}"
