"""`enrich undo`: undo the last `apply`, `review` or `add`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enrich.cli.click_options import PATHS, find_paths
from enrich.cli.command import command
from enrich.cli.console import print_stderr, print_stdout, raise_on_interrupt
from enrich.cli.exit_codes import OK, PAGE_FAILED

if TYPE_CHECKING:
    from enrich.writer.undo import UndoResult

_BY_HAND = (
    "cache/undo.patch shows what `apply` wrote to these pages, in the lines that begin with +; "
    "change them back by hand"
)

_MANY = 20  # pages: a line that differs from the others would be overlooked


def _name_result(page: UndoResult) -> str:
    return f"{'not ' if page.error else ''}{'removed' if page.was_new else 'restored'}"


@command()
@PATHS
def undo(paths: tuple[str, ...]) -> int:
    """Undo the last `apply`, `review` or `add`.

    Restores each page under PATH that nobody has changed since that run, and removes each file that the run
    made. `check` then proposes the same changes again.
    """
    from enrich.report.parts.safe_text import escape_line
    from enrich.site.pages import find_site
    from enrich.writer.undo import undo_last_apply

    with raise_on_interrupt():
        site = find_site(find_paths({"paths": paths}))
        pages = undo_last_apply(site.root, site.targets)
    for page in pages:
        reason = f": {page.error}" if page.error else ""
        print_stdout(escape_line(f"{page.path}: {_name_result(page)}{reason}") + "\n")
    if len(pages) > _MANY:
        counts = Counter(map(_name_result, pages))
        print_stderr(", ".join(f"{count} {result}" for result, count in counts.most_common()))
    if not pages:
        print_stderr("there is nothing to undo here")
    is_left = any(page.error for page in pages)
    if is_left:
        print_stderr(_BY_HAND)
    return PAGE_FAILED if is_left else OK
