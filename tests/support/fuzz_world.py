"""A small world for the fuzz of the command line: sites, a home, files of others, and what is in them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from enrich.cli import main
from tests.support.fuzz_process import Streams, run_forked
from tests.support.made_site import doi_of, make, page, put_records, record

PUBLICATION = "content/publication"
CODES = ["0000-0002-1825-0097"]
_PROFILE = f"---\ntitle: Ada Lovelace\nsuperuser: true\norcid: {CODES[0]}\n---\n"
_TOML = f'+++\ntitle = "{{}}"\nauthors = ["Ada Lovelace"]\ndate = "2020-02-03"\ndoi = "{doi_of(3)}"\n+++\n'
PAGES = {
    f"{PUBLICATION}/a/index.md": page(0),
    f"{PUBLICATION}/a/cite.bib": "@article{a,\n  title = {The 0th thing},\n  year = {2019}\n}\n",
    f"{PUBLICATION}/b/index.md": page(1).replace("\n", "\r\n"),
    f"{PUBLICATION}/c.md": page(2).replace(f'doi: "https://doi.org/{doi_of(2)}"\n', ""),
    f"{PUBLICATION}/d.md": _TOML.format("The 3th thing that was made"),
    f"{PUBLICATION}/_index.md": "---\ntitle: Publications\n---\n",
    "content/authors/admin/_index.md": _PROFILE,
    "content/post/x.md": "---\ntitle: A post\n---\n",
}
Snapshot = dict[str, tuple[int, int, int, bytes, int]]


def build_templates(folder: Path, environ: Mapping[str, str]) -> list[Path]:
    """Make the worlds that runs get copies of: one before the first `apply`, one after it."""
    fresh, used = folder / "fresh", folder / "used"
    _build_world(fresh)
    shutil.copytree(fresh, used, symlinks=True)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        _use_world(used)
    run_forked(["check", "-q"], environ, used / "site", Streams())  # leaves a cache
    assert (used / "site/cache/http.sqlite").exists()
    return [fresh, used]


def _build_world(world: Path) -> None:
    records = [record(number) for number in range(6)]
    for name in ("site", "other"):
        make(world / name, PAGES, records)
    (world / "site/enrich.toml").write_text('[fields]\ntitle = "propose"\n', encoding="utf-8")
    for name in ("home", "tmp", "private", "out", "empty"):
        (world / name).mkdir()
    put_records(world, records)
    (world / "private/notes.md").write_text("---\ntitle: mine\n---\n", encoding="utf-8")
    (world / "private/key").write_text("secret\n", encoding="utf-8")
    (world / "home/.bashrc").write_text("# mine\n", encoding="utf-8")
    (world / "dois.txt").write_text(f"{doi_of(0)}\n{doi_of(1)}\n", encoding="utf-8")


_SETTINGS = f"""\
[fields]
title = "propose"
"cite.bib" = "fill"
[pages]
sections = ["publication"]
doi_missing = true
[theme]
generation = "academic"
[people]
orcid = ["{CODES[0]}"]
[[ignore]]
doi = "{doi_of(4)}"
reason = "not ours"
[[ignore]]
path = "{PUBLICATION}/b/index.md"
field = "authors"
until = 2099-12-31
"""


def _use_world(world: Path) -> None:
    """Run the commands that leave files which later runs read."""
    site = str(world / "site")
    files = {
        "enrich.toml": _SETTINGS,
        ".gitignore": "public/\n",
        "data/authors/eve.yaml": "name: Eve Adams\n",
    }
    make(world / "site", files, [record(number) for number in range(6)])
    lines = [
        ["apply", site, "--records", str(world / "records.jsonl"), "-o", str(world / "out/report.json")],
        ["check", site, "--records", str(world / "records.jsonl"), "-o", str(world / "out/report.html")],
        ["check", site, "--offline", "-o", str(world / "out/report.md")],
        ["check", site, "--remember", "--records", str(world / "records.jsonl")],
        ["init", site, "--workflow"],
        ["records", "build", str(world / "records.jsonl"), "--out", str(world / "built")],
        [
            "records",
            "select",
            str(world / "records.jsonl"),
            "--sites",
            site,
            "--out",
            str(world / "some.parquet"),
        ],
    ]
    for line in lines:
        main.run(line)
    _write_decisions(world)


def _write_decisions(world: Path) -> None:
    """Write decisions about what is still proposed, as the HTML report's download has them."""
    import hashlib

    report = world / "out/all.json"
    main.run(["check", str(world / "site"), "--records", str(world / "records.jsonl"), "-o", str(report)])
    rows = [
        {
            "path": found["path"],
            "sha256": hashlib.sha256((world / "site" / found["path"]).read_bytes()).hexdigest(),
            "field": change["field"],
            "key": change["key"].split("."),
            "old": change["old"],
            "new": change["new"],
            "decision": "take",
        }
        for found in json.loads(report.read_text(encoding="utf-8"))["pages"]
        for change in found["changes"]
    ]
    text = json.dumps({"schema": 1, "decisions": rows})
    (world / "decisions.json").write_text(text, encoding="utf-8")


def take_snapshot(world: Path) -> Snapshot:
    """Return the state of everything in a world, links not followed; what cannot be read has its size."""
    found: Snapshot = {}
    waiting, start = [str(world)], len(str(world)) + 1
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                found[entry.path[start:]] = _describe_entry(entry.path, status)
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(entry.path)
    return found


def _describe_entry(path: str, status: os.stat_result) -> tuple[int, int, int, bytes, int]:
    """Return type and mode, owner, size and content of an entry, and its inode."""
    content = b""
    if stat.S_ISLNK(status.st_mode):
        content = os.fsencode(Path(path).readlink())
    elif stat.S_ISREG(status.st_mode):
        is_large = status.st_size > 100_000
        content = str(status.st_mtime_ns).encode() if is_large else Path(path).read_bytes()
    size = 0 if stat.S_ISDIR(status.st_mode) else status.st_size
    return status.st_mode, status.st_uid, size, content, status.st_ino


def remove_world(world: Path) -> None:
    """Remove a world, also what nobody may enter."""

    def open_up(_call: object, path: str, _error: object) -> None:
        with contextlib.suppress(OSError):
            Path(path).parent.chmod(0o755)
            Path(path).chmod(0o755)
            os.unlink(path) if not os.path.isdir(path) else shutil.rmtree(path, ignore_errors=True)  # noqa: PTH108, PTH112

    shutil.rmtree(world, onerror=open_up)


# Beside the cache, the files of a site that enrich reads back: it wrote them, or takes orders from them.
_READ_BACK = (
    "enrich.toml",
    ".gitignore",
    ".github",
    "hugo.yaml",
    "data/authors",
    "content/authors/admin",
    f"{PUBLICATION}/a/cite.bib",
)


def list_spoilable(world: Path, *, own_only: bool = False) -> list[Path]:
    """Return the files and folders of a site and beside it, or only those that are read back, sorted."""
    site = world / "site"
    folders = [site / "cache", *(site / name for name in _READ_BACK)] if own_only else [site]
    found = [path for folder in (*folders, world / "built") for path in (folder, *folder.rglob("*"))]
    found += [*world.glob("*.*"), *(world / "out").glob("*.*"), site / "enrich.toml"]
    return sorted({path for path in found if os.path.lexists(path)} - {site})
