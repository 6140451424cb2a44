"""`enrich add`: a new page in the site's own dialect, never twice and never over anything."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from enrich.cli import main
from tests.support import hugo_site
from tests.support.made_site import contents, doi_of, make, page, put_records, record

NEW = "10.5555/marsh.9"
RECORD: dict[str, Any] = {
    "DOI": NEW,
    "type": "journal-article",
    "title": ["Herons of the upper marsh: a second survey"],
    "author": [
        {"given": "Kim", "family": "Ness", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
        {"given": "Mara Lou", "family": "van der Wal"},
        {"name": "The Marsh Group"},
    ],
    "container-title": ["Journal of Marshes"],
    "short-container-title": ["J. Marshes"],
    "issued": {"date-parts": [[2024, 5, 6]]},
    "abstract": "<jats:p>Herons were counted again, & <jats:italic>Ardea</jats:italic> came first.</jats:p>",
}
PROFILE = "---\ntitle: Kim Ness\norcid: 0000-0002-1825-0097\nsuperuser: true\n---\n"


class Program:
    """The program, run in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.errors = ""

    def add(self, site: Path, *words: str) -> tuple[int, list[dict[str, Any]]]:
        """Add pages; return the exit code and what became of each DOI."""
        places = ["--site", str(site), "--records", str(site / "records.jsonl")]
        code = main.run(["add", *words, *places, "--format", "json"])
        out, self.errors = self.capsys.readouterr()
        return code, json.loads(out)["added"] if out else []

    def check(self, page: Path, site: Path) -> list[dict[str, Any]]:
        """Check a page; return what is reported of it."""
        main.run(["check", str(page), "--records", str(site / "records.jsonl"), "--format", "json"])
        return list(json.loads(self.capsys.readouterr().out)["pages"])


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def make_site(root: Path, pages: Mapping[str, str], *records: Mapping[str, object], config: str = "") -> Path:
    site = make(root / "site", {"hugo.yaml": config or "title: Marsh\n", **pages}, [record(1)])
    put_records(site, [RECORD, *records])
    return site


