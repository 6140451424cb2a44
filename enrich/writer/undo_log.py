"""The file `cache/undo.patch`: the reverse of the last run that wrote, step by step.

It is also a patch for `git apply` in the site's root. enrich puts a line before each file, which git skips:
the digests of the file after and before the run, and the page's line in the baseline.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enrich.model.plan import Baseline
from enrich.writer import baseline_file
from enrich.writer.atomic_write import read_own_file, write_file
from enrich.writer.cache_folder import FOLDER, make_cache

NAME = "undo.patch"

_HEAD = "This reverses the last run that wrote: run `enrich undo`, or `git apply cache/undo.patch`.\n"
_ENDED = "enrich: the run has ended\n"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STEP = re.compile(r"^enrich: (\{.*)\n", re.MULTILINE)
_MOST_FOLDERS = 100


@dataclass(frozen=True, slots=True)
class UndoStep:
    """The reverse of what a run did to one file."""

    path: str
    """The path of the file from the site's root."""
    left: str
    """The digest of the bytes that the run left."""
    was: str
    """The digest of the bytes before; `""` if there was no file."""
    known: Baseline | None
    """The page's baseline before the run."""
    patch: str
    """The patch from the new text to the old one."""
    page: str = ""
    """The page whose bundle has the file; `""` for the page itself."""
    folders: int = 0
    """The number of folders that the run made for a new file."""

    @property
    def page_path(self) -> str:
        """Return the path of the page whose bundle has the file."""
        return self.page or self.path


def read_undo_log(root: Path) -> str:
    """Return the patch, `""` without one; raise PageError if it cannot be read."""
    return read_own_file(undo_log_path(root)).decode("utf-8", "replace")


def write_undo_log(root: Path, steps: Iterable[UndoStep]) -> None:
    """Write the reverse of a run that is about to begin; raise PageError if that fails."""
    _write_pieces(root, _chain_head(steps))


def write_undo_end(root: Path, content: str) -> None:
    """Add the mark of the run's end to its patch; raise PageError if that fails."""
    _write_pieces(root, [content, _ENDED])


def rewrite_undo_log(root: Path, steps: Iterable[UndoStep], otherwise: str) -> None:
    """Write the patch with the steps that remain; without any, the earlier patch, or none."""
    pieces = [*_chain_head(steps), _ENDED]
    if len(pieces) > 2 or otherwise:
        _write_pieces(root, pieces if len(pieces) > 2 else [otherwise])
    else:
        undo_log_path(root).unlink(missing_ok=True)


def has_run_ended(content: str) -> bool:
    """Return whether the run that wrote a patch came to its end."""
    return content.endswith(_ENDED)


def parse_undo_steps(content: str) -> Iterator[UndoStep]:
    """Yield the steps of a patch; skip parts that enrich did not write."""
    _, *parts = _STEP.split(content.removesuffix(_ENDED))
    for line, patch in zip(parts[::2], parts[1::2], strict=True):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            step = _parse_step(json.loads(line), patch)
            if step:
                yield step


def undo_log_path(root: Path) -> Path:
    """Return the path of the patch."""
    return root / FOLDER / NAME


def encode_undo_text(text: str) -> bytes:
    """Return a text as bytes, even with half a surrogate pair, which enrich never writes to a page."""
    return text.encode("utf-8", "surrogatepass")


def _parse_step(row: object, patch: str) -> UndoStep | None:
    """Return the step in a JSON row, None if the row has none."""
    match row:
        case {"path": str(path), "left": str(left), "was": str(was), "baseline": known, **more}:
            os.fsencode(path)  # ValueError: a name that no file can have
            if "\0" not in path and _DIGEST.fullmatch(left) and (not was or _DIGEST.fullmatch(was)):
                page, folders = _read_page_name(more.get("page")), _parse_folder_count(more.get("folders"))
                return UndoStep(path, left, was, baseline_file.read_row(known), patch, page, folders)
    return None


def _read_page_name(value: object) -> str:
    return value if isinstance(value, str) and "\0" not in value else ""


def _parse_folder_count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value <= _MOST_FOLDERS else 0


def _format_step(step: UndoStep) -> str:
    known = baseline_file.to_row(step.known) if step.known else None
    row: dict[str, object] = {"path": step.path, "left": step.left, "was": step.was, "baseline": known}
    row |= {"page": step.page} if step.page else {}
    row |= {"folders": step.folders} if step.folders else {}
    return f"enrich: {json.dumps(row, sort_keys=True)}\n{step.patch}"


def _chain_head(steps: Iterable[UndoStep]) -> Iterator[str]:
    yield _HEAD
    yield from map(_format_step, steps)


def _write_pieces(root: Path, pieces: Iterable[str]) -> None:
    make_cache(root / FOLDER)
    write_file(undo_log_path(root), map(encode_undo_text, pieces))
