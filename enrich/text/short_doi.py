"""Recognise a short DOI (https://shortdoi.org): `10/` and a code, which only a request could make a DOI."""

from __future__ import annotations

import re

LONGEST_TYPED = 200  # characters, with the resolver and the end of an address

_CODE = r"(?P<{0}>(?!(?:19|20)\d\d\b)[a-z0-9]{{2,10}})"  # "10/2019" is October 2019
_RESOLVERS = r"(?:(?:https?:)?//)?(?:(?:dx\.|www\.)?(?:short)?doi\.org|hdl\.handle\.net)/+"
_SHORT = re.compile(
    rf"[^\w/]*+(?:(?:{_RESOLVERS}|(?:short)?doi\b\s*+(?:[:/]\s*+)?)*+10\s*[/\\]\s*{_CODE.format('code')}"
    rf"|{_RESOLVERS}(?=[a-z]*\d){_CODE.format('address')}|(?:https?:)?//shortdoi\.org/{_CODE.format('word')})"
    r"(?:[/)>\]?#\s].*|[.,;:])?",
    re.IGNORECASE | re.DOTALL,
)
_IS_PATH = re.compile(r"10/\w+/+\w")  # "10/3/2019", "10/ab12/xyz"


def find_short_doi(text: str) -> str:
    """Return a typed short DOI as `10/f3mz8c`, `""` if a text is not one."""
    match = _SHORT.fullmatch(text) if len(text) <= LONGEST_TYPED and not _IS_PATH.search(text) else None
    return f"10/{match['code'] or match['address'] or match['word']}" if match else ""
