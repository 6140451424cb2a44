"""Read volume, issue and pages in a citation as people write it: "*Nature* 8 (3), 45-67"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from enrich.text.compare import strip_markup

_PAGE = r"[A-Za-z]{0,3}\d(?:[\w.]*\w)?"
_RANGE = rf"{_PAGE}(?:\s*[-‐‑–—]+\s*{_PAGE})?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_IN_BRACKETS = rf"\(\s*{_YEAR}\s*\)"
_VOLUME = r"(?P<volume>[A-Z]?\d{1,4}[A-Z]?(?:[-–/]\d{1,4})?)(?!\w)"
_NUMBERS = r"\d+(?:\s*[-–/]\s*\d+)?"
_ISSUE = rf"\(\s*(?!{_YEAR}\s*\))(?P<issue>{_NUMBERS})\s*\)"
_PAGES = rf"(?P<pages>{_RANGE})"
# A label of one letter follows a comma or a dash: "V. 42, N. 3, P. 5"; "Bull. A. M. S. 42" has none.
_ONE = r"(?<=[,;–—-]\s)"
_VOLUME_WORD = rf"(?:\b(?:vol(?:ume)?|bd|band|jg|jahrgang|tome|том)\b|{_ONE}[VTТ](?=\.))"
_ISSUE_WORD = (
    rf"(?:(?<!article\s)(?<!art\.\s)(?<!art\s)(?<!paper\s)\b(?:no|nr|issue|iss|number|heft|n[uú]m|fasc)\b"
    rf"|{_ONE}[NH](?=\.)|\bn[°º]|№)"
)
_PAGE_WORD = rf"(?:\b(?:pp?|pages?|pgs?|p[aá]gs?|seiten?|стр)\b|{_ONE}[SСс](?=\.))"
_LABELLED = (
    re.compile(rf"{_VOLUME_WORD}\.?\s*{_VOLUME}\b", re.IGNORECASE),
    re.compile(rf"{_ISSUE_WORD}\.?\s*(?P<issue>{_NUMBERS})\b", re.IGNORECASE),
    re.compile(rf"{_PAGE_WORD}\.?\s*{_PAGES}", re.IGNORECASE),
    re.compile(rf"\b(?:article|art|paper)\b\.?\s*(?:no|number|id)?\b\.?\s*(?P<pages>{_PAGE})", re.IGNORECASE),
)
_START = rf"(?:^\W*(?:{_YEAR}\W+)?|(?<=[^\W\d]\s)|(?<=[^\W\d][,;]\s)|(?<=\.\s))"  # after the journal's name
# What follows the pages: an address, a length.
_TAIL = re.compile(
    r"[\s,;.]*(?:\bdoi\b|https?:).*$|,?\s*\(?\d{1,3}\s*(?:pages|pp)\b\.?\)?\W*$", re.IGNORECASE
)
# Without labels, the likeliest first; the rest of the citation is after the journal's name.
_COMPACT = (
    re.compile(  # 41, 3 (2016), 512-529
        rf"{_START}{_VOLUME},\s*(?P<issue>\d{{1,3}})\s*\([^()]*{_YEAR}\)\s*[,:]\s*{_PAGES}"
    ),
    re.compile(
        rf"{_START}(?!{_YEAR}\b){_VOLUME}[,;]\s*(?P<issue>\d{{1,3}})[,;]\s*(?:(?=art)|{_PAGES}(?=\W*$))",
        re.IGNORECASE,
    ),
    re.compile(rf"^\W*(?:{_IN_BRACKETS}\s*)?{_VOLUME}\s+[^\W\d][^\d]*\s{_PAGES}"),  # (2016) 41 Journal 512
    re.compile(rf"\bvol(?:ume)?\b\.?\s*{_VOLUME},\s*{_YEAR},\s*{_PAGES}(?=\W*$)", re.IGNORECASE),
    re.compile(rf"{_START}{_VOLUME}\s+{_PAGES}(?=\W*$)"),  # 41 512
    re.compile(  # 63, no. 2 (2019): 145-161
        rf"(?:^|[\s,;]){_VOLUME}\s*,?\s*\(?(?:no|nr|issue|iss|number)\b\.?\s*(?P<issue>{_NUMBERS})\)?"
        rf"(?:\s*,?\s*{_IN_BRACKETS})?(?:\s*[,:;]\s*(?!{_YEAR}(?!\s*[-‐‑–—\d])){_PAGES}(?![\w(]))?",
        re.IGNORECASE,
    ),
    re.compile(  # 63.2 (2019): 145-161
        rf"(?:^|[\s,;])(?P<volume>\d{{1,4}})\.(?P<issue>\d{{1,3}})\s*{_IN_BRACKETS}\s*[,:]\s*{_PAGES}"
    ),
    re.compile(rf"(?:^|[\s,;]){_VOLUME}\s*{_ISSUE}(?:\s*{_IN_BRACKETS})?(?:\s*[,:;]?\s*{_PAGES}(?![\w(]))?"),
    re.compile(rf"(?:^|[\s,;]){_VOLUME}(?:,\s*|\s+){_PAGES}\s*{_IN_BRACKETS}"),  # 8, 45 (2019)
    re.compile(rf"(?:^|[\s,;]){_VOLUME}\s*{_IN_BRACKETS}\s*[,:]?\s*{_PAGES}"),  # 8 (2019) 45
    re.compile(rf"(?:^|[\s,;]){_VOLUME}\s*:\s*{_PAGES}"),  # 8:45-67
    re.compile(rf"{_START}{_VOLUME}\s*,\s*(?!{_YEAR}\b){_PAGES}(?=\W*(?:{_YEAR}\W*)?$)"),  # 8, 45-67, 2019
    re.compile(rf"(?:(?<=[^\W\d]\s)|(?<=\.\s)){_VOLUME},\s*(?!{_YEAR}\b){_PAGES}\W*$"),  # J. Abbrev. 8, 45
    re.compile(rf"{_START}{_VOLUME}\s*,\s*(?=(?:article|art|no|issue|pp?)\b)", re.IGNORECASE),
)
# For a journal that counts its volumes by the year, with the year removed.
_WITHOUT_VOLUME = (
    re.compile(rf"(?:^|[\s,;]){_ISSUE}(?:\s*[,:;]?\s*{_PAGES}(?![\w(]))?"),  # (6), 3
    re.compile(rf"(?:^|[\s,;])(?P<issue>\d{{1,3}})\s*[,:;]?\s+{_PAGES}(?=\W*$)"),  # 06 003
    re.compile(rf"(?:^|[\s,;:]){_PAGES}(?=\W*$)"),  # 3479-3485
)
_EMPHASIS = re.compile(r"([*_]{1,2})(?=\S)(?!\W*\d[^*_]*\1).+?(?<=\S)\1")  # not of a volume
_NUMBER = re.compile(r"\d+")
_LONE_YEAR = re.compile(rf"\(\s*({_YEAR})\s*\)|(?<![\w-])({_YEAR})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Citation:
    """The place of an article in a journal, as a page states it; `""` for a missing part."""

    volume: str = ""
    """The volume: `8`, `12A`."""
    issue: str = ""
    """The issue, or a double issue: `3`, `3-4`."""
    pages: str = ""
    """Pages or an article number: `45-67`, `e12`."""


def is_year(volume: str) -> bool:
    """Return whether a journal counts its volumes by the year."""
    return bool(re.fullmatch(_YEAR, volume))


def read_citation(value: str) -> Citation:
    """Read volume, issue and pages after the journal's name in a value of `publication`."""
    return _read_numbers(_drop_journal(value), _COMPACT)


