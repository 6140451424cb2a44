"""The type of a publication, in the words or numbers of the theme."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.errors import Refused
from enrich.model.page import Value
from enrich.model.plan import Change
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import FieldComparison
from enrich.reconciler.fields.field import Field
from enrich.reconciler.type_words import (
    CSL_OF,
    NAMES,
    NUMBERS,
    format_type_like,
    get_csl_type,
    is_conference_paper,
    read_first_type,
    to_csl,
    types_agree,
)


def compare_publication_types(comparison: Comparison, work: Work) -> Iterator[FieldComparison]:
    """Yield the first type of the page: equal if it is the record's type or a more exact one."""
    csl = get_csl_type(work)
    path, local = comparison.place("publication_types")
    site = comparison.site_context
    yield FieldComparison(
        "publication_types", path, local,
        # A page that differs from the site's other pages takes their form: its own may stop the build.
        format_type_like(csl, site.site_types or site.dialect.types, local) if csl else None,
        (work.type,), (work.type,),
        is_equal=lambda value, known: types_agree(read_first_type(value), CSL_OF.get(known[0], ""))
        or is_conference_paper(read_first_type(value), work),
        is_verbatim=lambda value, known: to_csl(read_first_type(value)) == CSL_OF.get(known[0], ""),
        record_unchanged=lambda base, now: CSL_OF.get(base[0]) == CSL_OF.get(now[0]),
        is_mended=lambda _base, _now: False,  # another type is another kind of work
        empty=not read_first_type(local),
    )  # fmt: skip


def read_typed_type(typed: str, change: Change) -> Value:
    """Return a typed type in the page's own form; raise Refused if the theme has no such type."""
    csl, proposed = to_csl(typed.strip()), change.new
    uses_numbers = read_first_type(proposed).isdigit()
    if csl not in NAMES:
        words = (f"{NUMBERS[word] if uses_numbers else word} ({name})" for word, name in NAMES.items())
        raise Refused(f"the theme has no such type; type one of {', '.join(words)}")
    return format_type_like(csl, "number" if uses_numbers else "csl", proposed)


FIELD = Field(
    name="publication_types",
    policy="fill",
    after=("publishDate",),
    compare=compare_publication_types,
    read_record=lambda work: (work.type, work.subtype),
    read_typed=read_typed_type,
)
