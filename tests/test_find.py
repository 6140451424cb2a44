"""`enrich find`: which searches are made, what is proposed, what is only listed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from enrich import pipeline
from enrich.cli import main
from enrich.fetcher.lookup import Lookup
from enrich.settings.load import load_settings
from enrich.steps import find_dois, open_lookup
from tests.support.clock import FakeTime
from tests.support.pseudo_terminal import converse
from tests.support.reports import data_of
from tests.support.sample import RECORDS, copy_site, run
from tests.support.stand_in import StandIn, dataset
from tests.support.wire import serving

TITLE = "Plankton blooms beneath thinning summer ice"
PEOPLE = [{"given": "Ada", "family": "Okafor"}, {"given": "Ian", "family": "Cross"}]
DOI = "10.5555/ice"
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals for this")


def make_page(title: str = TITLE, more: str = "", kind: str = "2", date: str = "2020-03-04") -> str:
    heading = f'title: "{title}"\n' if title else ""
    return (
        f"---\n{heading}authors: [Ada Okafor, Ian Cross]\ndate: {date}\n"
        f'publication_types: ["{kind}"]\n{more}\n---\n'
    )


def make_record(doi: str = DOI, **more: object) -> dict[str, object]:
    record = {
        "DOI": doi,
        "type": "journal-article",
        "title": [TITLE],
        "container-title": ["Ice Letters"],
        "author": PEOPLE,
        "issued": {"date-parts": [[2020, 3, 4]]},
    }
    return {**record, **more}


def make_dataset(doi: str) -> dict[str, Any]:
    creators = [{"givenName": one["given"], "familyName": one["family"]} for one in PEOPLE]
    titles = [{"title": TITLE}]
    return {**dataset(doi, titles=titles, creators=creators, publicationYear=2020)}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Return a stand-in for the services that the program is told to ask."""
    monkeypatch.setattr(open_lookup, "Lookup", partial(Lookup, clock=FakeTime().clock()))
    with serving(StandIn(works={DOI: make_record()})) as served:
        for name in ("CROSSREF", "DATACITE", "DOI"):
            monkeypatch.setenv(f"ENRICH_{name}_URL", served.url)
        yield served


Find = Callable[..., tuple[int, dict[str, dict[str, Any]]]]


@pytest.fixture
def find(tmp_path: Path, service: StandIn) -> Find:
    """Return a function that makes a site of pages and returns exit code and page objects."""
    assert service.url

    def run(
        pages: Mapping[str, str], *options: str, command: str = "find"
    ) -> tuple[int, dict[str, dict[str, Any]]]:
        root = tmp_path / "site"
        for name, text in {"hugo.yaml": "title: Ice\n", **pages}.items():
            path = root / (name if "." in name else f"content/publication/{name}/index.md")
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_text(text, encoding="utf-8")
        target = tmp_path / "report.json"
        code = main.run(
            [command, str(root), "--format", "json", "-o", str(target), "--no-progress", *options]
        )
        document = json.loads(target.read_text("utf-8"))
        names = {one["path"]: one for one in document["pages"]}
        return code, {path.removesuffix("/index.md").split("/")[-1]: one for path, one in names.items()}

    return run


def list_searches(service: StandIn) -> list[str]:
    calls = [*service.asked("list"), *service.asked("datacite-list")]
    return [call for call in calls if "query.bibliographic" in call or "titles.title" in call]


def list_verdicts(page: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["doi"], one["from"], one["verdict"]) for one in page["candidates"]]


def test_a_certain_doi_is_a_change_that_needs_review(find: Find, service: StandIn) -> None:
    service.works["10.5555/other"] = make_record("10.5555/other", title=["Plankton nets of the summer"])
    code, pages = find({"a": make_page(), "b": make_page(more="doi: 10.5555/other")})
    assert (code, [*pages]) == (1, ["a"])
    (change,) = pages["a"]["changes"]
    assert [change[key] for key in ("field", "kind", "level", "new")] == ["doi", "fill", "review", DOI]
    assert change["reason"] == (
        f"https://doi.org/{DOI} “{TITLE}” by Ada Okafor, Ian Cross (Ice Letters, 2020):"
        " the titles are equal; 2 of 2 authors are shared; the years are equal"
    )
    assert pages["a"]["doi"] is None
    assert pages["a"]["candidates"] == [
        {
            "doi": DOI,
            "title": TITLE,
            "authors": ["Ada Okafor", "Ian Cross"],
            "year": 2020,
            "type": "journal-article",
            "container": "Ice Letters",
            "from": "search",
            "verdict": "certain",
            "reasons": ["the titles are equal", "2 of 2 authors are shared", "the years are equal"],
        }
    ]


