"""Make a page for the browser that contains everything, loads nothing, and runs only enrich's script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from enrich.report.parts.inline_html import render_code, render_inline
from enrich.report.parts.page_cards import make_tag
from enrich.report.parts.safe_text import escape_hidden, escape_line, format_json
from enrich.report.parts.templates import read_template
from enrich.text.count_noun import count_noun

# Only these characters could end a data block or begin another; JSON has escapes for them.
_SCRIPT_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
# Only enrich's own script and style may run, and no address but `data:` may be loaded.
_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:;"
    " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

_MANY = 20  # cards: more than a few screens of a phone


def render_html_page(name: str, *, tool: str, data: object, count: int, **values: object) -> str:
    """Return the page of the template `name`.html with the script `name`.js, which reads `data`.

    `count` is the number of its cards; a page with many has links to its top and its end. `values` are the
    variables of the template.
    """
    script, style = _join_scripts(["page.js", f"{name}.js"]), read_template("report.css")
    template = _load_environment().get_template(f"{name}.html")
    return template.render(
        policy=_POLICY.format(script=_hash_text(script), style=_hash_text(style)),
        script=Markup(script),  # noqa: S704 - all are files of ours
        style=Markup(style),  # noqa: S704
        data=Markup(_format_data(data)),  # noqa: S704 - escaped just there
        tool=tool,
        is_empty=not count,
        is_long=count > _MANY,
        **values,
    )


def _join_scripts(names: Sequence[str]) -> str:
    """Return the scripts as one function, so that none of their names is global."""
    return '"use strict";\n(() => {\n' + "\n".join(map(read_template, names)) + "})();\n"


def _format_data(data: object) -> str:
    """Return the data as JSON that cannot end the element that contains it."""
    text = format_json(data)
    for letter, escape in _SCRIPT_ESCAPES.items():
        text = text.replace(letter, escape)
    return text


def _hash_text(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _load_environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(read_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "escape_line": escape_line,
        "escape_hidden": escape_hidden,
        "count_noun": count_noun,
        "make_tag": make_tag,
        "inline": render_inline,
        "render_code": render_code,
    }
    return environment
