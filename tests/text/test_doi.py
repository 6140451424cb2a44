"""DOIs in every form that people type."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.page import BadDoi, Doi, FrontMatter, KeyPath, Page, Value
from enrich.text.doi import find_dois, find_piis, parse_doi
from enrich.text.page_doi import page_doi

SICI = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"


@pytest.mark.parametrize("value", [None, "", " ", "\t\n", "\u200b", "\ufeff "])
def test_an_empty_value_has_no_doi(value: object) -> None:
    assert parse_doi(value) is None


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        pytest.param("10.1234/abc.567", "10.1234/abc.567", id="a bare one"),
        pytest.param("10.1234/ABC.Def", "10.1234/ABC.Def", id="letters keep their case"),
        pytest.param(" 10.1234/abc\n", "10.1234/abc", id="white space at the edges"),
        pytest.param("\ufeff10.1234/abc\u200b\xa0", "10.1234/abc", id="invisible characters at both ends"),
        pytest.param("https://doi.org/10.1234/abc", "10.1234/abc", id="a resolver"),
        pytest.param("http://doi.org/10.1234/abc", "10.1234/abc", id="a resolver without TLS"),
        pytest.param("https://dx.doi.org/10.1234/abc", "10.1234/abc", id="the old resolver"),
        pytest.param("HTTPS://WWW.DOI.ORG/10.1234/abc", "10.1234/abc", id="a resolver in capitals"),
        pytest.param("doi.org/10.1234/abc", "10.1234/abc", id="a resolver without a scheme"),
        pytest.param("//doi.org/10.1234/abc", "10.1234/abc", id="a resolver in the page's scheme"),
        pytest.param("https://hdl.handle.net/10.1234/abc", "10.1234/abc", id="the handle system's resolver"),
        pytest.param("https://doi.org/https://doi.org/10.1234/abc", "10.1234/abc", id="doubled"),
        pytest.param(
            "https://dx.doi.org/https://doi.org/doi:10.1234/abc", "10.1234/abc", id="three in a row"
        ),
        pytest.param("https://doi.org//10.1234/abc", "10.1234/abc", id="a resolver with two slashes"),
        pytest.param("https://doi.org/ 10.1234/abc", "10.1234/abc", id="white space after the resolver"),
        pytest.param("doi:10.1234/abc", "10.1234/abc", id="doi: before it"),
        pytest.param("DOI: 10.1234/abc", "10.1234/abc", id="DOI: and a space before it"),
        pytest.param("doi 10.1234/abc", "10.1234/abc", id="doi and a space before it"),
        pytest.param("info:doi/10.1234/abc", "10.1234/abc", id="as an info URI"),
        pytest.param("urn:doi:10.1234/abc", "10.1234/abc", id="as a URN"),
        pytest.param("10.1234/abc.", "10.1234/abc", id="a full stop after it"),
        pytest.param("https://doi.org/10.1234/abc?utm_source=x", "10.1234/abc", id="a tracking parameter"),
        pytest.param(
            "https://doi.org/10.1234/abc?utm_source=x&utm_medium=y&fbclid=z",
            "10.1234/abc",
            id="three of them",
        ),
        pytest.param(
            "10.1371/journal.pone.1&type=printable", "10.1371/journal.pone.1", id="a view of the page"
        ),
        pytest.param("10.5555/c&d=e;f", "10.5555/c&d=e;f", id="an ampersand and an equals sign inside"),
        pytest.param("10.5555/a..b/.c", "10.5555/a..b/.c", id="points inside"),
        pytest.param("10.1234/abc,;. ", "10.1234/abc", id="more punctuation after it"),
        pytest.param("10.1234%2Fabc", "10.1234/abc", id="an encoded slash"),
        pytest.param("https%3A%2F%2Fdoi.org%2F10.1234%2Fabc", "10.1234/abc", id="all of it encoded"),
        pytest.param("10.1016/0169-2070%252892%2529901-Q", "10.1016/0169-2070(92)901-Q", id="encoded twice"),
        pytest.param(SICI, SICI, id="a SICI"),
        pytest.param(f"https://doi.org/{quote(SICI)}", SICI, id="a SICI after a resolver, encoded"),
        pytest.param(SICI.replace("-O", "-#"), SICI.replace("-O", "-#"), id="a SICI with # as check digit"),
        pytest.param(
            "10.1890/0012-9658(2006)87[31:MMF]2.0.CO;2",
            "10.1890/0012-9658(2006)87[31:MMF]2.0.CO;2",
            id="square brackets",
        ),
        pytest.param("10.1234.56/abc", "10.1234.56/abc", id="a registrant with a subdivision"),
        pytest.param("10.1234/a,b", "10.1234/a,b", id="a comma inside"),
        pytest.param("10.1234/a/b//c", "10.1234/a/b//c", id="slashes inside"),
        pytest.param(
            "10.5424/http://dx.doi.org/10.5424/x",
            "10.5424/http://dx.doi.org/10.5424/x",
            id="one that was registered with an address in it",
        ),
    ],
)
def test_safe_additions_are_removed(typed: str, bare: str) -> None:
    assert parse_doi(typed) == Doi(bare, bare.lower())


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        pytest.param("10.1234/abc", "", id="nothing after it"),
        pytest.param("https://doi.org/10.1234/abc", "", id="a resolver"),
        pytest.param("https://doi.org/10.1234/abc.", "10.1234/abc.", id="a full stop"),
        pytest.param("10.1234/abc&type=x", "10.1234/abc&type=x", id="what may be a parameter"),
        pytest.param("10.1234/what?now", "10.1234/what?now", id="a question mark"),
        pytest.param("doi:10.1234/a#b", "10.1234/a#b", id="a number sign"),
        pytest.param("10.1234/50%off", "10.1234/50%off", id="a per cent sign"),
        pytest.param("https://doi.org/10.1234/what%3Fnow", "10.1234/what?now", id="a question mark, encoded"),
        pytest.param("https://doi.org/10.1234/a%23b", "10.1234/a#b", id="a number sign, encoded"),
        pytest.param("https://doi.org/10.1234/50%25off", "10.1234/50%off", id="a per cent sign, encoded"),
        pytest.param("10.1234%2Fa%253Fb", "10.1234/a?b", id="a question mark, encoded twice"),
        pytest.param("10.1234/abc?utm_source=x", "", id="a sign that enrich takes for no DOI's"),
    ],
)
def test_an_end_that_may_belong_to_it_is_kept(typed: str, whole: str) -> None:
    found = parse_doi(typed)
    assert isinstance(found, Doi)
    assert found.whole == whole


@pytest.mark.parametrize(
    ("typed", "repair", "reason"),
    [
        pytest.param("0.1145/3025453", "10.1145/3025453", "begin", id="the first digit is lost"),
        pytest.param(".1145/3025453", "10.1145/3025453", "begin", id="two characters are lost"),
        pytest.param("110.1007/978-3", "10.1007/978-3", "begin", id="a digit too many"),
        pytest.param("10,1145/3025453", "10.1145/3025453", "begin", id="a comma for the point"),
        pytest.param("10. 1145/3025453", "10.1145/3025453", "characters", id="a space after the point"),
        pytest.param("10.1145\\3025453", "10.1145/3025453", "characters", id="the other slash"),
        pytest.param("10.1007/ 978-3", "10.1007/978-3", "characters", id="a space inside"),
        pytest.param("10.1007/978–3", "10.1007/978-3", "characters", id="a dash from a word processor"),
        pytest.param("10.1007/978-3textunderscore 2", "10.1007/978-3_2", "characters", id="a rest of LaTeX"),
        pytest.param(
            "10.1002/(SICI)1-2(1998)49:8&lt;6::AID&gt;3.0.CO;2-O",
            "10.1002/(SICI)1-2(1998)49:8<6::AID>3.0.CO;2-O",
            "characters",
            id="entities",
        ),
        pytest.param("hhttps://doi.org/10.1234/abc", "10.1234/abc", "address", id="a misspelt scheme"),
        pytest.param("http:/doi.org/10.1234/abc", "10.1234/abc", "begin", id="a slash is lost"),
        pytest.param("DOI10.1234/abc", "10.1234/abc", "begin", id="nothing after DOI"),
        pytest.param("article/10.1007/s11", "10.1007/s11", "begin", id="a piece of an address"),
        pytest.param("<https://doi.org/10.1234/abc>", "10.1234/abc", "begin", id="in angles"),
        pytest.param(
            "[10.1234/abc](https://doi.org/10.1234/abc)", "10.1234/abc", "begin", id="a Markdown link"
        ),
        pytest.param("10.1234/abc)", "10.1234/abc", "characters", id="a bracket too many"),
        pytest.param(
            "https://doi.org/10.1234/abc?format=xml", "10.1234/abc", "address", id="a query after it"
        ),
        pytest.param("10/f3mz8c", "", "short DOI", id="a short DOI"),
        pytest.param("https://doi.org/10/F3MZ8C", "", "short DOI", id="a short DOI after a resolver"),
        pytest.param("https://doi.org/f3mz8c", "", "short DOI", id="a short DOI without its prefix"),
        pytest.param("https://doi.org/10/f3mz8c/", "", "short DOI", id="a short DOI with a slash behind it"),
        pytest.param("doi.org/f3mz8c", "", "short DOI", id="a short DOI without https"),
        pytest.param("https://shortdoi.org/gbx", "", "short DOI", id="the address of a short DOI"),
        pytest.param("[10/f3mz8c](https://doi.org/10/f3mz8c)", "", "short DOI", id="a link to a short DOI"),
        pytest.param("<10/f3mz8c>", "", "short DOI", id="a short DOI in brackets"),
        pytest.param(r"10\f3mz8c", "", "short DOI", id="a short DOI with a backslash"),
        pytest.param("10/2019", "", "begin with 10.", id="a month of a year"),
        pytest.param("10/3/2019", "", "begin with 10.", id="a day"),
        pytest.param("https://doi.org/about", "", "address of a web page", id="a page of the resolver"),
        pytest.param("10.5555/a/../../members", "", "/../", id="a path that climbs"),
        pytest.param("10.5555/a/./b", "", "/./", id="a path that stays"),
        pytest.param("10.5555/..", "", "nothing after", id="nothing but points"),
        pytest.param("10.5555/a%2F..%2F..%2Fmembers", "", "/../", id="a path that climbs, encoded"),
        pytest.param("https://doi.org/10.1234/abc#top", "10.1234/abc", "address", id="a fragment after it"),
        pytest.param(
            "https://onlinelibrary.example/doi/full/10.1002/Abc",
            "10.1002/Abc",
            "address",
            id="a publisher's address",
        ),
        pytest.param(
            "www.publisher.example/10.1002/abc.pdf", "10.1002/abc", "address", id="a publisher's file"
        ),
        pytest.param("10.1234/abc, 10.5678/def", "10.1234/abc", "more than one", id="two DOIs"),
        pytest.param(
            "10.1234/abchttps://doi.org/10.1234/abc", "10.1234/abc", "more than one", id="pasted twice"
        ),
        pytest.param(
            "https://arxiv.org/abs/1512.04130v2",
            "10.48550/arXiv.1512.04130",
            "web page",
            id="an address at arXiv",
        ),
        pytest.param(
            "arXiv:hep-th/9901001", "10.48550/arXiv.hep-th/9901001", "begin", id="an old arXiv number"
        ),
        pytest.param(
            "We measured it again, see 10.1234/abc for how.", "10.1234/abc", "sentence", id="a whole text"
        ),
        pytest.param("https://doi.org/https://university.example/a.pdf", "", "web page", id="no DOI at all"),
        pytest.param("https://psyarxiv.com/3bak6", "", "web page", id="the address of a preprint"),
        pytest.param("10.1007", "", "nothing after", id="no suffix"),
        pytest.param("10.1007/", "", "nothing after", id="no suffix after the slash"),
        pytest.param("22561779", "", "PubMed", id="a PubMed id"),
        pytest.param("PMID: 22561779", "", "PubMed", id="a PubMed id by name"),
        pytest.param("in press", "", "remark", id="in press"),
        pytest.param("N.A.", "", "remark", id="not available"),
        pytest.param("10.1234/größe", "", "characters", id="letters that no DOI has"),
        pytest.param("10.1234/" + "a" * 400, "", "characters", id="longer than any"),
        pytest.param(10.1234, "", "not a text", id="a number"),
        pytest.param(["10.1234/abc"], "10.1234/abc", "not a text", id="a list"),
        pytest.param(True, "", "not a text", id="a truth"),
    ],
)
def test_a_damaged_doi_is_refused_with_the_likely_repair(typed: object, repair: str, reason: str) -> None:
    result = parse_doi(typed)
    assert isinstance(result, BadDoi)
    assert result.repair == repair
    assert reason in result.reason


@given(
    st.one_of(st.text(), st.integers(), st.floats(), st.lists(st.text()), st.text().map("10.1234/{}".format))
)
def test_any_value_is_a_doi_or_has_a_reason_why_not(value: object) -> None:
    result = parse_doi(value)
    if isinstance(result, Doi):
        assert parse_doi(result.bare) == result
        assert parse_doi(f"https://doi.org/{result.bare}") == result
        assert result.bare.isascii()
        assert not any(map(str.isspace, result.bare))
    elif isinstance(result, BadDoi) and result.repair:
        assert isinstance(parse_doi(result.repair), Doi)


@pytest.mark.parametrize(
    ("text", "dois"),
    [
        pytest.param("see 10.1234/Abc.", ("10.1234/abc",), id="in a sentence"),
        pytest.param("(doi:10.1234/abc)", ("10.1234/abc",), id="in brackets"),
        pytest.param("10.1234/a(1)b (10.1234/c)", ("10.1234/a(1)b", "10.1234/c"), id="its own brackets stay"),
        pytest.param("10.1234/abc and 10.1234/ABC", ("10.1234/abc",), id="each once"),
        pytest.param("[10.1234/abc](https://doi.org/10.1234/abc)", ("10.1234/abc",), id="a Markdown link"),
        pytest.param('<a href="https://doi.org/10.1234/abc">x</a>', ("10.1234/abc",), id="an HTML link"),
        pytest.param(f"in {SICI}, {quote(SICI)}", (SICI.lower(),), id="a SICI, plain and encoded"),
        pytest.param("https://x.example/doi/pdf/10.1002/abc?download=true", ("10.1002/abc",), id="a query"),
        pytest.param(
            "https://x.example/articles/10.3389/abc.2020.1/full", ("10.3389/abc.2020.1",), id="/full"
        ),
        pytest.param("https://x.example/10.1088/1361-6579/ad9/pdf", ("10.1088/1361-6579/ad9",), id="/pdf"),
        pytest.param("https://x.example/content/pdf/10.1007/s1-2.pdf", ("10.1007/s1-2",), id=".pdf"),
        pytest.param(
            "https://x.example/file?id=10.1371/j.1&type=printable", ("10.1371/j.1",), id="a parameter"
        ),
        pytest.param(
            "https://x.example/doi/10.1093/ab/cde089#supplement", ("10.1093/ab/cde089",), id="a fragment"
        ),
        pytest.param(
            "https://academic.oup.com/g/doi/10.1093/giga/giy159/5241892",
            ("10.1093/giga/giy159",),
            id="Oxford's own number after it",
        ),
        pytest.param(
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            ("10.1101/2020.01.01.123456",),
            id="a preprint's version",
        ),
        pytest.param(
            "https://doi.org/10.1130/abs/2018am-1", ("10.1130/abs/2018am-1",), id="abs is part of it"
        ),
        pytest.param("https://x.example/10.1007%2Fs1", ("10.1007/s1",), id="encoded in an address"),
        pytest.param("see 10.5555/c&d=e;f.", ("10.5555/c&d=e;f",), id="an ampersand inside"),
        pytest.param(
            "Why? See 10.5555/c&d=e",
            ("10.5555/c&d=e",),
            id="a question mark before it does not begin a query",
        ),
        pytest.param("10.1234/abc&utm_source=x", ("10.1234/abc",), id="a tracking parameter"),
        pytest.param("10.1234/größe", (), id="a word that goes on"),
        pytest.param("10.1234/" + "a" * 700, (), id="longer than any"),
        pytest.param("10.1 is 10.5 / 10.1234", (), id="numbers"),
        pytest.param("192.168.10.1234/abc", (), id="a network"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_dois_are_found_in_texts_and_addresses(text: str, dois: tuple[str, ...]) -> None:
    assert find_dois(text) == dois


@pytest.mark.parametrize(
    ("text", "piis"),
    [
        pytest.param("S2152-2650(22)00324-X", ("S215226502200324X",), id="printed"),
        pytest.param(
            "https://x.example/article/S2152-2650%2822%2900324-X/pdf", ("S215226502200324X",), id="encoded"
        ),
        pytest.param("https://x.example/pii/s215226502200324x?via%3Dihub", ("S215226502200324X",), id="bare"),
        pytest.param("B978-0-12-801234-5.00001-2", ("B9780128012345000012",), id="a chapter"),
        pytest.param("XS215226502200324X S21522650220032411", (), id="a part of something longer"),
    ],
)
def test_article_numbers_are_found_in_any_punctuation(text: str, piis: tuple[str, ...]) -> None:
    assert find_piis(text) == piis


@pytest.mark.parametrize(
    ("data", "where"),
    [
        pytest.param({"doi": "10.1/a"}, (("doi",), "10.1/a"), id="at the top"),
        pytest.param({"DOI": "10.1/a"}, (("DOI",), "10.1/a"), id="in capitals"),
        pytest.param(
            {"hugoblox": {"ids": {"doi": "10.1/a"}}}, (("hugoblox", "ids", "doi"), "10.1/a"), id="Kit"
        ),
        pytest.param(
            {"doi": "10.1/a", "hugoblox": {"ids": {"DOI": "10.1/b"}}},
            (("hugoblox", "ids", "DOI"), "10.1/b"),
            id="Kit's wins",
        ),
        pytest.param(
            {"doi": "10.1/a", "hugoblox": {"ids": {"doi": " "}}}, (("doi",), "10.1/a"), id="unless empty"
        ),
        pytest.param(
            {"doi": "", "hugoblox": {"ids": {"doi": None}}}, (("hugoblox", "ids", "doi"), ""), id="both empty"
        ),
        pytest.param({"Params": {"DOI": "10.1/a"}}, (("Params", "DOI"), "10.1/a"), id="under params"),
        pytest.param({"params": {"doi": "10.1/a"}, "doi": "10.1/b"}, (("doi",), "10.1/b"), id="top wins"),
        pytest.param({"params": "text"}, (None, None), id="params without keys"),
        pytest.param({"doi": None}, (("doi",), ""), id="a key without a value"),
        pytest.param({"doi": 5}, (("doi",), 5), id="a number"),
        pytest.param({"title": "x", "hugoblox": "y"}, (None, None), id="nowhere"),
    ],
)
def test_a_page_keeps_its_doi_here(data: Mapping[str, Value], where: tuple[KeyPath | None, Value]) -> None:
    doi = page_doi(Page("a.md", "", FrontMatter("yaml", data, 0, 0, {})))
    assert (doi.path, doi.typed) == where
    assert doi.parsed == parse_doi(doi.typed)


@pytest.mark.corpus
def test_every_recorded_doi_is_a_doi_and_is_found(corpus: Path) -> None:
    with gzip.open(corpus / "works.jsonl.gz", "rt", encoding="utf-8") as lines:
        dois = [json.loads(line)["message"]["DOI"] for line in lines]
    for doi in dois:
        assert parse_doi(doi) == Doi(doi, doi)
        assert parse_doi(f" https://doi.org/{quote(doi)}.") == Doi(doi, doi)
        assert find_dois(f"as shown ({doi.upper()}), https://publisher.example/doi/abs/{doi}?cookie=set") == (
            doi,
        )