def read_yearly_citation(value: str, volume: str, years: Iterable[str]) -> Citation:
    """Read a citation of a journal whose volumes are years: "2019(6), 3", "06 (2019) 003".

    `volume` is the record's; the years of the record's dates are not its volume.
    """
    rest = _drop_journal(value)
    stated = [found[1] or found[2] for found in _LONE_YEAR.finditer(rest)]
    others = [year for year in stated if year not in years]
    cited = volume if volume in stated else (others or [""])[0]
    parts = _read_numbers(_LONE_YEAR.sub(" ", rest), _WITHOUT_VOLUME)
    return Citation(cited, parts.issue, parts.pages)


def _drop_journal(value: str) -> str:
    """Return the text after the journal's name in emphasis; the whole value if it has no emphasis."""
    name = _EMPHASIS.search(value)
    behind = strip_markup(value[name.end() :]) if name else ""
    return _TAIL.sub("", _TAIL.sub("", behind if _NUMBER.search(behind) else strip_markup(value)))


def _read_numbers(rest: str, patterns: Iterable[re.Pattern[str]]) -> Citation:
    labelled = [match.groupdict() for pattern in _LABELLED if (match := pattern.search(rest))]
    compact = next((match.groupdict() for pattern in patterns if (match := pattern.search(rest))), {})
    parts = {part: text for found in reversed([*labelled, compact]) for part, text in found.items() if text}
    return Citation(**parts)
