"""The DOIs that a page has elsewhere than under the theme's own key, and where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.front_matter.page_text import read_page
from enrich.site.bib_dois import list_bib_dois
from enrich.site.placed_dois import MOST_PLACED, list_placed_dois

DOI = "10.1234/Fish.1"
BIB = "@article{ness2020,\n  title = {On fishes},\n  doi = {10.1234/Fish.1},\n}\n"


def list_places(front: str, bib: str = "") -> list[tuple[str, str]]:
    page = read_page("content/publication/x/index.md", f"---\n{front}\n---\nBody with 10.1234/body\n")
    return [(placed.doi.bare, ".".join(placed.path)) for placed in list_placed_dois(page, bib)]


@pytest.mark.parametrize(
    ("front", "key"),
    [
        pytest.param(f"url_pdf: https://doi.org/{DOI}", "url_pdf", id="an address at doi.org"),
        pytest.param(f"url_pdf: https://www.pub.example/doi/pdf/{DOI}?x=1", "url_pdf", id="a publisher's"),
        pytest.param(f"URL_Source: http://dx.doi.org/{DOI}", "URL_Source", id="a key in another case"),
        pytest.param(f"url: https://doi.org/{DOI}", "url", id="the address of the page's own"),
        pytest.param(f"url_preprint: https://doi.org/{DOI}", "url_preprint", id="a preprint"),
        pytest.param(f"doi: ''\nparams: {{doi: {DOI}}}", "params.doi", id="below params, the other is empty"),
        pytest.param(f"'hugoblox.ids': {{doi: {DOI}}}", "hugoblox.ids.doi", id="a dotted key"),
        pytest.param(f"ids: {{DOI: {DOI}}}", "ids.DOI", id="ids alone"),
        pytest.param(f"links: [{{type: doi, id: {DOI}}}]", "links", id="a link of type doi"),
        pytest.param(f"links: [{{name: ACM DL, url: 'https://a.b/{DOI}'}}]", "links", id="a library's link"),
        pytest.param(f"url_custom: [{{name: DOI, url: 'https://doi.org/{DOI}'}}]", "url_custom", id="custom"),
        pytest.param(f"publication: 'Fish 2, doi: {DOI}.'", "publication", id="a citation as the journal"),
        pytest.param(f"citation_apa: 'Ness, K. (2020). https://doi.org/{DOI}'", "citation_apa", id="APA"),
    ],
)
def test_a_doi_is_found_where_people_put_it(front: str, key: str) -> None:
    assert list_places(front) == [(DOI, key)]


@pytest.mark.parametrize(
    "front",
    [
        f"{key}: https://doi.org/{DOI}"
        for key in ("url_code", "url_dataset", "url_slides", "url_poster", "url_video", "url_project")
    ]
    + [
        f"abstract: See https://doi.org/{DOI}",
        f"# url_pdf: https://doi.org/{DOI}\ntitle: x",
        f"links: [{{name: Dataset, url: 'https://doi.org/{DOI}'}}]",
        f"links: [{{type: code, url: 'https://doi.org/{DOI}'}}, {{name: Slides, url: 'https://doi.org/{DOI}'}}]",
        "url_pdf: files/paper.pdf",
        "links: 3\nurl_custom: [7, null, {url: 8}]\npublication: [1]\nids: x\nhugoblox.ids: [1]",
    ],
)
def test_no_doi_is_taken_from_material_of_the_paper_or_from_odd_values(front: str) -> None:
    assert list_places(front) == []


def test_the_order_is_key_then_links_then_addresses_then_text_then_arxiv_then_the_citation_file() -> None:
    front = """\
publication: "Fish, 10.1234/text"
url_pdf: https://arxiv.org/pdf/2003.00001v2.pdf
url_source: https://doi.org/10.1234/source
links: [{name: Paper, url: "https://doi.org/10.1234/paper"}, {name: DOI, url: "https://doi.org/10.1234/link"}]
ids: {doi: 10.1234/ids}"""
    assert [doi for doi, _ in list_places(front, BIB)] == [
        "10.1234/ids",
        "10.1234/link",
        "10.1234/paper",
        "10.1234/source",
        "10.1234/text",
        "10.48550/arXiv.2003.00001",
        DOI,
    ]


def test_each_doi_is_listed_once_and_of_many_only_the_first() -> None:
    many = " ".join(f"10.1234/n{number}" for number in range(500))
    assert list_places(f"url_pdf: https://doi.org/{DOI}\npublication: {DOI.lower()}") == [(DOI, "url_pdf")]
    assert len(list_places(f"publication: '{many}'")) == MOST_PLACED


@pytest.mark.parametrize(
    ("bib", "dois"),
    [
        pytest.param(BIB, ["10.1234/Fish.1"], id="an exporter's file"),
        pytest.param('@article{x, DOI="https://doi.org/10.1234/a"}', ["10.1234/a"], id="one line, in quotes"),
        pytest.param("doi = {10.1007/978-3-030\\_4}", ["10.1007/978-3-030_4"], id="a LaTeX underscore"),
        pytest.param("url = {https://doi.org/10.1/x}\n doi = 10.1234/b,", ["10.1234/b"], id="no braces"),
        pytest.param(" url = {https://a.b/10.1234/u},", ["10.1234/u"], id="an address"),
        pytest.param("% doi = {10.1234/comment}\nnote = {see 10.1234/note}", [], id="a comment and a note"),
        pytest.param("@article{", [], id="cut off"),
    ],
)
def test_the_dois_of_a_citation_file(bib: str, dois: list[str]) -> None:
    assert list(list_bib_dois(bib)) == dois


@given(st.text(alphabet='doi=url{}",\n \\@10./x', max_size=300))
def test_a_damaged_citation_file_breaks_nothing(bib: str) -> None:
    assert all(doi.startswith("10.") for doi in list_bib_dois(bib))
