"""A small world for the fuzz of the command line: sites, a home, files of others, and what is in them."""

from __future__ import annotations

import contextlib
import gzip
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
from tests.support.stand_in import Record, dataset

PUBLICATION = "content/publication"
CODES = ["0000-0002-1825-0097"]
_PROFILE = f"---\ntitle: Ada Lovelace\nsuperuser: true\norcid: {CODES[0]}\n---\n"
_TOML = f'+++\ntitle = "{{}}"\nauthors = ["Ada Lovelace"]\ndate = "2020-02-03"\ndoi = "{doi_of(3)}"\n+++\n'
DATA = "10.5281/zenodo.1"
_JSON = json.dumps(
    {"title": f"Data of {DATA}", "authors": [], "doi": DATA, "links": [{"url": "x"}]}, indent=1
)
PAGES = {
    f"{PUBLICATION}/a/index.md": page(0),
    f"{PUBLICATION}/a/cite.bib": "@article{a,\n  title = {The 0th thing},\n  year = {2019}\n}\n",
    f"{PUBLICATION}/b/index.md": page(1).replace("\n", "\r\n"),
    f"{PUBLICATION}/c.md": page(2).replace(f'doi: "https://doi.org/{doi_of(2)}"\n', ""),
    f"{PUBLICATION}/d.md": _TOML.format("The 3th thing that was made"),
    f"{PUBLICATION}/e/index.md": _JSON,
    f"{PUBLICATION}/b/index.de.md": page(1, title="Das Ding, das einer gemacht hat"),
    f"{PUBLICATION}/f/index.md": page(2),
    f"{PUBLICATION}/f/index.Rmd": page(2),
    f"{PUBLICATION}/_index.md": "---\ntitle: Publications\n---\n",
    "content/authors/admin/_index.md": _PROFILE,
    "content/post/x.md": "---\ntitle: A post\n---\n",
}
Snapshot = dict[str, tuple[int, int, int, bytes, int]]


def list_works() -> list[dict[str, object]]:
    """Return what Crossref knows: works with pages, a work without one, and two of the site's owner."""
    owner = {"given": "Ada", "family": "Lovelace", "ORCID": f"https://orcid.org/{CODES[0]}"}
    return [*map(record, range(6)), *(record(number, author=[owner]) for number in (6, 7))]


def list_datasets() -> list[Record]:
    """Return what DataCite knows: a data set with a page, and one of the site's owner without."""
    identifiers = [{"nameIdentifier": f"https://orcid.org/{CODES[0]}", "nameIdentifierScheme": "ORCID"}]
    creators = [{"name": "Lovelace, Ada", "nameIdentifiers": identifiers}]
    return [dataset(DATA), dataset("10.5281/zenodo.2", creators=creators, publicationYear=2021)]


def build_templates(folder: Path, environ: Mapping[str, str]) -> list[Path]:
    """Make the worlds that runs get copies of: before the first `apply`, after it, and after other commands.

    In the last one a run was stopped, so that the next finds what it left.
    """
    fresh, used, added, stopped = (folder / name for name in ("fresh", "used", "added", "stopped"))
    _build_world(fresh)
    shutil.copytree(fresh, used, symlinks=True)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        _use_world(used)
    for words in (["check"], ["find"], ["new"], ["explain", doi_of(0)]):  # leaves answers in the cache
        run_forked([*words, "-q"], environ, used / "site", Streams())
    assert (used / "site/cache/http.sqlite").exists()
    shutil.copytree(used, added, symlinks=True)
    run_forked(["add", doi_of(5), doi_of(6)], environ, added / "site", Streams())
    assert '"was": ""' in (added / "site/cache/undo.patch").read_text(encoding="utf-8")
    shutil.copytree(added, stopped, symlinks=True)
    _stop_world(stopped)
    return [fresh, used, added, stopped]


def _stop_world(world: Path) -> None:
    """Leave what a run leaves that was killed while it wrote."""
    undo = world / "site/cache/undo.patch"
    undo.write_text(undo.read_text(encoding="utf-8").rpartition("enrich: ")[0], encoding="utf-8")
    (world / f"site/{PUBLICATION}/a/.enrich-left~").write_text("half", encoding="utf-8")
    (world / "site/cache/baseline.broken").write_text('{"path": "half\n', encoding="utf-8")
    shutil.copy(world / "site/cache/http.sqlite", world / "site/cache/http.sqlite.broken")


