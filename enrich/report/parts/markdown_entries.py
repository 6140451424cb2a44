"""Format a change or finding in Markdown, as an item of a list or a row of a table, and papers' headings."""

from __future__ import annotations

from collections.abc import Sequence

from enrich.model.plan import Candidate, Change, Finding, Outcome
from enrich.report.parts.candidate_text import explain_candidate
from enrich.report.parts.doi_links import build_doi_url, link_dois
from enrich.report.parts.labels import label_change, name_source, select_evidence
from enrich.report.parts.markdown_escape import (
    escape_markdown,
    escape_message,
    escape_part,
    format_cell_code,
    format_code,
)
from enrich.report.parts.papers import Paper, PaperEntry
from enrich.report.parts.safe_text import escape_line
from enrich.report.parts.shared_findings import SharedFinding
from enrich.report.parts.word_diff import Piece, diff_words, shorten_pieces
from enrich.text.candidate_line import describe_candidate
from enrich.text.count_noun import count_noun

# Colour is never the only sign: each mark comes with its word.
MARKS = {
    "failed": "🔴",
    "error": "🔴",
    "warning": "🟠",
    "needs review": "🟠",
    "cannot be written": "🟠",
    "note": "⚪",
}
_LONGEST_VALUE, _LONGEST_MESSAGE = 400, 600  # characters; the page and the patch have the whole text


def format_item(paper: Paper, shown: PaperEntry) -> str:
    """Return an entry as an item of a list: its mark, its place, its text or the words that differ."""
    entry = shown.entry
    places = ", ".join(map(format_code, paper.list_places(shown)))
    where = f", on {places}" if places else ""
    kind: str
    if isinstance(entry, Finding):
        kind, name, text = entry.severity, entry.code, link_text(entry.message)
        evidence = select_evidence(entry)
        text += f" ({link_text(evidence)})" if evidence else ""
    else:
        kind, name, text = label_change(entry), entry.key, _describe_difference(shown.outcome, entry)
    mark = f"{MARKS[kind]} **{kind}** {format_code(name)}"
    return f"- {mark}{name_line(entry.line)}{_name_file(entry)}{where}: {text}\n"


def format_candidate_item(candidate: Candidate) -> str:
    """Return a DOI that may be the page's own as an item of a list."""
    text = f"{link_text(describe_candidate(candidate))}: {format_message(explain_candidate(candidate))}"
    return f"- {MARKS['needs review']} **{candidate.verdict}** {text}\n"


def format_shared_item(finding: SharedFinding, message: str) -> str:
    """Return a finding of many pages as an item of a list, with its page if it has only one."""
    pages = format_code(finding.paths[0]) if finding.is_alone else count_noun(len(finding.paths), "page")
    mark = f"{MARKS[finding.severity]} **{finding.severity}** {format_code(finding.code)}"
    return f"- {mark} on {pages}: {link_text(message)}\n"


def format_row(paper: Paper, shown: PaperEntry, change: Change) -> str:
    """Return a change as a row of a table: the field, both values, the reason."""
    where = f"{escape_markdown(change.key)}{name_line(change.line)}{_name_file(change)}"
    places = ", ".join(map(format_cell_code, paper.list_places(shown)))
    where += f"<br>on {places}" if places else ""
    reasons = "; ".join(map(format_message, _list_reasons(change)))
    return format_cells(where, *format_both_sides(change), reasons)


def format_both_sides(change: Change) -> tuple[str, str]:
    """Return the old and the new value of a change as cells of a table."""
    pieces = shorten_pieces(diff_words(change.old, change.new))
    return _format_one_side(pieces, "old"), _format_one_side(pieces, "new")


def format_cells(*cells: str) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |\n"


def format_paper_heading(paper: Paper) -> str:
    """Return the paper's title, its DOI as a link, and its pages."""
    paths = [format_code(outcome.path) for outcome in paper.outcomes]
    url = build_doi_url(paper.doi)
    doi = [f"[{format_code(paper.doi)}]({url})"] * bool(url)
    is_path = paper.title == escape_line(paper.outcomes[0].path)
    title = [] if is_path else [f"**{escape_short(paper.title)}**"]
    return " · ".join([*title, *doi, ", ".join(paths)])


def link_text(text: str) -> str:
    """Return a message with its DOIs as links that people can copy."""
    return escape_message(_cut_text(text), _link_part)


def format_message(text: str) -> str:
    """Return a message of bounded length, without links."""
    return escape_message(_cut_text(text), escape_part)


def escape_short(text: str) -> str:
    """Return a text of bounded length as Markdown that shows it."""
    return escape_markdown(_cut_text(text))


def _name_file(entry: Change | Finding) -> str:
    """Return the words after a line that name the citation file, `""` for the page itself."""
    file = entry.file if isinstance(entry, Change) else ""
    return f" of {escape_markdown(file.rpartition('/')[2])}" if file else ""


def name_line(line: int) -> str:
    """Return the words after a name that give the line, `""` if the line is not known."""
    return f", line {line}" if line else ""


def _describe_difference(outcome: Outcome, change: Change) -> str:
    """Return a change in one line: the words that differ, the record's source, the reason."""
    pieces = shorten_pieces(diff_words(change.old, change.new))
    differs = " ".join(_format_piece(kind, words) for kind, words in pieces)
    reasons = "; ".join(map(format_message, _list_reasons(change)))
    source = name_source(outcome)
    if source not in change.reason:
        reasons = f"{escape_short(source)}; {reasons}"
    return f"{_cut_marked_text(differs)} ({reasons})"


def _list_reasons(change: Change) -> list[str]:
    refused = [f"why not: {change.refused_because}"] * (change.status == "refused")
    return [*refused, *filter(None, [change.reason])]


def _format_one_side(pieces: Sequence[Piece], kind: str) -> str:
    """Return the old or the new value; mark its own words if both sides share some."""
    own = [(each, words) for each, words in pieces if each in {"same", kind} and words]
    has_shared = any(each == "same" for each, _ in pieces)
    return _cut_marked_text(
        " ".join(_format_piece(each if has_shared else "same", words) for each, words in own)
    )


def _format_piece(kind: str, words: Sequence[str]) -> str:
    text = escape_markdown(_cut_words(" ".join(words)))
    tag = {"old": "del", "new": "ins"}.get(kind)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _cut_words(text: str) -> str:
    """Return the text with whole words and an ellipsis if it is too long; a single long word is cut."""
    if len(text) <= _LONGEST_VALUE:
        return text
    return f"{text[: _LONGEST_VALUE + 1].rpartition(' ')[0] or text[:_LONGEST_VALUE]} …"


def _cut_marked_text(text: str) -> str:
    """Return a value without the pieces that do not fit on a line; never cut a piece."""
    if len(text) <= 4 * _LONGEST_VALUE:
        return text
    cut = text.rfind("</", 0, 4 * _LONGEST_VALUE)
    return f"{text[: text.find('>', cut) + 1]} …" if cut >= 0 else text


def _link_part(part: str) -> str:
    return "".join(
        f"[{format_code(piece)}]({url})" if url else escape_part(piece) for piece, url in link_dois(part)
    )


def _cut_text(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]} …"
