"""The owner's `[[ignore]]` tables, tested on the whole program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.sample import copy_site, run


def checked(site: Path, ignores: str) -> tuple[dict[str, list[str]], str]:
    """Return each page's codes and changed fields under these ignores, and what went to stderr."""
    (site / "enrich.toml").write_text(ignores, encoding="utf-8")
    done = run(site, "check", ".", "--records", "cache/records", "--format", "json", "--exit-zero")
    pages = json.loads(done.stdout)["pages"]
    said = {
        page["path"]: [
            *(finding["code"] for finding in page["findings"]),
            *(change["field"] for change in page["changes"]),
        ]
        for page in pages
    }
    return said, done.stderr


WAKEFIELD = "content/publication/wakefield1998/index.md"
JINEK = "content/publication/jinek2012/index.md"


@pytest.mark.parametrize(
    ("ignore", "page", "gone"),
    [
        pytest.param('code = "retracted"', WAKEFIELD, "retracted", id="a code"),
        pytest.param('path = "content/publication/wakefield*"', WAKEFIELD, "retracted", id="a path"),
        pytest.param(
            'doi = "10.1126/SCIENCE.1225829"\nfield = "date"', JINEK, "date", id="a field of one DOI"
        ),
        pytest.param(
            'code = "retracted"\nuntil = 2999-01-01', WAKEFIELD, "retracted", id="a day that is to come"
        ),
    ],
)
def test_an_ignored_finding_is_not_reported(tmp_path: Path, ignore: str, page: str, gone: str) -> None:
    site = copy_site(tmp_path)
    said, _ = checked(site, "")
    assert gone in said[page]
    said, notes = checked(site, f'[[ignore]]\n{ignore}\nreason = "known"\n')
    assert gone not in said[page]
    assert "matched nothing; delete it, or correct it" not in notes


@pytest.mark.parametrize(
    ("ignore", "told"),
    [
        pytest.param(
            'path = "content/publication/nobody*"',
            "(path content/publication/nobody*) matched nothing; delete it, or correct it",
            id="no such page",
        ),
        pytest.param(
            'code = "retracted"\nuntil = 2020-01-01',
            "(code retracted) expired on 2020-01-01",
            id="a day that has been",
        ),
    ],
)
def test_an_ignore_without_effect_is_reported(tmp_path: Path, ignore: str, told: str) -> None:
    said, notes = checked(copy_site(tmp_path), f'[[ignore]]\n{ignore}\nreason = "known"\n')
    assert "retracted" in said[WAKEFIELD]
    assert f"enrich.toml:1: this [[ignore]] {told}" in notes
