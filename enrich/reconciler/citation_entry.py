"""Read the entry of a bundle's `cite.bib` if it is about the record's work."""

from __future__ import annotations

from enrich.bibtex.bib_edits import read_only_entry
from enrich.bibtex.bib_file import BibEntry
from enrich.bibtex.latex_text import decode_latex
from enrich.errors import Refused
from enrich.model.page import Doi, Page
from enrich.model.work import Work
from enrich.reconciler.title_forms import list_title_forms
from enrich.reconciler.title_likeness import find_title_likeness
from enrich.text.doi import parse_doi
from enrich.text.page_doi import page_doi

_ALIKE = 0.6  # of the words, as for pages


def read_citation_entry(page: Page, work: Work) -> BibEntry:
    """Return the entry of the page's citation file; raise Refused if it is not about the record's work."""
    entry = read_only_entry(page.cite_bib)
    doi, title = decode_bib_value(entry, "doi"), decode_bib_value(entry, "title")
    parsed = parse_doi(doi)
    if isinstance(parsed, Doi) and parsed.key not in {work.doi, *work.aliases, page_doi(page).key}:
        raise Refused(f"its entry has the DOI of another work, {parsed.bare}")
    if not title and not isinstance(parsed, Doi):
        raise Refused("its entry has neither a title nor a DOI")
    forms = list_title_forms(work)
    if title and forms and find_title_likeness(title, forms) < _ALIKE:
        raise Refused("its entry has the title of another work")
    return entry


def decode_bib_value(entry: BibEntry, key: str) -> str:
    """Return the value of a field as a reader sees it, `""` if there is none."""
    value = entry.find_value(key)
    return decode_latex(value.source) if value else ""
