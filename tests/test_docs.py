"""The documents: their commands run, and their generated parts match the program."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import jsonschema
import pytest

from docs.generate import BLOCKS, format_schema, list_commands, read_block
from enrich.cli import main
from enrich.errors import UsageError
from enrich.reconciler.fields.registry import load_fields
from enrich.reconciler.findings.registry import explain_finding, list_finding_codes
from enrich.settings.accepted_words import list_report_formats
from enrich.settings.json_schema import build_schema
from enrich.settings.load import load_settings
from tests.support.documents import DOCS, document, fences, section
from tests.support.sample import ROOT

NAMES = sorted(path.name for path in DOCS.glob("*.md"))
LINES = sorted(
    {
        (name, line)
        for name in NAMES
        for language, text in fences(document(name))
        for line in text.splitlines()
        if language == "sh" and line.startswith("enrich ")
    }
)
# What is typed, between backticks in the text.
SPANS = sorted({span for name in NAMES for span in re.findall(r"`(enrich [a-z][^`\n]*)`", document(name))})
EXAMPLES = [(name, text) for name in NAMES for language, text in fences(document(name)) if language == "toml"]


@pytest.mark.parametrize(("name", "marker"), BLOCKS)
def test_the_generated_documents_are_up_to_date(name: str, marker: str) -> None:
    # click wraps its help a little differently from release to release.
    assert read_block(name, marker).split() == BLOCKS[name, marker]().split(), "run python -m docs.generate"


def test_the_schema_is_up_to_date() -> None:
    text = (DOCS / "enrich.schema.json").read_text(encoding="utf-8")
    assert text == format_schema(), "run python -m docs.generate"
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("code", list_finding_codes())
def test_every_finding_has_its_section_with_a_next_step(code: str) -> None:
    found = re.sub(r"<!--.*?-->", "", section("findings.md", f"### {code}"))
    assert "**What to do:**" in found
    words = re.sub(r"[*]", "", found.replace("``", "`")).split()
    explained = (explain_finding(code) or "").split()
    assert words[1:] == explained[2:]


def test_every_section_is_about_an_existing_finding() -> None:
    assert re.findall(r"^### (.+)", section("findings.md", "## The findings"), re.MULTILINE) == [
        *dict.fromkeys(re.findall(r"^### (.+)", document("findings.md"), re.MULTILINE))
    ]
    assert set(re.findall(r"^### (.+)", document("findings.md"), re.MULTILINE)) == set(list_finding_codes())


@pytest.mark.parametrize(("name", "line"), [*LINES, *(("text", span) for span in SPANS)])
def test_a_command_can_be_typed(name: str, line: str) -> None:
    words = shlex.split(re.split(r" (?:\||>|&&|;|#) ?", line)[0])[1:]
    words = [{"CODE": "retracted", "DOI": "10.5555/1", "COMMAND": "check"}.get(word, word) for word in words]
    assert name
    command: click.Command = main.enrich
    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words.pop(0))
        assert found, line
        command = found
    if words and "…" not in line:
        command.make_context("enrich", [*words], resilient_parsing=False)


def test_the_documents_speak_of_commands() -> None:
    assert len(LINES) >= 8
    assert {"enrich review", "enrich undo", "enrich init"} <= {line for _, line in LINES}


@pytest.mark.parametrize("name", NAMES)
def test_an_option_of_a_document_exists(name: str) -> None:
    prose = re.sub(r"^```.*?^```$", "", document(name), flags=re.DOTALL | re.MULTILINE)
    known = {option for _, command in list_commands() for each in command.params for option in each.opts}
    known |= {"--help", "--version", "--nonblock", "--bibtex", "--overwrite"}
    spans = [
        span for span in re.findall(r"`([^`\n]+)`", prose) if not span.startswith(("systemctl", "journalctl"))
    ]
    named = {word for span in spans for word in re.findall(r"(?<![\w-])--[a-z][a-z-]+", span)}
    assert named <= known


def _anchors(name: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)", document(name), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_a_link_of_a_document_leads_somewhere(name: str) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", document(name)):
        target, _, anchor = link.partition("#")
        assert not target or (DOCS / target).exists(), link
        if anchor:
            assert anchor in _anchors(target or name), link


# The files that developers add when they follow the examples.
_ADDED = {
    "cli/count.py",
    "fetcher/sources/openworks.py",
    "reconciler/fields/volume.py",
    "report/titles.py",
}


def test_a_file_that_developers_are_sent_to_is_there() -> None:
    text = document("developers.md") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?)`", text)) - _ADDED
    assert len(named) > 40
    lost = {name for name in named if not (ROOT / name).exists() and not (ROOT / "enrich" / name).exists()}
    assert not lost, f"no such files: {lost}"


def test_what_developers_copy_passes_the_linter() -> None:
    pytest.importorskip("ruff")
    examples = [text for kind, text in fences(document("developers.md")) if kind == "python"]
    for text in (text for text in examples if text.startswith('"""')):  # the others are part of a file
        command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", "enrich/example.py", "-"]
        done = subprocess.run(command, input=text, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_guide_knows_every_format_key_and_exit_code() -> None:
    missing = set(list_report_formats()) - set(re.findall(r"`(\w+)`", section("guide.md", "## Reports")))
    assert not missing, f"add a row to the table under Reports in docs/guide.md: {missing}"
    ends = re.findall(r"^\| (\d+) \|", section("guide.md", "## How a run ends"), re.MULTILINE)
    assert ends == ["0", "1", "2", "3", "4", "70", "130", "143", "129"]


def test_how_it_decides_speaks_of_every_field() -> None:
    table = section("how-it-decides.md", "## When two values are the same")
    named = set(re.findall(r"`([a-z_.]+)`", table))
    missing = set(load_fields()) - {"publication_short"} - named
    assert not missing, f'add a row to "When two values are the same" in docs/how-it-decides.md: {missing}'


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES if "[build]" not in text])
def test_an_example_of_the_settings_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "enrich.toml").write_text(text, encoding="utf-8")
    load_settings(tmp_path, codes=list_finding_codes())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param('mailto = "you@example.org"\nverbose = 2\nonly = ["title"]\n', id="the top"),
        pytest.param('[fields]\ntitle = "keep"\n"cite.bib" = "keep"\ncite.bib = "keep"\n', id="fields"),
        pytest.param('[fields]\ntitle = "kept"\n', id="no such policy"),
        pytest.param('titel = "keep"\n', id="no such key"),
        pytest.param('[theme]\ntypes = "csl"\nmaths = "off"\n', id="no such key in a table"),
        pytest.param("[pages]\nsections = [1]\n", id="no text"),
        pytest.param('offline = "yes"\n', id="a text for true"),
        pytest.param('crossref_token = "x"\n', id="a secret"),
        pytest.param('output = "x"\n', id="a place"),
        pytest.param("verbose = 3\n", id="a number too large"),
        pytest.param('[[ignore]]\ncode = "retracted"\nreason = "known"\n', id="an ignore"),
        pytest.param('[[ignore]]\ncode = "retraced"\n', id="no such code"),
        pytest.param('[[ignore]]\nreason = "x"\n', id="an ignore of nothing"),
        pytest.param('[[ignore]]\nfield = "titel"\n', id="no such field"),
    ],
)
def test_the_schema_matches_the_program(tmp_path: Path, text: str) -> None:
    (tmp_path / "enrich.toml").write_text(text, encoding="utf-8")
    try:
        load_settings(tmp_path, codes=list_finding_codes())
    except UsageError:
        is_read = False
    else:
        is_read = True
    assert (
        jsonschema.Draft202012Validator(build_schema(list_finding_codes())).is_valid(tomllib.loads(text))
        is is_read
    )


def test_no_document_names_a_place_on_somebodys_machine() -> None:
    for path in [*DOCS.glob("*.*"), ROOT / "README.md", ROOT / "CHANGELOG.md"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:home|root|Users|work)/", text), path.name
