"""Decide whose record it is, before any field is compared: the page's, a part's, another's, or in doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enrich.model.page import Page
from enrich.model.plan import IdentityAnswer
from enrich.model.site_context import SiteContext
from enrich.model.work import Work
from enrich.reconciler.author_overlap import AuthorOverlap, count_shared_authors
from enrich.reconciler.findings.notices import find_notice_target
from enrich.reconciler.language_of_text import are_in_two_languages
from enrich.reconciler.part_forms import split_part_form
from enrich.reconciler.partial_dates import list_dates, read_date
from enrich.reconciler.title_forms import list_title_forms, remove_status
from enrich.reconciler.title_likeness import count_words, find_title_likeness, is_title_alike
from enrich.reconciler.type_words import CSL_OF, read_first_type, to_csl
from enrich.text.compare import strip_markup

PART_TYPES = {"component": "part", "peer-review": "peer review"}
HARDLY_A_WORD = 0.2  # the share of words that chance and small words give
HALF = 0.5  # of the shorter author list
SHORT_TITLE = 2  # words; many works have such a title
_PARENT_RELATIONS = (
    "is-component-of",
    "is-review-of",
    "is-part-of",
    "is-supplement-to",
    "is-comment-on",
    "is-reply-to",
)
# A book or a thesis is never an article: a review of it often has its title.
_WHOLE_WORKS = frozenset({"book", "thesis", "patent"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose record it is, and how that was decided."""

    answer: IdentityAnswer
    """`same`, `part`, `doubt` or `other`."""
    evidence: str
    """The facts behind the answer, in words."""
    parent_doi: str = ""
    """The DOI of the work that a part or a notice is about, where the record has it."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What page and record have in common."""

    title: str
    forms: tuple[str, ...]
    likeness: float
    is_alike: bool
    authors: AuthorOverlap | None
    years_apart: int | None
    differs_in_kind: bool


def identify_record(
    page: Page,
    site_context: SiteContext,
    work: Work,
    *,
    has_own_title: bool = False,
) -> Identity:
    """Return whose record it is, from title, authors, year and type together.

    Missing values count neither way, nor does a title that the owner pinned and the record does not have.
    Of part, same and other the first that applies is the answer.
    """
    facts = _gather_facts(page, site_context, work)
    if has_own_title and not facts.is_alike:
        facts = replace(facts, title="")
    if part := _find_part(page, facts, work):
        return part
    evidence = _describe_facts(facts)
    if _is_same_work(facts):
        return Identity("same", evidence)
    return Identity("other" if _is_other_work(facts) else "doubt", evidence)


def _gather_facts(page: Page, site_context: SiteContext, work: Work) -> _Facts:
    """Return the facts; a page whose twin in another language has the record's title has it too."""
    forms = list_title_forms(work)
    title, *others = (_read_title(version) for version in (page, *site_context.twins))
    title = next((other for other in others if title and is_title_alike(other, forms)), title)
    local, remote = to_csl(read_first_type(page.get("publication_types"))), CSL_OF.get(work.type, "")
    return _Facts(
        title=title,
        forms=forms,
        likeness=find_title_likeness(title, forms),
        is_alike=is_title_alike(title, forms) if title and forms else False,
        authors=count_shared_authors(page, site_context.profiles, work),
        years_apart=_count_years_apart(page, work),
        differs_in_kind=bool(local and remote) and local != remote and local in _WHOLE_WORKS,
    )


def _read_title(page: Page) -> str:
    title = page.get("title")
    return remove_status(strip_markup(title)) if isinstance(title, str) else ""


def _find_part(page: Page, facts: _Facts, work: Work) -> Identity | None:
    """Return the answer for a record of a part, a reply or a notice, None for any other."""
    if split_part_form(facts.title)[0] or read_first_type(page.get("publication_types")) in {
        "review",
        "dataset",
    }:
        return None
    parent = next((one.id.lower() for one in work.relations if one.type in _PARENT_RELATIONS), "")
    if kind := PART_TYPES.get(work.type):
        return Identity("part", f"the record is that of a {kind}", parent)
    if notice := find_notice_target(work):
        return Identity(
            "part", f"the record is that of a notice ({notice.type.replace('_', ' ')})", notice.doi
        )
    for title in map(strip_markup, work.titles):
        has_form, about = split_part_form(title)
        if has_form and about and facts.title and is_title_alike(facts.title, (about,)):
            return Identity("part", f"the record's title is “{title}”", parent)
    return None


def _is_same_work(facts: _Facts) -> bool:
    authors = facts.authors
    if not facts.title or not facts.forms or count_words(facts.title) <= SHORT_TITLE:
        titles_allow = facts.is_alike or not facts.title or not facts.forms
        return titles_allow and authors is not None and authors.share >= HALF and _agree_without_title(facts)
    if facts.is_alike:
        if authors is None:
            return not facts.differs_in_kind
        return authors.share >= HALF
    return (
        authors is not None
        and authors.is_complete
        and not facts.years_apart
        and any(are_in_two_languages(facts.title, form) for form in facts.forms)
    )


def _agree_without_title(facts: _Facts) -> bool:
    """Return whether the authors alone are enough: with an equal short title half of them, else all."""
    return facts.is_alike or (
        facts.authors is not None and facts.authors.is_complete and not facts.years_apart
    )


def _is_other_work(facts: _Facts) -> bool:
    if not facts.title or not facts.forms or facts.authors is None or facts.likeness > HARDLY_A_WORD:
        return False
    return facts.authors.shared == 0 or (facts.authors.share < HALF and (facts.years_apart or 0) > 1)


def _count_years_apart(page: Page, work: Work) -> int | None:
    local = read_date(page.get("date"))
    years = [date.year for date in list_dates(work.dates)]
    return min(abs(local.year - year) for year in years) if local and years else None


def _describe_facts(facts: _Facts) -> str:
    if not facts.title or not facts.forms:
        titles = f"the {'record' if facts.title else 'page'} has no title"
    elif facts.is_alike:
        titles = "the titles are alike"
    else:
        titles = f"the titles share {facts.likeness:.0%} of the words".replace("%", " %")
        titles += "" if facts.likeness < 1 else ", but not the numbers or the kind of text"
    authors = facts.authors
    people = (
        f"{authors.shared} of {min(authors.on_page, authors.in_record)} authors are shared"
        if authors
        else "the authors cannot be compared"
    )
    years = f", and the years are {facts.years_apart} apart" if facts.years_apart else ""
    kind = ", and the types differ" if facts.differs_in_kind else ""
    return f"{titles}, {people}{years}{kind}"
