"""List the forms of a record's title that a page may use."""

from __future__ import annotations

import re

from enrich.model.page import Page
from enrich.model.work import Work
from enrich.reconciler.field_comparison import Texts
from enrich.reconciler.findings.title_status import split_status
from enrich.reconciler.notice_titles import split_noun
from enrich.reconciler.status_around_title import find_status_around
from enrich.text.compare import comparison_key, strip_markup, texts_match

# The signs between a title and its subtitle; many works share shorter titles ("Comment: …").
_SUBTITLE = re.compile(r"([?!]|(?=:)|(?=\s[-–—]\s))[:\s]\s*\S")
# Where a record may end: before a colon or a dash, after a full stop.
_CUT = re.compile(r"(?=:\s*\S)|(?=\s[-–—]\s)|(?=—)|(?<=[.?!])(?=\s+\S)")
MOST_JOINED = 6  # titles and subtitles that are put together; a work has one in each language
FEWEST_WORDS, FEWEST_LETTERS, LONGEST = 4, 24, 600
_TRANSLATION = re.compile(r"(.{9,}?)(?: [/=] (.{9,})|\s\[([^\[\]]{9,})\]\.?)")
# In one title only, these words make it another work about the same.
ABOUT_ANOTHER = frozenset(
    "addendum comment commentary corrected correction corrigendum editorial erratum part protocol"
    " rejoinder reply response retracted retraction supplement supplementary update updated revisited"
    " withdrawn first second third i ii iii iv".split()
)


def read_title(page: Page) -> str:
    """Return a page's title without markup and status, `""` if it has none."""
    title = page.get("title")
    return remove_status(strip_markup(title)).strip() if isinstance(title, str) else ""


def remove_status(title: str) -> str:
    """Return a page's title without a status such as "RETRACTED:"; unchanged if there is nothing else."""
    return split_status(title)[1] or title


def propose_title(work: Work) -> str:
    """Return the title as a page would have it: with its subtitle, unless the title contains it."""
    title = split_status(work.title)[1]
    subtitle = work.subtitles[0] if work.subtitles else ""
    if not title or not subtitle or comparison_key(subtitle) in comparison_key(title):
        return title
    return f"{title}{' ' if title.rstrip()[-1] in '?!:.' else ': '}{subtitle}"


def list_title_forms(work: Work) -> Texts:
    """Return the proposed title, each title alone, and each with each subtitle; without markup.

    A title that may begin or end with the noun of a notice ("Withdrawal: …") is also listed without it.
    """
    titles = [split_status(title)[1] for title in work.titles]
    joined = [
        f"{title}: {subtitle}" for title in titles[:MOST_JOINED] for subtitle in work.subtitles[:MOST_JOINED]
    ]
    both = [" / ".join(titles)] if len(titles) > 1 else []
    single = [part for title in titles for part in _split_translation(strip_markup(title))]
    alone = (split_noun(title)[1] for title in titles)
    texts = (strip_markup(text) for text in (propose_title(work), *titles, *joined, *both, *single, *alone))
    return tuple(dict.fromkeys(text for text in texts if text))


def _split_translation(title: str) -> tuple[str, ...]:
    """Return the two titles of a title that a translation follows: "… / …", "… [ … ]"."""
    found = _TRANSLATION.fullmatch(title[:LONGEST])
    parts = tuple(part.strip() for part in (found[1], found[2] or found[3])) if found else ()
    if not parts or any(len(part.split()) < FEWEST_WORDS for part in parts):
        return ()
    words, others = ({*re.findall(r"\w{3,}", part.casefold())} for part in parts)
    return parts if len(words & others) * 3 <= min(len(words), len(others)) else ()


def is_same_title(local: str, texts: Texts) -> bool:
    """Return whether a page's title, without a status, equals a text.

    Example: "The age of sea ice in winter" is one title with its subtitle, "… in winter: a review".
    """
    title, bare = remove_status(local), split_noun(local)[1]
    if any((bare and texts_match(bare, text)) or find_status_around(text, title) for text in texts):
        return True
    # If the record has a subtitle, the page's is compared with it.
    alone = [text for text in texts if not any(_is_beginning_of(text, other) for other in texts)]
    return any(texts_match(title, text) or _is_beginning_of(title, text) for text in texts) or any(
        _is_beginning_of(text, title) for text in alone
    )


def is_cut_title(local: str, texts: Texts) -> bool:
    """Return whether a record has a page's title only up to a colon, a dash or a full stop.

    The length does not matter, because the record is known to be about the page's work.
    """
    title = remove_status(local)
    whole = [text for text in texts if not any(_ends_at_sign(text, other) for other in texts)]
    return any(_ends_at_sign(text, title) for text in whole)


def _ends_at_sign(main: str, whole: str) -> bool:
    if len(main) >= len(whole):
        return False
    ends = (found.start() for found in _CUT.finditer(whole[:LONGEST]))
    return any(_is_subtitle(whole[at:]) and texts_match(main, whole[:at]) for at in ends)


def _is_beginning_of(main: str, whole: str) -> bool:
    """Return whether a text is another one cut at a colon, a dash or a question mark."""
    if (
        len(main) >= len(whole)
        or len(main.split()) < FEWEST_WORDS
        or len(comparison_key(main)) < FEWEST_LETTERS
    ):
        return False
    parted = (found.end(1) for found in _SUBTITLE.finditer(whole[:LONGEST]))
    return any(_is_subtitle(whole[at:]) and texts_match(main, whole[:at]) for at in parted)


def _is_subtitle(tail: str) -> bool:
    """Return whether the rest of a title is a subtitle, rather than "Reply", "Study 2" or a year."""
    words = re.findall(r"\w+", tail.casefold())
    has_number = len(words) <= FEWEST_WORDS and any(
        map(str.isdecimal, words)
    )  # "Study 2", "a report of 2019"
    return ABOUT_ANOTHER.isdisjoint(words) and not has_number
