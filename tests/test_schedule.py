"""Scheduled runs: each example of docs/scheduling.md is run, or parsed as its own program does."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.support.documents import examples
from tests.support.sample import RECORDS, ROOT, copy_site
from tests.support.warm_program import write_program
from tests.support.workflow_jobs import (
    LISTING,
    WORKFLOW,
    anew,
    asked,
    asked_titles,
    change_record,
    close_pull,
    compare,
    copy_folder,
    git,
    needs_bash,
    program,
    propose,
    replace_on_main,
    run_step,
    shell,
    workflow,
)

PAGE = "scheduling.md"
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def own_step() -> str:
    """Return the example of a workflow with the action as a step."""
    return examples(PAGE, "### As a step of your own workflow", "yaml")[0]


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
    write_program(place / "bin" / "enrich")
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


@needs_bash
def test_the_pull_request_lists_papers_without_a_page_on_request(clone: Path) -> None:
    place = clone.parent
    body = place / "temp" / "proposal" / "report.md"
    assert propose(clone).returncode == 0
    assert "Works without a page" not in body.read_text(encoding="utf-8")
    assert body.read_text(encoding="utf-8").endswith("(a zip file with `report.html`)\n")
    assert propose(anew(place), LIST_NEW="yes").returncode == 0
    before, heading, after = body.read_text(encoding="utf-8").partition("### Works without a page")
    assert before
    assert heading
    assert "[`10.5555/12345678`](https://doi.org/10.5555/12345678)" in after
    assert "](https://reports.example/1)" in after.splitlines()[-1]
    assert "10.5555/12345678" in (place / "summary").read_text(encoding="utf-8")
    assert after.endswith("(a zip file with `report.html` and, for the works without a page, `new.html`)\n")
    [kept] = [step for step in workflow()["jobs"]["compare"]["steps"] if step["name"] == "Keep the report"]
    files = kept["with"]["path"].replace("${{ runner.temp }}", str(place / "temp")).split()
    assert [Path(file).name for file in files] == ["report.html", "new.html"]
    assert all(Path(file).read_text(encoding="utf-8").startswith("<!doctype html>") for file in files)


@needs_bash
def test_a_list_of_papers_that_does_not_fit_leaves_the_pull_request_as_it_is(clone: Path) -> None:
    place = clone.parent
    assert compare(clone).returncode == 0
    (place / "temp" / "proposal" / "new.md").write_text("- a paper\n" * 8_000, encoding="utf-8")
    program(place / "bin" / "gh", "exit 0")
    assert run_step("propose", "Propose them", anew(place), {"CHANGED": "true"}).returncode == 0
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


def commit_by_hand(proposed: Path) -> str:
    """Add a person's commit to the branch of the pull request, and return it."""
    git(proposed, "commit", "--quiet", "--allow-empty", "--message", "By hand")
    git(proposed, "push", "--quiet", "origin", "enrich/publications")
    return git(proposed, "rev-parse", "HEAD")


@needs_bash
def test_a_comment_tells_what_is_new_beside_a_persons_commit(proposed: Path) -> None:
    place, origin = proposed.parent, proposed.parent / "origin.git"
    theirs = commit_by_hand(proposed)
    told = place / "comments-1.md"
    for news, comments in [({}, 0), ("retraction", 1), ("retraction", 1), ("abstract", 2)]:
        environ = (
            change_record(place, "li2009.json", **{"updated-by": [RETRACTION]})
            if news == "retraction"
            else change_record(place, "benjamini1995.json", abstract="<p>We control false discoveries.</p>")
            if news
            else {}
        )
        done = propose(anew(place), **environ)
        assert done.returncode == 0, done.stderr
        assert done.stdout == (
            "::notice::Not proposed, because somebody has committed to enrich/publications. Pull request #1 "
            "stays as it is; its text and its comments say what is new. Merge it to continue, or delete the "
            "branch, which discards the commit.\n"
        )
        found = told.read_text(encoding="utf-8") if told.exists() else ""
        assert found.count("Somebody has committed to `enrich/publications`") == comments
        assert ("10.5555/notice" in found) is bool(comments)
    assert git(origin, "rev-parse", "enrich/publications") == theirs
    assert asked(place) == ["pr comment", "pr comment"]


