"""The container of a work: the journal, the book or the preprint server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from enrich.model.page import KeyPath, Remote, Value
from enrich.model.plan import Alternative, Change
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison, Texts, is_empty
from enrich.reconciler.fields.field import Field
from enrich.reconciler.issue_values import is_same_number, is_same_pages
from enrich.reconciler.journal_names import is_same_container, list_distinct_containers
from enrich.reconciler.journal_values import carries_more, find_wrapper, remove_wrapper
from enrich.reconciler.mending import corrects_letters
from enrich.reconciler.publisher_names import is_same_publisher
from enrich.reconciler.text_comparison import (
    as_text,
    compare_plain_text,
    explain_broken_text,
    explain_no_substance,
    is_first_known,
    is_verbatim_text,
)
from enrich.reconciler.typed_values import read_typed_label, read_typed_number, read_typed_pages
from enrich.text.compare import strip_markup
from enrich.text.page_container import find_container_key
from enrich.text.quotation import quote_title

LONGEST_QUOTE = 100  # characters of a container's name in a reason
CARRIES_MORE = "the value has more than the journal's name; if the record is right, edit the page"
_IS_SAME = {
    "volume": is_same_number,
    "issue": is_same_number,
    "pages": is_same_pages,
    "publisher": is_same_publisher,
    "short_name": is_same_container,
}
_READ_TYPED_PART = {"volume": read_typed_number, "issue": read_typed_number, "pages": read_typed_pages}


def compare_publication(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the journal under `publication`, else under `journal`: equal to its full or its short name."""
    path, local = comparison.place(find_container_key(comparison.page))
    if isinstance(local, Mapping):
        yield from _compare_mapping(comparison, work, path, local)
        return
    wrapper = (
        find_wrapper(local)
        if isinstance(local, str) and not is_empty(local)
        else comparison.site_context.dialect.journal
    )
    yield _compare_container("publication", path, local, work, wrapper)


def list_container_names(work: Work) -> Texts:
    """Return every name that a page may call the container by without being wrong.

    For a book or proceedings people often name the publisher; a journal is not its publisher.
    """
    preprint = (
        (work.group_title, *work.institutions) if work.type == "posted-content" else (work.group_title,)
    )
    publisher = () if work.type == "journal-article" and work.container_titles else (work.publisher,)
    names = (*work.container_names, *preprint, *publisher)
    return tuple(dict.fromkeys(name for name in names if name))


def _compare_container(
    name: str, path: KeyPath, local: Value, work: Work, wrapper: tuple[str, str] | None
) -> FieldComparison:
    named = (
        work.institutions[:1]
        if work.type == "posted-content"
        else list_distinct_containers(work.container_titles)
    )
    more = isinstance(local, str) and carries_more(local)
    before, after = wrapper or ("", "")
    return FieldComparison(
        name, path, local, Remote(named[0], before, after) if named else None,
        (*named, *list_container_names(work)), named,
        is_equal=lambda value, names: is_same_container(as_text(value), names),
        is_verbatim=lambda value, names: is_verbatim_text(remove_wrapper(as_text(value)), names),
        record_unchanged=is_first_known,
        is_mended=corrects_letters,
        empty=is_empty(local),
        needs_review_because=_explain_several(named) or explain_broken_text("".join(named)),
        refused=CARRIES_MORE if more else explain_no_substance("".join(named)),
        alternatives=tuple(
            Alternative(Remote(other, before, after), "the record's other journal") for other in named[1:]
        ),
    )  # fmt: skip


def _explain_several(containers: Texts) -> str:
    """Return why a record with a book and its series needs a choice, `""` for one container."""
    names = [strip_markup(name)[:LONGEST_QUOTE] for name in containers]
    return f"the record names {' and '.join(map(quote_title, names))}" if len(names) > 1 else ""


def _compare_mapping(
    comparison: Comparison, work: Work, path: KeyPath, local: Mapping[str, Value]
) -> Iterator[FieldComparison]:
    record: dict[str, Texts] = {
        "volume": (work.volume,),
        "issue": (work.issue,),
        "pages": (work.page or work.article_number, work.article_number),
        "publisher": (work.publisher,),
    }
    if comparison.rules.policies.get("publication_short", "keep") != "keep":
        record["short_name"] = work.container_titles_short
    for key, value in local.items():
        here, name = (*path, key), key.lower()
        if name == "name":
            yield _compare_container("publication.name", here, value, work, ("", ""))
        elif forms := record.get(name):
            compared = compare_plain_text(f"publication.{name}", here, value, forms[0], forms)
            yield replace(compared, is_equal=_as_comparison(_IS_SAME[name]))


def _as_comparison(is_same: Callable[[str, Texts], bool]) -> Callable[[Value, Texts], bool]:
    return lambda value, forms: is_same(str(value), forms)


def read_typed_container(typed: str, change: Change) -> Value:
    """Return a typed name in the wrapper of the proposed one, or a volume, issue or pages; raise Refused."""
    if read_part := _READ_TYPED_PART.get(change.path[-1].lower()):
        return read_part(typed, change)
    text = read_typed_label(typed, change)
    bare = remove_wrapper(text)
    if bare != text:
        read_typed_label(bare, change)
        return text
    before, after = find_wrapper(as_text(change.new)) or ("", "")
    return f"{before}{text}{after}"


FIELD = Field(
    name="publication",
    policy="fill",
    after=("publication_types",),
    compare=compare_publication,
    read_record=lambda work: (*work.container_titles, *work.institutions),
    read_typed=read_typed_container,
)
