"""The changes that make a preprint's page the page of the article that it became: taken whole, or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from enrich.model.page import KeyPath, Value
from enrich.model.plan import Change, Kind
from enrich.model.work import Work
from enrich.reconciler.commented_out import is_declined
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, is_empty, to_baseline_value
from enrich.reconciler.fields.cite_bib import compare_entry_type
from enrich.reconciler.fields.key_order import list_preceding_keys
from enrich.reconciler.fields.publication import CARRIES_MORE, list_container_names
from enrich.reconciler.fields.registry import load_fields
from enrich.reconciler.journal_names import is_same_container
from enrich.reconciler.preprint_link import AFTER, propose_preprint_link
from enrich.reconciler.published_article import (
    SET,
    find_published_article,
    is_set_offered,
    place_article_doi,
)
from enrich.reconciler.text_comparison import as_text
from enrich.reconciler.three_way import is_included
from enrich.text.compare import strip_markup
from enrich.text.quotation import quote_title

_REASON = "the published article has this value"


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """The changes of the set, and the other fields that the article's record has."""

    changes: tuple[Change, ...] = ()
    """The changes, the DOI first; none if the set is not offered."""
    agreed: Mapping[str, Value] | None = None
    """Each field found equal to the article's record, with the value that the baseline keeps of it."""
    fields: frozenset[str] = frozenset()
    """The fields for which the article's record has a value."""


def build_published_set(comparison: Comparison) -> PublishedSet:
    """Return the set for a page whose preprint became an article, empty if it is not offered.

    It is not offered again once the owner has kept the preprint, or while its finding is ignored.
    """
    article, preprint = find_published_article(comparison), comparison.work
    if article is None or preprint is None or not is_set_offered(comparison, article):
        return PublishedSet()
    changes, agreed, fields = [_build_doi_change(comparison, article)], dict[str, Value](), {"doi"}
    for compared in _compare_with_article(comparison, article):
        if compared.record_forms:
            fields.add(name_field(compared))
            if not compared.empty and compared.is_equal(compared.local, compared.record_forms):
                agreed[compared.name] = to_baseline_value(compared.baseline_value)
            elif _is_proposed(comparison, compared):
                changes.append(_convert_comparison(comparison, _allow_for_set(compared, preprint)))
    changes += _build_link_change(comparison, preprint)
    return PublishedSet(tuple(changes), agreed, frozenset(fields))


def mark_replaced(changes: tuple[Change, ...], published: PublishedSet) -> Iterator[Change]:
    """Yield the changes towards the preprint's record that are of use beside the set.

    Those that need review are of no use if the article has a value; safe ones are written while the owner
    has not decided on the set.
    """
    for change in changes:
        if change.field not in published.fields:
            yield change
        elif change.level == "safe":
            yield replace(change, replaced_by_set=SET)


def drop_broken_set(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes without the set if its DOI cannot be written: it is taken whole or not at all."""
    is_whole = any(
        change.set_name and change.field == "doi" and change.status != "refused" for change in changes
    )
    return changes if is_whole else tuple(change for change in changes if not change.set_name)


def name_field(compared: FieldComparison) -> str:
    """Return the name of a field in `enrich.toml`, for a comparison of it or of a part of it."""
    if compared.file:
        return compared.name.removesuffix(f".{compared.path[-1]}")
    return compared.name.split(".")[0]


def _compare_with_article(comparison: Comparison, article: Work) -> Iterator[FieldComparison]:
    beside = replace(comparison, answer=comparison.others[article.doi], baseline=None, candidates=())
    for field in load_fields().values():
        if field.name != "doi" and is_included(comparison, field):
            yield from map(_compare_doi_exactly, field.compare(beside, article))
            if field.name == "cite.bib" and comparison.page.cite_bib:
                yield from compare_entry_type(beside, article)


def _compare_doi_exactly(compared: FieldComparison) -> FieldComparison:
    """Return a comparison of an entry's DOI that tells the preprint's DOI from the article's."""
    if compared.name != "cite.bib.doi":
        return compared
    return replace(compared, is_equal=lambda local, known: as_text(local).casefold() in known)


def _is_proposed(comparison: Comparison, compared: FieldComparison) -> bool:
    """Return whether a value that differs is proposed: not if the owner keeps or declined the key."""
    if compared.new is None or comparison.is_kept(*compared.path):
        return False
    was_emptied = compared.name in {*comparison.base, *comparison.declined}
    return not compared.empty or not (was_emptied or is_declined(comparison, compared.path))


def _allow_for_set(compared: FieldComparison, preprint: Work) -> FieldComparison:
    """Return a comparison without the refusals that only protect a page's values about the same work.

    "arXiv preprint arXiv:2101.00001" has more than a journal's name, and the day of a preprint is not the
    article's.
    """
    names_server = compared.refused == CARRIES_MORE and is_same_container(
        as_text(compared.local), ("arXiv", "bioRxiv", *list_container_names(preprint))
    )
    return replace(compared, refused="") if names_server or compared.name == "date" else compared


def _build_doi_change(comparison: Comparison, article: Work) -> Change:
    path = place_article_doi(comparison)
    journal = f" in {strip_markup(article.container_titles[0])}" if article.container_titles else ""
    reason = f"this preprint was published{journal} as {quote_title(strip_markup(article.title))}"
    local = comparison.page.get(*path)
    return _make_change(comparison, "doi", path, local, article.doi, reason, article.doi)


def _convert_comparison(comparison: Comparison, compared: FieldComparison) -> Change:
    reason = "; ".join(filter(None, (_REASON, compared.needs_review_because)))
    base = to_baseline_value(compared.baseline_value)
    change = _make_change(
        comparison, name_field(compared), compared.path, compared.local, compared.new, reason, base
    )
    return replace(
        change,
        file=compared.file,
        line=compared.line or change.line,
        status="refused" if compared.refused else "proposed",
        refused_because=compared.refused,
        needs_answer=compared.needs_answer,
    )


def _build_link_change(comparison: Comparison, preprint: Work) -> list[Change]:
    link = propose_preprint_link(comparison, preprint)
    if link is None or comparison.is_kept(*link[0]) or not comparison.rules.wants("links"):
        return []
    path, new = link
    reason = "the preprint stays linked on the page of the article"
    change = _make_change(comparison, "links", path, comparison.page.get(*path), new, reason, None)
    return [replace(change, after=AFTER)]


def _make_change(
    comparison: Comparison, field: str, path: KeyPath, old: Value, new: Value, reason: str, base: Value
) -> Change:
    kind: Kind = "fill" if is_empty(old) else "replace"
    return Change(
        field=field,
        path=path,
        kind=kind,
        level="review",
        old=old,
        new=new,
        reason=reason,
        after=list_preceding_keys(path[0], comparison.page.front.format),
        baseline_value=base,
        line=comparison.page.front.lines.get(path, 0),
        set_name=SET,
    )
