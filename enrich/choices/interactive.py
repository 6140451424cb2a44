"""Decide change by change: the questions, what each key does, and the plans that follow from the answers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from enrich.choices.select import select_changes
from enrich.model.page import Value
from enrich.model.plan import Change, Failed, Outcome, Plan
from enrich.model.site_context import Dialect
from enrich.writer.edit_page import render_changes

Answer = Literal["take", "leave", "keep"]
# The items of a list from one place to another give way to these.
Hunk: TypeAlias = tuple[int, int, tuple[Value, ...]]

# The keys of `git add -p`, and `k`, `o`, `u` of our own. `p`, `o`, `?` decide nothing: the terminal's matter.
_THIS: dict[str, Answer] = {"y": "take", "n": "leave", "k": "keep"}
_REST: dict[str, Answer] = {"a": "take", "d": "leave"}


@dataclass(frozen=True, slots=True)
class Question:
    """A change to decide on, or one `hunk` of it; `place` is its page and its number among the changes."""

    place: tuple[int, int]
    plan: Plan
    change: Change
    hunk: Hunk | None = None

    @property
    def asked(self) -> Change:
        """Return the change as it is shown: of a list that was split, one difference alone."""
        return self.change if self.hunk is None else _apply_hunks(self, [self.hunk])


@dataclass(frozen=True, slots=True)
class Review:
    """The questions and the answers so far, one for each of the first questions; undo returns to `before`."""

    questions: tuple[Question, ...]
    answers: tuple[Answer, ...] = ()
    before: Review | None = field(default=None, repr=False, compare=False)
    has_ended: bool = False

    @property
    def question(self) -> Question | None:
        """Return the first question without an answer, None at the end."""
        at = len(self.answers)
        return None if self.has_ended or at == len(self.questions) else self.questions[at]


def begin(outcomes: Sequence[Outcome]) -> Review:
    """Return the review of all changes that can be written, pages with news first."""
    plans = [(page, one) for page, one in enumerate(outcomes) if isinstance(one, Plan)]
    plans.sort(key=lambda numbered: not any(change.is_new for change in numbered[1].changes))
    return Review(
        tuple(
            Question((page, number), plan, change)
            for page, plan in plans
            for number, change in enumerate(plan.changes)
            if change.status != "refused"
        )
    )


def keys(review: Review) -> str:
    """Return the keys that have an effect at this question."""
    question = review.question
    if question is None:
        return ""
    offered = {
        "s": bool(_split_question(question)),
        "o": bool(question.plan.doi),
        "u": review.before is not None,
    }
    return "".join(key for key in "ynakdspouq?" if offered.get(key, True))


def press(review: Review, key: str) -> Review:
    """Return the review after a key; the same review if the key decides nothing here."""
    question = review.question
    if question is None or key not in keys(review):
        return review
    if key == "u":
        return review.before or review
    if key == "q":
        return replace(review, has_ended=True, before=review)
    if key == "s":
        at = len(review.answers)
        split = (*review.questions[:at], *_split_question(question), *review.questions[at + 1 :])
        return replace(review, questions=split, before=review)
    if key in _THIS:
        return replace(review, answers=(*review.answers, _THIS[key]), before=review)
    if key in _REST:
        left = [one for one in review.questions[len(review.answers) :] if one.place[0] == question.place[0]]
        return replace(review, answers=(*review.answers, *[_REST[key]] * len(left)), before=review)
    return review


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
    yield from zip(review.questions, review.answers, strict=False)
    at = len(review.answers)
    last = review.questions[at - 1].place if at else None
    yield from ((question, "leave") for question in review.questions[at:] if question.place == last)


def _settle_plan(plan: Plan, answers: Iterable[tuple[Question, Answer]]) -> Plan | Failed:
    """Return a page's plan without the changes that had no question, so that they stay news."""
    by_change: dict[int, list[tuple[Question, Answer]]] = {}
    for question, answer in answers:
        by_change.setdefault(question.place[1], []).append((question, answer))
    changes: list[Change] = []
    taken: list[Change] = []
    kept: list[Change] = []
    for number, change in enumerate(plan.changes):
        said = {answer for _, answer in by_change.get(number, ())}
        if not said and change.is_new and change.status != "refused":
            continue
        part = _select_part(by_change.get(number, ()))
        taken += [part] if part and part.status != "refused" else []
        kept += [change] if said == {"keep"} else []
        changes += [part] if part else []
        changes += [change] if part is None or "leave" in said else []
    return select_changes(replace(plan, changes=tuple(changes)), taken, kept)


def _select_part(answers: Sequence[tuple[Question, Answer]]) -> Change | None:
    """Return the accepted part of a change, None if there is none; its base moves once no part is open."""
    hunks = [question.hunk for question, answer in answers if answer == "take"]
    if not hunks:
        return None
    first = answers[0][0]
    if all(answer == "take" for _, answer in answers):
        return first.change
    part = _apply_hunks(first, [hunk for hunk in hunks if hunk is not None])
    return replace(part, baseline_value=None) if any(answer == "leave" for _, answer in answers) else part


def _split_question(question: Question) -> tuple[Question, ...]:
    """Return the differences of a list one by one; none if there is only one or they depend on each other."""
    old, new = question.change.old, question.change.new
    if question.hunk is not None or not isinstance(old, list | tuple) or not isinstance(new, list | tuple):
        return ()
    parts = tuple(replace(question, hunk=hunk) for hunk in _find_hunks(old, new))
    return parts if len(parts) > 1 and all(part.asked.status != "refused" for part in parts) else ()


def _find_hunks(old: Sequence[Value], new: Sequence[Value]) -> Iterator[Hunk]:
    """Yield the places where two lists differ; neighbours with another spelling count singly."""
    for start, end, first, last in _find_differences([*map(repr, old)], [*map(repr, new)]):
        pairs = [
            (start + one, first + other) for one, other in _match_respelled(old[start:end], new[first:last])
        ]
        at, there = start, first
        for one, other in (*pairs, (end, last)):
            if at < one or there < other:
                yield at, one, tuple(new[there:other])
            if one < end:
                yield one, one + 1, (new[other],)
            at, there = one + 1, other + 1


def _find_differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (places for code, *places in codes if code != "equal")  # type: ignore[misc]


def _match_respelled(old: Sequence[Value], new: Sequence[Value]) -> Iterator[tuple[int, int]]:
    """Yield the positions of a person in two spellings: the same family name, or the same position."""
    if len(old) == len(new):
        yield from zip(range(len(old)), range(len(new)), strict=True)
        return
    names = [_get_last_word(item) for item in old], [_get_last_word(item) for item in new]
    for one, other, size in difflib.SequenceMatcher(None, *names, autojunk=False).get_matching_blocks():
        yield from zip(range(one, one + size), range(other, other + size), strict=True)


def _get_last_word(item: Value) -> str:
    return next(reversed(re.findall(r"\w+", str(item).partition(",")[0].casefold())), "")


def _apply_hunks(question: Question, hunks: Iterable[Hunk]) -> Change:
    """Return the change with these differences alone, and why that cannot be made if it cannot."""
    items = [*question.change.old] if isinstance(question.change.old, list | tuple) else []
    for start, end, new in sorted(hunks, key=lambda hunk: hunk[:2], reverse=True):
        items[start:end] = new
    # The values are already in the page's dialect.
    return render_changes(question.plan.page, [replace(question.change, new=items)], Dialect())[0]
