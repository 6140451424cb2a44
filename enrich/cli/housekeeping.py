"""The commands that look after settings and cache rather than pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from enrich.cli.console import put, say, unwinding
from enrich.cli.options import ASKING, CHOOSING, PATHS, PLACES, SHOWING, settings_of, targets_of, with_options
from enrich.errors import PageError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.settings.load import Settings


@click.group()
def cache() -> None:
    """Look at the answers that are kept, or forget them."""


@cache.command()
@with_options(PLACES)
@click.pass_context
def info(ctx: click.Context, /, **_: object) -> int:
    """Say how many answers are kept, in how many bytes, and since when."""
    import sqlite3
    from datetime import UTC, datetime

    from enrich.fetcher.cache import cache_file

    file = _file(settings_of(ctx, targets_of(())))
    try:
        kept = cache_file.info(file)
    except sqlite3.Error as error:
        raise PageError(f"{file}: the cache cannot be read: {error}") from error
    oldest = datetime.fromtimestamp(kept.oldest, UTC).date() if kept.oldest is not None else "none"
    put(f"{file}\n  answers: {kept.records}\n  bytes:   {kept.size}\n  oldest:  {oldest}\n")
    return 0


@cache.command()
@click.argument("dois", nargs=-1, metavar="[DOI]...")
@with_options(PLACES)
@click.pass_context
def clear(ctx: click.Context, /, dois: tuple[str, ...], **_: object) -> int:
    """Forget the answers about these DOIs, or all answers."""
    import sqlite3

    from enrich.fetcher.cache import cache_file

    settings = settings_of(ctx, targets_of(()))
    file = _file(settings)
    try:
        forgotten = cache_file.clear(file, list(_addresses(settings, dois)) if dois else None)
    except sqlite3.Error as error:
        raise PageError(f"{file}: the cache cannot be changed: {error}") from error
    put(f"{file}\n  forgotten: {forgotten}\n")
    return 0


@click.command()
@PATHS
def undo(paths: tuple[str, ...]) -> int:
    """Take the last `apply` back.

    Each page under PATH becomes what it was before, if it is still what `apply` made of it;
    `check` then proposes again what it proposed before.
    """
    from enrich.report.parts.safe_text import escape_line
    from enrich.site.pages import locate
    from enrich.writer.undo import take_back

    with unwinding():
        site = locate(targets_of(paths))
        taken = take_back(site.root, site.targets)
    for page in taken:
        put(escape_line(f"{page.path}: {f'left alone: {page.error}' if page.error else 'taken back'}") + "\n")
    if not taken:
        say("there is nothing to take back here")
    left = any(page.error for page in taken)
    if left:
        say(
            "what was written there stands, its lines begin with +, in cache/undo.patch: take it back by hand"
        )
    return PageError.exit_code if left else 0


@click.command()
@PATHS
@click.option("--schema", is_flag=True, help="Print the JSON Schema of enrich.toml instead, for editors.")
@with_options(ASKING, CHOOSING, SHOWING)
@click.pass_context
def config(ctx: click.Context, /, paths: tuple[str, ...], *, schema: bool, **_: object) -> int:
    """Show every setting and where it comes from."""
    if schema:
        put(_schema())
        return 0
    lines = list(_origins(settings_of(ctx, targets_of(paths))))
    width = max(len(setting) for setting, _ in lines)
    put("".join(f"{setting:{width}}  # {origin}\n" for setting, origin in lines))
    return 0


def _file(settings: Settings) -> Path:
    return settings.cache_dir / "http.sqlite"


def _addresses(settings: Settings, dois: tuple[str, ...]) -> Iterator[str]:
    """Yield what the answers about these DOIs are kept under."""
    from enrich.fetcher.access import Access
    from enrich.fetcher.sources.services import make_services
    from enrich.model.page import Doi
    from enrich.text.doi import parse_doi

    known = make_services(Access(settings.crossref_url, settings.datacite_url, settings.doi_url))
    for typed in dois:
        doi = parse_doi(typed)
        if not isinstance(doi, Doi):
            raise UsageError(f"'{typed}' is not a DOI")
        yield from known.list_urls_of(doi.key)


def _schema() -> str:
    from enrich.reconciler.findings.registry import list_finding_codes
    from enrich.report.parts.safe_text import format_json
    from enrich.settings.json_schema import schema

    return format_json(schema(list_finding_codes()), indent=2) + "\n"


def _origins(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each setting as enrich.toml would have it, and its origin; a secret is only said to be set."""
    from enrich.report.parts.safe_text import format_json
    from enrich.settings.option_table import options

    for option in options():
        field = option.name.removeprefix("fields.")
        is_field = field != option.name
        value = settings.policies[field] if is_field else getattr(settings, option.attribute or option.name)
        if value and not option.in_file:
            value = "(set)"
        yield f"{option.name} = {format_json(_plain(value))}", settings.origins[option.name]


def _plain(value: object) -> object:
    """Return what TOML and JSON write alike: a path as its text, nothing as an empty text."""
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (bool, int, str)) else str(value or "")
