"""Findings about what stands on the page: links, authors, dates, types, comments, broken characters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from enrich.model.page import Value
from enrich.model.work import Person, Work
from enrich.reconciler.commented_out import is_template_value
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import is_empty, read_texts
from enrich.reconciler.fields.registry import FIELDS
from enrich.reconciler.findings.registry import Said, page_check, work_check
from enrich.reconciler.linked_works import other_work, pdf_links
from enrich.reconciler.partial_dates import is_readable_date, read_date
from enrich.reconciler.people.parse_name import format_full_name, format_inverted_name, make_name_key
from enrich.reconciler.type_words import CSL, NUMBERS, read_first_type
from enrich.text.compare import is_mojibake

NAMED = 5  # so many people are named in a message, the others counted


@work_check("link-other-work", "warning")
def link_other_work(comparison: Comparison, work: Work) -> Iterator[Said]:
    """A PDF link on this page holds the DOI or the publisher's number (PII) of another work.

    Example: `url_pdf` was left over from the page that served as a template.
    What to do: open the link; correct or empty it. Links to preprints, data, code or slides are fine.
    """
    for link in pdf_links(comparison.page):
        other = other_work(link, comparison, work)
        if other and not comparison.is_kept(link.key):
            title = comparison.title_of(other)
            named = other if other.startswith("10.") else f"PII {other}"
            which = f"“{title}” ({named})" if title else named
            where = "a link in links" if link.key == "links" else link.key
            yield Said(f"{where} leads to another work: {which}; correct or empty it", link.line, link.url)


@work_check("authors-differ", "warning")
def authors_differ(comparison: Comparison, work: Work) -> Iterator[Said]:
    """The authors on the page and in the record are not the same people in the same order.

    Nobody is ever taken out or moved by enrich; a missing name may be proposed as a change.
    What to do: compare with the paper. If the page is right, leave it: you are told once, and with
    `# enrich: keep` on its line not at all.
    """
    entries = comparison.entries
    base = read_texts(comparison.base.get("authors"))
    people = work.contributors
    if (
        not entries
        or not people
        or not comparison.rules.wants("authors")
        or comparison.is_kept("authors")
        or comparison.rules.policies.get("authors") == "keep"
    ):
        return
    if base and base == tuple(format_inverted_name(person) for person in people):
        return
    found = comparison.alignment
    shown, typed = comparison.shown_entries, [entry.strip() for entry in entries]
    parts = (
        _named("missing", [format_full_name(people[j]) for j in found.missing]),
        _named("not in the record", [shown[i] for i in found.extra]),
        _named("in another place", [f"{shown[i]} (number {j + 1} in the record)" for i, j in found.moved]),
    )
    message = "; ".join(part for part in parts if part)
    if message:
        said = (
            *(make_name_key(format_inverted_name(people[j])) for j in found.missing),
            *(typed[i] for i in found.extra),
        )
        about = "; ".join((*said, *(typed[i] for i, _ in found.moved)))
        message = f"the authors differ from the record: {message}"
        yield Said(message, comparison.line("authors"), evidence=_listed(people), about=about)


@work_check("alias-unknown", "note")
def alias_unknown(comparison: Comparison, work: Work) -> Iterator[Said]:
    """An entry such as `admin` has no author page to say who it is.

    Where its neighbours are known, the person is taken from the entry's place in the record.
    What to do: make `content/authors/admin/_index.md` with your name as its title.
    """
    entries = comparison.entries
    found = comparison.alignment
    for i, j in found.inferred:
        name = format_full_name(work.contributors[j])
        yield Said(
            f"{entries[i]} has no author page that fits; taken for {name} by its place",
            comparison.line("authors"),
        )
    for i in found.unknown:
        yield Said(
            f"{entries[i]} has no author page, so nobody knows who that is", comparison.line("authors")
        )


@page_check("date-future", "warning")
def date_future(comparison: Comparison) -> Iterator[Said]:
    """The date lies in the future, and Hugo leaves such a page out.

    What to do: correct the date, or set `publishDate` to a day that has been.
    """
    date = read_date(comparison.page.get("date"))
    published = read_date(comparison.page.get("publishdate"))
    shown_from = published or date
    if shown_from is not None and shown_from.day is not None and shown_from.month is not None:
        day = dt.date(shown_from.year, shown_from.month, shown_from.day)
        if day > comparison.rules.today:
            key = "publishdate" if published else "date"
            yield Said(
                f"{day} lies in the future: Hugo leaves the page out until then",
                comparison.line(key),
                evidence=str(day),
            )


@page_check("date-invalid", "warning")
def date_invalid(comparison: Comparison) -> Iterator[Said]:
    """The date cannot be read by Hugo as it was meant: it shows 1970, or the build fails.

    Example: `date: 2024` is taken for a number of seconds; `2016-04-31` does not exist.
    What to do: write the whole day, 2024-01-01.
    """
    value = comparison.page.get("date")
    if is_empty(value):
        return
    if not is_readable_date(value):
        yield Said(
            f"Hugo cannot read the date {value} as a day; write it as YYYY-MM-DD",
            comparison.line("date"),
            evidence=str(value),
        )


@page_check("type-dialect", "warning")
def type_dialect(comparison: Comparison) -> Iterator[Said]:
    """The page's type is written in the other way than the site's theme reads.

    Example: `article-journal` on a site of numbers makes the Hugo build fail; a number on a site of words
    prints "2".
    What to do: write the type as the site's other pages do.
    """
    local = read_first_type(comparison.page.get("publication_types"))
    wanted = comparison.site_context.site_types
    if wanted == "number" and local.lower() in NUMBERS:
        yield Said(
            f"the site's types are numbers: {local} is {NUMBERS[local.lower()]}",
            comparison.line("publication_types"),
            evidence=local,
        )
    elif wanted == "csl" and local in CSL:
        yield Said(
            f"the site's types are words: {local} is {CSL[local]}",
            comparison.line("publication_types"),
            evidence=local,
        )


@page_check("commented-out", "note")
def commented_out(comparison: Comparison) -> Iterator[Said]:
    """A key stands in the page as a comment, with a value of your own: enrich leaves it empty.

    What to do: nothing; or take the `#` away; or let `enrich apply --fill-commented` fill it from the record.
    """
    for key, one in comparison.commented.items():
        row = FIELDS.get(key.lower())
        if row is None or comparison.rules.policies.get(row.name, row.policy) == "keep":
            continue  # it would not be filled anyway
        if is_empty(comparison.page.get(key)) and not is_template_value(one.value):
            yield Said(
                f"{key} is commented out with a value of your own: left alone",
                one.line,
                evidence=_cut(one.value),
                about=key,
            )


@page_check("mojibake", "note")
def mojibake(comparison: Comparison) -> Iterator[Said]:
    """A text has broken characters: it was read in a wrong encoding once.

    Example: "MÃ¼ller" where "Müller" was meant, or the black diamond with a question mark.
    What to do: copy the text again from the paper.
    """
    for key in ("title", "abstract", "publication", "summary", "authors"):
        broken = next((text for text in _texts(comparison.page.get(key)) if is_mojibake(text)), None)
        commented = next((one for name, one in comparison.commented.items() if name.lower() == key), None)
        if broken is not None:
            yield Said(f"{key} has broken characters", comparison.line(key), evidence=_cut(broken), about=key)
        elif commented is not None and is_mojibake(commented.value):
            yield Said(
                f"the commented-out {key} has broken characters",
                commented.line,
                evidence=_cut(commented.value),
                about=key,
            )


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))


def _named(what: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    named = names if len(names) <= NAMED + 1 else names[:NAMED]
    more = f" and {len(names) - NAMED:,} others" if named is not names else ""
    return f"{what}: {', '.join(named)}{more}"


def _listed(people: Sequence[Person]) -> str:
    return _named("record", [format_full_name(person) for person in people])


def _cut(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}…"
