"""The fields, one row each: to add a field, write its slots and add a row to `FIELDS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from enrich.model.page import KeyPath, Remote, Value
from enrich.model.plan import Policy
from enrich.model.work import Work
from enrich.reconciler.comparison import Case
from enrich.reconciler.field_comparison import Slot, Texts, is_empty
from enrich.reconciler.fields import authors
from enrich.reconciler.fields.abstract import abstract_texts, same_abstract
from enrich.reconciler.fields.date import agree, all_dates, hidden_until, proposed_date, read_date, written
from enrich.reconciler.fields.publication import (
    books_first,
    carries_more,
    same_container,
    without_wrapper,
    wrapper_of,
)
from enrich.reconciler.fields.publication_type import (
    CSL_OF,
    agrees,
    as_csl,
    csl_type,
    first_type,
    in_dialect,
    is_of_conference,
)
from enrich.reconciler.fields.title import proposed_title, same_title, title_texts
from enrich.reconciler.page_language import is_foreign
from enrich.text.compare import has_substance, is_mojibake, strip_markup, texts_match
from enrich.text.jats import to_plain

LONGEST_TITLE, LONGEST_ABSTRACT = 1_000, 20_000
SHORTEST_ABSTRACT = 20
MAPPING_KEYS = ("volume", "issue", "pages", "publisher", "short_name")


@dataclass(frozen=True, slots=True)
class Field:
    """A row: its name in `enrich.toml`, its policy unless the owner says otherwise, its slots.

    `raw` is the record's value as deposited, for `enrich explain`.
    """

    name: str
    policy: Policy
    slots: Callable[[Case, Work], Iterator[Slot]]
    raw: Callable[[Work], object]


def title(case: Case, work: Work) -> Iterator[Slot]:
    """Yield the title: the same with or without its subtitle, in any of the record's languages."""
    proposed = proposed_title(work)
    texts = title_texts(work)
    path, local = case.place("title")
    foreign = is_foreign(case, work)
    yield Slot(
        "title", path, local, Remote(proposed) if texts and not foreign else None, texts, texts,
        same=lambda value, known: same_title(_text(value), known), exact=_exact, unchanged=_first_same,
        empty=is_empty(local),
        doubt=doubt(proposed),
        refused=too_long(to_plain(proposed), LONGEST_TITLE, "title"),
    )  # fmt: skip


def date(case: Case, work: Work) -> Iterator[Slot]:
    """Yield the date: the same as any date of the work, at the coarser of the two precisions."""
    proposed = proposed_date(work.dates)
    texts = tuple(str(known) for known in all_dates(work.dates))
    path, local = case.place("date")
    partial = proposed is not None and proposed.day is None
    yield Slot(
        "date", path, local, written(proposed, local) if proposed else None, texts, texts,
        same=_same_date, exact=_same_first_date, unchanged=lambda base, now: base[:1] == now[:1],
        empty=is_empty(local),
        doubt=hidden_until(proposed, case.page.get("publishdate"), case.rules.today),
        refused=f"the record knows no more than {proposed}" if partial and not is_empty(local) else "",
    )  # fmt: skip


def publication_types(case: Case, work: Work) -> Iterator[Slot]:
    """Yield the type: the first element alone counts; a more specific local one agrees."""
    csl = csl_type(work)
    path, local = case.place("publication_types")
    yield Slot(
        "publication_types", path, local,
        in_dialect(csl, case.site_context.dialect.types, local) if csl else None, (work.type,), (work.type,),
        same=lambda value, known: agrees(first_type(value), CSL_OF.get(known[0], ""))
        or (is_of_conference(work) and as_csl(first_type(value)) == "paper-conference"),
        exact=lambda value, known: as_csl(first_type(value)) == CSL_OF.get(known[0], ""),
        unchanged=lambda base, now: CSL_OF.get(base[0]) == CSL_OF.get(now[0]),
        empty=not first_type(local),
    )  # fmt: skip


def publication(case: Case, work: Work) -> Iterator[Slot]:
    """Yield the journal; where the page keeps a mapping, each key that is already there."""
    path, local = case.place("publication")
    if isinstance(local, Mapping):
        yield from _publication_mapping(work, path, local)
        return
    wrapped = (
        wrapper_of(local)
        if isinstance(local, str) and not is_empty(local)
        else case.site_context.dialect.journal
    )
    yield _container_slot("publication", path, local, work, wrapped)


def publication_short(case: Case, work: Work) -> Iterator[Slot]:
    """Yield the abbreviated journal: the record's short title, or any name of the journal."""
    short = next((name for name in work.container_titles_short if name not in work.container_titles), "")
    path, local = case.place("publication_short")
    yield _text_slot("publication_short", path, local, short, (short, *containers(work)))


