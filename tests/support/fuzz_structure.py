"""Ways to damage what a file says, not its bytes: the file can still be parsed, and has odd values in it."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

Place = tuple[str | int, ...]
_LETTERS = ["\0", "\ud800", "\udce9", "\n", "\r", "\x1b[2J", "../", "/", "\u202e", "\ufeff", "\x85", " "]
VALUES: list[object] = [
    None, True, False, 0, -1, 1.5, 10**400, 1e308, float("nan"), float("inf"), "", "x", "\0", "\ud800",
    "a\nb", [], [[]], {}, {"": None}, ["x", 1], "../../../../etc/passwd", "/dev/zero", "x" * 5_000,
    "9" * 5_000, "\x1b[2J", "2020-13-45", [[2020, 99, 99]], [[10**30]], {"date-parts": [None]}, "<b>x",
    "\u202e", [None], [{"a": []}], ".", "..", "~", "content", "10.5555/made.1", "a" * 300 + "/b", 2**63,
    [[[[[[[]]]]]]], {"a": {"a": {"a": {}}}}, ["x"] * 3_000, "10.5555/" + "%" * 999, "con", "x.md/", 1e-400,
]  # fmt: skip
# What no JSON library writes, in place of the value "@raw"; parsers differ in what they take.
_RAW_JSON = [
    "NaN", "-Infinity", "1e999", "-1e999", "9" * 5_000, "[" * 120 + "]" * 120, "[" * 900 + "]" * 900,
    "[" * 9_000 + "]" * 9_000, '{"a":' * 120 + "1" + "}" * 120, '{"a":' * 450 + "1" + "}" * 450,
    '{"a":' * 9_000 + "1" + "}" * 9_000, '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', "01", "1.", "'x'",
    '{"a": 1, "a": 2}', "-0", "1E5", "1e-999", '"\t"', "[1,]", "undefined",
]  # fmt: skip
_RAW_YAML = [
    "&a [*a]", "&a {x: *a}", "*nowhere", "&a x", "!!binary x", "!!binary gIGC", "!!python/name:os.system ''",
    "!!timestamp 2020-13-45", "2020-02-30", "2020-01-01T25:00:00Z", ".nan", "-.inf", "0o17", "0b1", "1:2:3",
    "12345678901234567890", "1_000", "~", "null", "yes", "NO", "? x", "{<<: 1}", "&a {<<: *a}",
    "!!set {a, b}",
    "!!omap [a: 1]", "!x y", "|\n  a\n b", ">-\n", "'", '"\\ud800"', '"\\0"', '"\\x85"', "[a, [b, {c: d}]]",
    "[" * 90 + "]" * 90, "[" * 450 + "]" * 450, "{a: " * 450 + "}" * 450, "{a: " * 90 + "}" * 90,
    "{a: 1, a: 2}", "{? [a]: b}", "{1: a, 1.0: b, true: c}", "{~: a}", "9" * 5_000, "1e999",
    "0x" + "f" * 5_000,
    "# x", "- a", "a: b", "\u2028", "\x85", "\ufeff", "%TAG", "---", "...", "@x", "`x`", "\tx", "=", "<<",
]  # fmt: skip
_RAW_TOML = [
    "nan", "-inf", "9" * 5_000, "1e999", "0xfff", "2020-02-30", "2020-01-01", "2020-01-01T00:00:00Z",
    "07:32:00",
    "1979-05-27 07:32:00.9999999999", "[[[]]]", "[" * 450 + "]" * 450, "[" * 5_000 + "]" * 5_000,
    "{a = 1, a = 2}",
    "{a.b = 1, a.c = 2}", "{a = " * 450 + "1" + "}" * 450, '"\\ud800"', '"\\U0011ffff"', '"""',
    "'''x\n'''", "''",
    "1_0", "_1", "true", "[1, 'a', {}]", "{}", "[{}]", '"x" # y', "9223372036854775808", "0001-01-01",
]  # fmt: skip
_ASSIGNED = re.compile(
    rb"^([ \t]*(?:- )?[\"']?[\w.@-]+[\"']?[ \t]*([:=])[ \t]+|[ \t]*(-) )(\S.*)$", re.MULTILINE
)
_HEADER = re.compile(rb"^\[+[^\n\]]+\]+$", re.MULTILINE)


