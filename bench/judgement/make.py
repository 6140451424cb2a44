"""Make a page from a record: one that says the same, or one with a single true difference."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bench.judgement import styles
from bench.judgement.styles import NUMBERS, WORDS, one_of, plain, written_name
from enrich.model.site_context import Profile, SiteContext
from enrich.model.work import Work

FIRST_NAMES = ("Adaeze", "Bogdan", "Camila", "Dmitri", "Eleni", "Farid", "Gunnar", "Hanako")
FAMILIES = ("Okonkwo", "Zielinski", "Echeverria", "Volkov", "Papadaki", "Haddad", "Lindqvist", "Tanaka")
JOURNALS = (
    "Annals of Botany Letters",
    "Tectonophysics Today",
    "Journal of Obscure Metallurgy",
    "Harbour Engineering",
)


@dataclass(frozen=True)
class Made:
    """A page's values, the style of each field, and what is wrong with it (a field, or nothing)."""

    values: Mapping[str, object]
    style: Mapping[str, str]
    site_context: SiteContext = field(default_factory=SiteContext)
    wrong: str = ""
    how: str = ""

    def text(self) -> str:
        """Return the page, its values as JSON, which is YAML."""
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.values.items()]
        return re.sub(r"[\x7f-\x84\x86-\x9f]", "", "---\n" + "\n".join(lines) + "\n---\n")


def same(work: Work, rng: random.Random) -> Made:
    """Return a page that says the same as the record."""
    values: dict[str, object] = {}
    style: dict[str, str] = {}
    site_context = SiteContext()
    if work.titles:
        style["title"] = one_of(rng, styles.TITLES)
        values["title"] = styles.TITLES[style["title"]](work.title)
    if work.contributors:
        values["authors"], style["authors"], site_context = _authors(work, rng)
    if dates := styles.dates_of(work):
        values["date"], style["date"] = rng.choice(dates), "any"
    if work.type in NUMBERS:
        number = NUMBERS[work.type]
        style["publication_types"] = rng.choice(("number", "csl"))
        values["publication_types"] = [number if style["publication_types"] == "number" else WORDS[number]]
    if work.container_titles and work.type != "posted-content":
        style["publication"] = one_of(rng, styles.JOURNALS)
        values["publication"] = styles.JOURNALS[style["publication"]](work)
    if len(plain(work.abstract)) > 40:
        style["abstract"] = one_of(rng, styles.ABSTRACTS)
        values["abstract"] = styles.ABSTRACTS[style["abstract"]](work.abstract)
    return Made({**values, "doi": work.doi}, style, site_context)


def _authors(work: Work, rng: random.Random) -> tuple[list[str], str, SiteContext]:
    style = one_of(rng, styles.PEOPLE)
    names = [written_name(person, style) for person in work.contributors]
    site_context = SiteContext()
    chance = rng.random()
    if chance < 0.3 and work.contributors[0].family:
        owner = rng.randrange(len(names))
        person = work.contributors[owner]
        site_context = SiteContext(profiles={"admin": Profile("admin", (written_name(person, "in full"),))})
        names[owner] = "admin"
        style += " + admin"
    elif chance < 0.4 and len(names) > 6:
        names = [*names[:5], "et al."]
        style += " + et al."
    return names, style, site_context


def different(work: Work, rng: random.Random) -> Made | None:
    """Return a page with one true difference, None if the record does not have what it takes."""
    made = same(work, rng)
    how = rng.choice([name for name in DIFFERENCES if name.split(":")[0] in made.values] or [""])
    if not how:
        return None
    name = how.split(":")[0]
    value = DIFFERENCES[how](work, made.values[name], rng)
    if value is None:
        return None
    return replace(made, values={**made.values, name: value}, wrong=name, how=how)


def _entries(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _stranger(rng: random.Random) -> str:
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(FAMILIES)}"


def _drop(_work: Work, value: object, rng: random.Random) -> object:
    names = _entries(value)
    if len(names) < 3 or "et al." in names:
        return None
    keep = rng.randrange(len(names))
    return None if names[keep] == "admin" else [name for i, name in enumerate(names) if i != keep]


