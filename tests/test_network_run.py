"""The whole program against a service on loopback: its requests, their number, and failed look-ups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from enrich.cli import main
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records.reader import SMALL
from enrich.steps import open_lookup
from tests.support.clock import FakeTime
from tests.support.stand_in import StandIn
from tests.support.wire import serving

PAGE = """\
---
title: A careful study of fishes
authors: ["Kate Ness", "Ian Cross"]
date: 2020-03-04
doi: {doi}
publication_types: ["2"]
publication: ""
---
"""


def record(doi: str) -> dict[str, object]:
    """Return a work message in Crossref's shape."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": ["A careful study of fishes"],
        "container-title": ["Fish Letters"],
        "author": [{"given": "Kate", "family": "Ness"}, {"given": "Ian", "family": "Cross"}],
        "issued": {"date-parts": [[2020, 3, 4]]},
        "source": "Crossref",
    }


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Return a stand-in for the services that the program is told to ask."""
    monkeypatch.setattr(open_lookup, "Lookup", partial(Lookup, clock=FakeTime().clock()))
    with serving(StandIn()) as served:
        for name in ("CROSSREF", "DATACITE", "DOI"):
            monkeypatch.setenv(f"ENRICH_{name}_URL", served.url)
        yield served


@pytest.fixture
def site(tmp_path: Path, service: StandIn) -> Path:
    """Return a site of six pages; the service knows five of them."""
    (tmp_path / "hugo.yaml").write_text("title: fishes\n", encoding="utf-8")
    for number in range(6):
        doi = f"10.5555/fish.{number}"
        folder = tmp_path / "content" / "publication" / f"fish{number}"
        folder.mkdir(parents=True)
        (folder / "index.md").write_text(PAGE.format(doi=doi), encoding="utf-8")
        if number:
            service.works[doi] = record(doi)
    return tmp_path


def run(*arguments: str) -> int:
    """Run the program in this process and return its exit code."""
    return main.run([*arguments, "--no-progress"])


def report(site: Path, command: str, *options: str) -> tuple[int, dict[str, object]]:
    """Run a command and return its exit code and its JSON."""
    target = site.parent / "report.json"
    code = run(command, str(site), "--format", "json", "-o", str(target), *options)
    return code, json.loads(target.read_text(encoding="utf-8"))


def state(site: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file's bytes and time of change, the cache's database aside."""
    return {
        path.relative_to(site).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in site.rglob("*")
        if path.is_file() and ".sqlite" not in path.name
    }


def test_a_site_needs_one_list_call_and_one_for_the_absent_doi(site: Path, service: StandIn) -> None:
    code, said = report(site, "check")
    assert code == 1
    assert said["summary"]["fetched"] == 5  # type: ignore[index]  # JSON
    assert len(service.asked("list")) == 1
    assert [target for target in service.asked("single") if "fish.0" not in target] == []


def test_the_second_apply_asks_nothing_and_changes_nothing(site: Path, service: StandIn) -> None:
    assert run("apply", str(site)) == 0
    asked, before = len(service.calls), state(site)
    code, said = report(site, "apply")
    assert (code, len(service.calls), state(site)) == (0, asked, before)
    assert said["summary"]["cached"] == 5  # type: ignore[index]  # JSON


def test_an_offline_run_reports_the_same_as_an_online_run(site: Path, service: StandIn) -> None:
    _, online = report(site, "check")
    asked = len(service.calls)
    _, offline = report(site, "check", "--offline")
    assert len(service.calls) == asked
    assert offline["pages"] == online["pages"]


def test_an_offline_run_without_a_cache_has_a_note_a_page(site: Path, service: StandIn) -> None:
    code, said = report(site, "check", "--offline")
    assert code == 0
    codes = [finding["code"] for page in said["pages"] for finding in page["findings"]]  # type: ignore[attr-defined]  # JSON
    assert codes == ["lookup-failed"] * 6
    assert service.calls == []


def test_a_service_that_is_down_is_exit_3_and_changes_no_page(site: Path, service: StandIn) -> None:
    before = state(site)
    service.fault = lambda _call: "reset"
    code, said = report(site, "apply")
    assert code == 3
    findings = [finding for page in said["pages"] for finding in page["findings"]]  # type: ignore[attr-defined]  # JSON
    assert {(finding["code"], finding["severity"]) for finding in findings} == {("lookup-failed", "warning")}
    assert {name: kept for name, kept in state(site).items() if name.startswith("content/")} == {
        name: kept for name, kept in before.items() if name.startswith("content/")
    }


