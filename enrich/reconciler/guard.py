"""The wrong-DOI guard: whether the record is another paper than the page."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.model import Page, Profile
from enrich.reconciler.authors import is_alias, known_names
from enrich.reconciler.dates import all_dates, read_date
from enrich.reconciler.entries import read_entries
from enrich.reconciler.people import may_be
from enrich.reconciler.titles import title_texts, without_status
from enrich.text.fold import similarity
from enrich.work import Work

HARDLY_A_WORD = 0.2  # of the words of two titles, the share that chance and small words give


def is_another_work(page: Page, profiles: Mapping[str, Profile], work: Work) -> bool:
    """Return whether title, authors and year together say that the record is another paper.

    What one side lacks says nothing; a title alone never suffices.
    """
    title = page.get("title")
    local = title if isinstance(title, str) else ""
    texts = title_texts(work)
    if not local.strip() or not texts:
        return False
    if max(similarity(without_status(local), text) for text in texts) > HARDLY_A_WORD:
        return False
    shared = shared_authors(page, profiles, work)
    if shared is None:
        return False
    return shared == 0 or (shared < 0.5 and _years_apart(page, work) > 1)


def shared_authors(page: Page, profiles: Mapping[str, Profile], work: Work) -> float | None:
    """Return the share of the page's named authors whom the record knows, None where one side has none."""
    entries = [
        names
        for entry in read_entries(page.get("authors"))
        if len(names := known_names(entry, profiles)) > 1 or not is_alias(entry, profiles)
    ]
    if not entries or not work.contributors:
        return None
    left = list(work.contributors)
    known = 0
    for names in entries:
        found = next((person for person in left if any(may_be(name, person) for name in names)), None)
        if found is not None:
            left.remove(found)
            known += 1
    return known / min(len(entries), len(work.contributors))


def _years_apart(page: Page, work: Work) -> int:
    local = read_date(page.get("date"))
    years = [date.year for date in all_dates(work.dates)]
    return min((abs(local.year - year) for year in years), default=0) if local else 0
