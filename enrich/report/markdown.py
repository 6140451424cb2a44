"""The report as Markdown: the body of a pull request, or the summary of a job."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from enrich.model.plan import Change, Failed, Finding, Outcome, Plan, Skipped
from enrich.model.report import Report
from enrich.report.parts.doi_links import build_doi_url, link_dois
from enrich.report.parts.labels import (
    SEVERITIES,
    count_noun,
    describe_change,
    format_counts,
    is_shown_in_full,
    iterate_changes,
    label_change,
    name_source,
)
from enrich.report.parts.markdown_escape import escape_markdown
from enrich.report.parts.safe_text import escape_line, format_value
from enrich.report.parts.templates import read_template
from enrich.report.parts.word_diff import Piece, diff_words, shorten_pieces

# By this `--output` knows that it may replace the file.
EARLIER_REPORT = re.compile(r"\A### Publications")

MOST = 65_536  # characters of a pull request's body on GitHub; GitLab takes more
_LONGEST_VALUE, _LONGEST_MESSAGE = 400, 600  # characters; the page and the patch have all of it

_REST = "\n… and {} more pages that there is no room for here; `enrich check` shows them all.\n"

Size = Callable[[str], int]


def render(report: Report, *, color: bool = False, verbose: int = 0) -> str:  # noqa: ARG001 - Markdown has none
    """Return a pull request's body; `verbose` 1 has what was shown before as well."""
    return document(report, most=MOST, size=_utf16, full=verbose > 0)