def test_a_preprint_s_article_is_found_online_offline_and_in_records(
    site: Path, service: StandIn, tmp_path: Path
) -> None:
    preprint = {**record("10.5555/fish.1"), "type": "posted-content", "subtype": "preprint"}
    service.works |= {"10.5555/fish.1": preprint, "10.5555/final": record("10.5555/final")}
    for doi in ("10.5555/fish.2", "10.5555/fish.3", "10.5555/fish.4", "10.5555/fish.5"):
        service.works[doi] = {**record(doi), "title": ["A title of their own for these fishes"]}
    records = tmp_path.parent / f"{tmp_path.name}.jsonl"
    records.write_text("\n".join(map(json.dumps, service.works.values())), encoding="utf-8")
    for options in ((), ("--offline",), ("--records", str(records))):
        _, said = report(site, "check", *options)
        published = [
            (page["path"], finding["evidence"])
            for page in said["pages"]  # type: ignore[attr-defined]  # JSON
            for finding in page["findings"]
            if finding["code"] == "published-version"
        ]
        assert published == [("content/publication/fish1/index.md", "10.5555/final")], options


def test_a_link_with_another_work_s_number_is_reported_with_its_title(site: Path, service: StandIn) -> None:
    other, own = {"alternative-id": ["S0140673620999999"]}, {"alternative-id": ["S0140673620301835"]}
    service.works["10.5555/other"] = {
        **record("10.5555/other"),
        "title": ["Birds of another feather"],
        **other,
    }
    service.works["10.5555/fish.1"] = {**record("10.5555/fish.1"), **own}
    page = site / "content/publication/fish1/index.md"
    link = "url_pdf: https://www.sciencedirect.com/science/article/pii/S0140673620999999"
    page.write_text(page.read_text("utf-8").replace("doi:", f"{link}\ndoi:"), "utf-8")
    for options in ((), ("--offline",)):
        messages = [
            finding["message"]
            for one in report(site, "check", *options)[1]["pages"]  # type: ignore[attr-defined]  # JSON
            for finding in one["findings"]
            if finding["code"] == "link-other-work"
        ]
        assert len(messages) == 1
        assert "“Birds of another feather” (PII S0140673620999999)" in messages[0]


def test_large_records_are_kept_as_parquet_in_the_cache_folder(site: Path, tmp_path: Path) -> None:
    large = tmp_path.parent / f"{tmp_path.name}-large.jsonl"
    large.write_text(json.dumps(record("10.5555/fish.1")) + " " * SMALL + "\n", encoding="utf-8")
    for _ in range(2):
        assert report(site, "check", "--records", str(large))[1]["summary"]["cached"] == 1  # type: ignore[index]  # JSON
    names = sorted(path.name for path in (site / "cache").iterdir())
    assert names == [".gitignore", "parquet", "quiet.sqlite"]
    assert len(list((site / "cache" / "parquet").iterdir())) == 1


def find_page(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the only page whose path has a name in it."""
    (page,) = (one for one in document["pages"] if name in one["path"])
    return dict(page)


def test_a_doi_elsewhere_on_a_page_is_looked_up_with_the_others(site: Path, service: StandIn) -> None:
    file = site / "content" / "publication" / "fish1" / "index.md"
    file.write_text(file.read_text().replace("doi: ", 'doi: ""\nurl_pdf: https://doi.org/'), encoding="utf-8")
    _, document = report(site, "check")
    page = find_page(document, "fish1")
    assert (page["doi"], page["doi_from"], page["source"]) == ("10.5555/fish.1", "url_pdf", "crossref")
    assert len(service.asked("single")) + len(service.asked("list")) <= 4
    calls = len(service.calls)
    report(site, "check")
    assert len(service.calls) == calls


def test_a_service_that_is_down_leaves_a_doi_elsewhere_unconfirmed(site: Path, service: StandIn) -> None:
    file = site / "content" / "publication" / "fish1" / "index.md"
    file.write_text(file.read_text().replace("doi: ", 'doi: ""\nurl_pdf: https://doi.org/'), encoding="utf-8")
    service.fault = lambda _: "503"
    code, document = report(site, "check")
    page = find_page(document, "fish1")
    assert (code, page["doi"]) == (3, None)
    assert [finding["code"] for finding in page["findings"]] == ["lookup-failed"]
