"""The whole way from DOIs to answers, against the stand-in."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from enrich.fetcher.cache.cache_file import DAY
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Answer, Found, NotFound, Unanswered, Unsupported
from tests.support.clock import FakeTime
from tests.support.stand_in import StandIn, dataset, work
from tests.support.wire import serving

MANY = [f"10.1000/w{n}" for n in range(100)]
ODD = "10.1002/(sici)1097(199)1:1<1::aid-x'1>3.0.co;2-#%"


@pytest.fixture
def service() -> Iterator[StandIn]:
    with serving(StandIn(works={doi: work(doi) for doi in MANY})) as stand_in:
        yield stand_in


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def ask(
    service: StandIn,
    time: FakeTime,
    cache: Path | None,
    *dois: str,
    **options: Any,  # noqa: ANN401  # any option of Access
) -> dict[str, Answer]:
    with Lookup(service.access(cache, **options), clock=time.clock()) as lookup:
        return lookup.look_up(dois)


def doi_of(answer: Answer) -> str:
    assert isinstance(answer, Found), answer
    return answer.work.doi


def test_works_are_requested_forty_at_a_time(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    answers = ask(service, time, tmp_path, *MANY, mailto="you@lab.org")
    assert {doi: doi_of(answer) for doi, answer in answers.items()} == {doi: doi for doi in MANY}
    assert sorted(target.count("doi:") for target in service.asked("list")) == [20, 40, 40]
    assert len(service.calls) == 3
    assert service.most_at_once <= 3


@pytest.fixture
def mixed(service: StandIn) -> list[str]:
    """Return DOIs of every kind: works, odd ones, an alias, other agencies', one that nobody knows."""
    service.works |= {doi: work(doi) for doi in ("10.1000/a,b", ODD)}
    service.aliases["10.1000/old"] = "10.1000/w1"
    service.datacite["10.5281/zenodo.1"] = dataset("10.5281/zenodo.1")
    service.agencies["10.11501/1"] = "JaLC"
    return ["10.1000/W1", "10.1000/a,b", ODD, "10.1000/old", "10.5281/zenodo.1", "10.11501/1", "10.1000/none"]


def assert_mixed(answers: dict[str, Answer], dois: list[str]) -> None:
    assert list(answers) == [doi.lower() for doi in dois]
    assert [doi_of(answers[doi.lower()]) for doi in dois[:5]] == [
        "10.1000/w1", "10.1000/a,b", ODD, "10.1000/w1", "10.5281/zenodo.1",
    ]  # fmt: skip
    assert answers["10.11501/1"] == Unsupported("JaLC")
    assert answers["10.1000/none"] == NotFound()


def as_cached(answers: dict[str, Answer]) -> dict[str, Answer]:
    return {
        doi: replace(answer, cached=True) if isinstance(answer, Found) else answer
        for doi, answer in answers.items()
    }


def test_dois_that_a_batch_does_not_answer_are_requested_singly(
    service: StandIn, time: FakeTime, tmp_path: Path, mixed: list[str]
) -> None:
    answers = ask(service, time, tmp_path, *mixed)
    assert_mixed(answers, mixed)
    assert service.asked("registry") == [f"/ra/{','.join(mixed[3:])}"]
    assert sorted(service.asked("single")) == sorted(f"/works/{mixed[n]}" for n in (1, 3, 6))
    service.calls.clear()
    assert ask(service, time, tmp_path, *mixed) == as_cached(answers)
    assert service.calls == []


def test_a_register_that_accepts_no_lists_gets_single_calls(
    service: StandIn, time: FakeTime, tmp_path: Path, mixed: list[str]
) -> None:
    service.register_takes_lists = False
    assert_mixed(ask(service, time, tmp_path, *mixed), mixed)
    assert sorted(service.asked("registry")[1:]) == sorted(f"/ra/{doi}" for doi in mixed[4:])


@pytest.mark.parametrize("fault", ["503", "400", "html", "empty", "wrong", "reset"])
def test_crossref_names_the_agencies_if_the_register_fails(
    fault: str, service: StandIn, time: FakeTime, tmp_path: Path, mixed: list[str]
) -> None:
    service.fault = lambda call: fault if call.kind == "registry" else None
    assert_mixed(ask(service, time, tmp_path, *mixed), mixed)


