"""The whole program on pages whose DOI is elsewhere than under its key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from enrich.cli import main
from tests.support.made_site import contents, doi_of, make, page, record, run, title_of

OWN = "https://doi.org/10.5555/made.0"


def edit(number: int, doi: str, more: str = "") -> str:
    """Return a made page with another line for its DOI, and more lines."""
    line = f'doi: "https://doi.org/10.5555/made.{number}"\n'
    return page(number).replace(line, f"{doi}\n{more}\n" if doi else f"{more}\n")


def plan(tmp_path: Path, pages: Mapping[str, str], *more: str, **of_records: object) -> dict[str, Any]:
    """Return the page objects of a check, by the name of the page's folder."""
    root = tmp_path / "site"
    root.mkdir()
    files = {f"content/publication/{name}/index.md": text for name, text in pages.items()}
    make(root, files, [record(number, **of_records) for number in range(len(pages))])
    run("check", root, "--format", "json", "-o", str(tmp_path / "report.json"), *more)
    document = json.loads((tmp_path / "report.json").read_text("utf-8"))
    return {page["path"].split("/")[-2]: page for page in document["pages"]}


def select(found: dict[str, Any], field: str) -> list[tuple[str, str, str, object]]:
    """Return kind, level, key and new value of a field's changes."""
    changes = (change for change in found["changes"] if change["field"] == field)
    return [(change["kind"], change["level"], change["key"], change["new"]) for change in changes]


def codes(found: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in found["findings"]}


def test_the_page_is_reconciled_as_if_the_doi_were_under_its_key(tmp_path: Path) -> None:
    found = plan(tmp_path, {"a": edit(0, 'doi: ""', f"url_pdf: {OWN}"), "b": page(1)})["a"]
    assert (found["doi"], found["doi_from"], found["identity"]) == ("10.5555/made.0", "url_pdf", "same")
    assert select(found, "doi") == [("fill", "safe", "doi", "10.5555/made.0")]
    assert select(found, "publication") == [("fill", "safe", "publication", "*Journal of Made Things*")]
    assert codes(found) == set()


@pytest.mark.parametrize(
    ("doi", "other", "expected"),
    [
        pytest.param("", 'doi: ""', [("fill", "review", "doi", "10.5555/made.0")], id="only empty keys"),
        pytest.param("", "x: 1", [], id="no page of the site has the key"),
        pytest.param('doi: ""  # enrich: keep', 'doi: ""', [], id="pinned"),
        pytest.param("# doi: 10.1234/mine", 'doi: ""', [], id="commented out with a value"),
    ],
)
def test_the_key_is_filled_as_the_site_keeps_it(
    tmp_path: Path, doi: str, other: str, expected: list[object]
) -> None:
    found = plan(tmp_path, {"a": edit(0, doi, f"url_pdf: {OWN}"), "b": edit(1, other)})["a"]
    assert (found["doi"], select(found, "doi")) == ("10.5555/made.0", expected)


@pytest.mark.parametrize(("policy", "levels"), [("keep", []), ("propose", ["review"]), ("fill", ["safe"])])
def test_the_policy_decides(tmp_path: Path, policy: str, levels: list[str]) -> None:
    settings = tmp_path / "enrich.toml"
    settings.write_text(f'[fields]\ndoi = "{policy}"\n', "utf-8")
    pages = {"a": edit(0, 'doi: ""', f"url_pdf: {OWN}"), "b": page(1)}
    found = plan(tmp_path, pages, "--config", str(settings))["a"]
    assert [level for _, level, _, _ in select(found, "doi")] == levels
    assert found["doi"] == "10.5555/made.0"


def test_a_doi_that_is_not_confirmed_is_only_missing(tmp_path: Path) -> None:
    pages = {"a": edit(0, 'doi: ""', "url_pdf: https://doi.org/10.5555/made.1"), "b": page(1)}
    found = plan(tmp_path, pages)["a"]
    assert (found["doi"], found["doi_from"], found["changes"]) == (None, None, [])
    assert codes(found) == {"doi-missing"}


def test_a_doi_that_the_records_do_not_have_is_only_missing(tmp_path: Path) -> None:
    pages = {"a": edit(0, 'doi: ""', "url_pdf: https://doi.org/10.5555/unknown"), "b": page(1)}
    assert codes(plan(tmp_path, pages)["a"]) == {"doi-missing"}