def list_pages(template: str, folder: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return older pages made from a template; each has its number, `{n}`, and its year, `{year}`."""
    return {
        f"{folder}/{name}": template.replace("{n}", str(number)).replace("{year}", str(2023 - number))
        for number, name in enumerate(names)
    }


BUNDLES = """\
---
# The paper
title: 'The {n}th survey of herons'
authors:
  - admin
  - Ada Lovelace
date: '{year}-03-04T00:00:00Z'
publishDate: '{year}-03-04T00:00:00Z'
doi: 10.5555/old.{n}
publication_types: ['2']
publication: '*Journal of Fens*'
publication_short: ''
abstract: >-
  The {n}th time, herons
  were counted.
tags: [herons, marsh {n}]
featured: true
pages: {n}
image:
  caption: 'Photo {n}'
  focal_point: ''
links:
  - name: Code
    url: https://example.org/{n}
url_pdf: files/{n}.pdf
# Slides, if any
slides: example
---
"""
NEW_BUNDLE = """\
---
# The paper
title: 'Herons of the upper marsh: a second survey'
authors:
  - admin
  - Mara Lou van der Wal
  - The Marsh Group
date: '2024-05-06T00:00:00Z'
publishDate: '2024-05-06T00:00:00Z'
doi: "10.5555/marsh.9"
publication_types: ['2']
publication: '*Journal of Marshes*'
publication_short: 'J. Marshes'
abstract: >-
  Herons were counted again, & *Ardea* came first.
tags: []
featured: true
image:
  caption: ''
  focal_point: ''
links: []
url_pdf: ""
# Slides, if any
slides: ""
---
"""
FILES = """\
+++
title = "The {n}th survey of herons"
date = {year}-03-04
authors = ["K. Ness", "A. B. Lovelace"]
publication_types = ["2"]
publication = "In *Journal of Fens*"
abstract = ""
math = true
url_custom = [{name = "DOI", url = "https://doi.org/10.5555/old.{n}"}]

[header]
image = "headers/{n}.jpg"
caption = ""
+++
"""
NEW_FILE = """\
+++
title = "Herons of the upper marsh: a second survey"
date = 2024-05-06
authors = ["K. Ness", "M. L. van der Wal", "The Marsh Group"]
publication_types = ["2"]
publication = "In *Journal of Marshes*"
abstract = "Herons were counted again, & *Ardea* came first."
math = true
url_custom = [{name = "DOI", url = "https://doi.org/10.5555/marsh.9"}]

[header]
image = ""
caption = ""
+++
"""
KIT = """\
---
title: The {n}th survey of herons
authors: [me, Ada Lovelace]
date: "{year}-03-04"
hugoblox:
  ids:
    doi: "10.5555/old.{n}"
    arxiv: "2001.0000{n}"
publication_types: [article-journal]
publication: "*Journal of Fens*"
abstract: ""
links: []
featured: false
---

Text of page {n}.
"""
NEW_KIT = """\
---
title: "Herons of the upper marsh: a second survey"
authors: [me, Mara Lou van der Wal, The Marsh Group]
date: "2024-05-06"
hugoblox:
  ids:
    doi: "10.5555/marsh.9"
    arxiv: ""
publication_types: [article-journal]
publication: "*Journal of Marshes*"
abstract: "Herons were counted again, & *Ardea* came first."
links: []
featured: false
---
"""
PUBLICATION = "content/publication"
DIALECTS = [
    pytest.param(
        {
            "content/authors/admin/_index.md": PROFILE,
            **list_pages(
                BUNDLES, PUBLICATION, ("ness-2023/index.md", "ness-2022/index.md", "ness-2021/index.md")
            ),
        },
        f"{PUBLICATION}/ness-2024/index.md", NEW_BUNDLE, id="bundles, named by author and year",
    ),
    pytest.param(
        list_pages(FILES, PUBLICATION, ("ness_2023.md", "ness_2022.md")),
        f"{PUBLICATION}/ness_2024.md", NEW_FILE, id="TOML files, the DOI in a list of links",
    ),
    pytest.param(
        {
            "content/authors/me/_index.md": PROFILE,
            **list_pages(
                KIT, "content/publications", ("2023/ness-0th/index.md", "2022/ness-1th/index.md")
            ),
        },
        "content/publications/2024/ness-herons/index.md", NEW_KIT, id="folders of years",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "path", "text"), DIALECTS)
def test_a_new_page_is_written_like_the_sites_own(
    pages: dict[str, str], path: str, text: str, tmp_path: Path, program: Program
) -> None:
    site = make_site(tmp_path, pages)
    before = contents(site, under="content")
    assert program.add(site, NEW) == (0, [{"doi": NEW, "path": path, "status": "added", "error": ""}])
    assert (site / path).read_text(encoding="utf-8") == text
    assert contents(site) == before | {path: text.encode()}
    checked = program.check(site / path, site)
    assert [(page["changes"], page["findings"]) for page in checked] == [([], [])]


def test_hugo_reads_the_new_pages(tmp_path: Path) -> None:
    new = {"bundle/index.md": NEW_BUNDLE, "file.md": NEW_FILE, "kit/index.md": NEW_KIT}
    read = hugo_site.read(tmp_path, new, hugo_site.binaries()[0])
    assert {page["title"] for page in read.values()} == {RECORD["title"][0]}
    assert [page["authors"][-1] for page in read.values()] == ["The Marsh Group"] * 3
    assert {str(page["date"])[:10] for page in read.values()} == {"2024-05-06"}


def test_a_second_run_names_the_page_and_makes_no_other(tmp_path: Path, program: Program) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")))
    _, (first,) = program.add(site, NEW)
    after = contents(site)
    for typed in (NEW, f"https://doi.org/{NEW.upper()}", f"doi:{NEW}"):
        code, (again,) = program.add(site, typed)
        assert (code, again["status"], again["path"]) == (0, "exists", first["path"])
    assert contents(site) == after


KNOWN = [
    pytest.param({"url_pdf": "https://doi.org/10.5555/marsh.9"}, {}, id="its DOI under another key"),
    pytest.param(
        {"doi": "10.5555/marsh.pre"},
        {"relation": {"has-preprint": [{"id-type": "doi", "id": "10.5555/MARSH.pre"}]}},
        id="its preprint, which its record names",
    ),
    pytest.param({}, {}, id="no DOI, but title, authors and year"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "more"), KNOWN)
def test_a_work_that_has_a_page_gets_no_other(
    keys: dict[str, str], more: dict[str, object], tmp_path: Path, program: Program
) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    page = (
        f'---\ntitle: "{RECORD["title"][0]}"\nauthors: [Kim Ness, Mara Lou van der Wal, The Marsh Group]\n'
        f"date: 2024-01-01\npublication_types: ['2']\n{lines}---\n"
    )
    site = make_site(tmp_path, {f"{PUBLICATION}/mine.md": page})
    put_records(site, [RECORD | more])
    before = contents(site)
    assert program.add(site, NEW) == (
        0,
        [{"doi": NEW, "path": f"{PUBLICATION}/mine.md", "status": "exists", "error": ""}],
    )
    assert contents(site) == before


def test_another_work_with_the_same_title_is_not_taken_for_it(tmp_path: Path, program: Program) -> None:
    page = f'---\ntitle: "{RECORD["title"][0]}"\nauthors: [Jon Other, Ann Able]\ndate: 2011-01-01\n---\n'
    site = make_site(tmp_path, {f"{PUBLICATION}/theirs.md": page})
    code, (added,) = program.add(site, NEW)
    assert (code, added["status"]) == (0, "added")


def test_two_dois_of_one_work_get_one_page(tmp_path: Path, program: Program) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")))
    code, (one, two) = program.add(site, NEW, f"https://doi.org/{NEW}")
    assert (code, one["status"], two["status"], two["path"]) == (0, "added", "exists", one["path"])


PREPRINT = RECORD | {"DOI": "10.5555/marsh.pre", "type": "posted-content", "subtype": "preprint"}
LINKED: dict[str, object] = {"relation": {"is-preprint-of": [{"id-type": "doi", "id": NEW}]}}
PAIRS = [
    pytest.param(PREPRINT | {"title": ["Herons of a marsh"]} | LINKED, "exists", id="its record names it"),
    pytest.param(PREPRINT, "exists", id="title and authors are equal"),
    pytest.param(
        RECORD | {"DOI": "10.5555/marsh.pre", "title": ["Herons of the upper marsh: a third survey"]},
        "added", id="another article of the same authors",
    ),
]  # fmt: skip


@pytest.mark.parametrize("typed", [(NEW, "10.5555/marsh.pre"), ("10.5555/marsh.pre", NEW)])
@pytest.mark.parametrize(("other", "status"), PAIRS)
def test_a_preprint_and_its_article_get_one_page_in_one_run(
    other: dict[str, object], status: str, typed: tuple[str, ...], tmp_path: Path, program: Program
) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")), other)
    code, (one, two) = program.add(site, *typed)
    assert (code, one["status"], two["status"]) == (0, "added", status)
    assert (one["path"] == two["path"]) == (status == "exists")


@pytest.mark.parametrize("typed", ["10.5555/OLD.0", "https://doi.org/10.5555/old.0"])
def test_a_page_with_the_doi_is_named_without_a_record(typed: str, tmp_path: Path, program: Program) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")))
    code, (known,) = program.add(site, typed)
    assert (code, known["status"], known["path"]) == (0, "exists", f"{PUBLICATION}/one.md")


def test_two_works_never_get_one_name(tmp_path: Path, program: Program) -> None:
    pages = list_pages(BUNDLES, PUBLICATION, ("ness-2023/index.md", "ness-2022/index.md"))
    other = RECORD | {"DOI": "10.5555/marsh.10", "title": ["Frogs of the upper marsh"], "abstract": ""}
    pages |= {f"{PUBLICATION}/NESS-2024/featured.jpg": "", "content/authors/admin/_index.md": PROFILE}
    site = make_site(tmp_path, pages, other)
    _, added = program.add(site, NEW, "10.5555/marsh.10")
    assert [row["path"] for row in added] == [
        f"{PUBLICATION}/ness-2024-{number}/index.md" for number in (2, 3)
    ]


FAILED = [
    pytest.param("10.5555/nowhere", 3, "do not have its record", id="no record"),
    pytest.param("not-a-doi", 2, "not a DOI", id="no DOI"),
    pytest.param("10.5555/marsh.bare", 4, "placeholder", id="a placeholder for a title"),
    pytest.param("10.5555/marsh.none", 4, "its record has no title", id="no title"),
]


@pytest.mark.parametrize(("typed", "code", "error"), FAILED)
def test_a_doi_that_gets_no_page_does_not_stop_the_others(
    typed: str, code: int, error: str, tmp_path: Path, program: Program
) -> None:
    bare = RECORD | {"DOI": "10.5555/marsh.bare", "title": ["Title Pending 4711"]}
    none = RECORD | {"DOI": "10.5555/marsh.none", "title": []}
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")), bare, none)
    done, (failed, added) = program.add(site, typed, NEW)
    assert (done, failed["status"], failed["path"], added["status"]) == (code, "failed", "", "added")
    assert error in failed["error"]


REFUSED = [
    pytest.param(("--slug", "../x"), "--slug ../x", id="a name that leads elsewhere"),
    pytest.param(("--slug", "nul"), "--slug nul", id="a name that Windows has another use for"),
    pytest.param(("--slug", "Index"), "--slug Index", id="the file of a section itself"),
    pytest.param(("--slug", "marsh."), "--slug marsh.", id="a full stop, which Windows drops"),
    pytest.param(("--slug", ".git"), "--slug .git", id="a hidden name"),
    pytest.param(("--section", "../../etc"), "section", id="a section outside of the site"),
    pytest.param(
        ("--section", "publications"), "are in content/publication", id="a section that is not there"
    ),
    pytest.param(("--section", "post"), "[pages] sections", id="a section without publications"),
    pytest.param(("--language", "tlh"), "no language 'tlh'", id="a language that the site does not have"),
    pytest.param(("--language", "de"), "no language 'de'; it has en", id="a code that Hugo does not know"),
    pytest.param(("10.5555/x", "--slug", "x"), "one DOI", id="one name for two pages"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED)
def test_no_option_decides_where_else_a_page_is_written(
    words: tuple[str, ...], message: str, tmp_path: Path, program: Program
) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")))
    before = contents(site, under=".")
    assert program.add(site, NEW, *words) == (2, [])
    assert message in program.errors
    assert contents(site, under=".") == before


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_name_that_is_taken_is_not_written_over(
    words: tuple[str, ...], tmp_path: Path, program: Program
) -> None:
    pages = list_pages(BUNDLES, PUBLICATION, ("ness-2023/index.md", "ness-2022/index.md"))
    site = make_site(tmp_path, pages)
    before = contents(site)
    code, (failed,) = program.add(site, NEW, "--slug", "ness-2022", *words)
    assert (code, failed["status"]) == (4, "failed")
    assert f"{PUBLICATION} has a page or folder ness-2022 already" in failed["error"]
    assert contents(site) == before


def test_the_request_decides_name_section_and_language(tmp_path: Path, program: Program) -> None:
    config = "title: Marsh\nlanguages:\n  en: {contentDir: content/en}\n  de: {contentDir: content/de}\n"
    pages = list_pages(KIT, "content/en/publication", ("one.md", "two.md"))
    site = make_site(tmp_path, {**pages, "content/de/_index.md": ""}, config=config)
    code, (added,) = program.add(site, NEW, "--language", "de", "--slug", "Reiher_2", "--draft")
    assert (code, added["path"]) == (0, "content/de/publication/Reiher_2.md")
    assert "draft: true" in (site / added["path"]).read_text(encoding="utf-8")


LANGUAGES = "title: Marsh\nlanguages:\n  en: {contentDir: content/en}\n  pt-br: {contentDir: content/pt}\n"
SUFFIXES = "title: Marsh\nlanguages:\n  en: {}\n  pt-br: {}\n"
SPOKEN = [
    pytest.param(
        LANGUAGES, ("en/publication/{}/index.md", "pt/publication/{}/index.md"), "pt-br",
        "pt/publication/ness-2024/index.md", id="every page of the language is a translation",
    ),
    pytest.param(
        LANGUAGES, ("en/publication/{}/index.md",), "pt",
        "pt/publication/ness-2024/index.md", id="the language has no page yet",
    ),
    pytest.param(
        SUFFIXES, ("publication/{}/index.md",), "pt-br",
        "publication/ness-2024/index.pt-br.md", id="the languages share their folders",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("config", "places", "language", "path"), SPOKEN)
def test_a_page_in_another_language_is_written_like_the_sites_own(
    config: str, places: tuple[str, ...], language: str, path: str, tmp_path: Path, program: Program
) -> None:
    pages = {"content/authors/admin/_index.md": PROFILE}
    for place in places:
        names = tuple(place.format(name) for name in ("ness-2023", "ness-2022"))
        pages |= list_pages(BUNDLES, "content", names)
    site = make_site(tmp_path, pages, config=config)
    code, (added,) = program.add(site, NEW, "--language", language)
    assert (code, added["path"]) == (0, f"content/{path}")
    assert (site / added["path"]).read_text(encoding="utf-8") == NEW_BUNDLE


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        pytest.param("Click the *Cite* button above.\n", "", id="a sentence of the theme"),
        pytest.param("\n{{< cite >}}\n", "\n{{< cite >}}\n", id="a shortcode of the site"),
    ],
)
def test_only_shortcodes_of_a_shared_body_get_onto_a_new_page(
    body: str, kept: str, tmp_path: Path, program: Program
) -> None:
    places = tuple(f"ness-{year}/index.md" for year in (2023, 2022))
    pages = list_pages(BUNDLES + body, "content/publication", places)
    site = make_site(tmp_path, {"content/authors/admin/_index.md": PROFILE, **pages})
    code, (added,) = program.add(site, NEW)
    assert (code, (site / added["path"]).read_text(encoding="utf-8")) == (0, NEW_BUNDLE + kept)


BY_SUFFIX = ("publication/old/index.md", "publication/old/index.pt-br.md")
BY_FOLDER = ("en/publication/old/index.md", "pt/publication/old/index.md")
FLAT = ("publication/old.md", "publication/old.pt-br.md")


@pytest.mark.parametrize(
    ("config", "places", "asked", "named", "is_other"),
    [
        pytest.param(SUFFIXES, BY_SUFFIX, "", 0, False, id="suffixes, no language"),
        pytest.param(SUFFIXES, BY_SUFFIX, "en", 0, False, id="suffixes, the site's language"),
        pytest.param(SUFFIXES, BY_SUFFIX, "pt", 1, False, id="suffixes, a short code"),
        pytest.param(SUFFIXES, BY_SUFFIX, "pt-br", 1, False, id="suffixes, the other language"),
        pytest.param(SUFFIXES, BY_SUFFIX[:1], "pt-br", 0, True, id="suffixes, no translation"),
        pytest.param(SUFFIXES, BY_SUFFIX[1:], "en", 0, True, id="suffixes, only the other language"),
        pytest.param(SUFFIXES, BY_SUFFIX[1:], "", 0, False, id="suffixes, only the other one"),
        pytest.param(LANGUAGES, BY_FOLDER, "", 0, False, id="folders, no language"),
        pytest.param(LANGUAGES, BY_FOLDER, "en", 0, False, id="folders, the site's language"),
        pytest.param(LANGUAGES, BY_FOLDER, "pt-br", 1, False, id="folders, the other language"),
        pytest.param(LANGUAGES, BY_FOLDER[:1], "pt-br", 0, True, id="folders, no translation"),
        pytest.param(SUFFIXES, FLAT, "en", 0, False, id="single files, the site's language"),
        pytest.param(SUFFIXES, FLAT, "pt-br", 1, False, id="single files, the other language"),
    ],
)
def test_of_translations_that_in_the_language_is_named(
    config: str,
    places: tuple[str, ...],
    asked: str,
    named: int,
    is_other: bool,
    tmp_path: Path,
    program: Program,
) -> None:
    config = f"defaultContentLanguage: en\n{config}"
    pages = {f"content/{place}": page(1).replace(doi_of(1), NEW) for place in places}
    site = make_site(tmp_path, pages, config=config)
    code, (known,) = program.add(site, NEW, *(("--language", asked) if asked else ()))
    assert (code, known["status"], known["path"]) == (0, "exists", f"content/{places[named]}")
    note = f"it is not in the language '{asked}'; to translate it, copy it and edit the copy"
    assert (note in program.errors) is is_other


def test_a_dry_run_shows_the_page_and_writes_nothing(tmp_path: Path, program: Program) -> None:
    site = make_site(
        tmp_path,
        list_pages(KIT, "content/publications", ("2023/ness-0th/index.md", "2022/ness-1th/index.md")),
    )
    before = contents(site, under=".")
    code, (shown,) = program.add(site, NEW, "--dry-run")
    assert (code, shown["status"]) == (0, "would-add")
    assert "title: " in shown["text"]
    assert contents(site, under=".") == before


@pytest.mark.parametrize(
    ("config", "fence", "key"),
    [
        ("theme: academic\n", "+++", "doi = "),
        ("module: {imports: [{path: github.com/HugoBlox/kit/modules/blox}]}\n", "---", "    doi: "),
    ],
)
def test_an_empty_site_gets_the_keys_of_its_theme(
    config: str, fence: str, key: str, tmp_path: Path, program: Program
) -> None:
    site = make_site(tmp_path, {"content/_index.md": ""}, config=config)
    code, (added,) = program.add(site, NEW)
    text = (site / added["path"]).read_text(encoding="utf-8")
    assert (code, added["path"]) == (0, f"{PUBLICATION}/herons-of-the-upper-marsh-a-second-survey/index.md")
    assert text.startswith(fence)
    assert f'{key}"{NEW}"' in text
    assert [page["changes"] for page in program.check(site / added["path"], site)] == [[]]


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path, program: Program) -> None:
    put_records(tmp_path, [RECORD])
    assert program.add(tmp_path, NEW) == (2, [])
    assert "not in a Hugo site" in program.errors


def test_a_hostile_record_is_text_on_the_page(tmp_path: Path, program: Program) -> None:
    hostile = {
        "title": ["Herons {{< figure >}} <script>alert(1)</script>\u202e of *the* marsh"],
        "author": [{"given": "../..", "family": "/etc/pass`wd`"}],
        "container-title": ["---\nmenu: main"],
        "abstract": "<b onclick='x'>Herons</b> were counted.",
    }
    site = make_site(tmp_path, list_pages(BUNDLES, PUBLICATION, ("ness-2023/index.md", "ness-2022/index.md")))
    put_records(site, [RECORD | hostile])
    code, (added,) = program.add(site, NEW)
    assert code == 0
    assert Path(added["path"]).parent.parent == Path(PUBLICATION)
    text = (site / added["path"]).read_text(encoding="utf-8")
    read = hugo_site.read(tmp_path / "hugo", {"x.md": text}, hugo_site.binaries()[0])["x.md"]
    assert "menu" not in read
    assert read["title"] == "Herons {{< figure >}} <script>alert(1)</script> of *the* marsh"  # shown as text
    assert "<b" not in text
    assert "\u202e" not in text


def test_undo_removes_the_page_again(tmp_path: Path, program: Program) -> None:
    site = make_site(tmp_path, list_pages(BUNDLES, PUBLICATION, ("ness-2023/index.md", "ness-2022/index.md")))
    before = contents(site)
    program.add(site, NEW)
    assert main.run(["undo", str(site)]) == 0
    assert contents(site) == before
    assert not (site / PUBLICATION / "ness-2024").exists()


def test_the_text_output_says_where_the_page_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")))
    words = ["--site", str(site), "--records", str(site / "records.jsonl")]
    assert main.run(["add", NEW, "nothing", *words, "--slug", "x"]) == 2
    assert main.run(["add", NEW, *words]) == 0
    assert (
        f"{PUBLICATION}/herons-of-the-upper-marsh-a-second-survey.md: added for {NEW}"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("retraction", "this work was retracted on 2025-01-02"),
        ("withdrawal", "this work was withdrawn on 2025-01-02"),
        ("correction", "a correction of this work was published on 2025-01-02"),
        ("erratum", "a correction of this work was published on 2025-01-02"),
    ],
)
def test_the_page_of_a_retracted_or_corrected_paper_comes_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, said: str
) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")))
    notice = {"DOI": "10.5555/notice", "type": kind, "updated": {"date-parts": [[2025, 1, 2]]}}
    put_records(site, [RECORD | {"updated-by": [notice]}])
    assert main.run(["add", NEW, "--site", str(site), "--records", str(site / "records.jsonl")]) == 0
    assert said in capsys.readouterr().out


BIB = """\
@Article{{{key},
  author = {{Lovelace, Ada}},
  title  = {{{title}}},
  year   = {{2020}}
}}
"""


@pytest.mark.parametrize("count", [2, 0])
def test_a_new_bundle_has_a_citation_file_where_most_have_one(tmp_path: Path, count: int) -> None:
    pages = {f"content/publication/p{number}/index.md": page(number) for number in range(2)}
    files = {
        f"content/publication/p{number}/cite.bib": BIB.format(
            key=f"lovelace2020{number}th", title=f"The {number}th thing that was made"
        )
        for number in range(count)
    }
    site = make(tmp_path / "site", {**pages, **files}, [record(number) for number in range(3)])
    before = contents(site)
    records = ["--records", str(site / "records.jsonl")]
    assert main.run(["add", doi_of(2), "--site", str(site), *records]) == 0
    made = {path: text.decode() for path, text in contents(site).items() if path not in before}
    (text,) = [text for path, text in made.items() if path.endswith("index.md")]
    assert "The 2th thing that was made" in text
    wanted = BIB.format(key="lovelace20202th", title="The 2th thing that was made")
    found = [text for path, text in made.items() if path.endswith("cite.bib")]
    assert found == ([wanted] if count else [])
    main.run(["undo", str(site)])
    assert contents(site) == before


def test_a_name_is_written_like_the_others_if_no_page_has_an_alias(tmp_path: Path, program: Program) -> None:
    pages = list_pages(BUNDLES.replace("  - admin\n", "  - A. Kelly\n"), PUBLICATION, ("one.md", "two.md"))
    site = make_site(tmp_path, {"content/authors/admin/_index.md": PROFILE, **pages})
    _, (added,) = program.add(site, NEW)
    assert "  - K. Ness\n" in (site / added["path"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_space_behind_a_name_of_the_template_is_not_copied(
    end: str, tmp_path: Path, program: Program
) -> None:
    spaced = BUNDLES.replace("  - admin\n", "  - A. Kelly   \n").replace("\n", end)
    pages = list_pages(spaced, PUBLICATION, ("one.md", "two.md"))
    site = make_site(tmp_path, {"content/authors/admin/_index.md": PROFILE, **pages})
    _, (added,) = program.add(site, NEW)
    text = (site / added["path"]).read_bytes().decode()
    assert f"  - K. Ness{end}" in text
    assert not re.search(r"^ *- .*[ \t]\r?$", text, re.MULTILINE)


def test_a_section_that_has_a_folder_gets_its_first_page(tmp_path: Path, program: Program) -> None:
    pages = {**list_pages(KIT, PUBLICATION, ("one.md", "two.md")), "content/publications/_index.md": ""}
    site = make_site(tmp_path, pages)
    code, (added,) = program.add(site, NEW, "--section", "publications")
    assert (code, added["path"].rpartition("/")[0]) == (0, "content/publications")


JOURNALS = """\
---
title: The {n}th survey of herons
authors: [Ada Lovelace]
date: "{year}-03-04"
doi: 10.5555/old.{n}
journal: *PLAIN*
{more}---
""".replace("*PLAIN*", "'Journal of Fens'")
CONTAINERS = [
    pytest.param("", "title: Marsh\n", "journal: 'Journal of Marshes'\n", id="a theme of the site's own"),
    pytest.param("", "theme: academic\n", "journal: 'Journal of Marshes'\n", id="a known theme"),
    pytest.param(
        'publication: "*Journal of Fens*"\n',
        "title: Marsh\n",
        "journal: ''\npublication: \"*Journal of Marshes*\"\n",
        id="both keys: the theme reads the other",
    ),
]


@pytest.mark.parametrize(("more", "config", "expected"), CONTAINERS)
def test_a_site_that_calls_the_journal_so_keeps_its_key(
    more: str, config: str, expected: str, tmp_path: Path, program: Program
) -> None:
    pages = list_pages(JOURNALS.replace("{more}", more), PUBLICATION, ("one.md", "two.md"))
    site = make_site(tmp_path, pages, config=config)
    _, (added,) = program.add(site, NEW)
    text = (site / added["path"]).read_text(encoding="utf-8")
    assert expected in text
    assert text.count("Journal of Marshes") == 1
    assert [page["changes"] for page in program.check(site / added["path"], site)] == [[]]


FEATURED = [
    pytest.param(("true", "true", "true"), "true", id="every page"),
    pytest.param(("true", "true", "false"), "false", id="most pages"),
    pytest.param(("false", "true", "true"), "false", id="all but the newest"),
    pytest.param(("true", "true", ""), "false", id="most, and one without the key"),
    pytest.param(("true",), "false", id="the only page"),
    pytest.param(("false", "false", "false"), "false", id="no page"),
]


@pytest.mark.parametrize("key", ["featured", "selected"])
@pytest.mark.parametrize(("values", "expected"), FEATURED)
def test_a_new_page_is_featured_only_if_every_page_is(
    key: str, values: tuple[str, ...], expected: str, tmp_path: Path, program: Program
) -> None:
    names = tuple(f"{number}.md" for number in range(len(values)))
    texts = list_pages(KIT, PUBLICATION, names)
    pages = {
        path: text.replace("featured: false\n", f"{key}: {value}\n" if value else "")
        for (path, text), value in zip(texts.items(), values, strict=True)
    }
    site = make_site(tmp_path, pages)
    _, (added,) = program.add(site, NEW)
    assert f"{key}: {expected}\n" in (site / added["path"]).read_text(encoding="utf-8")


LEGENDS = ("# 7 = Thesis; 8 = Patent", "# 7 = Thesis; 8 = Patent; 9 = Poster", "# 7 = Thesis, 8 = Patent")
OWN_LINES = ("# url_code: https://example.org/0", "# url_code: https://example.org/1", "# - a link of my own")


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        pytest.param(LEGENDS, True, id="versions of a line of the template"),
        pytest.param(OWN_LINES, False, id="commented out keys with a page's own values"),
        pytest.param(("# Ask Kim.", "# Not yet sent", "# Printed twice"), False, id="notes on three pages"),
    ],
)
def test_a_template_comment_keeps_its_lines(
    lines: tuple[str, ...], stays: bool, tmp_path: Path, program: Program
) -> None:
    comment = "# Publication type.\n# Legend: 1 = Conference paper; 2 = Journal article;\n{line}\n"
    names = ("0.md", "1.md", "2.md")
    template = KIT.replace("publication_types", f"{comment}publication_types")
    texts = list_pages(template, PUBLICATION, names)
    pages = {path: text.replace("{line}", lines[at]) for at, (path, text) in enumerate(texts.items())}
    site = make_site(tmp_path, pages)
    _, (added,) = program.add(site, NEW)
    text = (site / added["path"]).read_text(encoding="utf-8")
    assert "# Legend: 1 = Conference paper; 2 = Journal article;\n" in text
    assert any(line in text for line in lines) is stays


def test_two_new_bundles_never_get_one_citation_key(tmp_path: Path) -> None:
    pages = {f"content/publication/p{number}/index.md": page(number) for number in range(2)}
    files = {
        f"content/publication/p{number}/cite.bib": BIB.format(
            key=f"lovelace2020{number}th", title=f"The {number}th thing that was made"
        )
        for number in range(2)
    }
    titles = {2: "Herons of the north marsh", 3: "Herons of the south marsh", 4: "Herons, revisited by boat"}
    records = [record(number, title=[title]) for number, title in titles.items()]
    site = make(tmp_path / "site", {**pages, **files}, records)
    before = contents(site)
    words = ["--site", str(site), "--records", str(site / "records.jsonl")]
    assert main.run(["add", *map(doi_of, titles), *words]) == 0
    texts = [text.decode() for path, text in contents(site).items() if path not in before]
    keys = [text.partition("{")[2].partition(",")[0] for text in texts if text.startswith("@")]
    assert sorted(keys) == ["lovelace2020herons", "lovelace2020heronsa", "lovelace2020heronsb"]


SIMILAR = [
    pytest.param(
        {"title": RECORD["title"][0], "publication": "In *Proc. of the Fen Meeting*"},
        "the page names “In Proc. of the Fen Meeting”", id="another venue",
    ),
    pytest.param(
        {"title": RECORD["title"][0], "publication_types": ["1"]}, "conference paper", id="another kind"
    ),
    pytest.param({"title": RECORD["title"][0], "date": "2020-01-01"}, "the years are 4 apart", id="years"),
    pytest.param(
        {"title": "Herons of the upper marsh, a second survey by boat"}, "the titles are alike", id="alike"
    ),
    pytest.param({"title": "Herons of the upper marsh"}, "the titles are alike", id="without the subtitle"),
    pytest.param({"title": RECORD["title"][0], "authors": []}, "authors cannot be compared", id="no authors"),
    pytest.param({"title": "Bitterns of the lower river: a first count"}, "", id="another title"),
    pytest.param({"title": "Frogs of the upper marsh: a third survey"}, "", id="another survey"),
    pytest.param({"title": RECORD["title"][0], "authors": ["Jon Other"]}, "", id="other people"),
    pytest.param({"title": RECORD["title"][0], "date": "2020-01-01", "doi": "10.5555/o"}, "", id="a DOI"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "reason"), SIMILAR)
def test_a_page_without_a_doi_that_may_be_about_the_paper_is_named(
    keys: dict[str, object], reason: str, tmp_path: Path, program: Program
) -> None:
    people = ["Kim Ness", "Mara Lou van der Wal", "The Marsh Group"]
    values = {"authors": people, "date": "2024-01-01", "publication_types": ["2"], **keys}
    mine = "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\n"
    site = make_site(tmp_path, {f"{PUBLICATION}/mine.md": mine})
    code, (added,) = program.add(site, NEW)
    assert (code, added["status"]) == (0, "added")
    assert ("mine.md has no DOI and may be about this work" in program.errors) is bool(reason)
    assert reason in program.errors


OTHER_DOI = [
    pytest.param({}, {}, "2 of 2 authors are shared", id="an earlier version, or an abstract"),
    pytest.param({"date": "2021-01-01"}, {}, "the years are 3 apart", id="years"),
    pytest.param({"publication": "*Proc. of the Fen Meeting*"}, {}, "the page names", id="another venue"),
    pytest.param({"publication_types": ["1"]}, {}, "conference paper", id="another kind"),
    pytest.param({"authors": []}, {}, "the authors cannot be compared", id="no authors"),
    pytest.param({"authors": ["Jon Other"]}, {}, "", id="other people"),
    pytest.param({"title": "Frogs of the upper marsh"}, {}, "", id="another title"),
    pytest.param({"title": "Editorial"}, {"title": ["Editorial"]}, "", id="a title of many works"),
    pytest.param(
        {"title": "Marsh birds: a reply"}, {"title": ["Marsh birds"]}, "", id="only a part of the title"
    ),
]


@pytest.mark.parametrize(("keys", "record", "reason"), OTHER_DOI)
def test_a_page_with_the_title_and_another_doi_is_named(
    keys: dict[str, object], record: dict[str, object], reason: str, tmp_path: Path, program: Program
) -> None:
    people = ["Kim Ness", "Mara Lou van der Wal"]
    values = {
        "title": RECORD["title"][0],
        "authors": people,
        "date": "2024-01-01",
        "doi": "10.5555/o",
        **keys,
    }
    mine = "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\n"
    site = make_site(tmp_path, {f"{PUBLICATION}/mine.md": mine}, {**RECORD, "DOI": "10.5555/n", **record})
    code, (added,) = program.add(site, "10.5555/n")
    assert (code, added["status"]) == (0, "added")
    assert reason in program.errors
    assert ("has this title and the DOI 10.5555/o" in program.errors) is bool(reason)


@pytest.mark.parametrize(
    ("more", "warning"),
    [
        ({"type": "component", "title": ["Figure 2"]}, "(component), not of a paper"),
        ({"type": "peer-review"}, "(peer review), not of a paper"),
        ({"title": ["Correction to: Herons of the upper marsh"]}, "not of a paper; check the DOI"),
        ({"type": "journal", "title": ["Journal of Marshes"]}, "(journal), not of a paper"),
        ({"type": "book-chapter"}, ""),
        ({"type": "posted-content"}, ""),
    ],
)
def test_the_record_of_a_part_or_a_notice_gets_a_page_and_a_warning(
    more: dict[str, object], warning: str, tmp_path: Path, program: Program
) -> None:
    site = make_site(tmp_path, list_pages(KIT, PUBLICATION, ("one.md", "two.md")))
    put_records(site, [RECORD | more])
    code, (added,) = program.add(site, NEW)
    assert (code, added["status"]) == (0, "added")
    assert warning in program.errors
    assert ("not of a paper" in program.errors) is bool(warning)


def test_an_author_without_a_readable_name_is_left_out(tmp_path: Path, program: Program) -> None:
    people = [{"family": "<img src=x onerror=1>"}, {"given": "Kim", "family": "Ness"}, {"name": "{{{{"}]
    for number, template in enumerate((KIT, KIT.replace("[me, Ada Lovelace]", "[{name: Ada Lovelace}]"))):
        site = make_site(tmp_path / str(number), list_pages(template, PUBLICATION, ("one.md", "two.md")))
        put_records(site, [RECORD | {"author": people}])
        _, (added,) = program.add(site, NEW)
        text = (site / added["path"]).read_text(encoding="utf-8")
        assert "Kim Ness" in text
        assert '""]' not in text
        assert 'name: ""' not in text
