"""A page's dialect: from its own values, its site's majority, the module, or the owner's setting."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest

from enrich.model.page import KeyPath
from enrich.model.site_context import Dialect, SiteContext, ThemeSettings
from enrich.site.site_survey import Survey, survey_site
from tests.support.trees import pages_of, site_of

BLANK = "content/publication/page/index.md"
KIT: KeyPath = ("hugoblox", "ids", "doi")


def yaml(**values: object) -> str:
    """Return a page with these values, written as JSON within YAML."""
    import json

    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\n"


def other(number: int, **values: object) -> dict[str, str]:
    """Return one more page of a site."""
    return {f"content/publication/other{number}/index.md": yaml(**values)}


def imports(*names: str) -> dict[str, str]:
    """Return a module configuration that imports these."""
    lines = "".join(f"  - path: github.com/{name}\n" for name in names)
    return {"config/_default/module.yaml": f"imports:\n{lines}"}


ACADEMIC = {"config.toml": 'theme = "academic"\n'}
V5 = "github.com/wowchemy/wowchemy-hugo-themes/modules/wowchemy/v5"
OLD, LATE = "v5.0.0-20220606081200-38346b6b4a3c", "v5.0.0-20231001081200-38346b6b4a3c"
WOWCHEMY = imports(V5.removeprefix("github.com/"))
BOOTSTRAP = imports("HugoBlox/hugo-blox-builder/modules/blox-bootstrap/v5")
TAILWIND = imports("HugoBlox/hugo-blox-builder/modules/blox-tailwind")
KIT_MODULE = imports("HugoBlox/kit/modules/integrations/netlify", "HugoBlox/kit/modules/blox")
NUMBER, CSL = {"publication_types": ["2"]}, {"publication_types": ["article-journal"]}
IN_KIT = {"hugoblox": {"ids": {"doi": "10.1234/x"}}}


def surveyed(tmp_path: Path, files: Mapping[str, str], owner: ThemeSettings | None = None) -> Survey:
    """Return the survey of a site with these files."""
    site = site_of(tmp_path, files)
    return survey_site(site, pages_of(site), owner)


def site_context(found: Survey, path: str = BLANK) -> SiteContext:
    """Return what a survey says about one of its pages."""
    page = next(page for page in pages_of(found.site) if page.path == path)
    return found.make_context(page)


def dialect(tmp_path: Path, files: Mapping[str, str], owner: ThemeSettings | None = None) -> Dialect:
    """Return the dialect of a site's page."""
    return site_context(surveyed(tmp_path, {BLANK: yaml(title="A"), **files}, owner)).dialect


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, "number", id="nothing states it"),
        pytest.param(BOOTSTRAP, "csl", id="the module"),
        pytest.param(BOOTSTRAP | other(1, **NUMBER), "number", id="the site before the module"),
        pytest.param(other(1, **NUMBER) | other(2, **CSL) | other(3, **CSL), "csl", id="the majority"),
        pytest.param({BLANK: yaml(**CSL)} | WOWCHEMY | other(1, **NUMBER), "csl", id="the page before all"),
        pytest.param({BLANK: yaml(publication_types=["0"])} | BOOTSTRAP, "csl", id="a zero says nothing"),
        pytest.param({BLANK: yaml(publication_types=["0"])}, "number", id="a zero if nothing states more"),
        pytest.param({BLANK: yaml(publication_types=[])} | other(1, **CSL), "csl", id="an empty list"),
        pytest.param({BLANK: yaml(publication_types=["preprint"])} | other(1, **NUMBER), "number",
                     id="an odd value"),
        pytest.param({BLANK: yaml(publication_types=["9"])} | other(1, **CSL), "csl", id="an odd number"),
        pytest.param({BLANK: yaml(publication_types="Article-Journal")}, "csl", id="a text, in another case"),
        pytest.param({BLANK: yaml(publication_types=[2])} | other(1, **CSL), "number",
                     id="a number, not quoted"),
        pytest.param({BLANK: yaml(Publication_Types=["2"])} | other(1, **CSL), "number",
                     id="a key in another case"),
    ],
)  # fmt: skip
def test_types(tmp_path: Path, files: Mapping[str, str], expected: str) -> None:
    assert dialect(tmp_path, files).types == expected


