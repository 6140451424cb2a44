"""Make the cache folder, with a .gitignore for the files that do not belong in git."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from enrich.errors import GuidedPageError, PageError, describe_os_error
from enrich.writer.atomic_write import read_own_file, write_file

FOLDER = "cache"

_HEAD = "# Written by enrich. baseline.jsonl is not listed: it is made to be committed."
# By the path of a .gitignore from the site's root: its lines that hide the baseline from git.
_HIDING = {
    ".gitignore": {"cache", "cache/", "/cache", "/cache/", "cache/*", "/cache/*", "cache/**", "*.jsonl"},
    f"{FOLDER}/.gitignore": {"*", "/*", "*.jsonl", "baseline.jsonl", "/baseline.jsonl"},
}
_STEP = (
    "remove the line; otherwise a fresh clone does not know what you declined and what enrich has reported"
)
_IGNORED = ("*.sqlite*", "parquet/", "undo.patch", "*.lock", ".enrich-*~")


def make_cache(folder: Path) -> Path:
    """Make a cache folder and its .gitignore if they are missing; raise PageError if no folder can be made.

    Add the missing lines to a .gitignore of an earlier version; leave one of the owner's as it is. A
    .gitignore that cannot be written does not end the run, because nothing depends on it.
    """
    if folder.name == FOLDER and _leads_out(folder):
        raise GuidedPageError(
            f"{folder} is a link that leads out of the site", "remove it, and run the command again"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PageError(f"the cache folder {folder} cannot be made: {describe_os_error(error)}") from None
    with suppress(PageError):
        _complete_gitignore(folder / ".gitignore")
    return folder


def _leads_out(folder: Path) -> bool:
    """Return whether a folder is a link out of its parent, as it may come with somebody's repository."""
    inside = os.path.realpath(folder.parent)
    return folder.is_symlink() and not Path(os.path.realpath(folder)).is_relative_to(inside)


def _complete_gitignore(file: Path) -> None:
    text = read_own_file(file).decode("utf-8", "replace")
    lines = text.splitlines() or [_HEAD]
    if not text.startswith(_HEAD.partition(".")[0]) and not set(lines) <= {_HEAD, *_IGNORED}:
        return
    missing = [line for line in _IGNORED if line not in lines]
    if missing:
        write_file(file, ["".join(f"{line}\n" for line in (*lines, *missing)).encode("utf-8")])


def describe_hidden_baseline(root: Path) -> str:
    """Return a message about a line of .gitignore that keeps the baseline out of git, `""` without one."""
    for name, hiding in _HIDING.items():
        with suppress(PageError):
            lines = read_own_file(root / name).decode("utf-8", "replace").splitlines()
            shown = any(line.startswith("!") and "baseline.jsonl" in line for line in lines)
            number = next((number for number, line in enumerate(lines, 1) if line.strip() in hiding), 0)
            if number and not shown:
                return f"{name}:{number}: this line keeps {FOLDER}/baseline.jsonl out of git; {_STEP}"
    return ""
