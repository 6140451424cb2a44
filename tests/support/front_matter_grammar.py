"""Pages of a small grammar in every style people write, for Hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

KEYS = ("title", "authors", "date", "abstract", "publication", "publication_types", "doi", "tags", "Summary")
WORDS = (
    "Ada",
    "null",
    "yes",
    "B. Bly",
    "it's",
    "1.0",
    "2020-01-02",
    "a: b",
    "x #y",
    "ß",
    "“q”",
    "-",
    "[",
    "---",
)

# Anything an editor of hostile texts would try, and any character at all (surrogates are refused).
PIECES = (
    "---", "+++", "...", "\n", "\n\n", "\n---\n", "\n+++\n", ": ", " #", "#", "- ", '"', "'", "\\", "\t",
    "  ", " ", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\xa0", "\r", "\r\n", "\0", "\x07", "\x1b",
    "\x7f", "\uffff", "{{< x >}}", "[a]", "{b}", "&a", "*a", "!t", "|", ">", "%", "@", "`", ",", "?",
    "true", "~", "1e3", "'''", '"""', "word", "Word", "two words", "é", "β", "😀", "0", "12", "1:30", "<i>",
    "=", "\n  deep", "trail \n", "x\n\n\ny",
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(WORDS),
    st.from_regex(r"[A-Za-z][A-Za-z0-9 ,.()/'–-]{0,40}", fullmatch=True),
)
VALUES = {
    "authors": st.lists(TEXTS, max_size=5),
    "publication_types": st.lists(st.sampled_from(["0", "2", "article-journal"]), max_size=2),
    "tags": st.lists(TEXTS, max_size=3),
    "date": st.sampled_from(["2024-04-29", "2020-02-30", "2024-01-01T10:00:00Z", "2024", "soon"]) | TEXTS,
}


def value_for(key: str) -> st.SearchStrategy[object]:
    """Return what may be set at a key."""
    return VALUES.get(key, TEXTS)


@dataclass(frozen=True)
class Drawn:
    """A page's text and the format it is in."""

    text: str
    format: str