def test_the_owners_setting_wins(tmp_path: Path) -> None:
    files = {BLANK: yaml(**CSL, math=True)} | other(1, **CSL) | BOOTSTRAP
    found = dialect(tmp_path, files, ThemeSettings(generation="academic", types="number", math="raw"))
    assert (found.generation, found.types, found.math) == ("academic", "number", "raw")
    assert found.names_are_markdown


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, "wowchemy", id="nothing is known"),
        pytest.param(ACADEMIC, "academic", id="a theme"),
        pytest.param({"hugo.yaml": "theme: [academic-dev]\n"}, "academic", id="a list of themes"),
        pytest.param({"config.toml": "theme = 'starter-academic'\n"}, "wowchemy", id="a starter"),
        pytest.param({"themes/hugo-academic/theme.toml": ""}, "academic", id="a folder in themes"),
        pytest.param({"data/academic.toml": ""}, "academic", id="a data file"),
        pytest.param({BLANK: "+++\ntitle = 'A'\n+++\n"}, "academic", id="TOML pages"),
        pytest.param(WOWCHEMY, "wowchemy", id="wowchemy"),
        pytest.param({"go.mod": f"require (\n\t{V5} {OLD} // indirect\n)\n"}, "wowchemy", id="go.mod"),
        pytest.param({"go.mod": f"require {V5} {LATE}\n"}, "bootstrap", id="a late one by its day"),
        pytest.param({"go.mod": f"require {V5} v5.9.1\n"},
                     "bootstrap", id="a late one by its version"),
        pytest.param({"go.mod": "// github.com/HugoBlox/kit/modules/blox v1\n"} | WOWCHEMY, "wowchemy",
                     id="a comment"),
        pytest.param(BOOTSTRAP, "bootstrap", id="bootstrap"),
        pytest.param(TAILWIND, "tailwind", id="tailwind"),
        pytest.param(KIT_MODULE, "kit", id="kit"),
        pytest.param(KIT_MODULE | other(1, **CSL), "kit", id="kit with CSL types"),
        pytest.param({BLANK: yaml(**IN_KIT)} | WOWCHEMY, "kit", id="a page of kit on an older site"),
        pytest.param({BLANK: yaml(**IN_KIT)} | TAILWIND, "tailwind", id="a late tailwind has kit's ids"),
        pytest.param(other(1, **IN_KIT), "kit", id="the majority of the pages"),
        pytest.param(BOOTSTRAP | other(1, **NUMBER), "wowchemy", id="pages of an older generation"),
        pytest.param(WOWCHEMY | other(1, **CSL), "bootstrap", id="pages of a newer generation"),
    ],
)  # fmt: skip
def test_generation(tmp_path: Path, files: Mapping[str, str], expected: str) -> None:
    assert dialect(tmp_path, files).generation == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(ACADEMIC, True, id="Academic renders them"),
        pytest.param(ACADEMIC | other(1, **IN_KIT), True, id="whatever its pages are like"),
        pytest.param(WOWCHEMY, False, id="Wowchemy does not"),
        pytest.param({BLANK: "+++\n+++\n"}, True, id="pages in TOML without a known module"),
    ],
)
def test_names_are_markdown(tmp_path: Path, files: Mapping[str, str], *, expected: bool) -> None:
    assert dialect(tmp_path, files).names_are_markdown is expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, ("doi",), id="nothing states it"),
        pytest.param(KIT_MODULE, KIT, id="the module"),
        pytest.param(KIT_MODULE | other(1, doi="10.1/x"), ("doi",), id="the site before the module"),
        pytest.param(other(1, doi="10.1/x") | other(2, **IN_KIT) | other(3, **IN_KIT), KIT,
                     id="the majority"),
        pytest.param({BLANK: yaml(DOI="")} | KIT_MODULE, ("DOI",),
                     id="the key that is there, as it is spelt"),
        pytest.param({BLANK: yaml(HugoBlox={"ids": {"arxiv": "x"}})}, ("HugoBlox", "ids", "doi"), id="ids"),
    ],
)  # fmt: skip
def test_where_the_doi_lives(tmp_path: Path, files: Mapping[str, str], expected: KeyPath) -> None:
    assert dialect(tmp_path, files).doi == expected