def test_a_doi_of_datacite_costs_crossref_no_single_call(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    data = [f"10.5281/zenodo.{n}" for n in range(120)]
    service.datacite |= {doi: dataset(doi) for doi in data}
    answers = ask(service, time, tmp_path, *data, *MANY)
    assert [doi_of(answers[doi]) for doi in data] == data
    calls = Counter(call.kind for call in service.calls)
    assert (calls["list"], calls["single"]) == (6, 0)
    assert calls["registry"] + calls["datacite-list"] <= 8
    assert calls.total() == 6 + calls["registry"] + calls["datacite-list"]
    service.calls.clear()
    assert ask(service, time, tmp_path, *data, *MANY) == as_cached(answers)
    time.sleep(8 * DAY)
    ask(service, time, tmp_path, *data)
    assert Counter(call.kind for call in service.calls)["single"] == 0


def test_groups_are_answered_in_turn_while_the_next_is_requested(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    begun: list[int] = []

    def groups() -> Iterator[list[str]]:
        for start in range(0, 100, 10):
            begun.append(start)
            yield [*MANY[start : start + 10], MANY[0], f"10.1000/none{start}"]

    with Lookup(service.access(tmp_path, mailto="you@lab.org"), clock=time.clock()) as lookup:
        answered = lookup.look_up_ahead(groups())
        first = next(answered)
        assert list(first) == [*MANY[:10], "10.1000/none0"]
        assert len(begun) > 1
        rest = list(answered)
    assert [doi_of(some[MANY[0]]) for some in rest] == [MANY[0]] * 9
    assert [list(some)[-1] for some in rest] == [f"10.1000/none{start}" for start in range(10, 100, 10)]
    asked = [doi for target in service.asked("list") for doi in re.findall(r"doi:([^,&]+)", target)]
    assert len(asked) == len(set(asked))


def test_a_run_that_finds_all_in_the_cache_holds_one_group(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    ask(service, time, tmp_path, *MANY)
    begun: list[int] = []

    def groups() -> Iterator[list[str]]:
        for start in range(0, 100, 10):
            begun.append(start)
            yield MANY[start : start + 10]

    with Lookup(service.access(tmp_path), clock=time.clock()) as lookup:
        answered = lookup.look_up_ahead(groups())
        next(answered)
        assert begun == [0]


ODD_SUFFIXES = (
    "a'b",
    'a"b',
    "a\\b",
    "a%2fb",
    "a%b",
    "a?b=c#d",
    "é",
    "a//b",
    "a+b&c;d",
    "a{b}|c^d`e",
    "[a]",
    "~a",
    "a:b@c",
)


def test_records_of_odd_dois_are_found_and_cached(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    dois = [f"10.1000/{suffix}" for suffix in ODD_SUFFIXES]
    service.works |= {doi: work(doi) for doi in dois}
    for fault in (None, "400"):  # in a batch, and singly
        service.fault = lambda call, fault=fault: fault if call.kind == "list" else None  # type: ignore[misc]
        cache = tmp_path / str(fault)
        assert [doi_of(answer) for answer in ask(service, time, cache, *dois).values()] == dois
        service.calls.clear()
        assert [doi_of(answer) for answer in ask(service, time, cache, *dois).values()] == dois
        assert service.calls == []


@pytest.mark.parametrize(
    "doi", ["10.1000/\ud800", "10.1000/\0\n", "10.1000/a/../w1", "", "in press", "10.1000/" + 5000 * "x"]
)
def test_a_malformed_doi_has_no_record(doi: str, service: StandIn, time: FakeTime) -> None:
    assert isinstance(ask(service, time, None, doi, *MANY[:2])[doi], (NotFound, Unanswered))


def test_without_an_e_mail_address_one_call_is_in_flight(service: StandIn, time: FakeTime) -> None:
    service.latency = 0.01
    ask(service, time, None, *MANY)
    assert service.most_at_once == 1


def test_a_rejected_batch_is_split_until_the_bad_doi_is_alone(service: StandIn, time: FakeTime) -> None:
    bad = "10.1000.10/x"  # well-formed, but Crossref rejects it
    answers = ask(service, time, None, *MANY[:39], bad)
    assert [doi_of(answers[doi]) for doi in MANY[:39]] == MANY[:39]
    assert answers[bad] == NotFound()
    assert len(service.asked("single")) <= 3


def test_a_service_that_accepts_no_lists_gets_single_calls(service: StandIn, time: FakeTime) -> None:
    service.fault = lambda call: "400" if call.kind == "list" else None
    answers = ask(service, time, None, *MANY)
    assert {doi: doi_of(answer) for doi, answer in answers.items()} == {doi: doi for doi in MANY}
    assert len(service.asked("list")) <= 25


def test_records_that_were_not_requested_are_never_used(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    service.works["10.1000/w1"] = work("10.1000/other")
    answers = ask(service, time, tmp_path, "10.1000/w1", "10.1000/w2")
    assert answers["10.1000/w1"] == Unanswered("Crossref: its answer is about another DOI")
    service.works["10.1000/w1"] = work("10.1000/w1")
    assert doi_of(ask(service, time, tmp_path, "10.1000/w1")["10.1000/w1"]) == "10.1000/w1"


def test_a_doi_is_requested_once_a_run(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    access = service.access(tmp_path, refresh=True)
    with Lookup(access, clock=time.clock()) as lookup:
        for _ in range(3):
            lookup.look_up(["10.1000/w1", "10.1000/W1", "10.1000/w2"])
    assert len(service.calls) == 1


def test_only_expired_replies_are_requested_again(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    service.datacite["10.5281/zenodo.1"] = dataset("10.5281/zenodo.1")
    dois = [*MANY[:3], "10.5281/zenodo.1", "10.1000/none"]
    ask(service, time, tmp_path, *dois)
    time.sleep(2 * DAY)
    service.calls.clear()
    ask(service, time, tmp_path, *dois)
    assert service.asked() == ["/works/10.1000/none"]  # the register was asked two days ago
    time.sleep(4 * DAY)
    ask(service, time, tmp_path, "10.1000/w3")
    time.sleep(2 * DAY)
    service.calls.clear()
    answers = ask(service, time, tmp_path, *MANY[:4])
    assert [target.count("doi:") for target in service.asked()] == [3]
    assert [answer.cached for answer in answers.values() if isinstance(answer, Found)] == [False] * 3 + [True]


def test_a_block_page_with_404_is_not_an_answer(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    """The register answers every request with 200, so a 404 comes from a proxy."""
    service.fault = lambda _: "404"
    reason = "doi.org seemed to answer with status 404, which it never does"
    blocked = {MANY[0]: Unanswered(f"{reason}; check the network or proxy")}
    assert ask(service, time, tmp_path, MANY[0]) == blocked
    service.fault = lambda call: "404" if call.kind == "registry" else None
    assert ask(service, time, tmp_path, "10.1000/none") == {"10.1000/none": blocked[MANY[0]]}
    service.fault = lambda _: None
    time.sleep(2 * DAY)
    assert doi_of(ask(service, time, tmp_path, MANY[0])[MANY[0]]) == MANY[0]


def test_refresh_asks_again_and_falls_back_on_the_cache(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    ask(service, time, tmp_path, *MANY[:3])
    service.works[MANY[0]] = work(MANY[0], volume="8")
    service.calls.clear()
    answers = ask(service, time, tmp_path, *MANY[:3], refresh=True)
    assert len(service.calls) == 1
    fresh = answers[MANY[0]]
    assert isinstance(fresh, Found)
    assert (fresh.work.volume, fresh.cached) == ("8", False)
    service.fault = lambda _: "503"
    with Lookup(service.access(tmp_path, refresh=True), clock=time.clock()) as lookup:
        assert lookup.look_up(MANY[:1]) == {MANY[0]: Found(fresh.work, "crossref", cached=True)}
        day = "2025-06-15"
        used = "used 1 expired answer from the cache because the service did not respond"
        assert lookup.notes == (f"{used}; the oldest is from {day}",)


def test_an_expired_reply_is_better_than_none(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    ask(service, time, tmp_path, MANY[0])
    service.fault = lambda _: "reset"
    time.sleep(30 * DAY)
    assert doi_of(ask(service, time, tmp_path, MANY[0])[MANY[0]]) == MANY[0]
    time.sleep(90 * DAY)
    answer = ask(service, time, tmp_path, MANY[0])[MANY[0]]
    assert answer == Unanswered("the connection to Crossref failed")


def test_an_offline_run_has_what_the_cache_has(service: StandIn, time: FakeTime, tmp_path: Path) -> None:
    online = ask(service, time, tmp_path, *MANY[:3], "10.1000/none")
    time.sleep(20 * DAY)
    service.calls.clear()
    offline = ask(service, time, tmp_path, *MANY[:4], "10.1000/none", offline=True, refresh=True)
    assert service.calls == []
    missing = Unanswered("the cache does not have the record; run once without --offline", offline=True)
    assert offline.pop(MANY[3]) == missing
    assert {doi: getattr(answer, "work", answer) for doi, answer in offline.items()} == {
        doi: getattr(answer, "work", answer) for doi, answer in online.items()
    }


def test_an_offline_run_gives_the_answers_of_the_online_run(
    service: StandIn, time: FakeTime, tmp_path: Path, mixed: list[str]
) -> None:
    service.agencies["10.5281/lost"] = "DataCite"
    dois = [*mixed, "10.5281/lost", *MANY[5:50]]
    online = ask(service, time, tmp_path, *dois, mailto="you@lab.org")
    service.calls.clear()
    for days in (0, 3, 60):
        time.sleep(days * DAY)
        assert ask(service, time, tmp_path, *dois, offline=True) == as_cached(online)
    assert service.calls == []


@pytest.mark.parametrize("fault", ["503", "reset", "cut", "html", "429-hour"])
@pytest.mark.parametrize("options", [{"refresh": True}, {}])
def test_the_cache_replaces_a_service_that_does_not_answer(
    fault: str, options: dict[str, Any], service: StandIn, time: FakeTime, tmp_path: Path, mixed: list[str]
) -> None:
    online = ask(service, time, tmp_path, *mixed)
    time.sleep(60 * DAY)
    service.fault = lambda call: fault if call.kind != "other" else None
    with Lookup(service.access(tmp_path, **options), clock=time.clock()) as lookup:
        answers = lookup.look_up(mixed)
        (note,) = lookup.notes
    assert isinstance(answers.pop("10.1000/none"), Unanswered)  # it may be registered by now
    assert isinstance(online.pop("10.1000/none"), NotFound)
    assert answers == as_cached(online)
    assert re.fullmatch(
        r"used (1 expired answer|[2-9] expired answers) from the cache because the service did not respond; "
        "the oldest is from 2025-06-15",
        note,
    )
    time.sleep(60 * DAY)
    with Lookup(service.access(tmp_path, **options), clock=time.clock()) as lookup:
        assert all(isinstance(answer, Unanswered) for answer in lookup.look_up(mixed).values())
        assert lookup.notes == ()


def test_an_offline_run_without_a_cache_gives_a_reason_for_each_doi(
    service: StandIn, time: FakeTime, tmp_path: Path, mixed: list[str]
) -> None:
    missing = Unanswered("the cache does not have the record; run once without --offline", offline=True)
    assert ask(service, time, tmp_path, *mixed, offline=True) == {doi.lower(): missing for doi in mixed}
    assert service.calls == []


def test_an_offline_run_without_a_cache_makes_no_file(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    answers = ask(service, time, tmp_path / "cache", MANY[0], offline=True)
    assert isinstance(answers[MANY[0]], Unanswered)
    assert list(tmp_path.iterdir()) == []


def test_only_the_services_get_the_e_mail_address_and_the_token(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    service.datacite["10.5281/zenodo.1"] = dataset("10.5281/zenodo.1")
    service.aliases["10.1000/old"] = "10.1000/w1"
    options = {"mailto": "you@lab.org", "token": "s3cret", "version": "0.1.0"}
    ask(service, time, tmp_path, *MANY[:2], "10.5281/zenodo.1", "10.1000/old", **options)
    for call in service.calls:
        agent = call.headers["User-Agent"]
        assert agent == "enrich/0.1.0 (https://pypi.org/project/hugo-enrich/; mailto:you@lab.org)"
        assert ("mailto=you%40lab.org" in call.path) is (call.kind != "registry")
        assert ("Crossref-Plus-API-Token" in call.headers) is (call.kind in ("single", "list"))
    kept = (tmp_path / "http.sqlite").read_bytes()
    assert b"zenodo" in kept
    assert b"lab.org" not in kept
    assert b"you%40" not in kept
    assert b"s3cret" not in kept


def test_progress_is_reported(service: StandIn, time: FakeTime) -> None:
    answered: list[tuple[int, int]] = []
    with Lookup(service.access(), clock=time.clock()) as lookup:
        lookup.look_up(MANY, progress=lambda done, total: answered.append((done, total)))
    assert answered[-1] == (100, 100)


def test_a_run_that_finds_everything_in_the_cache_does_not_load_requests(
    service: StandIn, tmp_path: Path
) -> None:
    ask(service, FakeTime(), tmp_path, *MANY[:3])
    program = (
        "import sys; from pathlib import Path\n"
        "from enrich.fetcher.access import Access; from enrich.fetcher.lookup import Lookup\n"
        f"urls = dict.fromkeys(['crossref', 'datacite', 'doi'], {service.url!r})\n"
        f"access = Access(cache_dir=Path({str(tmp_path)!r}), offline=True, urls=urls)\n"
        f"print(len(Lookup(access).look_up({MANY[:3]!r})), {{'requests', 'tenacity'}} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3 set()"


def test_an_unknown_malformed_doi_is_not_requested_every_time(
    service: StandIn, time: FakeTime, tmp_path: Path
) -> None:
    service.fault = lambda call: "400" if "10.5555/odd" in call.target and call.kind != "registry" else None
    dois = ["10.5555/odd", *MANY[:2]]
    answers = ask(service, time, tmp_path, *dois)
    assert answers["10.5555/odd"] == NotFound()
    service.calls.clear()
    assert ask(service, time, tmp_path, *dois) == as_cached(answers)
    assert ask(service, time, tmp_path, *dois, offline=True) == as_cached(answers)
    assert service.calls == []
    time.sleep(2 * DAY)
    ask(service, time, tmp_path, *dois)
    assert service.asked() == ["/works/10.5555/odd"]
