"""Check a value that the owner types in `review` by what its field holds: words, names, numbers or pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enrich.errors import Refused
from enrich.model.page import Doi
from enrich.model.plan import Change
from enrich.reconciler.people.degrees import may_be_degrees
from enrich.reconciler.people.parse_name import find_suffix
from enrich.text.compare import has_substance
from enrich.text.doi import parse_doi
from enrich.text.invisible import collapse_spaces, drop_invisible
from enrich.text.orcid import parse_orcid

LONGEST_NAME = 200  # characters
_LONGEST_QUOTE = 60  # characters
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]*+)"
_DATE, _YEAR_AND_MONTH, _SPELLED_DATE, _NUMBER = "a date", "a year and a month", "a date in words", "a number"
_KINDS = {
    "a web address": r"(?:(?:[a-z][a-z0-9+.-]*+:)?//|www\.)\S+|[\w-]++(?:\.[\w-]++)++/\S*",
    "an e-mail address": r"[^\s@]++@[^\s@]+\.[^\s@]+",
    _DATE: r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[T ][\d:.]+\S*)?|\d{1,2}([-/.])\d{1,2}\2\d{2,4}",
    _YEAR_AND_MONTH: r"\d{4}[-/.](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/.]\d{4}",
    _NUMBER: r"[\W\d_]+",
    _SPELLED_DATE: rf"(?=\D*\d)(?:\d++(?:st|nd|rd|th)?+|{_MONTH}(?!\w)|[\s,./-]++)++",
}
_FORMS = {kind: re.compile(form, re.IGNORECASE) for kind, form in _KINDS.items()}
_ROMAN = re.compile(r"[ivxlcdm]+(?:[-–][ivxlcdm]+)?", re.IGNORECASE)


def read_typed_text(typed: str) -> str:
    """Return the typed text without invisible characters; raise Refused if it has nothing to read."""
    text = collapse_spaces(drop_invisible(typed))
    if not has_substance(text):
        raise Refused("this has neither a letter nor a digit")
    if "\ufffd" in text:
        raise Refused("this has a broken character; type it again")
    return text


def read_typed_words(typed: str, change: Change) -> str:
    """Return a typed title or text; raise Refused for a DOI, an address or a date."""
    text = read_typed_text(typed)
    _check_kind(text, f"the {_name_value(change)} in words", allowed=(_NUMBER, _SPELLED_DATE))
    return text


def read_typed_label(typed: str, _change: Change) -> str:
    """Return the typed name of a journal or publisher; raise Refused for a DOI, a date or the like."""
    text = read_typed_text(typed)
    _check_kind(text, "its name in words")
    return text


def read_typed_number(typed: str, change: Change) -> str:
    """Return a typed volume or issue; raise Refused for a DOI, an address or a date."""
    text = read_typed_text(typed)
    _check_kind(text, f"the {_name_value(change)}, as in 12", allowed=(_NUMBER, _YEAR_AND_MONTH))
    return text


def read_typed_pages(typed: str, change: Change) -> str:
    """Return typed pages; raise Refused for what has neither a digit nor a Roman numeral."""
    text = read_typed_number(typed, change)
    if not any(map(str.isdigit, text)) and not _ROMAN.fullmatch(text):
        raise Refused(f"{_quote(text)} has no page number; type the pages, as in 123-130")
    return text


def read_typed_names(typed: str, change: Change) -> list[str]:
    """Return the typed names, at least one; raise Refused for what is not a name."""
    proposed = len(change.new) if isinstance(change.new, list | tuple) else 1
    return read_typed_people(typed.rstrip("; \t\r\n").split(";"), proposed, "a semicolon")


def read_typed_people(typed: Sequence[str], proposed: int, between: str) -> list[str]:
    """Return typed names; raise Refused for what is not one, or is two in the place of `proposed` ones.

    `between` is what separates two names.
    """
    step = f"names with {between} between them"
    names = [_read_typed_name(item, step) for item in typed]
    if len(names) == 1 and proposed > 1:
        parts = _list_name_parts(names[0])
        if len(parts) == 2 and all(len(part.split()) > 1 for part in parts):
            raise Refused(f"{_quote(names[0])} may be two names; type {step}, or one without a comma")
    return names


def _read_typed_name(typed: str, step: str) -> str:
    text = read_typed_text(typed)
    _check_kind(text, step)
    if len(_list_name_parts(text)) > 2 or len(text) > LONGEST_NAME:
        raise Refused(f"{_quote(text)} is not one name; type {step}")
    return text


def _list_name_parts(name: str) -> list[str]:
    """Return the parts between the commas of a name, without degrees and suffixes."""
    return [one for one in name.split(",") if not (may_be_degrees(one) or find_suffix(f",{one}"))]


def _check_kind(text: str, step: str, allowed: tuple[str, ...] = ()) -> None:
    """Raise Refused, with what to type instead, for a text that is something else than words."""
    kind = _recognise_kind(text)
    if kind and kind not in allowed:
        raise Refused(f"{_quote(text)} is {kind}; type {step}")


def _recognise_kind(text: str) -> str:
    """Return what a text is if it is not in words, such as `a DOI`; `""` for words."""
    if isinstance(parse_doi(text), Doi):
        return "a DOI"
    if parse_orcid(text):
        return "an ORCID iD"
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(text)), "")


def _name_value(change: Change) -> str:
    return change.path[-1].lower()


def _quote(text: str) -> str:
    return f"“{text[:_LONGEST_QUOTE]}{'…' if len(text) > _LONGEST_QUOTE else ''}”"
