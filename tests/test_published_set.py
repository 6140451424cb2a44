"""The whole program on pages of preprints that became articles: the set is taken whole, or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enrich.cli import main
from tests.support.made_site import contents, make, page, put_records, record, run

SET = "published-version"
PATH = "content/publication/x/index.md"
ARTICLE_DOI = "10.5555/art.1"
PREPRINT_PAGE = (
    page(0)
    .replace('"https://doi.org/10.5555/made.0"', '"10.5555/made.0"')
    .replace('["2"]', '["3"]')
    .replace('publication: ""', 'publication: "*bioRxiv*"')
)
RELATION = {"is-preprint-of": [{"id": ARTICLE_DOI.upper(), "id-type": "doi", "asserted-by": "subject"}]}
PREPRINT = record(
    0,
    type="posted-content",
    subtype="preprint",
    institution=[{"name": "bioRxiv"}],
    relation=RELATION,
    **{"container-title": None},
)
LATER = "Another abstract that is long enough, as published in the journal. It says so."
ARTICLE = record(
    1,
    DOI=ARTICLE_DOI,
    title=["The 0th thing that was made, at last"],
    author=[{"given": "Ada", "family": "Lovelace"}, {"given": "Mary", "family": "Somerville"}],
    issued={"date-parts": [[2021, 5, 6]]},
    abstract=f"<jats:p>{LATER}</jats:p>",
)
AS_PUBLISHED = f"""\
---
title: "The 0th thing that was made, at last"
authors: [Ada Lovelace, Mary Somerville]
date: "2021-05-06"
doi: "{ARTICLE_DOI}"
url_preprint: "https://doi.org/10.5555/made.0"
publication_types: ["2"]
publication: "*Journal of Made Things*"
abstract: "{LATER}"  # to be filled
---
Some text.
"""


def make_site(
    tmp_path: Path,
    text: str = PREPRINT_PAGE,
    records: tuple[dict[str, object], ...] = (PREPRINT, ARTICLE),
    **files: str,
) -> Path:
    """Write a site with a preprint's page and the records of the preprint and its article."""
    named = {name.replace("__", "/").replace("_toml", ".toml"): each for name, each in files.items()}
    return make(tmp_path / "site", {PATH: text, **named}, records)


def check_page(root: Path, command: str = "check", *more: str) -> dict[str, Any]:
    """Return what a run reports of the page."""
    report = root.parent / "report.json"
    run(command, root, "--format", "json", "-o", str(report), *more)
    pages = json.loads(report.read_text("utf-8"))["pages"]
    found: dict[str, Any] = next(one for one in pages if one["path"] == PATH)
    return found


def list_set(found: dict[str, Any]) -> list[str]:
    """Return the keys of the changes of the set."""
    return [change["key"] for change in found["changes"] if change.get("set") == SET]


def test_the_set_has_every_value_of_the_article_and_the_link(tmp_path: Path) -> None:
    found = check_page(make_site(tmp_path))
    expected = "doi title authors date publication_types publication abstract url_preprint"
    assert sorted(list_set(found)) == sorted(expected.split())
    of_set = [change for change in found["changes"] if "set" in change]
    assert {change["level"] for change in of_set} == {"review"}
    assert [change["field"] for change in of_set][-1] == "links"
    (finding,) = found["findings"]
    assert (finding["code"], finding["message"].rpartition("; ")[2]) == (
        SET,
        "run enrich review to make this the article's page",
    )