def test_two_confirmed_dois_need_review(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    more = f"url_pdf: {OWN}\nurl_source: https://doi.org/10.5555/copy"
    files = {"a": edit(0, 'doi: ""', more), "b": page(1)}
    make(
        root,
        {f"content/publication/{name}/index.md": text for name, text in files.items()},
        [record(0), record(1), {**record(0), "DOI": "10.5555/copy"}],
    )
    target = tmp_path / "report.json"
    run("check", root, "--format", "json", "-o", str(target))
    found = json.loads(target.read_text("utf-8"))["pages"][0]
    assert select(found, "doi") == [("fill", "review", "doi", "10.5555/made.0")]


def test_a_key_that_no_theme_reads_is_named_and_the_move_needs_review(tmp_path: Path) -> None:
    found = plan(tmp_path, {"a": edit(0, "ids: {doi: 10.5555/made.0}"), "b": page(1)})["a"]
    assert (found["doi"], found["doi_from"]) == ("10.5555/made.0", "ids.doi")
    assert select(found, "doi") == [("fill", "review", "doi", "10.5555/made.0")]
    assert codes(found) == {"doi-unread-key"}


def test_a_repair_that_is_confirmed_is_a_change_and_the_finding_stays(tmp_path: Path) -> None:
    found = plan(tmp_path, {"a": edit(0, "doi: 0.5555/made.0"), "b": page(1)})["a"]
    assert (found["doi"], codes(found)) == (None, {"doi-invalid"})
    assert [change["field"] for change in found["changes"]] == ["doi"]
    assert select(found, "doi") == [("replace", "review", "doi", "10.5555/made.0")]


def test_a_repair_that_leads_to_another_work_is_not_a_change(tmp_path: Path) -> None:
    found = plan(tmp_path, {"a": edit(0, "doi: 0.5555/made.1"), "b": page(1)})["a"]
    assert (found["changes"], codes(found)) == ([], {"doi-invalid"})


def test_two_pages_with_the_same_work_are_duplicates(tmp_path: Path) -> None:
    pages = {"a": edit(0, 'doi: ""', f"url_pdf: {OWN}"), "b": page(0)}
    found = plan(tmp_path, pages)
    assert [codes(found[name]) for name in ("a", "b")] == [{"doi-duplicate"}] * 2


def test_a_translation_has_the_title_of_the_other_page(tmp_path: Path) -> None:
    text = edit(0, 'doi: ""', f"url_pdf: {OWN}")
    german = text.replace("The 0th thing that was made", "Das nullte Ding von allen")
    name = "content/publication/a/index"
    make(tmp_path, {f"{name}.md": text, f"{name}.de.md": german, "content/publication/b/index.md": page(1)})
    target = tmp_path / "report.json"
    run("check", tmp_path, "--format", "json", "-o", str(target))
    found = {page["path"]: page for page in json.loads(target.read_text("utf-8"))["pages"]}
    assert german != text
    assert [found[f"{name}{suffix}"]["doi"] for suffix in (".md", ".de.md")] == ["10.5555/made.0"] * 2


def test_apply_writes_the_doi_once_and_the_owner_may_remove_it(tmp_path: Path) -> None:
    name = "content/publication/a/index.md"
    text = edit(0, 'doi: ""', f"url_pdf: {OWN}")
    make(tmp_path, {name: text, "content/publication/b/index.md": page(1)})
    run("apply", tmp_path)
    written = contents(tmp_path)[name].decode()
    assert 'doi: "10.5555/made.0"\n' in written
    run("apply", tmp_path)
    assert contents(tmp_path)[name].decode() == written
    emptied = written.replace('doi: "10.5555/made.0"', 'doi: ""')
    (tmp_path / name).write_text(emptied, "utf-8")
    run("apply", tmp_path)
    assert contents(tmp_path)[name].decode() == emptied


@pytest.mark.parametrize(
    ("doi", "settings", "expected"),
    [
        pytest.param('doi: ""', "", {"doi-missing"}, id="by default"),
        pytest.param('doi: ""', "[pages]\ndoi_missing = false\n", set(), id="turned off for the site"),
        pytest.param('doi: ""  # enrich: keep', "", set(), id="excused on the page"),
    ],
)
def test_a_page_without_a_doi_can_be_excused(
    tmp_path: Path, doi: str, settings: str, expected: set[str]
) -> None:
    file = tmp_path / "enrich.toml"
    file.write_text(settings, "utf-8")
    assert codes(plan(tmp_path, {"a": edit(0, doi)}, "--config", str(file))["a"]) == expected


@pytest.mark.parametrize(
    ("registered", "doi", "new"),
    [
        pytest.param(
            "10.5555/made.0.", "10.5555/made.0.", "10.5555/made.0.", id="its full stop belongs to it"
        ),
        pytest.param(
            "10.5555/made.0", "10.5555/made.0", "10.5555/made.0", id="its full stop is a sentence's"
        ),
    ],
)
def test_a_doi_that_is_registered_as_typed_stays_whole(
    tmp_path: Path, registered: str, doi: str, new: str
) -> None:
    pages = {"a": edit(0, f'doi: "{OWN}."')}
    found = plan(tmp_path, pages, DOI=registered)["a"]
    assert (found["doi"], found["identity"]) == (doi, "same")
    assert select(found, "doi") == [("normalise", "safe", "doi", new)]


def test_explain_names_the_key_of_the_doi_and_the_search_for_a_missing_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '---\ntitle: "{}"\nauthors: [Ada Lovelace]\ndate: 2020-02-03\npublication_types: ["2"]\n{}---\n'
    pages = {
        "content/publication/a/index.md": text.format(title_of(0), f"url_pdf: https://doi.org/{doi_of(0)}\n"),
        "content/publication/b/index.md": text.format(title_of(1), ""),
    }
    root = make(tmp_path / "site", pages)
    words = ["--records", str(root / "records.jsonl")]
    assert main.run(["explain", str(root / "content/publication/a"), *words]) == 0
    assert "a/index.md (which has this DOI under url_pdf)\n" in capsys.readouterr().out
    assert main.run(["explain", str(root / "content/publication/b"), *words]) == 2
    assert "this page has no DOI; `enrich find`" in capsys.readouterr().err
