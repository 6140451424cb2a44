"""A finding whose change a run writes is not reported beside it; in the data of the run it stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.sample import RECORDS, copy_site, run

ENDED = [
    pytest.param("love2014", "published-version", id="the set of a published preprint"),
    pytest.param("jinek2012", "authors-differ", id="a missing author"),
]


MARKS = {"text": "[{}]", "markdown": "** `{}`", "github": "title=enrich {}::", "html": 'href="#meaning-{}"'}


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize(("page", "code"), ENDED)
def test_a_written_change_ends_its_finding(page: str, code: str, name: str, tmp_path: Path) -> None:
    place = f"content/publication/{page}/index.md"
    words = (place, "--records", RECORDS, "--find", "--format", name)
    site = copy_site(tmp_path)
    mark = MARKS[name].format(code)
    assert mark in run(site, "check", *words).stdout
    assert mark not in run(site, "apply", *words, "--all").stdout


@pytest.mark.parametrize(("page", "code"), ENDED)
def test_json_keeps_each_pages_own(page: str, code: str, tmp_path: Path) -> None:
    words = (f"content/publication/{page}/index.md", "--records", RECORDS, "--find", "--format", "json")
    report = json.loads(run(copy_site(tmp_path), "apply", *words, "--all").stdout)
    assert code in {finding["code"] for finding in report["pages"][0]["findings"]}


def test_other_findings_of_the_page_stay(tmp_path: Path) -> None:
    words = ("content/publication/reyes2024/index.md", "--records", RECORDS)
    said = run(copy_site(tmp_path), "apply", *words, "--all").stdout
    assert "written: " in said
    assert "warning[link-other-work]" in said
