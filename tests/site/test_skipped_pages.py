"""The pages that a run leaves alone: switched off by their owner, or lists of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.front_matter.page_text import read_page
from enrich.pipeline import run
from enrich.settings.settings import Settings
from enrich.site.page_outlines import make_outline
from enrich.site.skipped_pages import find_skip_reason
from tests.support import made_site

LISTS = [
    pytest.param("a.md", "type: landing", "`type: landing`", id="a landing page"),
    pytest.param("a.md", "Type: Landing", "`type: landing`", id="in capitals"),
    pytest.param("a.md", "type: widget_page\nheadless: true", "`type: widget_page`", id="a page of widgets"),
    pytest.param("a.md", "widget: pages\nauthors: [admin]", "`widget: pages`", id="a widget"),
    pytest.param("a.md", "layout: list", "`layout: list`", id="a list's layout"),
    pytest.param("a.md", "layout: archives\nsummary: All", "`layout: archives`", id="an archive"),
    pytest.param("a.md", "layout: search", "`layout: search`", id="a search"),
    pytest.param("a.md", 'type: landing\ndoi: ""', "`type: landing`", id="an empty DOI names no work"),
    pytest.param("a.md", "type: landing\npublication_types: []", "`type: landing`", id="nor do no types"),
    pytest.param("_index.md", "title: Publications", "`_index.md`", id="the page of a section"),
    pytest.param("x/_index.de.md", "view: 4", "`_index.de.md`", id="in another language"),
]
PUBLICATIONS = [
    pytest.param("a.md", "type: publication", id="the section's own type"),
    pytest.param("a.md", "type: paper", id="another type"),
    pytest.param("a.md", "layout: single", id="the layout of a page"),
    pytest.param("a.md", "layout: listing", id="a word that begins alike"),
    pytest.param("a.md", "type: [landing]", id="a list, which is no type"),
    pytest.param("a.md", "widget: ''", id="an empty widget"),
    pytest.param("a.md", "widget: false", id="no widget"),
    pytest.param("a.md", "headless: true", id="a page that Hugo does not publish"),
    pytest.param("a.md", "sections: [a]", id="sections of another kind"),
    pytest.param("a.md", "title: A", id="nothing but a title"),
    pytest.param("a.md", "type: landing\ndoi: 10.5555/x", id="a DOI"),
    pytest.param("a.md", "layout: list\npublication_types: ['2']", id="a type of publication"),
    pytest.param("a.md", "widget: pages\npublication: Nature", id="a journal"),
    pytest.param("a.md", "type: landing\nhugoblox:\n  ids:\n    doi: 10.5555/x", id="a DOI of HugoBlox Kit"),
    pytest.param("_index.md", "doi: 10.5555/x", id="a section that is a paper"),
    pytest.param("index.md", "title: A", id="a bundle"),
    pytest.param("my_index.md", "title: A", id="a name that ends alike"),
]


@pytest.mark.parametrize(("path", "header", "mark"), LISTS)
def test_a_list_of_pages_is_left_alone(path: str, header: str, mark: str) -> None:
    text = f"---\n{header}\n---\n"
    reason = f"a list of pages or a part of one ({mark}), not a publication"
    assert find_skip_reason(read_page(path, text)) == reason
    outline = make_outline(path, text)
    assert outline is not None
    assert find_skip_reason(outline) == reason


@pytest.mark.parametrize(("path", "header"), PUBLICATIONS)
def test_a_publication_is_compared(path: str, header: str) -> None:
    assert not find_skip_reason(read_page(path, f"---\n{header}\n---\n"))


def test_the_pages_of_a_shell_pattern_count_without_the_list(tmp_path: Path) -> None:
    list_page, one = "content/publication/_index.md", "content/publication/1/index.md"
    made_site.make(tmp_path, {list_page: "---\ntitle: Publications\n---\n", one: made_site.page(1)})
    settings = Settings(root=tmp_path, cache_dir=tmp_path / "cache", offline=True)
    report = run(settings, [tmp_path / list_page, tmp_path / one], act=False)
    assert (report.summary.pages, report.summary.skipped) == (2, 1)
