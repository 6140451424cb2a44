"""Find out where this copy of enrich came from, so that another machine can install the same one.

`enrich --help` imports this file, so a function imports what takes long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import enrich

PACKAGE = "hugo-enrich"
SOURCE = "https://github.com/hugo-enrich/enrich"
_SCP = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/](.+)")  # git@github.com:lab/enrich.git


@dataclass(frozen=True, slots=True)
class InstallSource:
    """The requirement with which `pip install` installs this copy of enrich."""

    requirement: str
    """A git address at a commit, an archive's address, or the package's name and version."""
    assumed: str = ""
    """The assumption behind it, as a sentence; `""` if the installation states the source."""
    other: str = "to install another, change PACKAGE in the file"
    """The way to another one, as a sentence."""


def find_install_source() -> InstallSource:
    """Return the source of this copy, according to its installation or its checkout."""
    import json
    from importlib import metadata

    try:
        record = metadata.distribution(PACKAGE).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return _read_checkout(Path(enrich.__file__).parents[1])
    return read_direct_url(json.loads(record)) if record else InstallSource(_name_version())


def read_direct_url(record: Mapping[str, object]) -> InstallSource:
    """Return the requirement that installs the same copy again; `record` is PEP 610's direct_url.json."""
    from urllib.request import url2pathname

    url = str(record.get("url") or "")
    version_control = record.get("vcs_info")
    commit = str(version_control.get("commit_id")) if isinstance(version_control, Mapping) else ""
    if urlsplit(_make_public(url)).scheme in {
        "",
        "file",
    }:  # also a git address that is a folder of this machine
        return _read_checkout(Path(url2pathname(urlsplit(url).path)), commit)
    if commit:
        return InstallSource(f"git+{_make_public(url)}@{commit}")
    return InstallSource(_make_public(url))


def _read_checkout(folder: Path, commit: str = "") -> InstallSource:
    """Return the commit, by default the one that a folder has checked out, or this version's release."""
    address = _ask_git(folder, "remote", "get-url", "origin")
    commit = commit or _ask_git(folder, "rev-parse", "HEAD")
    if not (commit and urlsplit(_make_public(address)).scheme == "https"):
        return _assume_release(folder, commit)
    assumed = "this copy came from a checkout; push the commit, and keep the repository public"
    return InstallSource(f"git+{_make_public(address)}@{commit}", assumed)


def _assume_release(folder: Path, commit: str) -> InstallSource:
    """Return the release of this version, for a folder that another machine cannot reach."""
    place = f"{'the git repository' if commit else 'the folder'} {folder} on this machine"
    return InstallSource(
        f"git+{SOURCE}@v{enrich.__version__}",
        f"this copy came from {place}, which a workflow cannot reach, so it installs the release of this"
        " version",
        "to install your copy, push it to a public repository and set PACKAGE in the file to"
        f" git+https://HOST/OWNER/REPOSITORY@{commit or 'COMMIT'}",
    )


def _ask_git(folder: Path, *arguments: str) -> str:
    """Return the answer of git about the folder's own repository, `""` without one."""
    import subprocess

    if not (folder / ".git").exists():
        return ""
    command = ["git", "-C", str(folder), *arguments]  # the program's own folder, and no shell
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _make_public(address: str) -> str:
    """Return a repository's address for https, without a user or a token."""
    found = _SCP.fullmatch(address)
    parts = urlsplit(f"https://{found[1]}/{found[2]}" if found else address)
    return SplitResult(parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "").geturl()


def _name_version() -> str:
    return f"{PACKAGE}=={enrich.__version__}"
