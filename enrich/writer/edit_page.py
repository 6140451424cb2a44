"""Turn changes into a page's new text, in its own dialect; verify each by reading it again, or refuse it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enrich.bibtex.bib_edits import read_only_entry, set_bib_value
from enrich.errors import PageError, Refused
from enrich.front_matter.page_text import check_edit, match_spelling, set_value
from enrich.front_matter.value_edits import is_list
from enrich.model.page import Page, Remote, Value
from enrich.model.plan import Change, refuse_change
from enrich.model.site_context import Dialect
from enrich.writer.sanitize import make_inert


def render_changes(page: Page, changes: Sequence[Change], dialect: Dialect) -> tuple[Change, ...]:
    """Return the changes with the values that the page would get, their lines, and why any is refused."""
    return tuple(_render_change(page, change, dialect) for change in changes)


def _render_change(page: Page, change: Change, dialect: Dialect) -> Change:
    """Try a change alone; return it with its line, or as refused."""
    if change.file:
        return _try_bib_change(page, change)
    proposed = change.new
    others = tuple(
        replace(each, value=sanitize_value(each.value, change.key, dialect)) for each in change.alternatives
    )
    change = replace(change, new=sanitize_value(proposed, change.key, dialect), alternatives=others)
    line = page.front.lines.get(match_spelling(page, change.path), change.line)
    if change.status == "refused":
        return replace(change, line=line)
    if has_lost_text(proposed, change.new):
        return refuse_change(replace(change, line=line), "the record's value has no readable text")
    try:
        _check_author_notes(page, change)
        new = set_value(page, change.path, change.new, after=change.after)
    except Refused as error:
        return refuse_change(replace(change, line=line), str(error))
    return replace(change, line=new.front.lines.get(match_spelling(new, change.path), line))


def _try_bib_change(page: Page, change: Change) -> Change:
    """Return a change of the citation file, refused if it cannot be made exactly."""
    try:
        if change.status != "refused":
            _edit_cite_bib(page.cite_bib, change)
    except Refused as error:
        return refuse_change(change, str(error))
    return change


def sanitize_value(value: Value, key: str, dialect: Dialect) -> Value:
    """Return a value in which every text from a record is safe for a page."""
    if isinstance(value, Remote):
        return make_inert(value, key, dialect)
    if isinstance(value, Mapping):
        return {name: sanitize_value(inner, f"{key}.{name}", dialect) for name, inner in value.items()}
    return [sanitize_value(item, key, dialect) for item in value] if is_list(value) else value


def has_lost_text(proposed: Value, safe: Value) -> bool:
    """Return whether a text from a record became empty when it was made safe for a page."""
    if isinstance(proposed, Remote):
        return not safe
    if isinstance(proposed, Mapping) and isinstance(safe, Mapping):
        return any(has_lost_text(proposed[name], safe[name]) for name in proposed)
    return is_list(proposed) and is_list(safe) and any(map(has_lost_text, proposed, safe))


def _check_author_notes(page: Page, change: Change) -> None:
    """Raise Refused if `author_notes`, which follow the authors' order, would then belong to other names."""
    notes = page.get("author_notes")
    if change.path[-1].lower() != "authors" or not is_list(notes) or not any(notes):
        return
    old, new = change.old, change.new
    if not is_list(old) or not is_list(new) or len(old) == len(new):
        return
    last = max(index for index, note in enumerate(notes) if note)
    if list(old[: last + 1]) != list(new[: last + 1]):
        raise Refused("author_notes belong to the authors by position, and this change would shift them")


def _edit_cite_bib(text: str, change: Change) -> str:
    """Return the citation file's text with a change, or the text of a new file; raise Refused."""
    if change.old is not None or text:
        return set_bib_value(text, change.key, str(change.new))
    read_only_entry(str(change.new))
    return str(change.new)


def make_cite_bib_text(page: Page, changes: Sequence[Change]) -> str | None:
    """Return the citation file's text with its changes, None without any; raise PageError if inexact."""
    chosen = [change for change in changes if change.file and change.status != "refused"]
    text = page.cite_bib
    for change in chosen:
        try:
            text = _edit_cite_bib(text, change)
        except Refused as error:
            raise PageError(f"{change.file}: {change.key}: {error}", change.line) from None
    return text if chosen else None


def make_page_text(page: Page, changes: Sequence[Change]) -> str:
    """Return the page's text with the changes that are not refused; raise PageError if it is not exact."""
    chosen = [change for change in changes if change.status != "refused" and not change.file]
    if not chosen:
        return page.text
    new, values = page, dict[tuple[str, ...], Value]()
    for change in chosen:
        if _has_remote(change.new):
            raise PageError(f"{page.path}: {change.key}: a record's text was not sanitized", change.line)
        try:
            values[match_spelling(page, change.path)] = change.new
            new = set_value(new, change.path, change.new, after=change.after)
        except Refused as error:
            raise PageError(f"{page.path}: {change.key}: {error}", change.line) from None
    try:
        check_edit(page, new, values)
    except Refused as error:
        raise PageError(f"{page.path}: {error}") from None
    return new.text


def _has_remote(value: Value) -> bool:
    if isinstance(value, Mapping):
        return any(_has_remote(inner) for inner in value.values())
    return isinstance(value, Remote) or (is_list(value) and any(_has_remote(item) for item in value))
