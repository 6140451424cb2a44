"""Records that attack: after `apply --all`, real Hugo builds the pages with everything dangerous allowed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.support.hugo_render import LAYOUT, SENTINEL, build, read_html
from tests.support.hugo_site import binaries
from tests.support.made_site import make, run
from tests.writer.test_sanitize_hugo import HOSTILE, OURS, words

NAMES = list(HOSTILE)
Attacked: TypeAlias = tuple[Path, Mapping[str, Any]]
FIELDS = ("title", "authors", "publication", "abstract")
# What else the themes do with an abstract: as a summary in a list, and in a page's description.
MORE = (
    "§§summary§§{{ .Params.abstract | markdownify | emojify | truncate 500 }}\n"
    "§§description§§{{ .Params.abstract | plainify | htmlUnescape | chomp }}\n"
    "§§end§§\n"
)
THEMES = LAYOUT.replace("§§end§§\n", MORE)
NAMES_AS_MARKDOWN = THEMES.replace(
    "{{ range .Params.authors }}{{ . }}", "{{ range .Params.authors }}{{ . | markdownify }}"
)
MAPPED_JOURNAL = THEMES.replace(".Params.publication | markdownify", ".Params.publication.name | markdownify")


OLD = "An old abstract of the owner that nobody wants"
YAML_STYLES = (
    f'"{OLD}"',
    f"'{OLD}'",
    OLD,
    f"|\n  {OLD}",
    f">-\n  {OLD}\n  and more of it",
    f"{OLD} and\n  more of it",
)
TOML_STYLES = (f'"{OLD}"', f"'{OLD}'", f'"""\n{OLD}"""', f"'''{OLD}\n'''")


def as_yaml(number: int, doi: str, *, old: bool, types: str, journal: str) -> str:
    """Return a YAML page, its values empty or in a style that goes by the number."""
    title, authors = ("An old title", "[Ada Lovelace]") if old else ("", "[]")
    text = YAML_STYLES[number % len(YAML_STYLES)] if old else '""'
    return (
        f'---\ntitle: {title}\nauthors: {authors}\ndate: "2020-02-03"\n{doi}publication_types: ["{types}"]\n'
        f"{journal}abstract: {text}\n---\nText.\n"
    )


def as_toml(number: int, doi: str, old: bool) -> str:
    """Return a TOML page, its values empty or in a style that goes by the number."""
    title, authors, journal = (
        ("An old title", '["Ada Lovelace"]', "*An Old Journal*") if old else ("", "[]", "")
    )
    text = TOML_STYLES[number % len(TOML_STYLES)] if old else '""'
    return (
        f'+++\ntitle = "{title}"\nauthors = {authors}\ndate = "2020-02-03"\ndoi = "{doi}"\n'
        f'publication_types = ["2"]\npublication = "{journal}"\nabstract = {text}\n+++\nText.\n'
    )


@dataclass(frozen=True, eq=False)  # the mapping in it has no hash
class Generation:
    """A theme's generation: the site's configuration, a page (empty or with old values), how it is built."""

    config: Mapping[str, str]
    page: Callable[[int, str, bool], str]
    layout: str = THEMES
    passthrough: bool = False


def _yaml(
    types: str, doi: str = 'doi: "{}"\n', journal: str = 'publication: "{}"\n'
) -> Callable[[int, str, bool], str]:
    return lambda number, name, old: as_yaml(
        number,
        doi.format(name),
        old=old,
        types=types,
        journal=journal.format("*An Old Journal*" if old else ""),
    )


MODULE = "module x\nrequire github.com/"
GENERATIONS = {
    "Academic, TOML, numbers, names as Markdown": Generation(
        {"config.toml": 'theme = "academic"\n'},
        as_toml,
        layout=NAMES_AS_MARKDOWN,
    ),
    "Wowchemy, YAML, numbers, formulas": Generation(
        {
            "go.mod": f"{MODULE}wowchemy/wowchemy-hugo-themes/modules/wowchemy/v5 v5.0.0\n",
            "config/_default/params.yaml": "math: true\n",
        },
        _yaml("2"),
    ),
    "HugoBlox Bootstrap, YAML, CSL": Generation(
        {"go.mod": f"{MODULE}HugoBlox/hugo-blox-builder/modules/blox-bootstrap/v5 v5.9.0\n"},
        _yaml("article-journal"),
    ),
    "HugoBlox Tailwind, YAML, CSL, formulas": Generation(
        {
            "go.mod": f"{MODULE}HugoBlox/hugo-blox-builder/modules/blox-tailwind v0.2.0\n",
            "config/_default/params.yaml": "features:\n  math:\n    enable: true\n",
        },
        _yaml("article-journal"),
        passthrough=True,
    ),
    "HugoBlox Kit, YAML, the journal a mapping, formulas": Generation(
        {
            "go.mod": f"{MODULE}HugoBlox/kit/modules/blox v0.10.0\n",
            "config/_default/params.yaml": "hugoblox:\n  content:\n    math:\n      enable: true\n",
        },
        _yaml(
            "article-journal",
            doi='hugoblox:\n  ids:\n    doi: "{}"\n',
            journal='publication:\n  name: "{}"\n  volume: ""\n',
        ),
        layout=MAPPED_JOURNAL,
        passthrough=True,
    ),
}


def record(number: int, doi: str, text: str) -> dict[str, object]:
    """Return a record that attacks wherever it can, by people whom no other record has."""
    own = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [text],
        "author": [
            {"given": "Ada", "family": "Lovelace"},
            {"given": f"Grace{own}", "family": text},
            {"name": f"Group {own} of {text}"},
            {"given": text, "family": f"Hopper{own}"},
        ],
        "container-title": [text],
        "volume": text,
        "issued": {"date-parts": [[2020, 2, 3]]},
        "abstract": f"{text}\n\nHerons were counted in nine winters.",  # a sentence: a heading is no abstract
    }


def decide_everything(site: Path) -> Path:
    """Write a file of decisions that takes every change that can be made, and return it."""
    report = site / "check.json"
    run("check", site, "--format", "json", "--output", str(report))
    rows = [
        {
            "path": page["path"],
            "sha256": hashlib.sha256((site / page["path"]).read_bytes()).hexdigest(),
            "decision": "take",
            **{name: change[name] for name in ("field", "old", "new")},
            "key": change["key"].split("."),
        }
        for page in json.loads(report.read_text(encoding="utf-8"))["pages"]
        for change in page["changes"]
        if not change.get("refused")
    ]
    decisions = site / "decisions.json"
    decisions.write_text(json.dumps({"schema": 1, "decisions": rows}), encoding="utf-8")
    return decisions


@pytest.fixture(scope="module", params=GENERATIONS)
def generation(request: pytest.FixtureRequest) -> Generation:
    return GENERATIONS[request.param]


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Generation], Attacked]:
    """Return a function that attacks a site of a generation, each only once, in whatever order tests run."""
    return cache(lambda generation: attack_site(tmp_path_factory.mktemp("attacked"), generation))


def attack_site(root: Path, generation: Generation) -> Attacked:
    """Return a site with every change taken, each attack on an empty page and on a full one; the report."""
    pages, records = {}, []
    for number, text in enumerate(HOSTILE.values()):
        for old in (False, True):
            doi = f"10.5555/hostile.{number}.{int(old)}"
            pages[f"content/publication/p{number}{'-old' if old else ''}.md"] = generation.page(
                number, doi, old
            )
            records.append(record(number, doi, text))
    site = make(root, {**generation.config, **pages}, records)
    output = site / "report.json"
    decisions = decide_everything(site)
    assert run("apply", site, "--decisions", str(decisions), "--format", "json", "--output", str(output)) == 0
    return site, {page["path"]: page for page in json.loads(output.read_text(encoding="utf-8"))["pages"]}


@pytest.fixture(scope="module")
def attacked(generation: Generation, attack: Callable[[Generation], Attacked]) -> Attacked:
    """Return the attacked site and the report on it."""
    return attack(generation)


@pytest.fixture(scope="module", params=binaries() or [""])
def built(
    request: pytest.FixtureRequest,
    generation: Generation,
    attacked: Attacked,
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Mapping[str, str]]:
    """Return every page's fields as each Hugo that is here shows them."""
    if not request.param:
        pytest.skip("no Hugo: it is in the `test` extra")
    folder = attacked[0] / "content/publication"
    texts = {f"publication/{path.stem}": path.read_bytes().decode("utf-8") for path in folder.glob("*.md")}
    return build(
        tmp_path_factory.mktemp("hugo"),
        texts,
        request.param,
        passthrough=generation.passthrough,
        layout=generation.layout,
    )


