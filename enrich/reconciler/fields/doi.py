"""The page's own DOI: its form, the key it belongs under, and the repair of a damaged one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enrich.errors import Refused
from enrich.model.declined_dois import list_declined_dois
from enrich.model.page import BadDoi, Doi, KeyPath, PageDoi, Value, drop_params
from enrich.model.plan import Candidate, Change, Kind
from enrich.model.work import Work
from enrich.reconciler.commented_out import is_declined
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison
from enrich.reconciler.fields.field import Field
from enrich.reconciler.fields.key_order import list_preceding_keys
from enrich.text.candidate_line import describe_candidate
from enrich.text.doi import parse_doi
from enrich.text.page_doi import is_unread_key, page_doi


def compare_doi(comparison: Comparison, _work: Work) -> Iterator[FieldComparison]:
    """Yield the DOI that the page has under another key than its own."""
    own = page_doi(comparison.page)
    if not own.taken_from or not isinstance(own.parsed, Doi) or not is_doi_wanted(comparison, own):
        return
    key = ".".join(own.taken_from)
    yield FieldComparison(
        "doi", own.path or comparison.site_context.dialect.doi, own.typed, own.bare, (own.key,), (own.key,),
        is_equal=lambda _value, _texts: False,
        is_verbatim=lambda _value, _texts: False,
        record_unchanged=lambda now, base: now == base,
        is_mended=lambda _base, _now: False,
        empty=True,
        reason=f"{key} has this DOI, and its record has the page's title, authors and year",
        needs_review_because=_explain_review(comparison, own),
    )  # fmt: skip


def is_doi_wanted(comparison: Comparison, own: PageDoi) -> bool:
    """Return whether the site keeps DOIs under this key; a DOI under an unread key always moves."""
    context = comparison.site_context
    if context.is_foreign_theme:
        return comparison.may_write_key(context.dialect.doi)
    return context.dois_under_key is not None or is_unread_key(own.taken_from)


def _explain_review(comparison: Comparison, own: PageDoi) -> str:
    if is_unread_key(own.taken_from):
        return f"the theme does not read {'.'.join(own.taken_from)}, under which the page has it"
    if own.has_rivals:
        return "the page has more than one DOI of this work"
    return "" if comparison.site_context.dois_under_key else "no other page of the site has a DOI there"


def normalise_doi(comparison: Comparison) -> Iterator[Change]:
    """Yield the change that makes a DOI bare; the caller has a record for the cleaned DOI."""
    path, typed = comparison.doi_place
    doi = comparison.doi
    if path is None or not isinstance(doi, Doi) or doi.bare == typed or page_doi(comparison.page).taken_from:
        return
    if comparison.is_kept(*path) or comparison.site_context.is_foreign_theme:
        return  # what an unknown theme makes of a bare DOI is unknown, too
    yield Change(
        field="doi",
        path=path,
        kind="normalise",
        level="safe"
        if comparison.is_same and comparison.rules.policies.get("doi") != "propose"
        else "review",
        old=typed,
        new=doi.bare,
        reason="the theme puts https://doi.org/ before it, so only the bare DOI gives a working link",
        baseline_value=str(typed),
    )


def propose_repair(comparison: Comparison) -> Iterator[Change]:
    """Yield the change that repairs a damaged DOI, if the repair's record is that of the page's work."""
    own = page_doi(comparison.page)
    if isinstance(own.parsed, BadDoi) and own.parsed.is_confirmed and own.path:
        reason = "the value is not a DOI; the record of this one has the page's title, authors and year"
        yield from _propose_doi(comparison, own.path, "replace", own.parsed.repair, reason)


def propose_found_doi(comparison: Comparison) -> Iterator[Change]:
    """Yield the change that fills in the DOI that was found for a page, if it is certain."""
    certain = [one for one in comparison.candidates if one.verdict == "certain"]
    yield from _fill_in_dois(comparison, certain[:1])


def offer_possible_dois(comparison: Comparison) -> Iterator[Change]:
    """Yield the change to each DOI that was found for a page and may be its own, for a person to select."""
    yield from _fill_in_dois(comparison, [one for one in comparison.candidates if one.verdict == "unsure"])


def _fill_in_dois(comparison: Comparison, found: Iterable[Candidate]) -> Iterator[Change]:
    """Yield the change to each DOI, unless the page has one, or its key is not to be written."""
    own = page_doi(comparison.page)
    path = own.path or comparison.site_context.dialect.doi
    if own.parsed is not None or not comparison.may_write_key(path) or is_declined(comparison, path):
        return
    for one in found:
        reason = f"{describe_candidate(one)}: {'; '.join(one.reasons)}"
        yield from _propose_doi(comparison, path, "fill", one.doi, reason)


def _propose_doi(
    comparison: Comparison, path: KeyPath, kind: Kind, doi: str, reason: str
) -> Iterator[Change]:
    """Yield the change that sets the DOI after a review, unless the owner keeps or declined it."""
    rules = comparison.rules
    is_off = rules.policies.get("doi") == "keep" or not rules.wants("doi")
    if is_off or comparison.is_kept(*path) or doi.lower() in list_declined_dois(comparison.baseline):
        return
    yield Change(
        field="doi",
        path=path,
        kind=kind,
        level="review",
        old=comparison.page.get(*drop_params(path)),
        new=doi,
        reason=reason,
        after=list_preceding_keys(path[0], comparison.page.front.format),
        baseline_value=doi.lower(),
        line=comparison.page.front.lines.get(path, 0),
    )


def read_typed_doi(typed: str, _change: Change) -> Value:
    """Return a typed DOI, bare; raise Refused if it is not a DOI."""
    doi = parse_doi(typed)
    if not isinstance(doi, Doi):
        raise Refused("this is not a DOI; type it as in 10.1038/nature14539")
    return doi.bare


FIELD = Field(
    name="doi",
    policy="fill",
    after=("date",),
    compare=compare_doi,
    read_record=lambda work: work.doi,
    normalise=normalise_doi,
    read_typed=read_typed_doi,
)
