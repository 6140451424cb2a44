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
from enrich.writer.edit_page import dress

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
        return self.change if self.hunk is None else _partly(self, [self.hunk])


@dataclass(frozen=True, slots=True)
class Review:
    """How far the answers go: the first questions have one each; `before` is what undo goes back to."""

    questions: tuple[Question, ...]
    answers: tuple[Answer, ...] = ()
    before: Review | None = field(default=None, repr=False, compare=False)
    has_ended: bool = False

    @property
    def question(self) -> Question | None:
        """Return the question that is open now, None at the end."""
        at = len(self.answers)
        return None if self.has_ended or at == len(self.questions) else self.questions[at]


def begin(outcomes: Sequence[Outcome]) -> Review:
    """Return the review of all that can be written, pages with news first."""
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
    """Return the keys that do something at this question."""
    question = review.question
    if question is None:
        return ""
    offered = {"s": bool(_parts(question)), "o": bool(question.plan.doi), "u": review.before is not None}
    return "".join(key for key in "ynakdspouq?" if offered.get(key, True))


def press(review: Review, key: str) -> Review:
    """Return the review after a key; the same where the key decides nothing here."""
    question = review.question
    if question is None or key not in keys(review):
        return review
    if key == "u":
        return review.before or review
    if key == "q":
        return replace(review, has_ended=True, before=review)
    if key == "s":
        at = len(review.answers)
        split = (*review.questions[:at], *_parts(question), *review.questions[at + 1 :])
        return replace(review, questions=split, before=review)
    if key in _THIS:
        return replace(review, answers=(*review.answers, _THIS[key]), before=review)
    if key in _REST:
        left = [one for one in review.questions[len(review.answers) :] if one.place[0] == question.place[0]]
        return replace(review, answers=(*review.answers, *[_REST[key]] * len(left)), before=review)
    return review


def apply_answers(outcomes: Sequence[Outcome], review: Review) -> list[Outcome]:
    """Return what failed, and the plans of the pages with an answer: with the changes that were taken."""
    answers: dict[int, list[tuple[Question, Answer]]] = {}
    for question, answer in _answered(review):
        answers.setdefault(question.place[0], []).append((question, answer))
    return [
        _decided(outcome, answers[page]) if isinstance(outcome, Plan) else outcome
        for page, outcome in enumerate(outcomes)
        if page in answers or isinstance(outcome, Failed)
    ]


def _answered(review: Review) -> Iterator[tuple[Question, Answer]]:
    """Yield the questions with their answers; of a list that was split, what is still open is left."""
    yield from zip(review.questions, review.answers, strict=False)
    at = len(review.answers)
    last = review.questions[at - 1].place if at else None
    yield from ((question, "leave") for question in review.questions[at:] if question.place == last)


def _decided(plan: Plan, answers: Iterable[tuple[Question, Answer]]) -> Plan | Failed:
    """Return a page's plan; a change that was not asked about is left out, so that it stays news."""
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
        part = _taken(by_change.get(number, ()))
        taken += [part] if part and part.status != "refused" else []
        kept += [change] if said == {"keep"} else []
        changes += [part] if part else []
        changes += [change] if part is None or "leave" in said else []
    return select_changes(replace(plan, changes=tuple(changes)), taken, kept)


def _taken(answers: Sequence[tuple[Question, Answer]]) -> Change | None:
    """Return what of a change was taken, None for nothing; its base moves once nothing of it is left open."""
    hunks = [question.hunk for question, answer in answers if answer == "take"]
    if not hunks:
        return None
    first = answers[0][0]
    if all(answer == "take" for _, answer in answers):
        return first.change
    part = _partly(first, [hunk for hunk in hunks if hunk is not None])
    return replace(part, baseline_value=None) if any(answer == "leave" for _, answer in answers) else part


def _parts(question: Question) -> tuple[Question, ...]:
    """Return the differences of a list one by one; none where there is one, or one cannot stand alone."""
    old, new = question.change.old, question.change.new
    if question.hunk is not None or not isinstance(old, list | tuple) or not isinstance(new, list | tuple):
        return ()
    parts = tuple(replace(question, hunk=hunk) for hunk in _hunks(old, new))
    return parts if len(parts) > 1 and all(part.asked.status != "refused" for part in parts) else ()


def _hunks(old: Sequence[Value], new: Sequence[Value]) -> Iterator[Hunk]:
    """Yield where two lists differ; of neighbours that were respelled, each by itself."""
    for start, end, first, last in _unlike([*map(repr, old)], [*map(repr, new)]):
        pairs = [(start + one, first + other) for one, other in _alike(old[start:end], new[first:last])]
        at, there = start, first
        for one, other in (*pairs, (end, last)):
            if at < one or there < other:
                yield at, one, tuple(new[there:other])
            if one < end:
                yield one, one + 1, (new[other],)
            at, there = one + 1, other + 1


def _unlike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (places for code, *places in codes if code != "equal")  # type: ignore[misc]


def _alike(old: Sequence[Value], new: Sequence[Value]) -> Iterator[tuple[int, int]]:
    """Yield the places of what is one person in two spellings: the same family name, or the same place."""
    if len(old) == len(new):
        yield from zip(range(len(old)), range(len(new)), strict=True)
        return
    names = [_last_word(item) for item in old], [_last_word(item) for item in new]
    for one, other, size in difflib.SequenceMatcher(None, *names, autojunk=False).get_matching_blocks():
        yield from zip(range(one, one + size), range(other, other + size), strict=True)


def _last_word(item: Value) -> str:
    return next(reversed(re.findall(r"\w+", str(item).partition(",")[0].casefold())), "")


def _partly(question: Question, hunks: Iterable[Hunk]) -> Change:
    """Return the change with these differences alone, and why that cannot be made if it cannot."""
    items = [*question.change.old] if isinstance(question.change.old, list | tuple) else []
    for start, end, new in sorted(hunks, key=lambda hunk: hunk[:2], reverse=True):
        items[start:end] = new
    # The values are fit for the page already: the dialect has nothing to say any more.
    return dress(question.plan.page, [replace(question.change, new=items)], Dialect())[0]
