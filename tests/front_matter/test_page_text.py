"""Reading a page, and the proof of an edit."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from enrich import front_matter
from enrich.errors import NoFrontMatter, PageError, Refused
from enrich.front_matter.formats import load_formats
from enrich.front_matter.page_text import (
    check_edit,
    read_page,
    set_value,
)
from enrich.model.page import Value

READ = [
    pytest.param("---\ntitle: x\n---\nBody\n", {"title": "x"}, id="YAML"),
    pytest.param("+++\ntitle = 'x'\n+++\n", {"title": "x"}, id="TOML"),
    pytest.param('{"title": "x"}\nBody\n', {"title": "x"}, id="JSON"),
    pytest.param("\ufeff---\r\ntitle: x\r\n---\r\n", {"title": "x"}, id="a byte order mark and CRLF"),
    pytest.param("\ufeff\n \n+++\ntitle = 'x'\n+++\n", {"title": "x"}, id="blank lines before the fence"),
    pytest.param("---\rtitle: x\ry: z\r---\r", {"title": "x", "y": "z"}, id="line ends of an old Mac"),
    pytest.param("---\r\ntitle: x\ny: z\r\n---\n", {"title": "x", "y": "z"}, id="mixed line ends"),
    pytest.param("--- \ntitle: x\n---", {"title": "x"}, id="no body and a blank after the fence"),
    pytest.param(
        "---\ntitle: x\n-----\n---\n",
        {"title": "x"},
        id="Hugo ends the header at a line that begins with the fence",
    ),
    pytest.param("---\ntitle: x\n---\n---\na: b\n---\n", {"title": "x"}, id="fences in the body"),
    pytest.param(
        "---\ncontent: x\nhandler: y\n---\n", {"content": "x", "handler": "y"}, id="a key `content`"
    ),
    pytest.param("---\n---\n", {}, id="an empty header"),
    pytest.param("+++\n+++\n", {}, id="an empty TOML header"),
    pytest.param("---\n# nothing\n---\n", {}, id="only a comment"),
    pytest.param("---\nx: 1\n...\n---\n", {"x": 1}, id="the end of the document marked"),
    pytest.param(
        "---\nDate: 2016-04-31\nx: 2024-15-09\n---\n",
        {"Date": "2016-04-31", "x": "2024-15-09"},
        id="impossible dates",
    ),
    pytest.param("---\nd: 2020-01-02T10:00:00Z\n---\n", {"d": "2020-01-02T10:00:00Z"}, id="a date as typed"),
    pytest.param(
        "---\na: 0\nb: 1_000\nc: 0x1F\nd: 017\ne: -3\nf: 08\n---\n",
        {"a": 0, "b": 1000, "c": 31, "d": 15, "e": -3, "f": "08"},
        id="whole numbers",
    ),
    pytest.param(
        f"---\na: 0x{'f' * 5_000}\nb: [0b{'1' * 20_000}]\nc: {'9' * 5_000}\nd: 0xffffffffffffffffffff\n---\n",
        {"a": f"0x{'f' * 5_000}", "b": [f"0b{'1' * 20_000}"], "c": "9" * 5_000, "d": 0xFFFFFFFFFFFFFFFFFFFF},
        id="numbers with thousands of digits are texts",
    ),
    pytest.param(
        "---\na: 1.5\nb: .5\nc: 1.5e+3\nd: 1e3\ne: 1:30\n---\n",
        {"a": 1.5, "b": 0.5, "c": 1500.0, "d": "1e3", "e": "1:30"},
        id="fractions, and no base 60",
    ),
    pytest.param(
        "---\na: yes\nb: False\nc: y\nd: ~\ne:\nf: Null\n---\n",
        {"a": True, "b": False, "c": "y", "d": None, "e": None, "f": None},
        id="booleans and null",
    ),
    pytest.param("---\na: !!str 3\nb: !x y\nc: !!int z\n---\n", {"a": "3", "b": "y", "c": "z"}, id="tags"),
    pytest.param("---\n1: a\ntrue: b\n---\n", {"1": "a", "true": "b"}, id="keys that are no text"),
    pytest.param("---\na: x\na: y\n---\n", {"a": "y"}, id="the last of a repeated key"),
    pytest.param(
        "---\nb: &b {k: 1, l: 2}\nc: {<<: *b, k: 3}\nd: [*b]\n---\n",
        {"b": {"k": 1, "l": 2}, "c": {"k": 3, "l": 2}, "d": [{"k": 1, "l": 2}]},
        id="anchors and merged keys",
    ),
]

BROKEN = [
    pytest.param(
        f"+++\na = 0x{'f' * 5_000}\n+++\n", 2, "thousands of digits", id="a huge hexadecimal number in TOML"
    ),
    pytest.param(
        f"+++\na = [{{b = 0b{'1' * 20_000}}}]\n+++\n",
        2,
        "thousands of digits",
        id="a huge binary number in TOML",
    ),
    pytest.param("---\ntitle: x\n", 1, "no closing line", id="a fence that is never closed"),
    pytest.param("\n\n+++\ntitle = 1\n", 3, "no closing line", id="a TOML fence that is never closed"),
    pytest.param('---\ntitle: "x\ny: z\n---\n', 2, "never closed", id="a quote that is never closed"),
    pytest.param("---\ntitle: x\n\ty: z\n---\n", 3, "use spaces", id="a tab for indent"),
    pytest.param("---\r\nx: 1\r\ntitle: a: b\r\n---\r\n", 3, "in quotes", id="a colon in a plain value"),
    pytest.param("---\ntitle: @home\n---\n", 2, "in quotes", id="a sign that means something"),
    pytest.param("---\ntitle: *x*\n---\n", 2, "in quotes", id="emphasis without quotes"),
    pytest.param("---\ntags: [a,\n  b\nx: y\n---\n", 2, "[ ]", id="a list that is not closed"),
    pytest.param('---\ntitle: "a" b\n---\n', 2, "quotes", id="text after a quote"),
    pytest.param("---\nx: 1\ntitle: a\x07b\n---\n", 3, "control character", id="a control character"),
    pytest.param("---\n- a\n- b\n---\n", 2, "not a list of keys", id="a list"),
    pytest.param("---\njust text\n---\n", 2, "not a list of keys", id="prose"),
    pytest.param("---\na: &a [*a]\n---\n", 2, "anchor", id="an anchor that holds itself"),
    pytest.param("---\n[a, b]: c\n---\n", 2, "not text", id="a list as a key"),
    pytest.param("---\nx: " + "[" * 5000 + "]" * 5000 + "\n---\n", 2, "nest", id="nested beyond all reason"),
    pytest.param(
        "---\nx: " + "[" * 90000 + "]" * 90000 + "\n---\n", 2, "nest", id="nested until C would crash"
    ),
    pytest.param("+++\nx = " + "[" * 5000 + "]" * 5000 + "\n+++\n", 2, "nest", id="nested in TOML"),
    pytest.param(
        "---\nx: " + "[" * 980 + "]" * 980 + "\n---\n", 2, "nest", id="nested just short of Python's limit"
    ),
    pytest.param("+++\nx = " + "[" * 980 + "]" * 980 + "\n+++\n", 2, "nest", id="the same in TOML"),
    pytest.param('{"x": ' + "[" * 980 + "]" * 980 + "}\n", 1, "nest", id="the same in JSON"),
    pytest.param(
        "---\n" + "".join(" " * n + "a:\n" for n in range(980)) + "---\n", 2, "nest", id="980 mappings"
    ),
    pytest.param("+++\n[" + ".".join("a" * 980) + "]\n+++\n", 2, "nest", id="980 tables"),
    pytest.param("---\nx: 1\n---\n".replace("1", "*a"), 2, "YAML", id="an alias of nothing"),
    pytest.param(
        "---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
        + "---\n",
        2,
        "aliases",
        id="aliases of aliases of aliases",
    ),
]


@pytest.mark.parametrize(("text", "data"), READ)
def test_a_page_is_read_as_hugo_reads_it(text: str, data: dict[str, Value]) -> None:
    assert read_page("p.md", text).front.data == data


@pytest.mark.parametrize(("text", "data"), READ)
def test_setting_the_same_value_changes_nothing(text: str, data: dict[str, Value]) -> None:
    page = read_page("p.md", text)
    for key, value in data.items():
        try:
            assert set_value(page, (key,), value).text == text
        except Refused as why:
            assert any(sign in text for sign in "&*!"), why  # noqa: PT017


@pytest.mark.parametrize(("text", "line", "why"), BROKEN)
def test_a_syntax_error_has_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(PageError, match=why) as caught:
        read_page("p.md", text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text", ["", "Body\n", "# Title\n", "-- \n", "#+title: org\n", "\ufeff", "{{< x >}}"]
)
def test_no_front_matter(text: str) -> None:
    with pytest.raises(NoFrontMatter):
        read_page("p.md", text)


def test_lines_and_comments_are_those_of_the_page() -> None:
    text = (
        "\ufeff\n---\n# top\ntitle: 'a # b' # c\nabstract: | # d\n  # e\n  f\n\n# g\n"
        "authors: [x, # h\n  y#z]\n"
        'image:\n  caption: "#i" #j\n---\n# k\n'
    )
    front = read_page("p.md", text).front
    assert dict(front.lines) == {
        ("title",): 4, ("abstract",): 5, ("authors",): 10, ("image",): 12, ("image", "caption"): 13
    }  # fmt: skip
    assert [(c.line, c.text, c.own_line) for c in front.comments] == [
        (3, " top", True),
        (4, " c", False),
        (5, " d", False),
        (9, " g", True),
        (10, " h", False),
        (13, "j", False),
    ]
    assert text[front.start : front.end].startswith("# top\n")
    assert text[front.end :] == "---\n# k\n"


PROOFS = [
    pytest.param("---\ntitle: b\ny: 2\n---\nBody\n", "more than this change", id="another value moved"),
    pytest.param(
        "---\ntitle: b\ny: '1' # c\n---\nBody\n", "more than this change", id="a number became text"
    ),
    pytest.param("---\ntitle: b\ny: 1\n---\nBody\n", "comment", id="a comment went"),
    pytest.param("---\ntitle: b\ny: 1 # c\n---\nbody\n", "after the front matter", id="the body moved"),
    pytest.param(
        "\n---\ntitle: b\ny: 1 # c\n---\nBody\n", "before the front matter", id="the beginning moved"
    ),
]


@pytest.mark.parametrize(("after", "why"), PROOFS)
def test_the_proof_sees(after: str, why: str) -> None:
    before = read_page("p.md", "---\ntitle: a\ny: 1 # c\n---\nBody\n")
    with pytest.raises(Refused, match=why):
        check_edit(before, read_page("p.md", after), {("title",): "b"})


def test_the_formats_are_the_files_that_are_there() -> None:
    assert list(load_formats()) == ["json", "toml", "yaml"]


NEW_FORMAT = """
from enrich.front_matter.formats import Format, ParsedHeader

def split(text, start):
    return (start + 4, text.index("%%%", start + 4)) if text.startswith("%%%", start) else None

def read(text, first_line):
    pairs = [line.split("=") for line in text.splitlines()]
    lines = {(key,): first_line + row for row, (key, _) in enumerate(pairs)}
    return ParsedHeader({key: value for key, value in pairs}, lines)

def assign(text, path, value, point):
    return text + f"{path[0]}={value}\\n"

def remove(text, key):
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"{key}="))

FORMAT = Format("percent", "", split, read, assign, remove)
"""


def test_a_further_format_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "percent_format.py").write_text(NEW_FORMAT, encoding="utf-8")
    monkeypatch.setattr(front_matter, "__path__", [*front_matter.__path__, str(tmp_path)])
    load_formats.cache_clear()
    try:
        page = read_page("p.md", "%%%\ntitle=x\n%%%\nBody\n")
        new = set_value(page, ("doi",), "10.1/x")
        assert (new.front.format, new.front.lines["doi",]) == ("percent", 3)
        assert new.text == "%%%\ntitle=x\ndoi=10.1/x\n%%%\nBody\n"
    finally:
        load_formats.cache_clear()
        sys.modules.pop("enrich.front_matter.percent_format", None)
