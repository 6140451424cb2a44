"""Turn the form of a site's pages and a work's values into the text of a new page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enrich.errors import Refused
from enrich.front_matter.page_text import read_page
from enrich.front_matter.whole_values import list_keys_before, put_value
from enrich.model.page import KeyPath, Page, Value
from enrich.model.site_context import Dialect
from enrich.writer.edit_page import has_lost_text, sanitize_value

_LINE_END = re.compile(r"(?<![ \t])[ \t]+(?=\r?$)")  # of "- Lee, Ann  ", no part of the name


def render_page(
    form: Page, values: Mapping[KeyPath, Value], dialect: Dialect, order: Mapping[str, Sequence[str]]
) -> Page:
    """Return a new page, the form with these values; raise Refused if the text would not have them exactly.

    `order` has, for each key that the form lacks, the keys that precede it, the nearest first.
    """
    page = form
    for path, proposed in values.items():
        value = _drop_lost_names(path, sanitize_value(proposed, ".".join(path), dialect))
        if has_lost_text(proposed, value) and path[-1].lower() == "title":
            raise Refused("the record's title has no readable text")
        before = list_keys_before(page, path[0]) or order.get(path[0], ())
        page = put_value(page, path, value, after=before)
    read_again = read_page(form.path, _strip_new_lines(page.text, form.text))
    if any(read_again.get(*path) != page.get(*path) for path in values):
        raise Refused("read again, the new page would not have exactly its values")
    return read_again


def _strip_new_lines(text: str, form: str) -> str:
    """Return a text; strip the white space at the end of each line that is not in the form."""
    known = {*form.split("\n")}
    return "\n".join(line if line in known else _LINE_END.sub("", line) for line in text.split("\n"))


def _drop_lost_names(path: KeyPath, value: Value) -> Value:
    """Return the authors whose names still have readable text; return other values unchanged."""
    if path[-1].lower() != "authors" or not isinstance(value, list):
        return value
    return [entry for entry in value if entry and entry != {"name": ""}]
