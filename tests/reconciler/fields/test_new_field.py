"""A field is one file: a copy of the program gets the documented example, writes it and obeys its policy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support.package_copy import copy_package, read_developers_example, run_all, run_copy

PAGE = """\
---
title: "A survey of tidal marshes"
authors: [Ann Able]
date: 2019-05-02
doi: 10.5555/marshes
publication_types: ["2"]
publication: "*Journal of Marshes*"
# The marsh on the cover is ours.
abstract: ""
tags: [marsh]
---
"""
ON = '[fields]\nvolume = "fill"\n'
RECORD = {
    "DOI": "10.5555/marshes",
    "type": "journal-article",
    "title": ["A survey of tidal marshes"],
    "author": [{"given": "Ann", "family": "Able"}],
    "issued": {"date-parts": [[2019, 5, 2]]},
    "container-title": ["Journal of Marshes"],
    "volume": "12",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the program that has one field more, with a site of one page and its record."""
    folder = copy_package(tmp_path)
    (folder / "enrich/reconciler/fields/volume.py").write_text(
        read_developers_example("To add a field"), encoding="utf-8"
    )
    page = folder / "site/content/publication/marshes/index.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    (folder / "site/hugo.toml").write_text('theme = "academic"\n', encoding="utf-8")
    (folder / "site/enrich.toml").write_text(ON, encoding="utf-8")
    (folder / "records.json").write_text(json.dumps(RECORD), encoding="utf-8")
    return folder


def apply(copy: Path, *options: str) -> str:
    """Return the text of the page after a run of the copied program."""
    run_copy(copy, "apply", "--records", str(copy / "records.json"), *options)
    return (copy / "site/content/publication/marshes/index.md").read_text(encoding="utf-8")


def test_it_is_written_in_the_template_s_place(copy: Path) -> None:
    journal = 'publication: "*Journal of Marshes*"\n'
    assert apply(copy) == PAGE.replace(journal, f'{journal}volume: "12"\n')


def test_a_value_that_is_equal_stays_as_typed(copy: Path) -> None:
    page = copy / "site/content/publication/marshes/index.md"
    typed = PAGE.replace("tags:", "volume: vol. 12\ntags:")
    page.write_text(typed, encoding="utf-8")
    assert apply(copy, "--all") == typed


OFF = {
    "its policy in enrich.toml": (ON.replace("fill", "keep"), ()),
    "its own policy": ("", ()),
    "left out by an option": (ON, ("--skip", "volume")),
    "another field alone": (ON, ("--only", "abstract")),
    "nothing": (ON, ()),
}


def test_it_can_be_turned_off(copy: Path) -> None:
    lines = []
    for off, (settings, options) in OFF.items():
        site = shutil.copytree(copy / "site", copy / off)
        (site / "enrich.toml").write_text(settings, encoding="utf-8")
        lines.append(["apply", str(site), "--records", str(copy / "records.json"), *options])
    run_all(copy, lines)
    pages = {off: (copy / off / "content/publication/marshes/index.md").read_text("utf-8") for off in OFF}
    assert "volume" in pages.pop("nothing")
    assert pages == dict.fromkeys(pages, PAGE)


def test_the_documents_of_the_program_have_it(copy: Path) -> None:
    schema = json.loads(run_copy(copy, "config", "--schema"))
    assert schema["properties"]["fields"]["properties"]["volume"]["default"] == "keep"
    explained = run_copy(copy, "explain", "10.5555/marshes", "--records", str(copy / "records.json"))
    assert "volume: " in explained
    assert 'rule: the volume: the same with or without "Vol." before it.' in explained
