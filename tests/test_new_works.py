"""`enrich new`: whose works it searches for, its requests, and the works that it lists."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from enrich.cli import main
from enrich.fetcher.lookup import Lookup
from enrich.steps import open_lookup
from tests.support.clock import FakeTime
from tests.support.made_site import contents, make, record
from tests.support.reports import data_of
from tests.support.stand_in import StandIn, dataset
from tests.support.wire import serving

ADA, IAN = "0000-0002-1825-0097", "0000-0001-5109-3700"
NOBODYS = "0000-0002-1694-233X"
PAGE = """\
---
title: "Older work {number}"
authors: [admin]
date: {year}-03-04
doi: 10.5555/old.{number}
publication_types: ["2"]
publication: "*Ice Letters*"
abstract: ""
---
"""
PROFILES = {
    "content/authors/admin/_index.md": (
        "---\ntitle: Ada Okafor\nsuperuser: true\n"
        f"social:\n  - icon: orcid\n    link: https://orcid.org/{ADA}\n---\n"
    ),
    "content/authors/ian/_index.md": f"---\ntitle: Ian Cross\norcid: {IAN}\n---\n",
}
RunNew = Callable[..., tuple[int, Any]]


def make_work(number: int, orcid: str = ADA, year: int = 2024, **more: object) -> dict[str, object]:
    person = {"given": "Ada" if orcid == ADA else "Ian", "family": "Okafor" if orcid == ADA else "Cross"}
    author = [{**person, "ORCID": f"https://orcid.org/{orcid}"}, {"given": "Kim", "family": "Ness"}]
    issued = {"issued": {"date-parts": [[year, 1 + number % 12]]}}
    title = [f"A study of plankton below ice floe {number}"]
    return record(
        number, **{"DOI": f"10.5555/new.{number}", "author": author, "title": title, **issued, **more}
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site with two people, one of them the owner, and pages of 2019 and 2021."""
    pages = {
        f"content/publication/old{number}.md": PAGE.format(number=number, year=year)
        for number, year in ((1, 2019), (2, 2021))
    }
    return make(tmp_path / "site", {**PROFILES, **pages}, [make_work(1)])


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Return a stand-in for the services that the program is told to ask."""
    monkeypatch.setattr(open_lookup, "Lookup", partial(Lookup, clock=FakeTime().clock()))
    with serving(StandIn()) as served:
        for name in ("CROSSREF", "DATACITE", "DOI"):
            monkeypatch.setenv(f"ENRICH_{name}_URL", served.url)
        yield served


@pytest.fixture
def run_new(site: Path, capsys: pytest.CaptureFixture[str]) -> RunNew:
    """Return the command, which returns its exit code and its JSON."""

    def run_command(*words: str) -> tuple[int, Any]:
        code = main.run(["new", str(site), "--format", "json", *words])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return run_command


def put_works(service: StandIn, *works: dict[str, object]) -> None:
    service.works = {str(work["DOI"]): work for work in works}


def test_the_owners_works_without_a_page_are_listed(service: StandIn, run_new: RunNew) -> None:
    put_works(service, make_work(1), make_work(2, IAN), make_work(3, year=2018), make_work(4, year=2020))
    code, found = run_new()
    assert code == 1
    assert found["people"] == [{"name": "Ada Okafor", "orcid": ADA, "profile": "admin"}]
    assert found["works"] == [
        {
            "doi": "10.5555/new.1",
            "title": "A study of plankton below ice floe 1",
            "type": "journal-article",
            "date": "2024-02",
            "container": "Journal of Made Things",
            "people": ["Ada Okafor"],
            "also": [],
            "status": "new",
        },
        found["works"][1] | {"doi": "10.5555/new.4", "date": "2020-05"},
    ]


WHO = [
    pytest.param((), "", [ADA], id="the owner alone"),
    pytest.param(("--everyone",), "", [ADA, IAN], id="everybody with a profile"),
    pytest.param(("--orcid", f"https://orcid.org/{IAN}"), "", [IAN, ADA], id="one more, by the option"),
    pytest.param((), f'[people]\norcid = ["{IAN}"]\n', [IAN, ADA], id="one more, by the settings"),
    pytest.param(("--orcid", NOBODYS), "", [NOBODYS, ADA], id="somebody without a profile"),
]


@pytest.mark.parametrize(("words", "settings", "orcids"), WHO)
def test_whose_works_are_looked_for(
    words: tuple[str, ...], settings: str, orcids: list[str], site: Path, service: StandIn, run_new: RunNew
) -> None:
    (site / "enrich.toml").write_text(settings, encoding="utf-8")
    _, found = run_new(*words)
    assert [person["orcid"] for person in found["people"]] == orcids
    assert [target for target in service.asked("list") if "orcid:" in target] == [
        target for orcid in orcids for target in service.asked("list") if f"orcid:{orcid}" in target
    ]
    assert len(service.asked("list")) == len(orcids)


def test_a_person_without_a_profile_is_called_as_the_record_does(service: StandIn, run_new: RunNew) -> None:
    put_works(service, make_work(1, IAN))
    _, found = run_new("--orcid", IAN, "--since", "2000")
    assert [person["name"] for person in found["people"]] == ["Ian Cross", "Ada Okafor"]


def test_everything_is_listed_however_many_pages_it_takes(service: StandIn, run_new: RunNew) -> None:
    put_works(service, *(make_work(number) for number in range(450)))
    creator = {"familyName": "Okafor", "nameIdentifiers": [{"nameIdentifier": f"https://orcid.org/{ADA}"}]}
    service.datacite = {
        f"10.5072/set.{number}": dataset(
            f"10.5072/set.{number}",
            titles=[{"title": f"Counts {number}"}],
            creators=[creator],
            publicationYear=2024,
        )
        for number in range(203)
    }
    code, found = run_new()
    assert (code, len(found["works"])) == (1, 653)
    assert (len(service.asked("list")), len(service.asked("datacite-list"))) == (3, 2)
    before = len(service.calls)
    assert len(run_new()[1]["works"]) == 653
    assert len(service.calls) == before  # every page of the list is in the cache


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--orcid", "0000-0002-1825-0098"), "is not an ORCID iD"),
        (("--orcid", "Ada"), "is not an ORCID iD"),
    ],
)
def test_an_invalid_orcid_is_a_mistake_in_the_command(
    words: tuple[str, ...], message: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["new", str(site), *words]) == 2
    assert message in capsys.readouterr().err


def test_a_wrong_orcid_in_the_settings_is_named_with_its_line(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "enrich.toml").write_text('[people]\norcid = ["1234"]\n', encoding="utf-8")
    assert main.run(["new", str(site)]) == 2
    assert "enrich.toml:2" in capsys.readouterr().err


def test_without_an_orcid_nothing_is_looked_for(
    site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    for profile in PROFILES:
        (site / profile).write_text("---\ntitle: Ada Okafor\nsuperuser: true\n---\n", encoding="utf-8")
    assert main.run(["new", str(site)]) == 2
    assert "--orcid" in capsys.readouterr().err
    assert service.calls == []


@pytest.mark.usefixtures("service")
def test_an_unknown_orcid_lists_nothing(run_new: RunNew) -> None:
    code, found = run_new("--orcid", NOBODYS)
    assert (code, found["works"]) == (0, [])


def test_a_service_that_is_down_is_named_and_the_answers_of_others_are_shown(
    service: StandIn, site: Path, run_new: RunNew, capsys: pytest.CaptureFixture[str]
) -> None:
    put_works(service, make_work(1))
    service.fault = lambda call: "500" if call.kind == "datacite-list" else None
    code, found = run_new()
    assert (code, [one["doi"] for one in found["works"]]) == (3, ["10.5555/new.1"])
    assert main.run(["new", str(site)]) == 3
    assert "the list may be incomplete" in capsys.readouterr().out


def test_new_works_get_pages_and_are_then_known(site: Path, service: StandIn, run_new: RunNew) -> None:
    put_works(service, make_work(1), make_work(2))
    code, found = run_new("--add")
    assert (code, {one["status"] for one in found["works"]}) == (0, {"added"})
    assert len(contents(site, under="content/publication")) == 4
    assert run_new() == (0, {**found, "works": []})


def test_an_ignored_work_is_not_news_and_gets_no_page(site: Path, service: StandIn, run_new: RunNew) -> None:
    put_works(service, make_work(1))
    ignore = '[[ignore]]\ndoi = "10.5555/NEW.1"\nreason = "not ours"\n'
    (site / "enrich.toml").write_text(ignore, encoding="utf-8")
    before = contents(site)
    code, found = run_new("--add")
    assert (code, [one["status"] for one in found["works"]]) == (0, ["ignored"])
    assert contents(site) == before


def test_an_ignore_that_new_uses_is_not_called_useless(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "enrich.toml").write_text(
        '[[ignore]]\ndoi = "10.5555/new.1"\nreason = "not ours"\n', encoding="utf-8"
    )
    main.run(["check", str(site), "--records", str(site / "records.jsonl")])
    assert "matched nothing" not in capsys.readouterr().err


def test_records_on_disk_are_searched_as_well(site: Path, run_new: RunNew) -> None:
    code, found = run_new("--records", str(site / "records.jsonl"))
    assert (code, [one["doi"] for one in found["works"]]) == (1, ["10.5555/new.1"])


def test_the_text_names_the_next_step(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["new", str(site), "--records", str(site / "records.jsonl")]) == 1
    out = capsys.readouterr().out
    assert (
        "2024-02: A study of plankton below ice floe 1, Journal of Made Things: https://doi.org/10.5555/new.1"
        in out
    )
    assert "1 works of Ada Okafor without a page" not in out
    assert "enrich add 10.5555/new.1" in out


def test_the_data_names_a_page_that_cannot_be_made(service: StandIn, run_new: RunNew) -> None:
    put_works(service, make_work(1), make_work(2, title=["Title Pending 4711"]))
    code, found = run_new("--add")
    assert code == 4
    assert {one["doi"]: one["status"] for one in found["works"]} == {
        "10.5555/new.1": "added",
        "10.5555/new.2": "new",
    }


def test_the_list_in_markdown_shows_hostile_text_and_leaves_out_what_does_not_fit(
    site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    title = ["<img src=x> [a](https://evil.example) @someone of ice floe"]
    evil = make_work(2, title=title, issued={"date-parts": [[2025, 1]]})
    put_works(service, evil, *(make_work(number) for number in range(3, 60)))
    assert main.run(["new", str(site), "--format", "markdown"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["", "### Works without a page"]
    assert "58 works of Ada Okafor without a page" in lines[3]
    [hostile] = [line for line in lines if "10.5555/new.2`" in line]
    assert "&lt;img" in hostile or "<img" not in hostile
    assert "](https://evil" not in hostile
    assert "`@someone`" in hostile
    assert lines[-1] == "- … and 18 more; `enrich new` lists all of them"


def test_nothing_new_is_an_empty_list(
    site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    put_works(service)
    assert main.run(["new", str(site), "--format", "markdown"]) == 0
    assert capsys.readouterr().out == ""


def test_the_next_step_can_be_typed_as_it_is(
    site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    put_works(service, make_work(1, IAN))
    words = ["new", str(site), "--orcid", IAN, "--since", "2000"]
    assert main.run(words) == 1
    steps = capsys.readouterr().out.partition("Next: ")[2].splitlines()
    assert steps == [
        f"enrich add 10.5555/new.1 --site {site}",
        "        # makes a page",
        f"      enrich new --add --orcid {IAN} --since 2000 {site}",
        "        # makes a page for each of them",
    ]


@pytest.mark.parametrize(("works", "is_offered"), [(20, False), (21, True)])
def test_many_works_are_offered_in_a_browser(
    works: int, is_offered: bool, site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    put_works(service, *(make_work(number) for number in range(works)))
    assert main.run(["new", str(site), "--since", "2000"]) == 1
    step = f"enrich new --since 2000 {site} -o new-works.html\n        # makes a page to choose in a browser"
    assert (step in capsys.readouterr().out) is is_offered


def test_a_work_is_wrapped_between_words_and_its_doi_is_whole(
    site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    put_works(service, {**make_work(1, IAN), "title": ["The herons of the fens " * 6]})
    assert main.run(["new", str(site), "--orcid", IAN, "--since", "2000"]) == 1
    lines = capsys.readouterr().out.partition("Next: ")[0].splitlines()
    assert max(map(len, lines)) <= 100
    assert [line[:1] for line in lines].count(" ") >= 1
    assert sum("https://doi.org/10.5555/new.1" in line for line in lines) == 1


def test_an_orcid_that_no_record_has_is_named(
    service: StandIn, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_works(service, make_work(1))
    assert main.run(["new", str(site), "--orcid", NOBODYS]) == 1
    said = capsys.readouterr().out
    assert f"no record names the ORCID iD {NOBODYS}; check it at https://orcid.org/{NOBODYS}" in said
    assert f"no record names the ORCID iD {ADA}" not in said
    service.fault = lambda _: "503"
    shutil.rmtree(site / "cache")
    assert main.run(["new", str(site), "--orcid", NOBODYS]) == 3
    assert "no record names" not in capsys.readouterr().out


def test_the_page_for_the_browser_has_the_command_for_this_site(
    site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    put_works(service, make_work(1))
    assert main.run(["new", str(site), "--format", "html", "--records", str(site / "records.jsonl")]) == 1
    page = capsys.readouterr().out
    assert "A study of plankton below ice floe 1</h3>" in page
    data = data_of(page)
    assert data["options"] == f" --site {site} --records {site / 'records.jsonl'}"
    assert [*data["works"]] == ["10.5555/new.1"]
