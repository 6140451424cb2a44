"""Ways to damage a file or folder, as another program, a bad disk or a hostile repository may do."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.support.fuzz_structure import (
    VALUES,
    dump_json,
    edit_unpacked,
    mutate_json,
    mutate_lines,
    mutate_table,
    mutate_tables,
)

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


_PIECES = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"---\n", b"+++\n", b"{", b"[", b"}", b"]", b'"',
    b"'", b": ", b"\t", b"<<<<<<< HEAD\n", b"=======\n", b"*x ", b"&x ", b"!!python/object:os.system ",
    b"{{< x >}}", b"\x1b[31m", "\u202e\u2028".encode(), b"9" * 300, b"%", b"\\u0000", b"enrich: ",
    b"@@ -1 +1 @@\n", b"=", b"[[ignore]]\n",
]  # fmt: skip


_ODD_NAMES = [
    "caf\udce9", "\udcff.md", "x\ny.md", "\x1b[31m.md", "\u202e.md", " ", " .md", "a" * 250, ".hidden.md",
    "~",
    "-x.md", "--help", "con.md", "INDEX.MD", "index.de.md", "index.en.md", "index.xx-yy.md", "index.md~",
    "index.html", "_index.md", "_index.de.md", "x.YAML", "x.json", "x.toml", "cite.bib", "%20.md", "a\\b.md",
    "\U0001f600.md", "e\u0301.md", "\u00e9.md", "#x.md", "{a}.md", "[a].md", "*", "$(x).md", "index.Rmd",
    "a:b.md",
    "apply.lock", "enrich.toml", "hugo.toml", "baseline.broken", "http.sqlite.broken", "undo.patch",
    "_default",
]  # fmt: skip


def _rename(rng: Random, path: Path) -> None:
    path.rename(path.with_name(rng.choice(_ODD_NAMES)))


def _copy_beside(rng: Random, path: Path) -> None:
    """Put a copy of a file or a folder beside it, under an odd name."""
    twin = path.with_name(rng.choice(_ODD_NAMES))
    if not os.path.lexists(twin):
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, twin, symlinks=True)
        else:
            shutil.copy2(path, twin, follow_symlinks=False)  # a link may lead to a device without an end


def _put_file_of_others(rng: Random, path: Path) -> None:
    """Put another of the world's files there: what one reader takes, another may not."""
    world = _world_of(path)
    found = sorted(each for each in world.rglob("*.*") if each.is_file() and each.stat().st_size < 2**20)
    content = rng.choice(found).read_bytes()
    _clear(path)
    path.write_bytes(content)


def _encode_otherwise(rng: Random, path: Path) -> None:
    """Save a text in another encoding, or with other line ends."""
    text = path.read_text(encoding="utf-8", errors="replace")
    encoding = rng.choice(
        ["utf-16", "utf-16-be", "utf-32", "utf-7", "cp1252", "utf-8-sig", "cp037", "shift_jis"]
    )
    text = rng.choice(
        [text, text.replace("\n", "\r\n"), text.replace("\n", "\r"), text.replace("\n", "\u2028")]
    )
    path.write_bytes(text.encode(encoding, "replace"))


def _replace_number(rng: Random, path: Path) -> None:
    """Replace a number in a text by one that no program expects."""
    content = path.read_bytes()
    found = [*re.finditer(rb"-?\d+(?:\.\d+)?", content[: 2**20])]
    if found:
        number = rng.choice(found)
        path.write_bytes(content[: number.start()] + rng.choice(_NUMBERS) + content[number.end() :])


def _replace_word(rng: Random, path: Path) -> None:
    """Replace a word of a text by an odd piece, or by another of its words."""
    content = path.read_bytes()
    found = [*re.finditer(rb"\w+", content[: 2**20])]
    if found:
        word, other = rng.choice(found), rng.choice(found)
        path.write_bytes(content[: word.start()] + rng.choice([*_PIECES, other[0]]) + content[word.end() :])