def _add(_work: Work, value: object, rng: random.Random) -> object:
    names = _entries(value)
    names.insert(rng.randrange(len(names) + 1), _stranger(rng))
    return names


def _replace(_work: Work, value: object, rng: random.Random) -> object:
    names = _entries(value)
    at = rng.randrange(len(names))
    return None if names[at] in {"admin", "et al."} else [*names[:at], _stranger(rng), *names[at + 1 :]]


def _swap(work: Work, value: object, rng: random.Random) -> object:
    names = _entries(value)
    if len(names) < 3 or names[-1] == "et al." or len({name.lower() for name in names}) < len(names):
        return None
    at = rng.randrange(len(names) - 1)
    if any(not person.family for person in work.contributors[at : at + 2]):
        return None  # the position of a group means nothing
    names[at], names[at + 1] = names[at + 1], names[at]
    return names


def _other_words(_work: Work, value: object, rng: random.Random) -> object:
    words = str(value).split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return None
    words[rng.choice(long)] = rng.choice(("barnacle", "quarry", "trombone"))
    return " ".join(words)


def _slip(text: str, rng: random.Random) -> str | None:
    """Return a text with two neighbouring letters of a longer word swapped, None if there is none."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 5 and word.isalpha() and word[2] != word[3]]
    if not long:
        return None
    at = rng.choice(long)
    word = words[at]
    words[at] = word[:2] + word[3] + word[2] + word[4:]
    return " ".join(words)


def _title_slip(_work: Work, value: object, rng: random.Random) -> object:
    return _slip(str(value), rng)


def _name_slip(_work: Work, value: object, rng: random.Random) -> object:
    names = _entries(value)
    at = rng.randrange(len(names))
    slip = None if names[at] in {"admin", "et al."} else _slip(names[at], rng)
    return [*names[:at], slip, *names[at + 1 :]] if slip else None


def _next_month(work: Work, _value: object, _rng: random.Random) -> object:
    known = [
        date for date in (work.dates.online, work.dates.print, work.dates.posted, work.dates.issued) if date
    ]
    if not known or any(date.day is None for date in known):
        return None
    last = max(known)
    day = last.day or 31
    return f"{last.year}-{last.month or 1:02d}-{day + 1:02d}" if day < 28 else None


def _sister(_work: Work, value: object, rng: random.Random) -> object:
    text = str(value)
    return (
        None
        if "*" not in text
        else text.replace("*", "", 1).replace("*", rng.choice((" Letters", " Reviews")), 1)
    )


def _shorter(_work: Work, value: object, _rng: random.Random) -> object:
    sentences = re.split(r"(?<=\.)\s+", str(value))
    return " ".join(sentences[: len(sentences) // 2]) if len(sentences) > 3 else None


def _other_year(work: Work, _value: object, rng: random.Random) -> object:
    year = styles.year_of(work)
    return f"{year - rng.randrange(4, 9)}-03-17" if year else None


def _other_day(work: Work, _value: object, _rng: random.Random) -> object:
    known = (work.dates.online, work.dates.print, work.dates.posted, work.dates.issued)
    days = {(date.month, date.day) for date in known if date}
    if not all(date.day for date in known if date) or (11, 23) in days:
        return None
    year = styles.year_of(work)
    return f"{year}-11-23" if year else None


def _other_type(work: Work, _value: object, _rng: random.Random) -> object:
    return ["5" if NUMBERS[work.type] != "5" else "2"] if NUMBERS[work.type] != "7" else None


def _other_journal(_work: Work, _value: object, rng: random.Random) -> object:
    return f"*{rng.choice(JOURNALS)}*"


DIFFERENCES: Mapping[str, Callable[[Work, object, random.Random], object]] = {
    "title: one word": _other_words,
    "title: two letters swapped": _title_slip,
    "authors: one missing": _drop,
    "authors: one extra": _add,
    "authors: one replaced": _replace,
    "authors: two swapped": _swap,
    "authors: two letters swapped": _name_slip,
    "date: a day later": _next_month,
    "date: another year": _other_year,
    "date: another day": _other_day,
    "publication_types: another": _other_type,
    "publication: another": _other_journal,
    "publication: a sister journal": _sister,
    "abstract: one word": _other_words,
    "abstract: cut in half": _shorter,
}
