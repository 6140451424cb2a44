"""One file adds a source to a copy of the program, which then queries it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sample import ROOT
from tests.support.stand_in import StandIn
from tests.support.wire import serving


@pytest.fixture
def service() -> Iterator[StandIn]:
    stand_in = StandIn()
    with serving(stand_in):
        yield stand_in


# A service with the works of every agency, in the manner of OpenAlex.
NEW_SOURCE = '''
"""OpenWorks: the works of every agency."""

from __future__ import annotations

from enrich.fetcher.sources.source import Service, Source, quote_doi
from enrich.model.work import Work


def _read_work(record):
    return Work(doi=record["id"], type="journal-article", agency="OpenWorks", titles=(record["name"],))


def _make_source(base):
    return Source(
        name="openworks",
        label="OpenWorks",
        address=f"{base}/openworks",
        batch_query=lambda dois: f"?dois={','.join(map(quote_doi, dois))}",
        supports_batch=lambda doi: False,
        unwrap_record=lambda body: body if isinstance(body, dict) and "openworks" in body else None,
        unwrap_records=lambda body: None,
        as_single_response=lambda record: record,
        dois_of=lambda record: frozenset({record["id"]}),
        read_work=_read_work,
    )


SERVICE = Service(
    name="openworks",
    label="OpenWorks",
    url="https://api.openworks.example",
    connect=_make_source,
    rate=lambda kind, has_address, has_token: (10, 1),
    is_record=lambda value: isinstance(value, dict) and "openworks" in value,
    list_record_dois=lambda record: (record["id"],),
)
'''
PAGE = '---\ntitle: ""\ndoi: "10.5555/elsewhere"\npublication_types: ["2"]\n---\n'
RECORD = {"openworks": 1, "id": "10.5555/elsewhere", "name": "A work of an agency that nobody else can ask"}


def copy_package(folder: Path) -> Path:
    """Return a site beside a copy of the package that has the new source."""
    shutil.copytree(ROOT / "enrich", folder / "enrich")
    (folder / "enrich/fetcher/sources/openworks.py").write_text(NEW_SOURCE, encoding="utf-8")
    page = folder / "site/content/publication/a/index.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    return folder / "site"


def check(site: Path, *options: str, **environ: str) -> dict[str, object]:
    """Return the page object of a run of the copy."""
    done = subprocess.run(
        [sys.executable, "-m", "enrich", "check", str(site), "--format", "json", "--exit-zero", *options],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": str(site.parent), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "" or "Traceback" not in done.stderr, done.stderr
    (page,) = json.loads(done.stdout)["pages"]
    return dict(page)


def test_its_records_are_read_from_disk(tmp_path: Path) -> None:
    site = copy_package(tmp_path)
    (tmp_path / "records.json").write_text(json.dumps(RECORD), encoding="utf-8")
    page = check(site, "--records", str(tmp_path / "records.json"))
    assert [change["new"] for change in page["changes"]] == [RECORD["name"]]  # type: ignore[attr-defined]


def test_it_gets_the_dois_of_other_agencies(tmp_path: Path, service: StandIn) -> None:
    site = copy_package(tmp_path)
    service.agencies["10.5555/elsewhere"] = "OP"
    service.others["/openworks/10.5555/elsewhere"] = RECORD
    names = ("CROSSREF", "DATACITE", "DOI", "OPENWORKS")
    page = check(site, **{f"ENRICH_{name}_URL": service.url for name in names})
    assert (page["source"], [change["new"] for change in page["changes"]]) == (  # type: ignore[attr-defined]
        "openworks",
        [RECORD["name"]],
    )


def test_a_doi_that_it_lacks_is_reported_with_its_own_agency(tmp_path: Path, service: StandIn) -> None:
    site = copy_package(tmp_path)
    service.agencies["10.5555/elsewhere"] = "OP"
    names = ("CROSSREF", "DATACITE", "DOI", "OPENWORKS")
    page = check(site, **{f"ENRICH_{name}_URL": service.url for name in names})
    (finding,) = [item for item in page["findings"] if item["code"] == "agency-unsupported"]  # type: ignore[attr-defined]
    assert finding["evidence"] == "OP"