def _mix_lines(rng: Random, path: Path) -> None:
    """Repeat, drop or move lines."""
    lines = path.read_bytes().splitlines(keepends=True)
    for _ in range(rng.choice([1, 2, 9])):
        if lines:
            line = lines.pop(rng.randrange(len(lines)))
            for _ in range(rng.choice([0, 1, 2])):
                lines.insert(rng.randrange(len(lines) + 1), line)
    path.write_bytes(b"".join(lines) * rng.choice([1, 1, 2]))


def _date_otherwise(rng: Random, path: Path) -> None:
    """Give a file a time long ago or far ahead."""
    when = rng.choice([0, 1, 2**31, 2**33, 253_402_300_800])
    os.utime(path, (when, when), follow_symlinks=False)


def _add_side_file(rng: Random, path: Path) -> None:
    """Put what SQLite, an editor or a killed run may leave beside a file."""
    end = rng.choice(["-journal", "-wal", "-shm", ".broken", "~", ".lock", ".tmp", ".broken-wal"])
    side = path.with_name(path.name + end)
    kinds: list[Spoil] = [
        _put(b""),
        _put(rng.randbytes(5_000)),
        _make_folder,
        _make_pipe,
        SPOILS["a link to a key"],
    ]
    rng.choice(kinds)(rng, side)


def _leave_stage(rng: Random, path: Path) -> None:
    """Leave the folder or the file of a killed run."""
    left = path.with_name(".enrich-left~")
    if rng.random() < 0.5:
        _put(b"half")(rng, left)
    else:
        _make_folder(rng, left)
        _put(b"")(rng, left / rng.choice(["stage.lock", "notes.md", "staged/x"]))


def _put_other_database(rng: Random, path: Path) -> None:
    """Put a database of another program there, or one with the tables of ours and other columns."""
    tables = rng.choice(
        [
            ["notes (a)"],
            ["responses (a)"],
            ["quiet_pages (page, value)"],
            ["quiet_pages (page, value)", "front_matters (page, value)"],
            ["responses (key, value)", "x (y)"],
            [],
        ]
    )
    _clear(path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {rng.choice([0, 1, 2, -1])}")
        for table in tables:
            connection.execute(f"CREATE TABLE {table}")
            name = table.partition(" ")[0]
            connection.execute(f"INSERT INTO {name} DEFAULT VALUES")


def _mutate_database(rng: Random, path: Path) -> None:
    """Put values of other types into the tables of a database, or change its layout."""
    if path.read_bytes()[:6] != b"SQLite":
        return
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        if not tables:
            return
        table = rng.choice(tables)
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        column = rng.choice(columns)
        if rng.random() < 0.2:
            connection.execute(rng.choice(_LAYOUTS).format(table=table, column=column))
        elif rng.random() < 0.5:
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {rng.choice(_STORED)}")  # noqa: S608
        else:
            _mutate_stored(rng, connection, table, column)


def _mutate_stored(rng: Random, connection: sqlite3.Connection, table: str, column: str) -> None:
    """Spoil the bytes of some values, as if they were files."""
    rows = connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()  # noqa: S608
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "value")
        for (value,) in rows:
            file.write_bytes(value if isinstance(value, bytes) else str(value).encode())
            EDITS[rng.choice(_OF_VALUES)](rng, file)
            update = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608
            connection.execute(update, (file.read_bytes(), value))


