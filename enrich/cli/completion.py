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
    ending = ":" if ":" in option.metavar else ""
    return complete_words((f"{word}{ending}" for word in option.choices), incomplete)


def complete_words(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the words that begin as typed."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def complete_subject(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes of findings that begin as typed, and the files that the shell knows."""
    from enrich.reconciler.findings.registry import list_finding_codes

    return [*complete_words(list_finding_codes(), incomplete), _complete_file(incomplete, "file")]


def _complete_file(incomplete: str, kind: str) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(incomplete, type=kind)
