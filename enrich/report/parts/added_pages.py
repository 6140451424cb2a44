"""Render the outcome for each DOI for which the user wants a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enrich.model.addition import AddedPage
from enrich.report.parts.safe_text import escape_hidden, escape_line, format_json


def format_added_pages(pages: Sequence[AddedPage], name: str, tool: str) -> str:
    """Return the pages as text, or with the name `json` as one JSON document."""
    if name == "json":
        rows = [_build_row(page) for page in pages]
        return format_json({"schema": 1, "tool": tool, "added": rows}, indent=2) + "\n"
    return "".join(line for page in pages for line in _format_page(page))


def list_warnings(pages: Sequence[AddedPage]) -> list[str]:
    """Return the warnings about the new pages, one line for each; JSON leaves them out."""
    return [escape_line(f"{page.path}: {warning}") for page in pages for warning in page.warnings]


def _build_row(page: AddedPage) -> dict[str, object]:
    row: dict[str, object] = {
        "doi": page.doi,
        "path": page.path,
        "status": page.status,
        "error": page.error,
    }
    return {**row, "text": page.text} if page.status == "would-add" else row


def _format_page(page: AddedPage) -> Iterator[str]:
    """Yield the lines about a DOI; if its page is only shown, the page's path and text."""
    said = {
        "added": f"{page.path}: added for {page.doi}{_format_language(page)}",
        "exists": f"{page.path}: {page.doi} already has this page, so enrich added no second one",
        "failed": f"{page.doi}: not added: {page.error}",
        "would-add": f"{page.path}: would be added for {page.doi}{_format_language(page)}:",
    }
    yield escape_line(said[page.status]) + "\n"
    yield from (f"    {escape_line(warning)}\n" for warning in page.warnings)
    for text in (page.text, page.cite_bib) if page.status == "would-add" else ():
        yield "\n" + "".join(f"{escape_hidden(line)}\n" for line in text.splitlines()) if text else ""


def _format_language(page: AddedPage) -> str:
    """Return the language of a page that the user named none for, and how to have another; else `""`."""
    if not page.language:
        return ""
    other = page.other_languages[0]
    step = f"`enrich add {page.doi} --language {other}`"
    step = f"`enrich undo`, then {step}," if page.status == "added" else step
    return f" in {page.language}; {step} makes it in {other} instead"
