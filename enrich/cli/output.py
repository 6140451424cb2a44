"""Write the reports: to stdout, to files, and to the page of a GitHub job.

A file is replaced only if it is an earlier report of ours or empty, and a link is never followed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.cli.console import STDOUT, is_colored, measure_line, print_stderr, print_stdout
from enrich.errors import PageError, UsageError, describe_os_error
from enrich.settings.accepted_words import find_format_of_file, list_report_formats

if TYPE_CHECKING:
    from enrich.model.report import Report
    from enrich.settings.settings import Settings

# https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
_JOB_SUMMARY = "GITHUB_STEP_SUMMARY"
_SAMPLE = 64 * 1024  # bytes at each end of a file by which an earlier report is recognised
_OWN_NAMES = {"baseline.jsonl", "baseline.broken", "undo.patch", "apply.lock", ".gitignore"}
_NOTHING = re.compile(r"(?!)")
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Destination:
    """A report to write."""

    format: str
    """The name of the format: a module of `enrich.report`."""
    file: str
    """The file, or `-` for stdout."""


def choose_destinations(settings: Settings) -> list[Destination]:
    """Return every report that was asked for; raise UsageError, before any work, if one cannot be written."""
    main = Destination(_choose_format(settings), settings.output or STDOUT)
    destinations = [main, *(Destination(name, file) for name, file in settings.report)]
    for destination in destinations:
        if destination.file != STDOUT:
            _check_file(destination)
    files = [os.path.realpath(each.file) for each in destinations if each.file != STDOUT]
    if twice := next((file for file in files if files.count(file) > 1), ""):
        raise UsageError(f"{twice}: two reports cannot go to one file; name another one")
    if [each.file for each in destinations].count(STDOUT) > 1:
        raise UsageError("two reports cannot go to stdout; name a file for one of them")
    return destinations


def _choose_format(settings: Settings) -> str:
    """Return the format of the report: the one that was set, else the one that the file's name ends in."""
    is_set = settings.origins.get("format", "default") != "default"
    return settings.format if is_set else find_format_of_file(settings.output) or settings.format


def write_reports(report: Report, destinations: Collection[Destination], settings: Settings) -> None:
    """Render every report, then write each as a whole; the counts go to stderr if no report shows them."""
    from enrich.report.parts.labels import format_counts

    verbose = (-2 if settings.remember else -1) if settings.quiet else settings.verbose
    rendered = [
        (each, _render_report(report, each, color=settings.color, verbose=verbose)) for each in destinations
    ]
    write_rendered_reports(rendered, quiet=settings.quiet)
    if any(destination.format == "github" for destination, _ in rendered):
        add_job_summary(report, os.environ.get(_JOB_SUMMARY, ""))
    if not settings.quiet and not any(_shows_counts(each) for each in destinations):
        print_stderr(format_counts(report))


def write_rendered_reports(rendered: Collection[tuple[Destination, str]], *, quiet: bool) -> None:
    """Write each text to its destination as a whole, and name the files on stderr."""
    from enrich.report.parts.safe_text import escape_line

    for destination, text in rendered:
        if destination.file == STDOUT:
            print_stdout(text)
        else:
            _write_report_file(Path(destination.file), text)
            if not quiet:
                print_stderr(escape_line(f"wrote the {destination.format} report to {destination.file}"))


def _shows_counts(destination: Destination) -> bool:
    return destination.file == STDOUT and destination.format in {"text", "github"}


