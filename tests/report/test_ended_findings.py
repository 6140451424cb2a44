"""A finding is not reported beside the change that ends or shows it; in the data of the run it stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from enrich.model.plan import Change, Finding
from enrich.report.parts.ended_findings import list_lasting_findings
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
    assert (mark in run(site, "check", *words).stdout) == (code == "published-version")
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


def test_the_counts_of_a_report_in_a_file_are_those_of_the_text(tmp_path: Path) -> None:
    words = ("check", "content/publication/jinek2012/index.md", "--records", RECORDS)
    site = copy_site(tmp_path)
    counts = "1 page, 1 with a DOI · 2 need review"
    assert counts == run(site, *words).stdout.splitlines()[-3]
    assert counts in run(site, *words, "--format", "markdown").stdout
    assert counts in run(site, *words, "--format", "html").stderr


MISSING = Finding("authors-differ", "warning", "missing: Ann Lee", ended_by="authors", repeats_change=True)
ADDED = Change("authors", ("authors",), "replace", "review", ["Jo Doe"], ["Jo Doe", "Ann Lee"], "they differ")


@pytest.mark.parametrize(
    ("finding", "change", "is_shown"),
    [
        pytest.param({}, {}, False, id="a proposed change shows it"),
        pytest.param({}, {"status": "selected"}, False, id="a selected change shows it"),
        pytest.param({}, {"status": "written"}, False, id="a written change ended it"),
        pytest.param(
            {"repeats_change": False}, {"status": "written"}, False, id="ended, though it says more"
        ),
        pytest.param({"repeats_change": False}, {}, True, id="it says more than the change"),
        pytest.param({}, {"status": "refused"}, True, id="the change cannot be made"),
        pytest.param({}, {"status": "kept"}, True, id="the owner kept the page's value"),
        pytest.param({}, {"field": "title"}, True, id="a change of another field"),
        pytest.param({"ended_by": ""}, {}, True, id="no change ends it"),
        pytest.param({}, {"is_new": False}, True, id="only the finding is news"),
        pytest.param({"is_new": False}, {}, False, id="only the change is news"),
        pytest.param({"is_new": False}, {"is_new": False}, False, id="neither is news"),
    ],
)
def test_a_finding_that_a_change_shows_is_not_repeated(
    finding: dict[str, Any], change: dict[str, Any], is_shown: bool
) -> None:
    found = replace(MISSING, **finding)
    assert list_lasting_findings([found], [replace(ADDED, **change)]) == ((found,) if is_shown else ())


def test_a_page_with_a_found_doi_is_not_said_to_lack_it(tmp_path: Path) -> None:
    said = run(copy_site(tmp_path), "find", "--records", RECORDS).stdout
    assert "fill in doi" in said
    assert "adds the one that was found" not in said