@pytest.mark.parametrize(
    ("text", "record"),
    [
        pytest.param(make_page(date="2014-01-01"), make_record(), id="other years"),
        pytest.param(make_page("Plankton blooms under thinning summer ice"), make_record(), id="alike"),
        pytest.param(make_page(kind="3"), make_record(), id="the article of a preprint"),
        pytest.param(make_page(kind="1"), make_record(), id="the article of a conference paper"),
        pytest.param(make_page().replace("[Ada Okafor, Ian Cross]", "[]"), make_record(), id="nobody"),
        pytest.param(make_page("Summer ice"), make_record(title=["Summer ice"]), id="a short title"),
    ],
)  # fmt: skip
def test_a_likely_doi_is_listed_with_its_reasons(
    find: Find, service: StandIn, text: str, record: dict[str, object]
) -> None:
    service.works[DOI] = record
    _, pages = find({"a": text})
    assert (list_verdicts(pages["a"]), pages["a"]["changes"]) == ([(DOI, "search", "unsure")], [])
    assert pages["a"]["candidates"][0]["reasons"]


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(make_record(title=["Plankton nets of the summer"]), id="another title"),
        pytest.param(make_record(author=[{"given": "Roald", "family": "Amundsen"}]), id="other people"),
    ],
)
def test_another_work_is_shown_only_when_everything_is(
    find: Find, service: StandIn, record: dict[str, object]
) -> None:
    service.works[DOI] = record
    assert find({"a": make_page()})[1]["a"]["candidates"] == []
    assert list_verdicts(find({}, "-v")[1]["a"]) == [(DOI, "search", "no")]


def test_of_two_that_fit_equally_well_none_is_certain(find: Find, service: StandIn) -> None:
    service.works["10.5555/twice"] = make_record("10.5555/twice")
    page = find({"a": make_page()})[1]["a"]
    assert (list_verdicts(page), page["changes"]) == (
        [(DOI, "search", "unsure"), ("10.5555/twice", "search", "unsure")],
        [],
    )


def test_the_doi_of_another_page_is_not_certain(find: Find) -> None:
    _, pages = find({"a": make_page(), "b": make_page(more=f"doi: {DOI}")})
    (candidate,) = pages["a"]["candidates"]
    assert (candidate["verdict"], pages["a"]["changes"]) == ("unsure", [])
    assert candidate["reasons"][-1] == "content/publication/b/index.md has this DOI already"


@pytest.mark.parametrize(
    "doi", ["10.5555/a b", '10.5555/a"><script>', "10.5555/a\n---\nx: 1", "http://evil.example", 7, None]
)
def test_a_record_without_a_valid_doi_is_not_a_candidate(find: Find, service: StandIn, doi: object) -> None:
    service.works[DOI] = {**make_record(), "DOI": doi}
    assert find({"a": make_page()}, "-v")[1]["a"]["candidates"] == []


def test_the_one_in_the_page_s_journal_fits_better(find: Find, service: StandIn) -> None:
    service.works["10.5555/twice"] = make_record("10.5555/twice", **{"container-title": []})
    page = find({"a": make_page(more='publication: "*Ice Letters*"')})[1]["a"]
    assert list_verdicts(page) == [(DOI, "search", "certain"), ("10.5555/twice", "search", "unsure")]


def test_datacite_is_searched_where_crossref_has_nothing_like_it(find: Find, service: StandIn) -> None:
    del service.works[DOI]
    service.datacite["10.5281/ice"] = make_dataset("10.5281/ice")
    _, pages = find({"a": make_page(kind="dataset"), "b": make_page("Another title about other things")})
    assert list_verdicts(pages["a"]) == [("10.5281/ice", "search", "certain")]
    assert pages["b"]["candidates"] == []
    assert len(list_searches(service)) <= 4


