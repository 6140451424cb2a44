"""The command line: what is typed becomes settings; a report becomes output and an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enrich import __version__
from enrich.cli.console import deliver, destinations, forget_stdout, is_colored, put, say, unwinding
from enrich.cli.exit_codes import LOOKUP_FAILED, NEWS, OK, exit_code, has_failed_lookup
from enrich.cli.housekeeping import cache, config, undo
from enrich.cli.init import init
from enrich.cli.options import (
    ASKING,
    CHOOSING,
    EXITS,
    PATHS,
    SHOWING,
    given,
    settings_of,
    targets_of,
    with_options,
)
from enrich.cli.progress import progress
from enrich.cli.review import review
from enrich.errors import EnrichError, NeedsTerminal, PageError, RecordError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.model.report import Report
    from enrich.settings.load import Settings

# One next step for each class of expected error.
_NEXT_STEPS: tuple[tuple[type[EnrichError], str], ...] = (
    (
        NeedsTerminal,
        "`enrich apply` writes what is safe; `enrich check --report html:report.html` asks in a browser",
    ),
    (UsageError, "`enrich --help` and `enrich COMMAND --help` say what can be typed"),
    (PageError, "mend this and run it again; every page is whole, old or new"),
    (RecordError, "look at the file or folder given with --records"),
    (EnrichError, "mend this and run it again"),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EXITS)
@click.version_option(__version__, message="%(prog)s %(version)s")
def enrich() -> None:
    """Keep the publication pages of a Hugo site true to Crossref and DataCite.

    Crossref proposes, you decide: `check` writes no page, `apply` writes only what is safe.
    PATH is a site, a folder or a page; without one, the folder you are in.
    """


@enrich.command(epilog=EXITS)
@PATHS
@with_options(ASKING, CHOOSING, SHOWING)
@click.pass_context
def check(ctx: click.Context, /, paths: tuple[str, ...], **_: object) -> int:
    """Show what would change; write no page.

    Ends with 1 if there is news: a change, a warning or an error that no earlier `apply` has
    shown, or any error.
    """
    return _reconcile(ctx, paths, act=False)


@enrich.command(epilog=EXITS)
@PATHS
@click.option("--all", is_flag=True, help="Write the changes that need you as well.")
@click.option("--fill-commented", is_flag=True, help="Fill keys that are commented out with a value.")
@click.option("--decisions", metavar="FILE", help="Do what was decided in an HTML report, and no more.")
@with_options(ASKING, CHOOSING, SHOWING)
@click.pass_context
def apply(ctx: click.Context, /, paths: tuple[str, ...], **_: object) -> int:
    """Write what is safe; show the rest.

    Ends with 0 when all that was asked is done: what only you can decide, and errors that
    were found in pages, are in the report and change nothing about that.
    """
    return _reconcile(ctx, paths, act=True)


@enrich.command(epilog=EXITS)
@click.argument("subject", metavar="DOI|PAGE|CODE")
@PATHS
@with_options(ASKING)
@click.pass_context
def explain(ctx: click.Context, /, subject: str, paths: tuple[str, ...], **_: object) -> int:
    """Explain a decision or a finding.

    For a DOI, or the path of its page, field by field from the record to the decision; for the
    CODE of a finding, what it means and what to do.
    """
    from enrich.reconciler.findings.registry import explain_finding

    meaning = explain_finding(subject)
    if meaning is None:
        return _explain_doi(ctx, subject, targets_of(paths))
    put(meaning.rstrip("\n") + "\n")
    return OK


enrich.add_command(review)
enrich.add_command(undo)
enrich.add_command(init)
enrich.add_command(cache)
enrich.add_command(config)


def run(arguments: Sequence[str]) -> int:
    """Run what was typed and return the exit code; the one place where expected errors end."""
    if "_ENRICH_COMPLETE" in os.environ:  # click's shell completion, which ends the process
        enrich.main(prog_name="enrich")
    seen = {"verbose": 0}  # `options.settings_of` says how much is to be said about an error
    try:
        # Not `main`: it would say its own about an interrupt and about a reader that has gone.
        with enrich.make_context("enrich", list(arguments), obj=seen) as ctx:
            return enrich.invoke(ctx) or OK
    except click.exceptions.Exit as done:  # --help, --version
        return done.exit_code
    except BrokenPipeError:
        forget_stdout()
        return OK
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except EnrichError as error:
        _say_error(error, verbose=seen["verbose"])
        return error.exit_code


def _say_error(error: EnrichError, *, verbose: int) -> None:
    """Print an expected error and the next step; with -vv where in the program it came from."""
    from traceback import format_exception

    from enrich.report.parts.safe_text import escape_hidden, escape_line

    if verbose > 1:
        for line in "".join(format_exception(error)).splitlines():
            say(escape_hidden(line))
    step = next(step for kind, step in _NEXT_STEPS if isinstance(error, kind))
    say(f"error: {escape_line(str(error))}\n  {step}")


def _reconcile(ctx: click.Context, paths: tuple[str, ...], *, act: bool) -> int:
    """Plan, or plan and act; deliver the reports; return the exit code."""
    from enrich import pipeline
    from enrich.choices.decision_file import load_decision_file
    from enrich.report.parts.safe_text import escape_line

    targets = targets_of(paths)
    settings = settings_of(ctx, targets)
    wanted = destinations((settings.format, settings.output or "-"), settings.report)
    watching = settings.progress and not settings.quiet
    with unwinding():
        decisions = load_decision_file(settings.decisions) if act and settings.decisions else None
        with progress(os.environ, wanted=watching) as show:
            report = pipeline.run(settings, targets, act=act, progress=show, decisions=decisions)
        _show(_with_hint(report, ctx), settings, wanted)
        for line in report.refused_decisions:
            say(escape_line(line))
    code = exit_code(report, act=act, exit_zero=settings.exit_zero)
    return code or (NEWS if report.refused_decisions else OK)


def _show(report: Report, settings: Settings, wanted: Sequence[tuple[str, str]]) -> None:
    """Deliver the reports to stdout and files, notes and counts to stderr."""
    from enrich.cli import step_summary
    from enrich.report.parts.labels import format_counts
    from enrich.report.parts.safe_text import escape_line

    def colored(file: str) -> bool:
        return is_colored(settings.color, os.environ, file)

    if not settings.quiet:
        for note in report.notes:
            say(escape_line(note))
    deliver(report, wanted, color=colored, verbose=-1 if settings.quiet else settings.verbose)
    step_summary.add(report, wanted, os.environ)
    if not settings.quiet and ("text", "-") not in wanted:  # the text report ends with its counts
        say(format_counts(report))


def _with_hint(report: Report, ctx: click.Context) -> Report:
    from dataclasses import replace

    from enrich.report.parts.labels import suggest_next_steps

    # A report may be shown around; what is printed for the one who typed it is not.
    hint, shared = suggest_next_steps(report, _as_apply(ctx)), _as_apply(ctx, leave_out="mailto")
    return replace(report, hint=hint, command=shared)


def _as_apply(ctx: click.Context, *, leave_out: str = "") -> str:
    """Return the command that applies what was just looked at, as it would be typed."""
    import shlex

    kept = {"records", "offline", "mailto", "config", "cache_dir", "only", "skip", "fill_commented"} - {
        leave_out
    }
    words = ["enrich", "apply", *map(str, ctx.params["paths"])]
    typed = given(ctx)
    for option in ctx.command.params:
        if option.name not in kept or option.name not in typed:
            continue
        value = typed[option.name]
        for each in value if isinstance(value, tuple) else (value,):
            words += [option.opts[-1]] if each is True else [option.opts[-1], str(each)]
    return shlex.join(words)


def _explain_doi(ctx: click.Context, subject: str, targets: Sequence[Path]) -> int:
    """Print what the pipeline has to say about a DOI or a page's; UsageError for what is neither."""
    from enrich import pipeline
    from enrich.cli.console import line_width
    from enrich.model.page import Doi
    from enrich.report.parts.explanation_text import format_explanation
    from enrich.text.doi import parse_doi

    doi, page = parse_doi(subject), Path(subject)
    if page.exists():
        targets = [page]
    elif not isinstance(doi, Doi):
        raise UsageError(_neither(subject, doi.repair if doi else ""))
    with unwinding():
        settings = settings_of(ctx, targets)
        typed = doi.bare if isinstance(doi, Doi) else pipeline.doi_at(settings, page)
        explained = pipeline.explain(settings, typed, targets)
        put("\n".join(format_explanation(each, width=line_width()) for each in explained))
    return LOOKUP_FAILED if any(has_failed_lookup(one.findings) for one in explained) else OK


def _neither(subject: str, repair: str) -> str:
    import difflib

    from enrich.reconciler.findings.registry import list_finding_codes

    likely = [repair] if repair else difflib.get_close_matches(subject, list_finding_codes(), n=1)
    meant = (
        f"; did you mean '{likely[0]}'?" if likely else f"; the codes are {', '.join(list_finding_codes())}"
    )
    return f"'{subject}' is neither a page, a DOI nor a code{meant}"
