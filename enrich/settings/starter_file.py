"""Write the first `enrich.toml` of a site, which changes nothing: it has only comments and headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from enrich.reconciler.fields.default_policies import NOT_YET
from enrich.settings.collect_options import list_options
from enrich.settings.option import Option
from enrich.settings.toml_file import TABLES, format_key, format_toml

_HEAD = """\
# Settings of enrich for this site. None is needed: each line that begins with # shows the default or an
# example. To change a setting, delete the # and edit the value. `enrich config` prints every setting and
# where its value comes from.
"""
_IGNORES = """
# What enrich should not report, one table each:
# [[ignore]]
# path = "content/publication/smith2019/index.md"
# code = "link-other-work"
# reason = "the link leads to the long version, on purpose"
"""
_TYPE_NAMES = {"number": "numbers", "csl": "words (article-journal)"}


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The facts about the site that the starter file mentions."""

    pages: Mapping[str, int] = field(default_factory=dict)
    """The number of publication pages in each folder."""
    unread: Sequence[str] = ()
    """Folders that seem to have publications but that enrich does not read, as names for `sections`."""
    generation: str = ""
    """The generation of the theme."""
    where: str = ""
    """The file that names the theme."""
    types: Mapping[str, int] = field(default_factory=dict)
    """How many pages write publication types as numbers, and how many as words."""
    chosen_types: str = "number"
    """The way in which enrich writes types on this site."""
    math: str = "off"
    """The form of TeX on the pages."""


def write_starter(facts: SiteFacts) -> str:
    """Return the text of the file."""
    found = {
        "pages.sections": tuple(facts.unread),
        "theme.generation": facts.generation or "wowchemy",
        "theme.types": facts.chosen_types,
        "theme.math": facts.math,
    }
    options = [option for option in list_options() if option.in_file and option.attribute not in NOT_YET]
    top = [option for option in options if option.key.partition(".")[0] not in TABLES]
    notes = {"pages": _list_page_notes(facts), "theme": _list_theme_notes(facts)}
    lines = [*_HEAD.splitlines(), *_list_settings(top, {})]
    for table, text in TABLES.items():
        lines += ["", f"[{table}]", *_wrap_comment(text), *notes.get(table, ())]
        lines += _list_settings([option for option in options if option.key.startswith(f"{table}.")], found)
    return "\n".join([*lines, _IGNORES.rstrip(), ""])


def _list_settings(options: Sequence[Option], found: Mapping[str, object]) -> Iterator[str]:
    """Yield each option as a comment, under its help text; policies need none."""
    for option in options:
        value = found.get(option.key) or option.default or option.example or option.default
        table, _, inside = format_key(option.key).partition(".")
        name = inside if table in TABLES else option.key
        if not option.is_policy:
            yield from ("", *_wrap_comment(option.help))
        yield f"# {name} = {format_toml(value)}"


def _wrap_comment(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(text, 100, initial_indent="# ", subsequent_indent="# ")


def _list_page_notes(facts: SiteFacts) -> Iterator[str]:
    for folder, count in facts.pages.items():
        yield f"# enrich reads {_drop_unprintable(folder)}: {count} page{'s' * (count != 1)}."
    if facts.unread:
        yield "# The folders below seem to have publications, too, but enrich does not read them yet."


def _list_theme_notes(facts: SiteFacts) -> Iterator[str]:
    if facts.where:
        yield f"# enrich found the theme in {_drop_unprintable(facts.where)}."
    if facts.types:
        counts = ", ".join(f"{_TYPE_NAMES[name]} on {count}" for name, count in facts.types.items())
        yield f"# Types of the pages: {_drop_unprintable(counts)}."


def _drop_unprintable(text: str) -> str:
    """Return a text of the site without the characters that a TOML comment cannot have."""
    return "".join(character if character.isprintable() else "?" for character in text)
