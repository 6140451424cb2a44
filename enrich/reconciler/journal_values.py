"""How a page writes its journal: `*Nature*`, `In *Nature*`, `Nature 521, 436 (2015)`."""

from __future__ import annotations

import re

from enrich.reconciler.meetings import PUBLISHERS, YEAR, is_of_meeting
from enrich.text.compare import strip_markup

LONGEST = 1_000  # characters of a value that are searched for a journal's name
_OPENING = re.compile(
    r"^\W*(?:(?:published|presented|accepted|appeared|to appear|forthcoming|in press)"
    r"(?:\s+(?:for publication\s+)?(?:at|by|in|to)\b:?|\s*[,:–—])|(?:in|im|dans|en)\b:?)\s+",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,2})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")
_WORD = re.compile(r"[^\W_]+")
# A comma inside a name: "Diabetes, Obesity and Metabolism".
_LISTED = r"(?![^\d,;(]*(?:,[^\d,;(]*)*\s(?:and|&)\s)"
# What follows a journal's name in a citation; any other word continues the name.
_CITED = (
    r"(?:[(\[]?\d|vol(?:ume)?\b\.?\s*\w{1,5}\b|(?:nos?|nr|issue|pp?|pages?|art(?:icle)?)\b\.?\s*\w?\d"
    r"|(?:nos?|nr|pp?|vol)\.|(?:doi|https?|arxiv)\b|\(?(?:in press|accepted|forthcoming|to appear|e-?pub)\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d)"
)
_AFTER_NAME = re.compile(
    rf"\s*;|\s*[(\[](?=[^()\[\]]*[)\]]\W*(?:$|{_CITED}))|,{_LISTED}|,\s*(?={_CITED})|:\s*(?=\d)"
    rf"|[.:]?\s+(?:[-–—]\s+)?(?={_CITED})",
    re.IGNORECASE,
)
_BEFORE_CITED = re.compile(rf"[,.:]?\s+(?={_CITED})", re.IGNORECASE)
_INNER_COMMA = re.compile(rf",\s+(?!{_CITED})", re.IGNORECASE)
_UNPUBLISHED = re.compile(
    r"\b(?:(?:re)?submitted|r&r|in preparation|(?:minor|major) revisions?|revise and resubmit"
    r"|(?:under|in) (?:review|revision|consideration))\b"
    r"(?!\s+(?:of|in|on)\b)",
    re.IGNORECASE,
)
# in front of the name: "(2016) 41 Journal of Snow", or "Vol. 41 No. 3 (2016): Journal of Snow"
_NUMBERS_FIRST = re.compile(
    r"^\W*(?:\((?:19|20)\d\d\)\s+|vol\.?\s*)?\d{1,3}\b(?:\s*,?\s*no\.?\s*\d+)?(?:\s*\((?:19|20)\d\d\))?\s*:?\s+"
    r"(?=[^\W\d]{3})",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"\s+(?:\(preprints\)|\(?(?:preprint|working papers?)\)?)\W*$", re.IGNORECASE)
# "Acta Cryst. D72, 319", "Acta Cryst. (2016). D72, 319": the section's letter in front of the volume
_JOINED_LETTER = re.compile(r"^([^\d(]*[^\W\d_]\.?,?\s+)(?:\((?:19|20)\d\d\)[.,]?\s+)?([A-H])(?=\d{1,4}\b)")
_LETTER_BEHIND = re.compile(r"^([^\d(]*[^\W\d_]\.?,?\s)(\d{1,4})([A-H])\b")  # "Phys. Lett. 123B, 12"
_GOES_ON = re.compile(rf"\s+(?!(?i:{_CITED}))[A-Z][a-z]")  # "*Nature* Communications"


def find_wrapper(value: str) -> tuple[str, str] | None:
    """Return the wrapper of the name (`*…*`, `In *…*`), None if the value contains more than that."""
    found = re.fullmatch(r"(\s*(?:[Ii]n:?\s+)?)([*_]{0,2})(\S.*?)\2(\s*)", value, re.DOTALL)
    if found is None or carries_more(value):
        return None
    return found[1] + found[2], found[2] + found[4]


def remove_wrapper(value: str) -> str:
    """Return the name alone: `In *Nature*` is `Nature`."""
    wrapper = find_wrapper(value)
    return value[len(wrapper[0]) : len(value) - len(wrapper[1])] if wrapper else value


def carries_more(value: str) -> bool:
    """Return whether a value says more than the journal's name: a volume, pages, a DOI, a citation."""
    rest = _EMPHASIS.sub("", value, count=1)
    if rest == value:
        return bool(re.search(r"\d|[,;]\s|[(\[]|\bsubmitted\b|\bunder review\b", YEAR.sub("", value)))
    return bool(_WORD.search(_OPENING.sub("", rest + " ")))


def is_unpublished(value: str) -> bool:
    """Return whether a value says that the work was only sent to a journal: "Submitted to *Nature*"."""
    return bool(_UNPUBLISHED.search(strip_markup(value)))


def join_subjects(value: str) -> str:
    """Return a value without commas inside its emphasis, where they are part of the name."""
    return _EMPHASIS.sub(
        lambda found: found[0] if is_of_meeting(found[0]) else _INNER_COMMA.sub(" ", found[0]), value
    )


def find_names(value: str) -> tuple[str, ...]:
    """Return what may be the container's name in a page's value, the likeliest first."""
    emphasised = [found[2] for found in _EMPHASIS.finditer(value) if not _GOES_ON.match(value, found.end())]
    plain = strip_markup(value)
    bare = _OPENING.sub("", plain)
    named = _NUMBERS_FIRST.sub("", bare)
    letters_first = (named, _JOINED_LETTER.sub(r"\1\2 ", bare), _LETTER_BEHIND.sub(r"\1\3 \2", bare))
    cuts = [_AFTER_NAME.split(text, maxsplit=1)[0] for text in (bare, *letters_first)]
    cuts.append(_BEFORE_CITED.split(bare, maxsplit=1)[0])
    publishers = PUBLISHERS - {plain, *emphasised}  # "IEEE 1992 Ultrasonics Symposium" is not IEEE
    names = (*emphasised, plain, bare, *cuts, *(_PREPRINT.sub("", text) for text in (bare, cuts[0])))
    return tuple(dict.fromkeys(name for name in names if name.strip() and name not in publishers))


def opens_with(value: str, container: str) -> bool:
    """Return whether a value begins with the container's words, and goes on as a citation does."""
    words = r"\W+".join(map(re.escape, _WORD.findall(strip_markup(container).casefold())))
    text = _OPENING.sub("", strip_markup(value)).casefold()
    # After the full stop of an abbreviation, another word continues the name: "Genet. Res. Letters".
    # "Evolution: Education and Outreach" and "Diabetes, Obesity and Metabolism" are names of others.
    cited = rf"\s*(?:{_CITED}|$)"
    ends = rf"(?:;|\([^()]*\)\W*(?:$|{_CITED})|,{_LISTED}|,{cited}|:(?={cited})|\.{cited}|\d|$)"
    return (
        bool(words)
        and container not in PUBLISHERS
        and bool(re.match(rf"\W*{words}\s*[^\w.,;:(]*\s*{ends}", text))
    )
