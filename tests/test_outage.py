"""The exit code of every command that asks a service, while none answers and while some do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from enrich.cli import main, review
from enrich.fetcher.lookup import Lookup
from enrich.steps import open_lookup
from tests.support.clock import FakeTime
from tests.support.made_site import contents, record
from tests.support.stand_in import Call, Record, StandIn
from tests.support.wire import serving

ADA = "0000-0002-1825-0097"
PAGE = """\
---
title: "{title}"
authors: [Ada Lovelace]
date: 2020-02-03
doi: "{doi}"
publication_types: ["2"]
publication: "*Journal of Made Things*"
---
"""
TWIN_TITLE = "A long study of plankton below the ice of a lake"
PAGES = {
    "known": PAGE.format(title="The 1th thing that was made", doi="10.5555/made.1"),
    "absent": PAGE.format(title="A page whose DOI is at another agency", doi="10.5555/elsewhere"),
    "without": PAGE.format(title="A page that never had a DOI of its own", doi=""),
    "twin": PAGE.format(title=TWIN_TITLE, doi="10.5555/elsewhere.twin"),
}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Return Crossref, DataCite and doi.org on loopback, with a clock that never waits."""
    monkeypatch.setattr(open_lookup, "Lookup", partial(Lookup, clock=FakeTime().clock()))
    works: dict[str, Record] = {"10.5555/made.1": record(1), "10.5555/made.2": record(2)}
    works["10.5555/made.3"] = record(3, title=[TWIN_TITLE])
    with serving(StandIn(works)) as served:
        for name in ("CROSSREF", "DATACITE", "DOI"):
            monkeypatch.setenv(f"ENRICH_{name}_URL", served.url)
        yield served


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site, which is the current folder, with a person and a page of each kind."""
    files = {f"content/publication/{name}/index.md": text for name, text in PAGES.items()}
    files["content/authors/ada/_index.md"] = f"---\ntitle: Ada Lovelace\norcid: {ADA}\nsuperuser: true\n---\n"
    for name, text in {"hugo.yaml": "title: Made\n", **files}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def reset_all(_: Call) -> str:
    """Break every connection."""
    return "reset"


def reset_others(call: Call) -> str | None:
    """Break every connection but those for Crossref's records and lists."""
    is_search = "query.bibliographic" in call.path or "orcid" in call.path
    return None if call.kind in {"single", "list"} and not is_search else "reset"


KNOWN, ABSENT, WITHOUT = (f"content/publication/{name}" for name in ("known", "absent", "without"))
# The words, the exit code while no service answers, and while only Crossref's records are to be had.
CODES = [
    pytest.param("check", 3, 3, id="check"),
    pytest.param(f"check {KNOWN}", 3, 1, id="check a page"),
    pytest.param("check --exit-zero", 3, 3, id="check --exit-zero"),
    pytest.param("check --remember", 3, 3, id="check --remember"),
    pytest.param(f"check --find {WITHOUT}", 3, 3, id="check --find"),
    pytest.param("apply", 3, 3, id="apply"),
    pytest.param(f"apply {KNOWN}", 3, 0, id="apply a page"),
    pytest.param(f"find {WITHOUT}", 3, 3, id="find"),
    pytest.param(f"find {KNOWN}", 0, 0, id="find for a page that has one"),
    pytest.param("review", 3, 3, id="review"),
    pytest.param("explain 10.5555/made.1", 3, 0, id="explain the DOI of a page"),
    pytest.param(f"explain {KNOWN}", 3, 0, id="explain a page"),
    pytest.param(f"explain {ABSENT}", 3, 3, id="explain a page of another agency"),
    pytest.param("explain 10.5555/made.2", 3, 0, id="explain a DOI that no page has"),
    pytest.param("explain 10.5555/nowhere", 3, 3, id="explain a DOI of another agency that no page has"),
    pytest.param("explain doi-missing", 0, 0, id="explain a code"),
    pytest.param("add 10.5555/made.2", 3, 0, id="add"),
    pytest.param("add --dry-run 10.5555/made.2", 3, 0, id="add --dry-run"),
    pytest.param("add 10.5555/made.1", 0, 0, id="add a work with a page"),
    pytest.param("add 10.5555/nowhere 10.5555/made.2", 3, 3, id="add two, one of another agency"),
    pytest.param("add 10.5555/made.3", 3, 3, id="add a work that may be that of a page with its title"),
    pytest.param("new", 3, 3, id="new"),
    pytest.param("new --add", 3, 3, id="new --add"),
    pytest.param("dois", 0, 0, id="dois"),
    pytest.param("config", 0, 0, id="config"),
    pytest.param("cache info", 0, 0, id="cache info"),
    pytest.param("undo", 0, 0, id="undo"),
]


