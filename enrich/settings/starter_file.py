"""Write the first `enrich.toml` of a site: every line a comment, with what was found there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from enrich.reconciler.fields.policies import NOT_YET, default_policies

_HEAD = """\
# Settings of enrich for this site. Nothing here needs to be set: a line that begins with # shows what
# holds without it, or an example. `enrich config` prints every setting and where it comes from.

# Your address. Crossref is kinder to callers whom it can reach; it is sent to the services alone.
# mailto = "you@example.org"
"""
_FIELDS = """
[fields]
# fill: write what is missing, follow the record where you did not touch the value, ask about the rest.
# propose: write nothing without asking. overwrite: the record is right. keep: leave the field alone.
"""
_THEME = """
[theme]
# Set these only where enrich takes your site for another than it is.
"""
_IGNORE = """
# What you do not want to hear of, one table each:
# [[ignore]]
# path = "content/publication/smith2019/index.md"
# code = "link-other-work"
# reason = "the link leads to the long version, on purpose"
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a site: pages by folder that were read, folders that were not, how it is written.

    `unread` are names for `sections`; `types` counts what the pages' types say.
    """

    pages: Mapping[str, int] = field(default_factory=dict)
    unread: Sequence[str] = ()
    generation: str = ""
    where: str = ""
    types: Mapping[str, int] = field(default_factory=dict)
    chosen_types: str = "number"
    math: str = "off"


def starter(found: Found) -> str:
    """Return the text of the file; read by enrich, it changes nothing."""
    return "\n".join([_HEAD.rstrip(), *_fields(), *_pages(found), *_theme(found), _IGNORE.rstrip(), ""])


def _fields() -> Iterator[str]:
    yield _FIELDS.rstrip()
    yield from (
        f'# {name} = "{policy}"' for name, policy in default_policies().items() if name not in NOT_YET
    )


def _pages(found: Found) -> Iterator[str]:
    yield "\n[pages]"
    for folder, count in found.pages.items():
        yield f"# read: {_inert(folder)}, {count} page{'s' * (count != 1)}"
    if found.unread:
        yield "# These look like publications, too, and are not read. To read them, take the # away:"
        yield f"# sections = {json.dumps([*found.unread], ensure_ascii=False)}"
    else:
        yield "# Folders of publications under content that have another name than publication(s):"
        yield '# sections = ["papers"]'


def _theme(found: Found) -> Iterator[str]:
    yield _THEME.rstrip()
    if found.where:
        yield f"# found in {_inert(found.where)}"
    if found.types:
        names = {"number": "numbers", "csl": "words (article-journal)"}
        said = ", ".join(f"{names[name]} on {count}" for name, count in found.types.items())
        yield f"# types of the pages: {_inert(said)}"
    yield f'# generation = "{found.generation or "wowchemy"}"'
    yield f'# types = "{found.chosen_types}"'
    yield f'# math = "{found.math}"'


def _inert(text: str) -> str:
    """Return text of the site as it may stand in a comment."""
    return "".join(character if character.isprintable() else "?" for character in text)
