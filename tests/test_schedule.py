"""The ways to look every week: each example of docs/scheduling.md is run, or read by what will read it."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.documents import examples
from tests.support.sample import RECORDS, ROOT, copy_site

PAGE = "scheduling.md"
WORKFLOW = ROOT / "enrich" / "cli" / "templates" / "enrich.yml"
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
LISTING = "List papers without a page"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"

needs_bash = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("git")), reason="no bash and git here to run the example with"
)
Run = subprocess.CompletedProcess[str]


def workflow() -> dict[Any, Any]:
    """Return the workflow that `enrich init --workflow` writes."""
    found: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return found


def own_step() -> str:
    """Return the example of a workflow with the action as a step."""
    return examples(PAGE, "### As a step of your own workflow", "yaml")[0]


def shell(script: str, cwd: Path, environ: Mapping[str, str], *, strict: str = "-e") -> Run:
    """Run a script as the service would, with the programs in `cwd/../bin` before all others."""
    path = f"{cwd.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    base = {"PATH": path, "HOME": str(cwd.parent), "ENRICH_RECORDS": RECORDS, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["bash", *strict.split(), "-c", script],
        cwd=cwd,
        env=base | dict(environ),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def program(place: Path, text: str) -> None:
    """Make an executable shell script."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)


def start(place: Path) -> None:
    """Make an `enrich` that is this one."""
    program(place, f'PYTHONPATH={shlex.quote(str(ROOT))} exec {sys.executable} -m enrich "$@"')