def add_job_summary(report: Report, name: str) -> None:
    """Append the report to the page of a GitHub job, as far as there is room; without a file, do nothing."""
    if not name:
        return
    from enrich.report.github import MOST_SUMMARY, render_job_summary

    file = Path(name)
    try:
        size = file.stat().st_size if file.is_file() else 0
        text = render_job_summary(report, room=MOST_SUMMARY - size)
        with file.open("ab") as stream:
            stream.write(text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise PageError(f"{file}: the job's summary cannot be written: {describe_os_error(error)}") from error


def _render_report(report: Report, destination: Destination, *, color: str, verbose: int) -> str:
    from enrich.model.report import Display

    file = destination.file
    display = Display(
        is_colored(color, os.environ, file), verbose, measure_line(file), bool(os.environ.get(_JOB_SUMMARY))
    )
    text: str = import_module(f"enrich.report.{destination.format}").render(report, display)
    return text


def _check_file(destination: Destination) -> None:
    """Raise UsageError if a report must not, or cannot, be written to this file."""
    try:
        with suppress(FileNotFoundError):
            os.lstat(destination.file)  # raises an error for a name that no file can have
        problem = _find_problem(Path(destination.file), destination.format)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = describe_os_error(error)
        raise UsageError(f"{destination.file}: the report cannot be written: {reason}") from None
    if problem:
        raise UsageError(f"{destination.file}: {problem}")


def _find_problem(file: Path, name: str) -> str:
    """Return why a report in this format must not be written to the file, or `""`."""
    mode = file.stat().st_mode if file.exists() else 0
    if stat.S_ISDIR(mode):
        return "this is a folder; name a file for the report"
    if _is_stream(mode):
        return ""
    if file.is_symlink():
        return "this is a link, and reports are not written through links; name another file"
    if not file.absolute().parent.is_dir():
        return "the folder for the report does not exist; create it or name another file"
    if not mode and _belongs_to_site(file):
        return "this is the name of a page, a configuration or a file of enrich's own; name another file"
    if mode and not (stat.S_ISREG(mode) and _may_replace(file, name)):
        return "this file is not an earlier report, so enrich does not replace it; name another file"
    return ""


def _is_stream(mode: int) -> bool:
    """Return whether a file keeps nothing and passes text on: `/dev/null`, a pipe, a terminal."""
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _may_replace(file: Path, name: str) -> bool:
    """Return whether a file is empty or an earlier report; an empty page or configuration stays, too."""
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        sample = stream.read(_SAMPLE)
        stream.seek(max(size - _SAMPLE, stream.tell()))
        sample += stream.read()
    if not size:
        return not _belongs_to_site(file)
    text = _COLOR.sub("", sample.decode("utf-8", "replace"))
    # The format that was asked for comes first: the others need not be loaded if it fits.
    names = sorted(list_report_formats(), key=lambda each: each != name)
    return any(_find_pattern(each).search(text) for each in names)


def _find_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a format's earlier reports; None if they cannot be recognised."""
    return getattr(import_module(f"enrich.report.{name}"), "EARLIER_REPORT", _NOTHING)


def _belongs_to_site(file: Path) -> bool:
    """Return whether a file is a page, a configuration or a file of ours, by its name and place."""
    from enrich.settings.toml_file import FILE_NAME
    from enrich.site.hugo_config import ROOT_FILES
    from enrich.site.pages import find_root

    path = file.absolute()
    inside = path.relative_to(root).parts if path.is_relative_to(root := find_root(path)) else ()
    is_config = path.name == FILE_NAME or path.name in ROOT_FILES or inside[:1] == ("config",)
    is_own = inside[:1] == ("cache",) and (path.name in _OWN_NAMES or ".sqlite" in path.name)
    return is_config or is_own or (path.suffix in {".md", ".html"} and "content" in inside[:-1])


def _write_report_file(file: Path, text: str) -> None:
    """Write a report as a whole or not at all; raise PageError if it cannot be written."""
    from enrich.writer.atomic_write import write_file

    content = text.encode("utf-8", "surrogateescape")
    try:
        if file.exists() and _is_stream(file.stat().st_mode):
            file.write_bytes(content)
        else:
            write_file(file, [content])
    except OSError as error:
        raise PageError(f"{file}: the report cannot be written: {describe_os_error(error)}") from error
