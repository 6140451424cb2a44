"""`enrich undo`: undo the last `apply`, `review` or `add`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enrich.cli.click_options import PATHS, find_paths
from enrich.cli.command import command
from enrich.cli.console import print_stderr, print_stdout, raise_on_interrupt
from enrich.cli.exit_codes import OK, PAGE_FAILED

if TYPE_CHECKING:
    from enrich.site.pages import Site
    from enrich.writer.undo import UndoResult

_BY_HAND = (
    "cache/undo.patch shows what `apply` wrote to these pages, in the lines that begin with +; "
    "change them back by hand"
)

_ANSWERS = "; if you answered “keep mine” or refused a DOI, `enrich forget PAGE` takes that back"

_MANY = 20  # pages: a line that differs from the others would be overlooked


def _name_result(page: UndoResult) -> str:
    return f"{'not ' if page.error else ''}{'removed' if page.was_new else 'restored'}"


def _has_answers(site: Site) -> bool:
    """Return whether enrich remembers a page under the given paths, which it does after such an answer."""
    from enrich.writer import baseline_file

    pages = (site.root / path for path in baseline_file.load(site.root))
    return any(page.is_relative_to(target) for page in pages for target in site.targets)


@command()
@PATHS
def undo(paths: tuple[str, ...]) -> int:
    """Undo the last `apply`, `review` or `add`.

    Restores each page under PATH that nobody has changed since that run, and removes each file that the run
    made. `check` then proposes the same changes again. To take back a "keep mine", or a DOI that you refused,
    use `enrich forget` instead: these answers changed no page.
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
        print_stderr(f"there is nothing to undo here{_ANSWERS if _has_answers(site) else ''}")
    is_left = any(page.error for page in pages)
    if is_left:
        print_stderr(_BY_HAND)
    return PAGE_FAILED if is_left else OK
