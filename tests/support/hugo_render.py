"""Build a small Hugo site that does with front matter what the themes do, and read what comes out.

Everything in it is set to the most dangerous: raw HTML allowed, emoji on, attributes on blocks,
shortcodes that print a secret. `hugo_site.binaries` finds Hugo.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

SENTINEL = "TheUnpublishedWord"

_CONFIG = """
baseURL = "https://example.org/"
enableEmoji = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]
[params]
secret = "{secret}"
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""
# HugoBlox Tailwind and Kit hand formulas through to the browser; the older themes do not.
_PASSTHROUGH = r"""
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\[', '\]'], ['$$', '$$']]
inline = [['\(', '\)'], ['$', '$']]
"""
# What the themes do with each field: `markdownify` up
# to HugoBlox Bootstrap, `RenderString` after it, names as Markdown up to Academic 4.8.
LAYOUT = """
§§title§§{{ .Title }}
§§abstract§§{{ .Params.abstract | markdownify }}
§§rendered§§{{ .RenderString .Params.abstract }}
§§publication§§{{ .Params.publication | markdownify }}
§§authors§§{{ range .Params.authors }}{{ . }}{{ end }}
§§names§§{{ range .Params.names }}{{ . | markdownify }}{{ end }}
§§end§§
"""


@dataclass
class Html(HTMLParser):
    """What a browser would make of a piece of HTML: its elements, their attributes, its text."""

    text: str = ""
    tags: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += [f"{name}={value}" for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Note an element's end."""
        self.ends.append(tag)

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += data


def read_html(source: str) -> Html:
    """Return what a piece of HTML holds."""
    html = Html()
    html.feed(source)
    html.close()
    return html


def render(
    folder: Path, pages: Sequence[Mapping[str, object]], binary: str, *, passthrough: bool
) -> list[Mapping[str, str]]:
    """Build a site of these front matters in one run and return each page's fields as HTML."""
    texts = {f"publication/p{number}": json.dumps(data) + "\n" for number, data in enumerate(pages)}
    return list(build(folder, texts, binary, passthrough=passthrough).values())


def build(
    folder: Path, pages: Mapping[str, str], binary: str, *, passthrough: bool, layout: str = LAYOUT
) -> dict[str, Mapping[str, str]]:
    """Build a site of these pages (their places below `content/`) and return each one's fields as HTML."""
    config = _CONFIG.replace("{secret}", SENTINEL) + (_PASSTHROUGH if passthrough else "")
    files = {
        "hugo.toml": config,
        "layouts/_default/single.html": layout,
        "layouts/_default/list.html": "{{ len .Pages }}",
        "layouts/shortcodes/secret.html": "{{ site.Params.secret }}{{ .Inner }}",
        **{f"content/{place}.md": text for place, text in pages.items()},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    done = subprocess.run(
        [binary, "--logLevel", "error", "--destination", "public"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    public = folder / "public"
    return {place: _fields((public / place / "index.html").read_text(encoding="utf-8")) for place in pages}


def _fields(page: str) -> Mapping[str, str]:
    parts = page.split("§§")
    return dict(zip(parts[1::2], parts[2::2], strict=False))
