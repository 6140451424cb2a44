"""`enrich forget`: ask again about changes that were declined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from enrich.cli.click_options import TypedPath
from enrich.cli.command import command
from enrich.cli.console import print_stderr, print_stdout, raise_on_interrupt
from enrich.cli.exit_codes import OK


@command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=TypedPath())
def forget(paths: tuple[str, ...]) -> int:
    """Ask again about changes that you declined.

    Forgets what enrich remembers about the pages under PATH: each "keep mine", each value that you removed,
    and what it has reported. The next run compares these pages as if for the first time.
    """
    from enrich.report.parts.safe_text import escape_line

    with raise_on_interrupt():
        forgotten = _forget_pages([Path(path) for path in paths])
    for page in forgotten:
        print_stdout(escape_line(f"{page}: forgotten") + "\n")
    if not forgotten:
        print_stderr("enrich remembers nothing about these pages, so there is nothing to forget")
    return OK


def _forget_pages(targets: Sequence[Path]) -> list[str]:
    """Delete the baseline's lines of the pages under the targets; return the pages' paths, sorted."""
    from enrich.site.pages import find_site, list_places
    from enrich.writer import baseline_file
    from enrich.writer.lock import hold_lock

    site = find_site(targets)
    if not baseline_file.load(site.root):
        return []
    with hold_lock(site.root):
        known = baseline_file.load(site.root)
        pages = sorted(path for path in known if f"{path}/".startswith(tuple(list_places(site))))
        baseline_file.save(site.root, known.restore_lines(dict.fromkeys(pages)))
    return pages
