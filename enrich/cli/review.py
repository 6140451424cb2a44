"""`enrich review`: ask about one change after the other on a terminal, with the keys of `git add -p`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from enrich.cli.console import is_colored, is_interactive, line_width, put, say, type_in, unwinding
from enrich.cli.exit_codes import exit_code
from enrich.cli.options import ASKING, CHOOSING, EXITS, PATHS, WATCHING, settings_of, targets_of, with_options
from enrich.cli.progress import progress
from enrich.errors import NeedsTerminal

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.choices.interactive import Question, Review
    from enrich.model.report import Display
    from enrich.settings.load import Settings

OpenPage = Callable[[str], bool]


@click.command(epilog=EXITS)
@PATHS
@click.option("--fill-commented", is_flag=True, help="Ask about keys commented out with a value, too.")
@with_options(ASKING, CHOOSING, WATCHING)
@click.pass_context
def review(ctx: click.Context, /, paths: tuple[str, ...], **_: object) -> int:
    """Choose change by change, on a terminal.

    Shows one change after the other with its source and the reason, and asks for a key, as
    `git add -p` does. What was chosen is written at the end; the end of the input means quit.
    """
    if not is_interactive():
        raise NeedsTerminal("review asks questions, and there is no terminal to ask them on")
    targets = targets_of(paths)
    with unwinding():
        return _review(settings_of(ctx, targets), targets)


def _review(settings: Settings, targets: Sequence[Path]) -> int:
    """Plan, ask, write; return the exit code."""
    from enrich.choices.interactive import apply_answers, begin
    from enrich.model.report import Display
    from enrich.pipeline import build_report, open_run, plan_pages, write_chosen
    from enrich.report.parts.review_prompts import format_closing
    from enrich.report.parts.safe_text import escape_line

    color = is_colored(settings.color, os.environ)
    with open_run(settings, targets, act=True) as run:
        with progress(os.environ, wanted=settings.progress and not settings.quiet) as show:
            plans = plan_pages(run, show)
        try:
            answered = ask(begin(plans), color=color, full=settings.verbose > 0)
        except KeyboardInterrupt:
            put("\n")  # the cursor is still behind the question
            raise
        report = build_report(run, plans, write_chosen(run, apply_answers(plans, answered)))
    for note in () if settings.quiet else report.notes:
        say(escape_line(note))
    left = len(answered.questions) - sum(answer != "leave" for answer in answered.answers)
    display = Display(color, 0, line_width())
    _put(format_closing(report.outcomes, asked=len(answered.questions), left=left, display=display))
    everything = {outcome.path: outcome for outcome in (*plans, *report.outcomes)}
    return exit_code(replace(report, outcomes=tuple(everything.values())), act=True, exit_zero=False)


def ask(
    review: Review,
    *,
    color: bool,
    full: bool,
    read: Callable[[], str] = type_in,
    open_page: OpenPage | None = None,
) -> Review:
    """Return the review with the answers that were typed; the end of the input is `q`."""
    from enrich.choices.interactive import keys, press
    from enrich.model.report import Display
    from enrich.report.parts.review_prompts import format_page_heading, format_prompt, format_question

    display = Display(color, int(full), line_width())
    page, shown = -1, None
    while (question := review.question) is not None:
        if question.place[0] != page:
            _put(format_page_heading(question.plan, display))
            page = question.place[0]
        if shown is not review:  # the same question again wants no more than its last line
            _put(format_question(question.plan, question.asked, display))
            shown = review
        number, of = len(review.answers) + 1, len(review.questions)
        put(format_prompt(keys(review), number=number, of=of, color=color))
        typed = read()
        key = typed.strip() if typed else "q"
        after = press(review, key)
        if after is review and key:
            _say_more(question, key, keys(review), display, open_page=open_page)
        review = after
    return review


def _say_more(
    question: Question, key: str, offered: str, display: Display, *, open_page: OpenPage | None
) -> None:
    """Do what a key asks for that decides nothing: open, print, explain."""
    from enrich.report.parts.review_prompts import describe_keys, explain_unusable_key, format_question

    if len(key) > 1 or key not in offered:
        _put(explain_unusable_key(key, offered))
    elif key == "o":
        put(_opened(question.plan.doi, open_page))
    elif key == "p":
        _put(format_question(question.plan, question.asked, replace(display, verbose=1)))
    else:
        _put(describe_keys(offered))


def _put(lines: Iterable[str]) -> None:
    put("".join(f"{line}\n" for line in lines))


def _opened(typed: str, open_page: OpenPage | None) -> str:
    """Open the DOI's page in the browser; return what is to be said about that."""
    import webbrowser
    from urllib.parse import quote

    from enrich.model.page import Doi
    from enrich.text.doi import parse_doi

    doi = parse_doi(typed)
    if not isinstance(doi, Doi):  # the DOI of a plan is one; nothing else is ever opened
        return ""
    address = f"https://doi.org/{quote(doi.bare, safe='/')}"
    opened = (open_page or webbrowser.open)(address)
    return f"  {address}\n" if opened else f"  there is no browser to open {address} with\n"