@needs_bash
@pytest.mark.parametrize("state", ["CLOSED", "MERGED"])
def test_a_persons_commit_on_a_branch_without_a_pull_request_ends_red(proposed: Path, state: str) -> None:
    place, origin = proposed.parent, proposed.parent / "origin.git"
    close_pull(place, state, keeps_branch=True)
    theirs = commit_by_hand(proposed)
    news = change_record(place, "li2009.json", **{"updated-by": [RETRACTION]})
    done = propose(anew(place), **news)
    assert done.returncode == 1
    assert done.stdout == (
        "::error::Not proposed, because somebody has committed to enrich/publications, which has no open "
        "pull request (the last was #1). To keep the commit, open a pull request from this branch; or delete "
        "the branch, which discards the commit.\n"
    )
    assert git(origin, "rev-parse", "enrich/publications") == theirs
    assert asked(place) == []


@needs_bash
def test_a_branch_whose_commits_were_merged_is_used_again(proposed: Path) -> None:
    place = proposed.parent
    commit_by_hand(proposed)
    close_pull(place, "MERGED", keeps_branch=True)
    news = change_record(place, "li2009.json", **{"updated-by": [RETRACTION]})
    done = propose(anew(place), **news)
    assert done.returncode == 0, done.stderr
    assert asked(place) == ["pr create"]


@needs_bash
def test_a_closed_pull_request_with_a_persons_commit_stays_closed(proposed: Path) -> None:
    place = proposed.parent
    commit_by_hand(proposed)
    close_pull(place, "CLOSED", keeps_branch=True)
    done = propose(anew(place))
    assert done.returncode == 0, done.stderr
    assert "::notice::Not proposed, because pull request #1 with these changes was closed" in done.stdout


@needs_bash
def test_a_closed_pull_request_stays_closed_while_its_branch_is_there(proposed: Path) -> None:
    place = proposed.parent
    close_pull(place, "CLOSED", keeps_branch=True)
    done = propose(anew(place))
    assert done.returncode == 0, done.stderr
    assert "::notice::Not proposed, because pull request #1 with these changes was closed" in done.stdout
    assert asked(place) == []

    news = change_record(place, "li2009.json", volume="2009", abstract="A new abstract of the same work.")
    done = propose(anew(place), **news)
    assert done.returncode == 0, done.stderr
    assert asked(place) == ["pr create"]


@needs_bash
@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("shannon1948/index.md", "featured: true", "featured: false"),
        ("altschul1990.md", "# Digital Object Identifier (DOI)", "# The DOI"),
    ],
)
def test_a_closed_pull_request_stays_closed_if_a_line_beside_its_changes_differs(
    proposed: Path, page: str, old: str, new: str
) -> None:
    place = proposed.parent
    close_pull(place, "CLOSED")
    replace_on_main(place, f"content/publication/{page}", old, new)
    done = propose(anew(place))
    assert done.returncode == 0, done.stderr
    assert "::notice::Not proposed, because pull request #1 with these changes was closed" in done.stdout
    assert asked(place) == []


@needs_bash
def test_a_pull_request_that_changes_no_page_is_called_news(proposed: Path) -> None:
    place = proposed.parent
    close_pull(place, "MERGED")
    news = change_record(place, "li2009.json", **{"updated-by": [RETRACTION]})
    done = propose(anew(place), **news)
    assert done.returncode == 0, done.stderr
    files = git(place / "origin.git", "diff", "--name-only", "main", "enrich/publications")
    assert files == "cache/baseline.jsonl"
    body = (place / "pull-2.md").read_text(encoding="utf-8")
    assert body.splitlines()[2].startswith("Merging this changes no page")
    assert "--title News about publications from Crossref" in (place / "asked").read_text(encoding="utf-8")


RETRACTION = {"DOI": "10.5555/notice", "type": "retraction", "updated": {"date-parts": [[2026, 1, 2]]}}
UPDATE, NEWS = "Update publications from Crossref", "News about publications from Crossref"


@needs_bash
def test_the_title_follows_what_the_pull_request_changes(proposed: Path) -> None:
    place = proposed.parent
    close_pull(place, "MERGED")
    for title in (NEWS, UPDATE, NEWS):
        news = (
            change_record(place, "li2009.json", **{"updated-by": [RETRACTION]})
            if title == NEWS
            else change_record(place, "benjamini1995.json", abstract="<p>We control false discoveries.</p>")
        )
        assert propose(anew(place), **news).returncode == 0
        assert asked_titles(place) == [title]


ABSTRACT = "We control false discoveries."


