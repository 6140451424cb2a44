"""Write the selected changes of the plans to their pages, and the reverse of them to `cache/undo.patch`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from enrich.errors import PageError
from enrich.model.new_page import NewPage
from enrich.model.plan import Change, Failed, FileEdit, Outcome, Plan
from enrich.writer import atomic_write, undo
from enrich.writer.new_files import create_file, write_new_page


def write_plans(root: Path, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Write the plans; return the outcome of each, Failed for a page that could not be written.

    Raise an interrupt again with a message that says how many pages were written.
    """
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan) and _has_new_text(outcome)]
    atomic_write.clear_leftovers(root, [outcome.path for outcome in outcomes])
    try:
        previous = undo.start_undo_log(root, plans)
    except PageError as error:  # without an undo patch, nothing is written
        reason = f"not written, because {error}"
        return [
            report_failure(outcome, reason)
            if isinstance(outcome, Plan) and _has_new_text(outcome)
            else outcome
            for outcome in outcomes
        ]
    try:
        done = [_write_plan(root, outcome) if isinstance(outcome, Plan) else outcome for outcome in outcomes]
    except KeyboardInterrupt:
        written = sum(_is_written(root, edit) for plan in plans for edit in plan.edits[:1])
        raise KeyboardInterrupt(_describe_progress(written, len(plans))) from None
    failed = {outcome.path for outcome in done if isinstance(outcome, Failed)}
    unwritten = {edit.path for plan in plans if plan.path in failed for edit in plan.edits}
    undo.finish_undo_log(root, unwritten, previous)
    return done


def _describe_progress(written: int, pages: int) -> str:
    """Return how many pages an interrupted run has written, and what to do next."""
    undo_step = ", or `enrich undo` to take these back" if written else ""
    return (
        f"{written} of {pages} pages were written, each of them in full;"
        f" run the command again to write the rest{undo_step}"
    )


def _is_written(root: Path, edit: FileEdit) -> bool:
    """Return whether a file has its new text; an interrupt may come right after enrich has written it."""
    with suppress(PageError, OSError):
        return atomic_write.read_page_bytes(root / edit.path) == edit.after.encode("utf-8")
    return False


def write_new_pages(root: Path, new_pages: Sequence[NewPage]) -> Mapping[str, str]:
    """Make these pages; return by path why enrich could not make some of them.

    `enrich undo` can remove them. Each is made wholly or not at all, and never replaces a file. Call it under
    the lock.
    """
    atomic_write.clear_leftovers(root, [page.path for page in new_pages])
    try:
        previous = undo.start_undo_log(root, new_pages)
    except PageError as error:  # without an undo patch, nothing is written
        return {page.path: f"not written, because {error}" for page in new_pages}
    try:
        results = {page.path: _try_new_page(root, page) for page in new_pages}
    except KeyboardInterrupt:
        made = sum((root / page.path).exists() for page in new_pages)
        raise KeyboardInterrupt(_describe_progress(made, len(new_pages))) from None
    errors = {path: result for path, result in results.items() if result}
    unwritten = {edit.path for page in new_pages if page.path in errors for edit in page.edits}
    undo.finish_undo_log(root, unwritten, previous)
    return errors


def _try_new_page(root: Path, page: NewPage) -> str:
    try:
        write_new_page(root, page)
    except PageError as error:
        return str(error)
    return ""


def _has_new_text(plan: Plan) -> bool:
    return bool(plan.edits)


def _write_plan(root: Path, plan: Plan) -> Plan | Failed:
    if not _has_new_text(plan):
        return plan
    try:
        _write_edits(root, plan.edits)
    except PageError as error:
        return report_failure(plan, str(error), error.line)
    return mark_written(plan)


def _write_edits(root: Path, edits: Sequence[FileEdit]) -> None:
    """Write a page and its citation file, both or none; raise PageError."""
    done: list[FileEdit] = []
    try:
        for edit in edits:
            _write_edit(root, edit)
            done.append(edit)
    except PageError:
        for edit in done:
            with suppress(PageError):  # if somebody has changed the file meanwhile, that change stays
                _revert_edit(root, edit)
        raise


def _write_edit(root: Path, edit: FileEdit) -> None:
    if edit.before is None:
        create_file(root, edit.path, edit.after)
    else:
        atomic_write.replace_page(root, edit.path, edit.before, edit.after)


def _revert_edit(root: Path, edit: FileEdit) -> None:
    if edit.before is None:
        atomic_write.remove_file(root / edit.path, edit.after.encode("utf-8"))
    else:
        atomic_write.replace_page(root, edit.path, edit.after, edit.before)


def report_failure(plan: Plan, reason: str, line: int = 0) -> Failed:
    """Return the failure of a plan that could not be written."""
    return Failed(plan.path, reason, line, plan.doi, plan.changes, plan.findings)


def mark_written(plan: Plan) -> Plan:
    """Return the plan with its selected changes marked as written."""
    return replace(plan, changes=tuple(map(_mark_change, plan.changes)))


def _mark_change(change: Change) -> Change:
    return replace(change, status="written") if change.status == "selected" else change
