"""The sample site in a folder of its own, and the whole program run on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORDS = "cache/records"


def copy_site(target: Path) -> Path:
    """Copy the sample site and its records to a folder, and return it."""
    for name in ("content", "config", RECORDS):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "go.mod", target / "go.mod")
    return target


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a site, with nothing of this machine's settings."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ENRICH_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "120"}
    return subprocess.run(
        [sys.executable, "-m", "enrich", *arguments],
        cwd=site,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
