"""Build small sites for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from enrich.model.page import Page
from enrich.site.page_files import read_page_file
from enrich.site.pages import Site, find_site

PAGE = "---\ntitle: A\n---\n"


def build(root: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a site, and return its root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return root


def pages_of(site: Site) -> list[Page]:
    """Return the site's pages that can be read."""
    return [page for page in (read_page_file(site, path) for path in site.paths) if isinstance(page, Page)]


def site_of(root: Path, files: Mapping[str, str]) -> Site:
    """Write the files of a site, and find_site it."""
    return find_site([build(root, files)])
