"""One file, which the developers' page shows, adds a source to a copy of the program, which queries it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.package_copy import read_developers_example
from tests.support.sample import ROOT
from tests.support.stand_in import StandIn
from tests.support.wire import serving


@pytest.fixture
def service() -> Iterator[StandIn]:
    stand_in = StandIn()
    with serving(stand_in):
        yield stand_in


PAGE = '---\ntitle: ""\ndoi: "10.5555/elsewhere"\npublication_types: ["2"]\n---\n'
RECORD = {"openworks": 1, "id": "10.5555/elsewhere", "name": "A work of an agency that nobody else can ask"}


def copy_package(folder: Path) -> Path:
    """Return a site beside a copy of the package that has the new source."""
    shutil.copytree(ROOT / "enrich", folder / "enrich")
    (folder / "enrich/fetcher/sources/openworks.py").write_text(
        read_developers_example("To add a source"), encoding="utf-8"
    )
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


def address_services(service: StandIn) -> dict[str, str]:
    """Return the variables that make a stand-in the address of every service, the new one included."""
    return {f"ENRICH_{name.upper()}_URL": service.url for name in (*service.urls, "openworks")}


def test_its_records_are_read_from_disk(tmp_path: Path) -> None:
    site = copy_package(tmp_path)
    (tmp_path / "records.json").write_text(json.dumps(RECORD), encoding="utf-8")
    page = check(site, "--records", str(tmp_path / "records.json"))
    assert [change["new"] for change in page["changes"]] == [RECORD["name"]]  # type: ignore[attr-defined]


def test_it_gets_the_dois_of_other_agencies(tmp_path: Path, service: StandIn) -> None:
    site = copy_package(tmp_path)
    service.agencies["10.5555/elsewhere"] = "OP"
    service.others["/openworks/10.5555/elsewhere"] = RECORD
    page = check(site, **address_services(service))
    assert (page["source"], [change["new"] for change in page["changes"]]) == (  # type: ignore[attr-defined]
        "openworks",
        [RECORD["name"]],
    )


def test_a_doi_that_it_lacks_is_reported_with_its_own_agency(tmp_path: Path, service: StandIn) -> None:
    site = copy_package(tmp_path)
    service.agencies["10.5555/elsewhere"] = "OP"
    page = check(site, **address_services(service))
    (finding,) = [item for item in page["findings"] if item["code"] == "agency-unsupported"]  # type: ignore[attr-defined]
    assert finding["evidence"] == "OP"