FAULTS = [pytest.param(reset_all, 0, id="none answers"), pytest.param(reset_others, 1, id="some answer")]


@pytest.mark.parametrize(("fault", "column"), FAULTS)
@pytest.mark.parametrize(("words", "none_answers", "some_answer"), CODES)
def test_an_outage_is_exit_3(
    words: str,
    none_answers: int,
    some_answer: int,
    fault: Callable[[Call], str | None],
    column: int,
    service: StandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(review, "is_interactive", lambda: True)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))
    service.fault = fault
    assert main.run(words.split()) == (none_answers, some_answer)[column]


def test_a_page_is_not_made_while_another_may_be_its_own(
    site: Path, service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(site)
    service.fault = reset_others
    assert main.run(["add", "10.5555/made.3"]) == 3
    assert contents(site) == before
    assert (
        "content/publication/twin/index.md has this title and may be its page, but "
        in capsys.readouterr().out
    )
    service.fault = lambda _: None
    assert main.run(["add", "10.5555/made.3"]) == 0


def test_the_explanation_of_a_doi_without_a_page_names_the_outage(
    service: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    service.fault = reset_all
    failed = "the connection to Crossref failed"
    assert main.run(["explain", "10.5555/made.2"]) == 3
    assert capsys.readouterr().out == (
        "https://doi.org/10.5555/made.2\n"
        "page: no page under the given paths has this DOI\n"
        f"record: {failed}\n\n"
        f"warning[lookup-failed] not compared: {failed}; run the command again later\n"
    )


OFFLINE = [
    pytest.param("check", 0, id="check"),
    pytest.param("find", 0, id="find"),
    pytest.param("explain 10.5555/made.2", 0, id="explain"),
    pytest.param("add 10.5555/made.2", 3, id="add makes no page without a record"),
    pytest.param("new", 3, id="new knows no work without a list"),
]


@pytest.mark.parametrize(("words", "code"), OFFLINE)
def test_offline_an_empty_cache_fails_only_what_cannot_be_done_without(
    words: str, code: int, service: StandIn
) -> None:
    assert main.run([*words.split(), "--offline"]) == code
    assert service.calls == []


NOT_COMPARED = [
    pytest.param(
        ("review", KNOWN),
        "\nnothing to decide; 1 page was not compared: the connection to Crossref failed\n"
        f"Next: enrich review {KNOWN}  # asks again about the page whose look-up failed\n",
        id="a page whose look-up failed",
    ),
    pytest.param(
        ("review", KNOWN, ABSENT),
        "\nnothing to decide; 2 pages were not compared: the connection to Crossref failed\n"
        f"Next: enrich review {KNOWN} {ABSENT}\n"
        "        # asks again about the 2 pages whose look-up failed\n",
        id="two pages",
    ),
    pytest.param(
        ("review", KNOWN, "--offline"),
        "\nnothing to decide; 1 page was not compared: the cache does not have the record; run once without\n"
        "    --offline\n",
        id="a page whose record is not in the cache",
    ),
    pytest.param(("review", WITHOUT), "\nnothing to decide\n", id="no DOI, so no look-up"),
]


@pytest.mark.parametrize(("words", "said"), NOT_COMPARED)
def test_a_review_without_questions_names_the_pages_that_it_could_not_compare(
    words: tuple[str, ...],
    said: str,
    service: StandIn,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service.fault = reset_all
    monkeypatch.setattr(review, "is_interactive", lambda: True)
    main.run([*words])
    assert capsys.readouterr().out == said
