"""The questions of a review, and its answers so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from enrich.choices.list_parts import Hunk, apply_hunks
from enrich.model.plan import Change, Plan
from enrich.model.review_key import CANDIDATE_KEYS, REVIEW_KEYS, Answer, ReviewKey


@dataclass(frozen=True, slots=True)
class Question:
    """A change to decide on, one `hunk` of it, a set of changes, or DOIs of which one may be the page's."""

    place: tuple[int, int]
    """The number of its page, and its own among the changes; a question about DOIs comes after them."""
    plan: Plan
    """The plan for the page."""
    change: Change
    """The change to decide on, or the chosen one of several."""
    hunk: Hunk | None = None
    """The difference to decide on, if the user has split a list; else None."""
    is_chosen: bool = False
    """Whether the owner typed or chose the proposed value."""
    set_changes: tuple[Change, ...] = ()
    """The changes of the set, `change` first; `()` for a change alone."""

    offers: tuple[Change, ...] = ()
    """The change to each DOI that may be the page's, `change` is the chosen one; `()` for other questions."""

    @property
    def rows(self) -> tuple[ReviewKey, ...]:
        """Return the keys that there are for such a question."""
        return CANDIDATE_KEYS if self.offers else REVIEW_KEYS

    @property
    def dois(self) -> tuple[str, ...]:
        """Return the DOIs that can be opened: those that are proposed, else that of the page."""
        proposed = self.offers or ((self.change,) if self.change.field == "doi" else ())
        return tuple(str(change.new) for change in proposed) or (self.plan.doi,)

    @property
    def asked(self) -> Change:
        """Return the change as it is shown: for a list that was split, one difference only."""
        return self.change if self.hunk is None else apply_hunks(self.plan.page, self.change, [self.hunk])

    @property
    def shown(self) -> tuple[Change, ...]:
        """Return the changes that the answer decides on."""
        return self.offers or self.set_changes or (self.asked,)


@dataclass(frozen=True, slots=True)
class Review:
    """The questions of a review and the answers so far."""

    questions: tuple[Question, ...]
    """All questions in their order."""
    answers: tuple[Answer, ...] = ()
    """The answers so far, to the first questions."""
    before: Review | None = field(default=None, repr=False, compare=False)
    """The review before the last answer, to which undo returns; None at the beginning."""
    has_ended: bool = False
    """Whether the user has quit."""

    @property
    def question(self) -> Question | None:
        """Return the first question without an answer, None at the end."""
        at = len(self.answers)
        return None if self.has_ended or at == len(self.questions) else self.questions[at]