def test_apply_takes_it_only_with_all_and_then_all_is_silent(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    run("apply", root)
    filled = PREPRINT_PAGE.replace('abstract: ""', f'abstract: "{record(0)["abstract"]!s}"')
    filled = filled.replace("<jats:p>", "").replace("</jats:p>", "")
    assert contents(root)[PATH].decode() == filled
    run("apply", root, "--all")
    assert contents(root)[PATH].decode() == AS_PUBLISHED
    before = (root / "cache/baseline.jsonl").read_bytes()
    found = check_page(root, "apply", "--all")
    assert (found["changes"], found["findings"]) == ([], [])
    assert (root / "cache/baseline.jsonl").read_bytes() == before


def test_all_at_once_writes_no_value_of_the_preprint(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    found = check_page(root, "apply", "--all")
    assert contents(root)[PATH].decode() == AS_PUBLISHED
    assert [change["key"] for change in found["changes"] if not change["written"]] == ["abstract"]
    assert check_page(root, "apply", "--all")["changes"] == []


@pytest.mark.parametrize("parts", [[2021, 5], [2021]], ids=["a month", "a year"])
def test_all_leaves_a_set_whose_day_would_be_invented(tmp_path: Path, parts: list[int]) -> None:
    root = make_site(tmp_path, records=(PREPRINT, {**ARTICLE, "issued": {"date-parts": [parts]}}))
    run("apply", root)
    before = contents(root)[PATH]
    changes = check_page(root, "apply", "--all")["changes"]
    assert {change["field"] for change in changes} >= {"doi", "title", "date"}
    assert [change["field"] for change in changes if change["written"]] == []
    assert contents(root)[PATH] == before


def test_undo_takes_it_back_and_it_is_offered_again(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    before, offered = contents(root), list_set(check_page(root))
    run("apply", root, "--all")
    run("undo", root)
    assert contents(root) == before
    assert list_set(check_page(root)) == offered


@pytest.mark.parametrize(
    ("text", "key", "new"),
    [
        pytest.param(
            PREPRINT_PAGE.replace("---\nSome", "url_preprint: ''\n---\nSome"),
            "url_preprint",
            "https://doi.org/10.5555/made.0",
            id="the key is there",
        ),
        pytest.param(
            PREPRINT_PAGE.replace('doi: "10.5555/made.0"', "hugoblox:\n  ids:\n    doi: 10.5555/made.0"),
            "links",
            [{"type": "preprint", "url": "https://doi.org/10.5555/made.0"}],
            id="the newest theme",
        ),
        pytest.param(
            PREPRINT_PAGE.replace(
                'doi: "10.5555/made.0"',
                "hugoblox:\n  ids:\n    doi: 10.5555/made.0\nlinks:\n  - type: pdf\n    url: x.pdf",
            ),
            "links",
            [
                {"type": "pdf", "url": "x.pdf"},
                {"type": "preprint", "url": "https://doi.org/10.5555/made.0"},
            ],
            id="after the other links",
        ),
        pytest.param(
            PREPRINT_PAGE.replace("---\nSome", "url_pdf: https://doi.org/10.5555/MADE.0\n---\nSome"),
            "",
            None,
            id="a link leads to it",
        ),
        pytest.param(
            PREPRINT_PAGE.replace("---\nSome", "links:\n- name: Preprint\n  url: x.pdf\n---\nSome"),
            "",
            None,
            id="a link is called so",
        ),
    ],
)
def test_the_preprint_is_linked_in_the_dialect_of_the_page(
    tmp_path: Path, text: str, key: str, new: object
) -> None:
    root = make_site(tmp_path, text)
    links = [change for change in check_page(root)["changes"] if change["field"] == "links"]
    assert [(change["key"], change["new"]) for change in links] == ([(key, new)] if key else [])
    run("apply", root, "--all")
    assert check_page(root)["changes"] == []


PROCEEDINGS = {**ARTICLE, "DOI": "10.5555/conf", "type": "proceedings-article"}
BOTH = {"is-preprint-of": [{"id": doi, "id-type": "doi"} for doi in ("10.5555/conf", ARTICLE_DOI)]}


@pytest.mark.parametrize(
    ("records", "doi"),
    [
        pytest.param((PREPRINT,), None, id="the article's record is not known"),
        pytest.param(
            (PREPRINT, {**ARTICLE, "title": ["Something else entirely, about rocks"]}),
            None,
            id="another work",
        ),
        pytest.param((PREPRINT, {**ARTICLE, "type": "dataset"}), None, id="no article"),
        pytest.param(
            ({**PREPRINT, "relation": BOTH}, PROCEEDINGS, ARTICLE), ARTICLE_DOI, id="a journal comes first"
        ),
        pytest.param(
            ({**PREPRINT, "relation": {}}, {**ARTICLE, "title": PREPRINT["title"]}),
            ARTICLE_DOI,
            id="found by title and authors",
        ),
        pytest.param(
            (PREPRINT, {**ARTICLE, "author": [{"given": "Charles", "family": "Babbage"}]}),
            None,
            id="other authors",
        ),
    ],
)
def test_the_set_needs_the_record_of_the_same_work(
    tmp_path: Path, records: tuple[dict[str, object], ...], doi: str | None
) -> None:
    found = check_page(make_site(tmp_path, records=records))
    of_set = [change["new"] for change in found["changes"] if change.get("set") and change["field"] == "doi"]
    assert of_set == ([doi] if doi else [])
    assert {one["code"] for one in found["findings"]} == {SET}


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param('[fields]\ndoi = "keep"\n', id="the DOI is kept"),
        pytest.param(f'[[ignore]]\ncode = "{SET}"\nreason = "ours"\n', id="the finding is ignored"),
        pytest.param('[[ignore]]\nfield = "doi"\nreason = "ours"\n', id="changes of the DOI are ignored"),
    ],
)
def test_an_owner_who_wants_no_other_doi_gets_no_set(tmp_path: Path, settings: str) -> None:
    assert list_set(check_page(make_site(tmp_path, enrich_toml=settings))) == []


def test_a_pinned_doi_offers_no_set_and_a_pinned_title_stays(tmp_path: Path) -> None:
    pinned = PREPRINT_PAGE.replace('made.0"\n', 'made.0"  # enrich: keep\n')
    assert list_set(check_page(make_site(tmp_path, pinned))) == []
    titled = PREPRINT_PAGE.replace('was made"\n', 'was made"  # enrich: keep\n')
    assert "title" not in list_set(check_page(make_site(tmp_path / "2", titled)))


def test_a_field_that_the_owner_keeps_is_not_in_the_set(tmp_path: Path) -> None:
    root = make_site(tmp_path, enrich_toml='[fields]\ntitle = "keep"\n')
    assert "title" not in list_set(check_page(root))
    assert "date" not in list_set(check_page(root, "check", "--skip", "date"))
    assert list_set(check_page(root, "check", "--only", "title")) == []


def test_a_site_that_has_the_articles_page_is_offered_no_set(tmp_path: Path) -> None:
    article = AS_PUBLISHED.replace('url_preprint: "https://doi.org/10.5555/made.0"\n', "")
    root = make_site(tmp_path, content__publication__y__index=article)
    (root / "content/publication/y/index").rename(root / "content/publication/y/index.md")
    found = check_page(root)
    assert list_set(found) == []
    assert "another page has that DOI already" in found["findings"][0]["message"]


def test_a_preprint_in_words_becomes_the_journal(tmp_path: Path) -> None:
    text = PREPRINT_PAGE.replace("*bioRxiv*", "*bioRxiv preprint bioRxiv:2020.01.01.123456*")
    root = make_site(tmp_path, text)
    run("apply", root, "--all")
    assert contents(root)[PATH].decode() == AS_PUBLISHED


def test_a_doi_that_cannot_be_written_breaks_the_set(tmp_path: Path) -> None:
    text = PREPRINT_PAGE.replace('doi: "10.5555/made.0"', 'doi: &own "10.5555/made.0"\nother: *own')
    assert list_set(check_page(make_site(tmp_path, text))) == []


def review_site(root: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> int:
    """Answer the questions of a review with these keys, one a line."""
    monkeypatch.setattr("enrich.cli.review.is_interactive", lambda: True)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    return run("review", root)


def test_review_asks_one_question_about_the_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path)
    assert review_site(root, monkeypatch, "y\n") == 0
    shown = capsys.readouterr().out
    assert "(1/2) Write these 8 together? [y,n,k,a,d,p,o,q,?]" in shown
    assert "Write this?" not in shown  # the preprint's abstract is of no use now
    assert contents(root)[PATH].decode() == AS_PUBLISHED
    assert check_page(root)["changes"] == []


@pytest.mark.parametrize("typed", ["n\ny\n", "n\nq\n", "q\n"])
def test_a_set_that_is_left_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    root = make_site(tmp_path)
    review_site(root, monkeypatch, typed)
    found = check_page(root)
    assert len(list_set(found)) == 8
    assert found["changes"][-1]["news"] is (typed == "q\n")


def test_all_of_the_page_takes_the_set_and_not_the_changes_that_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(tmp_path)
    review_site(root, monkeypatch, "a\n")
    assert contents(root)[PATH].decode() == AS_PUBLISHED


def test_an_answer_can_be_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site(tmp_path, PREPRINT_PAGE.replace('date: "2020-02-03"', "date: 2020-01-01\nmore: x"))
    review_site(root, monkeypatch, "n\nu\nk\ny\n")
    assert contents(root)[PATH].decode().count("made.0") == 1
    assert list_set(check_page(root)) == []


def test_a_preprint_that_the_owner_keeps_is_not_asked_about_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(tmp_path)
    review_site(root, monkeypatch, "k\ny\n")
    found = check_page(root)
    assert (found["changes"], [one["news"] for one in found["findings"]]) == ([], [False])
    known = (root / "cache/baseline.jsonl").read_bytes()
    assert run("apply", root, "--all") == 0
    assert (root / "cache/baseline.jsonl").read_bytes() == known
    other = {**ARTICLE, "DOI": "10.5555/art.2"}
    moved = {**PREPRINT, "relation": {"is-preprint-of": [{"id": "10.5555/art.2", "id-type": "doi"}]}}
    put_records(root, [moved, other])
    assert len(list_set(check_page(root))) == 8  # the record names another article: a new question
    put_records(root, [PREPRINT, ARTICLE])
    main.run(["forget", str(root / PATH)])
    assert len(list_set(check_page(root))) == 8


def decide(root: Path, word: str, **changed: object) -> list[dict[str, Any]]:
    """Return the rows that the report's script makes of one decision about the set."""
    report = root.parent / "report.html"
    run("check", root, "--format", "html", "-o", str(report))
    text = report.read_text("utf-8").partition('<script type="application/json" id="data">')[2]
    (found,) = json.loads(text.partition("</script>")[0])["pages"]
    (of_set,) = [proposal["changes"] for proposal in found["changes"] if "changes" in proposal]
    told = {"path": found["path"], "sha256": found["sha256"], "decision": word}
    return [{**told, **change, **changed} for change in of_set]


def apply_rows(root: Path, rows: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Carry out a file of decisions; return the exit code and what was said."""
    file = root.parent / "decisions.json"
    file.write_text(json.dumps({"schema": 1, "decisions": rows}), encoding="utf-8")
    capsys.readouterr()
    code = run("apply", root, "--decisions", str(file))
    return code, " ".join(capsys.readouterr().err.split())


def test_the_browser_report_has_one_decision_about_the_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path)
    rows = decide(root, "take")
    report = (root.parent / "report.html").read_text("utf-8")
    assert report.count("<fieldset") == 2  # the set, and the preprint's abstract
    assert "8 changes that belong together (set published-version)" in report
    assert apply_rows(root, rows, capsys)[0] == 0
    assert contents(root)[PATH].decode() == AS_PUBLISHED
    assert apply_rows(root, rows, capsys)[0] == 0  # a second time there is nothing left to do
    assert contents(root)[PATH].decode() == AS_PUBLISHED


def test_a_decision_to_keep_the_preprint_ends_the_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path)
    before = contents(root)
    assert apply_rows(root, decide(root, "keep"), capsys)[0] == 0
    assert contents(root) == before
    assert list_set(check_page(root)) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(lambda rows: rows[1:], "", id="a row is missing"),
        pytest.param(lambda rows: [{**rows[0], "decision": "keep"}, *rows[1:]], "", id="two words"),
        pytest.param(
            lambda rows: [*rows[:1], {**rows[1], "new": "Mine"}, *rows[2:]],
            ", and the record's value has changed since; make a new report",
            id="another value",
        ),
    ],
)
def test_a_part_of_the_set_is_refused_whole(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
    reason: str,
) -> None:
    root = make_site(tmp_path)
    before = contents(root)
    code, said = apply_rows(root, change(decide(root, "take")), capsys)
    assert f"the set published-version is taken whole or not at all{reason}" in said
    assert (code, contents(root)) == (1, before)


def test_the_safe_changes_beside_a_set_that_is_taken_are_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path)
    rows = decide(root, "take")
    safe = next(one for one in check_page(root)["changes"] if one["level"] == "safe")
    abstract = {key: value for key, value in rows[0].items() if key != "set"} | {
        "field": "abstract",
        "key": ["abstract"],
        "old": safe["old"],
        "new": safe["new"],
    }
    assert apply_rows(root, [*rows, abstract], capsys)[0] == 0
    assert contents(root)[PATH].decode() == AS_PUBLISHED


BIB = """\
@misc{lovelace2020,
  title = {The 0th thing that was made},
  author = {Lovelace, Ada},
  year = {2020},
  doi = {10.5555/made.0},
  publisher = {bioRxiv},
  journal = {bioRxiv},
  note = {mine},
}
"""
BIB_AS_PUBLISHED = """\
@article{lovelace2020,
  title = {The 0th thing that was made, at last},
  author = {Lovelace, Ada and Somerville, Mary},
  year = {2021},
  doi = {10.5555/art.1},
  publisher = {bioRxiv},
  journal = {Journal of Made Things},
  note = {mine},
}
"""
FILE = "content/publication/x/cite.bib"


@pytest.mark.parametrize("typed", ["@misc", "@MISC", "@Unpublished", "@article"])
def test_the_set_changes_the_citation_file_too(tmp_path: Path, typed: str) -> None:
    text = BIB.replace("@misc", typed)
    root = make_site(tmp_path, enrich_toml='[fields]\n"cite.bib" = "propose"\n')
    (root / FILE).write_text(text, encoding="utf-8")
    of_file = [change for change in check_page(root)["changes"] if "file" in change]
    keys = {"title", "author", "year", "doi", "journal", *({"@type"} if typed != "@article" else ())}
    assert {change["key"] for change in of_file if change.get("set")} == keys
    before = contents(root)
    run("apply", root, "--all")
    new = "@ARTICLE" if typed.isupper() else "@Article" if typed[1].isupper() else "@article"
    assert contents(root)[FILE].decode() == BIB_AS_PUBLISHED.replace("@article", new)
    assert check_page(root, "apply", "--all")["changes"] == []
    run("undo", root)
    assert contents(root) == before


def test_the_type_of_an_entry_changes_with_the_set_alone(tmp_path: Path) -> None:
    text = AS_PUBLISHED.replace('url_preprint: "https://doi.org/10.5555/made.0"\n', "")
    root = make_site(tmp_path, text, enrich_toml='[fields]\n"cite.bib" = "overwrite"\n')
    (root / FILE).write_text(BIB_AS_PUBLISHED.replace("@article", "@misc"), encoding="utf-8")
    run("apply", root, "--all")
    assert contents(root)[FILE].decode().startswith("@misc{lovelace2020,")
