"""`enrich cache`: show or delete the services' answers, and what makes later runs faster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from enrich.cli.click_options import find_paths
from enrich.cli.command import Command, CommandGroup
from enrich.cli.console import print_stdout
from enrich.cli.exit_codes import OK
from enrich.errors import PageError, UsageError
from enrich.settings.option import PLACES

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.settings.settings import Settings


@click.group(cls=CommandGroup)
def cache() -> None:
    """Show or delete what the cache folder keeps for later runs."""


@cache.command("info", cls=Command, groups=(PLACES,), find_targets=find_paths)
def show_cache(settings: Settings) -> int:
    """Show what the cache folder keeps, and its size.

    It also shows the number of the services' answers and the date of the oldest.
    """
    from datetime import UTC, datetime

    from enrich.fetcher.cache import cache_file, quiet_file
    from enrich.fetcher.records.built_records import list_built_records
    from enrich.report.parts.safe_text import escape_line

    file = _locate_cache(settings)
    with _explain_sqlite_errors(f"{file}: the cache cannot be read"):
        kept = cache_file.describe_file(file)
    oldest = datetime.fromtimestamp(kept.oldest, UTC).date() if kept.oldest is not None else "none"
    print_stdout(escape_line(str(file)) + "\n")
    print_stdout(f"  answers: {kept.records}\n  bytes:   {kept.size}\n  oldest:  {oldest}\n")
    records = sum(built.size for built in list_built_records(file.parent))
    print_stdout(f"  remembered pages:   {quiet_file.measure_quiet_file(file.parent)} bytes\n")
    print_stdout(f"  records as Parquet: {records} bytes\n")
    return OK


@cache.command("clear", cls=Command, groups=(PLACES,), find_targets=find_paths)
@click.argument("dois", nargs=-1, metavar="[DOI]...")
def clear_cache(dois: tuple[str, ...], settings: Settings) -> int:
    """Delete the answers about these DOIs, or the whole cache.

    The cache has the services' answers, remembered pages and Parquet copies of `--records`. The baseline
    stays.
    """
    from enrich.report.parts.safe_text import escape_line

    file = _locate_cache(settings)
    lines = [*_delete_files(file, list(_list_urls(settings, dois)) if dois else None)]
    about = " about these DOIs" if dois else ""
    lines = lines or [f"the cache folder has nothing to delete{about}"]
    print_stdout("\n  ".join([escape_line(str(file.parent)), *lines]) + "\n")
    return OK


def _delete_files(file: Path, urls: list[str] | None) -> Iterator[str]:
    """Delete what the folder of a cache file keeps; yield a line about each file that had something."""
    from enrich.fetcher.cache import cache_file, quiet_file
    from enrich.fetcher.records.built_records import delete_built_records
    from enrich.text.count_noun import count_noun

    with _explain_sqlite_errors(f"{file}: the cache cannot be changed"):
        size = _measure_file(file)
        if count := cache_file.clear_entries(file, urls):
            freed = count_noun(size - _measure_file(file), "byte")
            yield f"deleted {count_noun(count, 'answer')} from {file.name}: {freed}"
        size, is_there = quiet_file.measure_quiet_file(file.parent), (file.parent / quiet_file.NAME).exists()
        quiet_file.delete_quiet_file(file.parent)
        if is_there:
            yield f"deleted {quiet_file.NAME}: {size} bytes"
    if urls is None and (size := delete_built_records(file.parent)):
        yield f"deleted records as Parquet: {size} bytes"


def _measure_file(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0


def _locate_cache(settings: Settings) -> Path:
    return settings.cache_dir / "http.sqlite"


def _list_urls(settings: Settings, dois: tuple[str, ...]) -> Iterator[str]:
    """Yield the URLs under which the cache keeps the answers about these DOIs."""
    from enrich import __version__
    from enrich.fetcher.sources.services import make_services
    from enrich.model.page import Doi
    from enrich.text.doi import parse_doi

    sources = make_services(settings.access(__version__))
    for typed in dois:
        doi = parse_doi(typed)
        if not isinstance(doi, Doi):
            raise UsageError(f"'{typed}' is not a DOI; type it as in 10.1038/nature14539")
        yield from sources.list_urls_of(doi.key)


@contextmanager
def _explain_sqlite_errors(problem: str) -> Iterator[None]:
    """Raise PageError with the problem for an error of the database."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        raise PageError(f"{problem}: {error}") from error
