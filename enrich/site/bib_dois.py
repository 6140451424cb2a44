"""Read the DOIs of a citation file, even if the rest of it is damaged."""

from __future__ import annotations

import re

from enrich.text.doi import find_typed_dois

_FIELD = re.compile(r"(?:^|[,{])[ \t]*(doi|url)[ \t]*=[ \t]*([^\n]*)", re.IGNORECASE | re.MULTILINE)
_ESCAPED = re.compile(r"\\([_%#&{}])|[{}\"]")


def list_bib_dois(text: str) -> tuple[str, ...]:
    """Return the DOIs of a BibTeX text as typed: first those of `doi` fields, then those in addresses."""
    fields = [(match[1].lower(), _ESCAPED.sub(r"\1", match[2])) for match in _FIELD.finditer(text)]
    texts = (value for name in ("doi", "url") for key, value in fields if key == name)
    return tuple(dict.fromkeys(doi for value in texts for doi in find_typed_dois(value)))