def test_searches_are_kept_and_a_second_run_makes_none(find: Find, service: StandIn) -> None:
    pages = {name: make_page(f"{TITLE} number {name}") for name in "abc"}
    find(pages)
    first = len(service.calls)
    assert 0 < first <= 2 * len(pages)
    find({})
    assert len(service.calls) == first


def test_other_commands_search_only_when_asked_to(find: Find, service: StandIn) -> None:
    _, pages = find({"a": make_page()}, command="check")
    assert (service.calls, pages["a"]["candidates"]) == ([], [])
    _, pages = find({}, "--find", command="check")
    assert list_verdicts(pages["a"]) == [(DOI, "search", "certain")]


def test_apply_writes_a_doi_that_was_found_only_with_all(find: Find, tmp_path: Path) -> None:
    file = tmp_path / "site/content/publication/a/index.md"
    find({"a": make_page(more='doi: ""')}, "--find", command="apply")
    assert 'doi: ""' in file.read_text("utf-8")
    find({}, "--find", "--all", command="apply")
    assert f'doi: "{DOI}"' in file.read_text("utf-8")


def test_a_service_that_goes_down_in_the_middle_guesses_nothing(find: Find, service: StandIn) -> None:
    find({"a": make_page()})
    service.fault = lambda _: "503"
    code, pages = find({"b": make_page(f"{TITLE} again")})
    assert code == 3
    assert list_verdicts(pages["a"]) == [(DOI, "search", "certain")]
    assert pages["b"]["candidates"] == []
    assert [one["code"] for one in pages["b"]["findings"]] == ["lookup-failed"]


@pytest.mark.parametrize(
    ("others", "key"),
    [
        pytest.param("doi: 10.5555/9", "doi", id="doi"),
        pytest.param("hugoblox: {ids: {doi: 10.5555/9}}", "hugoblox.ids.doi", id="hugoblox"),
    ],
)
def test_a_doubtful_doi_goes_under_the_key_of_the_theme(
    find: Find, service: StandIn, others: str, key: str
) -> None:
    service.works[DOI] = {**make_record(), "container-title": ["Another Journal"], "issued": {}}
    _, pages = find({"a": make_page(), "b": make_page("Something else entirely", others)})
    [finding] = pages["a"]["findings"]
    assert finding["message"].endswith(f"`enrich review --find` writes the one that you choose under {key}")


def test_an_uncached_search_does_not_fail_an_offline_run(find: Find) -> None:
    code, pages = find({"a": make_page()}, "--offline")
    assert (code, [one["code"] for one in pages["a"]["findings"]]) == (0, ["doi-missing"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("index.de.md", make_page("Eine Planktonblüte unter dem Eis"), id="by name"),
        pytest.param("content/de/publication/a/index.md", make_page("Plankton"), id="by folder"),
    ],
)
def test_a_translation_takes_the_doi_of_the_other_without_a_search(
    find: Find, service: StandIn, name: str, text: str
) -> None:
    folder = "content/publication/a/" if name.startswith("index") else ""
    own = f"{folder or 'content/en/publication/a/'}index.md"
    _, pages = find({own: make_page(more=f"doi: {DOI}"), f"{folder}{name}": text})
    (page,) = pages.values()
    assert list_verdicts(page) == [(DOI, "page", "certain")]
    assert [change["new"] for change in page["changes"]] == [DOI]
    assert list_searches(service) == []


def test_a_translation_takes_no_doi_of_another_work(find: Find, service: StandIn) -> None:
    service.works[DOI] = make_record(title=["Another title about nets"], author=[{"family": "Amundsen"}])
    own, german = "content/publication/a/index.md", "content/publication/a/index.de.md"
    _, pages = find({own: make_page(more=f"doi: {DOI}"), german: make_page("Planktonblüte")})
    assert all(page["changes"] == [] for page in pages.values())


def test_an_interrupted_search_goes_on_where_it_was(find: Find, service: StandIn, tmp_path: Path) -> None:
    site = tmp_path / "site"
    find({f"p{number}": make_page(f"{TITLE} number {number}") for number in range(8)}, "--offline")

    def interrupt(stage: str, done: int, _of: int) -> None:
        if (stage, done) == ("searches", 5):
            raise KeyboardInterrupt

    settings = replace(load_settings(site), find=True, service_urls=service.urls)
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(settings, [site], act=False, progress=interrupt)
    found = set(service.asked("list"))
    service.calls.clear()
    assert len(found) >= 5
    find({})
    assert len(found & set(service.asked("list"))) <= len(found) - 5


