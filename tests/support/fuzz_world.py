"""A small world for the fuzz of the command line: sites, a home, files of others, ways to spoil them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import stat
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random

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


def _use_world(world: Path) -> None:
    """Run the commands that leave files which later runs read."""
    site = str(world / "site")
    lines = [
        ["apply", site, "--records", str(world / "records.jsonl"), "-o", str(world / "out/report.json")],
        ["check", site, "--records", str(world / "records.jsonl"), "-o", str(world / "out/report.html")],
        ["check", site, "--offline", "-o", str(world / "out/report.md")],
        ["check", site, "--remember", "--records", str(world / "records.jsonl")],
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


Spoil = Callable[[Random, Path], None]


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)


def _put(content: bytes | Callable[[Random], bytes]) -> Spoil:
    def write(rng: Random, path: Path) -> None:
        _clear(path)
        path.write_bytes(content if isinstance(content, bytes) else content(rng))

    return write


def _link(target: Callable[[Random, Path], str]) -> Spoil:
    def link(rng: Random, path: Path) -> None:
        name = target(rng, path)
        _clear(path)
        path.symlink_to(name)

    return link


def _forbid(rng: Random, path: Path) -> None:
    path.chmod(rng.choice([0, 0o111, 0o222, 0o444, 0o555]))


def _give_away(rng: Random, path: Path) -> None:
    os.chown(path, rng.choice([1, 65534]), 65534)
    path.chmod(rng.choice([0o600, 0o700, 0o644, 0o755]))


def _make_pipe(_: Random, path: Path) -> None:
    _clear(path)
    os.mkfifo(path)


def _make_socket(_: Random, path: Path) -> None:
    _clear(path)
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as server:
        try:
            os.chdir(path.parent)  # the name of a socket has at most 107 bytes
            server.bind(path.name)
        finally:
            os.chdir(here)


def _make_folder(_: Random, path: Path) -> None:
    _clear(path)
    path.mkdir()


def _fill_folder(_: Random, path: Path) -> None:
    _clear(path)
    path.mkdir()
    (path / "x").write_text("x", encoding="utf-8")


def _grow(_: Random, path: Path) -> None:
    """Make a file huge: a hole that takes no room on disk."""
    _clear(path)
    with path.open("wb") as file:
        file.truncate(3 * 2**30)


def _cut(rng: Random, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(len(content) + 1)])


def _flip(rng: Random, path: Path) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 3, 30])):
        if content:
            content[rng.randrange(len(content))] = rng.randrange(256)
    path.write_bytes(bytes(content))


def _splice(rng: Random, path: Path) -> None:
    """Put an odd piece somewhere into a file."""
    content = path.read_bytes()
    at = rng.randrange(len(content) + 1)
    path.write_bytes(content[:at] + rng.choice(_PIECES) * rng.choice([1, 1, 1, 500]) + content[at:])


def _mutate_json(rng: Random, path: Path) -> None:
    """Replace a value of a JSON text, or of one line, by one of another type."""
    lines = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    spots = [number for number, line in enumerate(lines) if "{" in line]
    if not spots:
        return
    number = rng.choice(spots)
    head, brace, rest = lines[number].partition("{")
    try:
        value = json.loads(brace + rest)
    except (ValueError, RecursionError):
        return
    lines[number] = head + json.dumps(mutate_value(rng, value))
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")


def mutate_value(rng: Random, value: object) -> object:
    """Return a JSON value with something in it replaced, removed or added."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        key = rng.choice(list(value))
        if rng.random() < 0.1:
            return {name: item for name, item in value.items() if name != key}
        if rng.random() < 0.1:
            return {**value, str(rng.choice(ODD_VALUES))[:50]: rng.choice(ODD_VALUES)}
        return {**value, key: mutate_value(rng, value[key])}
    if isinstance(value, list) and value and rng.random() < 0.8:
        at = rng.randrange(len(value))
        return [*value[:at], mutate_value(rng, value[at]), *value[at + 1 :]]
    return rng.choice(ODD_VALUES)