@pytest.mark.parametrize("old", ["", "-old"], ids=["into empty values", "over old values"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_an_attack_is_alive_and_its_words_are_there(
    name: str, old: str, built: Mapping[str, Mapping[str, str]], attacked: Attacked
) -> None:
    place = f"publication/p{NAMES.index(name)}{old}"
    changes = attacked[1][f"content/{place}.md"]["changes"]
    written = {change["field"] for change in changes if change["written"]}
    for shown, source in built[place].items():
        html = read_html(source)
        assert SENTINEL not in source, shown
        assert set(html.tags) <= OURS, (shown, source)
        assert not html.attributes, (shown, source)
        if shown in written:
            assert words(html.text) >= words(HOSTILE[name]), (shown, source)


def test_hardly_an_attack_was_turned_away(attacked: Attacked) -> None:
    pages = attacked[1].values()
    written = [{change["field"] for change in page["changes"] if change["written"]} for page in pages]
    assert len(HOSTILE) >= 60
    assert len(written) == 2 * len(HOSTILE)
    # Some attacks leave too little of a text, or a cut one, which is never written.
    for shown in FIELDS:
        assert sum(shown in fields for fields in written) > 0.8 * len(written), shown


def test_a_second_apply_finds_nothing_more_to_write(attacked: Attacked) -> None:
    site = attacked[0]
    before = {path: path.read_bytes() for path in site.rglob("*.md")}
    assert run("apply", site, "--all", "--quiet", "--output", str(site / "again.txt")) == 0
    assert {path: path.read_bytes() for path in site.rglob("*.md")} == before
