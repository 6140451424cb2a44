"""Records with any value in any place: an odd key counts as absent, and only its page may suffer."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import RecordError
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records import record_shapes
from enrich.fetcher.records.reader import open_records
from enrich.fetcher.sources.registry import load_services
from enrich.fetcher.sources.source import Service
from enrich.model.work import Found, Unanswered
from tests.fetcher.sources.test_crossref import FULL, JSON
from tests.fetcher.sources.test_datacite import FULL as FULL_DATA
from tests.support.clock import FakeTime
from tests.support.stand_in import StandIn, dataset, work
from tests.support.wire import serving

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 10**5000, 1e308, float("inf"), "", " ", "x" * 9999, "\ud800", "10.1/x",
    [], {}, [[]], [None], [[[[[[]]]]]], [{}], [[{}]], {"": {}}, {"date-parts": [[10**5000]]}, [3, "a", None],
)  # fmt: skip
SERVICES = [service for service in load_services() if not service.is_register]
# One record of each service, with every key that its `read_work` reads.
RECORDS: Mapping[str, dict[str, Any]] = {"crossref": FULL, "datacite": FULL_DATA}


def record_of(service: Service) -> dict[str, Any]:
    """Return the record of a service."""
    assert service.name in RECORDS, f"add a whole record of {service.label} to RECORDS in this file"
    return RECORDS[service.name]


def list_places(value: object) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value inside a value."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    for key, inner in entries:
        yield (key,)
        yield from ((key, *rest) for rest in list_places(inner))


def replace_at(record: dict[str, Any], place: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """Return a copy of a record with another value in one place."""
    changed = copy.deepcopy(record)
    inner: Any = changed
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return changed


def read_everything(service: Service, record: dict[str, Any]) -> None:
    """Read a record in every way that the fetcher does."""
    source = service.connect(service.url)
    assert isinstance(source.dois_of(record), frozenset)
    assert list(record_shapes.unwrap_records([record]))
    assert all(isinstance(doi, str) for doi in record_shapes.list_dois(record))
    assert isinstance(record_shapes.make_article_key(record), str)
    source.find_mismatch(source.make_single_url("10.1000/x"), source.as_single_response(record))
    try:
        read = source.read_work(record)
    except RecordError as error:
        assert str(error) in {"the record has no DOI", "the record is not a mapping"}  # noqa: PT017
    else:
        hash(read)
        repr(read).encode()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_no_value_in_any_place_of_a_record_raises(service: Service) -> None:
    record = record_of(service)
    places = list(list_places(record))
    assert places
    for place in places:
        for value in ODD:
            read_everything(service, replace_at(record, place, value))


@given(st.sampled_from(SERVICES), st.data())
def test_no_combination_of_values_raises(service: Service, data: st.DataObject) -> None:
    record = record_of(service)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.sampled_from(list(list_places(record))))
        record = replace_at(record, place, data.draw(st.sampled_from(ODD) | JSON))
    read_everything(service, record)


ONE_ODD = '{"DOI": "10.1000/odd", "type": [], "title": ["Odd"], "volume": %s}' % ("9" * 5000)


@pytest.fixture
def odd_service() -> Iterator[StandIn]:
    stand_in = StandIn(works={doi: work(doi) for doi in ("10.1000/a", "10.1000/b")})
    stand_in.works["10.1000/odd"] = {**work("10.1000/odd"), "type": {}, "title": ["Odd"], "volume": "ENDLESS"}
    stand_in.works["10.1000/none"] = {**work("10.1000/none"), "DOI": ["10.1000/none"]}
    stand_in.datacite["10.5281/odd"] = dataset("10.5281/odd", types=[], titles={}, publicationYear="ENDLESS")
    stand_in.rewrite = lambda body: body.replace(b'"ENDLESS"', b"9" * 5000)
    with serving(stand_in):
        yield stand_in


def test_an_odd_record_does_not_affect_its_batch(odd_service: StandIn, tmp_path: Path) -> None:
    dois = [*odd_service.works, *odd_service.datacite]
    for offline in (False, True):  # the cache has what the service has
        with Lookup(odd_service.access(tmp_path, offline=offline), clock=FakeTime().clock()) as lookup:
            answers = lookup.look_up(dois)
        assert isinstance(answers.pop("10.1000/none"), Unanswered)
        assert [answer.work.title for answer in answers.values() if isinstance(answer, Found)] == [
            "On 10.1000/a", "On 10.1000/b", "Odd", "",
        ]  # fmt: skip
        assert [answer.work.type for answer in answers.values() if isinstance(answer, Found)][2:] == [
            "", "other",
        ]  # fmt: skip


@pytest.mark.parametrize("small", [0, 10**9], ids=["indexed", "in memory"])
@pytest.mark.parametrize("name", ["records.json", "records.jsonl"])
def test_an_odd_record_does_not_affect_its_file(name: str, small: int, tmp_path: Path) -> None:
    lines = [json.dumps(work("10.1000/a")), ONE_ODD, "[" * 400 + json.dumps(work("10.1000/b")) + "]" * 400]
    lines += [json.dumps({"DOI": 3}), json.dumps(work("10.1000/c"))]
    text = "\n".join(lines) if name.endswith("l") else f'{{"n": {"9" * 5000}, "items": [{",".join(lines)}]}}'
    (tmp_path / name).write_text(text, encoding="utf-8")
    with closing(open_records(tmp_path / name, tmp_path / "cache", small=small)) as records:
        dois = [f"10.1000/{suffix}" for suffix in ("a", "odd", "b", "c")]
        assert list(records.find_records(dois)) == dois
        (problem,) = records.problems
    assert problem.endswith("neither a Crossref nor a DataCite record with a DOI")
