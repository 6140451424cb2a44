"""Sections of a journal, and subtitles that only say what kind of journal it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enrich.text.compare import strip_markup

SMALL_WORDS = frozenset(
    "a an and & at by de der des di du el en et for für im in la le les los of on the to und van von".split()
)
# A capital letter behind the journal's name, as in "J. Polym. Sci. B Polym. Phys."; the letters of "U.S.A."
# and of initials ("J. R. Soc.") are none.
_SECTION = re.compile(
    r"(?P<journal>\S+\s+\S.*?),?\s+(?:(?:section|sect|part|pt|series|ser)\b\.?\s*)?"
    r"(?-i:(?<![A-Z]\.)(?<![A-Z]\.\s)(?P<letter>[A-H]))(?:\.?$|\s*[:,.]\s+|\s+(?=[A-Z(]))(?P<title>.*)",
    re.IGNORECASE,
)
_CITATION = re.compile(r"[,;(]|\d")
# "Chaos: An Interdisciplinary Journal of Nonlinear Science": what the periodical is, not a section of it.
_KIND = re.compile(
    r"\b(?:journal|magazine|review|revista|revue|rivista|zeitschrift|jurnal|newsletter)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a journal, as a name spells it."""

    journal: str
    """The journal's name: `Acta Cryst.`."""
    letter: str
    """The section's letter, a capital: `D`."""
    title: str
    """The section's own title, `""` if the name has none."""


def split_section(name: str) -> Section | None:
    """Return the section that a name is of, None for a whole journal."""
    found = _SECTION.fullmatch(" ".join(strip_markup(name).split()))
    if found is None or found["journal"].split()[-1].casefold() in SMALL_WORDS:
        return None  # "JOURNAL OF A SOCIETY" has an article, not a section
    title = _CITATION.split(found["title"], maxsplit=1)[0]
    return Section(found["journal"], found["letter"], title.strip())


def drop_kind(name: str) -> str:
    """Return a name without a subtitle that says what kind of journal it is."""
    title, colon, rest = name.partition(": ")
    return title if colon and _KIND.search(rest) and split_section(name) is None else name
