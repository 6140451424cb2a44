"""Small sites rebuilt from public reports: what the program proposes and finds on each, page by page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.sample import run

pytestmark = pytest.mark.corpus

Pages = Mapping[str, str]

# Of each page: its identity, what is written, `?` and what needs review, the codes of findings. Pages that
# are missing here have nothing of that but the identity `same`.
CASES: Mapping[str, Pages] = {
    "01": {"aima": "doubt ?date ?publication_types ?publication ?abstract authors-differ doi-doubtful"},
    "03": {},
    "08": {},
    "10": {},
    "14": {"a": "same ?date", "b": "same date"},
    "16": {"b": "same ?publication"},
    "19": {
        "20240913-vrsj/index.en.md": "None doi-missing",
        "README_publication.md": "None doi-missing",
        "geront/index.ja.md": "same ?abstract",
        "percom/index.en.md": "same ?date abstract",
        "percom/index.ja.md": "same ?date",
    },
    "25": {
        "j09": "same ?publication",  # in review
        "j14": "same ?publication",  # an earlier name of the journal
        "j18": "same ?publication",  # the German edition
        "j27": "same ?publication",  # the publisher
        "j32": "same publication",
        "j37": "same ?publication",  # the journal's name only in brackets
    },
    "28": {"tet": "doubt ?title ?date ?publication ?abstract authors-differ doi-doubtful"},
    "30": {"content/es/publication/x/index.md": "same abstract", "es/publication/y": "same abstract"},
    "32": {**dict.fromkeys("acdefghi", "same publication"), "b": "same ?publication publication"},
    "35": dict.fromkeys("abcde", "part doi-of-notice"),
    "38": {"b": "same ?authors ?abstract"},
    "39": {"d/index.markdown": "doubt doi-doubtful page-generated"},
    "40": {
        "a": "same doi publication abstract",
        "b": "same authors publication_types abstract",
        "papers/one.md": "same doi publication abstract",
    },
    "44": {"d/index.markdown": "same page-generated", "e": "same page-generated"},
    "47": {
        **{f"r{number:02}": "same retracted" for number in (0, 1, 2, 3, 4, 15, 17)},
        **{f"r{number:02}": "same withdrawn" for number in (5, 6, 7, 13)},
        # The noun is also how the notice itself is called.
        **{f"r{number:02}": "doubt retracted doi-doubtful" for number in (9, 16)},
        **{f"r{number:02}": "doubt withdrawn doi-doubtful" for number in (8, 14)},
        **{f"r{number:02}": "doubt expression-of-concern doi-doubtful" for number in (10, 11, 12)},
        "r18": "part doi-of-notice",
        "r19": "same corrected",
    },
    "trust/01": {"x": "doubt ?title ?date ?publication ?abstract doi-doubtful"},
    "trust/02": {"x": "doubt ?title ?date ?publication ?abstract authors-differ doi-doubtful"},
    "trust/03": {"x": "doubt ?title ?authors ?date ?publication ?abstract doi-doubtful"},
    "trust/04": {"x": "doubt ?title ?date ?abstract doi-doubtful"},
    "trust/05": {"a": "same abstract", "b": "same ?title date abstract"},
    "trust/06": {"x": "part doi-of-notice"},
    "trust/07": {"x": "part doi-of-notice"},
    "trust/08": {"x": "part doi-of-notice"},
    "trust/09": {"x": "doubt ?date ?publication_types ?publication ?abstract authors-differ doi-doubtful"},
    "trust/10": {"x": "same date"},
    "trust/11": {"x": "same retracted"},
    "trust/12": {"x": "same withdrawn"},
    "trust/13": {"x": "doubt expression-of-concern doi-doubtful"},
    "trust/14": {"x": "same retracted"},
    "trust/15": {"x": "same withdrawn"},
    "trust/16": {},
    "trust/17": {"x": "same date abstract"},
    "trust/18": {"x": "same date abstract"},
    "trust/19": {"x": "same ?title"},
    "trust/20": {},
    "trust/21": {"x": "same ?date"},
    "trust/22": {},
    "trust/23": {"x": "same title ?abstract"},
    "trust/24": {"x": "same authors"},
    "trust/25": {"x": "same authors"},
    "trust/26": {"x": "same authors-differ"},
    "trust/27": {"x": "same ?authors authors-differ"},
    "trust/28": {"x": "same authors"},
    "trust/29": {},
    "trust/30": {"x": "same ?publication"},
    "trust/31": {"x": "same ?abstract", "y": "same ?abstract"},
    "trust/32": {},
    "trust/33": {"x": "same abstract"},
    "trust/34": {},
    "trust/35": {"x": "same abstract", "y": "same abstract"},
}

# The values that matter beside their field, and what stderr says.
VALUES: Mapping[tuple[str, str, str], object] = {
    ("14", "b", "date"): "1997-01-01",
    ("trust/17", "x", "date"): "1997-06-01",
    ("trust/18", "x", "date"): "2019-01-01",
    ("trust/24", "x", "authors"): ["wchen", "Weiwei Chen", "Edda Lohmann"],
    ("trust/25", "x", "authors"): ["Wei Chen", "Edda Lohmann"],
    ("trust/28", "x", "authors"): ["edda", "Tomás Iriarte", "Ngaire Pohatu"],
}
MESSAGES: Mapping[tuple[str, str], str] = {
    ("35", "d"): "replace it with the work's own DOI, 10.1016/j.jbc.2020.9",
    ("44", "d/index.markdown"): "index.Rmarkdown",
    ("44", "e"): "index.Rmd",
    ("trust/06", "x"): "10.5555/orig",
    ("trust/26", "x"): "Haoran Zhang",
    ("trust/27", "x"): "missing: Tomás Iriarte",
}


@pytest.fixture(scope="session")
def cases(corpus: Path) -> Path:
    """Return the folder of the cases; the test is skipped where there is none."""
    folder = corpus.parent / "cases"
    if not folder.is_dir():
        pytest.skip("no ../shared/cases: the cases are not part of the repository")
    return folder


def apply_records(folder: Path, target: Path) -> tuple[list[dict[str, Any]], str]:
    """Return the pages of the last report of `apply`, run once with each of a case's records, and stderr."""
    site = shutil.copytree(folder / "site", target / "site")
    for path in (site, *site.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    pages, stderr = [], ""
    for records in sorted(folder.glob("records*")):
        done = run(site, "apply", ".", "--records", str(records), "--format", "json", "--exit-zero")
        pages, stderr = json.loads(done.stdout)["pages"], done.stderr
    return pages, stderr


def summarize_page(page: Mapping[str, Any]) -> list[str]:
    """Return a page of the report as the tables above write it."""
    fields = dict.fromkeys(("" if change["written"] else "?") + change["field"] for change in page["changes"])
    return sorted({str(page["identity"]), *fields, *(finding["code"] for finding in page["findings"])})


def find_page(pages: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the page with a name: the end of its path, with or without `index.md`."""
    ends = (f"/publication/{name}", f"/{name}", f"/{name}/index.md")
    found = [page for page in pages if f"/{page['path']}".endswith(ends)]
    assert found, name
    return found[0]


@pytest.mark.parametrize("case", CASES)
def test_a_case_does_what_it_should(cases: Path, case: str, tmp_path: Path) -> None:
    (folder,) = cases.glob(f"{case}*")
    pages, stderr = apply_records(folder, tmp_path)
    named = {find_page(pages, name)["path"]: sorted(row.split()) for name, row in CASES[case].items()}
    assert {page["path"]: summarize_page(page) for page in pages} == {
        page["path"]: named.get(page["path"], ["same"]) for page in pages
    }
    for (_, name, field), value in ((key, value) for key, value in VALUES.items() if key[0] == case):
        changes = find_page(pages, name)["changes"]
        assert [change["new"] for change in changes if change["field"] == field] == [value]
    for (_, name), text in ((key, text) for key, text in MESSAGES.items() if key[0] == case):
        assert any(text in finding["message"] for finding in find_page(pages, name)["findings"])
    assert ("a.org" in stderr and "format that enrich cannot read" in stderr) == (case == "39")