def abstract(case: Case, work: Work) -> Iterator[Slot]:
    """Yield the abstract: the same when its letters and digits are, headings and markup aside."""
    text = strip_markup(work.abstract)
    texts = abstract_texts(work) if len(text) >= SHORTEST_ABSTRACT else ()
    path, local = case.place("abstract")
    new = Remote(work.abstract) if texts and not is_foreign(case, work) else None
    yield Slot(
        "abstract", path, local, new, texts, texts[:1],
        same=lambda value, known: same_abstract(_text(value), known), exact=_exact, unchanged=_first_same,
        empty=is_empty(local),
        doubt=doubt(work.abstract),
        refused=too_long(text, LONGEST_ABSTRACT, "abstract"),
    )  # fmt: skip


FIELDS: Mapping[str, Field] = {
    row.name: row
    for row in (
        Field("title", "fill", title, lambda work: (*work.titles, *work.subtitles)),
        Field("authors", "fill", authors.slots, authors.raw),
        Field("date", "fill", date, lambda work: all_dates(work.dates)),
        Field("publication_types", "fill", publication_types, lambda work: (work.type, work.subtype)),
        Field("publication", "fill", publication, lambda work: (*work.container_titles, *work.institutions)),
        Field("publication_short", "keep", publication_short, lambda work: work.container_titles_short),
        Field("abstract", "fill", abstract, lambda work: work.abstract),
    )
}


def containers(work: Work) -> Texts:
    """Return every name that a page may call the container by without being wrong."""
    preprint = (
        (work.group_title, *work.institutions) if work.type == "posted-content" else (work.group_title,)
    )
    names = (*work.container_titles, *work.container_titles_short, *preprint, work.publisher)
    return tuple(dict.fromkeys(name for name in names if name))


def doubt(text: str) -> str:
    """Return why a text of the record wants a look before it is written, `""` if it does not."""
    return "the record's text has broken characters" if is_mojibake(text) else ""


def nothing_in(text: str) -> str:
    """Return why a text of the record cannot be written: there is no letter or digit in it."""
    return "the record's value has no letter or digit in it" if text and not has_substance(text) else ""


def too_long(text: str, longest: int, what: str) -> str:
    """Return why a text cannot be written: nothing to read in it, or longer than any real one."""
    if empty := nothing_in(text):
        return empty
    return f"the record's {what} has {len(text):,} characters" if len(text) > longest else ""


def _container_slot(
    name: str, path: KeyPath, local: Value, work: Work, wrapped: tuple[str, str] | None
) -> Slot:
    named = work.institutions[:1] if work.type == "posted-content" else books_first(work.container_titles)
    known = containers(work)
    more = isinstance(local, str) and carries_more(local)
    before, after = wrapped or ("", "")
    several = "the record names a series and a book" if len(named) > 1 else ""
    return Slot(
        name, path, local, Remote(named[0], before, after) if named else None, (*named, *known), named,
        same=lambda value, names: same_container(_text(value), names),
        exact=lambda value, names: _exact(without_wrapper(_text(value)), names), unchanged=_first_same,
        empty=is_empty(local),
        doubt=several or doubt("".join(named)),
        refused="the value carries more than the journal's name" if more else nothing_in("".join(named)),
    )  # fmt: skip


def _publication_mapping(work: Work, path: KeyPath, local: Mapping[str, Value]) -> Iterator[Slot]:
    record = {
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.page or work.article_number,
        "publisher": work.publisher,
        "short_name": next(iter(work.container_titles_short), ""),
    }
    for key, value in local.items():
        here = (*path, key)
        if key.lower() == "name":
            yield _container_slot("publication.name", here, value, work, ("", ""))
        elif key.lower() in MAPPING_KEYS:
            text = record[key.lower()]
            yield _text_slot(f"publication.{key.lower()}", here, value, text, (text,))


def _text_slot(name: str, path: KeyPath, local: Value, text: str, texts: Texts) -> Slot:
    known = tuple(item for item in texts if item)
    return Slot(
        name, path, local, Remote(text) if text else None, known, known[:1],
        same=lambda value, names: any(texts_match(str(value), name) for name in names),
        exact=_exact, unchanged=_first_same, empty=is_empty(local),
        doubt=doubt(text), refused=nothing_in(text),
    )  # fmt: skip


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _exact(value: Value, texts: Texts) -> bool:
    return bool(texts) and _squeezed(_text(value)) == _squeezed(texts[0])


def _squeezed(text: str) -> str:
    return " ".join(strip_markup(text).split())


def _first_same(base: Texts, now: Texts) -> bool:
    return bool(base and now) and texts_match(base[0], now[0])


def _same_date(value: Value, texts: Texts) -> bool:
    local = read_date(value)
    known = (read_date(text) for text in texts)
    return local is not None and any(agree(local, date) for date in known if date)


def _same_first_date(value: Value, texts: Texts) -> bool:
    local, first = read_date(value), read_date(texts[0]) if texts else None
    # The first of a month may have been meant as that day: then it is not just what the record said.
    typed = local is not None and local.day == 1 and local.month != 1
    return _same_date(value, texts[:1]) and not (typed and first is not None and first.day not in {None, 1})
