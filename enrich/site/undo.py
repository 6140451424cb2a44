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

from enrich.errors import PageError
from enrich.model import Baseline, Plan
from enrich.site import baseline
from enrich.site.cache import FOLDER
from enrich.site.lock import only_run
from enrich.site.pages import Site
from enrich.site.patch import difference, patched
from enrich.site.replace import in_words, real_file, remove_leftovers, replace_file, write_file

NAME = "undo.patch"

_HEAD = (
    b"The reverse of the last `enrich apply`; `enrich undo` makes it, or `git apply cache/undo.patch`.\n\n"
)
_ENDED = b"enrich: the run has ended\n"
_STEP = re.compile(rb"^enrich: (\{.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """How one page is taken back: from what `apply` left to what was there (digests), and its baseline."""

    path: str
    left: str
    was: str
    known: Baseline | None
    patch: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that is again what it was before `apply`; `error` says why it is not."""

    path: str
    error: str = ""


def begin(site: Site, planned: Sequence[tuple[Plan, Baseline | None]]) -> bytes:
    """Leave the reverse of what is about to be written, each page with its baseline; return the old patch.

    A run that was stopped is finished by the next one, and taken back together with it.
    """
    previous = _content(site)
    if not planned:
        return previous
    stopped = {} if previous.endswith(_ENDED) else {step.path: step for step in _steps(previous)}
    new = {plan.path for plan, _ in planned}
    remove_leftovers({_real(site, path).parent for path in new})
    _write(
        site,
        chain(
            (step for step in stopped.values() if step.path not in new and _is_made(site, step)),
            (_step(site, plan, known, stopped.get(plan.path)) for plan, known in planned),
        ),
    )
    return previous


def end(site: Site, failed: Collection[str], previous: bytes) -> None:
    """Note that the run has ended; what was not written after all is not left to be taken back."""
    with suppress(PageError, OSError):  # a full disk: then more is left, which is no harm
        if not failed:
            with _file(site).open("ab") as file:
                file.write(_ENDED)
            return
        steps = [step for step in _steps(_content(site)) if step.path not in failed]
        if steps:
            _write(site, steps, _ENDED)
        else:
            _restore(site, previous)


def take_back(site: Site) -> tuple[Taken, ...]:
    """Take back the last `apply` on the pages under the targets, those that are still as it left them.

    The baseline goes back with them, so that `check` proposes again what it proposed before. A page that
    cannot be taken back stays in the patch. Raise PageError if another run is writing or nothing is legible.
    """
    if not _file(site).exists():
        return ()
    with only_run(site.root):
        content = _content(site)
        steps = list(_steps(content))
        if content and not steps:
            raise PageError(f"{FOLDER}/{NAME} is not as `apply` writes it; nothing was taken back")
        wanted = [step for step in steps if any(map((site.root / step.path).is_relative_to, site.targets))]
        remove_leftovers({_real(site, step.path).parent for step in wanted})
        taken = tuple(Taken(step.path, _take_back(site, step)) for step in wanted)
        done = {one.path for one in taken if not one.error}
        known = baseline.load(site.root)
        baseline.save(
            site.root, known.restored({step.path: step.known for step in steps if step.path in done})
        )
        if left := [step for step in steps if step.path not in done]:
            _write(site, left, _ENDED)
        else:
            _file(site).unlink(missing_ok=True)
    return taken


def _take_back(site: Site, step: Step) -> str:
    """Take one page back; return why it could not be, `""` where it was or is already what it was."""
    try:
        file = real_file(site, step.path)
        content = file.read_bytes()
        if _digest(content) == step.was:
            return ""
        old = patched(content, step.patch) if _digest(content) == step.left else b""
        if _digest(old) != step.was:
            return "changed since `apply` wrote it"
        replace_file(file, content, old)
    except PageError as error:
        return str(error)
    except OSError as error:
        return in_words(error)
    return ""


def _step(site: Site, plan: Plan, known: Baseline | None, stopped: Step | None) -> Step:
    """Return how a plan is taken back: to where a stopped run began, if it had written the page."""
    old = before = plan.page.text.encode("utf-8", "surrogatepass")
    after = plan.after.encode("utf-8", "surrogatepass")
    if stopped and stopped.left == _digest(before):
        old, known = patched(before, stopped.patch), stopped.known
    name = Path(os.path.relpath(_real(site, plan.path), site.real_root)).as_posix()
    return Step(plan.path, _digest(after), _digest(old), known, difference(name, after, old))


def _is_made(site: Site, step: Step) -> bool:
    """Tell whether a page is what the run that was stopped made of it."""
    try:
        return _digest(_real(site, step.path).read_bytes()) == step.left
    except OSError:
        return False


def _steps(content: bytes) -> Iterator[Step]:
    """Yield the steps of a patch; what is not as we write it is left out."""
    _, *parts = _STEP.split(content)
    for line, patch in zip(parts[::2], parts[1::2], strict=True):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            row = json.loads(line)
            known = None if row["baseline"] is None else baseline.of_row(row["baseline"])
            yield Step(str(row["path"]), row["left"], row["was"], known, patch)


def _piece(step: Step) -> bytes:
    known = baseline.to_row(step.known) if step.known else None
    row = {"path": step.path, "left": step.left, "was": step.was, "baseline": known}
    return b"enrich: %s\n%s" % (json.dumps(row, sort_keys=True).encode("ascii"), step.patch)


def _write(site: Site, steps: Iterable[Step], last: bytes = b"") -> None:
    write_file(_file(site), chain([_HEAD], map(_piece, steps), [last]))


def _restore(site: Site, previous: bytes) -> None:
    if previous:
        write_file(_file(site), [previous])
    else:
        _file(site).unlink(missing_ok=True)


def _content(site: Site) -> bytes:
    try:
        return _file(site).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise PageError(f"{FOLDER}/{NAME} cannot be read: {in_words(error)}") from None


def _file(site: Site) -> Path:
    return site.root / FOLDER / NAME


def _real(site: Site, path: str) -> Path:
    return Path(os.path.realpath(site.root / path))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
