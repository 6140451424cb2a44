"""`enrich init`: what it writes is read by enrich, changes nothing, and overwrites nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml

from enrich import __version__
from enrich.cli import main
from enrich.cli.install_source import InstallSource, read_direct_url
from enrich.settings.collect_options import list_rows
from enrich.settings.load import load_settings
from enrich.settings.settings import Settings
from enrich.settings.starter_file import SiteFacts, write_starter
from tests.support.sample import RECORDS, copy_site, run

PAGE = '---\ntitle: A\ndoi: 10.5555/1\npublication_types: ["article-journal"]\n---\n'


def site(root: Path, **files: str) -> Path:
    """Return a site with these files; `__` in a name is a `/`."""
    for name, text in {"content__publication__a.md": PAGE, **files}.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def without_origins(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in Settings.__slots__ if name != "origins"}


def test_what_is_written_changes_nothing(tmp_path: Path) -> None:
    copied = copy_site(tmp_path)
    before = load_settings(copied)
    done = run(copied, "init")
    assert (done.returncode, done.stdout) == (0, "enrich.toml: written\n")
    assert without_origins(load_settings(copied)) == without_origins(before)
    text = (copied / "enrich.toml").read_text(encoding="utf-8")
    assert "# enrich reads content/publication: 14 pages.\n" in text
    assert "# enrich found the theme in go.mod: " in text
    assert "# Types of the pages: numbers on 13, words (article-journal) on 1.\n" in text
    assert run(copied, "check", "content", "--records", RECORDS, "--exit-zero").returncode == 0


def test_every_line_that_is_commented_out_can_be_taken_in(tmp_path: Path) -> None:
    empty = [row.key for row in list_rows() if row.in_file and row.default is None and row.example is None]
    assert not empty, f"give an `example=` to each of these rows of settings.py: {empty}"
    found = SiteFacts(
        {"content/publication": 1}, ("papers", "a b"), "kit", "go.mod: x", {"csl": 3}, "csl", "raw"
    )
    lines = write_starter(found).splitlines()
    live = [line.removeprefix("# ") if " = " in line or "[[" in line else line for line in lines]
    (tmp_path / "enrich.toml").write_text("\n".join(live), encoding="utf-8")
    settings = load_settings(tmp_path, codes=("link-other-work",))
    assert settings.mailto == "you@example.org"
    assert settings.sections == ("papers", "a b")
    assert (settings.generation, settings.types, settings.math) == ("kit", "csl", "raw")
    assert len(settings.ignores) == 1


def test_folders_that_were_not_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site(tmp_path, content__papers__x__index="", **{"content__papers__x.md": PAGE}))
    assert main.run(["init"]) == 0
    assert '# sections = ["papers"]' in (tmp_path / "enrich.toml").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site(tmp_path, **{"enrich.toml": "# mine\n", ".github__workflows__enrich.yml": "# mine, too\n"})
    assert main.run(["init", str(tmp_path), "--workflow"]) == 0
    assert capsys.readouterr().out.count("exists already, not changed\n") == 2
    assert (tmp_path / "enrich.toml").read_text(encoding="utf-8") == "# mine\n"
    assert (tmp_path / ".github/workflows/enrich.yml").read_text(encoding="utf-8") == "# mine, too\n"


def test_a_broken_link_is_not_followed(tmp_path: Path) -> None:
    (site(tmp_path) / "enrich.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert main.run(["init", str(tmp_path)]) == 0
    assert not (tmp_path / "elsewhere.toml").exists()


def test_the_workflow_is_at_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    website = site(tmp_path / "my website")
    assert main.run(["init", str(website / "content"), "--workflow"]) == 0
    assert (website / "enrich.toml").exists()
    workflow = yaml.safe_load((tmp_path / ".github/workflows/enrich.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["compare"]["env"]["SITE"] == "my website"


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        pytest.param("-site", "./-site", id="a name like an option"),
        pytest.param("${{ secrets.KEY }}", "${{ '${{' }} secrets.KEY }}", id="an expression of GitHub's"),
        pytest.param('a"b\\c', 'a"b\\c', id="quotes"),
        pytest.param("a\x7fb", "a\x7fb", id="a control character"),
    ],
)
def test_the_name_of_a_folder_stays_a_name_in_the_workflow(tmp_path: Path, folder: str, place: str) -> None:
    (tmp_path / ".git").mkdir()
    assert main.run(["init", str(site(tmp_path / folder)), "--workflow"]) == 0
    workflow = yaml.safe_load((tmp_path / ".github/workflows/enrich.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["compare"]["env"]["SITE"] == place
    assert tomllib.loads((tmp_path / folder / "enrich.toml").read_text(encoding="utf-8"))


def test_a_folder_with_a_control_character_can_be_read_later(tmp_path: Path) -> None:
    made = site(tmp_path, **{"content__pa\x7fpers__x.md": PAGE})
    assert main.run(["init", str(made)]) == 0
    text = (made / "enrich.toml").read_text(encoding="utf-8")
    assert '# sections = ["pa\\u007fpers"]' in text
    assert main.run(["config", str(made)]) == 0


def test_a_folder_that_is_not_a_site_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["init", str(tmp_path)]) == 2
    assert "not in a Hugo site" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site(tmp_path) / ".github").write_text("a file", encoding="utf-8")
    assert main.run(["init", str(tmp_path), "--workflow"]) == 4
    assert "cannot be written" in capsys.readouterr().err


def test_text_of_the_site_stays_in_its_comment() -> None:
    text = write_starter(
        SiteFacts(where='go.mod: x\n[fields]\ntitle = "overwrite"', pages={"content/\x1b\n[x]": 2})
    )
    assert tomllib.loads(text) == {"fields": {}, "pages": {}, "people": {}, "theme": {}}


def test_the_workflow_installs_what_runs_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = InstallSource("git+https://git.example/${{ x }}@1f", "this copy came from a checkout")
    monkeypatch.setattr("enrich.cli.init.find_install_source", lambda: source)
    assert main.run(["init", str(site(tmp_path)), "--workflow"]) == 0
    assert capsys.readouterr().out.splitlines()[-7:] == [
        "  the workflow installs git+https://git.example/${{ x }}@1f",
        "    (this copy came from a checkout; to install another, change PACKAGE in the file)",
        "  first, on GitHub, allow Actions to create pull requests: Settings > Actions > General >",
        "    Workflow permissions",
        "  and set your e-mail address, so that Crossref answers faster: Settings > Secrets and",
        "    variables > Actions > Variables, ENRICH_MAILTO",
        "  then commit and push both files: the workflow reads enrich.toml and runs every Monday",
    ]
    workflow = yaml.safe_load((tmp_path / ".github/workflows/enrich.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["compare"]["env"]["ENRICH_MAILTO"] == "${{ vars.ENRICH_MAILTO }}"
    package = workflow["jobs"]["compare"]["env"]["PACKAGE"]
    assert package == "git+https://git.example/${{ '${{' }} x }}@1f"


def test_a_copy_of_this_machine_is_not_installed_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = read_direct_url({"url": "file:///srv/enrich.git", "vcs_info": {"commit_id": "1f2e"}})
    monkeypatch.setattr("enrich.cli.init.find_install_source", lambda: source)
    assert main.run(["init", str(site(tmp_path)), "--workflow"]) == 0
    assert capsys.readouterr().out.splitlines()[-10:-5] == [
        f"  the workflow installs git+https://github.com/hugo-enrich/enrich@v{__version__}",
        f"    (this copy came from the git repository {Path('/srv/enrich.git')} on this machine, which a",
        "    workflow cannot reach, so it installs the release of this version; to install your",
        "    copy, push it to a public repository and set PACKAGE in the file to",
        "    git+https://HOST/OWNER/REPOSITORY@1f2e)",
    ]
