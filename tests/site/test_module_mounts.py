"""Mounts of a Hugo configuration lead to folders of publications."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.site.module_mounts import find_mounted_sections
from enrich.site.site_survey import survey_site
from tests.support.trees import PAGE, pages_of, site_of


def mount(source: str, target: str, lang: str = "") -> dict[str, object]:
    """Return a configuration with one mount."""
    return {"module": {"mounts": [{"source": source, "target": target, "lang": lang}]}}


@pytest.mark.parametrize(
    ("source", "target", "folders"),
    [
        pytest.param("papers", "content/publication", ["papers"], id="on a section"),
        pytest.param("papers/2020", "content/publication/2020", ["papers/2020"], id="in a section"),
        pytest.param("team", "content/team", [], id="on another section"),
        pytest.param("inhalt", "content", [], id="on content: that is a content folder"),
        pytest.param("../shared", "content/publication", [], id="out of the site"),
        pytest.param("css", "assets/publication", [], id="not content"),
    ],
)
def test_a_mount_on_a_section_is_followed(source: str, target: str, folders: list[str]) -> None:
    assert list(find_mounted_sections(mount(source, target), ["publication"])) == folders  # type: ignore[arg-type]


def test_a_mount_above_a_named_section_leads_to_it() -> None:
    config = mount("team", "content/team", "de")
    assert find_mounted_sections(config, ["team/papers"]) == {"team/papers": "de"}  # type: ignore[arg-type]


def test_mounted_pages_are_read_in_their_language(tmp_path: Path) -> None:
    config = "module:\n  mounts:\n  - {source: papiere, target: content/publication, lang: de}\n"
    site = site_of(tmp_path, {"hugo.yaml": config, "papiere/x.md": PAGE, "content/publication/y.md": PAGE})
    assert site.paths == ("content/publication/y.md", "papiere/x.md")
    known = survey_site(site, pages_of(site))
    languages = {page.path: known.make_context(page).language for page in pages_of(site)}
    assert languages == {"content/publication/y.md": "", "papiere/x.md": "de"}
