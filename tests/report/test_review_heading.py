"""The heading of a page in `enrich review`: what it says about a page in doubt."""

from __future__ import annotations

import pytest

from enrich.model.plan import Finding, Plan
from enrich.model.report import Display
from enrich.report.parts.review_prompts import format_page_heading
from tests.support.reports import page

STEP = """\
    here: press o to open the DOI; if it leads to another work, press d to leave this page as it is,
        and correct its DOI after the review
"""


@pytest.mark.parametrize(
    ("code", "step"),
    [
        pytest.param("doi-doubtful", STEP, id="a DOI in doubt"),
        pytest.param("doi-duplicate", "", id="another finding"),
    ],
)
def test_a_doubt_says_what_to_do_in_the_review(code: str, step: str) -> None:
    shown = Plan(page(), "10.5555/1", findings=(Finding(code, "warning", "whose is it?", 3),))
    lines = "".join(f"{line}\n" for line in format_page_heading(shown, Display(False, 0, 100)))
    assert lines.partition("whose is it?\n")[2] == step