PLAIN, EMPHASIS, IN_EMPHASIS = ("", ""), ("*", "*"), ("In *", "*")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, EMPHASIS, id="nothing states it"),
        pytest.param(other(1, publication="Nature"), PLAIN, id="plain"),
        pytest.param(other(1, publication="In *ICML*"), IN_EMPHASIS, id="in emphasis"),
        pytest.param(other(1, publication="In: _ICML_"), IN_EMPHASIS, id="in emphasis, otherwise"),
        pytest.param(other(1, publication="*Nature 1* (2)"), EMPHASIS, id="emphasis with more after it"),
        pytest.param(other(1, publication="**Nature**"), PLAIN, id="bold is the owner's own matter"),
        pytest.param(other(1, publication="") | other(2, publication="Nature"), PLAIN,
                     id="empty says nothing"),
        pytest.param({BLANK: yaml(publication="Nature")} | other(1, publication="*A*"), PLAIN,
                     id="the page itself"),
        pytest.param({BLANK: yaml(publication={"name": "Nature"})} | other(1, publication="*A*"), PLAIN,
                     id="a mapping"),
        pytest.param(
            {BLANK: yaml(publication_types=["2"])} | other(1, publication="*A*", publication_types=["2"])
            | other(2, publication="In *B*", publication_types=["1"])
            | other(3, publication="In *C*", publication_types=["1"]),
            EMPHASIS, id="an article is written as the other articles",
        ),
        pytest.param(
            {BLANK: yaml(publication_types=["1"])} | other(1, publication="*A*", publication_types=["2"])
            | other(2, publication="In *B*", publication_types=["1"]) | other(3, publication="*C*"),
            IN_EMPHASIS, id="a conference paper as the other conference papers",
        ),
        pytest.param(
            {BLANK: yaml(publication_types=["1"])} | other(1, publication="A", publication_types=["2"]),
            PLAIN, id="a conference paper on a site without others",
        ),
    ],
)  # fmt: skip
def test_the_journals_wrapper(tmp_path: Path, files: Mapping[str, str], expected: tuple[str, str]) -> None:
    assert dialect(tmp_path, files).journal == expected


PASSES = "markup:\n  goldmark:\n    extensions:\n      passthrough:\n        enable: {}\n"


def params(text: str) -> dict[str, str]:
    """Return the site's parameters."""
    return {"config/_default/params.yaml": text}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, "off", id="nothing states it"),
        pytest.param(params("math: true\n"), "escaped", id="Academic and Wowchemy"),
        pytest.param(params("Math: false\n"), "off", id="turned off"),
        pytest.param(params("features:\n  math:\n    enable: true\n"), "escaped", id="the newer place"),
        pytest.param(params("hugoblox: {content: {math: {enable: true}}}\n") | KIT_MODULE, "raw", id="kit"),
        pytest.param(params("math: true\n") | {"hugo.yaml": PASSES.format("true")}, "raw",
                     id="passed through"),
        pytest.param(params("math: true\n") | TAILWIND | {"hugo.yaml": PASSES.format("false")}, "escaped",
                     id="not"),
        pytest.param({BLANK: yaml(math=True)} | TAILWIND, "raw", id="this page alone"),
        pytest.param({"hugo.toml": "[params]\nmath = true\n"}, "escaped", id="in the main file"),
    ],
)  # fmt: skip
def test_math(tmp_path: Path, files: Mapping[str, str], expected: str) -> None:
    assert dialect(tmp_path, files).math == expected


DOI = {"doi": "10.1234/x"}
BILINGUAL = "defaultContentLanguage = 'en'\n[languages.en]\nlanguageCode = 'en-us'\n[languages.fr]\n"


