"""A DOI that may be a page's own, on one line."""

from __future__ import annotations

import pytest

from enrich.model.plan import Candidate
from enrich.text.candidate_line import describe_candidate


@pytest.mark.parametrize(
    ("title", "authors", "container", "year", "line"),
    [
        pytest.param(
            "A “quiet” revolution",
            ("Ann Lee", "Jo Doe"),
            "Fish Letters",
            2019,
            "https://doi.org/10.5555/1 “A ‘quiet’ revolution” by Ann Lee, Jo Doe (Fish Letters, 2019)",
            id="quotation marks in a title become single ones",
        ),
        pytest.param(
            "„Ja“ heißt ja",
            (),
            "",
            None,
            "https://doi.org/10.5555/1 “‚Ja‘ heißt ja”",
            id="German ones, too",
        ),
        pytest.param(
            "",
            ("Ann Lee", "Jo Doe", "Kim Roe", "Al Poe", "Eve Moe"),
            "",
            1997,
            "https://doi.org/10.5555/1 without a title by Ann Lee, Jo Doe, Kim Roe and 2 more (1997)",
            id="more authors than three, and no title",
        ),
    ],
)
def test_a_candidate_is_one_line(
    title: str, authors: tuple[str, ...], container: str, year: int | None, line: str
) -> None:
    candidate = Candidate(
        "10.5555/1", title, authors, year, "journal-article", container, "search", "unsure", ()
    )
    assert describe_candidate(candidate) == line
