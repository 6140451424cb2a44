"""Works without a page, of our own making, to render."""

from __future__ import annotations

from enrich.model.new_work import NewWork, NewWorks, SitePerson
from enrich.model.work import PartialDate, Work

ADA, IAN = "Ada Okafor", "Ian Cross"
DAY = PartialDate(2024, 3, 5)


def new_work(
    doi: str = "10.5555/ice",
    title: str = "Ice below the floes",
    *,
    journal: str = "Ice Letters",
    date: PartialDate | None = DAY,
    people: tuple[str, ...] = (ADA,),
    also: tuple[str, ...] = (),
) -> NewWork:
    """Return a work of Ada's without a page, unless told otherwise."""
    work = Work(
        doi, "journal-article", titles=(title,) * bool(title), container_titles=(journal,) * bool(journal)
    )
    return NewWork(work, people, also, date)


def new_works(*works: NewWork, failures: tuple[str, ...] = ()) -> NewWorks:
    """Return the works that were found for Ada."""
    people = (SitePerson("0000-0002-1825-0097", ADA, "admin"),)
    return NewWorks(people, works, failures=failures, site="The Ice Lab", day="2026-01-31")