@pytest.mark.parametrize(
    ("paths", "twins", "duplicates"),
    [
        pytest.param(["content/en/publication/x.md", "content/de/publication/x.md"], [1], [], id="folders"),
        pytest.param(["content/publication/x/index.md", "content/publication/x/index.fr.md"], [1], [],
                     id="names"),
        pytest.param(["content/publication/x.md", "content/publication/y.md"], [], [1], id="two pages"),
        pytest.param(["content/publication/x.md", "content/publications/x/index.md"], [], [1],
                     id="two sections"),
        pytest.param(["content/en/publication/x.md", "content/de/publication/y.md"], [1], [],
                     id="other names"),
        pytest.param(
            ["content/en/publication/x.md", "content/en/publication/y.md", "content/de/publication/x.md"],
            [2], [1], id="a twin and a duplicate",
        ),
        pytest.param(["content/publication/x.md", "content/publication/x.fr.md"], [1], [], id="flat files"),
    ],
)  # fmt: skip
def test_twins_and_duplicates(
    tmp_path: Path, paths: list[str], twins: list[int], duplicates: list[int]
) -> None:
    dois = ["10.1234/X", "https://doi.org/10.1234/x", "10.1234/x "]
    files = {path: yaml(doi=doi) for path, doi in zip(paths, dois, strict=False)}
    found = surveyed(tmp_path, {"hugo.toml": "" if "en/" in paths[0] else BILINGUAL, **files})
    beside = site_context(found, paths[0])
    assert [twin.path for twin in beside.twins] == [paths[number] for number in twins]
    assert list(beside.duplicates) == [paths[number] for number in duplicates]


def test_pages_without_a_doi_have_no_twins(tmp_path: Path) -> None:
    files = other(1, doi="") | other(2, doi="in press") | other(3, doi="in press") | {BLANK: yaml(doi="")}
    found = surveyed(tmp_path, files)
    assert not found.same_doi
    assert site_context(found).duplicates == ()


@pytest.mark.parametrize(
    ("files", "path", "language"),
    [
        pytest.param({}, "content/publication/x.md", "", id="nothing states it"),
        pytest.param({"hugo.toml": "languageCode = 'de-CH'\n"}, "content/publication/x.md", "de",
                     id="the site"),
        pytest.param({"hugo.toml": BILINGUAL}, "content/publication/x.md", "en", id="the default"),
        pytest.param({"hugo.toml": BILINGUAL}, "content/publication/x.fr.md", "fr", id="the name"),
        pytest.param({"hugo.toml": BILINGUAL}, "content/publication/x.al.md", "en",
                     id="no language of the site"),
        pytest.param({}, "content/pt-br/publication/x.md", "pt", id="the folder"),
        pytest.param({"config/_default/languages.yaml": "cn: {languageCode: zh-cn}\n"},
                     "content/cn/publication/x.md", "zh", id="a key of the owner's own"),
        pytest.param({"config/_default/languages.yaml": "en: {languageCode: en-us}\n"},
                     "content/publication/x.md", "en", id="the only language"),
        pytest.param({"config/_default/hugo.yaml": "defaultContentLanguage: es\n",
                      "config/_default/languages.yaml": "es: {locale: es-es}\nen: {locale: en-us}\n"},
                     "content/publication/x.md", "es", id="a locale"),
        pytest.param({"hugo.yaml": "languages:\n  de:\n    contentDir: inhalt\n"},
                     "inhalt/publication/x.md", "de", id="a content folder of its own"),
    ],
)  # fmt: skip
def test_the_language_of_a_page(tmp_path: Path, files: Mapping[str, str], path: str, language: str) -> None:
    assert site_context(surveyed(tmp_path, {**files, path: yaml(title="A")}), path).language == language


def test_the_spellings_are_counted_as_typed(tmp_path: Path) -> None:
    files = other(1, authors=["admin", "Ö. Lee"]) | other(2, authors=["admin", {"name": "X"}])
    found = surveyed(tmp_path, {BLANK: yaml(authors="Lee, Ö."), **files})
    assert site_context(found).spellings == {"admin": 2, "Ö. Lee": 1, "Lee, Ö.": 1}


def test_a_page_overrules_the_site_and_the_survey_says_where_the_module_is_named(tmp_path: Path) -> None:
    files = other(1, **NUMBER, doi="10.1/y") | other(2, **NUMBER) | BOOTSTRAP
    found = surveyed(tmp_path, {BLANK: yaml(**CSL), **files})
    page = next(page for page in pages_of(found.site) if page.path == BLANK)
    dialect = found.find_dialect(page)
    assert (dialect.types, dialect.doi) == ("csl", ("doi",))
    assert found.tallies.types == {"csl": 1, "number": 2}
    assert found.tallies.doi == {("doi",): 1}
    assert found.where == "module.imports: github.com/hugoblox/hugo-blox-builder/modules/blox-bootstrap/v5"


