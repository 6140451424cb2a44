"""Decide change by change: the questions, what each key does, and the plans that follow from the answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from enrich.choices.list_parts import apply_hunks, split_change
from enrich.choices.question import Question, Review
from enrich.choices.select import select_changes
from enrich.errors import Refused
from enrich.model.page import Value
from enrich.model.plan import Change, Failed, Outcome, Plan
from enrich.model.review_key import REVIEW_KEYS, Answer, ReviewKey, find_review_key
from enrich.model.site_context import Dialect
from enrich.model.twin_changes import are_twins, list_change_parts
from enrich.writer.edit_page import render_changes


def begin(outcomes: Sequence[Outcome], order: Mapping[int, Sequence[int]] | None = None) -> Review:
    """Return the review of all changes that can be written.

    `order` has the pages' numbers and for each those of its changes, None for their own order.
    """
    if order is None:
        order = {page: range(len(one.changes)) for page, one in enumerate(outcomes) if isinstance(one, Plan)}
    plans = ((page, outcomes[page], numbers) for page, numbers in order.items())
    asked = (_list_questions(page, one, numbers) for page, one, numbers in plans if isinstance(one, Plan))
    return Review(tuple(itertools.chain.from_iterable(asked)))


def _list_questions(page: int, plan: Plan, numbers: Sequence[int]) -> Iterator[Question]:
    """Yield a page's questions, the one about its set first, because the set can answer others."""
    open_changes = ((number, plan.changes[number]) for number in numbers)
    numbered = [(number, change) for number, change in open_changes if change.status != "refused"]
    of_set = [(number, change) for number, change in numbered if change.set_name]
    if of_set:
        changes = tuple(change for _, change in of_set)
        yield Question((page, of_set[0][0]), plan, changes[0], set_changes=changes)
    yield from (Question((page, number), plan, one) for number, one in numbered if not one.set_name)


def keys(review: Review) -> str:
    """Return the keys that have an effect at this question."""
    question = review.question
    if question is None:
        return ""
    offered = {
        "e": question.hunk is None and not question.set_changes,
        "Y": not question.is_chosen and not question.set_changes,
        "N": not question.set_changes,
        "K": not question.set_changes,
        "s": bool(_split_question(question)),
        "o": bool(question.plan.doi),
        "u": review.before is not None,
    }
    offered |= {str(number): False for number in range(len(question.change.alternatives) + 1, 10)}
    return "".join(letter for row in REVIEW_KEYS for letter in row.letters if offered.get(letter, True))


def press(review: Review, key: str) -> Review:
    """Return the review after a key; the same review if the key decides nothing here."""
    question, row = review.question, find_review_key(key)
    if question is None or row is None or key not in keys(review):
        return review
    if row.answer:
        return _answer_all(review, question, row, row.answer)
    match key:
        case "u":
            return review.before or review
        case "q":
            return replace(review, has_ended=True, before=review)
        case "s":
            return _replace_questions(review, question, _split_question)
        case _:
            return _choose_alternative(review, question, key)


def list_twins(review: Review, question: Question) -> tuple[Question, ...]:
    """Return the open questions about the same change on translations of the page, which get its answer."""
    left = review.questions[len(review.answers) :]
    twins = (other for other in left if are_twins(question.plan, other.plan))
    parts = [*map(list_change_parts, question.shown)]
    return tuple(other for other in twins if [*map(list_change_parts, other.shown)] == parts)


def propose_value(review: Review, value: Value, reason: str) -> Review:
    """Return the review with this value proposed at its question, and on translations of the page.

    Raise Refused if the page cannot have it.
    """
    question = review.question
    if question is None:
        return review
    change = _try_value(question, value, reason)
    if value == change.old:
        raise Refused("the page already has this value; press k to keep it")
    if change.status == "refused":
        raise Refused(change.refused_because)
    return _replace_questions(review, question, lambda each: _propose_on_page(each, value, reason))


def _try_value(question: Question, value: Value, reason: str) -> Change:
    change = replace(question.change, new=value, reason=reason)
    return render_changes(question.plan.page, [change], Dialect())[0]


def _propose_on_page(question: Question, value: Value, reason: str) -> tuple[Question, ...]:
    """Return the question with another value proposed; none if its page cannot have the value."""
    change = _try_value(question, value, reason)
    return () if change.status == "refused" else (replace(question, change=change, is_chosen=True),)


def _choose_alternative(review: Review, question: Question, key: str) -> Review:
    """Return the review with another value of the record proposed; the same review if the key has none."""
    if not key.isdigit():
        return review
    chosen = question.change.alternatives[int(key) - 1]
    try:
        return propose_value(review, chosen.value, f"you chose this value of the record: {chosen.label}")
    except Refused:
        return review


def _replace_questions(
    review: Review, question: Question, revise: Callable[[Question], Sequence[Question]]
) -> Review:
    """Return the review with a question and its twins revised; a twin that cannot be stays as it is."""
    meant = {id(each) for each in (question, *list_twins(review, question))}
    every = ((revise(each) if id(each) in meant else ()) or (each,) for each in review.questions)
    return replace(review, questions=tuple(itertools.chain.from_iterable(every)), before=review)


def _answer_all(review: Review, question: Question, row: ReviewKey, answer: Answer) -> Review:
    """Return the review with an answer to each question that the key answers; these move to the front."""
    at = len(review.answers)
    asked, left = review.questions[:at], review.questions[at:]
    scope = [each for each in left if each is question or _is_in_scope(row, question, each)]
    twins = [
        twin for each in scope[: None if row.scope == "page" else 1] for twin in list_twins(review, each)
    ]
    meant = {id(each) for each in (*scope, *twins)}
    is_meant = [id(each) in meant for each in left]
    now = [each for each, meant in zip(left, is_meant, strict=True) if meant]
    later = [each for each, meant in zip(left, is_meant, strict=True) if not meant]
    if answer == "take":
        later = [each for each in later if not any(_is_replaced(each, taken) for taken in now)]
    answers = (*review.answers, *[answer] * len(now))
    return replace(review, questions=(*asked, *now, *later), answers=answers, before=review)


def _is_replaced(question: Question, taken: Question) -> bool:
    """Return whether a set that was taken has another value for the question's field."""
    name = taken.change.set_name
    return bool(name) and question.plan is taken.plan and question.change.replaced_by_set == name


def _is_in_scope(row: ReviewKey, question: Question, other: Question) -> bool:
    """Return whether a key answers the other question too; no page in doubt is written unseen."""
    if row.scope == "field":
        is_unsafe = row.answer == "take" and (other.plan.identity == "doubt" or other.is_chosen)
        is_alone = not other.set_changes
        return other.change.field == question.change.field and is_alone and not is_unsafe
    return row.scope == "page" and other.place[0] == question.place[0]


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


def _settle_plan(plan: Plan, answers: Iterable[tuple[Question, Answer]]) -> Plan | Failed:
    """Return a page's plan without the changes that had no question, so that they stay news."""
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
    return select_changes(replace(plan, changes=tuple(changes)), taken, kept)


def _list_change_numbers(plan: Plan, question: Question) -> list[int]:
    """Return the numbers of the changes that a question is about."""
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


def _split_question(question: Question) -> tuple[Question, ...]:
    """Return a question for each difference of a list; none if the list cannot be split."""
    is_whole = question.hunk is None and not question.set_changes
    hunks = split_change(question.plan.page, question.change) if is_whole else ()
    return tuple(replace(question, hunk=hunk) for hunk in hunks)
