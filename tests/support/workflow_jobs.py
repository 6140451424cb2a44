"""The jobs of the workflow that `enrich init --workflow` writes, run with a stand-in for `gh`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.sample import RECORDS, ROOT
from tests.support.warm_program import write_program

WORKFLOW = ROOT / "enrich" / "cli" / "templates" / "enrich.yml"
LISTING = "List works without a page"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"

needs_bash = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("git")), reason="no bash and git here to run the example with"
)
Run = subprocess.CompletedProcess[str]


# GitHub keeps the newest commit of a pull request under refs/pull.
GH = """
echo "$@" >>PLACE/asked
for last; do :; done
touch PLACE/pulls
case "$1 $2" in
"pr list") tail -n 1 PLACE/pulls ;;
"pr view") cat "PLACE/pull-$3.md" "PLACE/comments-$3.md" 2>/dev/null ;;
"pr comment") cat "$last" >>"PLACE/comments-$3.md" ;;
"pr create") number=$(($(wc -l <PLACE/pulls) + 1)); echo "OPEN $number" >>PLACE/pulls
  echo "https://github.example/me/site/pull/$number" ;;
"pr edit") number=$3 ;;
"pr close") sed "s/.* $3$/CLOSED $3/" PLACE/pulls >PLACE/left; mv PLACE/left PLACE/pulls
  echo "$last" >>"PLACE/comments-$3.md" ;;
esac
if [ -n "$number" ]; then
  cp "$last" "PLACE/pull-$number.md"
  git push --quiet --force origin "HEAD:refs/pull/$number/head"
fi
exit 0
"""


def workflow() -> dict[Any, Any]:
    """Return the workflow that `enrich init --workflow` writes."""
    found: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return found


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


def git(cwd: Path, *arguments: str) -> str:
    """Run git as a person, and return what it says."""
    names = {
        f"GIT_{who}_{what}": f"me@{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *arguments], cwd=cwd, env=os.environ | names, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


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
    # The same changes are the same commit: a run may start in the second in which another one ended.
    base |= {f"GIT_{who}_DATE": "2026-01-05T05:23:00Z" for who in ("AUTHOR", "COMMITTER")}
    base |= {"GITHUB_REF_NAME": "main", "EMAIL": BOT, "REPORT": "https://reports.example/1"}
    base |= {variable: value for variable, value in found["env"].items() if "${{" not in value}
    return shell(step["run"], clone, base | dict(environ))


def compare(clone: Path, **environ: str) -> Run:
    """Run the job that compares; its output is in `output`, what it hands over in `temp/proposal`."""
    place = clone.parent
    shutil.rmtree(place / "temp", ignore_errors=True)
    write_program(place / "temp" / "enrich" / "bin" / "enrich")
    (place / "output").unlink(missing_ok=True)
    return run_step("compare", "Compare with Crossref and write the safe changes", clone, environ)


def propose(clone: Path, **environ: str) -> Run:
    """Run both jobs, each in a clone of its own."""
    compared = compare(clone, **environ)
    assert compared.returncode == 0, compared.stderr + compared.stdout
    if environ.get("LIST_NEW") == "yes":
        listed = run_step("compare", LISTING, clone, environ)
        assert listed.returncode == 0, listed.stderr + listed.stdout
    return propose_compared(clone.parent)


def read_output(place: Path) -> str:
    """Return what the first job hands to the second, `""` if it failed before."""
    file = place / "output"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def propose_compared(place: Path) -> Run:
    """Run the second job, with a `gh` that keeps pull requests in files.

    `pulls` has a line for each, as `OPEN 1`; `pull-1.md` is the text of the first, and `comments-1.md` has
    its comments; what `gh` was asked is in `asked`.
    """
    program(place / "bin" / "gh", GH.replace("PLACE", str(place)))
    changed = read_output(place).removeprefix("changed=").strip()
    return run_step("propose", "Propose them", anew(place), {"CHANGED": changed})


def asked(place: Path) -> list[str]:
    """Return what `gh` was asked to do with pull requests, without the questions; forget it."""
    file = place / "asked"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [
        " ".join(line.split()[:2])
        for line in lines
        if line.startswith(("pr create", "pr edit", "pr comment", "pr close"))
    ]


def asked_titles(place: Path) -> list[str]:
    """Return the titles that `gh` was asked to give to pull requests, "" for none; forget them."""
    lines = (place / "asked").read_text(encoding="utf-8").splitlines()
    (place / "asked").unlink()
    changes = [line for line in lines if line.startswith(("pr create", "pr edit"))]
    return [line.partition("--title ")[2].partition(" --body-file")[0] for line in changes]


def close_pull(place: Path, state: str, *, keeps_branch: bool = False) -> None:
    """Close the newest pull request as `CLOSED` or `MERGED`, and delete its branch."""
    origin = place / "origin.git"
    *earlier, newest = (place / "pulls").read_text(encoding="utf-8").splitlines()
    lines = [*earlier, f"{state} {newest.split()[1]}"]
    (place / "pulls").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    git(origin, "update-ref", f"refs/pull/{newest.split()[1]}/head", "enrich/publications")
    if state == "MERGED":
        git(origin, "update-ref", "refs/heads/main", "enrich/publications")
    if not keeps_branch:
        git(origin, "update-ref", "-d", "refs/heads/enrich/publications")


def replace_on_main(place: Path, file: str, old: str, new: str) -> None:
    """Replace a text in a file, as somebody who works on the main branch."""
    clone = anew(place)
    text = (clone / file).read_text(encoding="utf-8")
    assert old in text
    (clone / file).write_text(text.replace(old, new), encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--message", "Edit a page")
    git(clone, "push", "--quiet", f"file://{place}/origin.git", "HEAD:main")


def change_record(place: Path, name: str, **values: object) -> dict[str, str]:
    """Return the variable that names records of which one is changed."""
    folder = place / "records"
    shutil.copytree(RECORDS, folder, dirs_exist_ok=True)
    record = json.loads((folder / name).read_text(encoding="utf-8"))
    message = record.get("message", record)
    message.update(values)
    (folder / name).write_text(json.dumps(record), encoding="utf-8")
    return {"ENRICH_RECORDS": str(folder)}