def mutate_json(rng: Random, path: Path) -> None:
    """Change values of a JSON text, or of some of its lines, each time in a place of its own."""
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    with contextlib.suppress(ValueError, RecursionError):
        _write_text(path, dump_json(rng, mutate_places(rng, json.loads(text))))
        return
    lines = text.split("\n")
    spots = [number for number, line in enumerate(lines) if "{" in line]
    for number in rng.sample(spots, min(len(spots), rng.choice([1, 1, 2, 9]))):
        head, brace, rest = lines[number].partition("{")
        with contextlib.suppress(ValueError, RecursionError):
            lines[number] = head + dump_json(rng, mutate_places(rng, json.loads(brace + rest)))
    _write_text(path, "\n".join(lines))


def mutate_places(rng: Random, value: object) -> object:
    """Return a JSON value with one to three of its values changed, deep ones as often as others."""
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        value = _change_at(rng, value, rng.choice([*_list_places(value)]))
    return value


def _list_places(value: object) -> Iterator[Place]:
    """Yield the place of a value and of every value inside it."""
    yield ()
    items = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for key, inner in items:
        yield from ((key, *rest) for rest in _list_places(inner))


def _change_at(rng: Random, value: object, place: Place) -> object:
    """Return a value with another one in a place; on the way there, its mappings and lists are copied."""
    if not place:
        return rng.choice(_CHANGES)(rng, value)
    key, *rest = place
    if isinstance(value, dict):
        return {
            name: _change_at(rng, item, tuple(rest)) if name == key else item for name, item in value.items()
        }
    assert isinstance(value, list)
    return [_change_at(rng, item, tuple(rest)) if at == key else item for at, item in enumerate(value)]


def _replace(rng: Random, _value: object) -> object:
    return rng.choice([*VALUES, *["@raw"] * 8])


def _wrap(rng: Random, value: object) -> object:
    return rng.choice([[value], {"value": value}, [value, value], [[value]], {"": value}])


def _unwrap(rng: Random, value: object) -> object:
    inner = [*value.values()] if isinstance(value, dict) else value
    return rng.choice(inner) if isinstance(inner, list) and inner else value


def _shuffle(rng: Random, value: object) -> object:
    """Drop, repeat or reorder what a mapping or list has; put an odd letter into a text."""
    if isinstance(value, dict) and value:
        gone = rng.choice([*value])
        return {name: item for name, item in value.items() if name != gone}
    if isinstance(value, list) and value:
        return rng.choices(value, k=rng.choice([0, 1, len(value), 3 * len(value)]))
    if isinstance(value, str):
        at = rng.randrange(len(value) + 1)
        return value[:at] + rng.choice(_LETTERS) + value[at:]
    return str(value)


def _add_key(rng: Random, value: object) -> object:
    if not isinstance(value, dict):
        return [value, *VALUES[:9]]
    name = rng.choice([*value, "x", "", "\0", "\ud800", "X" * 999, "__class__", "path", "params"])
    return {**value, name.upper() if rng.random() < 0.3 else name: rng.choice([*VALUES, "@raw"])}


_CHANGES: list[Callable[[Random, object], object]] = [_replace, _replace, _wrap, _unwrap, _shuffle, _add_key]


def dump_json(rng: Random, value: object) -> str:
    """Return a value as JSON, now and then with a key twice, or with something that JSON does not have."""
    text = json.dumps(value, ensure_ascii=rng.random() < 0.8, indent=rng.choice([None, None, None, 1]))
    if rng.random() < 0.05:
        text = text.replace("{", '{"path": 1, "doi": [], "schema": 1, "status": "x", ', 1)
    return text.replace("\n", " ").replace('"@raw"', rng.choice(_RAW_JSON))


def mutate_lines(rng: Random, path: Path) -> None:
    """Replace values in a YAML or TOML text, each by an odd one of its own language; or repeat a key."""
    content = path.read_bytes()
    for _ in range(rng.choice([1, 1, 2, 4])):
        found = [*_ASSIGNED.finditer(content)]
        if not found:
            break
        line = rng.choice(found)
        content = content[: line.start()] + _change_line(rng, line) + content[line.end() :]
    path.write_bytes(content)