def git(cwd: Path, *arguments: str) -> str:
    """Run git as a person, and return what it says."""
    names = {
        f"GIT_{who}_{what}": f"me@{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *arguments], cwd=cwd, env=os.environ | names, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with `origin.git`, a repository of the sample site, and our programs. Copy it."""
    place = tmp_path_factory.mktemp("origin")
    source = copy_site(place / "source")
    git(source, "init", "--quiet", "--initial-branch", "main")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message", "The site")
    git(place, "clone", "--quiet", "--bare", "source", "origin.git")
    git(place / "origin.git", "config", "receive.advertisePushOptions", "true")
    shutil.rmtree(source)
    start(place / "bin" / "enrich")
    return place


@pytest.fixture(scope="module")
def first_proposal(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which both jobs of the workflow ran once. Copy it."""
    place = copy_folder(origin, tmp_path_factory.mktemp("proposed"))
    assert propose(anew(place)).returncode == 0
    assert asked(place) == ["pr create"]
    return place


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    """Return a fresh clone of the repository, its origin beside it."""
    return anew(copy_folder(origin, tmp_path))


@pytest.fixture
def proposed(first_proposal: Path, tmp_path: Path) -> Path:
    """Return the clone in which the second job ended, its origin and its pull request beside it."""
    found = copy_folder(first_proposal, tmp_path) / "clone"
    git(found, "remote", "set-url", "origin", f"file://{tmp_path}/origin.git")
    return found


def copy_folder(source: Path, target: Path) -> Path:
    """Copy all that is in a folder, modes and links too, and return the copy."""
    return Path(shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True))


def anew(place: Path) -> Path:
    """Return the clone that a job starts with."""
    shutil.rmtree(place / "clone", ignore_errors=True)
    git(place, "clone", "--quiet", f"file://{place}/origin.git", "clone")
    return place / "clone"


def run_step(job: str, name: str, clone: Path, environ: Mapping[str, str]) -> Run:
    """Run one step of the workflow's job in a clone, with the variables that need no service."""
    found = workflow()["jobs"][job]
    [step] = [step for step in found["steps"] if step["name"] == name]
    place = clone.parent
    base = {"RUNNER_TEMP": str(place / "temp"), "GITHUB_OUTPUT": str(place / "output")}
    base |= {"GITHUB_STEP_SUMMARY": str(place / "summary")}
    base |= {"GITHUB_REF_NAME": "main", "EMAIL": BOT, "REPORT": "https://reports.example/1"}
    base |= {variable: value for variable, value in found["env"].items() if "${{" not in value}
    return shell(step["run"], clone, base | dict(environ))


def compare(clone: Path, **environ: str) -> Run:
    """Run the job that compares; its output is in `output`, what it hands over in `temp/proposal`."""
    place = clone.parent
    shutil.rmtree(place / "temp", ignore_errors=True)
    start(place / "temp" / "enrich" / "bin" / "enrich")
    (place / "output").unlink(missing_ok=True)
    return run_step("compare", "Compare with Crossref and write the safe changes", clone, environ)


def propose(clone: Path, **environ: str) -> Run:
    """Run both jobs, each in a clone of its own; the second only if the first says that something changed.

    The pull requests are in the file `pulls`, one line each, as `OPEN 1`; what `gh` was asked is in `asked`.
    """
    place = clone.parent
    compared = compare(clone, **environ)
    assert compared.returncode == 0, compared.stderr + compared.stdout
    if (place / "output").read_text(encoding="utf-8") != "changed=true\n":
        return compared
    if environ.get("LIST_NEW") == "yes":
        listed = run_step("compare", LISTING, clone, environ)
        assert listed.returncode == 0, listed.stderr + listed.stdout
    create = f'echo "OPEN 1" >{place}/pulls; git push --quiet origin "HEAD:refs/pull/1/head"'
    answers = f'"pr list") cat {place}/pulls 2>/dev/null;; "pr create") {create};;'
    program(place / "bin" / "gh", f'echo "$@" >>{place}/asked\ncase "$1 $2" in {answers} esac\nexit 0')
    return run_step("propose", "Propose them", anew(place), {})


def asked(place: Path) -> list[str]:
    """Return what `gh` was asked to do with pull requests, without the questions; forget it."""
    file = place / "asked"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [" ".join(line.split()[:2]) for line in lines if line.startswith(("pr create", "pr edit"))]


def merge(place: Path) -> None:
    """Merge the pull request, and delete its branch."""
    origin = place / "origin.git"
    git(origin, "update-ref", "refs/heads/main", "enrich/publications")
    git(origin, "update-ref", "-d", "refs/heads/enrich/publications")
    (place / "pulls").write_text("MERGED 1\n", encoding="utf-8")


def change_record(place: Path, name: str, **values: object) -> dict[str, str]:
    """Return the variable that names records of which one is changed."""
    folder = place / "records"
    shutil.copytree(RECORDS, folder, dirs_exist_ok=True)
    record = json.loads((folder / name).read_text(encoding="utf-8"))
    message = record.get("message", record)
    message.update(values)
    (folder / name).write_text(json.dumps(record), encoding="utf-8")
    return {"ENRICH_RECORDS": str(folder)}


@needs_bash
def test_the_workflow_keeps_one_pull_request_up_to_date(clone: Path) -> None:
    place, origin = clone.parent, clone.parent / "origin.git"
    done = propose(clone)
    assert done.returncode == 0, done.stderr
    assert asked(place) == ["pr create"]
    changed = git(origin, "diff", "--name-only", "main", "enrich/publications").splitlines()
    assert "cache/baseline.jsonl" in changed
    assert "content/publication/shannon1948/index.md" in changed
    assert not any("sqlite" in name for name in changed)
    text = (place / "temp" / "proposal" / "report.md").read_text(encoding="utf-8")
    assert "shannon1948" in text
    assert "](https://reports.example/1)" in text.splitlines()[-1]
    assert (place / "temp" / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")

    first = git(origin, "rev-parse", "enrich/publications")
    assert propose(anew(place)).returncode == 0
    assert git(origin, "rev-parse", "enrich/publications") == first, "pushed again though nothing is new"
    assert asked(place) == ["pr edit"]


@needs_bash
def test_the_pull_request_lists_papers_without_a_page_on_request(clone: Path) -> None:
    place = clone.parent
    body = place / "temp" / "proposal" / "report.md"
    assert propose(clone).returncode == 0
    assert "Papers without a page" not in body.read_text(encoding="utf-8")
    assert propose(anew(place), LIST_NEW="yes").returncode == 0
    before, heading, after = body.read_text(encoding="utf-8").partition("### Papers without a page")
    assert before
    assert heading
    assert "[`10.5555/12345678`](https://doi.org/10.5555/12345678)" in after
    assert "](https://reports.example/1)" in after.splitlines()[-1]
    assert "10.5555/12345678" in (place / "summary").read_text(encoding="utf-8")


@needs_bash
def test_a_list_of_papers_that_does_not_fit_leaves_the_pull_request_as_it_is(clone: Path) -> None:
    place = clone.parent
    assert compare(clone).returncode == 0
    (place / "temp" / "proposal" / "new.md").write_text("- a paper\n" * 8_000, encoding="utf-8")
    program(place / "bin" / "gh", "exit 0")
    assert run_step("propose", "Propose them", anew(place), {}).returncode == 0
    body = (place / "temp" / "proposal" / "report.md").read_text(encoding="utf-8")
    assert "- a paper" not in body
    assert "](https://reports.example/1)" in body


@needs_bash
@pytest.mark.parametrize("has_owner", [True, False])
def test_papers_are_listed_only_for_people_with_an_orcid_and_nothing_fails(
    clone: Path, *, has_owner: bool
) -> None:
    place = clone.parent
    if not has_owner:
        shutil.rmtree(clone / "content" / "authors" / "josiah-carberry")
    assert compare(clone).returncode == 0
    done = run_step("compare", LISTING, clone, {})
    assert done.returncode == 0, done.stderr
    assert ("::warning::" in done.stdout) is not has_owner
    assert ("no author profile of this site has an ORCID iD" in done.stderr) is not has_owner
    assert bool((place / "temp" / "proposal" / "new.md").read_text(encoding="utf-8")) is has_owner


@needs_bash
def test_the_workflow_never_overwrites_a_persons_commit(proposed: Path) -> None:
    place, origin = proposed.parent, proposed.parent / "origin.git"
    git(proposed, "commit", "--quiet", "--allow-empty", "--message", "By hand")
    git(proposed, "push", "--quiet", "origin", "enrich/publications")
    theirs = git(origin, "rev-parse", "enrich/publications")
    done = propose(anew(place))
    assert done.returncode == 0, done.stderr
    assert "::notice::Somebody has committed to enrich/publications" in done.stdout
    assert git(origin, "rev-parse", "enrich/publications") == theirs
    assert asked(place) == []


@needs_bash
@pytest.mark.parametrize("keeps_branch", [True, False], ids=["branch kept", "branch deleted"])
def test_a_closed_pull_request_stays_closed_until_there_is_news(proposed: Path, keeps_branch: bool) -> None:
    place, origin = proposed.parent, proposed.parent / "origin.git"
    (place / "pulls").write_text("CLOSED 1\n", encoding="utf-8")
    if not keeps_branch:
        git(origin, "update-ref", "-d", "refs/heads/enrich/publications")
    done = propose(anew(place))
    assert done.returncode == 0, done.stderr
    assert "::notice::These changes were declined in #1" in done.stdout
    assert asked(place) == []

    news = change_record(place, "li2009.json", volume="2009", abstract="A new abstract of the same work.")
    done = propose(anew(place), **news)
    assert done.returncode == 0, done.stderr
    assert asked(place) == ["pr create"]


@needs_bash
def test_after_the_merge_only_news_is_proposed(proposed: Path) -> None:
    place, origin = proposed.parent, proposed.parent / "origin.git"
    merge(place)
    done = propose(anew(place))
    assert (done.returncode, asked(place)) == (0, []), done.stderr
    assert (place / "output").read_text(encoding="utf-8") == "changed=false\n"

    notice = {"DOI": "10.5555/notice", "type": "retraction", "updated": {"date-parts": [[2026, 5, 6]]}}
    done = propose(anew(place), **change_record(place, "li2009.json", **{"updated-by": [notice]}))
    assert (done.returncode, asked(place)) == (0, ["pr create"]), done.stderr
    assert git(origin, "diff", "--name-only", "main", "enrich/publications") == "cache/baseline.jsonl"
    text = (place / "temp" / "proposal" / "report.md").read_text(encoding="utf-8")
    assert "retracted" in text.partition("](https://reports.example/1)")[0]


@needs_bash
def test_a_run_that_could_compare_nothing_fails(clone: Path) -> None:
    done = compare(clone, ENRICH_RECORDS="", ENRICH_OFFLINE="true")
    assert done.returncode == 1
    assert "::error::Nothing could be compared" in done.stderr


@needs_bash
def test_a_patch_cannot_change_a_workflow(clone: Path) -> None:
    """The patch comes from the job that runs packages."""
    place, origin = clone.parent, clone.parent / "origin.git"
    evil = clone / ".github" / "workflows" / "evil.yml"
    evil.parent.mkdir(parents=True)
    evil.write_text("on: push\n", encoding="utf-8")
    assert propose(clone).returncode == 0
    assert ".github" in (place / "temp" / "proposal" / "changes.patch").read_text(encoding="utf-8")
    assert ".github" not in git(origin, "diff", "--name-only", "main", "enrich/publications")


def test_the_workflow_may_do_no_more_than_it_must() -> None:
    found = workflow()
    assert found["permissions"] == {}
    jobs = found["jobs"]
    assert jobs["compare"]["permissions"] == {"contents": "read"}
    assert jobs["propose"]["permissions"] == {"contents": "write", "pull-requests": "write"}
    runs = [step["run"] for step in jobs["propose"]["steps"] if "run" in step]
    assert not [run for run in runs if re.search(r"python|pip|enrich/bin", run)], "it runs no package"
    assert set(found[True]) == {"schedule", "workflow_dispatch"}  # YAML 1.1 takes `on` for true


@pytest.mark.parametrize("text", [WORKFLOW.read_text(encoding="utf-8"), own_step()], ids=["workflow", "own"])
def test_actions_are_fixed_to_a_commit(text: str) -> None:
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in used)


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        pytest.param("vendor.github-workflows", WORKFLOW.read_text(encoding="utf-8"), id="the workflow"),
        pytest.param("vendor.github-workflows", own_step(), id="a workflow of one's own"),
        pytest.param("vendor.github-actions", ACTION.read_text(encoding="utf-8"), id="the action"),
        pytest.param("vendor.gitlab-ci", examples(PAGE, "## GitLab", "yaml")[0], id="GitLab"),
    ],
)
def test_it_has_the_shape_that_the_service_reads(tmp_path: Path, schema: str, text: str) -> None:
    check = shutil.which("check-jsonschema", path=_beside_python())
    if check is None:
        pytest.skip("check-jsonschema is not installed")
    (tmp_path / "file.yml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [check, "--builtin-schema", schema, "file.yml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("linter", ["zizmor", "actionlint"])
def test_a_linter_finds_nothing_in_the_workflows(tmp_path: Path, linter: str) -> None:
    found = shutil.which(linter, path=_beside_python())
    if found is None:
        pytest.skip(f"{linter} is not installed")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    shutil.copy(WORKFLOW, folder)
    (folder / "own.yml").write_text(own_step(), encoding="utf-8")
    files = [str(folder / "enrich.yml"), str(folder / "own.yml")]
    options = ["--offline", "--persona=auditor", str(ACTION)] if linter == "zizmor" else []
    done = subprocess.run([found, *options, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_bash
@pytest.mark.parametrize(
    ("inputs", "code", "ends"),
    [
        pytest.param({"command": "check", "fail": "true"}, 1, "1", id="news fail the job"),
        pytest.param({"command": "check", "fail": "false"}, 0, "1", id="unless that is turned off"),
        pytest.param({"command": "check", "fail": "TRUE"}, 1, "1", id="TRUE is true"),
        pytest.param({"command": "check", "fail": "False"}, 0, "1", id="False is false"),
        pytest.param({"command": "check", "fail": "no"}, 1, "1", id="any other word fails the job"),
        pytest.param({"command": "apply", "fail": "true"}, 0, "0", id="apply"),
        pytest.param({"command": "review", "fail": "false"}, 2, None, id="no such command"),
        pytest.param(
            {"command": "check", "fail": "false", "path": "--help"}, 2, "2", id="a path is not an option"
        ),
    ],
)
def test_the_action_runs(clone: Path, inputs: dict[str, str], code: int, ends: str | None) -> None:
    place = clone.parent
    start(place / "temp" / "enrich" / "bin" / "enrich")
    step = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"][1]
    environ = {
        "COMMAND": inputs["command"],
        "SITE": inputs.get("path", "."),
        "FAIL": inputs["fail"],
        "RUNNER_TEMP": str(place / "temp"),
        "GITHUB_OUTPUT": str(place / "output"),
    }
    assert set(step["env"]) == {*environ, "ENRICH_MAILTO"} - {"RUNNER_TEMP", "GITHUB_OUTPUT"}
    done = shell(step["run"], clone, environ)
    assert done.returncode == code, done.stderr
    output = (place / "output").read_text(encoding="utf-8") if (place / "output").exists() else ""
    assert (f"exit-code={ends}\n" in output) if ends else not output


@needs_bash
def test_gitlab_keeps_one_merge_request_up_to_date(clone: Path) -> None:
    place, origin = clone.parent, clone.parent / "origin.git"
    job = yaml.safe_load(examples(PAGE, "## GitLab", "yaml")[0])["publications"]
    program(place / "bin" / "pip", "true")
    program(origin / "hooks" / "pre-receive", f"env | grep ^GIT_PUSH_OPTION >{place}/options; true")
    environ = job["variables"] | {
        "ENRICH_PUSH_TOKEN": "sesame",
        "CI_SERVER_HOST": "gitlab.example",
        "CI_PROJECT_PATH": "me/site",
        "CI_DEFAULT_BRANCH": "main",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{origin}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://oauth2:sesame@gitlab.example/me/site.git",
    }
    lines: list[str] = job["script"]
    (at,) = (at for at, line in enumerate(lines) if "enrich apply" in line)
    listing = yaml.safe_load(examples(PAGE, "## GitLab", "yaml")[1])
    script = "\n".join([*lines[: at + 1], *listing, *lines[at + 1 :]])
    script = script.replace("/tmp/", f"{place}/")  # noqa: S108 - of the example
    for _ in range(2):
        done = shell(script, anew(place), environ, strict="-eo pipefail")
        assert done.returncode == 0, done.stderr
    assert "merge_request.create" in (place / "options").read_text(encoding="utf-8")
    assert "merge_request.target=main" in (place / "options").read_text(encoding="utf-8")
    assert "cache/baseline.jsonl" in git(origin, "diff", "--name-only", "main", "enrich/publications")
    report = (place / "clone" / "enrich-report.md").read_text(encoding="utf-8")
    assert "### Papers without a page" in report
    assert report.startswith("### Publications")
    clone = place / "clone"
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "By hand")
    git(clone, "push", "--quiet", f"file://{origin}", "enrich/publications")
    done = shell(script, anew(place), environ, strict="-eo pipefail")
    assert (done.returncode, "Somebody has committed to" in done.stdout) == (0, True), done.stderr


@needs_bash
@pytest.mark.skipif(shutil.which("flock") is None, reason="no flock here")
def test_the_line_for_cron(clone: Path) -> None:
    [line] = examples(PAGE, "## cron", "cron")[0].splitlines()
    *when, command = line.split(None, 5)
    assert all(re.fullmatch(r"\*|\d+", field) for field in when)
    assert "%" not in command, "cron takes a % for a line end"
    (clone.parent / "website").symlink_to(clone)
    start(clone.parent / ".local" / "bin" / "enrich")
    done = shell(f"cd /; {command}", clone, {})
    assert done.returncode == 1, done.stderr
    assert "retracted" in done.stdout
    assert done.stderr == ""
    assert git(clone, "status", "--porcelain") == "?? cache/.gitignore\n?? cache/baseline.jsonl"
    again = shell(f"cd /; {command}", clone, {})
    assert (again.stdout, again.stderr) == ("", ""), "the second mail has no news"
    news = change_record(clone.parent, "li2009.json", abstract="Another abstract of the same work, longer.")
    assert "li2009" in shell(f"cd /; {command}", clone, news).stdout


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here to ask")
def test_the_units_for_systemd(tmp_path: Path) -> None:
    service, timer = examples(PAGE, "## systemd", "ini")
    program(tmp_path / "enrich", "true")
    service = service.replace("%h/.local/bin/enrich", str(tmp_path / "enrich")).replace(
        "%h/website", str(tmp_path)
    )
    for name, text in {"enrich.service": service, "enrich.timer": timer}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("enrich.service", "enrich.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    if "Failed to initialize manager" in done.stderr:
        pytest.skip("systemd cannot be asked here")
    assert (done.returncode, done.stderr) == (0, "")
    when = re.search(r"OnCalendar=(.+)", timer)
    assert when
    assert (
        subprocess.run(["systemd-analyze", "calendar", when[1]], capture_output=True, check=False).returncode
        == 0
    )


def test_the_service_runs_a_real_command() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(examples(PAGE, "## systemd", "ini")[0])
    assert parser["Service"]["ExecStart"].endswith("/enrich apply --quiet")


@needs_bash
@pytest.mark.parametrize("enrich", ["works", "has news", "is broken", "cannot be installed"])
@pytest.mark.parametrize("hugo_ends", [0, 1])
def test_on_netlify_only_hugo_decides(clone: Path, enrich: str, hugo_ends: int) -> None:
    command = tomllib.loads(examples(PAGE, "## Netlify", "toml")[0])["build"]["command"]
    place = clone.parent
    program(place / "bin" / "python3", "exit 1" if enrich == "cannot be installed" else "true")
    program(place / "bin" / "hugo", f"echo built; exit {hugo_ends}")
    if enrich == "is broken":
        program(place / "bin" / "enrich", "exit 4")
    environ = {} if enrich == "has news" else {"ENRICH_RECORDS": ""}
    done = shell(command, clone, environ, strict="")
    assert done.returncode == hugo_ends
    assert done.stdout.endswith("built\n")
    assert ("doi-invalid" in done.stdout) is (enrich in {"works", "has news"})


@needs_bash
def test_the_hook_for_pre_commit(clone: Path) -> None:
    [hook] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    example = yaml.safe_load(examples(PAGE, "## pre-commit", "yaml")[0])
    assert [one["id"] for one in example["repos"][0]["hooks"]] == [hook["id"]]
    pages = [str(path.relative_to(clone)) for path in sorted((clone / "content").rglob("*.md"))]
    named = [
        page for page in pages if re.search(hook["files"], page) and not re.search(hook["exclude"], page)
    ]
    assert len(named) == 16
    assert not [page for page in named if "_index" in page]
    broken = "content/publication/brin1998/index.md"
    done = shell(f"{hook['entry']} {shlex.join(named)}", clone, {"ENRICH_RECORDS": ""})
    assert done.returncode == 1
    assert f"{broken}:5: error[doi-invalid]" in done.stdout
    named.remove(broken)
    named.remove("content/publications/lecun2015/index.md")  # its type is not in the site's way: a warning
    done = shell(f"{hook['entry']} {shlex.join(named)}", clone, {"ENRICH_RECORDS": ""})
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("records", "code"), [(RECORDS, 1), ("", 0)], ids=["known", "unknown"])
@needs_bash
def test_the_hook_stops_an_untidy_doi_whose_record_is_known(clone: Path, records: str, code: int) -> None:
    [hook] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    file = "content/publication/jinek2012/index.md"
    shell(f"enrich apply --all -q {file}", clone, {})
    text = (clone / file).read_text(encoding="utf-8")
    untidy = re.sub(
        r"^doi: *['\"]?(10[^'\"\n]*)['\"]?$", r"doi: https://doi.org/\1", text, flags=re.MULTILINE
    )
    assert untidy != text
    (clone / file).write_text(untidy, encoding="utf-8")
    done = shell(f"{hook['entry']} {file}", clone, {"ENRICH_RECORDS": records})
    assert done.returncode == code, done.stdout


@needs_bash
def test_the_line_for_r(clone: Path) -> None:
    [line] = examples(PAGE, "## RStudio and blogdown", "r")
    found = re.fullmatch(r'try\(system2\("(enrich)", c\((.+)\)\)\)\n', line)
    assert found
    typed = shlex.join([found[1], *re.findall(r'"([^"]+)"', found[2])])
    assert shell(typed, clone, {"ENRICH_RECORDS": ""}).returncode == 0
    if rscript := shutil.which("Rscript"):
        assert shell(f"{rscript} -e {shlex.quote(line)}", clone, {}).returncode == 0


def _beside_python() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