_YAML_SCALARS = [
    "",
    " # why",
    " plain words here",
    " plain, Words (2)  # at the end",
    "\n  on the next line",
    " plain over\n  two lines\n\n  and a third",
    " 'it''s single'",
    " 'single over\n  two lines' # c",
    ' "double \\"q\\" \\u00e9"   # c',
    ' "double over \\\n  two\n\n  lines"',
    " |\n  literal\n    deeper\n\n  # no comment",
    " |-  # head\n  literal",
    " |+\n  kept\n\n",
    " >\n  folded\n  lines\n\n  more",
    " >-\n  folded",
    " 2020-01-02",
    " 2020-01-02T00:00:00Z # day",
    " 2016-04-31",
    " null",
    " ~",
    " ''",
    ' ""',
    " 12",
    " 1.5",
    " true",
    " yes",
    " *x",
    " &y anchored",
    " !!str 3",
]
_YAML_LISTS = [
    " []",
    " [ ]  # none",
    " [Ada]",
    " [Ada, 'B. Bly', \"C, D\"] # three",
    ' [\n  "Ada",  # first\n  "Bly"\n]',
    " [\n  Ada,\n  Bly,\n  ]",
    ' ["Ada","Bly"]',
    " [Ada,\n  Bly]",
    "\n- Ada",
    "\n- Ada\n- 'B. Bly' # note\n- \"C\"",
    "\n  - Ada\n  # between\n  - Bly\n\n  - Cox",
    "\n-   Ada\n-\n- ~",
    "\n- Ada over\n  two lines\n- |\n  literal\n- last",
    "\n- {name: Ada}\n- Bly",
    "\n- name: Ada\n  role: x",
    " Ada Lovelace",
    "",
    " &z [Ada]",
]
_YAML_BETWEEN = [
    "",
    "",
    "",
    "\n",
    "# a comment\n",
    "# abstract: For patients\n#   who wait\n",
    "# doi: ''\n",
    "  # indented\n",
    "image:\n  caption: 'x'\n  # focal_point: y\n  focal: z\n",
    "links:\n- type: pdf # l\n  url: https://a.b/#c\n",
    "hugoblox:\n  ids: {arxiv: '1512.04130'}\n",
    "x: &x {k: v}\n",
    'hugoblox:\n  ids:\n    arxiv: "1"\n',
    "merged:\n  <<: {k: v}\n",
]
_TOML_SCALARS = [
    ' = "basic \\"q\\" \\u00e9"',
    " = 'literal' # c",
    ' = """\nmany\nlines"""',
    ' = """one \\\n  folded"""  # c',
    " = '''\nmany 'literal'\nlines'''",
    "=''",
    ' = ""',
    " = 2020-01-02",
    " = 2020-01-02T00:00:00Z # day",
    " = 2016-04-31",
    " = 12",
    " = 1.5",
    " = true",
]
_TOML_LISTS = [
    " = []",
    " = [ ] # none",
    ' = ["Ada"]',
    ' = ["Ada", \'B. Bly\', "C, D"] # three',
    ' = [\n  "Ada", # first\n  "Bly"\n]',
    ' = [\n  "Ada",\n  "Bly",\n]',
    " = [\n  # none yet\n]",
    ' = ["Ada","Bly"]',
    ' = [{name = "Ada"}]',
    ' = "Ada"',
]
_TOML_BETWEEN = [
    "",
    "",
    "\n",
    "# a comment\n",
    '# abstract = "For patients"\n',
    "# doi = ''\n",
    "  # indented\n",
]
_TOML_TABLES = [
    "",
    '[image]\n  caption = "x" # c\n',
    '[[links]]\nname = "a"\n[[links]]\nname = "b"\n',
    '\n# about\n[header]\nimage = ""\n[hugoblox.ids]\narxiv = "1"\n',
    'hugoblox.ids.arxiv = "1"\n',
    "hugoblox = {ids = {}}\n",
]
_BODIES = ["", "\n", "Body\n\n---\n\ntitle: no\n", "no final newline", "\n+++\n"]
_OPENINGS = ["", "", "", "\ufeff", "\n\n", "\ufeff\n"]


def _assembled(
    fence: str, keys: Sequence[str], forms: Sequence[str], between: Sequence[str], tail: str
) -> str:
    parts = []
    seen: set[str] = set()
    for gap, key, form in zip(between, keys, forms, strict=True):
        name = gap.split(":")[0].split("=")[0].strip()
        parts.append("" if name in seen and not gap.startswith("#") else gap)
        seen.add(name)
        parts.append(f"{key}{':' if fence == '---' else ''}{form}\n")
    return fence + "\n" + "".join(parts) + tail + fence + "\n"


@st.composite
def pages(draw: st.DrawFn) -> Drawn:
    """Draw a page: its format, some keys in some order, each in some style, comments, line ends and body."""
    fence = draw(st.sampled_from(["---", "---", "+++"]))
    scalars, lists, gaps = (
        (_YAML_SCALARS, _YAML_LISTS, _YAML_BETWEEN)
        if fence == "---"
        else (_TOML_SCALARS, _TOML_LISTS, _TOML_BETWEEN)
    )
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=6))
    forms = [draw(st.sampled_from(lists if key in ("authors", "tags") else scalars)) for key in keys]
    between = [draw(st.sampled_from(gaps)) for _ in keys]
    tail = draw(st.sampled_from(gaps if fence == "---" else _TOML_TABLES))
    if " *x" in forms and fence == "---":
        keys, forms, between = ["x0", *keys], [" &x word", *forms], ["", *between]
    text = draw(st.sampled_from(_OPENINGS)) + _assembled(fence, keys, forms, between, tail)
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    text = (text + draw(st.sampled_from(_BODIES))).replace("\n", newline)
    return Drawn(text, "yaml" if fence == "---" else "toml")