def propose_abstract(place: Path) -> None:
    """Let the owner merge the first pull request, and the second propose an abstract."""
    close_pull(place, "MERGED")
    news = change_record(place, "benjamini1995.json", abstract=f"<p>{ABSTRACT}</p>")
    assert propose(anew(place), **news).returncode == 0
    assert asked(place) == ["pr create"]


@needs_bash
@pytest.mark.parametrize("main_has_it", [True, False], ids=["main has the value", "Crossref lost the value"])
def test_a_pull_request_with_nothing_left_to_propose_is_closed(proposed: Path, *, main_has_it: bool) -> None:
    place, page = proposed.parent, "content/publication/benjamini1995/index.md"
    propose_abstract(place)
    news = {"ENRICH_RECORDS": str(place / "records")} if main_has_it else {}
    if main_has_it:
        replace_on_main(place, page, "\n---\n", f'\nabstract: "{ABSTRACT}"\n---\n')
    done = propose(anew(place), **news)
    assert (done.returncode, done.stdout) == (
        0,
        "::notice::Closed pull request #2: nothing is left to propose.\n",
    )
    assert asked(place) == ["pr close"]
    assert "has these values now" in (place / "comments-2.md").read_text(encoding="utf-8")
    assert propose(anew(place), **news).stdout == ""
    assert asked(place) == []
    if main_has_it:
        replace_on_main(place, page, f'\nabstract: "{ABSTRACT}"\n', "\n")
    news = change_record(place, "benjamini1995.json", abstract=f"<p>{ABSTRACT}</p>")
    assert propose(anew(place), **news).returncode == 0
    assert asked(place) == ["pr create"], "nobody declined it"


@needs_bash
@pytest.mark.parametrize("reason", ["a person's commit", "no answer"])
def test_a_pull_request_with_nothing_left_to_propose_stays_open(proposed: Path, reason: str) -> None:
    place = proposed.parent
    propose_abstract(place)
    if reason == "no answer":
        (place / "records" / "benjamini1995.json").unlink()
        environ = {"ENRICH_RECORDS": str(place / "records"), "ENRICH_OFFLINE": "true"}
    else:
        commit_by_hand(place / "clone")
        environ = {}
    done = propose(anew(place), **environ)
    assert (done.returncode, done.stdout) == (0, "")
    assert asked(place) == []


@needs_bash
def test_the_page_of_the_run_says_what_became_of_the_changes(proposed: Path) -> None:
    place = proposed.parent
    summary = place / "summary"

    def run(last: str, environ: dict[str, str]) -> None:
        summary.unlink()
        propose(anew(place), **environ)
        first, *_, end = summary.read_text(encoding="utf-8").splitlines()
        assert first == "## What this run proposes"
        assert end.startswith(last)

    assert summary.read_text(encoding="utf-8").endswith("\nThese changes are in pull request #1.\n")
    news = change_record(place, "li2009.json", **{"updated-by": [RETRACTION]})
    run("These changes are in pull request #1.", news)
    close_pull(place, "MERGED")
    run("Nothing is new, so nothing is proposed.", news)
    run(
        "These changes are in pull request #2.", change_record(place, "benjamini1995.json", abstract=ABSTRACT)
    )
    commit_by_hand(place / "clone")
    run("Not proposed, because somebody has committed to enrich/publications. Pull request #2", news)
    close_pull(place, "CLOSED", keeps_branch=True)
    news = change_record(place, "benjamini1995.json", **{"updated-by": [RETRACTION]})
    run("Not proposed, because somebody has committed to enrich/publications, which", news)


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
    write_program(place / "temp" / "enrich" / "bin" / "enrich")
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


