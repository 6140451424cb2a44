"""Count the answers of a review that took no effect."""

from __future__ import annotations

from collections.abc import Sequence

from enrich.choices.question import Review
from enrich.model.plan import Failed, Outcome


def count_lost_answers(review: Review, outcomes: Sequence[Outcome], memory: str) -> int:
    """Return how many answers took no effect because a page, or `memory`, could not be written.

    `memory` is the path of the file in which the answers to keep the page's value are stored.
    """
    failed = {outcome.path for outcome in outcomes if isinstance(outcome, Failed)}
    given = zip(review.questions, review.answers, strict=False)
    return sum(
        question.plan.path in failed or (answer == "keep" and memory in failed)
        for question, answer in given
        if answer != "leave"
    )
