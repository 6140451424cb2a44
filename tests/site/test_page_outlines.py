"""A run about one page of a site: the same answers as a run about all, with fewer pages read wholly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from enrich.pipeline import run
from enrich.report.json import render
from enrich.settings.settings import Settings
from enrich.site import page_outlines
from enrich.site.page_outlines import make_outline, read_pages_around
from enrich.site.pages import find_site
from tests.support import made_site
from tests.support.browser_report import make_site
from tests.support.sample import RECORDS, copy_site


def check(root: Path, records: Path, *targets: Path) -> dict[str, str]:
    """Return the report on each page under the targets as JSON, by its path."""
    settings = Settings(root=root, cache_dir=root / "cache", records=records)
    pages = json.loads(render(run(settings, targets or [root], act=False)))["pages"]
    return {page["path"]: json.dumps(page).partition(" (also on")[0] for page in pages}


def count_whole(root: Path, *paths: str) -> int:
    """Return how many pages a run about these paths reads wholly."""
    read = read_pages_around(find_site([root]), paths, lambda _stage, _done, _of: None).read
    return sum(bool(page.front.lines) for page in read.values())


def test_a_page_of_the_sample_alone_gets_the_report_of_the_whole_site(tmp_path: Path) -> None:
    site = copy_site(tmp_path / "site")
    whole = check(site, site / RECORDS)
    for path, report in whole.items():
        assert check(site, site / RECORDS, site / path) == {path: report}


def test_a_page_of_a_made_site_alone_gets_the_report_of_the_whole_site(tmp_path: Path) -> None:
    records = make_site(tmp_path, range(32))
    whole = check(tmp_path, records)
    for path in list(whole)[::5]:
        assert check(tmp_path, records, tmp_path / path) == {path: whole[path]}
    assert count_whole(tmp_path, next(iter(whole))) <= 3


TWIN = {"content/publication/1/index.de.md": made_site.page(1)}
PAGES = {f"content/publication/{number}/index.md": made_site.page(number) for number in range(6)}
ONE = "content/publication/1/index.md"


@pytest.mark.parametrize(
    ("more", "count"),
    [
        pytest.param({}, 1, id="only itself"),
        pytest.param(TWIN, 2, id="its translation"),
        pytest.param({"content/publication/copy.md": made_site.page(1)}, 2, id="a page with its DOI"),
        pytest.param(
            {"content/publication/copy.md": made_site.page(1).replace("made.1", "MADE.1")},
            2,
            id="in capitals",
        ),
        pytest.param({"content/publication/odd.md": '---\n"doi": 10.5555/x\n---\n'}, 2, id="in doubt"),
        pytest.param({"content/publication/7.md": '+++\ndoi = "10.5555/x"\n+++\n'}, 2, id="TOML"),
        pytest.param({"content/publication/7.md": "---\ntitle: A\n---\n"}, 1, id="no page without a DOI"),
        pytest.param(
            {"content/publication/7.md": "---\ntitle: [\n---\n"}, 1, id="no page that does not parse"
        ),
    ],
)
def test_the_pages_that_are_read_wholly(tmp_path: Path, more: dict[str, str], count: int) -> None:
    made_site.make(tmp_path, PAGES | more)
    assert count_whole(tmp_path, ONE) == count


def test_a_page_without_a_doi_needs_the_others_without_one(tmp_path: Path) -> None:
    bare = "---\ntitle: A\n---\n"
    made_site.make(tmp_path, {**PAGES, ONE: bare, "content/publication/7.md": bare})
    assert count_whole(tmp_path, ONE) == 2


def test_a_run_about_most_of_a_site_reads_it_wholly(tmp_path: Path) -> None:
    made_site.make(tmp_path, PAGES)
    assert count_whole(tmp_path, *list(PAGES)[:4]) == len(PAGES)


def test_an_outline_has_all_keys_and_the_surveyed_values() -> None:
    page = make_outline("x.md", "---\ntitle: A\nPublication: B\nparams:\n  doi: 10.5555/x\n---\ntext\n")
    assert page is not None
    assert page.keys() == {"title", "publication", "params", "doi"}
    assert (page.get("title"), page.get("publication"), page.get("doi")) == (None, "B", "10.5555/x")
    assert "title" not in page_outlines.SURVEYED_KEYS
