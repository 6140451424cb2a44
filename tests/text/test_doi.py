"""DOIs as people type and link them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.formats.front_matter import read_page
from enrich.text.doi import BadDoi, Doi, doi_of, find_dois, find_piis, parse_doi

SICI = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        pytest.param("10.1038/nature14539", "10.1038/nature14539", id="bare"),
        pytest.param("10.1109/EMBC.2014.6944441", "10.1109/EMBC.2014.6944441", id="upper case is kept"),
        pytest.param("https://doi.org/10.1038/nature14539", "10.1038/nature14539", id="a resolver"),
        pytest.param("http://dx.doi.org/10.1038/nature14539", "10.1038/nature14539", id="the old resolver"),
        pytest.param("https://www.doi.org/10.1038/nature14539", "10.1038/nature14539", id="www"),
        pytest.param("doi.org/10.1038/nature14539", "10.1038/nature14539", id="no scheme"),
        pytest.param("https://doi.org/https://doi.org/10.1038/x1", "10.1038/x1", id="doubled"),
        pytest.param("https://doi.org/doi:10.1038/x1", "10.1038/x1", id="a resolver and doi:"),
        pytest.param("HTTPS://DOI.ORG/10.1038/x1", "10.1038/x1", id="a resolver in capitals"),
        pytest.param("doi:10.1038/x1", "10.1038/x1", id="doi:"),
        pytest.param("DOI: 10.1038/x1", "10.1038/x1", id="DOI and a space"),
        pytest.param("doi 10.1038/x1", "10.1038/x1", id="doi without a colon"),
        pytest.param("info:doi/10.1038/x1", "10.1038/x1", id="info:doi/"),
        pytest.param("  10.1038/x1\u00a0", "10.1038/x1", id="white space at the edges"),
        pytest.param("\u200b10.1038/x1", "10.1038/x1", id="a zero-width space"),
        pytest.param("10.1038/x1.", "10.1038/x1", id="a full stop"),
        pytest.param("10.1038/x1,", "10.1038/x1", id="a comma"),
        pytest.param("10.1038/x1;", "10.1038/x1", id="a semicolon"),
        pytest.param("10.1016%2Fj.cell.2020.01.001", "10.1016/j.cell.2020.01.001", id="percent-encoded"),
        pytest.param("https://doi.org/10.1002%2Fab.123", "10.1002/ab.123", id="a resolver, encoded"),
        pytest.param(SICI, SICI, id="SICI"),
        pytest.param("10.1000.10/123456", "10.1000.10/123456", id="a prefix in two parts"),
        pytest.param(
            "10.1175/1520-0493(1998)126<0001:A>2.0.CO;2",
            "10.1175/1520-0493(1998)126<0001:A>2.0.CO;2",
            id="AMS",
        ),
    ],
)
def test_what_is_a_doi(typed: str, bare: str) -> None:
    assert parse_doi(typed) == Doi(bare, bare.lower())


@pytest.mark.parametrize("nothing", [None, "", "  ", "\u200b"])
def test_nothing(nothing: object) -> None:
    assert parse_doi(nothing) is None


@pytest.mark.parametrize(
    ("typed", "repair"),
    [
        pytest.param("0.1145/3292500.3330701", "10.1145/3292500.3330701", id="the 1 was lost"),
        pytest.param("110.1007/s00591-021-00310-x", "10.1007/s00591-021-00310-x", id="a digit too many"),
        pytest.param("hhttps://doi.org/10.1038/x1", "10.1038/x1", id="a letter too many"),
        pytest.param(
            "article/10.1007/s00591-021-00310-x", "10.1007/s00591-021-00310-x", id="a piece of an address"
        ),
        pytest.param(
            "https://onlinelibrary.wiley.com/doi/10.1002/ab.1/full", "10.1002/ab.1", id="another host"
        ),
        pytest.param("10.1038/x1 (in press)", "10.1038/x1", id="a note behind it"),
        pytest.param("10.1038/ x1", "10.1038/x1", id="white space in it"),
        pytest.param("10.1038/s41586\u2013019", "10.1038/s41586-019", id="a dash"),
        pytest.param("arXiv:1512.04130", "10.48550/arXiv.1512.04130", id="an arXiv number"),
        pytest.param("10.1007", "", id="no suffix"),
        pytest.param("10.1007/", "", id="nothing behind the slash"),
        pytest.param("31978945", "", id="a PubMed number"),
        pytest.param("in press", "", id="a note"),
        pytest.param("We looked at fish for a long time.", "", id="an abstract"),
        pytest.param(10.1038, "", id="a number"),
        pytest.param(["10.1038/x1"], "10.1038/x1", id="a list"),
    ],
)
def test_what_is_none(typed: object, repair: str) -> None:
    found = parse_doi(typed)
    assert isinstance(found, BadDoi)
    assert found.reason
    assert found.repair == repair


@given(st.text())
def test_a_repair_is_a_doi_and_a_doi_stays_one(text: str) -> None:
    found = parse_doi(text)
    if isinstance(found, BadDoi) and found.repair:
        assert not isinstance(parse_doi(found.repair), BadDoi)
    if isinstance(found, Doi):
        assert parse_doi(found.bare) == found


@pytest.mark.parametrize(
    ("text", "dois"),
    [
        ("https://journal.org/doi/pdf/10.1234/abc.def.pdf", ("10.1234/abc.def",)),
        (
            "https://link.springer.com/content/pdf/10.1007%2Fs00591-021-00310-x.pdf",
            ("10.1007/s00591-021-00310-x",),
        ),
        ("see (10.1234/ABC) and 10.1234/abc.", ("10.1234/abc",)),
        ("10.1016/S0022-2836(05)80360-2", ("10.1016/s0022-2836(05)80360-2",)),
        ('<a href="https://doi.org/10.1234/x">', ("10.1234/x",)),
        ("https://journal.org/article/10.1234/x?download=true", ("10.1234/x",)),
        ("uploads/paper.pdf", ()),
    ],
)
def test_dois_in_a_text(text: str, dois: tuple[str, ...]) -> None:
    assert find_dois(text) == dois


@pytest.mark.parametrize(
    "text",
    [
        "https://www.clinical-lymphoma-myeloma-leukemia.com/article/S2152-2650(22)00324-X/pdf",
        "https://www.sciencedirect.com/science/article/pii/S215226502200324X",
        "https://example.org/S2152-2650%2822%2900324-X",
    ],
)
def test_publishers_numbers(text: str) -> None:
    assert find_piis(text) == ("S215226502200324X",)


@pytest.mark.parametrize(
    ("header", "path", "value"),
    [
        pytest.param("doi: 10.1/x", ("doi",), "10.1/x", id="the older place"),
        pytest.param("DOI: 10.1/x", ("DOI",), "10.1/x", id="in its spelling"),
        pytest.param("hugoblox:\n  ids:\n    doi: 10.1/x", ("hugoblox", "ids", "doi"), "10.1/x", id="Kit"),
        pytest.param(
            "doi: 10.2/y\nhugoblox:\n  ids:\n    doi: 10.1/x", ("hugoblox", "ids", "doi"), "10.1/x", id="both"
        ),
        pytest.param("doi: 10.2/y\nhugoblox:\n  ids:\n    doi: ''", ("doi",), "10.2/y", id="Kit's is empty"),
        pytest.param("doi:", ("doi",), "", id="empty"),
        pytest.param("title: x", None, None, id="none"),
    ],
)
def test_where_a_page_keeps_it(header: str, path: tuple[str, ...] | None, value: str | None) -> None:
    assert doi_of(read_page("x.md", f"---\n{header}\n---\n")) == (path, value)
