"""The errors that are ours: each is caught in one place and becomes a line with a next step."""

from __future__ import annotations


class EnrichError(Exception):
    """Base of the expected errors; `exit_code` is what the process ends with."""

    exit_code = 1


class UsageError(EnrichError):
    """What was typed or configured cannot be followed."""

    exit_code = 2


class NeedsTerminal(UsageError):
    """What was typed asks questions, and nobody is there to answer."""


class PageError(EnrichError):
    """A page that cannot be read or written; `line` is 1-based, 0 if unknown."""

    exit_code = 4

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep the message and the line it is about."""
        super().__init__(message)
        self.line = line


class Refused(EnrichError):
    """A change that cannot be made exactly; the others of the page are made."""


class RecordError(EnrichError):
    """A record that cannot be read as what it says it is."""

    exit_code = 3