def document(report: Report, *, most: int, size: Size, full: bool = False) -> str:
    """Return the document, cut with a sentence where it would be larger than `most`."""
    outcomes = sorted(report.outcomes, key=_weight)
    needs = list(_needs(outcomes, full=full))
    pages = [block for outcome in outcomes if (block := _page(outcome, full=full))]
    head, notes = f"{_heading(report)}\n\n{_acted(report)}\n", "".join(_notes(report))
    keeping = f"\n{read_template('keeping.md')}"
    room = most - size(head + notes + keeping) - 500  # for the headings and sentences between
    needs = _fitting(needs, room // 2, size, "- … and {} more\n")
    pages = _fitting(pages, room - sum(map(size, needs)), size, _REST)
    text = "".join(
        [
            head,
            *(["\n#### Needs you\n\n", *needs] if needs else []),
            *(["\n#### Page by page\n\n", *pages] if pages else []),
            notes,
            keeping if pages else "",
        ]
    )
    return text if size(text) <= most else ""


def _utf16(text: str) -> int:
    # Whoever counts in code points, in JavaScript or in MySQL's four bytes, counts no more.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _heading(report: Report) -> str:
    name = f" on {escape_markdown(report.site[:100])}" if report.site else ""
    return f"### Publications{name}\n\n{escape_markdown(format_counts(report))}"


def _acted(report: Report) -> str:
    """Return what was written, or what would be."""
    states = Counter(map(label_change, iterate_changes(report.outcomes)))
    if states["written"]:
        pages = count_noun(report.summary.written, "page")
        return f"**Written:** {count_noun(states['written'], 'change')} on {pages}."
    if states["safe"]:
        these = "the safe change" if states["safe"] == 1 else f"the {states['safe']} safe changes"
        return f"Nothing is written yet: `enrich apply` writes {these}."
    return "Nothing was written."


def _needs(outcomes: Iterable[Outcome], *, full: bool) -> Iterator[str]:
    """Yield a line for all that only the owner can decide."""
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            continue
        if isinstance(outcome, Failed):
            error = escape_markdown(_short(outcome.error))
            yield f"- {_place(outcome.path, outcome.line)}: **failed**: {error}\n"
        for finding in outcome.findings:
            if finding.severity == "error" or (finding.severity == "warning" and (full or finding.is_new)):
                yield f"- {_place(outcome.path, finding.line)}: {_finding(finding)}\n"
        for change in outcome.changes:
            if label_change(change) in {"needs review", "refused"} and (full or is_shown_in_full(change)):
                words = escape_markdown(describe_change(change)) + _refusal(change)
                yield f"- {_place(outcome.path, change.line)}: {words}\n"


def _page(outcome: Outcome, *, full: bool) -> str:
    """Return the folded block of a page, `""` where it has nothing to say but notes."""
    if isinstance(outcome, Skipped):
        return ""
    shown = [change for change in outcome.changes if full or is_shown_in_full(change)]
    found = [finding for finding in outcome.findings if full or finding.is_new or finding.severity == "error"]
    if not shown and all(finding.severity == "note" for finding in found):
        return ""
    said = Counter(map(label_change, shown)) + Counter(finding.severity for finding in found)
    tally = ", ".join(_tally(name, count) for name, count in said.items())
    rows = [_row(outcome, change) for change in shown]
    table = ["| field | old | new | source | why |\n|---|---|---|---|---|\n", *rows, "\n"] if rows else []
    return "".join(
        [
            f"<details>\n<summary><code>{escape_markdown(outcome.path)}</code>: {tally}</summary>\n\n",
            f"{_title(outcome)}\n\n",
            *table,
            *(f"- {_finding(finding)}\n" for finding in found),
            "\n</details>\n",
        ]
    )


def _tally(name: str, count: int) -> str:
    if name in SEVERITIES:
        return count_noun(count, name)
    return count_noun(count, "needs review", "need review") if name == "needs review" else f"{count} {name}"


def _title(outcome: Plan | Failed) -> str:
    title = (
        escape_markdown(_short(format_value(outcome.page.get("title")))) if isinstance(outcome, Plan) else ""
    )
    url = build_doi_url(outcome.doi)
    return " · ".join(filter(None, [title, f"[{escape_markdown(outcome.doi)}]({url})" if url else ""]))


def _row(outcome: Plan | Failed, change: Change) -> str:
    pieces = shorten_pieces(diff_words(change.old, change.new))
    cells = [
        f"{escape_markdown(change.key)}<br>{label_change(change)}"
        + (f"<br>line {change.line}" if change.line else ""),
        _side(pieces, "old", "del"),
        _side(pieces, "new", "ins"),
        escape_markdown(name_source(outcome)),
        escape_markdown(_short(change.reason)) + _refusal(change),
    ]
    return f"| {' | '.join(cells)} |\n"


def _side(pieces: Sequence[Piece], kind: str, tag: str) -> str:
    """Return one side of a difference, the words that are on it alone marked."""
    here = [(each, " ".join(words)) for each, words in pieces if each in {"same", kind}]
    marks = len({each for each, _ in here}) > 1
    parts: list[str] = []
    left = _LONGEST_VALUE
    for each, words in here:
        shown = escape_markdown(words[:left] + "…" * (len(words) > left))
        parts.append(f"<{tag}>{shown}</{tag}>" if marks and each == kind else shown)
        left -= len(words)
        if left <= 0:
            break
    return " ".join(parts)


def _finding(finding: Finding) -> str:
    said = f"**{finding.severity}** `{_code(finding.code)}`: {_linked(finding.message)}"
    return f"{said} (see: {_linked(finding.evidence)})" if finding.evidence else said


def _code(text: str) -> str:
    """Return a name as it may stand between backticks."""
    return escape_line(text).replace("`", "'")


def _linked(text: str) -> str:
    return "".join(
        f"[{escape_markdown(part)}]({url})" if url else _inner(part)
        for part, url in link_dois(_short(escape_line(text)))
    )


def _inner(part: str) -> str:
    # The blanks at the ends of a part are the text's own.
    return " " * part.startswith(" ") + escape_markdown(part) + " " * (part != " " and part.endswith(" "))


def _refusal(change: Change) -> str:
    if change.status != "refused":
        return ""
    return f"; cannot be written: {escape_markdown(_short(change.refused_because))}"


def _place(path: str, line: int) -> str:
    return f"<code>{escape_markdown(path)}</code>" + (f", line {line}" if line else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]} …"


def _notes(report: Report) -> Iterator[str]:
    """Yield what the run has to say about itself."""
    if report.notes:
        yield "\n#### About this run\n\n"
        yield from (f"- {escape_markdown(note[:200])}\n" for note in report.notes[:10])


def _weight(outcome: Outcome) -> int:
    """Return where a page stands: failures and errors first, what is only written last."""
    if isinstance(outcome, Failed):
        return 0
    if isinstance(outcome, Skipped):
        return 4
    severities = {finding.severity for finding in outcome.findings if finding.is_new}
    if "error" in severities:
        return 1
    return (
        2
        if "warning" in severities or any(label_change(one) == "needs review" for one in outcome.changes)
        else 3
    )


def _fitting(blocks: Sequence[str], room: int, size: Size, rest: str) -> list[str]:
    """Return the first blocks that there is room for, and how many are left out."""
    shown: list[str] = []
    for block in blocks:
        room -= size(block)
        if room < 0:
            return [*shown, rest.format(len(blocks) - len(shown))]
        shown.append(block)
    return shown
