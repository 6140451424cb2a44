"""Carry out the answers of a review: the plans of the answered pages, with the accepted changes selected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from enrich.choices.list_parts import apply_hunks
from enrich.choices.question import Question, Review
from enrich.choices.select import select_changes
from enrich.model.plan import Change, Failed, Outcome, Plan
from enrich.model.review_key import Answer


def apply_answers(outcomes: Sequence[Outcome], review: Review) -> list[Outcome]:
    """Return the failed pages, and the plans of the answered pages, with the accepted changes selected."""
    answers: dict[int, list[tuple[Question, Answer]]] = {}
    for question, answer in _pair_answers(review):
        answers.setdefault(question.place[0], []).append((question, answer))
    return [
        _settle_plan(outcome, answers[page]) if isinstance(outcome, Plan) else outcome
        for page, outcome in enumerate(outcomes)
        if page in answers or isinstance(outcome, Failed)
    ]


def _pair_answers(review: Review) -> Iterator[tuple[Question, Answer]]:
    """Yield the questions with their answers; the open parts of a split list count as left."""
    at = len(review.answers)
    yield from zip(review.questions, review.answers, strict=False)
    answered = {question.place for question in review.questions[:at]}
    yield from ((question, "leave") for question in review.questions[at:] if question.place in answered)


def _settle_plan(plan: Plan, answers: Sequence[tuple[Question, Answer]]) -> Plan | Failed:
    """Return a page's plan without the changes that had no question, so that they stay news."""
    dois = [question.change for question, answer in answers if question.offers and answer == "take"]
    declined = [offer for question, answer in answers if answer == "keep" for offer in question.offers]
    by_change: dict[int, list[tuple[Question, Answer]]] = {}
    for question, answer in answers:
        for number in _list_change_numbers(plan, question):
            by_change.setdefault(number, []).append((question, answer))
    changes: list[Change] = []
    taken: list[Change] = []
    kept: list[Change] = []
    for number, change in enumerate(plan.changes):
        given = by_change.get(number, ())
        said = {answer for _, answer in given}
        if not said and change.is_new and change.status != "refused":
            continue
        part = _select_part(change, given)
        taken += [part] if part and part.status != "refused" else []
        kept += [change] if said == {"keep"} else []
        changes += [part] if part else []
        changes += [change] if part is None or "leave" in said else []
    if dois:  # a page has one DOI, so another one is no longer open
        changes = [change for change in changes if change.field != "doi" or change in kept]
    offers = () if any(change.field == "doi" for change in (*taken, *dois)) else plan.offers
    plan = replace(plan, changes=(*changes, *dois, *declined), offers=offers)
    return select_changes(plan, [*taken, *dois], [*kept, *declined])


def _list_change_numbers(plan: Plan, question: Question) -> list[int]:
    """Return the numbers of the changes that a question is about."""
    if question.offers:
        return []
    if not question.set_changes:
        return [question.place[1]]
    return [number for number, change in enumerate(plan.changes) if change in question.set_changes]


def _select_part(change: Change, answers: Sequence[tuple[Question, Answer]]) -> Change | None:
    """Return the accepted part of a change, None if there is none; its base moves once no part is open."""
    hunks = [question.hunk for question, answer in answers if answer == "take"]
    if not hunks:
        return None
    first = answers[0][0]
    if all(answer == "take" for _, answer in answers):
        return change if first.set_changes else first.change
    part = apply_hunks(first.plan.page, first.change, [hunk for hunk in hunks if hunk is not None])
    return replace(part, baseline_value=None) if any(answer == "leave" for _, answer in answers) else part
