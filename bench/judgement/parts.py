"""Records of what belongs to a work and is not the work: replies, notices, pieces, reviews, whole volumes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bench.judgement.make import Made, same
from bench.judgement.styles import plain
from enrich.model.work import Update, Work

REPLIES = (
    "Reply to: {}", "Reply to “{}”", "Authors' reply", "In reply", "Response to “{}”", "Re: {}",
    "Comment on “{}”", "Reply to the comment on “{}”", "{}: authors' reply", "{} - Reply", "Commentary: {}",
    "Letter to the editor: {}", "Discussion: {}", "Invited commentary on “{}”", "Letter regarding “{}”",
)  # fmt: skip
CORRECTIONS = (
    "Correction to: {}", "Correction: {}", "Erratum: {}", "Erratum to: {}", "Erratum", "Corrigendum",
    "Corrigendum to “{}” [J. Hydrol. 278 (2003) 119–132]", "Publisher Correction: {}", "{} [Erratum]",
    "Author Correction: {}", "Addendum: {}", "{}: erratum", "{}: publisher's note", "Correction for {}",
    "{} (vol 12, pg 345, 2010)",
)  # fmt: skip
NOTICES = (
    "Retraction: {}", "Retraction Note: {}", "Retraction notice to “{}” [J. Hydrol. 278 (2003) 119–132]",
    "Expression of Concern: {}", "Statement of Retraction: {}", "Withdrawal notice: {}",
)  # fmt: skip
COMPONENTS = ("{}", "Figure 2", "Table_3.XLSX", "Image_1.TIF", "{}.pdf", "Supplementary material for {}", "")
PEER_REVIEWS = (
    'Review for "{}"', "Decision letter: {}", "{}", "Reviewer #2 (Public Review): {}",
    'Author response for "{}"', "Peer review report 1 for {}",
)  # fmt: skip
BOOK_REVIEWS = (
    "{}", "Book Review: {}", "Review of {}", "{} (review)", "Review: {}", "Book Review: {} by A. Reader",
    "{}. By A. Reader. Harbour Press, 1999. 312 pp. £20", "{}, A. Reader, Harbour Press (1999), 312 pp.",
)  # fmt: skip
VOLUMES = (
    "Abstracts of the 12th Annual Meeting", "Poster Session 3", "Abstracts", "Oral presentations",
    "Proceedings of the 12th Conference on Ropes", "12th Conference on Ropes: abstract book",
)  # fmt: skip
_PART = re.compile(
    r"\W*(?:correct|corrig|errat|addend|supplement|letter|discuss|comment|repl|respon|review|editor|figure|table)",
    re.IGNORECASE,
)
BOOKS = frozenset({"book", "monograph", "edited-book", "reference-book"})


def _make_reply(work: Work, other: Work, rng: random.Random) -> Work:
    people = rng.choice((work.contributors, other.contributors))
    return _retitle(replace(work, contributors=people), REPLIES, rng)


def _make_correction(work: Work, _other: Work, rng: random.Random) -> Work:
    entries = rng.choice(((), (Update("correction", work.doi),)))
    return _retitle(replace(work, update_to=entries), CORRECTIONS, rng)


def _make_notice(work: Work, _other: Work, rng: random.Random) -> Work:
    return _retitle(replace(work, update_to=(Update("retraction", work.doi),)), NOTICES, rng)


def _make_component(work: Work, _other: Work, rng: random.Random) -> Work:
    return _retitle(replace(work, type="component", contributors=()), COMPONENTS, rng)


def _make_peer_review(work: Work, _other: Work, rng: random.Random) -> Work:
    people = rng.choice(((), work.contributors))
    return _retitle(replace(work, type="peer-review", contributors=people), PEER_REVIEWS, rng)


def _make_book_review(work: Work, other: Work, rng: random.Random) -> Work:
    made = replace(work, type="journal-article", subtitles=(), contributors=other.contributors[:1])
    return _retitle(made, BOOK_REVIEWS, rng)


def _make_volume(work: Work, other: Work, rng: random.Random) -> Work:
    kind = rng.choice(("proceedings", "journal-article", "journal-issue", "book"))
    people = rng.choice(((), other.contributors[:2]))
    return _retitle(replace(work, type=kind, contributors=people), VOLUMES, rng)


PARTS: Mapping[str, Callable[[Work, Work, random.Random], Work]] = {
    "a reply": _make_reply,
    "a correction": _make_correction,
    "a notice": _make_notice,
    "a component": _make_component,
    "a peer review": _make_peer_review,
    "a review of the book": _make_book_review,
    "the volume of an abstract": _make_volume,
}


def make_part_pair(works: Sequence[Work], kind: str, rng: random.Random) -> tuple[Made, Work]:
    """Return a page about a work, and the record of what only belongs to it."""
    fitting = [work for work in works if _is_whole(work)]
    if kind == "a review of the book":
        fitting = [work for work in fitting if work.type in BOOKS]
    work = rng.choice(fitting)
    other = rng.choice([one for one in works if not set(one.contributors) & set(work.contributors)])
    record = PARTS[kind](work, other, rng)
    return same(work, rng), replace(record, doi=f"{work.doi}.part")


def _is_whole(work: Work) -> bool:
    """Return whether a work is none of these parts itself."""
    return (
        work.type not in {"component", "peer-review"} and not work.update_to and not _PART.match(work.title)
    )


def _retitle(work: Work, forms: Sequence[str], rng: random.Random) -> Work:
    title = rng.choice(forms).format(plain(work.title))
    return replace(work, titles=(title,) if title else ())
