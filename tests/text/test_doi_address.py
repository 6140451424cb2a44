"""The address of a DOI leads to that DOI, in every report, and ends where a reader takes it to end."""

from __future__ import annotations

import pytest

from enrich.model.page import Doi
from enrich.report.parts.doi_links import link_dois
from enrich.text.doi import parse_doi
from enrich.text.doi_address import format_doi_address

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-#"


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1234/abc.d_e-f", "https://doi.org/10.1234/abc.d_e-f"),
        ("10.1016/s0140(05)67[1:x]2.0.co;2", "https://doi.org/10.1016/s0140(05)67[1:x]2.0.co;2"),
        ("10.1234/a<1::b>2", "https://doi.org/10.1234/a%3C1::b%3E2"),
        ("10.1234/what?now", "https://doi.org/10.1234/what%3Fnow"),
        ("10.1234/50%off", "https://doi.org/10.1234/50%25off"),
        ("10.1234/a#b", "https://doi.org/10.1234/a%23b"),
        ("10.1234/o'neill", "https://doi.org/10.1234/o%27neill"),
        ("10.1234/a b\n", "https://doi.org/10.1234/a%20b%0A"),
    ],
)
def test_the_address_of_a_doi(doi: str, address: str) -> None:
    assert format_doi_address(doi) == address


@pytest.mark.parametrize("doi", ["10.1234/abc", SICI, "10.1234/a<b>c;d", "10.1234/(a)[b]:c"])
def test_an_address_in_a_sentence_leads_to_the_whole_doi(doi: str) -> None:
    address = format_doi_address(doi)
    pieces = list(link_dois(f"this work was retracted: {address}; say so on the page"))
    (link,) = (url for _, url in pieces if url)
    assert "".join(text for text, _ in pieces) == f"this work was retracted: {address}; say so on the page"
    parsed = parse_doi(link)
    assert isinstance(parsed, Doi)
    assert parsed.bare == doi
