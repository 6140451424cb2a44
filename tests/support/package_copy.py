"""A copy of the package with a site beside it, for tests that add a file or a row and run the program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.sample import ROOT


def copy_package(folder: Path) -> Path:
    """Copy the package to a folder and make an empty site there; return the folder."""
    shutil.copytree(ROOT / "enrich", folder / "enrich")
    (folder / "site" / "content").mkdir(parents=True)
    return folder


def read_developers_example(heading: str) -> str:
    """Return the file that this chapter of the developers' page shows."""
    chapter = (ROOT / "docs/developers.md").read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
    return chapter.partition("```python\n")[2].partition("```")[0]


# Run command lines one after the other, for which the program is loaded once.
_RUN_ALL = (
    "import json, sys; from enrich.cli.main import run; sys.exit(max(map(run, json.loads(sys.argv[1]))))"
)


def run_copy(folder: Path, *typed: str, environ: Mapping[str, str] | None = None) -> str:
    """Run the copied program in the site; return what it prints."""
    return _run_python(folder, "-m", "enrich", *typed, environ=environ)


def run_all(folder: Path, lines: Sequence[Sequence[str]]) -> str:
    """Run command lines of the copied program in the site, all in one process; return what they print."""
    return _run_python(folder, "-c", _RUN_ALL, json.dumps(lines))


def _run_python(folder: Path, *words: str, environ: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder / "site",
        env={"PYTHONPATH": str(folder), "LC_ALL": "C.UTF-8", "COLUMNS": "100", **(environ or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
