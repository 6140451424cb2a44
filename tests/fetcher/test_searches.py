"""Searches that improve a message: an article by its title, a work by its number, in online runs only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from enrich.fetcher.access import Access
from enrich.fetcher.cache.cache_file import LIFE_OF_SEARCH
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records.reader import open_records
from enrich.fetcher.searches import MOST_SEARCHES
from enrich.model.work import Answer, Found
from tests.support.clock import FakeTime
from tests.support.stand_in import StandIn, dataset, work
from tests.support.wire import serving

DAY = 86_400
TITLE = "Plankton blooms beneath thinning summer ice {}"


def preprint(number: int, **more: object) -> dict[str, Any]:
    given = {"type": "posted-content", "subtype": "preprint", "title": [TITLE.format(number)]}
    return {**work(f"10.1101/p{number}", author=[{"family": "Okafor"}]), **given, **more}


def article(number: int, **more: object) -> dict[str, Any]:
    authors = [{"family": "Okafor", "given": "Ada"}]
    return {**work(f"10.1000/a{number}", title=[TITLE.format(number)], author=authors), **more}


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def service(time: FakeTime) -> Iterator[StandIn]:
    records = [make(number) for number in range(3) for make in (preprint, article)]
    stand_in = StandIn(works={record["DOI"]: record for record in records}, pause=time.sleep)
    with serving(stand_in):
        yield stand_in


def ask(service: StandIn, time: FakeTime, cache: Path, *dois: str, **options: Any) -> dict[str, Answer]:  # noqa: ANN401
    with Lookup(service.access(cache, **options), clock=time.clock()) as lookup:
        return lookup.look_up(dois)


def suggested(answer: Answer) -> list[str]:
    assert isinstance(answer, Found)
    return [one.doi for one in answer.articles]


def searches(service: StandIn) -> list[str]:
    return [target for target in service.asked("list") if "query.bibliographic" in target]


def test_an_article_is_searched_for_once(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    first = ask(service, time, tmp_path, "10.1101/p1")
    assert suggested(first["10.1101/p1"])[0] == "10.1000/a1"
    assert len(searches(service)) == 1
    service.calls.clear()
    assert suggested(ask(service, time, tmp_path, "10.1101/p1")["10.1101/p1"])[0] == "10.1000/a1"
    assert suggested(ask(service, time, tmp_path, "10.1101/p1", offline=True)["10.1101/p1"])
    assert service.calls == []
    time.sleep(8 * DAY)  # the record has expired, the search has not
    assert suggested(ask(service, time, tmp_path, "10.1101/p1")["10.1101/p1"])
    assert (len(service.calls), searches(service)) == (1, [])
    time.sleep(LIFE_OF_SEARCH)
    ask(service, time, tmp_path, "10.1101/p1")
    assert len(searches(service)) == 1
    ask(service, time, tmp_path, "10.1101/p1", refresh=True)
    assert len(searches(service)) == 2
    service.fault = lambda call: "503" if "query" in call.target else None
    again = ask(service, time, tmp_path, "10.1101/p1", refresh=True)
    assert suggested(again["10.1101/p1"])  # from the cache


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(article(7), id="an article"),
        pytest.param(preprint(7, subtype="blog"), id="posted, but no preprint"),
        pytest.param(preprint(7, author=[]), id="without authors"),
        pytest.param(
            preprint(7, relation={"is-preprint-of": [{"id-type": "doi", "id": "10.1000/A7"}]}),
            id="its record names the article",
        ),
    ],
)
def test_no_article_is_searched_for_unless_a_preprint_lacks_one(
    record: dict[str, Any], service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    service.works[record["DOI"]] = record
    assert suggested(ask(service, time, tmp_path, record["DOI"])[record["DOI"]]) == []
    assert searches(service) == []


def test_a_run_makes_a_few_searches_and_the_next_run_others(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    many = {record["DOI"]: record for record in map(preprint, range(3 * MOST_SEARCHES))}
    service.works |= many
    for times in range(1, 4):
        with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
            answers = lookup.look_up(many)
            assert any("postponed" in note for note in lookup.notes) == (times < 3)
        assert len(searches(service)) == times * MOST_SEARCHES
        assert sum(bool(suggested(answer)) for answer in answers.values()) == times * MOST_SEARCHES
        calls = len(service.calls)
        ask(service, time, tmp_path, *many)
        assert len(service.calls) == calls  # all records are fresh: nothing is asked for
        time.sleep(8 * DAY)


@pytest.mark.parametrize(("beyond", "searches"), [(1, "1 search"), (4, "4 searches")])
def test_a_note_counts_the_postponed_searches(
    beyond: int, searches: str, service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    many = {record["DOI"]: record for record in map(preprint, range(MOST_SEARCHES + beyond))}
    service.works |= many
    with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
        lookup.look_up(many)
        (note,) = lookup.notes
    assert note == (
        f"{searches} postponed: a run makes at most 6, to find the articles of preprints and the works that"
        " links lead to; later runs make the rest"
    )


@pytest.mark.parametrize("fault", ["503", "400", "html", "deep", "empty", "reset", "redirect-away"])
def test_a_failed_search_costs_no_record_and_can_be_repeated(
    fault: str, service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    service.fault = lambda call: fault if "query.bibliographic" in call.target else None
    dois = [f"10.1101/p{number}" for number in range(3)]
    with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
        assert [suggested(answer) for answer in lookup.look_up(dois).values()] == [[], [], []]
        assert isinstance(
            lookup.look_up(["10.1000/a1"])["10.1000/a1"], Found
        )  # enrich has not given up on the service
    service.fault = lambda _: None
    assert all(map(suggested, ask(service, time, tmp_path, *dois, refresh=True).values()))


@pytest.mark.parametrize("small", [0, 10**9], ids=["Parquet", "in memory"])
def test_records_are_found_by_title(small: int, tmp_path: Path) -> None:
    odd = article(1, DOI="10.1000/b1", title=["<b>Plankton</b> Blooms beneath  thinning\nsummer&nbsp;ice 1"])
    lines = [preprint(1), article(1), odd, article(2), preprint(3), preprint(4), work("10.1000/x")]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    records = open_records(tmp_path / "r.jsonl", tmp_path / "cache", small=small)
    with closing(records), Lookup(Access(), records) as lookup:
        answers = lookup.look_up(["10.1101/p1", "10.1101/p3", "10.1101/none"])
        assert sorted(suggested(answers["10.1101/p1"])) == ["10.1000/a1", "10.1000/b1"]
        assert suggested(answers["10.1101/p3"]) == []


@pytest.mark.parametrize(
    ("relation", "became"),
    [
        pytest.param({"relationType": "IsVersionOf"}, ("10.1103/physreva.1",), id="a version elsewhere"),
        pytest.param({"relationType": "IsPreprintOf"}, ("10.1103/physreva.1",), id="named as the article"),
        pytest.param({"relationType": "Cites"}, (), id="only cited"),
        pytest.param(
            {"relationType": "IsVersionOf", "relatedIdentifier": "10.48550/arXiv.1"}, (), id="its own version"
        ),
    ],
)
def test_arxiv_names_the_article(
    relation: dict[str, str], became: tuple[str, ...], service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    doi, target = "10.48550/arxiv.2201.1", {"relatedIdentifier": "10.1103/PhysRevA.1", **relation}
    kinds = {"resourceTypeGeneral": "Text", "resourceType": "Article", "citeproc": "article-journal"}
    related = [{"relatedIdentifierType": "DOI", **target}]
    service.datacite[doi] = dataset(doi, types=kinds, relatedIdentifiers=related)
    answer = ask(service, time, tmp_path, doi)[doi]
    assert isinstance(answer, Found)
    assert (answer.work.type, answer.work.became) == ("posted-content", became)


def test_a_work_is_found_by_its_publishers_identifier(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    pii = "S0000111122223333"
    service.works["10.1000/other"] = article(9, DOI="10.1000/other", **{"alternative-id": [pii, "other-9"]})
    with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
        assert lookup.find_by_pii([pii]) == {}  # no run goes online only to improve a message
        lookup.look_up(["10.1000/a1"])
        found = lookup.find_by_pii([pii, pii, "S9999888877776666"])
    assert [(key, doi_of(answer)) for key, answer in found.items()] == [(pii, "10.1000/other")]
    assert len(service.asked("list")) == 2
    with Lookup(service.access(tmp_path, offline=True), clock=time.clock()) as lookup:
        assert list(lookup.find_by_pii([pii])) == [pii]


def doi_of(answer: Answer) -> str:
    assert isinstance(answer, Found)
    return answer.work.doi
