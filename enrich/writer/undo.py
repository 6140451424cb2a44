"""Save the reverse of the last `apply` in `cache/undo.patch`, and apply it with the checks of every write.

The file is a patch that `git apply` takes from the site's root, too. Before each page is a line of enrich's
own, which git skips: digests of what `apply` left and of what was there, and the page's line in the
baseline.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from enrich.errors import PageError
from enrich.model.plan import Baseline, FileEdit, Plan
from enrich.text.unified_patch import apply_patch, make_patch
from enrich.writer import baseline_file
from enrich.writer.atomic_write import (
    clear_leftovers,
    read_own_file,
    read_page_bytes,
    real_file,
    replace_file,
    write_file,
)
from enrich.writer.cache_folder import FOLDER, make_cache
from enrich.writer.lock import hold_lock

NAME = "undo.patch"

_HEAD = "This reverses the last `enrich apply`: run `enrich undo`, or `git apply cache/undo.patch`.\n"
_ENDED = "enrich: the run has ended\n"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STEP = re.compile(r"^enrich: (\{.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class UndoStep:
    """The reverse of one page's changes: digests of both texts, and the page's earlier baseline."""

    path: str
    left: str
    was: str
    known: Baseline | None
    patch: str
    page: str = ""

    @property
    def page_path(self) -> str:
        """Return the path of the page whose bundle the file belongs to."""
        return self.page or self.path


@dataclass(frozen=True, slots=True)
class UndoResult:
    """A page that was restored to its text before `apply`, or the `error` that prevented it."""

    path: str
    error: str = ""


def begin(root: Path, plans: Sequence[Plan]) -> str:
    """Save the reverse of the coming writes, each page with its baseline; return the old patch.

    The next run finishes a run that was stopped, and undo reverses both together. If there is nothing to
    write, the old patch stays.
    """
    previous = _read_log(root)
    if plans:
        stopped = {} if previous.endswith(_ENDED) else {step.path: step for step in _parse_steps(previous)}
        new = {edit.path for plan in plans for edit in plan.edits}
        kept = (
            step
            for step in stopped.values()
            if step.path not in new and _digest_page(root, step) == step.left
        )
        made = (_make_step(root, plan, edit, stopped.get(edit.path)) for plan in plans for edit in plan.edits)
        _write_log(root, chain([_HEAD], map(_format_step, chain(kept, made))))
    return previous


def end(root: Path, failed: Collection[str], previous: str) -> None:
    """Record the end of the run; drop pages that were not written from the patch."""
    with suppress(PageError, OSError):  # a full disk: then more is left, which does no harm
        content = _read_log(root)
        if failed:
            _rewrite_log(root, [step for step in _parse_steps(content) if step.path not in failed], previous)
        elif content and not content.endswith(_ENDED):
            _write_log(root, [content, _ENDED])


def undo_last_apply(root: Path, targets: Sequence[Path]) -> tuple[UndoResult, ...]:
    """Undo the last `apply` on the pages under the targets that have not changed since.

    The baseline goes back with them, so that `check` proposes again what it proposed before. A page that
    cannot be restored stays in the patch. Raise PageError if another run is writing or the patch is
    unreadable.
    """
    if not os.path.lexists(_log_path(root)):
        return ()
    with hold_lock(root):
        steps = list(_parse_steps(_read_log(root)))
        if not steps:
            raise PageError(f"{FOLDER}/{NAME} is not as `apply` writes it; nothing was restored")
        wanted = [step for step in steps if any(map((root / step.page_path).is_relative_to, targets))]
        clear_leftovers(root, [step.path for step in wanted])
        # First the baseline: were it the last and the run stopped, the pages would pass for emptied by hand.
        old = {
            step.page_path: step.known for step in wanted if _digest_page(root, step) in {step.left, step.was}
        }
        baseline_file.save(root, baseline_file.load(root).restored(old))
        taken = tuple(UndoResult(step.path, _undo_page(root, step)) for step in wanted)
        done = {one.path for one in taken if not one.error}
        _rewrite_log(root, [step for step in steps if step.path not in done], "")
    return taken


def _undo_page(root: Path, step: UndoStep) -> str:
    """Restore a page; return why that failed, `""` if it has its earlier text now."""
    try:
        file = real_file(root, step.path)
        content = read_page_bytes(file)
        if _compute_digest(content) == step.was:
            return ""
        if _compute_digest(content) != step.left:
            return "changed since `apply` wrote it"
        old = apply_patch(content.decode("utf-8"), step.patch).encode("utf-8")
        if _compute_digest(old) != step.was:
            return f"its part of {FOLDER}/{NAME} is not as `apply` wrote it"
        replace_file(file, content, old)
    except PageError as error:
        return str(error)
    except ValueError:  # numbers of thousands of digits, characters that UTF-8 cannot hold
        return f"its part of {FOLDER}/{NAME} is not as `apply` wrote it"
    return ""


def _make_step(root: Path, plan: Plan, edit: FileEdit, stopped: UndoStep | None) -> UndoStep:
    """Return the step that reverses a plan, back to before a stopped run if that run wrote the page."""
    old, known = edit.before, plan.baseline
    if stopped and stopped.left == _compute_digest(_encode_text(old)):
        old, known = apply_patch(old, stopped.patch), stopped.known
    name = Path(os.path.relpath(_resolve_page(root, edit.path), os.path.realpath(root))).as_posix()
    # With the line `diff --git`, git takes the names from the repository's root; without, from where it runs.
    patch = make_patch(name, edit.after, old).partition("\n")[2]
    return UndoStep(
        edit.path,
        _compute_digest(_encode_text(edit.after)),
        _compute_digest(_encode_text(old)),
        known,
        patch,
        plan.path if edit.path != plan.path else "",
    )


def _digest_page(root: Path, step: UndoStep) -> str:
    """Return the digest of the page now, `""` if it cannot be read."""
    try:
        return _compute_digest(read_page_bytes(real_file(root, step.path)))
    except PageError:
        return ""


def _parse_steps(content: str) -> Iterator[UndoStep]:
    """Yield the steps of a patch; skip parts in any other form than ours."""
    _, *parts = _STEP.split(content.removesuffix(_ENDED))
    for line, patch in zip(parts[::2], parts[1::2], strict=True):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            step = _parse_step(json.loads(line), patch)
            if step:
                yield step


def _parse_step(row: object, patch: str) -> UndoStep | None:
    """Return a row as a step, None if it is not one."""
    match row:
        case {"path": str(path), "left": str(left), "was": str(was), "baseline": known}:
            os.fsencode(path)  # a ValueError for what no file is called
            if "\0" not in path and _DIGEST.fullmatch(left) and _DIGEST.fullmatch(was):
                page = row.get("page") if isinstance(row, dict) else ""
                name = page if isinstance(page, str) and "\0" not in page else ""
                return UndoStep(path, left, was, baseline_file.of_row(known), patch, name)
    return None


def _format_step(step: UndoStep) -> str:
    known = baseline_file.to_row(step.known) if step.known else None
    row = {"path": step.path, "left": step.left, "was": step.was, "baseline": known}
    row |= {"page": step.page} if step.page else {}
    return f"enrich: {json.dumps(row, sort_keys=True)}\n{step.patch}"


def _rewrite_log(root: Path, steps: Iterable[UndoStep], otherwise: str) -> None:
    """Write the remaining patch; if nothing remains, the earlier patch, or none."""
    pieces = [_HEAD, *map(_format_step, steps), _ENDED]
    if len(pieces) > 2 or otherwise:
        _write_log(root, pieces if len(pieces) > 2 else [otherwise])
    else:
        _log_path(root).unlink(missing_ok=True)


def _write_log(root: Path, pieces: Iterable[str]) -> None:
    make_cache(root / FOLDER)
    write_file(_log_path(root), map(_encode_text, pieces))


def _read_log(root: Path) -> str:
    return read_own_file(_log_path(root)).decode("utf-8", "replace")


def _log_path(root: Path) -> Path:
    return root / FOLDER / NAME


def _resolve_page(root: Path, path: str) -> Path:
    return Path(os.path.realpath(root / path))


def _encode_text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a pair is never written to a page


def _compute_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
