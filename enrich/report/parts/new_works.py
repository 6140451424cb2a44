"""Render the works of a site's people that have no page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enrich.model.new_work import NewWork, NewWorks, SitePerson
from enrich.model.report import PLAIN
from enrich.report.parts.added_pages import format_added_pages
from enrich.report.parts.entry_text import wrap_words
from enrich.report.parts.markdown_entries import escape_short, link_text
from enrich.report.parts.next_steps import format_next_steps
from enrich.report.parts.safe_text import escape_line, format_json
from enrich.text.compare import strip_markup
from enrich.text.count_noun import count_noun
from enrich.text.doi_address import format_doi_address

_MARKDOWN_STEPS = (
    "`enrich add DOI` makes a page. An `[[ignore]]` with the DOI in `enrich.toml` leaves a work out."
)
MOST_LISTED = 40  # works in Markdown, which people read together with other news


def format_new_works(
    found: NewWorks, name: str, tool: str, steps: Sequence[str] = (), width: int = PLAIN.width
) -> str:
    """Return the works as text, with the next commands; as `markdown`; or as one `json` document."""
    if name == "json":
        people = [_build_person(person) for person in found.people]
        works = [_build_work(one) for one in found.works]
        return format_json({"schema": 1, "tool": tool, "people": people, "works": works}, indent=2) + "\n"
    if name == "markdown":
        return "".join(f"{line}\n" for line in _list_markdown_lines(found))
    lines = [part for line in _list_work_lines(found) for part in wrap_words(escape_line(line), width)]
    lines += format_next_steps("\n".join(steps) if _list_new(found) else "", width)
    return format_added_pages(found.added, name, tool) + "".join(f"{line}\n" for line in lines)


def _list_new(found: NewWorks) -> list[NewWork]:
    return [one for one in found.works if one.status == "new"]


def _list_markdown_lines(found: NewWorks) -> Iterator[str]:
    """Yield the lines of a part of a pull request's text; none if there is no work without a page."""
    new = _list_new(found)
    problems = [f"- {escape_short(line)}" for line in _describe_failures(found)]
    if new or problems:
        yield from ("", "### Works without a page", "")
        yield f"{escape_short(count_works(found))}. {_MARKDOWN_STEPS}"
        yield from ("", *problems, *map(_format_markdown_work, new[:MOST_LISTED]))
    if len(new) > MOST_LISTED:
        yield f"- … and {len(new) - MOST_LISTED} more; `enrich new` lists all of them"


def _format_markdown_work(one: NewWork) -> str:
    """Return a work as an item of a list."""
    where = f", {escape_short(container)}" if (container := read_container(one)) else ""
    title = escape_short(strip_markup(one.work.title))
    also = "".join(f", also {link_text(doi)}" for doi in one.also)
    return f"- {one.date or 'no date'}: **{title}**{where}: {link_text(one.work.doi)}{also}"


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
    yield from (*_describe_failures(found), *_describe_unnamed(found))
    yield from map(_describe_work, _list_new(found))
    yield count_works(found)


def count_works(found: NewWorks) -> str:
    """Return the number of works without a page, and the names of their authors."""
    names = ", ".join(person.name or person.orcid for person in found.people)
    ignored = sum(one.status == "ignored" for one in found.works)
    works = count_noun(len(_list_new(found)), "work")
    return f"{works} of {names} without a page" + (f", {ignored} ignored" if ignored else "")


def list_problems(found: NewWorks) -> list[str]:
    """Return a line for each service that did not answer, and for each page that could not be made."""
    failed = (f"{page.doi}: not added: {page.error}" for page in found.added if page.error)
    return [escape_line(line) for line in (*_describe_failures(found), *failed, *_describe_unnamed(found))]


def _describe_unnamed(found: NewWorks) -> Iterator[str]:
    for orcid in found.unnamed:
        yield f"no record names the ORCID iD {orcid}; check it at https://orcid.org/{orcid}"


def _describe_failures(found: NewWorks) -> Iterator[str]:
    yield from (f"the list may be incomplete: {reason}; run the command again" for reason in found.failures)


def _describe_work(one: NewWork) -> str:
    where = f", {container}" if (container := read_container(one)) else ""
    also = f" (also {', '.join(one.also)})" if one.also else ""
    title = strip_markup(one.work.title)
    return f"{one.date or 'no date'}: {title}{where}: {format_doi_address(one.work.doi)}{also}"
