"""Decide, before any field is compared, whether a record is that of the page's work, or of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enrich.model.page import Page
from enrich.model.site_context import SiteContext
from enrich.model.work import Work
from enrich.reconciler.findings.notices import find_notice_target, is_updated_in_place
from enrich.reconciler.findings.title_status import split_status
from enrich.reconciler.identity_facts import IdentityFacts, gather_facts
from enrich.reconciler.identity_words import HALF, describe_facts
from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.language_of_text import are_in_two_languages
from enrich.reconciler.notice_titles import split_likely_notice, split_notice
from enrich.reconciler.part_forms import find_part_kind, split_part_form
from enrich.reconciler.title_likeness import SHORT_TITLE, count_words, is_title_alike
from enrich.reconciler.type_words import NAMES, read_first_type, to_csl
from enrich.reconciler.verdict import Identity
from enrich.text.compare import strip_markup, texts_match
from enrich.text.page_container import find_container_key, read_container_name
from enrich.text.quotation import quote_title

PART_TYPES = {"component": "part", "peer-review": "peer review"}
_KINDS_OF_PART = {"component": {"piece"}, "peer-review": {"reply", "review"}}
HARDLY_A_WORD = 0.2  # the share of words that chance and small words give
NEARLY_ALL = 0.8  # of the shorter author list
FEWEST_PEOPLE = 2  # authors who vouch for a title in another language, or one that is only similar
_PARENT_RELATIONS = (
    "is-component-of",
    "is-review-of",
    "is-part-of",
    "is-supplement-to",
    "is-comment-on",
    "is-reply-to",
)


def identify_record(
    page: Page,
    site_context: SiteContext,
    work: Work,
    *,
    has_own_title: bool = False,
) -> Identity:
    """Return to which work a record belongs, from title, authors, year and type together.

    Ignore missing values, and a title that the owner pinned if the record does not have it. Check for a
    part first, then for the same work, then for another work.
    """
    facts = gather_facts(page, site_context, work)
    if has_own_title and facts.titles == "different":
        facts = replace(facts, title="")
    if part := _find_part(page, facts, work):
        return part
    evidence = describe_facts(facts)
    if title := _find_likely_notice(page, facts, work):
        return Identity("doubt", f"{quote_title(title)} may be the title of a notice about the work")
    if _is_same_work(facts):
        return Identity("same", evidence)
    return Identity("other" if _is_other_work(facts) else "doubt", evidence)


def _find_part(page: Page, facts: IdentityFacts, work: Work) -> Identity | None:
    """Return the answer for the record of a part, a reply or a notice; None for any other record."""
    if _is_part_itself(page, facts, work):
        return None
    parent = next((one.id.lower() for one in work.relations if one.type in _PARENT_RELATIONS), "")
    if kind := PART_TYPES.get(work.type):
        return Identity("part", f"the record is about a {kind}", parent)
    if notice := find_notice_target(work):
        return Identity("part", f"the record is a notice of {notice.type.replace('_', ' ')}", notice.doi)
    if _is_material(page, facts, work):
        return Identity(
            "part", f"the record is about {'data' if work.type == 'dataset' else 'software'}", parent
        )
    for title, about in _list_part_titles(work):
        is_itself = not facts.title or texts_match(facts.title, title)
        if not is_itself and is_title_alike(facts.title, (about,)):
            return Identity("part", f"the record's title is {quote_title(title)}", parent)
    return None


def _find_likely_notice(page: Page, facts: IdentityFacts, work: Work) -> str:
    """Return the title of a record that may be a notice: "Retraction:" and the page's title."""
    local = page.get("title")
    if is_updated_in_place(work) or not isinstance(local, str) or not facts.title:
        return ""
    abouts = ((title, split_likely_notice(title)) for title in map(strip_markup, work.titles))
    return next(
        (
            title
            for title, about in abouts
            if about and not texts_match(local, title) and is_title_alike(facts.title, (about,))
        ),
        "",
    )


def _is_material(page: Page, facts: IdentityFacts, work: Work) -> bool:
    """Return whether the record is that of data or software, and the page is about a text with its title."""
    is_text = to_csl(read_first_type(page.get("publication_types"))) in NAMES
    is_data = work.type == "dataset" or work.subtype == "software"
    venue = read_container_name(page.get(find_container_key(page)))
    names_repository = bool(venue) and is_same_container(venue, (work.publisher, *work.container_names))
    return is_text and is_data and facts.titles in {"equal", "near"} and not names_repository