BARE = {"title": "A", "doi": "10.1/x"}


@pytest.mark.parametrize(
    ("files", "owner", "theme"),
    [
        pytest.param({"hugo.yaml": "theme: hugo-papermod\n"}, "", "hugo-papermod", id="another theme"),
        pytest.param(imports("me/docsy"), "", "github.com/me/docsy", id="another module"),
        pytest.param({"hugo.yaml": "theme: [ananke, hugo-academic]\n"}, "", None, id="one of them is known"),
        pytest.param(imports("HugoBlox/hugo-blox-builder/modules/x"), "", None, id="a module of HugoBlox"),
        pytest.param({"hugo.yaml": "title: x\n"}, "", "", id="none is named and no page has a type"),
        pytest.param(
            {"hugo.yaml": "title: x\n", **other(1, **NUMBER)}, "", None, id="none is named, pages have types"
        ),
        pytest.param({"themes/academic/theme.toml": ""}, "", None, id="a known theme in its folder"),
        pytest.param({"hugo.yaml": "theme: ananke\n"}, "academic", None, id="the owner settles it"),
    ],
)
def test_a_foreign_theme(
    tmp_path: Path, files: Mapping[str, str], owner: Literal["", "academic"], theme: str | None
) -> None:
    known = surveyed(tmp_path, {BLANK: yaml(**BARE), **files}, ThemeSettings(generation=owner))
    found = site_context(known)
    assert (found.is_foreign_theme, found.theme) == (theme is not None, theme or "")


def test_usual_keys_are_those_of_more_than_half_of_the_pages(tmp_path: Path) -> None:
    files = other(1, Title="B", params={"DOI": "10.1/y"}) | other(2, title="C", abstract="")
    known = surveyed(tmp_path, {BLANK: yaml(**BARE), **files})
    assert site_context(known).usual_keys >= {"title", "doi"}
    assert "abstract" not in site_context(known).usual_keys


LEGEND = """---
title: A
# Legend: 0 = Uncategorized; 1 = Conference paper; 2 = Journal article;
# 3 = Preprint / Working Paper; 4 = Report; 5 = Book; 6 = Book section;
# 7 = Thesis; 8 = Patent{more}
publication_types: ["2"]
---
"""


@pytest.mark.parametrize(
    ("more", "added"),
    [
        pytest.param("", set(), id="the theme's own list"),
        pytest.param("; 9 = Workshop paper", {"9"}, id="one more type"),
        pytest.param("; 9 = Workshop / Poster; 10 = Magazine", {"9", "10"}, id="two more"),
        pytest.param("\n# 9 = Software\n#  10 = Data", {"9", "10"}, id="on lines of their own"),
        pytest.param("; -1 = Not published", {"-1"}, id="a negative one"),
        pytest.param("; 9 = ; 10 = Data", {"10"}, id="a number without a word"),
        pytest.param("; version 2.9 = x9 = y", set(), id="numbers inside of words"),
        pytest.param("; 100 = Too long", set(), id="three digits"),
        pytest.param("\nheight: 9 # 9 = Large", set(), id="another comment"),
        pytest.param("\n---\n# 9 = A heading", set(), id="the text of the page"),
    ],
)
def test_the_types_that_a_comment_explains(tmp_path: Path, more: str, added: set[str]) -> None:
    own = set(map(str, range(9)))
    found = surveyed(
        tmp_path, {BLANK: yaml(title="A"), "content/publication/b.md": LEGEND.replace("{more}", more)}
    )
    assert {*site_context(found).legend_types} == own | added


@pytest.mark.parametrize("text", ["# 9 = Large", "# image 1 = full; 9 = Large", 'x: "1 = Conference; 9 = B"'])
def test_other_comments_explain_no_types(tmp_path: Path, text: str) -> None:
    assert not site_context(surveyed(tmp_path, {BLANK: f"---\n{text}\n---\n"})).legend_types
