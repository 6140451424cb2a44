"""Which site a path lies in, which files of it are publication pages, and what reading one brings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from enrich.errors import UsageError
from enrich.model.page import Page
from enrich.model.plan import Failed, Skipped
from enrich.site.page_files import leaves_site, read_page_file
from enrich.site.pages import find_root, find_site, list_target_pages
from enrich.site.unread_folders import (
    describe_missing_sections,
    describe_unread_files,
    find_unread_sections,
)
from tests.support.privileges import HAS_MODES, respect_modes
from tests.support.trees import PAGE, build, site_of


@pytest.mark.parametrize(
    ("marker", "target"),
    [
        pytest.param("enrich.toml", "", id="our own configuration"),
        pytest.param("hugo.toml", "content/publication", id="hugo.toml"),
        pytest.param("hugo.yaml", "papers/x/index.md", id="a page in a folder called otherwise"),
        pytest.param("config.yml", "content", id="config.yml"),
        pytest.param("config.json", "content", id="config.json"),
        pytest.param("config/_default/params.toml", "content/publication/x", id="a configuration folder"),
        pytest.param("content/publication/x/index.md", "content", id="content alone, named"),
        pytest.param("content/publication/x/index.md", "content/publication/x/index.md", id="a page"),
    ],
)  # fmt: skip
def test_the_site_is_the_nearest_marked_folder(tmp_path: Path, marker: str, target: str) -> None:
    above = {} if marker.startswith("content") else {"hugo.toml": ""}
    build(tmp_path, {**above, f"site/{marker}": ""})
    (tmp_path / "site" / target).parent.mkdir(parents=True, exist_ok=True)
    assert find_root(tmp_path / "site" / target) == tmp_path / "site"


def test_an_example_site_in_a_theme_is_a_site_of_its_own(tmp_path: Path) -> None:
    example = "themes/a/exampleSite"
    build(
        tmp_path, {"hugo.toml": "", f"{example}/hugo.toml": "", f"{example}/content/publication/x.md": PAGE}
    )
    assert find_root(tmp_path / example / "content") == tmp_path / example


@pytest.mark.parametrize("name", ["hugo.toml", "config.yaml", "enrich.toml"])
def test_a_bundle_named_like_a_configuration_is_no_site(tmp_path: Path, name: str) -> None:
    page = f"content/publication/{name}/index.md"
    build(tmp_path, {"hugo.toml": "", page: PAGE})
    assert find_root(tmp_path / page) == tmp_path


@pytest.mark.parametrize("target", ["content/publication", "content/publication/content/x.md"])
def test_a_configured_site_beats_a_folder_called_content_in_it(tmp_path: Path, target: str) -> None:
    build(tmp_path, {"hugo.toml": "", "content/publication/content/x.md": PAGE})
    assert find_root(tmp_path / target) == tmp_path


def test_an_unmarked_folder_is_its_own_site(tmp_path: Path) -> None:
    build(tmp_path, {"papers/publication/x.md": PAGE, "papers/notes.md": PAGE})
    assert find_root(tmp_path / "papers/notes.md") == tmp_path / "papers"
    assert list(find_site([tmp_path / "papers"]).paths) == ["publication/x.md"]
    assert list(find_site([tmp_path / "papers/publication"]).paths) == ["x.md"]


def test_a_relative_path_is_meant_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, {"content/publication/x.md": PAGE})
    monkeypatch.chdir(tmp_path / "content")
    assert find_root(Path()) == tmp_path
    assert list_target_pages(find_site([Path("publication")])) == ("content/publication/x.md",)


def test_a_link_into_a_site_leads_to_it(tmp_path: Path) -> None:
    build(tmp_path / "site", {"hugo.toml": "", "content/publication/x.md": PAGE})
    (tmp_path / "link").symlink_to(tmp_path / "site" / "content" / "publication")
    site = find_site([tmp_path / "link"])
    assert site.root == tmp_path / "site"
    assert list_target_pages(site) == ("content/publication/x.md",)


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        pytest.param(["none"], "none: there is no such file or folder", id="a path that is not there"),
        pytest.param(["a", "b"], "different sites", id="two sites"),
        pytest.param([], "no path was given", id="no path"),
    ],
)
def test_paths_that_cannot_be_followed(tmp_path: Path, targets: Sequence[str], message: str) -> None:
    build(tmp_path, {"a/content/publication/x.md": PAGE, "b/content/publication/x.md": PAGE})
    with pytest.raises(UsageError, match=message):
        find_site([tmp_path / name for name in targets])


LANGUAGES = "[languages.en]\ncontentDir = 'content/english'\n[languages.de]\ncontentDir = 'content/german'\n"
MOUNTS = "module:\n  mounts:\n  - {source: inhalt, target: content, lang: de}\n  - {source: a, target: b}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"content/publication/b/index.md": PAGE, "content/publication/a.md": PAGE},
            ["content/publication/a.md", "content/publication/b/index.md"],
            id="flat files and bundles, sorted",
        ),
        pytest.param(
            {"content/publication/_index.md": PAGE, "content/publication/2024/_index.md": PAGE,
             "content/publication/2024/x/index.md": PAGE, "content/publications/journals/x.md": PAGE},
            ["content/publication/2024/x/index.md", "content/publications/journals/x.md"],
            id="any depth, and no list pages",
        ),
        pytest.param(
            {"content/publication/x/index.md": PAGE, "content/publication/x/index.fr.md": PAGE,
             "content/publication/x/slides.md": PAGE, "content/publication/x/data/notes.md": PAGE,
             "content/publication/y.fr.md": PAGE},
            ["content/publication/x/index.fr.md", "content/publication/x/index.md",
             "content/publication/y.fr.md"],
            id="a bundle's other files are its resources",
        ),
        pytest.param(
            {"content/en/publication/x.md": PAGE, "content/pt-br/publications/x.md": PAGE,
             "content/discarded/publication/x.md": PAGE},
            ["content/en/publication/x.md", "content/pt-br/publications/x.md"],
            id="languages as folders, and no other folders",
        ),
        pytest.param(
            {"hugo.toml": LANGUAGES, "content/english/publication/x.md": PAGE,
             "content/german/publication/x.md": PAGE},
            ["content/english/publication/x.md", "content/german/publication/x.md"],
            id="languages with folders of their own",
        ),
        pytest.param(
            {"config/_default/languages.yaml": "de:\n  contentDir: content/german\n",
             "content/german/publication/x.md": PAGE},
            ["content/german/publication/x.md"],
            id="languages in a file of their own",
        ),
        pytest.param(
            {"config.toml": "contentdir = 'src'\n", "src/publication/x.md": PAGE,
             "content/publication/y.md": PAGE},
            ["src/publication/x.md"],
            id="another content folder, in another case",
        ),
        pytest.param(
            {"hugo.yaml": MOUNTS, "inhalt/publication/x.md": PAGE},
            ["inhalt/publication/x.md"],
            id="a mounted content folder",
        ),
        pytest.param(
            {"hugo.toml": "contentDir = '../outside'\n", "content/publication/x.md": PAGE},
            [],
            id="a content folder outside of the site",
        ),
        pytest.param(
            {"hugo.toml": "title = [\n", "content/publication/x.md": PAGE},
            ["content/publication/x.md"],
            id="a broken Hugo configuration",
        ),
        pytest.param(
            {"hugo.toml": "ignoreFiles = ['\\.Rmd\\.md$', '(', 'drafts/']\n",
             "content/publication/x.Rmd.md": PAGE, "content/publication/drafts/y.md": PAGE,
             "content/publication/z.md": PAGE},
            ["content/publication/z.md"],
            id="files that Hugo ignores",
        ),
        pytest.param(
            {"content/publication/.x.md": PAGE, "content/publication/.git/x.md": PAGE,
             "content/publication/x.md~": PAGE, "content/publication/node_modules/x.md": PAGE,
             "content/publication/x.html": PAGE, "content/publication/x.MD": PAGE,
             "content/publication/y.markdown": PAGE, "content/publication/cite.bib": ""},
            ["content/publication/x.MD", "content/publication/y.markdown"],
            id="hidden files, other kinds of files",
        ),
        pytest.param(
            {"public/publication/x.md": PAGE, "themes/a/exampleSite/content/publication/x.md": PAGE,
             "resources/publication/x.md": PAGE, "content/publication/x.md": PAGE},
            ["content/publication/x.md"],
            id="nothing outside of the content",
        ),
        pytest.param(
            {"content/publication/index.md": PAGE, "content/publication/x/index.md": PAGE},
            ["content/publication/index.md"],
            id="a section that is a bundle, as Hugo sees it",
        ),
    ],
)  # fmt: skip
def test_the_pages_of_a_site(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    build(tmp_path, {"enrich.toml": ""})
    assert list(site_of(tmp_path, files).paths) == expected


def test_a_broken_hugo_configuration_is_a_note(tmp_path: Path) -> None:
    files = {"hugo.toml": "title = [\n", "config/_default/params.yaml": "a: b: c\n", "content/x.md": PAGE}
    notes = site_of(tmp_path, files).notes
    assert [note.partition(": ")[0] for note in notes] == ["hugo.toml", "config/_default/params.yaml"]


def test_further_sections_are_named_in_the_configuration(tmp_path: Path) -> None:
    root = build(tmp_path, {"content/papers/x.md": PAGE, "content/en/papers/old/y.md": PAGE})
    site = find_site([root], ["papers"])
    assert list(site.paths) == ["content/en/papers/old/y.md", "content/papers/x.md"]


class TestLinks:
    """Links are followed where nothing else leads to what they show, and never out of the site."""

    def test_pages_reached_twice_are_read_once(self, tmp_path: Path) -> None:
        root = build(tmp_path / "s", {"content/en/publication/x/index.md": PAGE, "content/de/a.md": PAGE})
        (root / "content/de/publication").symlink_to(root / "content/en/publication")
        (root / "content/en/publication/again").symlink_to(root / "content/en/publication/x")
        (root / "content/en/publication/y.md").symlink_to(root / "content/en/publication/x/index.md")
        assert list(find_site([root]).paths) == ["content/en/publication/x/index.md"]

    def test_a_folder_that_is_kept_elsewhere_in_the_site_is_walked(self, tmp_path: Path) -> None:
        root = build(tmp_path / "s", {"papers/x/index.md": PAGE, "content/publication/y.md": PAGE})
        (root / "content/publication/old").symlink_to(root / "papers")
        (root / "papers/loop").symlink_to(root / "papers")
        expected = ["content/publication/old/x/index.md", "content/publication/y.md"]
        assert list(find_site([root]).paths) == expected

    def test_a_page_outside_of_the_site_is_skipped_with_the_reason(self, tmp_path: Path) -> None:
        build(tmp_path, {"outside/x/index.md": PAGE})
        root = build(tmp_path / "s", {"content/publication/z.md": PAGE})
        (root / "content/publication/folder").symlink_to(tmp_path / "outside")
        (root / "content/publication/page.md").symlink_to(tmp_path / "outside/x/index.md")
        site = find_site([root])
        out = ["content/publication/folder", "content/publication/page.md"]
        assert list(site.paths) == [*out, "content/publication/z.md"]
        assert [read_page_file(site, path) for path in out] == [
            Skipped(path, "a link that leads out of the site") for path in out
        ]
        assert leaves_site(site, root / out[0])

    def test_a_link_that_leads_nowhere_has_failed(self, tmp_path: Path) -> None:
        root = build(tmp_path, {"content/publication/z.md": PAGE})
        (root / "content/publication/x.md").symlink_to(root / "none.md")
        outcome = read_page_file(find_site([root]), "content/publication/x.md")
        assert outcome == Failed("content/publication/x.md", "cannot be read: no such file or folder")


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        pytest.param([""], ["content/publication/a/index.md", "content/publication/ab.md"], id="the site"),
        pytest.param(["content/publication/a"], ["content/publication/a/index.md"], id="a folder"),
        pytest.param(["content/publication/ab.md"], ["content/publication/ab.md"], id="a page"),
        pytest.param(["content/post/x.md"], ["content/post/x.md"], id="a page of another section"),
        pytest.param(["content/publication/_index.md"], ["content/publication/_index.md"], id="a list page"),
        pytest.param(["content/post"], [], id="a folder without publications"),
        pytest.param(["content/post/b"], ["content/post/b/index.md"], id="a bundle of another section"),
        pytest.param(
            ["content/post/x.md", "content/publication/a", "content/publication/a/index.md"],
            ["content/post/x.md", "content/publication/a/index.md"],
            id="pages and folders, one within the other",
        ),
    ],
)  # fmt: skip
def test_the_pages_under_the_targets(tmp_path: Path, targets: list[str], expected: list[str]) -> None:
    names = ["publication/a/index.md", "publication/ab.md", "publication/_index.md", "post/x.md"]
    names += ["post/b/index.md", "post/b/notes.md"]
    root = build(tmp_path, {f"content/{name}": PAGE for name in names})
    assert list(list_target_pages(find_site([root / target for target in targets]))) == expected


def test_folders_that_look_like_publications_are_named(tmp_path: Path) -> None:
    site = site_of(tmp_path, {
        "content/publication/x/index.md": "---\ndoi: 10.1234/x\n---\n",
        "content/papers/one/index.md": "---\ntitle: A\nDOI: '10.1234/x'\n---\n",
        "content/papers/two/index.md": "---\ndoi: 10.1234/x\n---\n",
        "content/en/old/list.md": "+++\npublication_types = ['2']\n+++\n",
        "content/talk/x.md": "---\ntitle: A\ndoi: ''\nevent: B\n---\n",
        "content/post/x.md": "---\ntitle: A\n---\ndoi: in a sentence\n",
        "content/home/publications.md": "---\nfilters:\n  publication_type: '2'\n---\n",
        "content/notes/x.md": "doi: 10.1234/x\n",
    })  # fmt: skip
    assert find_unread_sections(site) == ("content/en/old", "content/papers")


@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        pytest.param([], [], id="no setting"),
        pytest.param(["papers"], [], id="a folder"),
        pytest.param(["papers/"], [], id="a folder with a slash"),
        pytest.param(["./papers"], [], id="a folder from here"),
        pytest.param(["papers/old"], [], id="a folder in a folder"),
        pytest.param(["."], [], id="the content folder"),
        pytest.param(["publication"], [], id="one that is always read, here or not"),
        pytest.param(["paper"], ["paper"], id="a folder misspelt"),
        pytest.param(["content/papers"], ["content/papers"], id="a path from the site's root"),
        pytest.param(["papers", "theses"], ["theses"], id="one of two"),
        pytest.param(["list.md"], ["list.md"], id="a page"),
        pytest.param(["../themes"], ["../themes"], id="a folder outside of content"),
        pytest.param(["../../s"], ["../../s"], id="a folder outside of the site"),
    ],
)
def test_a_section_that_the_site_does_not_have_is_named(
    tmp_path: Path, sections: list[str], missing: list[str]
) -> None:
    names = ["content/publications/x.md", "content/papers/x.md", "content/papers/old/y.md", "content/list.md"]
    root = build(tmp_path / "s", dict.fromkeys(names, PAGE))
    assert list(describe_missing_sections(find_site([root], sections))) == [
        f"[pages] sections names '{name}', but the site has no such folder; correct the name"
        for name in missing
    ]


@pytest.mark.parametrize(
    ("content", "error", "line"),
    [
        pytest.param("---\ntitle: é\n---\n".encode("latin-1"), "not UTF-8", 2, id="Latin-1"),
        pytest.param("---\ntitle: A\n---\n".encode("utf-16"), "UTF-16", 1, id="UTF-16"),
        pytest.param(b"---\ntitle: [\n---\n", "", None, id="broken YAML"),
    ],
)
def test_what_cannot_be_read_has_failed_with_its_line(
    tmp_path: Path, content: bytes, error: str, line: int | None
) -> None:
    site = site_of(tmp_path, {"content/publication/x.md": ""})
    (site.root / "content/publication/x.md").write_bytes(content)
    outcome = read_page_file(site, "content/publication/x.md")
    assert isinstance(outcome, Failed)
    assert error in outcome.error
    assert outcome.line == line or line is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("# A title\n", "no front matter", id="no front matter"),
        pytest.param("", "no front matter", id="an empty file"),
        pytest.param("---\nenrich: false\n---\n", "`enrich: false`", id="a page that opts out"),
        pytest.param("+++\nenrich = false\n+++\n", "`enrich: false`", id="a page that opts out in TOML"),
    ],
)
def test_what_is_not_ours_is_skipped_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    site = site_of(tmp_path, {"content/publication/x.md": text})
    assert read_page_file(site, "content/publication/x.md") == Skipped("content/publication/x.md", reason)


def test_a_page_comes_with_its_bom_and_line_ends(tmp_path: Path) -> None:
    text = "\ufeff---\r\ntitle: Ä\r\n---\r\nbody\n"
    site = site_of(tmp_path, {"content/publication/x.md": text})
    page = read_page_file(site, "content/publication/x.md")
    assert isinstance(page, Page)
    assert (page.path, page.text, page.get("Title")) == ("content/publication/x.md", text, "Ä")


def test_a_pipe_is_not_a_page(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"content/publication/y.md": PAGE})
    os.mkfifo(tmp_path / "content/publication/x.md")
    assert read_page_file(site, "content/publication/x.md") == Failed(
        "content/publication/x.md", "this is not a regular file; remove it"
    )


@pytest.mark.skipif(not HAS_MODES, reason="root may read everything")
def test_what_may_not_be_read_has_failed(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"content/publication/x.md": PAGE, "content/publication/y/index.md": PAGE})
    for name in ("x.md", "y"):
        (tmp_path / "content/publication" / name).chmod(0)
    try:
        with respect_modes():
            outcomes = [read_page_file(site, path) for path in site.paths]
    finally:
        (tmp_path / "content/publication/y").chmod(0o755)
    assert [type(outcome) for outcome in outcomes] == [Failed, Failed]


@pytest.mark.corpus
def test_every_real_site_is_walked(corpus: Path) -> None:
    for root in sorted((corpus / "sites").iterdir()):
        site = find_site([root])
        paths = list(site.paths)
        assert paths == sorted(set(paths))
        assert list_target_pages(site) == tuple(paths)


def test_files_in_other_formats_are_named_in_one_line(tmp_path: Path) -> None:
    files = {
        "content/publication/a.md": PAGE,
        "content/publication/b.org": "#+TITLE: B\n#+DOI: 10.1/b\n",
        "content/publication/c.html": "---\ntitle: C\npublication_types: ['2']\n---\n",
        "content/publication/d/index.qmd": "---\ndoi: 10.1/d\n---\n",
        "content/publication/e/index.Rmd": "---\ndoi: 10.1/e\n---\n",
        "content/publication/e/index.md": PAGE,
        "content/publication/f.html": "<p>nothing</p>\n",
        "data/publications.yaml": "- title: G\n",
        "data/menu.yaml": "- title: Home\n",
    }
    [line] = describe_unread_files(site_of(tmp_path, files))
    named = "content/publication/b.org, content/publication/c.html, content/publication/d/index.qmd"
    assert line.startswith(f"{named} and 1 more: publications in a format that enrich cannot read")


def test_where_everything_is_read_nothing_is_named(tmp_path: Path) -> None:
    assert not list(describe_unread_files(site_of(tmp_path, {"content/publication/a.md": PAGE})))
