"""Decide change by change: the questions, what each key does, and the plans that follow from the answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from enrich.choices.list_parts import split_change
from enrich.choices.question import Question, Review
from enrich.errors import Refused
from enrich.model.page import Value
from enrich.model.plan import Alternative, Change, Outcome, Plan
from enrich.model.review_key import Answer, ReviewKey, find_review_key
from enrich.model.site_context import Dialect
from enrich.model.twin_changes import are_twins, identify_question, list_change_parts
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
    """Yield a page's questions: first about its set, which can answer others, last about possible DOIs."""
    open_changes = ((number, plan.changes[number]) for number in numbers)
    numbered = [(number, change) for number, change in open_changes if change.status != "refused"]
    of_set = [(number, change) for number, change in numbered if change.set_name]
    if of_set:
        changes = tuple(change for _, change in of_set)
        yield Question((page, of_set[0][0]), plan, changes[0], set_changes=changes)
    yield from (Question((page, number), plan, one) for number, one in numbered if not one.set_name)
    offers = tuple(offer for offer in plan.offers if offer.status != "refused")
    if offers:
        yield Question((page, len(plan.changes)), plan, offers[0], offers=offers)


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
        "o": any(question.dois),
        "u": review.before is not None,
    }
    choices = question.offers or question.change.alternatives
    offered |= {str(number): False for number in range(len(choices) + 1, 10)}
    return "".join(letter for row in question.rows for letter in row.letters if offered.get(letter, True))


def count_open_questions(review: Review) -> int:
    """Return how many questions are open; of those that have become void by another answer, none."""
    pairs = [*zip(review.questions, review.answers, strict=False)]
    taken = [one for one, answer in pairs if answer == "take" and (one.offers or one.set_changes)]
    left = [question for question, answer in pairs if answer == "leave"]
    left += review.questions[len(review.answers) :]
    return sum(not any(_is_replaced(question, other) for other in taken) for question in left)


def number_question(review: Review) -> tuple[int, int]:
    """Return the number of this question and of all; those that translations share count once."""
    asked = [identify_question(question.plan, question.shown) for question in review.questions]
    at = len(review.answers)
    return len(set(asked[:at]) - set(asked[at : at + 1])) + 1, len(set(asked))


def press(review: Review, key: str) -> Review:
    """Return the review after a key; the same review if the key decides nothing here."""
    question = review.question
    row = find_review_key(key, question.rows) if question else None
    if question is None or row is None or key not in keys(review):
        return review
    if question.offers and row.answer == "take":
        return _take_offer(review, question, row, int(key) - 1)
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
    first = _get_first_change(question)
    others = tuple(
        Alternative(first.new, "the record's first value") if other.value == value else other
        for other in first.alternatives
    )
    change = replace(question.change, new=value, reason=reason, alternatives=others)
    return render_changes(question.plan.page, [change], Dialect())[0]


def _get_first_change(question: Question) -> Change:
    """Return the change as it was before the user typed or chose a value."""
    return question.plan.changes[question.place[1]]


def _propose_again(question: Question) -> tuple[Question, ...]:
    return (replace(question, change=_get_first_change(question), is_chosen=False),)


def _propose_on_page(question: Question, value: Value, reason: str) -> tuple[Question, ...]:
    """Return the question with another value proposed; none if its page cannot have the value."""
    change = _try_value(question, value, reason)
    return () if change.status == "refused" else (replace(question, change=change, is_chosen=True),)


def _take_offer(review: Review, question: Question, row: ReviewKey, number: int) -> Review:
    """Return the review after one of the possible DOIs was taken, on translations of the page, too."""
    chosen = _replace_questions(
        review, question, lambda each: (replace(each, change=each.offers[number], is_chosen=True),)
    )
    after = _answer_all(chosen, chosen.questions[len(review.answers)], row, "take")
    return replace(after, before=review)


def _choose_alternative(review: Review, question: Question, key: str) -> Review:
    """Return the review with another value of the record proposed; the same review if the key has none."""
    if not key.isdigit():
        return review
    chosen = question.change.alternatives[int(key) - 1]
    if chosen.value == _get_first_change(question).new:
        return _replace_questions(review, question, _propose_again)
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
    """Return whether a set that was taken has another value for the question's field, or the page a DOI."""
    if question.plan is not taken.plan:
        return False
    if question.offers or taken.offers:
        return question.change.field == taken.change.field
    return bool(taken.change.set_name) and question.change.replaced_by_set == taken.change.set_name


def _is_in_scope(row: ReviewKey, question: Question, other: Question) -> bool:
    """Return whether a key answers the other question too; nothing in doubt is written unseen.

    A question about possible DOIs gets an answer of its own, unless the whole page is left for later.
    """
    if other.offers and (row.scope != "page" or row.answer != "leave"):
        return False
    if row.scope == "field":
        needs_look = other.plan.identity == "doubt" or other.change.needs_answer
        is_unsafe = row.answer == "take" and (needs_look or other.is_chosen)
        is_alone = not other.set_changes
        return other.change.field == question.change.field and is_alone and not is_unsafe
    return row.scope == "page" and other.place[0] == question.place[0]


def _split_question(question: Question) -> tuple[Question, ...]:
    """Return a question for each difference of a list; none if the list cannot be split."""
    is_whole = question.hunk is None and not question.set_changes
    hunks = split_change(question.plan.page, question.change) if is_whole else ()
    return tuple(replace(question, hunk=hunk) for hunk in hunks)
