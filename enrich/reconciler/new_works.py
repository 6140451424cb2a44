"""Select the works of a site's people that have no page, each work once with all its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from enrich.model.ignore import Ignore
from enrich.model.new_work import NewWork, SitePerson
from enrich.model.page import Page
from enrich.model.site_context import Profile
from enrich.model.work import Work
from enrich.reconciler.author_overlap import count_shared_authors
from enrich.reconciler.findings.notices import find_notice_target
from enrich.reconciler.known_work import list_dois_of_work
from enrich.reconciler.part_forms import is_about_another_work
from enrich.reconciler.partial_dates import list_dates, propose_date
from enrich.reconciler.title_forms import is_same_title, list_title_forms, propose_title, read_title
from enrich.reconciler.work_kinds import SPECIAL, read_work_kind
from enrich.text.compare import comparison_key, strip_markup

# Kinds of records that are not works of their own.
LEFT_OUT = frozenset(
    "component peer-review grant journal journal-issue journal-volume book-series book-set proceedings-series"
    " report-component report-series standard-series".split()
)
_SAME_WORK = frozenset(
    "has-preprint is-preprint-of has-version is-version-of is-new-version-of is-previous-version-of"
    " is-identical-to is-same-as is-original-form-of is-variant-form-of".split()
)
# The kind that leads a work's versions comes first.
_LEADS = ("article-journal", "paper-conference", "chapter", "book", "thesis", "report", "article")
_PUBLISHED = frozenset(_LEADS[:4])
FEWEST_WORDS = 4  # of a title that joins two records
AGREE = 0.8  # of the shorter author list
_HEAD = 10  # letters of a title by which to find pages


def list_new_works(
    found: Mapping[SitePerson, Iterable[Work]], pages: Sequence[Page], profiles: Mapping[str, Profile]
) -> list[NewWork]:
    """Return the works of these people that have no page, the newest first."""
    people: dict[str, list[str]] = defaultdict(list)
    works: dict[str, Work] = {}
    for person, records in found.items():
        for work in records:
            if is_work_of_its_own(work):
                works.setdefault(work.doi, work)
                people[work.doi].append(person.name or person.orcid)
    known = KnownPages(pages, profiles)
    groups = (group for group in group_versions(works.values()) if not any(map(known.has_work, group)))
    new = [_lead_versions(group, people) for group in groups]
    return sorted(new, key=lambda one: (str(one.date or ""), one.work.doi), reverse=True)


def is_work_of_its_own(work: Work) -> bool:
    """Return whether a record is neither a part, a notice, a supplement nor a collection."""
    title = strip_markup(work.title)
    is_piece = any(relation.type == "is-supplement-to" for relation in work.relations)
    is_part = work.type in LEFT_OUT or find_notice_target(work) is not None or is_piece
    return bool(title) and not is_part and not is_about_another_work(title)


def group_versions(works: Iterable[Work]) -> list[list[Work]]:
    """Return the records in groups of one work each: by the relations they name, and by their title."""
    works = [*works]
    parents = dict(enumerate(range(len(works))))
    owners: dict[str, int] = {}
    for at, work in enumerate(works):
        for key in _list_work_keys(work):
            other = owners.setdefault(key, at)
            parents[_find_group(parents, at)] = _find_group(parents, other)
    groups: dict[int, list[Work]] = defaultdict(list)
    for at, work in enumerate(works):
        groups[_find_group(parents, at)].append(work)
    return [part for group in groups.values() for part in _part_published(group)]


def _find_group(parents: Mapping[int, int], at: int) -> int:
    while parents[at] != at:
        at = parents[at]
    return at


def _list_work_keys(work: Work) -> Iterator[str]:
    """Yield the keys that two records of one work share: a DOI, or a title."""
    yield from list_dois_of_work(work)
    yield from (
        relation.id
        for relation in work.relations
        if relation.type in _SAME_WORK and relation.id_type == "doi"
    )
    title = comparison_key(propose_title(work))
    kind = read_work_kind(work)
    words, people = len(strip_markup(work.title).split()), len(work.contributors)
    if words >= FEWEST_WORDS or (words > 1 and people):
        # a short title identifies a work only together with its authors
        names = (
            sorted(comparison_key(one.family) for one in work.contributors) if words < FEWEST_WORDS else ()
        )
        yield " ".join((kind if kind in SPECIAL else "", title, *names))


def _part_published(group: Sequence[Work]) -> Iterator[list[Work]]:
    """Yield the group, split if it has an article and a conference paper, which are two works.

    Preprints and other versions belong to the one that leads.
    """
    first, *others = sort_versions(group)
    apart = [work for work in others if _is_published(work) and _is_published(first)]
    yield [first, *(work for work in others if work not in apart)]
    yield from ([work] for work in apart)


def _is_published(work: Work) -> bool:
    return read_work_kind(work) in _PUBLISHED


def sort_versions(works: Iterable[Work]) -> list[Work]:
    """Return the versions of a work, the one that leads first: an article, else the newest."""
    order = {kind: rank for rank, kind in enumerate(_LEADS)}
    newest = sorted(works, key=lambda work: (read_work_year(work), work.doi), reverse=True)
    return sorted(newest, key=lambda work: order.get(read_work_kind(work), len(order)))


def _lead_versions(group: Sequence[Work], people: Mapping[str, Sequence[str]]) -> NewWork:
    """Return the versions of a work as one: the article leads, else the newest version."""
    first, *others = sort_versions(group)
    names = dict.fromkeys(name for work in (first, *others) for name in people[work.doi])
    return NewWork(first, tuple(names), tuple(work.doi for work in others), propose_date(first.dates))


def read_work_year(work: Work) -> int:
    """Return the year of a work, 0 if its record has none."""
    return min((date.year for date in list_dates(work.dates)), default=0)


def mark_ignored(works: Iterable[NewWork], ignores: Sequence[Ignore]) -> list[NewWork]:
    """Return the works, and mark those whose DOI an [[ignore]] names."""
    ignored = {ignore.doi.lower() for ignore in ignores if ignore.doi}
    return [work.mark("ignored") if ignored & work.dois else work for work in works]


class KnownPages:
    """The pages of a site, by the DOIs and the titles of the works that they are about."""

    def __init__(self, pages: Sequence[Page], profiles: Mapping[str, Profile]) -> None:
        """Index the pages once; each has its DOIs from everywhere on it."""
        self.profiles = profiles
        self.dois = {placed.doi.key for page in pages for placed in page.placed_dois}
        self.by_head: dict[str, list[Page]] = defaultdict(list)
        for page in pages:
            if head := comparison_key(read_title(page))[:_HEAD]:
                self.by_head[head].append(page)

    def has_work(self, work: Work) -> bool:
        """Return whether a page is about a work: it has a DOI of it, or its title and authors."""
        if not self.dois.isdisjoint(list_dois_of_work(work)):
            return True
        forms = list_title_forms(work)
        heads = {comparison_key(form)[:_HEAD] for form in forms}
        return any(
            is_same_title(read_title(page), forms) and self._has_authors(page, work)
            for head in heads
            for page in self.by_head.get(head, ())
        )

    def _has_authors(self, page: Page, work: Work) -> bool:
        authors = count_shared_authors(page, self.profiles, work)
        return authors is None or authors.share >= AGREE
