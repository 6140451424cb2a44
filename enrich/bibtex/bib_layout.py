"""Write a new BibTeX entry in the style of a site's others."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.bibtex.bib_edits import check_new_entry, enclose_bib_value, read_only_entry
from enrich.bibtex.bib_file import BibStyle, BibValue
from enrich.errors import Refused
from enrich.model.citation_style import CitationStyle

_CASES = {"lower": str.lower, "upper": str.upper, "title": str.capitalize}


def format_bib_entry(style: CitationStyle, entry_type: str, key: str, fields: Mapping[str, str]) -> str:
    """Return a file with one entry; `fields` are LaTeX sources. Raise Refused if it does not read back so."""
    text = f"{style.head}@{_CASES[style.type_case](entry_type)}{{{key}"
    for name, source in fields.items():
        text += f",{style.gap}{name}{_pad_name(style, name)}={style.equals[1]}"
        text += enclose_bib_value(get_sample(style, name), source)
    text += "".join(style.tail)
    entry = read_only_entry(text)
    written = {value.key: value.source for value in entry.values}
    if (entry.type, entry.key, written) != (entry_type, key, dict(fields)):
        raise Refused("read again, the file would not have exactly this entry")
    check_new_entry(text)
    return text


def get_sample(style: CitationStyle, name: str) -> BibValue:
    """Return a value of this field as the site writes it, an empty one in braces if it has none."""
    usual: BibStyle = "quotes" if _has_quotes(style) else "braces"
    enclosure, source = style.samples.get(name, (usual, ""))
    return BibValue(name, 0, 0, enclosure, source)


def _has_quotes(style: CitationStyle) -> bool:
    enclosed = [one for one, _ in style.samples.values() if one != "bare"]
    return enclosed.count("quotes") > len(enclosed) / 2


def _pad_name(style: CitationStyle, name: str) -> str:
    """Return the spaces between a name and `=`: aligned if the site's are and the name is short enough."""
    if not style.column:
        return style.equals[0]
    return " " * max(style.column - len(style.gap.rpartition("\n")[2]) - len(name), 1)
