"""`enrich forget`: what was declined is proposed again, on the named pages only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.sample import copy_site, run

RECORDS = "records.jsonl"

PAGES = ("content/publication/marsh/index.md", "content/publication/marsh2/index.md")
PAGE = """\
---
title: "A survey of tidal marshes, {number}"
authors: [Ann Able]
date: 2019-05-02
doi: 10.5555/marsh.{number}
publication_types: ["2"]
publication: "*Journal of Marshes*"
abstract: ""
---
"""
RECORD = {
    "type": "journal-article",
    "author": [{"given": "Ann", "family": "Able"}],
    "issued": {"date-parts": [[2019, 5, 2]]},
    "container-title": ["Journal of Marshes"],
    "abstract": "<jats:p>Marshes were surveyed for nine years, at low tide only.</jats:p>",
}


@pytest.fixture
def declined(tmp_path: Path) -> Path:
    """Return a site whose owner emptied two abstracts that `apply` had filled."""
    site = tmp_path / "site"
    records = []
    for number, page in enumerate(PAGES, start=1):
        (site / page).parent.mkdir(parents=True)
        (site / page).write_text(PAGE.format(number=number), encoding="utf-8")
        own = {"DOI": f"10.5555/marsh.{number}", "title": [f"A survey of tidal marshes, {number}"]}
        records.append(json.dumps(RECORD | own) + "\n")
    (site / "hugo.toml").write_text('theme = "academic"\n', encoding="utf-8")
    (site / RECORDS).write_text("".join(records), encoding="utf-8")
    assert _list_abstracts(site) == list(PAGES)
    assert run(site, "apply", "--records", RECORDS).returncode == 0
    for number, page in enumerate(PAGES, start=1):
        (site / page).write_text(PAGE.format(number=number), encoding="utf-8")
    assert _list_abstracts(site) == [], "the owner's removal is respected"
    return site


def _list_abstracts(site: Path) -> list[str]:
    """Return the pages for which a run proposes an abstract."""
    done = run(site, "check", "--records", RECORDS, "--format", "json", "--exit-zero")
    pages = json.loads(done.stdout)["pages"]
    return [page["path"] for page in pages if "abstract" in {change["field"] for change in page["changes"]}]


@pytest.mark.parametrize(
    ("path", "forgotten"),
    [
        pytest.param(PAGES[0], PAGES[:1], id="a page"),
        pytest.param("content/publication/marsh", PAGES[:1], id="its folder, and no other with such a name"),
        pytest.param("content/publication", PAGES, id="a folder of pages"),
        pytest.param(".", PAGES, id="the whole site"),
    ],
)
def test_the_named_pages_are_asked_about_again(declined: Path, path: str, forgotten: tuple[str, ...]) -> None:
    done = run(declined, "forget", path)
    expected = "".join(f"{page}: forgotten\n" for page in forgotten)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")
    assert _list_abstracts(declined) == list(forgotten)


def test_a_path_that_is_not_there(declined: Path) -> None:
    before = (declined / "cache/baseline.jsonl").read_bytes()
    assert run(declined, "forget", "content/publication/mars").returncode == 2
    assert (declined / "cache/baseline.jsonl").read_bytes() == before


def test_nothing_is_remembered(tmp_path: Path) -> None:
    site = copy_site(tmp_path / "site")
    done = run(site, "forget", "content")
    assert (done.returncode, done.stdout) == (0, "")
    assert "there is nothing to forget" in done.stderr


def test_a_path_must_be_named(tmp_path: Path) -> None:
    assert run(copy_site(tmp_path / "site"), "forget").returncode == 2
