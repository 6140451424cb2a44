"""The page that somebody meant who typed the name of none."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.errors import UsageError
from enrich.site.page_suggestions import LONGEST_NAME, suggest_page
from enrich.site.pages import find_site
from tests.support.trees import PAGE, build

PATHS = (
    "content/publication/smith2019/index.md",
    "content/publication/smith2020/index.md",
    "content/publication/jones-cells/index.en.md",
    "content/publication/flat-page.md",
)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        pytest.param("smith2019", "smith2019", id="the folder's name alone"),
        pytest.param("smith2019/", "smith2019", id="with a slash"),
        pytest.param("smith2019/index.md", "smith2019", id="the folder and the file"),
        pytest.param("publication/smith2019", "smith2019", id="a part of the path"),
        pytest.param("content/publications/smith2019/index.md", "smith2019", id="another section"),
        pytest.param("content/publication/jones", "jones-cells", id="the beginning of only one"),
        pytest.param("jones-cels", "jones-cells", id="a letter too few"),
        pytest.param("smiht2020", "smith2020", id="two letters exchanged"),
        pytest.param("flat-page", "flat-page.md", id="a file without its ending"),
        pytest.param("flat_page.md", "flat-page.md", id="an underscore"),
        pytest.param("content/publication/lee2021", "", id="nothing like it"),
        pytest.param("index.md", "", id="every page is called so"),
        pytest.param("", "", id="nothing"),
        pytest.param("..", "", id="the folder above"),
        pytest.param("s" * (LONGEST_NAME + 1), "", id="a name that is too long"),
    ],
)
def test_the_page_that_is_suggested(typed: str, place: str) -> None:
    hint = f"; did you mean 'content/publication/{place}'?" if place else ""
    assert suggest_page(Path(), PATHS, typed) == hint


def test_the_beginning_of_several_pages_suggests_none_that_is_unlike() -> None:
    assert suggest_page(Path(), PATHS, "s") == ""


@pytest.mark.parametrize("typed", ["smth2019", "content/publication/smith20199", "smith2019/index.md"])
def test_a_path_that_is_not_there_is_refused_with_the_page_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    build(tmp_path, {"hugo.toml": "", PATHS[0]: PAGE})
    monkeypatch.chdir(tmp_path)
    message = r"there is no such file or folder; did you mean 'content/publication/smith2019'\?$"
    with pytest.raises(UsageError, match=message):
        find_site([Path(typed)])


def test_the_suggestion_can_be_typed_from_where_the_user_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, {"hugo.toml": "", PATHS[0]: PAGE})
    monkeypatch.chdir(tmp_path / "content" / "publication")
    with pytest.raises(UsageError, match=r"did you mean 'smith2019'\?$"):
        find_site([Path("smith")])


def test_outside_of_a_site_nothing_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, {"smith2019/index.md": PAGE})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"there is no such file or folder$"):
        find_site([Path("smith")])
