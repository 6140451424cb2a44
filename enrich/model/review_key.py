"""The keys of `enrich review`, in the order in which its prompt offers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Answer = Literal["take", "leave", "keep"]
Scope = Literal["change", "page", "field"]
ENTER = "\n"


@dataclass(frozen=True, slots=True)
class ReviewKey:
    """A key that can be typed at a question."""

    letters: str
    """The key; several if they differ only in the number that they choose."""
    help: str
    """Its effect, as `?` and the guide explain it."""
    answer: Answer | None = None
    """The answer that it gives; None for a key that decides nothing."""
    scope: Scope = "change"
    """The changes that get the answer: this one, those of its page, or those of its field on every page."""
    unusable: str = ""
    """The reason why it has no effect at a question that does not offer it."""

    @property
    def label(self) -> str:
        """The key as a document names it: `y`, `1-9`."""
        return _label_letters(self.letters)


# The keys of `git add -p`, if it has one for the same purpose.
REVIEW_KEYS = (
    ReviewKey("y", "yes, write this change", "take"),
    ReviewKey("n", "not now: the change stays open", "leave"),
    ReviewKey("k", "keep mine: do not ask again until the record changes", "keep"),
    ReviewKey(
        "e",
        "type a value of your own; it is shown before you accept it",
        unusable="this is a part of a list; undo the split with u, then type the whole list",
    ),
    ReviewKey(
        "123456789",
        "propose the record's other value of this number, such as another of its dates",
        unusable="the record has no other value of this number",
    ),
    ReviewKey("a", "yes to this change and to all others of this page", "take", "page"),
    ReviewKey("d", "done with this page: its other changes stay open", "leave", "page"),
    ReviewKey(
        "Y",
        "yes to this change and to all others of its field, on every page whose record is not in doubt",
        "take",
        "field",
        unusable="this is not the record's first value; answer for this change alone",
    ),
    ReviewKey("N", "not now for this change and all others of its field", "leave", "field"),
    ReviewKey("K", "keep mine for this change and all others of its field", "keep", "field"),
    ReviewKey(
        "s",
        "split the change (a list of authors, for example) and ask about each part",
        unusable="this change cannot be split",
    ),
    ReviewKey("p", "print the change again, in full"),
    ReviewKey(
        "o", "open the DOI in the browser; if a DOI is proposed, that one", unusable="there is no DOI to open"
    ),
    ReviewKey("u", "undo the last answer", unusable="there is no answer to undo"),
    ReviewKey("q", "quit: write what you have accepted so far"),
    ReviewKey("?", "show these keys (Ctrl-C quits and writes nothing)"),
)


# The keys at the DOIs that may be a page's own. None of them takes one that nobody has chosen.
CANDIDATE_KEYS = (
    ReviewKey(
        "123456789", "yes, write the DOI of this number", "take", unusable="there is no DOI of this number"
    ),
    ReviewKey("n", "none of these: do not ask about them again", "keep"),
    ReviewKey("k", "the same as n", "keep"),
    ReviewKey(ENTER, "later: the next review asks again", "leave"),
    ReviewKey("p", "print these DOIs again"),
    ReviewKey("o", "open the first of these DOIs in the browser; o2 opens the second"),
    *REVIEW_KEYS[-3:],
)


def find_review_key(letter: str, rows: Iterable[ReviewKey] = REVIEW_KEYS) -> ReviewKey | None:
    """Return the row of a key, None if there is no such key."""
    is_one = len(letter) == 1
    return next((row for row in rows if is_one and letter in row.letters), None)


def describe_review_keys(
    letters: Iterable[str], rows: Iterable[ReviewKey] = REVIEW_KEYS
) -> Iterator[tuple[str, str]]:
    """Yield the label and the effect of each row with one of these keys."""
    offered = [*letters]
    for row in rows:
        usable = [letter for letter in row.letters if letter in offered]
        if usable:
            yield _label_letters(usable), row.help


def name_review_key(letter: str) -> str:
    """Return a key as a prompt names it."""
    return "Enter" if letter == ENTER else letter


def _label_letters(letters: Sequence[str]) -> str:
    return name_review_key(letters[0]) if len(letters) == 1 else f"{letters[0]}-{letters[-1]}"
