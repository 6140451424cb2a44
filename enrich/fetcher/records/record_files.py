"""Read the records of JSON files one by one: JSON lines, or one JSON value with records in it."""

from __future__ import annotations

import gzip
import json
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias

from enrich.errors import UsageError, describe_os_error
from enrich.fetcher.parse_json import parse_large_json
from enrich.fetcher.records.record_shapes import list_dois, unwrap_records

SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
# Bytes of one JSON value, unpacked: a part of the public data file has 30 MB, and takes six times the memory.
LARGEST = 256 * 2**20
# A compressed file counts as four times its size.
PACKED = 4
MOST_PROBLEMS = 20
# Files after which a folder is searched on only if one in five may have records: a home folder, or a project
# with its libraries, has hundreds of thousands.
LOOKED_AT, FEWEST = 20_000, 5
NOT_GZIP = "not compressed with gzip from here on; fetch the file again, or remove .gz from its name"
DAMAGED = "the file is cut short or damaged; the records before the damage count; fetch the file again"
NO_RECORD = "neither a Crossref nor a DataCite record with a DOI"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record in a file."""

    line: int
    """Its line, 1-based; 0 if it is not known."""
    value: object
    """The record, without wrappers around it."""


@dataclass(frozen=True, slots=True)
class ReadError:
    """A part of a file that cannot be used."""

    line: int
    """Its line, 1-based; 0 for the file as a whole."""
    reason: str
    """The problem, in words."""


Part: TypeAlias = RawRecord | ReadError


@dataclass(slots=True)
class FileProblems:
    """The parts of one file that cannot be used: the first in words, and the number of all."""

    file: Path
    """The file."""
    first: list[str] = field(default_factory=list)
    """The first problems, with file and line."""
    count: int = 0
    """The number of all."""

    def add_error(self, error: ReadError) -> None:
        """Count a part that cannot be used."""
        self.count += 1
        if len(self.first) < MOST_PROBLEMS:
            place = f"{self.file}:{error.line}" if error.line else str(self.file)
            self.first.append(f"{place}: {error.reason}")

    @property
    def messages(self) -> tuple[str, ...]:
        """Return the first problems, and the number of the others."""
        more = self.count - len(self.first)
        return (*self.first, *([f"{self.file}: {more} more lines like these"] if more else []))


def list_files(path: Path, option: str = "--records") -> list[Path]:
    """Return the files with records under a path; raise UsageError if it cannot be read."""
    try:
        mode = path.stat().st_mode
        if path.resolve().parent == path.resolve():  # to look through it would take hours
            raise UsageError(f"{option}: {path} is the whole disk; name the folder with the records")
        if stat.S_ISDIR(mode):
            return _search_folder(path, option)
    except (OSError, ValueError) as error:
        raise UsageError(f"{option}: {path} cannot be read: {describe_os_error(error)}") from None
    if not stat.S_ISREG(mode):  # a pipe or a device may have no end
        raise UsageError(f"{option}: {path} is not a regular file; name a file or folder of records")
    if not _is_readable(path):
        raise UsageError(
            f"{option} reads {', '.join(SUFFIXES)} and .parquet files or a folder of these, not {path}"
        )
    return [path]


def _search_folder(path: Path, option: str) -> list[Path]:
    """Return the files with records in a folder, sorted, without hidden folders; raise as `list_files`."""
    found, seen = list[Path](), 0
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        found += filter(_may_have_records, (Path(folder, name) for name in names))
        seen += len(names)
        if seen >= LOOKED_AT and len(found) * FEWEST < seen:
            raise UsageError(
                f"{option}: {path} is not a folder of records: of the first {seen:,} files in it and below,"
                f" {len(found):,} end in {', '.join(SUFFIXES)}; name the folder or file with the records"
            )
    return sorted(found)


def _may_have_records(file: Path) -> bool:
    return _is_readable(file) and os.path.isfile(file)  # noqa: PTH113 - Path.is_file raises for a forbidden folder


def _is_readable(file: Path) -> bool:
    return file.name.lower().endswith(SUFFIXES) and not file.name.startswith(".")


def has_lines(file: Path) -> bool:
    """Return whether each line of a file is a JSON value of its own."""
    return ".jsonl" in file.name.lower()


def estimate_size(files: Sequence[Path]) -> int:
    """Return the approximate number of unpacked bytes in these files."""
    return sum(file.stat().st_size * (PACKED if _is_compressed(file) else 1) for file in files)


def read_records(file: Path) -> Iterator[Part]:
    """Yield a file's records, and an error for each part that cannot be used; raise nothing."""
    try:
        with _open_stream(file) as stream:
            for part in _read_json_lines(stream) if has_lines(file) else _read_whole(stream):
                yield from [part] if isinstance(part, ReadError) else _check_records(part)
    except gzip.BadGzipFile:
        yield ReadError(0, NOT_GZIP)
    except OSError as error:
        yield ReadError(0, describe_os_error(error))
    except (EOFError, zlib.error):
        yield ReadError(0, DAMAGED)


def _is_compressed(file: Path) -> bool:
    return file.suffix.lower() == ".gz"


def _open_stream(file: Path) -> IO[bytes]:
    if _is_compressed(file) and not file.stat().st_size:
        raise EOFError
    return gzip.open(file) if _is_compressed(file) else file.open("rb")  # type: ignore[return-value]


def _check_records(part: RawRecord) -> Iterator[Part]:
    for record in unwrap_records(part.value):
        yield RawRecord(part.line, record) if list_dois(record) else ReadError(part.line, NO_RECORD)


def _read_json_lines(stream: IO[bytes]) -> Iterator[Part]:
    number = 0
    while line := stream.readline(LARGEST):
        number += 1
        if len(line) == LARGEST and not line.endswith(b"\n"):
            yield ReadError(number, f"a line of more than {LARGEST // 2**20} MB")
            _skip_line(stream)
        elif text := line.removeprefix(b"\xef\xbb\xbf" if number == 1 else b"").strip():
            yield _parse_value(text, number)


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(2**20)) and not rest.endswith(b"\n"):
        pass


def _read_whole(stream: IO[bytes]) -> Iterator[Part]:
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield ReadError(
            0, f"one JSON value of more than {LARGEST // 2**20} MB; write one record per line, as .jsonl"
        )
    elif data.strip():
        yield _parse_value(data.removeprefix(b"\xef\xbb\xbf"), 0)


def _parse_value(text: bytes, line: int) -> Part:
    try:
        return RawRecord(line, parse_large_json(text.decode()))
    except json.JSONDecodeError as error:
        return ReadError(line or error.lineno, f"not JSON: {error.msg}")
    except UnicodeDecodeError as error:
        return ReadError(line or text.count(b"\n", 0, error.start) + 1, f"not UTF-8: {error.reason}")
    except RecursionError:
        return ReadError(line or 1, "nested too deeply")
    except ValueError as error:
        return ReadError(line or 1, f"not JSON: {error}")
