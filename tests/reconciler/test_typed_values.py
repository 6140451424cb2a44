"""Values that the owner types in `review`: what each field makes of them, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import Refused
from enrich.model.page import Value
from enrich.reconciler.fields.registry import load_fields


@pytest.mark.parametrize(
    ("field", "proposed", "typed", "value"),
    [
        pytest.param("title", "Genes", " On\tgenes\u200b ", "On genes", id="spaces and invisible characters"),
        pytest.param("title", "Genes", "Genes: {{< x >}}", "Genes: {{< x >}}", id="as typed"),
        pytest.param("authors", ["Ann Lee"], "Lee, Ann; Jo Doe ;", ["Lee, Ann", "Jo Doe"], id="names"),
        pytest.param("date", "2019-01-01", "2019-3-4", "2019-03-04", id="a day"),
        pytest.param("date", "2019-01-01T12:00:00Z", "2019-03-04", "2019-03-04T12:00:00Z", id="a time"),
        pytest.param("publication_types", ["2"], "thesis", ["7"], id="a word for a number"),
        pytest.param("publication_types", ["2", "9"], "7", ["7", "9"], id="the second type stays"),
        pytest.param("publication_types", ["article-journal"], "7", ["thesis"], id="a number for a word"),
        pytest.param("publication_types", [2], "7", [7], id="numbers without quotes"),
        pytest.param("doi", "10.5555/1", "https://doi.org/10.5555/2", "10.5555/2", id="a DOI as an address"),
        pytest.param("publication", "*Nature*", "Science", "*Science*", id="a journal in its wrapper"),
        pytest.param("publication", "In *Nature*", "*Science*", "*Science*", id="a wrapper of one's own"),
        pytest.param("publication", "Nature", "Science", "Science", id="no wrapper"),
        pytest.param("publication", "8", "9", "9", id="a volume"),
    ],
)
def test_a_typed_value_gets_the_form_of_the_proposed_one(
    field: str, proposed: Value, typed: str, value: Value
) -> None:
    assert load_fields()[field].read_typed(typed, proposed) == value


@pytest.mark.parametrize(
    ("field", "proposed", "typed", "reason"),
    [
        pytest.param("title", "Genes", "…", "neither a letter nor a digit", id="a title without letters"),
        pytest.param("authors", ["Ann Lee"], "Ann Lee;; Jo Doe", "neither a letter", id="an empty name"),
        pytest.param("date", "2019-01-01", "2019", "type a day", id="a year"),
        pytest.param("date", "2019-01-01", "2019-02-29", "type a day", id="a day that was not"),
        pytest.param("date", "2019-01-01", "4 March 2019", "type a day", id="a day in words"),
        pytest.param("publication_types", ["2"], "novel", r"2 \(journal article\)", id="numbers"),
        pytest.param("publication_types", ["thesis"], "0", r"thesis \(thesis\)", id="words"),
        pytest.param("doi", "10.5555/1", "10.5555", "not a DOI", id="half a DOI"),
    ],
)
def test_a_typed_value_that_the_field_cannot_hold_is_refused(
    field: str, proposed: Value, typed: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        load_fields()[field].read_typed(typed, proposed)


@given(st.sampled_from(sorted(load_fields())), st.text(max_size=40))
def test_whatever_is_typed_is_a_value_or_refused_and_stays_so(field: str, typed: str) -> None:
    proposed: Value = ["2"] if field in {"authors", "publication_types"} else "2019-01-01"
    read = load_fields()[field].read_typed
    try:
        value = read(typed, proposed)
    except Refused:
        return
    again = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    assert read(again, proposed) == value
