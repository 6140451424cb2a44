"""The expected errors: each is caught in one place and becomes a line with a next step."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

# Plain words for errors of the operating system that are hard to understand.
_OS_ERRORS = {
    errno.EACCES: "permission denied for the file or its folder",
    errno.EPERM: "permission denied for the file or its folder",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "a file of this size may not be written",
    errno.ENOENT: "no such file or folder",
    errno.ELOOP: "the links form a loop",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the path is a file",
}

NUL_IN_PATH = "the path contains a NUL character"


class EnrichError(Exception):
    """The base of the expected errors; `exit_code` is the exit code of the process."""

    exit_code = 70
    """A bare one that ends the run is a bug."""


class UsageError(EnrichError):
    """Raised when a command line or a setting cannot be accepted."""

    exit_code = 2


class SettingsFileError(UsageError):
    """Raised when `enrich.toml` cannot be read, or sets something that cannot be accepted."""


class NeedsTerminal(UsageError):
    """Raised when a command has questions but there is no terminal."""


class PageError(EnrichError):
    """Raised when a page, a report or a file in cache/ cannot be read or written."""

    exit_code = 4

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep the message and its line, 1-based; 0 if unknown."""
        super().__init__(message)
        self.line = line


class GuidedPageError(PageError):
    """Raised with a next step of its own; the message ends with it."""

    def __init__(self, problem: str, step: str) -> None:
        """Keep the problem and the next step."""
        super().__init__(f"{problem}; {step}")
        self.problem = problem
        self.step = step


class NoFrontMatter(EnrichError):
    """Raised for a text that does not begin with a front matter."""


class Refused(EnrichError):
    """Raised when enrich cannot make a change exactly; it still makes the page's other changes."""


class RecordError(EnrichError):
    """Raised when a file of records cannot be read."""

    exit_code = 3


def describe_os_error(error: OSError | ValueError) -> str:
    """Return an error of the operating system in plain words.

    A path with a NUL character raises ValueError.
    """
    if not isinstance(error, OSError):
        return NUL_IN_PATH if "null" in str(error) else str(error)
    return _OS_ERRORS.get(error.errno or 0, (error.strerror or str(error)).lower())


class EndedBySignal(KeyboardInterrupt):
    """Raised when a signal ends the run: an interrupt, the end of a job, a closed terminal."""

    def __init__(self, number: int, *message: object) -> None:
        """Keep the signal's number, and what the run had done."""
        super().__init__(*message)
        self.number = number


@contextmanager
def explain_interrupt(message: str) -> Iterator[None]:
    """Make an interrupt in the block say this; with `""`, nothing."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(*filter(None, [message])) from None
