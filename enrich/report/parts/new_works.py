"""Render the works of a site's people that have no page."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.new_work import NewWork, NewWorks, SitePerson
from enrich.report.parts.added_pages import format_added_pages
from enrich.report.parts.safe_text import escape_line, format_json
from enrich.text.compare import strip_markup


def format_new_works(found: NewWorks, name: str, tool: str) -> str:
    """Return the works as text, or with the name `json` as one JSON document."""
    if name == "json":
        people = [_build_person(person) for person in found.people]
        works = [_build_work(one) for one in found.works]
        return format_json({"schema": 1, "tool": tool, "people": people, "works": works}, indent=2) + "\n"
    lines = "".join(f"{escape_line(line)}\n" for line in _list_work_lines(found))
    return format_added_pages(found.added, name, tool) + lines


def _build_person(person: SitePerson) -> dict[str, object]:
    return {"name": person.name, "orcid": person.orcid, "profile": person.profile}


def _build_work(one: NewWork) -> dict[str, object]:
    work = one.work
    return {
        "doi": work.doi,
        "title": strip_markup(work.title),
        "type": work.type,
        "date": str(one.date or ""),
        "container": read_container(one),
        "people": [*one.people],
        "also": [*one.also],
        "status": one.status,
    }


def read_container(one: NewWork) -> str:
    """Return the journal, book or server of a work, `""` if it has none."""
    names = (*one.work.container_titles, *one.work.institutions)
    return strip_markup(names[0]) if names else ""


def _list_work_lines(found: NewWorks) -> Iterator[str]:
    """Yield a line for each new work, and the commands for them."""
    yield from _describe_failures(found)
    new = [one for one in found.works if one.status == "new"]
    yield from map(_describe_work, new)
    names = ", ".join(person.name or person.orcid for person in found.people)
    ignored = sum(one.status == "ignored" for one in found.works)
    works = "1 work" if len(new) == 1 else f"{len(new)} works"
    yield f"{works} of {names} without a page" + (f", {ignored} ignored" if ignored else "")
    if new:
        yield f"Next: enrich add {new[0].work.doi}  # makes a page; `enrich new --add` makes all of them"


def list_problems(found: NewWorks) -> list[str]:
    """Return a line for each service that did not answer, and for each page that could not be made."""
    failed = (f"{page.doi}: not added: {page.error}" for page in found.added if page.error)
    return [escape_line(line) for line in (*_describe_failures(found), *failed)]


def _describe_failures(found: NewWorks) -> Iterator[str]:
    yield from (f"not everything was found: {reason}; run the command again" for reason in found.failures)


def _describe_work(one: NewWork) -> str:
    where = f", {container}" if (container := read_container(one)) else ""
    also = f" (also {', '.join(one.also)})" if one.also else ""
    title = strip_markup(one.work.title)
    return f"{one.date or 'no date'}: {title}{where}: https://doi.org/{one.work.doi}{also}"