def _build_world(world: Path) -> None:
    records = list_works()
    for name in ("site", "other"):
        make(world / name, PAGES, records)
    (world / "site/enrich.toml").write_text('[fields]\ntitle = "propose"\n', encoding="utf-8")
    for name in ("home", "tmp", "private", "out", "empty"):
        (world / name).mkdir()
    put_records(world, records)
    (world / "private/notes.md").write_text("---\ntitle: mine\n---\n", encoding="utf-8")
    (world / "private/key").write_text("secret\n", encoding="utf-8")
    (world / "home/.bashrc").write_text("# mine\n", encoding="utf-8")
    _put_shelf(world / "shelf", records)
    (world / "dois.txt").write_text(f"{doi_of(0)}\n{doi_of(1)}\n", encoding="utf-8")


def _put_shelf(shelf: Path, records: list[dict[str, object]]) -> None:
    """Write records in each form that `--records` takes."""
    shelf.mkdir()
    lines = "".join(json.dumps(one) + "\n" for one in records[3:])
    message = {"status": "ok", "message-type": "work", "message": records[1]}
    (shelf / "a.json").write_text(json.dumps({"items": records[:1]}), encoding="utf-8")
    (shelf / "b.json").write_text(json.dumps(message), encoding="utf-8")
    (shelf / "c.jsonl.gz").write_bytes(gzip.compress(lines.encode(), 1))
    (shelf / "d.json").write_text(json.dumps({"data": list_datasets()}), encoding="utf-8")


_SITE_FILES = {
    ".gitignore": "public/\n",
    ".git/HEAD": "ref: refs/heads/main\n",
    "hugo.yaml": """\
title: Made
theme: [academic]
languages:
  en: {weight: 1, title: Made, params: {description: x}}
  de: {weight: 2, contentDir: content/de}
ignoreFiles: ["\\\\.tmp$"]
permalinks: {publication: /p/:slug/}
params:
  publications: {date_format: "2006"}
""",
    "config/_default/params.toml": 'citation = "apa"\n[features]\nmath = true\n[[list]]\nname = "x"\n',
    "config/_default/module.yaml": """\
imports:
- path: github.com/wowchemy/wowchemy-hugo-themes/modules/wowchemy
mounts:
- source: papers
  target: content/publication/more
""",
    "config/_default/markup.json": '{"goldmark": {"extensions": {"passthrough": {"enable": true}}}}',
    "papers/g.md": page(4),
    "go.mod": "module example.org/site\n\nrequire github.com/wowchemy/wowchemy-hugo-themes v5.0.0\n",
    "themes/academic/theme.toml": 'name = "Academic"\n',
    "data/authors/eve.yaml": "name: {display: Eve Adams, given: Eve}\nlinks:\n- url: https://orcid.org/x\n",
    "data/authors/max.toml": 'name = "Max Born"\n[[social]]\nlink = "https://orcid.org/x"\n',
    "data/authors/zoe.json": '{"first_name": "Zoe", "last_name": "Doe", "social": [{"url": "x"}]}',
    "content/authors/bob/_index.md": "+++\nname = 'Bob Ray'\n[[social]]\nlink = 'x'\n+++\n",
    "content/authors/bob/_index.de.md": "---\ntitle: Bob Ray\n---\n",
}
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
    make(world / "site", {"enrich.toml": _SETTINGS, **_SITE_FILES}, list_works())
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
    ".git",
    "config",
    "go.mod",
    "themes",
    "papers",
    "data/authors",
    "content/authors",
    PUBLICATION,
)


def list_spoilable(world: Path, *, own_only: bool = False) -> list[Path]:
    """Return the files and folders of a site and beside it, or only those that are read back, sorted."""
    site = world / "site"
    folders = [site / "cache", *(site / name for name in _READ_BACK)] if own_only else [site]
    found = [
        path
        for folder in (*folders, world / "built", world / "shelf")
        for path in (folder, *folder.rglob("*"))
    ]
    found += [*world.glob("*.*"), *(world / "out").glob("*.*"), site / "enrich.toml"]
    return sorted({path for path in found if os.path.lexists(path)} - {site})