def test_what_was_reported_before_is_not_listed_again(find: Find, service: StandIn, tmp_path: Path) -> None:
    service.works[DOI] = make_record(issued={"date-parts": [[2012]]})
    target = tmp_path / "report.txt"
    listed = []
    for _ in range(2):
        find({"a": make_page()}, "--find", "--report", f"text:{target}", command="apply")
        listed.append("unsure: " in target.read_text("utf-8"))
    assert listed == [True, False]


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        pytest.param([], [DOI], [DOI], id="the page was reported without a DOI, before any search"),
        pytest.param([DOI], ["10.5555/twice"], ["10.5555/twice"], id="another DOI was reported"),
        pytest.param([DOI], [DOI], [], id="this DOI was reported"),
    ],
)
def test_a_candidate_is_news_until_it_was_reported(
    find: Find, tmp_path: Path, before: list[str], now: list[str], shown: list[str]
) -> None:
    target, records = tmp_path / "found.txt", tmp_path / "records.jsonl"
    for dois, command in ((before, "apply"), (now, "find")):
        works = [make_record("10.5555/nets", title=["Plankton nets"], author=[])]
        works += [make_record(doi, issued={"date-parts": [[2012]]}) for doi in dois]
        records.write_text("".join(f"{json.dumps(work)}\n" for work in works), encoding="utf-8")
        searching = ["--find"] * (command == "apply" and bool(dois))
        words = ("--records", str(records), "--report", f"text:{target}")
        find({"a": make_page()}, *searching, *words, command=command)
    said = target.read_text("utf-8")
    assert re.findall(r"https://doi.org/(\S+)", said) == shown, said
    assert "page has DOIs to choose from" in said
    assert "asks which DOI is that of the page without one" in said


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(make_page(""), id="no title"),
        pytest.param(make_page(more='doi: ""  # enrich: keep'), id="excused"),
        pytest.param(make_page(more="doi: in press"), id="a damaged DOI"),
    ],
)
def test_pages_that_are_not_searched_for(find: Find, service: StandIn, text: str) -> None:
    code, pages = find({"a": text})
    assert (code, service.calls) == (0, [])
    assert all(page["candidates"] == [] for page in pages.values())


def test_a_doi_elsewhere_that_was_not_confirmed_is_a_candidate(find: Find, service: StandIn) -> None:
    service.works["10.5555/old"] = make_record("10.5555/old", issued={"date-parts": [[2012]]})
    page = find({"a": make_page(more="url_pdf: https://doi.org/10.5555/old")})[1]["a"]
    assert list_verdicts(page) == [(DOI, "search", "certain"), ("10.5555/old", "page", "unsure")]


def test_a_report_states_that_every_page_has_a_doi(
    find: Find, capsys: pytest.CaptureFixture[str], service: StandIn, tmp_path: Path
) -> None:
    code, pages = find({"a": make_page(more=f"doi: {DOI}")})
    assert (code, pages, service.calls) == (0, {}, [])
    said = "every page under the given paths has a DOI, so there is nothing to search for\n"
    assert capsys.readouterr().err.endswith(said)
    assert main.run(["find", str(tmp_path / "site"), "--no-progress"]) == 0
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        pytest.param(1, "about a minute", id="seconds"),
        pytest.param(44, "about a minute", id="both ends are a minute"),
        pytest.param(46, "1 to 2 minutes", id="the longer end rounds up"),
        pytest.param(60, "1 to 2 minutes", id="a minute"),
        pytest.param(600, "10 to 20 minutes", id="many minutes"),
    ],
)
def test_a_duration_is_a_range_only_if_its_ends_differ(least: float, expected: str) -> None:
    assert find_dois.format_minutes(least, 2 * least) == expected


