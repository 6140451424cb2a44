"""Measure DOIs elsewhere on pages than under their own key: `python -m bench.placed_dois SITES [seed]`.

SITES is a folder of Hugo sites. Records are made from the pages themselves: of a page whose DOI is
elsewhere, the record of that DOI; and for every page, records of other works at a DOI that the page
then gives as its PDF.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from enrich.model.page import Doi, Page, PlacedDoi, Value
from enrich.model.site_context import Profile, ThemeSettings
from enrich.model.work import Answer, Dates, Found, NotFound, Person, Update, Work
from enrich.reconciler.partial_dates import read_date
from enrich.reconciler.people.author_entries import read_author_entries
from enrich.reconciler.people.parse_name import parse_inverted_name
from enrich.reconciler.people.profile_lookup import find_profile
from enrich.reconciler.type_words import read_first_type, to_csl
from enrich.reconciler.work_kinds import read_page_kind, read_venue
from enrich.site import page_files, pages, site_survey
from enrich.steps.page_lookup import confirm_dois
from enrich.text.compare import strip_markup
from enrich.text.page_doi import page_doi

TYPES = {
    "paper-conference": "proceedings-article",
    "article": "posted-content",
    "report": "report",
    "book": "book",
    "chapter": "book-chapter",
    "thesis": "dissertation",
}
NEVER = re.compile(
    r"title|code|dataset|slides|poster|video|project|abstract|summary|image|caption|tags|notes"
)
ANY_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>{}]+")
ANY_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})")


class MadeLookup:
    """Answers from a table of works, as a look-up does."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        """Take the works by DOI."""
        self.works = works

    def look_up(self, dois: Iterable[str], _progress: object = None) -> dict[str, Answer]:
        """Return an answer for every DOI."""
        works = self.works
        return {doi: Found(works[doi], "records", True) if doi in works else NotFound() for doi in dois}


def find_elsewhere(page: Page, folder: Path) -> str:
    """Return a DOI in any value of a page that may hold its own, or in its cite.bib; `""` without one."""
    texts = [text for key, text in _walk(page.front.data, "") if not NEVER.search(key.lower())]
    bib = folder / "cite.bib"
    texts += [bib.read_text("utf-8", "replace")] if bib.is_file() else []
    for text in texts:
        if match := ANY_DOI.search(text):
            return re.sub(r"(?:v\d+)?(?:\.full|\.pdf|/pdf|/full)*[.,;)]*$", "", match[0]).lower()
        if match := ANY_ARXIV.search(text):
            return f"10.48550/arxiv.{match[1]}"
    return ""


def _walk(value: Value, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        name = " ".join(str(value.get(part, "")) for part in ("name", "type"))
        for inner, item in value.items():
            yield from _walk(item, f"{key} {name} {inner}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item, key)


def make_work(page: Page, doi: str, profiles: Mapping[str, Profile]) -> Work:
    """Return the record that the page is about."""
    names = []
    for entry in read_author_entries(page.get("authors")):
        profile = find_profile(entry, profiles)
        names.append(profile.names[0] if profile and profile.names else entry)
    date, title = read_date(page.get("date")), page.get("title")
    venue = page.get("publication")
    kind = TYPES.get(to_csl(read_first_type(page.get("publication_types"))), "journal-article")
    container = strip_markup(venue) if isinstance(venue, str) and len(venue) < 80 else ""
    return Work(
        doi=doi,
        type=kind,
        titles=(strip_markup(title),) if isinstance(title, str) else (),
        contributors=tuple(map(parse_inverted_name, names)),
        container_titles=(container,) if container else (),
        dates=Dates(issued=date),
    )


OTHER_WORKS: Mapping[str, Callable[[Work, Work], Work]] = {
    "a data set of the same title": lambda own, _: replace(own, type="dataset", agency="datacite"),
    "its code": lambda own, _: replace(own, type="other", subtype="software", agency="datacite"),
    "its supplement": lambda own, _: replace(own, type="component"),
    "a correction": lambda own, _: replace(
        own, titles=(f"Correction to: {own.title}",), update_to=(Update("correction", "10.1/x"),)
    ),
    "a reply": lambda own, _: replace(own, titles=(f"Reply to “{own.title}”",)),
    "a review of it": lambda own, _: replace(own, type="peer-review"),
    "the journal's home": lambda own, _: Work(own.doi, "journal", titles=("Journal of Made Things",)),
    "a lab mate's paper": lambda own, other: replace(other, doi=own.doi, contributors=own.contributors),
    "another paper of the site": lambda own, other: replace(other, doi=own.doi),
    "the next part": lambda own, _: replace(own, titles=(f"{own.title}: Part II",)),
    "the same ten years later": lambda own, _: (
        replace(own, dates=Dates(issued=replace(own.dates.issued, year=own.dates.issued.year + 10)))
        if own.dates.issued
        else replace(own, type="dataset")
    ),
    "other people's of that title": lambda own, _: replace(
        own,
        contributors=(Person("Nobody", "Zoltan Q"),) * bool(own.contributors),
        type=own.type if own.contributors else "dataset",
    ),
    "the preprint of an article": lambda own, _: replace(
        own, type="posted-content", container_titles=(), institutions=("arXiv",)
    ),
}


def measure_site(folder: Path, rng: random.Random, counts: Counter[str], missed: list[str]) -> None:
    """Count the pages of a site whose DOI was reconciled, and the other works that were taken for theirs."""
    site = pages.find_site([folder])
    read = page_files.read_pages(site, lambda *_: None)
    survey = site_survey.survey_site(site, read.read.values(), ThemeSettings())
    missing = {path: page for path, page in read.read.items() if page_doi(page).parsed is None}
    placed = {
        path: doi for path, page in missing.items() if (doi := find_elsewhere(page, (folder / path).parent))
    }
    for path, doi in placed.items():
        keys = {one.doi.key for one in missing[path].placed_dois if doi.startswith(one.doi.key)} or {doi}
        lookup = MadeLookup({key: make_work(missing[path], key, survey.profiles) for key in keys})
        looked_up = confirm_dois(lookup, read, survey, [path], lambda *_: None)  # type: ignore[arg-type]
        own = page_doi(looked_up.pages.read[path]).key
        counts["pages with a DOI elsewhere"] += 1
        counts["reconciled"] += own in keys
        if own not in keys:
            missed.append(f"{folder.name}/{path}: {doi} {missing[path].get('title')!r:.60}")
    _measure_traps(read, survey, rng, counts, missed)


def _measure_traps(
    read: page_files.SitePages,
    survey: site_survey.Survey,
    rng: random.Random,
    counts: Counter[str],
    missed: list[str],
) -> None:
    titled = [page for page in read.read.values() if isinstance(page.get("title"), str)]
    if len(titled) < 2:
        return
    for page in titled:
        own = make_work(page, "10.5555/trap", survey.profiles)
        other = make_work(rng.choice([one for one in titled if one is not page]), own.doi, survey.profiles)
        if strip_markup(own.title) == strip_markup(other.title) or not own.title:
            continue
        for name, change in OTHER_WORKS.items():
            if _is_own_after_all(name, page, own):
                continue
            bare = replace(page, doi=None, placed_dois=(PlacedDoi(Doi(own.doi, own.doi), ("url_pdf",)),))
            bare = replace(bare, doi=replace(page_doi(bare), parsed=None))
            site_pages = page_files.SitePages({page.path: bare}, {})
            lookup = MadeLookup({own.doi: change(own, other)})
            looked_up = confirm_dois(lookup, site_pages, survey, [page.path], lambda *_: None)  # type: ignore[arg-type]
            counts["other works"] += 1
            if page_doi(looked_up.pages.read[page.path]).key:
                counts["other works taken"] += 1
                missed.append(f"TAKEN {name}: {page.path} {own.title[:60]!r} / {other.title[:60]!r}")


def _is_own_after_all(name: str, page: Page, own: Work) -> bool:
    """Return whether the page itself says that it is about such a work, or names nobody to compare."""
    if name.startswith("the preprint"):
        is_draft = own.type in {"posted-content", "report"}  # working papers are typed as either
        return is_draft or "rxiv" in read_venue(page).lower() or not read_venue(page)
    if name == "its code":
        return read_page_kind(page) == "software"
    return name.startswith("other people's") and all(not person.given for person in own.contributors)


def main(sites: str, seed: int = 1) -> None:
    """Print the counts, then each page that was missed and each other work that was taken."""
    counts, missed, rng = Counter[str](), list[str](), random.Random(seed)
    for folder in sorted(Path(sites).iterdir()):
        measure_site(folder, rng, counts, missed)
    print(*(f"{count:6} {name}" for name, count in counts.items()), *missed, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
