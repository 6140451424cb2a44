"""Make the citation file that a bundle lacks, like the others of the site."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.bibtex.bib_keys import choose_citation_key, make_key_parts
from enrich.bibtex.bib_layout import format_bib_entry, get_sample
from enrich.errors import Refused
from enrich.model.citation_style import CitationStyle
from enrich.model.page import CITE_BIB
from enrich.model.plan import Change
from enrich.model.work import Work
from enrich.reconciler.citation_keys import CITATION_KEYS
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.partial_dates import propose_date
from enrich.reconciler.published_article import find_published_article, is_set_offered
from enrich.reconciler.title_forms import list_title_forms
from enrich.text.compare import strip_markup

# BibTeX's types, https://ctan.org/pkg/btxdoc, for Crossref's.
_TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "dissertation": "phdthesis",
    "report": "techreport",
}
_CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}


def propose_citation_file(comparison: Comparison) -> Iterator[Change]:
    """Yield the change that makes the page's citation file, unless its owner has deleted one."""
    work, style = comparison.work, comparison.site_context.citation_style
    if work is None or style is None or not _is_wanted(comparison):
        return
    try:
        text = format_citation_file(style, work, comparison.page.path)
    except Refused:
        return
    is_safe = comparison.rules.policies.get(CITE_BIB) in {"fill", "overwrite"}
    yield Change(
        field=CITE_BIB,
        path=(CITE_BIB,),
        kind="fill",
        level="safe" if is_safe else "review",
        old=None,
        new=text,
        reason="most bundles of the site have a citation file, and this one has none",
        baseline_value=work.doi,
        line=1,
        file=comparison.page.cite_bib_path,
    )


def format_citation_file(style: CitationStyle, work: Work, path: str) -> str:
    """Return the citation file for a page's work in the style of its site; raise Refused if it has none."""
    entry_type = _TYPES.get(work.type, "misc")
    fields = dict(_list_values(style, work, entry_type))
    if not {"title", "author"} <= fields.keys():
        raise Refused("the record has no title or no authors")
    first, date = work.contributors[0], propose_date(work.dates)
    title = strip_markup(list_title_forms(work)[0])
    folder = path.rpartition("/")[0].rpartition("/")[2]
    parts = make_key_parts(first.family or first.literal, str(date.year) if date else "", title, folder)
    key = choose_citation_key(style.key_form, parts, style.keys)
    return format_bib_entry(style, entry_type, key, fields)


def _is_wanted(comparison: Comparison) -> bool:
    page = comparison.page
    if not page.lacks_cite_bib or not comparison.is_same or comparison.is_about_article:
        return False
    names = {*comparison.base, *comparison.declined}
    if any(name.startswith(f"{CITE_BIB}.") for name in names):
        return False
    article = find_published_article(comparison)
    return article is None or not is_set_offered(comparison, article)


def _list_values(style: CitationStyle, work: Work, entry_type: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a new entry with their LaTeX, for the values that the record has."""
    for name in _list_entry_fields(style, entry_type):
        key = CITATION_KEYS.get(name)
        forms = tuple(filter(None, key.list_forms(work))) if key else ()
        if key and forms:
            try:
                yield name, key.propose(get_sample(style, name), forms[0], work, style.is_ascii)
            except Refused:
                if name in {"title", "author"}:
                    raise


def _list_entry_fields(style: CitationStyle, entry_type: str) -> tuple[str, ...]:
    """Return the fields of the site's entries of a type; for a new type, those that most entries have."""
    if known := style.fields.get(entry_type):
        return known
    own, containers = _CONTAINERS.get(entry_type, ""), set(_CONTAINERS.values())
    names = (own if name in containers else name for name in style.fields.get("", ()))
    return tuple(dict.fromkeys(name for name in names if name))
