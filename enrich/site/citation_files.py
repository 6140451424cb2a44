"""Read all citation files of a site, to write new ones like them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from enrich.model.citation_style import CitationStyle
from enrich.site.page_files import read_cite_bib
from enrich.site.pages import Site
from enrich.site.site_survey import Survey


def add_citation_style(survey: Survey, paths: Iterable[str]) -> Survey:
    """Return the survey with the style of these pages' citation files, if most bundles have such a file."""
    return replace(survey, citation_style=_find_citation_style(survey.site, paths))


def _find_citation_style(site: Site, paths: Iterable[str]) -> CitationStyle | None:
    from enrich.bibtex.bib_style import learn_citation_style

    bundles = {
        path.rpartition("/")[0]: path for path in paths if path.rpartition("/")[2].startswith("index.")
    }
    texts = {folder: read_cite_bib(site, path) for folder, path in bundles.items()}
    files = [(folder.rpartition("/")[2], text) for folder, text in texts.items() if text.strip()]
    return learn_citation_style(files) if 2 * len(files) > len(bundles) else None
