"""Remember the parsed pages of a site, so that the next run need not parse unchanged pages again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from enrich.fetcher.cache.quiet_file import forget_other_pages, keep_remembered, read_remembered
from enrich.front_matter.front_matter_json import decode_front_matter, encode_front_matter
from enrich.model.page import Page
from enrich.site.page_files import parse_page
from enrich.site.pages import Site
from enrich.steps.digests import SIZE, digest_page_name, digest_program, digest_site_name, digest_texts


@dataclass(frozen=True)
class ParsedPages:
    """The front matters of a site's pages that earlier runs and this one have parsed."""

    root: str
    """The site's real folder."""
    folder: Path | None = None
    """The cache folder; None if the run remembers nothing."""
    known: Mapping[bytes, bytes] = field(default_factory=dict)
    """The front matters of earlier runs as JSON, each after its digest, by the keys of the pages."""
    found: dict[bytes, bytes] = field(default_factory=dict)
    """The front matters that this run has to add."""
    names: frozenset[bytes] = frozenset()
    """The keys of all pages if the run is about the whole site; it then deletes the rows of other pages."""

    def parse_page(self, path: str, text: str) -> Page:
        """Return the page of a text; parse it only if no earlier run has; raise the errors of `read_page`."""
        if self.folder is None:
            return parse_page(path, text)
        name = digest_page_name(self.root, path)
        known = self.known.get(name, b"")
        if known[:SIZE] == _digest_entry(text, known[SIZE:]) and (front := decode_front_matter(known[SIZE:])):
            return Page(path, text, front)
        page = parse_page(path, text)
        if encoded := (encode_front_matter(page.front) or "").encode():
            self.found[name] = _digest_entry(text, encoded) + encoded
        return page

    def save(self) -> None:
        """Store what this run has parsed in the cache folder, if there is one; delete pages that are gone."""
        if self.folder is not None and self.found:
            keep_remembered(self.folder, "front_matters", self.found)
        if self.folder is not None and self.names:
            forget_other_pages(self.folder, digest_site_name(self.root), self.names | self.found.keys())


def open_parsed_pages(site: Site, folder: Path | None) -> ParsedPages:
    """Return the parsed pages of a site in a cache folder; without a folder, nothing is stored."""
    if folder is None or not digest_program():
        return ParsedPages(site.real_root)
    names = [digest_page_name(site.real_root, path) for path in site.paths]
    known = read_remembered(folder, "front_matters", names)
    is_whole = site.root in site.targets
    return ParsedPages(site.real_root, folder, known, names=frozenset(names if is_whole else ()))


def _digest_entry(text: str, encoded: bytes) -> bytes:
    """Return the digest of a page's text and of the front matter that this program parsed from it."""
    return digest_texts(digest_program(), text, encoded)
