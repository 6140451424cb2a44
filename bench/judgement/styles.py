"""The styles people write a record's values in: each says the same as the record.

Nothing here uses the program's own text functions: what is measured is them.
"""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from enrich.model.work import PartialDate, Person, Work

NUMBERS = {
    "journal-article": "2", "proceedings-article": "1", "posted-content": "3", "report": "4", "book": "5",
    "monograph": "5", "book-chapter": "6", "dissertation": "7", "reference-entry": "6", "edited-book": "5",
}  # fmt: skip
WORDS = {
    "1": "paper-conference", "2": "article-journal", "3": "article", "4": "report", "5": "book",
    "6": "chapter", "7": "thesis",
}  # fmt: skip
SMALL = {"a", "an", "and", "the", "of", "in", "on", "for", "to", "with", "by", "at", "from"}


def plain(markup: str) -> str:
    """Return a text as a person would copy it from the publisher's page."""
    text = html.unescape(html.unescape(markup))
    text = re.sub(r"</?(?:jats:)?(?:p|title|sec|list|list-item|disp-formula)\b[^>]*>", " ", text)
    return " ".join(re.sub(r"</?[A-Za-z][^>]*>", "", text).split())


def ascii_only(text: str) -> str:
    """Return a text without diacritics."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def titled(text: str) -> str:
    """Return a text in title case."""
    words = text.split(" ")
    return " ".join(
        word if i and word.lower() in SMALL else word[:1].upper() + word[1:] for i, word in enumerate(words)
    )


def typographic(text: str) -> str:
    """Return a text with curly quotes and long dashes."""
    text = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")
    return text.replace(" - ", " – ").replace("-", "‐")


def straight(text: str) -> str:
    """Return a text with the quotes and dashes of a keyboard."""
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "−": "-"})
    return text.translate(table)


def emphasised(markup: str) -> str:
    """Return a text with the record's italics as Markdown's."""
    text = re.sub(r"<(/?)(?:jats:)?(?:i|italic|em)>", "*", markup)
    return plain(text)


TITLES: Mapping[str, Callable[[str], str]] = {
    "as published": plain,
    "capitals": lambda title: plain(title).upper(),
    "sentence case": lambda title: plain(title).capitalize(),
    "title case": lambda title: titled(plain(title)),
    "typographic": lambda title: typographic(plain(title)),
    "keyboard": lambda title: straight(plain(title)),
    "full stop": lambda title: plain(title) + ".",
    "emphasis": emphasised,
    "markup kept": lambda title: " ".join(title.split()),
    "entities": lambda title: html.escape(plain(title), quote=False),
    "broken over lines": lambda title: plain(title).replace(" ", "  ", 2),
}


def initials(given: str, dot: str, gap: str) -> str:
    """Return given names as initials: `K. R.`, `K.R.`, `KR`, with hyphens kept."""
    parts = [part for part in re.split(r"[\s.]+", given) if part]
    short = ["-".join(piece[:1] + dot for piece in part.split("-") if piece) for part in parts]
    return gap.join(short)


def _named(person: Person, given: str) -> str:
    return " ".join(part for part in (given, person.family, person.suffix) if part)


PEOPLE: Mapping[str, Callable[[Person], str]] = {
    "in full": lambda one: _named(one, one.given),
    "Family, Given": lambda one: f"{one.family}, {one.given}" if one.given else one.family,
    "F. M. Family": lambda one: _named(one, initials(one.given, ".", " ")),
    "F.M. Family": lambda one: _named(one, initials(one.given, ".", "")),
    "Family FM": lambda one: f"{one.family} {initials(one.given, '', '').replace('-', '')}".strip(),
    "Family, F.": lambda one: f"{one.family}, {initials(one.given, '.', ' ')}" if one.given else one.family,
    "first name only": lambda one: _named(one, one.given.split(" ")[0]),
    "no diacritics": lambda one: ascii_only(_named(one, one.given)),
    "decorated": lambda one: f"**{_named(one, one.given)}**",
    "daggers": lambda one: f"{_named(one, one.given)}*",
    "CAPITALS": lambda one: _named(one, one.given).upper(),
    "Family Given": lambda one: f"{one.family} {one.given}".strip(),
}


def written_name(person: Person, style: str) -> str:
    """Return a person in a style; a group as its name."""
    return person.literal if person.literal and not person.family else PEOPLE[style](person)


JOURNALS: Mapping[str, Callable[[Work], str]] = {
    "emphasised": lambda work: f"*{plain(work.container_titles[0])}*",
    "plain": lambda work: plain(work.container_titles[0]),
    "In": lambda work: f"In *{plain(work.container_titles[0])}*",
    "volume behind": lambda work: (
        f"*{plain(work.container_titles[0])}*, {work.volume or 7}({work.issue or 1}):{work.page or 12}"
    ),
    "citation": lambda work: (
        f"{plain(work.container_titles[0])}, {work.volume or 7}, {work.page or '12-19'} (2019)"
    ),
    "short": lambda work: f"*{plain((work.container_titles_short or work.container_titles)[0])}*",
    "ampersand": lambda work: f"*{plain(work.container_titles[0]).replace(' and ', ' & ')}*",
    "capitals": lambda work: f"*{plain(work.container_titles[0]).upper()}*",
    "no article": lambda work: f"*{re.sub(r'^The ', '', plain(work.container_titles[0]))}*",
}

ABSTRACTS: Mapping[str, Callable[[str], str]] = {
    "as published": plain,
    "without its heading": lambda text: re.sub(
        r"^(?:abstract|summary)\b[\s:.]*", "", plain(text), flags=re.IGNORECASE
    ),
    "with a heading": lambda text: (
        f"Abstract: {re.sub(r'^abstract[ :.]*', '', plain(text), flags=re.IGNORECASE)}"
    ),
    "keyboard": lambda text: straight(plain(text)),
    "typographic": lambda text: typographic(plain(text)),
}


def dates_of(work: Work) -> list[str]:
    """Return the ways to write a date of the work: any of its dates, or the first of January."""
    known = [
        date for date in (work.dates.online, work.dates.print, work.dates.posted, work.dates.issued) if date
    ]
    whole = [str(date) for date in known if date.day]
    years = [f"{date.year}-01-01" for date in known]
    return [*whole, *(f"{day}T00:00:00Z" for day in whole), *years]


def one_of(rng: random.Random, styles: Mapping[str, object] | Sequence[str]) -> str:
    """Return the name of a style."""
    return rng.choice(list(styles))


def year_of(work: Work) -> int | None:
    """Return the year a work was published."""
    known: list[PartialDate] = [
        date for date in (work.dates.issued, work.dates.online, work.dates.print) if date
    ]
    return min(date.year for date in known) if known else None
