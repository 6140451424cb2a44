"""Texts that look like markup, entities, TeX, Markdown and shortcodes, and the recorded ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

_FRAGMENTS = [
    *[
        "<i>",
        "</i>",
        "<sub>",
        "</sub>",
        "<sup>",
        "</sup>",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        '<p a="',
        '">',
        "<x>",
    ],
    *[
        "<jats:title>",
        "</jats:title>",
        "<list>",
        "<list-item>",
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
    ],
    *[
        "<math>",
        "<mi>x</mi>",
        "<mfrac>",
        "</math>",
        "<tex-math>",
        "</tex-math>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
    ],
    *[
        "&lt;",
        "&amp;",
        "&gt;",
        "amp;",
        "lt;",
        "&#",
        "60;",
        "x3c;",
        "&#8203;",
        "&nbsp;",
        "&alpha;",
        "&beta",
        "&a",
    ],
    *[
        "\\",
        "\\\\",
        "$",
        "$$",
        "\\alpha",
        "\\frac{",
        "\\mathrm{",
        "}",
        "{",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        '\\"o',
        "\\'e",
    ],
    *[
        "{{",
        "}}",
        "{{<",
        ">}}",
        "{{%",
        "%}}",
        "<",
        ">",
        "*",
        "**",
        "_",
        "__",
        "`",
        "~",
        "|",
        "^",
        "#",
        "- ",
        "+ ",
    ],
    *[
        "1. ",
        "1) ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "\r",
        "=",
        "===",
        "---",
        "[a]",
        "](",
        "(b)",
        "]:",
        "![",
        "[^1]",
    ],
    *[
        "http",
        "://a.b",
        "www.",
        "@",
        "x@y.z",
        ":smile:",
        ":",
        "{.x}",
        "Abstract",
        "10",
        "2",
        "3",
        ".",
        ",",
        ";",
    ],
    *[
        "\u200b",
        "\u00ad",
        "\x00",
        "\x0b",
        "\x1f",
        "\x85",
        "\u2028",
        "\ud800",
        "\ufffe",
        "\ue001",
        "\ue005",
        "\ue009",
    ],
    *["é", "ß", "Ø", "й", "日本", "が", "™", "º", "½", "²", "−", "–", "±", "≤", "≠", "a", "B", " ", "'", '"'],
]
HOSTILE_TEXT = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(st.sampled_from(_FRAGMENTS), st.text(max_size=4)), max_size=14).map("".join),
)


def records(corpus: Path) -> Iterator[dict[str, Any]]:
    """Yield the recorded work messages."""
    with gzip.open(corpus / "works.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["message"]


@cache  # to read the collection takes as long as to look at what is in it
def recorded_texts(corpus: Path) -> tuple[str, ...]:
    """Return the recorded titles, subtitles, journals and abstracts, each text once."""
    keys = ("title", "subtitle", "container-title", "short-container-title")
    texts: dict[str, None] = {}
    for message in records(corpus):
        texts |= dict.fromkeys(text for key in keys for text in message.get(key) or [])
        texts |= dict.fromkeys(filter(None, [message.get("abstract")]))
    return tuple(texts)
