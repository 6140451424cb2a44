"""Format the changes of the Markdown report that are written, or would be: a table for each paper.

Many papers with the same small change share a table. On a site that types its DOIs as addresses, a table for
each paper would hide all other changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from enrich.model.plan import Change
from enrich.report.parts.labels import describe_change, label_change
from enrich.report.parts.markdown_entries import (
    escape_short,
    format_both_sides,
    format_cells,
    format_message,
    format_paper_heading,
    format_row,
)
from enrich.report.parts.markdown_escape import escape_markdown, format_cell_code
from enrich.report.parts.papers import Paper, PaperEntry
from enrich.text.count_noun import count_noun

PaperChange: TypeAlias = tuple[PaperEntry, Change]

_MANY = 3  # papers with the same change, from which number on they share a table


def format_paper_changes(papers: Sequence[Paper]) -> list[str]:
    """Return the blocks of the papers with such changes; the shared tables come last."""
    alike: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for paper in papers:
        if name := _name_only_tidying(paper):
            alike[name].append(paper)
    shared = {name: group for name, group in alike.items() if len(group) >= _MANY}
    own = (paper for paper in papers if _name_only_tidying(paper) not in shared)
    blocks = [block for paper in own if (block := _format_table(paper))]
    return [*blocks, *(row for name, group in shared.items() for row in _format_shared_table(name, group))]


def _list_sure_changes(paper: Paper) -> list[PaperChange]:
    return [
        (shown, change)
        for shown in paper.entries
        if isinstance(change := shown.entry, Change) and label_change(change) in {"written", "safe"}
    ]


def _name_only_tidying(paper: Paper) -> tuple[str, str] | None:
    """Return effect and reason of a paper's only change if it tidies a value on all of its pages."""
    changes = _list_sure_changes(paper)
    if len(changes) != 1 or changes[0][1].kind != "normalise" or paper.list_places(changes[0][0]):
        return None
    change = changes[0][1]
    return describe_change(change), change.reason


def _format_table(paper: Paper) -> str:
    """Return the heading and the table of a paper, `""` without such changes."""
    rows = [format_row(paper, shown, change) for shown, change in _list_sure_changes(paper)]
    head = f"\n{format_paper_heading(paper)}\n\n| field | old | new | why |\n|---|---|---|---|\n"
    return head + "".join(rows) if rows else ""


def _format_shared_table(name: tuple[str, str], papers: Sequence[Paper]) -> Iterator[str]:
    """Yield a row for each paper, so that those that do not fit can be counted; the first has the heading."""
    effect, reason = escape_markdown(name[0]), format_message(name[1])
    head = f"\n**{count_noun(len(papers), 'publication')}: {effect}** · {reason}\n\n"
    head += "| publication | old | new |\n|---|---|---|\n"
    for paper in papers:
        yield head + _format_paper_row(paper)
        head = ""


def _format_paper_row(paper: Paper) -> str:
    [(_, change)] = _list_sure_changes(paper)
    paths = [outcome.path for outcome in paper.outcomes]
    title = [escape_short(paper.title)] * (paper.title not in paths)
    return format_cells("<br>".join([*title, *map(format_cell_code, paths)]), *format_both_sides(change))
