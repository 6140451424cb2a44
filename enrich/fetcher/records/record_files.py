"""Read records one by one from files of JSON lines, or from files with one JSON value."""

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
from enrich.text.count_noun import count_noun

SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
# The most bytes of one JSON value, unpacked. A part of Crossref's public data file has 30 MB, and takes six
# times as much memory.
LARGEST = 256 * 2**20
# A compressed file counts as four times its size.
PACKED = 4
MOST_PROBLEMS = 20  # of a file; messages about the others only count them
# After this many files, a search goes on only if at least one file in five may have records: a home folder,
# or a project with its libraries, has hundreds of thousands of other files.
LOOKED_AT, FEWEST = 20_000, 5
NOT_GZIP = (
    "the file is not, or not entirely, compressed with gzip; download it again, or remove .gz from its name"
)
DAMAGED = (
    "the file is incomplete or damaged; enrich uses the records before the damage; download the file again"
)
NO_RECORD = "neither a Crossref nor a DataCite record with a DOI"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record in a file."""

    line: int
    """The line, counted from 1; 0 if it is not known."""
    value: object
    """The record; before it is unwrapped, the whole JSON value."""


@dataclass(frozen=True, slots=True)
class ReadError:
    """A part of a file that cannot be used."""

    line: int
    """The line, counted from 1; 0 for the whole file."""
    reason: str
    """The problem, in words."""


Part: TypeAlias = RawRecord | ReadError


@dataclass(slots=True)
class FileProblems:
    """The parts of one file that cannot be used."""

    file: Path
    """The file."""
    first: list[str] = field(default_factory=list)
    """Messages about the first of them, each with file, line and reason."""
    count: int = 0
    """The number of all of them."""

    def add_error(self, error: ReadError) -> None:
        """Count a part that cannot be used."""
        self.count += 1
        if len(self.first) < MOST_PROBLEMS:
            place = f"{self.file}:{error.line}" if error.line else str(self.file)
            self.first.append(f"{place}: {error.reason}")

    @property
    def messages(self) -> tuple[str, ...]:
        """Return messages about the first parts, and one about the number of the others."""
        more = self.count - len(self.first)
        return (*self.first, *([f"{self.file}: {count_noun(more, 'more line')} like these"] if more else []))


def list_files(path: Path, option: str = "--records") -> list[Path]:
    """Return the files under a path that may have records; raise UsageError for an unusable path."""
    try:
        mode = path.stat().st_mode
        if path.resolve().parent == path.resolve():  # a search of it would take hours
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
    """Return the sorted files in a folder that may have records; raise UsageError if they are too few."""
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
    """Return whether a file's name says that each of its lines is a JSON value."""
    return ".jsonl" in file.name.lower()


def estimate_size(files: Sequence[Path]) -> int:
    """Return about how many bytes these files have when unpacked."""
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
            yield ReadError(
                number, f"the line is longer than {LARGEST // 2**20} MB; write one record per line"
            )
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