@pytest.mark.parametrize(
    ("count", "option", "expected"),
    [
        pytest.param(60, "--quiet", "", id="quiet"),
        pytest.param(5, "--no-progress", "", id="a few take no time"),
        pytest.param(60, "--no-progress", "of 60 pages takes 1 to 2 minutes", id="many"),
    ],
)
def test_a_long_search_is_announced(
    find: Find, capsys: pytest.CaptureFixture[str], count: int, option: str, expected: str
) -> None:
    find({f"p{number}": make_page(f"{TITLE} number {number}") for number in range(count)}, option)
    told = capsys.readouterr().err
    assert expected in told
    assert ("--mailto" in told) == bool(expected)


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "jsonl", "github"])
def test_every_report_names_the_candidates(
    find: Find, tmp_path: Path, service: StandIn, format_: str
) -> None:
    service.works[DOI] = make_record(issued={"date-parts": [[2012]]})
    target = tmp_path / "other-report"
    find({"a": make_page()}, "--report", f"{format_}:{target}")
    text = target.read_text("utf-8")
    assert (DOI in text, "the years are 8 apart" in text) == (format_ != "github",) * 2


def test_records_on_disk_are_searched_by_title(find: Find, tmp_path: Path, service: StandIn) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(make_record("10.5555/disk")) + "\n", encoding="utf-8")
    _, pages = find({"a": make_page()}, "--records", str(records))
    assert list_verdicts(pages["a"]) == [("10.5555/disk", "search", "certain")]
    assert service.calls == []


@pytest.mark.parametrize(
    ("option", "is_named"),
    [
        pytest.param((), True, id="records on disk, which can be searched"),
        pytest.param(("--find",), False, id="a run that has searched"),
        pytest.param(("--offline",), False, id="a run that sends nothing"),
    ],
)
def test_check_names_find_if_it_can_search(
    tmp_path: Path, option: tuple[str, ...], *, is_named: bool
) -> None:
    site = copy_site(tmp_path)
    words = ("content/publication/lamport1978", "--records", RECORDS)
    said = run(site, "check", *words, *option).stdout
    assert (f"enrich find {' '.join(words)}" in said) == is_named


def decide_dois(page: dict[str, Any], digest: str, words: dict[str, str]) -> dict[str, object]:
    """Return the file that the browser downloads once these DOIs of a page were decided on."""
    place = {"path": page["path"], "sha256": digest, "field": "doi", "key": ["doi"], "old": ""}
    rows = [{**place, "new": doi, "decision": word} for doi, word in words.items()]
    return {"schema": 1, "tool": "enrich", "decisions": rows}


TWICE = "10.5555/twice"
DECIDED = [
    pytest.param({DOI: "take"}, 0, DOI, [], id="one is taken"),
    pytest.param({TWICE: "take", DOI: "keep"}, 0, TWICE, [], id="the other is declined"),
    pytest.param({DOI: "keep"}, 0, "", [TWICE], id="one is declined, the other stays open"),
    pytest.param({DOI: "keep", TWICE: "keep"}, 0, "", [], id="none is the page's"),
    pytest.param({DOI: "later", TWICE: "later"}, 0, "", [DOI, TWICE], id="later"),
    pytest.param({DOI: "take", TWICE: "take"}, 2, "", [DOI, TWICE], id="a page has one DOI"),
    pytest.param({"10.5555/typed": "take"}, 1, "", [DOI, TWICE], id="a DOI that no search found"),
]


@pytest.mark.parametrize(("words", "code", "written", "offered"), DECIDED)
def test_a_person_decides_on_a_doi_that_is_unsure(
    find: Find,
    service: StandIn,
    tmp_path: Path,
    words: dict[str, str],
    code: int,
    written: str,
    offered: list[str],
) -> None:
    service.works[TWICE] = make_record(TWICE)
    (page,) = find({"a": make_page(more='doi: ""')})[1].values()
    (file,) = tmp_path.rglob("a/index.md")
    site = file.parents[3]
    document = decide_dois(page, sha256(file.read_bytes()).hexdigest(), words)
    (tmp_path / "decisions.json").write_text(json.dumps(document), encoding="utf-8")
    command = ["apply", str(site), "--find", "--decisions", str(tmp_path / "decisions.json")]
    assert main.run(command) == code
    text = file.read_text(encoding="utf-8")
    assert f'doi: "{written}"' in text
    assert (main.run(command), file.read_text(encoding="utf-8")) == (code, text)
    main.run(["check", str(site), "--find", "--report", f"html:{tmp_path / 'again.html'}"])
    data = data_of((tmp_path / "again.html").read_text(encoding="utf-8"))
    changes = [change for each in data["pages"] for change in each["changes"]]
    assert [change["new"] for change in changes if change["field"] == "doi"] == offered


