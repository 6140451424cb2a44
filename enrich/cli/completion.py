"""Complete values in the shell: the words that an option accepts, codes of findings, files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from enrich.settings.option import Option

# The shell completes these itself; click's names for the two kinds.
_KINDS = {"FILE": "file", "PATH": "file", "FOLDER": "dir"}


def complete_option(option: Option, incomplete: str) -> list[CompletionItem]:
    """Return the values of an option that begin as typed, or the kind of file that the shell completes."""
    if option.metavar in _KINDS:
        return [_complete_file(incomplete, _KINDS[option.metavar])]
    if ":" in option.metavar:
        return _complete_report(option, incomplete)
    return complete_words(_extend_list(option, incomplete), incomplete)


def _complete_report(option: Option, incomplete: str) -> list[CompletionItem]:
    """Return the formats with their colon; after the colon, the files that the shell knows."""
    _, colon, file = incomplete.partition(":")
    if colon:
        return [_complete_file(file, "file")]
    return complete_words((f"{word}:" for word in option.choices), incomplete)


def _extend_list(option: Option, incomplete: str) -> list[str]:
    """Return the accepted words, each after the words that were typed before the last comma."""
    before, comma, _ = incomplete.rpartition(",") if option.is_repeatable else ("", "", "")
    typed = {word.strip() for word in before.split(",")}
    return [f"{before}{comma}{word}" for word in option.choices if word not in typed]


def complete_words(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the words that begin as typed."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def complete_subject(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes of findings that begin as typed, and the files that the shell knows."""
    from enrich.reconciler.findings.registry import list_finding_codes

    return [_complete_file(incomplete, "file"), *complete_words(list_finding_codes(), incomplete)]


def _complete_file(incomplete: str, kind: str) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(incomplete, type=kind)
