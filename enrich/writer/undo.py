"""Leave the reverse of the last `apply` in `cache/undo.patch`, and take it back, guarded like every write.

The file is a patch that `git apply` takes from the site's root, too. Before each page stands a line of ours,
which git skips: digests of what `apply` left and of what was there, and the page's line in the baseline.
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

from enrich.errors import PageError, describe_os_error
from enrich.model.plan import Baseline, Plan
from enrich.text.unified_patch import apply_patch, make_patch
from enrich.writer import baseline_file
from enrich.writer.atomic_write import clear, real_file, replace_file, write_file
from enrich.writer.cache_folder import FOLDER, make_cache
from enrich.writer.lock import only_run

NAME = "undo.patch"

_HEAD = "The reverse of the last `enrich apply`: `enrich undo` makes it, or `git apply cache/undo.patch`.\n"
_ENDED = "enrich: the run has ended\n"
_STEP = re.compile(r"^enrich: (\{.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """How one page is taken back: from what `apply` left to what was there (digests), and its baseline."""

    path: str
    left: str
    was: str
    known: Baseline | None
    patch: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that is again what it was before `apply`; `error` says why it is not."""

    path: str
    error: str = ""


def begin(root: Path, plans: Sequence[Plan]) -> str:
    """Leave the reverse of what is about to be written, each page with its baseline; return the old patch.

    A run that was stopped is finished by the next one, and taken back together with it. Where nothing is to
    be written, the old patch stays.
    """
    previous = _content(root)
    if plans:
        stopped = {} if previous.endswith(_ENDED) else {step.path: step for step in _steps(previous)}
        new = {plan.path for plan in plans}
        kept = (step for step in stopped.values() if step.path not in new and _found(root, step) == step.left)
        made = (_step(root, plan, stopped.get(plan.path)) for plan in plans)
        _write(root, chain([_HEAD], map(_piece, chain(kept, made))))
    return previous


def end(root: Path, failed: Collection[str], previous: str) -> None:
    """Note that the run has ended; what was not written after all is not left to be taken back."""
    with suppress(PageError, OSError):  # a full disk: then more is left, which does no harm
        content = _content(root)
        if failed:
            _leave(root, [step for step in _steps(content) if step.path not in failed], previous)
        elif content and not content.endswith(_ENDED):
            _write(root, [content, _ENDED])


def take_back(root: Path, targets: Sequence[Path]) -> tuple[Taken, ...]:
    """Take back the last `apply` on the pages under the targets, those that are still as it left them.

    The baseline goes back with them, so that `check` proposes again what it proposed before. A page that
    cannot be taken back stays in the patch. Raise PageError if another run is writing or nothing is legible.
    """
    if not _file(root).exists():
        return ()
    with only_run(root):
        steps = list(_steps(_content(root)))
        if not steps:
            raise PageError(f"{FOLDER}/{NAME} is not as `apply` writes it; nothing was taken back")
        wanted = [step for step in steps if any(map((root / step.path).is_relative_to, targets))]
        clear(root, [step.path for step in wanted])
        # First the baseline: were it the last and the run stopped, the pages would pass for emptied by hand.
        old = {step.path: step.known for step in wanted if _found(root, step) in {step.left, step.was}}
        baseline_file.save(root, baseline_file.load(root).restored(old))
        taken = tuple(Taken(step.path, _take_back(root, step)) for step in wanted)
        done = {one.path for one in taken if not one.error}
        _leave(root, [step for step in steps if step.path not in done], "")
    return taken


def _take_back(root: Path, step: Step) -> str:
    """Take one page back; return why it could not be, `""` where it was or is already what it was."""
    try:
        file = real_file(root, step.path)
        content = file.read_bytes()
        if _digest(content) == step.was:
            return ""
        if _digest(content) != step.left:
            return "changed since `apply` wrote it"
        old = apply_patch(content.decode("utf-8"), step.patch).encode("utf-8")
        if _digest(old) != step.was:
            return f"its part of {FOLDER}/{NAME} is not as `apply` wrote it"
        replace_file(file, content, old)
    except PageError as error:
        return str(error)
    except OSError as error:
        return describe_os_error(error)
    return ""


def _step(root: Path, plan: Plan, stopped: Step | None) -> Step:
    """Return how a plan is taken back: to where a stopped run began, if it had written the page."""
    old, known = plan.page.text, plan.baseline
    if stopped and stopped.left == _digest(_bytes(old)):
        old, known = apply_patch(old, stopped.patch), stopped.known
    name = Path(os.path.relpath(_real(root, plan.path), os.path.realpath(root))).as_posix()
    # With the line `diff --git`, git takes the names from the repository's root; without, from where it runs.
    patch = make_patch(name, plan.after, old).partition("\n")[2]
    return Step(plan.path, _digest(_bytes(plan.after)), _digest(_bytes(old)), known, patch)


def _found(root: Path, step: Step) -> str:
    """Return the digest of what is there now, `""` where nothing can be read."""
    try:
        return _digest(_real(root, step.path).read_bytes())
    except OSError:
        return ""


def _steps(content: str) -> Iterator[Step]:
    """Yield the steps of a patch; what is not as we write it is left out."""
    _, *parts = _STEP.split(content.removesuffix(_ENDED))
    for line, patch in zip(parts[::2], parts[1::2], strict=True):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            row = json.loads(line)
            yield Step(
                str(row["path"]), row["left"], row["was"], baseline_file.of_row(row["baseline"]), patch
            )


def _piece(step: Step) -> str:
    known = baseline_file.to_row(step.known) if step.known else None
    row = {"path": step.path, "left": step.left, "was": step.was, "baseline": known}
    return f"enrich: {json.dumps(row, sort_keys=True)}\n{step.patch}"


def _leave(root: Path, steps: Iterable[Step], otherwise: str) -> None:
    """Write what is left to be taken back; where that is nothing, the other patch, or none."""
    pieces = [_HEAD, *map(_piece, steps), _ENDED]
    if len(pieces) > 2 or otherwise:
        _write(root, pieces if len(pieces) > 2 else [otherwise])
    else:
        _file(root).unlink(missing_ok=True)


def _write(root: Path, pieces: Iterable[str]) -> None:
    make_cache(root / FOLDER)
    write_file(_file(root), map(_bytes, pieces))


def _content(root: Path) -> str:
    try:
        return _file(root).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise PageError(f"{FOLDER}/{NAME} cannot be read: {describe_os_error(error)}") from None


def _file(root: Path) -> Path:
    return root / FOLDER / NAME


def _real(root: Path, path: str) -> Path:
    return Path(os.path.realpath(root / path))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a pair is never written to a page


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