@pytest.mark.parametrize(
    ("pages", "step"),
    [
        pytest.param({"a": make_page()}, "# asks which DOI is that of the page without one", id="a page"),
        pytest.param(
            {"a": make_page(), "b": make_page()}, "# asks which DOI is that of 2 pages without one", id="two"
        ),
        pytest.param(
            {f"content/publication/a/index{name}.md": make_page() for name in ("", ".de")},
            "# asks which DOI is that of 2 pages without one",
            id="a page and its translation",
        ),
        pytest.param(
            {"a": make_page(), "b": make_page("Plankton nets of the polar summer sea")},
            "# asks 2 questions: about the one that needs review, and which DOI is that of the page",
            id="beside a DOI that is certain",
        ),
        pytest.param(
            {"a": make_page(more="# doi: 10.1080/02699931.2021.1901656")}, "", id="the owner has declined any"
        ),
    ],
)
def test_find_names_the_command_that_asks_about_unsure_dois(
    find: Find, service: StandIn, tmp_path: Path, pages: dict[str, str], step: str
) -> None:
    service.works[TWICE] = make_record(TWICE)
    nets = "10.5555/polar-nets"
    service.works[nets] = make_record(nets, title=["Plankton nets of the polar summer sea"])
    find(pages, "--report", f"text:{tmp_path / 'found.txt'}")
    said = (tmp_path / "found.txt").read_text(encoding="utf-8")
    assert ("enrich review" in said.rpartition("Next: ")[2], step in said) == (bool(step), True), said


@on_posix
@pytest.mark.parametrize(
    ("typed", "code", "written", "offered", "said"),
    [
        pytest.param(["2"], 0, TWICE, [], "1 change written on 1 page\n", id="the second is taken"),
        pytest.param(["n"], 0, "", [], "no page changed · 2 DOIs refused\n", id="none is the page's"),
        pytest.param([""], 0, "", [DOI, TWICE], "no page changed · 1 left open\n", id="later"),
        pytest.param(["y", "3", "q"], 0, "", [DOI, TWICE], "no page changed · 1 left open\n", id="no answer"),
    ],
)
def test_review_asks_which_doi_is_the_page_s(
    find: Find,
    tmp_path: Path,
    typed: list[str],
    code: int,
    written: str,
    offered: list[str],
    said: str,
) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text("".join(f"{json.dumps(make_record(doi))}\n" for doi in (DOI, TWICE)), encoding="utf-8")
    find({"a": make_page(more='doi: ""')})
    (file,) = tmp_path.rglob("a/index.md")
    site, before = file.parents[3], file.read_text(encoding="utf-8")
    words = ("--find", "--records", str(records))
    ended, shown = converse(site, "review", ".", *words, typed=typed)
    assert (ended, said in shown) == (code, True), shown
    assert "doi-missing" not in shown
    assert file.read_text(encoding="utf-8") == before.replace('doi: ""', f'doi: "{written}"')
    ((page),) = find({}, *words, command="check")[1].values()
    assert [one["doi"] for one in page["candidates"]] == ([] if written else [DOI, TWICE])
    again = converse(site, "review", ".", *words, "--only", "doi", typed=["q"] * bool(offered))[1]
    assert ("which of these is its DOI?" in again) == bool(offered)


def test_the_browser_offers_each_unsure_doi(find: Find, service: StandIn, tmp_path: Path) -> None:
    service.works[TWICE] = make_record(TWICE)
    find({"a": make_page(more='doi: ""')}, "--report", f"html:{tmp_path / 'x.html'}")
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert re.findall(r'class="offer" tabindex="-1" data-key="([\d.]+)"', text) == ["0.0", "0.1"]
    assert text.count("Take this DOI") == text.count("Not this one") == 2
    data = data_of(text)
    assert data["command"].split()[:2] == ["enrich", "apply"]
    assert "--find" in data["command"].split()
