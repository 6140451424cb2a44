"""What a workflow installs: what PEP 610 and the checkout say about this copy."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from enrich import __version__
from enrich.cli.install_source import InstallSource, find_install_source, read_direct_url

GIT = {"vcs": "git", "commit_id": "1f" * 20}
RELEASE = f"git+https://github.com/hugo-enrich/enrich@v{__version__}"


@pytest.mark.parametrize(
    ("record", "requirement"),
    [
        pytest.param(
            {"url": "https://github.com/lab/enrich.git", "vcs_info": GIT},
            f"git+https://github.com/lab/enrich.git@{'1f' * 20}",
            id="a git address at its commit",
        ),
        pytest.param(
            {"url": "ssh://git@github.com/lab/enrich.git", "vcs_info": GIT},
            f"git+https://github.com/lab/enrich.git@{'1f' * 20}",
            id="an address for keys, which a job does not have",
        ),
        pytest.param(
            {"url": "https://me:token@github.com/lab/enrich", "vcs_info": GIT},
            f"git+https://github.com/lab/enrich@{'1f' * 20}",
            id="a token stays here",
        ),
        pytest.param(
            {"url": "https://lab.example/hugo_enrich-1.0-py3-none-any.whl", "archive_info": {}},
            "https://lab.example/hugo_enrich-1.0-py3-none-any.whl",
            id="an archive",
        ),
        pytest.param({"url": "file:///nowhere/enrich", "dir_info": {}}, RELEASE, id="a folder"),
        pytest.param(
            {"url": "file:///nowhere/enrich", "vcs_info": GIT},
            RELEASE,
            id="a git address of this machine, which a job does not have",
        ),
    ],
)
def test_the_installation_says_where_it_came_from(record: dict[str, object], requirement: str) -> None:
    assert read_direct_url(record).requirement == requirement


@pytest.mark.parametrize(
    ("record", "place", "commit"),
    [
        pytest.param(
            {"url": "file:///nowhere/enrich", "dir_info": {}},
            f"the folder {Path('/nowhere/enrich')}",
            "COMMIT",
            id="a folder",
        ),
        pytest.param(
            {"url": "file:///nowhere/enrich.git", "vcs_info": GIT},
            f"the git repository {Path('/nowhere/enrich.git')}",
            "1f" * 20,
            id="a repository",
        ),
        pytest.param(
            {"url": "file:///my%20work/enrich", "vcs_info": GIT},
            f"the git repository {Path('/my work/enrich')}",
            "1f" * 20,
            id="a repository whose path has a space",
        ),
    ],
)
def test_a_copy_from_this_machine_says_what_was_assumed_and_what_to_replace(
    record: dict[str, object], place: str, commit: str
) -> None:
    assert read_direct_url(record) == InstallSource(
        RELEASE,
        f"this copy came from {place} on this machine, which a workflow cannot reach, so it installs the"
        " release of this version",
        "to install your copy, push it to a public repository and set PACKAGE in the file to"
        f" git+https://HOST/OWNER/REPOSITORY@{commit}",
    )


def _git(folder: Path, *arguments: str) -> str:
    names = ["-c", "user.name=me", "-c", "user.email=me@lab.example"]
    done = subprocess.run(
        ["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("origin", ["https://github.com/lab/enrich", "git@github.com:lab/enrich"])
def test_a_checkout_has_an_address_and_a_commit(tmp_path: Path, origin: str) -> None:
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "x")
    record = {"url": tmp_path.as_uri(), "dir_info": {"editable": True}}
    assert read_direct_url(record).requirement == RELEASE, "without an address"
    _git(tmp_path, "remote", "add", "origin", origin)
    source = read_direct_url(record)
    assert source.requirement == f"git+https://github.com/lab/enrich@{_git(tmp_path, 'rev-parse', 'HEAD')}"
    assert source.assumed == "this copy came from a checkout; push the commit, and keep the repository public"
    cloned = {"url": tmp_path.as_uri(), "vcs_info": GIT}
    assert read_direct_url(cloned).requirement == f"git+https://github.com/lab/enrich@{GIT['commit_id']}"


def test_this_copy_has_a_source() -> None:
    assert find_install_source().requirement.startswith(("git+https://", "https://", "hugo-enrich=="))
