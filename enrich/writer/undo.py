"""Save the reverse of a run that writes; apply it with the same checks as any other write."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from enrich.errors import GuidedPageError, PageError
from enrich.model.new_page import NewPage
from enrich.model.plan import FileEdit, Plan
from enrich.text.unified_patch import apply_patch, make_patch
from enrich.writer import baseline_file
from enrich.writer.atomic_write import (
    clear_leftovers,
    find_real_file,
    read_page_bytes,
    remove_file,
    replace_file,
)
from enrich.writer.cache_folder import FOLDER
from enrich.writer.lock import hold_lock
from enrich.writer.new_files import count_missing_folders, remove_empty_folders
from enrich.writer.undo_log import (
    NAME,
    UndoStep,
    encode_undo_text,
    has_run_ended,
    parse_undo_steps,
    read_undo_log,
    rewrite_undo_log,
    undo_log_path,
    write_undo_end,
    write_undo_log,
)

_DAMAGED = f"its part of {FOLDER}/{NAME} has changed since `apply` wrote it"


@dataclass(frozen=True, slots=True)
class UndoResult:
    """The result for one file: restored to its text before the run, or not, because of `error`."""

    path: str
    """The path of the file from the site's root."""
    error: str = ""
    """Why it was not restored; `""` if it was."""
    was_new: bool = False
    """Whether the run had made the file, so that undo removes it."""


def start_undo_log(root: Path, plans: Sequence[Plan | NewPage]) -> str:
    """Save the reverse of what the run is about to write, and the pages' baselines; return the old patch.

    If the run before was stopped, undo reverses both runs together. If there is nothing to write, the old
    patch stays.
    """
    previous = read_undo_log(root)
    if plans:
        stopped = {} if has_run_ended(previous) else {step.path: step for step in parse_undo_steps(previous)}
        new = {edit.path for plan in plans for edit in plan.edits}
        kept = (
            step
            for step in stopped.values()
            if step.path not in new and _digest_file(root, step.path) == step.left
        )
        made = (_make_step(root, plan, edit, stopped.get(edit.path)) for plan in plans for edit in plan.edits)
        write_undo_log(root, chain(kept, made))
    return previous


def finish_undo_log(root: Path, failed: Collection[str], previous: str) -> None:
    """Record the end of the run; drop the files from the patch that were not written."""
    with suppress(PageError, OSError):  # a full disk: then the patch keeps more files, which does no harm
        content = read_undo_log(root)
        if failed:
            left = [step for step in parse_undo_steps(content) if step.path not in failed]
            rewrite_undo_log(root, left, previous)
        elif content and not has_run_ended(content):
            write_undo_end(root, content)


def undo_last_apply(root: Path, targets: Sequence[Path]) -> tuple[UndoResult, ...]:
    """Restore the pages under the targets that the last run wrote and nobody changed since.

    Restore their baselines, too, so that `check` proposes again what it proposed before. A page that cannot
    be restored stays in the patch. Raise PageError if another run is writing or the patch is unreadable.
    """
    if not os.path.lexists(undo_log_path(root)):
        return ()
    with hold_lock(root):
        steps = list(parse_undo_steps(read_undo_log(root)))
        if not steps:
            raise GuidedPageError(
                f"{FOLDER}/{NAME} is damaged, so nothing was restored",
                "restore the pages with git, and delete that file",
            )
        wanted = [step for step in steps if any(map((root / step.page_path).is_relative_to, targets))]
        clear_leftovers(root, [step.path for step in wanted])
        # The baseline goes first: with the pages restored and the baseline not, a later run would take the
        # old values for edits of the owner.
        old = {
            step.page_path: step.known
            for step in wanted
            if _digest_file(root, step.path) in {step.left, step.was}
        }
        baseline_file.save(root, baseline_file.load(root).restore_lines(old))
        taken = tuple(UndoResult(step.path, _undo_step(root, step), not step.was) for step in wanted)
        done = {one.path for one in taken if not one.error}
        rewrite_undo_log(root, [step for step in steps if step.path not in done], "")
    return taken


def _undo_step(root: Path, step: UndoStep) -> str:
    """Restore a file; return why that failed, `""` if the file is now as it was before the run."""
    try:
        return _restore_text(root, step) if step.was else _remove_new_file(root, step)
    except PageError as error:
        return str(error)
    except ValueError:  # numbers of thousands of digits, characters that UTF-8 cannot encode
        return _DAMAGED


def _restore_text(root: Path, step: UndoStep) -> str:
    file = find_real_file(root, step.path)
    content = read_page_bytes(file)
    if _compute_digest(content) == step.was:
        return ""
    if _compute_digest(content) != step.left:
        return "changed since `apply` wrote it"
    old = apply_patch(content.decode("utf-8"), step.patch).encode("utf-8")
    if _compute_digest(old) != step.was:
        return _DAMAGED
    replace_file(file, content, old)
    return ""


def _remove_new_file(root: Path, step: UndoStep) -> str:
    """Remove a file that the run made, and those of its new folders that are empty then."""
    if not os.path.lexists(root / step.path):
        return ""
    file = find_real_file(root, step.path)
    content = read_page_bytes(file)
    if _compute_digest(content) != step.left or file.relative_to(os.path.realpath(root)) != Path(step.path):
        return "changed since enrich made it"
    if apply_patch(content.decode("utf-8"), step.patch):  # the patch makes a page that existed before the run
        return _DAMAGED
    remove_file(file, content)
    remove_empty_folders(root, file, step.folders)
    return ""


def _make_step(root: Path, plan: Plan | NewPage, edit: FileEdit, stopped: UndoStep | None) -> UndoStep:
    """Return the step that reverses an edit; if a stopped run wrote the file, that run's edit, too."""
    old, known, folders = edit.before, plan.baseline, 0
    if old is None:
        folders = count_missing_folders(root, edit.path)
    elif stopped and stopped.left == _digest_text(old) and _is_sound(stopped, old):
        old, known = apply_patch(old, stopped.patch) if stopped.was else None, stopped.known
        folders = stopped.folders
    name = Path(os.path.relpath(_resolve_page(root, edit.path), os.path.realpath(root))).as_posix()
    return UndoStep(
        edit.path,
        _digest_text(edit.after),
        _digest_text(old) if old is not None else "",
        known,
        _drop_git_lines(make_patch(name, edit.after, old)),
        plan.path if edit.path != plan.path else "",
        folders,
    )


def _is_sound(step: UndoStep, text: str) -> bool:
    """Return whether the patch of a step turns this text into the earlier text that the step names."""
    with suppress(ValueError):
        return _digest_text(apply_patch(text, step.patch)) == (step.was or _digest_text(""))
    return False


def _drop_git_lines(patch: str) -> str:
    """Return a patch without the line `diff --git`, so that its paths begin at the folder in which git runs.

    With that line, git reads them from the root of the repository.
    """
    _, mark, rest = patch.partition("\n--- ")
    return f"--- {rest}" if mark else ""


def _digest_file(root: Path, path: str) -> str | None:
    """Return the digest of a file now, `""` if there is none, None if it cannot be read."""
    if not os.path.lexists(root / path):
        return ""
    try:
        return _compute_digest(read_page_bytes(find_real_file(root, path)))
    except PageError:
        return None


def _resolve_page(root: Path, path: str) -> Path:
    return Path(os.path.realpath(root / path))


def _digest_text(text: str) -> str:
    return _compute_digest(encode_undo_text(text))


def _compute_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