def run_gitlab(place: Path, news: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the job for GitLab in a fresh clone; the options of a push are in `options`."""
    origin = place / "origin.git"
    job = yaml.safe_load(examples(PAGE, "## GitLab", "yaml")[0])["publications"]
    program(place / "bin" / "pip", "true")
    program(origin / "hooks" / "pre-receive", f"env | grep ^GIT_PUSH_OPTION >{place}/options; true")
    environ = job["variables"] | {
        "ENRICH_PUSH_TOKEN": "sesame",
        "CI_SERVER_HOST": "gitlab.example",
        "CI_PROJECT_PATH": "me/site",
        "CI_DEFAULT_BRANCH": "main",
        "CI_JOB_URL": "https://gitlab.example/me/site/-/jobs/7",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{origin}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://oauth2:sesame@gitlab.example/me/site.git",
    }
    lines: list[str] = job["script"]
    (at,) = (at for at, line in enumerate(lines) if "enrich apply" in line)
    listing = yaml.safe_load(examples(PAGE, "## GitLab", "yaml")[1])
    script = "\n".join([*lines[: at + 1], *listing, *lines[at + 1 :]])
    script = script.replace("/tmp/", f"{place}/")  # noqa: S108 - of the example
    return shell(script, anew(place), environ | news, strict="-eo pipefail")


@pytest.mark.slow
@needs_bash
def test_gitlab_keeps_one_merge_request_up_to_date(clone: Path) -> None:
    place, origin = clone.parent, clone.parent / "origin.git"
    done = run_gitlab(place, {})
    assert done.returncode == 0, done.stderr
    options = (place / "options").read_text(encoding="utf-8")
    assert "merge_request.create" in options
    assert "merge_request.target=main" in options
    assert f"merge_request.title={UPDATE}\n" in options
    assert "https://gitlab.example/me/site/-/jobs/7/artifacts/browse" in options
    files = git(origin, "diff", "--name-only", "main", "enrich/publications").splitlines()
    assert {file.split("/")[0] for file in files} == {"cache", "content"}
    pushed = git(origin, "rev-parse", "enrich/publications")
    done = run_gitlab(place, {})
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "There is nothing new to propose.")
    assert git(origin, "rev-parse", "enrich/publications") == pushed, "a closed request stays closed"
    replace_on_main(place, "content/publication/shannon1948/index.md", "featured: true", "featured: false")
    assert run_gitlab(place, {}).returncode == 0
    assert git(origin, "rev-parse", "enrich/publications") == pushed, "it does so beside another change"
    news = change_record(place, "li2009.json", abstract="Another abstract of the same work, longer.")
    done = run_gitlab(place, news)
    assert done.returncode == 0, done.stderr
    assert git(origin, "rev-parse", "enrich/publications") != pushed
    artifacts = yaml.safe_load(examples(PAGE, "## GitLab", "yaml")[0])["publications"]["artifacts"]
    assert artifacts["when"] == "always", "the report of a failed job, too"
    kept = {name: (place / "clone" / name).read_text(encoding="utf-8") for name in artifacts["paths"]}
    assert "### Works without a page" in kept["enrich-report.md"]
    assert [(name, text.partition("\n")[0]) for name, text in kept.items()] == [
        ("enrich-report.md", "### Publications of A sample of publication pages"),
        ("enrich-report.html", "<!doctype html>"),
        ("enrich-new.html", "<!doctype html>"),
    ]
    assert "10.5555/12345678" in kept["enrich-new.html"]
    git(origin, "update-ref", "refs/heads/main", "enrich/publications")
    news = change_record(place, "li2009.json", **{"updated-by": [RETRACTION]})
    assert run_gitlab(place, news).returncode == 0
    assert f"merge_request.title={NEWS}\n" in (place / "options").read_text(encoding="utf-8")


@pytest.mark.slow
@needs_bash
def test_the_job_of_gitlab_fails_if_there_is_news_beside_a_persons_commit(clone: Path) -> None:
    place, origin = clone.parent, clone.parent / "origin.git"
    assert run_gitlab(place, {}).returncode == 0
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "By hand")
    git(clone, "push", "--quiet", f"file://{origin}", "enrich/publications")
    theirs = git(origin, "rev-parse", "enrich/publications")
    done = run_gitlab(place, {})
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "There is nothing new to propose.")
    news = change_record(place, "benjamini1995.json", abstract="<p>We control false discoveries.</p>")
    done = run_gitlab(place, news)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == (
        "Somebody has committed to enrich/publications, and there is news: read the report. Merge this "
        "branch to continue, or delete it, which discards the commit."
    )
    assert git(origin, "rev-parse", "enrich/publications") == theirs
    nothing = {"ENRICH_RECORDS": "", "ENRICH_OFFLINE": "true"}
    done = run_gitlab(place, nothing)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "Nothing could be compared")


@needs_bash
@pytest.mark.skipif(shutil.which("flock") is None, reason="no flock here")
def test_the_line_for_cron(clone: Path) -> None:
    [line] = examples(PAGE, "## cron", "cron")[0].splitlines()
    *when, command = line.split(None, 5)
    assert all(re.fullmatch(r"\*|\d+", field) for field in when)
    assert "%" not in command, "cron takes a % for a line end"
    (clone.parent / "website").symlink_to(clone)
    write_program(clone.parent / ".local" / "bin" / "enrich")
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
