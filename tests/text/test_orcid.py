"""Which texts are ORCID iDs."""

from __future__ import annotations

import pytest

from enrich.text.orcid import parse_orcid


@pytest.mark.parametrize(
    ("typed", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        (" https://orcid.org/0000-0001-5109-3700/ ", "0000-0001-5109-3700"),
        ("orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1825-0098", ""),
        ("0000-0002-1694-2330", ""),
        ("0000-0002-1825", ""),
        ("https://example.org/0000-0002-1825-0097", ""),
        ("Ada Lovelace", ""),
        ("", ""),
    ],
)
def test_an_orcid_is_read_with_its_check_digit(typed: str, orcid: str) -> None:
    assert parse_orcid(typed) == orcid