ODD_VALUES: list[object] = [
    None, True, False, 0, -1, 1.5, 10**400, 1e308, float("nan"), float("inf"), "", "x", "\0", "\ud800",
    "a\nb", [], [[]], {}, {"": None}, ["x", 1], "../../../../etc/passwd", "/dev/zero", "x" * 5_000,
    "9" * 5_000, "\x1b[2J", "2020-13-45", [[2020, 99, 99]], [[10**30]], {"date-parts": [None]}, "<b>x",
    "\u202e", [None], [{"a": []}],
]  # fmt: skip
_PIECES = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"---\n", b"+++\n", b"{", b"[", b"}", b"]", b'"',
    b"'", b": ", b"\t", b"<<<<<<< HEAD\n", b"=======\n", b"*x ", b"&x ", b"!!python/object:os.system ",
    b"{{< x >}}", b"\x1b[31m", "\u202e\u2028".encode(), b"9" * 300, b"%", b"\\u0000", b"enrich: ",
    b"@@ -1 +1 @@\n", b"=", b"[[ignore]]\n",
]  # fmt: skip

SPOILS: Mapping[str, Spoil] = {
    "a link to itself": _link(lambda _, path: str(path)),
    "a link to nowhere": _link(lambda *_: "nowhere"),
    "a link to a key": _link(lambda _, path: str(_world_of(path) / "private/key")),
    "a link to private": _link(lambda _, path: str(_world_of(path) / "private")),
    "a link to a new file of others": _link(lambda _, path: str(_world_of(path) / "private/new")),
    "a link to a device": _link(
        lambda rng, _: rng.choice(["/dev/zero", "/dev/full", "/dev/null", "/dev/tty"])
    ),
    "a link to what is forbidden": _link(lambda _, path: str(_make_forbidden(path))),
    "forbidden": _forbid,
    "of others": _give_away,
    "a pipe": _make_pipe,
    "a socket": _make_socket,
    "an empty folder": _make_folder,
    "a folder": _fill_folder,
    "empty": _put(b""),
    "huge": _grow,
    "random bytes": _put(lambda rng: rng.randbytes(rng.choice([1, 20, 5_000]))),
    "deep lists": _put(b"[" * 5_000),
    "deep mappings": _put(b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
    "JSON of another type": _put(lambda rng: json.dumps(rng.choice(ODD_VALUES)).encode()),
    "spaces": _put(b" \n\t" * 5_000),
    "gone": lambda _, path: _clear(path),
}
EDITS: Mapping[str, Spoil] = {"cut": _cut, "flipped": _flip, "spliced": _splice, "mutated": _mutate_json}


def _world_of(path: Path) -> Path:
    return next(parent for parent in path.parents if (parent / "private").is_dir())


def _make_forbidden(path: Path) -> Path:
    folder = _world_of(path) / "forbidden"
    folder.mkdir(exist_ok=True)
    (folder / "x").write_text("x", encoding="utf-8")
    folder.chmod(0)
    return folder / "x"


def spoil_path(rng: Random, path: Path) -> str:
    """Spoil a file or folder in some way; return which, for the report."""
    is_file = path.is_file() and not path.is_symlink() and path.stat().st_size < 2**24
    kinds = {**SPOILS, **EDITS} if is_file else SPOILS
    name: str = rng.choice([*kinds, *([*EDITS] * 6 if is_file else ())])
    with contextlib.suppress(OSError):
        kinds[name](rng, path)
    return name


def list_spoilable(world: Path, *, own_only: bool = False) -> list[Path]:
    """Return the files and folders of a site and beside it, or only those that enrich made, sorted."""
    folders = [world / "site/cache" if own_only else world / "site", world / "built"]
    found = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    found += [*world.glob("*.*"), *(world / "out").glob("*.*"), world / "site/enrich.toml"]
    return sorted({path for path in found if os.path.lexists(path)} - {world / "site"})
