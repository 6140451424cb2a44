"""Names and journals that depositors type where they have none, and real ones that only look like them."""

from __future__ import annotations

import pytest

from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.fetcher.sources.placeholders import is_no_journal, is_nobody
from enrich.model.work import Person

NOBODY = (
    "Administrator", "admin", "Site Admin", "webmaster", "Guest Editor", "Anonymous", "Anonim", "Unknown",
    "Author Unknown", "No Author", "[no author]", "Various Authors", "N/A", "TBA", "Not available",
    "First name",
    "Unbekannt",
)  # fmt: skip
PEOPLE = (
    "Ann Unknown", "Adam Admin", "Noah Author", "Tba Okoro", "Root Harbour Group", "Anon Wen",
    "Test Collaboration",
    "Nil Ek", "Na", "Root", "The Unknown Ropes Group", "",
)  # fmt: skip
NO_JOURNALS = (
    "Unknown Journal", "unknown", "No journal", "Journal", "[Journal title]", "Journal name here",
    "Untitled journal",
    "Test Journal", "N/A", "null", "TBA", "Not available", "unpublished",
)  # fmt: skip
JOURNALS = (
    "Nature", "The Unknown", "Test", "Journal of Unknown Diseases", "Unpublished Ropes",
    "Zeitschrift für Seile",
    "Proceedings of the Test Conference", "Series A", "Publications", "Proceedings", "Revue des cordes", "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"), [*((one, True) for one in NOBODY), *((one, False) for one in PEOPLE)]
)
def test_placeholder_names(name: str, expected: bool) -> None:
    assert is_nobody(name) is expected


@pytest.mark.parametrize(
    ("title", "expected"), [*((one, True) for one in NO_JOURNALS), *((one, False) for one in JOURNALS)]
)
def test_names_of_no_journal(title: str, expected: bool) -> None:
    assert is_no_journal(title) is expected


def test_a_record_without_its_placeholders() -> None:
    work = read_crossref_work(
        {
            "DOI": "10.5555/knots",
            "author": [
                {"name": "Administrator"},
                {"family": "Eide", "given": "Runa"},
                {"family": "Unknown", "given": "Author"},
            ],
            "container-title": ["Unknown Journal", "Harbour Notes"],
        }
    )
    assert work.contributors == (Person("Eide", "Runa"),)
    assert work.container_titles == ("Harbour Notes",)
