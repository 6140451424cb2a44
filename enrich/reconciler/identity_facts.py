"""Compare a page and a record: titles, authors, years, types, journals."""

from __future__ import annotations

from dataclasses import dataclass

from enrich.model.page import Page
from enrich.model.site_context import SiteContext
from enrich.model.work import Work
from enrich.reconciler.author_overlap import AuthorOverlap, count_shared_authors, has_names_in_script
from enrich.reconciler.exchanged_words import exchanges_words
from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.language_of_text import find_script
from enrich.reconciler.mending import corrects_letters
from enrich.reconciler.partial_dates import list_dates, read_date
from enrich.reconciler.title_forms import list_title_forms, read_title
from enrich.reconciler.title_likeness import (
    SHORT_TITLE,
    TitleAgreement,
    compare_titles,
    count_words,
    find_title_likeness,
)
from enrich.reconciler.type_words import CSL_OF, read_first_type, to_csl
from enrich.reconciler.unusable_texts import is_placeholder_title
from enrich.text.compare import texts_match
from enrich.text.page_container import find_container_key, read_container_name

# A record of an article is never that of a book or a thesis: reviews often have the title of their book.
_WHOLE_WORKS = frozenset({"book", "thesis", "patent"})


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """The facts in which a page and a record agree or differ."""

    title: str
    """The title of the page or of its twin in another language; `""` if there is none."""
    forms: tuple[str, ...]
    """The record's titles."""
    likeness: float
    """The share (0 to 1) of the words that the titles have in common."""
    titles: TitleAgreement
    """How far the titles agree."""
    is_shortened: bool
    """Whether the page's title has the words of none of the record's titles in full."""
    authors: AuthorOverlap | None
    """The authors that both name; None if the names cannot be compared."""
    years_apart: int | None
    """The number of years between their dates; None if one of them has no date."""
    differs_in_kind: bool
    """Whether only the page is about a book, a thesis or a patent, or only the record is that of a thesis."""
    differs_in_journal: bool
    """Whether the journals differ, and the titles are only similar, or short."""
    exchanges_words: bool
    """Whether the titles are equal but for one word about the subject, and the years do not confirm them."""
    may_be_transcribed: bool
    """Whether titles and names are in different scripts, but everything else agrees."""


def gather_facts(page: Page, site_context: SiteContext, work: Work) -> IdentityFacts:
    """Return the facts; the title of the page's twin in another language counts as the page's."""
    forms = tuple(form for form in list_title_forms(work) if not is_placeholder_title(form))
    title, *others = (read_title(version) for version in (page, *site_context.twins))
    agreements = [compare_titles(other, forms) for other in (title, *others)] if title else []
    agreed = next((at for at, one in enumerate(agreements) if one != "different"), 0)
    title = (title, *others)[agreed]
    titles = agreements[agreed] if agreements else "different"
    apart = count_years_apart(page, work)
    may_be_sister = titles in {"near", "alike"} and apart != 0
    return IdentityFacts(
        title=title,
        forms=forms,
        likeness=find_title_likeness(title, forms),
        titles=titles,
        is_shortened=not any(_is_whole_title(title, form) for form in forms),
        authors=count_shared_authors(page, site_context.profiles, work),
        years_apart=apart,
        differs_in_kind=_differs_in_kind(page, work),
        differs_in_journal=(titles == "alike" or count_words(title) <= SHORT_TITLE)
        and _agree_on_journal(page, work) is False,
        exchanges_words=may_be_sister and any(exchanges_words(title, form) for form in forms),
        may_be_transcribed=_may_be_transcribed(page, site_context, forms, work),
    )


def _is_whole_title(title: str, form: str) -> bool:
    """Return whether two titles have the same words, apart from a slip in a few letters."""
    return texts_match(title, form) or corrects_letters((title,), (form,))


def _differs_in_kind(page: Page, work: Work) -> bool:
    local, remote = to_csl(read_first_type(page.get("publication_types"))), CSL_OF.get(work.type, "")
    return bool(local and remote) and local != remote and (local in _WHOLE_WORKS or remote == "thesis")


def _agree_on_journal(page: Page, work: Work) -> bool | None:
    """Return whether page and record have the same journal; None if one of them has none."""
    names = work.container_names
    local = read_container_name(page.get(find_container_key(page)))
    return is_same_container(local, names) if local and names else None


def _may_be_transcribed(page: Page, site_context: SiteContext, forms: tuple[str, ...], work: Work) -> bool:
    """Return whether year, journal and number of authors agree, with titles and names in two scripts."""
    script = find_script(read_title(page))
    if not script or not forms or any(find_script(form) == script for form in forms):
        return False
    return (
        has_names_in_script(page, site_context.profiles, work, script)
        and count_years_apart(page, work) == 0
        and _agree_on_journal(page, work) is True
    )


def count_years_apart(page: Page, work: Work) -> int | None:
    """Return the years between the page's date and the record's nearest; None if one has no date."""
    local = read_date(page.get("date"))
    years = [date.year for date in list_dates(work.dates)]
    return min(abs(local.year - year) for year in years) if local and years else None
