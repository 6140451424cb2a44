"""Render the works without a page as one page for the browser, on which the user chooses."""

from __future__ import annotations

from itertools import groupby

from enrich.model.new_work import NewWorks
from enrich.report.parts.html_page import render_html_page
from enrich.report.parts.new_work_cards import build_work_cards, describe_choices
from enrich.report.parts.new_works import count_works, list_problems
from enrich.report.parts.safe_text import escape_line

ADD = "enrich add"


def render_new_works(found: NewWorks, tool: str, command: str = ADD, config: str = "") -> str:
    """Return the page, which makes a command and [[ignore]] tables from the choices.

    `command` is `enrich add` with the options for this site and without a DOI, as a shell reads it;
    `config` is the file for the [[ignore]] tables, `""` for the site's own.
    """
    cards = build_work_cards(found.works)
    options = command.removeprefix(ADD)
    return render_html_page(
        "new_works",
        tool=tool,
        data={"tool": tool, "command": ADD, "options": options, "works": describe_choices(cards)},
        count=len(cards),
        site=escape_line(found.site) or "this site",
        day=found.day,
        counts=escape_line(count_works(found)),
        problems=list_problems(found),
        added=[page for page in found.added if page.status == "added"],
        groups=[(year, list(group)) for year, group in groupby(cards, lambda card: card.year)],
        people=sorted({name for card in cards for name in card.people}),
        pattern=f"{ADD} DOI DOI …{options}",
        config=escape_line(config),
    )
