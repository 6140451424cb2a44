"""The values of a bundle's citation file beside a record."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from enrich.model.plan import Change, Policy
from tests.support.comparisons import WORK, found_codes, judged, work

RECORD = work(volume="8", issue="16", page="4223-4233", issns=("2473-9529",), publisher="Some Press")
POLICIES: Mapping[str, Policy] = {"cite.bib": "fill"}


def compare(value: str, **changed: object) -> list[Change]:
    """Return the changes to an entry with this value and the record's DOI."""
    text = f"@article{{a, doi = {{{WORK.doi}}}, {value}}}\n"
    record = work(**({"volume": "8", "issue": "16", "page": "4223-4233"} | changed))
    found = judged(record=record, policies=POLICIES, cite_bib=text)
    return [change for change in found.changes if change.file]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("volume = 8", id="a bare number"),
        pytest.param("volume = {Vol. 08}", id="a word and a zero before a number"),
        pytest.param("pages = {4223--33}", id="a shortened last page"),
        pytest.param('pages = "4223–4233"', id="a dash of Unicode"),
        pytest.param("author = {Reyes, K. R. and Liu, Yen-Chun and others}", id="initials and others"),
        pytest.param(r"title = {A careful study of {\textit{Danio rerio}} in {H2O}}", id="braces in a title"),
        pytest.param("journal = {Blood Adv.}", id="an abbreviated journal"),
        pytest.param("journal = blood", id="a journal that is a macro"),
        pytest.param("month = apr", id="a macro of a month"),
        pytest.param("month = {April}", id="a name of a month"),
        pytest.param("month = 4", id="the number of a month"),
        pytest.param("year = {2024}", id="the year"),
        pytest.param("url = {https://example.org/mine}", id="an address of the owner's"),
        pytest.param("note = {}", id="a field that enrich does not know"),
    ],
)
def test_equal_values_are_silent(value: str) -> None:
    assert compare(value) == []


@pytest.mark.parametrize(
    ("value", "key", "new", "level"),
    [
        pytest.param("volume = {}", "volume", "8", "safe", id="an empty value is filled"),
        pytest.param("volume = {9}", "volume", "8", "review", id="another volume"),
        pytest.param("number = {1}", "number", "16", "review", id="another issue"),
        pytest.param("pages = {1--2}", "pages", "4223--4233", "review", id="other pages"),
        pytest.param("year = {2019}", "year", "2024", "review", id="another year"),
        pytest.param("month = jan", "month", "apr", "review", id="another month as a macro"),
        pytest.param("month = 1", "month", "4", "review", id="another month as a number"),
        pytest.param("month = {January}", "month", "April", "review", id="another month as a name"),
        pytest.param("journal = {Nature}", "journal", "Blood Advances", "review", id="another journal"),
        pytest.param("url = {}", "url", "https://doi.org/10.1234/abc", "safe", id="an empty address"),
    ],
)
def test_other_values_are_proposed(value: str, key: str, new: str, level: str) -> None:
    (change,) = compare(value)
    assert (change.field, change.key, change.new, change.level) == ("cite.bib", key, new, level)
    assert (change.file, change.line) == ("content/publication/x/cite.bib", 1)


def test_a_hostile_value_does_nothing() -> None:
    (change,) = compare("volume = {9}", volume=r"8}, x = {\input{/etc/passwd}")
    assert change.new == r"8, x = \textbackslash{}input/etc/passwd"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@article{a, doi={10.9999/other}, volume=1}", id="another DOI"),
        pytest.param("@article{a, title={Birds of the northern sea coasts}, volume=1}", id="another title"),
        pytest.param("@article{a, volume=1}", id="neither title nor DOI"),
        pytest.param("@article{a, volume={1", id="a damaged file"),
    ],
)
def test_another_entry_is_named_and_left_alone(text: str) -> None:
    found = judged(record=RECORD, policies=POLICIES, cite_bib=text)
    assert "cite-bib" in found_codes(found)
    assert not any(change.file for change in found.changes)


def test_the_owners_own_value_is_left_alone() -> None:
    text = f"@article{{a, doi={{{WORK.doi}}}, volume={{9}}}}"
    found = judged(record=RECORD, policies=POLICIES, cite_bib=text, base={"cite.bib.volume": "8"})
    assert not any(change.file for change in found.changes)
