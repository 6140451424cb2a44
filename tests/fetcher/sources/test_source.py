"""Addresses: which DOIs go into a batch, which are requested singly, and which answers fit."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.fetcher.access import Access
from enrich.fetcher.sources.crossref import connect_crossref
from enrich.fetcher.sources.services import make_services
from enrich.fetcher.sources.source import MOST_BYTES, MOST_DOIS, split_batches

BASE = "https://api.example"
CROSSREF = connect_crossref(BASE)
SERVICES = make_services(Access())
HOST = "https://api.crossref.org"
NEW = f"{HOST}/works/10.1/new"


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        pytest.param("10.1000/x", f"{BASE}/works/10.1000/x", id="plain"),
        pytest.param(
            "10.1002/(sici)1097(199)1:1<1::aid-x1>3.0.co;2-#",
            f"{BASE}/works/10.1002/%28sici%291097%28199%291%3A1%3C1%3A%3Aaid-x1%3E3.0.co%3B2-%23",
            id="a SICI",
        ),
        pytest.param(
            "10.1000/a'b?c&d=%20+[é]",
            f"{BASE}/works/10.1000/a%27b%3Fc%26d%3D%2520%2B%5B%C3%A9%5D",
            id="all that is odd",
        ),
    ],
)
def test_a_doi_is_encoded_once(doi: str, url: str) -> None:
    assert CROSSREF.make_single_url(doi) == url
    assert CROSSREF.extract_doi(url) == doi


def test_a_list_call_repeats_the_key_and_sends_rows() -> None:
    assert CROSSREF.make_list_url(["10.1000/a<b", "10.1000/c"]) == (
        f"{BASE}/works?filter=doi:10.1000/a%3Cb,doi:10.1000/c&rows=2"
    )


@pytest.mark.parametrize(
    ("doi", "listed"),
    [
        pytest.param("10.1000/x", True, id="plain"),
        pytest.param("10.1000.10/x", True, id="a prefix in parts"),
        pytest.param("10.1000/a,b", False, id="a comma ends a filter"),
        pytest.param("10.1/x", False, id="a prefix too short"),
        pytest.param("10.1000/a b", False, id="a space"),
        pytest.param("10.1000/", False, id="no suffix"),
        pytest.param("in press", False, id="no DOI"),
    ],
)
def test_one_malformed_doi_would_fail_a_batch(doi: str, *, listed: bool) -> None:
    assert CROSSREF.supports_batch(doi) is listed


@given(
    st.lists(
        st.text(st.characters(min_codepoint=33, max_codepoint=400), min_size=1, max_size=300), max_size=120
    )
)
def test_batches_fit_and_lose_nothing(suffixes: list[str]) -> None:
    dois = [f"10.1000/{suffix}" for suffix in suffixes]
    groups = list(split_batches(CROSSREF, dois, spare=40))
    assert [doi for group in groups for doi in group] == dois
    for group in groups:
        parts = urlsplit(CROSSREF.make_list_url(group))
        size = len(parts.path) + len(parts.query) + 1 + 40
        assert len(group) == 1 or (len(group) <= MOST_DOIS and size <= MOST_BYTES)


def test_batches_are_as_large_as_they_may_be() -> None:
    assert [len(group) for group in split_batches(CROSSREF, [f"10.1000/{n}" for n in range(100)])] == [
        40,
        40,
        20,
    ]


@pytest.mark.parametrize(
    ("url", "body", "find_mismatch"),
    [
        pytest.param("works/10.1/a", {"message": {"DOI": "10.1/A"}}, "", id="the record"),
        pytest.param(
            "works/10.1/a", {"message": {"DOI": "10.1/b", "aliases": ["10.1/a"]}}, "", id="an alias's record"
        ),
        pytest.param(
            "works/10.1/a", {"message": {"DOI": "10.1/b"}}, "its answer is about another DOI", id="another's"
        ),
        pytest.param("works/10.1/a", {"message": []}, "its answer is not a record", id="no record"),
        pytest.param("works/10.1/a", None, "its answer is not a record", id="nothing"),
        pytest.param("works?filter=doi:10.1/a", {"message": {"items": []}}, "", id="a list"),
        pytest.param(
            "works?filter=doi:10.1/a", {"message": {}}, "its answer is not a list of records", id="no list"
        ),
        pytest.param(
            "works/10.1/a/agency",
            {"message": {"DOI": "10.1/a", "agency": {"id": "jalc", "label": "JaLC"}}},
            "",
            id="an agency",
        ),
        pytest.param("works/10.1/a/agency", {"message": {}}, "its answer names no agency", id="no agency"),
    ],
)
def test_an_answer_must_be_about_the_requested_doi(url: str, body: object, find_mismatch: str) -> None:
    assert SERVICES.find_mismatch(f"https://api.crossref.org/{url}", body) == find_mismatch


@pytest.mark.parametrize(
    ("body", "find_mismatch"),
    [
        pytest.param([{"DOI": "10.1/A", "RA": "mEDRA"}], "", id="an agency"),
        pytest.param([{"DOI": "10.1/a", "status": "DOI does not exist"}], "", id="nowhere"),
        pytest.param([{"DOI": "10.1/b", "RA": "mEDRA"}], "its answer is about another DOI", id="another's"),
        pytest.param([{"DOI": "10.1/a", "status": "Try later"}], "its answer names no agency", id="a riddle"),
        pytest.param([], "its answer names no agency", id="nothing"),
    ],
)
def test_the_register_has_to_name_an_agency(body: object, find_mismatch: str) -> None:
    assert SERVICES.find_mismatch("https://doi.org/ra/10.1/a", body) == find_mismatch


@pytest.mark.parametrize(
    ("location", "target"),
    [
        pytest.param("/works/10.1/NEW", NEW, id="relative"),
        pytest.param(f"{HOST}:443/works/10.1%2Fnew?mailto=a", NEW, id="the port and parameters go"),
        pytest.param("http://api.crossref.org/works/10.1/new", "", id="not encrypted"),
        pytest.param(f"{HOST}.evil.example/works/10.1/new", "", id="another host"),
        pytest.param("//evil.example/works/10.1/new", "", id="another host without a scheme"),
        pytest.param(f"{HOST}:8443/works/10.1/new", "", id="another port"),
        pytest.param(f"{HOST}:x/works/10.1/new", "", id="no port"),
        pytest.param("http://[", "", id="no address"),
    ],
)
def test_redirects_stay_with_the_service(location: str, target: str) -> None:
    assert SERVICES.resolve_redirect("https://api.crossref.org/works/10.1/old", location) == target


def test_neither_address_nor_token_is_printed() -> None:
    assert "lab" not in repr(Access(mailto="you@lab.org", token="labtoken"))  # noqa: S106  # an example
