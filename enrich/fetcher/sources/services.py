"""The services of a run: find the service of an address, and check that a reply answers its request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from enrich.fetcher.access import Access
from enrich.fetcher.sources import doi_org
from enrich.fetcher.sources.registry import load_services
from enrich.fetcher.sources.source import CallKind, Service, Source


@dataclass(frozen=True, slots=True)
class Services:
    """The services of a run, each with its address."""

    works: tuple[Source, ...]
    """The services that have works, in the order in which enrich asks them."""
    register: Source
    """The register of agencies."""
    declared: Mapping[str, Service]
    """The declarations in the services' files, by name."""
    agency_base: str
    """The address of the service that names agencies if the register fails."""

    @property
    def primary(self) -> Source:
        """Return the service that enrich asks first."""
        return self.works[0]

    @property
    def all(self) -> tuple[Source, ...]:
        """Return the services, those with works first."""
        return (*self.works, self.register)

    def list_sources_for(self, agency: str) -> tuple[Source, ...]:
        """Return the services that may have an agency's DOIs: its own first, then those for all agencies."""
        own = [source for source in self.works if agency.lower() in self.declared[source.name].agencies]
        return (*own, *(source for source in self.works if not self.declared[source.name].agencies))

    def list_agency_urls(self, doi: str) -> tuple[str, str]:
        """Return the addresses that name a DOI's agency: the register's, and the one to ask if that fails."""
        return self.register.make_single_url(doi), doi_org.make_agency_url(self.agency_base, doi)

    def list_urls_of(self, doi: str) -> tuple[str, ...]:
        """Return every address about a DOI, which are its keys in the cache."""
        return (
            *(source.make_single_url(doi) for source in self.works),
            *self.list_agency_urls(doi),
        )

    def find_source(self, url: str) -> Source:
        """Return the service to which an address belongs."""
        return next((source for source in self.all if url.startswith(source.address)), self.register)

    def identify_call(self, url: str) -> tuple[str, CallKind]:
        """Return the name of the service and the kind of the call, which have their own limits."""
        source = self.find_source(url)
        return source.name, "list" if source.is_list_url(url) else "single"

    def find_mismatch(self, url: str, body: object) -> str:
        """Return why a reply does not answer the request; `""` if it does."""
        source = self.find_source(url)
        asks_agency = source is self.primary and url.endswith("/agency")
        if asks_agency or (source is self.register and not source.is_list_url(url)):
            return doi_org.find_agency_mismatch(url, body)
        return source.find_mismatch(url, body)

    def resolve_redirect(self, url: str, location: str) -> str:
        """Return the address to request after a redirect; `""` if that is on another host."""
        asked = urlsplit(url)
        try:
            parts = urlsplit(urljoin(url, location))
            if _get_origin(parts) != _get_origin(asked):
                return ""
        except ValueError:
            return ""
        target = f"{asked.scheme}://{asked.netloc}{parts.path}"
        source = self.find_source(target)
        doi = source.extract_doi(target)
        return source.make_single_url(doi) if doi else target


def make_services(access: Access) -> Services:
    """Return the services under the addresses of this run."""
    declared = {service.name: service for service in load_services()}
    urls = {name: access.urls.get(name, service.url).rstrip("/") for name, service in declared.items()}
    sources = {name: service.connect(urls[name]) for name, service in declared.items()}
    works = tuple(sources[name] for name, service in declared.items() if not service.is_register)
    register = next(sources[name] for name, service in declared.items() if service.is_register)
    return Services(works, register, declared, agency_base=urls[works[0].name])


def _get_origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def add_parameter(url: str, name: str, value: str) -> str:
    """Return an address with one more parameter."""
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}{urlencode({name: value})}"