def _change_line(rng: Random, line: re.Match[bytes]) -> bytes:
    raw = _RAW_TOML if line[2] == b"=" else _RAW_YAML
    value = rng.choice([*raw, *raw, dump_json(rng, rng.choice(VALUES)), line[4].decode("utf-8", "replace")])
    odd = line[1] + value.encode("utf-8", "surrogatepass")
    return (
        odd
        if rng.random() < 0.8
        else rng.choice([line[0] + b"\n" + odd, odd.replace(b" ", b"\t"), odd.upper()])
    )


def mutate_tables(rng: Random, path: Path) -> None:
    """Repeat, drop or rename the tables of a TOML text."""
    content = path.read_bytes()
    found = [*_HEADER.finditer(content)]
    if found:
        head, other = rng.choice(found), rng.choice(found)
        new = rng.choice(
            [b"", other[0], b"[" + head[0] + b"]", b"[x]", b"[[fields]]", b"[a.b.c]", head[0] + b"\nx = 1"]
        )
        path.write_bytes(content[: head.start()] + new + content[head.end() :])


def edit_unpacked(edit: Callable[[Random, Path], None]) -> Callable[[Random, Path], None]:
    """Return an edit that unpacks a file that gzip packed, changes it, and packs it again."""

    def edit_and_pack(rng: Random, path: Path) -> None:
        content = path.read_bytes()
        if content[:2] != b"\x1f\x8b":
            edit(rng, path)
            return
        with contextlib.suppress(OSError, EOFError):
            path.write_bytes(gzip.decompress(content))
            edit(rng, path)
            path.write_bytes(gzip.compress(path.read_bytes(), 1))

    return edit_and_pack


def mutate_table(rng: Random, path: Path) -> None:
    """Change values of a Parquet file, or its columns, in a file that can still be read."""
    import duckdb

    if path.read_bytes()[:4] != b"PAR1":
        return
    with contextlib.suppress(duckdb.Error), duckdb.connect() as connection:
        connection.execute("CREATE TABLE found AS SELECT * FROM read_parquet(?)", [str(path)])
        column = rng.choice([row[0] for row in connection.execute("DESCRIBE found").fetchall()])
        if rng.random() < 0.4:
            connection.execute(rng.choice(_TABLE_CHANGES).format(column=column))
        else:
            _mutate_cells(rng, connection, column)
        connection.execute("COPY found TO '{}' (FORMAT parquet)".format(str(path).replace("'", "''")))


def _mutate_cells(rng: Random, connection: object, column: str) -> None:
    rows = connection.execute(f'SELECT DISTINCT "{column}" FROM found').fetchall()  # type: ignore[attr-defined]  # noqa: S608
    for (value,) in rng.sample(rows, min(len(rows), 2)):
        new = rng.choice(["", "\0", "x", "[]", "null", "{}", "[" * 9_000, None])
        if isinstance(value, str) and value.startswith("{") and rng.random() < 0.8:
            new = dump_json(rng, mutate_places(rng, json.loads(value)))
        connection.execute(f'UPDATE found SET "{column}" = ? WHERE "{column}" = ?', [new, value])  # type: ignore[attr-defined]  # noqa: S608


_TABLE_CHANGES = [
    'ALTER TABLE found RENAME "{column}" TO other', 'ALTER TABLE found DROP "{column}"',
    'ALTER TABLE found ALTER "{column}" TYPE BLOB',
    'ALTER TABLE found ALTER "{column}" TYPE VARCHAR[] USING ["{column}"]',
    'ALTER TABLE found ALTER "{column}" TYPE BIGINT USING 7',
    'ALTER TABLE found ALTER "{column}" TYPE DATE USING NULL',
    'ALTER TABLE found ADD COLUMN more VARCHAR', 'UPDATE found SET "{column}" = NULL', "DELETE FROM found",
    "INSERT INTO found SELECT * FROM found", 'ALTER TABLE found RENAME "{column}" TO "{column}x"',
]  # fmt: skip


def _write_text(path: Path, text: str) -> None:
    """Write bytes that were no UTF-8 as they were; beside half of a surrogate pair, both as such halves."""
    try:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
