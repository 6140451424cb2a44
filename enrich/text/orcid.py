"""Parse an ORCID iD."""

from __future__ import annotations

import re

_ORCID = re.compile(
    r"\s*(?:(?:https?://)?(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?\s*", re.IGNORECASE
)


def parse_orcid(text: str) -> str:
    """Return the ORCID iD in a text or an address, in four groups; `""` if it has none.

    The last sign is a check digit: https://support.orcid.org/hc/en-us/articles/360006897674
    """
    match = _ORCID.fullmatch(text)
    if match is None:
        return ""
    orcid = "-".join(match.groups()).upper()
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return orcid if orcid[-1] == ("X" if check == 10 else str(check)) else ""