def _is_part_itself(page: Page, facts: IdentityFacts, work: Work) -> bool:
    """Return whether the page is about a part or a notice itself, and the record is not a notice about it."""
    if read_first_type(page.get("publication_types")) in {"review", "dataset"}:
        return True
    if kinds := _KINDS_OF_PART.get(work.type):
        return find_part_kind(facts.title) in kinds
    abouts = [split_status(title)[1] for title in work.titles if split_status(title)[0]]
    abouts += [about for _, about in _list_part_titles(work)]
    return split_part_form(facts.title)[0] and not any(texts_match(facts.title, about) for about in abouts)


def _list_part_titles(work: Work) -> list[tuple[str, str]]:
    """Return the record's titles that have the form of a part, each with the title of its work."""
    titles = map(strip_markup, work.titles)
    return [(title, about) for title in titles for about in _list_titles_about(title) if about]


def _list_titles_about(title: str) -> Iterator[str]:
    """Yield the titles that a part's title is about; "Reply to comments on …" names one inside another."""
    has_form, about = split_part_form(title)
    if has_form:
        yield about
        is_nested, innermost = split_part_form(about)
        yield innermost if is_nested else ""
    yield split_notice(title)[1]


def _is_same_work(facts: IdentityFacts) -> bool:
    if not facts.title or not facts.forms:
        return _agree_without_title(facts)
    if facts.exchanges_words:
        return False
    if facts.titles == "alike":
        return _vouch_for_title(facts)
    if facts.titles in {"equal", "near"}:
        return _agree_with_title(facts)
    if facts.may_be_transcribed:
        return True
    are_translated = any(are_in_two_languages(facts.title, form) for form in facts.forms)
    return are_translated and _has_every_author(facts) and not facts.years_apart


def _agree_without_title(facts: IdentityFacts) -> bool:
    """Return whether the authors suffice: all of them agree, and for a single author the year too."""
    authors, apart = facts.authors, facts.years_apart
    return authors is not None and authors.is_complete and not apart and (authors.shared > 1 or apart == 0)


def _agree_with_title(facts: IdentityFacts) -> bool:
    """Return whether the other facts allow two equal, or nearly equal, titles to be of the same work."""
    apart = facts.years_apart or 0
    if facts.is_shortened and apart > 1:
        return False
    if facts.authors and facts.differs_in_kind and facts.authors.on_page != facts.authors.in_record:
        return False  # a thesis and the paper that its author wrote with others
    if _is_generic(facts) and (apart > 1 or facts.differs_in_journal):
        return False
    if facts.authors is None:
        is_equal = facts.titles == "equal" and count_words(facts.title) > SHORT_TITLE
        return is_equal and not facts.differs_in_kind
    return facts.authors.share >= HALF


def _is_generic(facts: IdentityFacts) -> bool:
    """Return whether one author may have written several works with this title, such as "Editorial"."""
    is_short = count_words(facts.title) <= SHORT_TITLE
    return is_short and facts.authors is not None and facts.authors.shared < FEWEST_PEOPLE


def _vouch_for_title(facts: IdentityFacts) -> bool:
    """Return whether the other facts suffice if the titles are only similar.

    People write several papers with similar titles, and share an author or half of a team among them. If a
    title changed before publication, the whole team is the same.
    """
    authors = facts.authors
    contradicted = facts.differs_in_kind or facts.differs_in_journal or (facts.years_apart or 0) > 1
    return (
        authors is not None
        and authors.shared >= FEWEST_PEOPLE
        and authors.share >= NEARLY_ALL
        and not contradicted
    )


def _has_every_author(facts: IdentityFacts) -> bool:
    return facts.authors is not None and facts.authors.is_complete and facts.authors.shared >= FEWEST_PEOPLE


def _is_other_work(facts: IdentityFacts) -> bool:
    if not facts.title or not facts.forms or facts.authors is None or facts.likeness > HARDLY_A_WORD:
        return False
    return facts.authors.shared == 0 or (facts.authors.share < HALF and (facts.years_apart or 0) > 1)