@functools.cache
def _make_odd_tables() -> list[bytes]:
    """Return Parquet files with our columns and values of other types, with others, and without rows."""
    import duckdb

    queries = [
        "SELECT 1 AS doi, 2 AS record", "SELECT 'x' AS doi, ['y'] AS record",
        "SELECT NULL AS doi, NULL AS record", "SELECT 'x' AS doi, '{' AS record",
        "SELECT 'x' AS doi, '[1]' AS record, 7 AS aliases, 8 AS title",
        "SELECT '\\x00'::BLOB AS doi, '\\xFF'::BLOB AS record",
        "SELECT 'x' AS doi, 'null' AS record WHERE false", "SELECT 'a' AS alias, 1 AS doi",
        "SELECT DATE '2020-01-01' AS title, 'x' AS doi", "SELECT 1 AS x",
        "SELECT {'a': 1} AS doi, MAP {'a': 1} AS record",
        "SELECT 'x' AS DOI, repeat('[', 9000) AS record",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        for number, query in enumerate(queries):
            connection.execute(f"COPY ({query}) TO '{folder}/{number:02}.parquet'")
        return [file.read_bytes() for file in sorted(Path(folder).iterdir())]


def _put_odd_table(rng: Random, path: Path) -> None:
    _clear(path)
    path.write_bytes(rng.choice(_make_odd_tables()))


_NUMBERS = [
    b"9" * 5_000, b"-" + b"9" * 5_000, b"1e999", b"-1e999", b"1e-999", b"NaN", b"Infinity", b"-0",
    b"0x10", b"1_0", b"1e3", b"18446744073709551616", b"-9223372036854775809", b"007", b"1.", b"null",
    b'"1"', b"", b"2020-99-99",
]  # fmt: skip
_STORED = [
    "NULL", "1", "-1", "9e999", "-9e999", "1.5", "9223372036854775807", "'x'", "''", "x''", "x'00ff'",
    "zeroblob(1000000)", "CAST(x'ff' AS TEXT)", "'2020-13-45'", "x'7b7d0a7b7d'", "x'5b5d0a6e756c6c'",
    "x'6e756c6c0a'", "char(0)",
]  # fmt: skip
_LAYOUTS = [
    "PRAGMA user_version = 7", "PRAGMA user_version = -1", "DROP TABLE {table}", "DELETE FROM {table}",
    "ALTER TABLE {table} RENAME TO other", "ALTER TABLE {table} RENAME COLUMN {column} TO other",
    "ALTER TABLE {table} ADD COLUMN more", "CREATE TABLE notes (a)",
    "CREATE VIEW notes AS SELECT * FROM {table}",
    "CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END",
    "PRAGMA journal_mode = WAL", "CREATE TABLE redirects (a)", "PRAGMA application_id = 5",
]  # fmt: skip
_OF_VALUES = [
    "cut",
    "flipped",
    "spliced",
    "JSON values",
    "JSON values",
    "a number",
    "a word",
    "another encoding",
]

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
    "JSON of another type": _put(
        lambda rng: dump_json(rng, rng.choice(VALUES)).encode("utf-8", "surrogatepass")
    ),
    "spaces": _put(b" \n\t" * 5_000),
    "gone": lambda _, path: _clear(path),
    "another of the files": _put_file_of_others,
    "another time": _date_otherwise,
    "a file beside it": _add_side_file,
    "left by a killed run": _leave_stage,
    "another database": _put_other_database,
    "another table": _put_odd_table,
    "another name": _rename,
    "a twin": _copy_beside,
}
EDITS: Mapping[str, Spoil] = {
    "cut": _cut,
    "flipped": _flip,
    "spliced": _splice,
    "JSON values": edit_unpacked(mutate_json),
    "values": mutate_lines,
    "tables": mutate_tables,
    "a Parquet table": mutate_table,
    "unpacked": edit_unpacked(lambda rng, path: EDITS[rng.choice(_OF_VALUES)](rng, path)),
    "a number": _replace_number,
    "a word": _replace_word,
    "another encoding": _encode_otherwise,
    "mixed lines": _mix_lines,
    "values of other types": _mutate_database,
}


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
    if not is_file or rng.random() < 0.25:
        name = rng.choice([*SPOILS])
        with contextlib.suppress(OSError):
            SPOILS[name](rng, path)
        return name
    before = path.read_bytes()
    for _ in range(9):  # not every edit finds something to edit in every file
        name = rng.choice([*EDITS])
        with contextlib.suppress(OSError, ValueError):
            EDITS[name](rng, path)
        if path.read_bytes() != before:
            break
    return name
