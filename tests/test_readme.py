"""The README: its commands and links exist, and its output is the program's."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import enrich
from tests.support.sample import RECORDS, ROOT, copy_site, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", README, re.MULTILINE))
# Code in the README, fenced or between backticks: what a reader would type.
CODE = [text for _, text in FENCE.findall(README)] + re.findall(r"`([^`\n]+)`", FENCE.sub("", README))
COMMANDS = sorted(
    {name for text in CODE for name in re.findall(r"(?:^|; )enrich ([a-z]+)\b", text, re.MULTILINE)}
)
# An option of another program (pip, git) would stand in a line that does not begin with `enrich`.
OPTIONS = sorted(
    {
        option
        for text in CODE
        for line in text.splitlines()
        if line.startswith(("enrich ", "--", "apply "))
        for option in re.findall(r"(?<!\S)--[a-z][a-z-]+", line)
    }
)
FINDINGS = re.findall(
    r"`([a-z-]+)`", "".join(re.findall(r"^\| (`.+?`) \|", SECTIONS["What it finds"], re.MULTILINE))
)
PICTURE = re.search(r"<!-- run: (.+) -->\n```text\n(.*?)```\n<!-- /run -->", README, re.DOTALL)


@pytest.fixture(scope="module")
def help_texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("help")
    texts = {name: run(folder, *name.split(), "--help").stdout for name in ("", *COMMANDS)}
    assert all(texts.values()), texts
    return texts


def quick_start() -> list[str]:
    """Return the code blocks of the quick start."""
    return [text for _, text in FENCE.findall(SECTIONS["Quick start"])]


def test_the_quick_start_is_two_blocks_that_can_be_pasted() -> None:
    blocks = quick_start()
    assert len(blocks) == 2
    for block in blocks:
        assert "python3 -m venv" in block
        assert not re.search(r"^\s*[$>]", block, re.MULTILINE)
    assert f"enrich check content --records {RECORDS}" in blocks[0]
    assert ".[test]" in blocks[1]
    assert "pytest" in blocks[1]


def test_the_quick_starts_command_ends_well(tmp_path: Path) -> None:
    command = next(line for line in quick_start()[0].splitlines() if line.startswith("enrich "))
    done = run(copy_site(tmp_path), *command.split()[1:])
    assert done.returncode == 0, done.stderr


def test_the_readme_speaks_of_commands_and_options() -> None:
    assert {"check", "apply", "explain"} <= set(COMMANDS)
    assert {"--records", "--mailto", "--exit-zero"} <= set(OPTIONS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_of_the_readme_exists(help_texts: dict[str, str], name: str) -> None:
    assert re.search(rf"^\s+{name}\b", help_texts[""], re.MULTILINE)


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_of_the_readme_exists(help_texts: dict[str, str], option: str) -> None:
    assert any(re.search(rf"{option}\b", text) for text in help_texts.values())


@pytest.mark.parametrize("code", FINDINGS)
def test_a_finding_of_the_readme_can_be_explained(tmp_path: Path, code: str) -> None:
    done = run(tmp_path, "explain", code)
    assert done.returncode == 0, done.stderr
    assert code in done.stdout


def test_the_readmes_settings_are_read(tmp_path: Path) -> None:
    example = next(text for kind, text in FENCE.findall(SECTIONS["Settings"]) if kind == "toml")
    assert tomllib.loads(example)
    (copy_site(tmp_path) / "enrich.toml").write_text(example, encoding="utf-8")
    done = run(tmp_path, "check", "content", "--records", RECORDS, "--exit-zero")
    assert done.returncode == 0, done.stderr


def test_the_picture_is_of_a_real_run(tmp_path: Path) -> None:
    assert PICTURE is not None
    command, picture = PICTURE.groups()
    shown = [line.rstrip() for line in picture.splitlines() if line.strip() not in {"", "…"}]
    assert shown, "the README has no picture of a run"
    done = run(copy_site(tmp_path), *command.split()[1:])
    said = iter(line.rstrip() for line in (done.stdout + done.stderr).splitlines())
    for line in shown:
        assert line in said, f"the program does not say (here): {line!r}"


def test_the_layout_of_the_readme_is_there() -> None:
    layout = next(text for _, text in FENCE.findall(SECTIONS["For developers"]))
    names = [name for line in layout.splitlines() for name in line.split("   ")[0].split()]
    folders = {"enrich/", "cache/records/", "config/", "content/", "tests/"}
    for name in names:
        place = ROOT if name in folders else ROOT / "enrich"
        assert (place / name).exists(), name
    for path in re.findall(r"`((?:reconciler|fetcher|front_matter|report)/[\w.]*)`", README):
        assert (ROOT / "enrich" / path).exists(), path


@pytest.mark.parametrize("link", re.findall(r"\]\((?!https?:)([^)]+)\)", README))
def test_a_link_of_the_readme_leads_somewhere(link: str) -> None:
    name, _, anchor = link.partition("#")
    file = ROOT / (name or "README.md")
    assert file.exists()
    headings = re.findall(r"^#+ (.*)", file.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
    assert not anchor or anchor in {
        re.sub(r"[^\w-]", "", head.lower().replace(" ", "-")) for head in headings
    }


def test_the_changelog_knows_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(enrich.__version__)}\b", text, re.MULTILINE)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here to read .ci/run")
def test_the_checks_of_ci_can_be_read() -> None:
    script = ROOT / ".ci" / "run"
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    assert "README.md" in script.read_text(encoding="utf-8")
