"""Separate a name from its decoration in an author list: emphasis, footnote marks, remarks, "et al."."""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.text.compare import strip_markup

LONGEST_NAME = 300  # characters; longer texts are not names, and the patterns would cost time

# ^{1,*}, $^{a}$, \textsuperscript{1}, and "^1" after a name
_RAISED = re.compile(r"\$?(?:\^|\\textsuperscript)\s*(?:\{[^{}]*\}|[\w*†‡]\b|[*†‡])\$?")
_DECORATION = re.compile(r"[*†‡§¶#^~✉✝♯∗]+|[(\[][\s\d,;.&-]*[)\]]")
# A remark after the name, "(corresponding author)"; "(Bob)" belongs to the name.
_REMARK = re.compile(
    r"[(\[](?:\s*[a-z][^()\[\]]*|Eds?\.?|Hrsg\.?|M\.?D\.?|Ph\.?\s?D\.?"
    r"|[^()\[\]]*(?i:author|contribut|correspond|deceased|equal|hons|presenter|senior|student|supervisor)"
    r"[^()\[\]]*)[)\]](?=[\W\d_]*$)"
)
_AND = re.compile(r"^\s*(?:and|und|&|y|e)\s+(?=[^\W\d_])")
_ET_AL_BEHIND = re.compile(
    r"[\s,;]+(?:et(?:\.\s*|\s+)al\b\.?|and\s+(?:\d+\s+)?(?:others|more)\b\.?|…|\.\.\.)[\W_]*$", re.IGNORECASE
)
_ET_AL = re.compile(
    r"^\W*(?:and\s+)?(?:et(?:\.\s*|\s+)al\b|etal\W*$|others\b|\d+\s+(?:others?|more)\b|\.\.\.|…)"
    r"|^\W*(?:und andere|u\.\s*a\.|y otros|e outros|[ye] cols?\b|и др\b|m\.\s?fl\.|等\W*$|(?:ほか|他)\W*$)",
    re.IGNORECASE,
)
_LETTERED_MARKS = re.compile(r"(?<=[^\W\d_]{2})\s+[a-z](?:\s*,\s*[a-z])+$")  # "Ann Able a,b"
_MARKS_BEHIND = re.compile(r"(?<=[^\W\d_ÃÂ])[\s,]*(?:[\d⁰¹²³⁴-⁹]+[\s,·]*)+$")
_SPOKEN_REMARK = re.compile(
    r"[\s,–-]+(?i:co-?)?(?:(?i:corresponding|first|senior|joint)\s(?i:first\s)?(?i:author)"
    r"|(?i:equal\scontributi(?:on|ons)))\W*$"
)


def is_truncation(entry: str) -> bool:
    """Return whether an entry is only a remark that more authors follow: "et al.", "and 12 others"."""
    return bool(_ET_AL.match(strip_markup(entry)))


def has_trailing_et_al(entry: str) -> bool:
    """Return whether an entry is a name with such a remark after it: "Ada Lovelace et al."."""
    return len(entry) <= LONGEST_NAME and bool(_ET_AL_BEHIND.search(strip_markup(entry)))


@lru_cache(maxsize=65_536)
def strip_decoration(entry: str) -> str:
    """Return the name alone: `**Ada Lovelace**†1 (corresponding author)` gives `Ada Lovelace`."""
    if len(entry) > LONGEST_NAME:
        return entry.strip()
    text = strip_markup(_RAISED.sub("", entry))
    text = _DECORATION.sub("", _AND.sub("", _ET_AL_BEHIND.sub("", text)))
    text = _LETTERED_MARKS.sub("", _SPOKEN_REMARK.sub("", _REMARK.sub("", text)))
    return _MARKS_BEHIND.sub("", text).strip(" ,;")
