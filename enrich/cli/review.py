"""`enrich review`: ask about each change on a terminal, with the keys of `git add -p`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.cli.click_options import PATHS, find_paths
from enrich.cli.command import command
from enrich.cli.console import (
    is_colored,
    is_interactive,
    measure_line,
    print_stdout,
    raise_on_interrupt,
    read_typed_line,
)
from enrich.cli.exit_codes import choose_exit_code
from enrich.cli.progress import show_progress
from enrich.cli.site_run import compose_command, print_line, print_notes
from enrich.errors import NeedsTerminal, PageError, Refused
from enrich.settings.option import COMMENTED, CONSOLE, FIELDS, FINDING, PLACES, RECORDS

if TYPE_CHECKING:
    from enrich.choices.question import Question, Review
    from enrich.model.plan import Change
    from enrich.model.report import Display, Report
    from enrich.settings.settings import Settings

OpenPage = Callable[[str], bool]


@command(COMMENTED, FINDING, RECORDS, PLACES, FIELDS, CONSOLE)
@PATHS
def review(paths: tuple[str, ...], settings: Settings) -> int:
    """Decide on each change, on a terminal.

    Shows each change with its source and its reason, and asks for a key, as `git add -p` does. Writes the
    accepted changes after the last answer; the end of the input counts as quit. With --find it also asks
    which of the DOIs that were found for a page is its own.
    """
    if not is_interactive():
        raise NeedsTerminal("`enrich review` needs a terminal, and there is none")
    with raise_on_interrupt():
        return _review_site(paths, settings)


def _review_site(typed: Sequence[str], settings: Settings) -> int:
    """Plan, ask, write; return the exit code."""
    from enrich.choices.answered_plans import apply_answers
    from enrich.choices.interactive import begin
    from enrich.choices.select import place_changes
    from enrich.pipeline import build_report, open_run, plan_pages, write_chosen
    from enrich.report.parts.paper_order import order_questions

    color = is_colored(settings.color, os.environ)
    with open_run(settings, find_paths({"paths": typed}), act=True) as run:
        with show_progress(os.environ, wanted=not (settings.no_progress or settings.quiet)) as progress:
            plans = place_changes(plan_pages(run, progress, None if settings.quiet else print_line))
        full = settings.verbose > 0
        try:
            answered = ask_questions(begin(plans, order_questions(plans, full=full)), color=color, full=full)
        except KeyboardInterrupt:
            with suppress(PageError):  # of a terminal that was closed
                print_stdout("\n")  # the cursor is still after the question
            raise KeyboardInterrupt("no page was written; run `enrich review` again to decide") from None
        report = build_report(run, plans, write_chosen(run, apply_answers(plans, answered)))
    print_notes(report, settings)
    everything = {outcome.path: outcome for outcome in (*plans, *report.outcomes)}
    report = replace(report, outcomes=tuple(everything.values()))
    _print_closing(answered, report, compose_command("review", typed, settings), color=color)
    return choose_exit_code(report, act=True, exit_zero=False)


def _print_closing(answered: Review, report: Report, again: str, *, color: bool) -> None:
    """Print the result of the review; `again` is the command that asks about what is still open."""
    from enrich.choices.interactive import count_open_questions
    from enrich.choices.lost_answers import count_lost_answers
    from enrich.model.report import Display
    from enrich.report.parts.review_prompts import format_closing, format_open_questions
    from enrich.writer.baseline_file import PATH

    lost = count_lost_answers(answered, report.outcomes, PATH)
    left = count_open_questions(answered)
    display = Display(color, 0, measure_line())
    asked = len(answered.questions)
    _print_lines(format_closing(report.outcomes, asked=asked, left=left, lost=lost, display=display))
    _print_lines(format_open_questions(report.outcomes, again, lost=lost, left=left, display=display))


def ask_questions(
    review: Review,
    *,
    color: bool,
    full: bool,
    read: Callable[[], str] = read_typed_line,
    open_page: OpenPage | None = None,
) -> Review:
    """Return the review with the answers that were typed; the end of the input is `q`."""
    from enrich.choices.interactive import keys, press
    from enrich.model.report import Display
    from enrich.report.parts.review_prompts import format_page_heading

    display = Display(color, int(full), measure_line())
    page, shown = -1, None
    while (question := review.question) is not None:
        if question.place[0] != page:
            _print_lines(format_page_heading(question.plan, display))
            page = question.place[0]
        if shown is not review:  # a repeated question shows its last line only
            _print_question(review, question, display)
            shown = review
        key = _ask_key(review, question, read, color=color)
        after = press(review, key)
        if after is not review:
            _print_answer_count(review, after, question.change)
        elif key == "e" and key in keys(review):
            after = _read_own_value(review, read)
        elif key == "p" and key in keys(review):
            _print_question(review, question, replace(display, verbose=1))
        else:
            _answer_key(question, key, keys(review), display, open_page=open_page)
        review = after
    return review


def _ask_key(review: Review, question: Question, read: Callable[[], str], *, color: bool) -> str:
    """Return the key that was typed; `""` for an empty line, unless that is a key here."""
    from enrich.choices.interactive import keys, list_twins, number_question
    from enrich.model.review_key import ENTER
    from enrich.report.parts.review_prompts import format_prompt

    offered, (number, of) = keys(review), number_question(review)
    count = 0 if question.offers else len(question.shown) * (1 + len(list_twins(review, question)))
    print_stdout(format_prompt(offered, number=number, of=of, count=count, color=color))
    typed = read()
    if not typed:
        return "q"
    return typed.strip() or (ENTER if ENTER in offered else "")


def _print_question(review: Review, question: Question, display: Display) -> None:
    from enrich.choices.interactive import list_twins
    from enrich.report.parts.review_prompts import format_possible_dois, format_question

    if question.offers:
        paths = [twin.plan.path for twin in list_twins(review, question)]
        _print_lines(format_possible_dois(question.plan, question.dois, paths, display))
        return
    twins = [
        [(twin.plan.path, change.line) for change in twin.shown] for twin in list_twins(review, question)
    ]
    also = [*zip(*twins, strict=True)] or [()] * len(question.shown)
    _print_lines(format_question(question.plan, question.shown, also, display))


def _print_answer_count(before: Review, after: Review, change: Change) -> None:
    from enrich.report.parts.review_prompts import format_answers_given

    _print_lines(format_answers_given(len(after.answers) - len(before.answers), change))


def _read_own_value(review: Review, read: Callable[[], str]) -> Review:
    """Return the review with the typed value proposed; the same review if there is none."""
    from enrich.choices.interactive import propose_value
    from enrich.reconciler.fields.registry import load_fields
    from enrich.report.parts.review_prompts import explain_typed_value, format_refusal, format_value_request

    question = review.question
    if question is None:
        return review
    change = question.change
    print_stdout(format_value_request(change))
    typed = read().strip()
    try:
        value = load_fields()[change.field].read_typed(typed, change) if typed else None
        return propose_value(review, value, explain_typed_value(value, change)) if typed else review
    except Refused as error:
        _print_lines(format_refusal(str(error), change, measure_line()))
        return review


def _answer_key(
    question: Question, key: str, offered: str, display: Display, *, open_page: OpenPage | None
) -> None:
    """Act on what is not an answer: open a DOI, explain the keys, ask for one at an empty line."""
    from enrich.report.parts.review_prompts import EMPTY_LINE, describe_keys, explain_unusable_key

    dois = {"o": question.dois[0]} | {f"o{number}": doi for number, doi in enumerate(question.dois, start=1)}
    if not key:
        _print_lines([EMPTY_LINE])
    elif "o" in offered and key in dois:
        print_stdout(_open_doi(dois[key], open_page))
    elif len(key) > 1 or key not in offered:
        _print_lines(explain_unusable_key(key, offered, question.rows, display))
    else:
        _print_lines(describe_keys(offered, question.rows, display))


def _print_lines(lines: Iterable[str]) -> None:
    print_stdout("".join(f"{line}\n" for line in lines))


def _open_doi(typed: str, open_page: OpenPage | None) -> str:
    """Open the DOI's page in the browser; return the line to print."""
    import webbrowser
    from urllib.parse import quote

    from enrich.model.page import Doi
    from enrich.text.doi import parse_doi

    doi = parse_doi(typed)
    if not isinstance(doi, Doi):  # only DOIs are ever opened
        return ""
    address = f"https://doi.org/{quote(doi.bare, safe='/')}"
    opened = (open_page or webbrowser.open)(address)
    return f"  {address}\n" if opened else f"  there is no browser to open {address} with\n"
