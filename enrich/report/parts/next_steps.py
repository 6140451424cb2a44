"""The commands worth typing after a report, each with its purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from enrich.model.plan import Change, Failed, Outcome, Plan
from enrich.model.report import Report
from enrich.model.twin_changes import identify_question
from enrich.report.parts.labels import (
    SEVERITIES,
    count_pages_to_choose,
    count_questions,
    is_open_change,
    is_shown_in_full,
    iterate_changes,
    iterate_findings,
    label_change,
)
from enrich.report.parts.safe_text import escape_hidden
from enrich.report.parts.shared_findings import FAILED_LOOKUP

_NEXT = "Next: "
_ASKED = frozenset(("safe", "needs review"))
_COMMIT = (
    ('git commit --all --message "Decide on changes from Crossref"', "commits what you decided"),
    ("git push", "sends it to your repository"),
)
MANY = 20  # questions; to answer more of them one by one is tedious


def suggest_next_steps(
    report: Report,
    compose_command: Callable[[str], str],
    retry: str = "",
    browse: str = "",
    *,
    is_decided: bool = False,
) -> str:
    """Return the commands worth typing next, one per line.

    `compose_command` returns a command as the user would type it for these pages, or `""` if it is of no use.
    `retry` is the command of this run, `browse` the one that makes a page for the browser.
    `is_decided` says that the run carried out decisions in a git repository.
    """
    labels = Counter(map(label_change, iterate_changes(report.outcomes)))
    unwritten = [one for one in report.outcomes if isinstance(one, Failed) and one.changes]
    steps = [*_COMMIT] if is_decided and labels["written"] + labels["kept"] else []
    if unwritten:
        steps.append(
            (compose_command("apply"), f"tries again to write {_describe_unwritten(len(unwritten))}")
        )
    elif labels["safe"]:
        steps.append((compose_command("apply"), f"writes {_count_definite(labels['safe'], 'safe change')}"))
    if purpose := _describe_questions(report):
        steps.append((compose_command("review"), purpose))
    if browse and count_questions(report) > MANY:
        steps.append((browse, "makes a page to search and decide in a browser"))
    if retry and (purpose := _describe_retry(report.outcomes)):
        steps.append((retry, purpose))
    if code := _find_most_severe_code(report.outcomes):
        steps.append((f"enrich explain {code}", "explains this finding and what to do"))
    if (missing := _count_missing_dois(report.outcomes)) and (find := compose_command("find")):
        steps.append(
            (find, f"searches for the DOI{'s' if missing > 1 else ''} that {_describe_missing(missing)}")
        )
    if _has_reported_entry(report.outcomes) and (check := compose_command("check")):
        steps.append((f"{check} -v", "shows again what was reported before"))
    width = max((len(typed) for typed, _ in steps), default=0)
    return "\n".join(f"{typed:{width}}  # {purpose}" for typed, purpose in steps)


def _count_definite(count: int, noun: str) -> str:
    return f"the {noun}" if count == 1 else f"the {count} {noun}s"


def _describe_questions(report: Report) -> str:
    """Return what `review` asks, and how many questions if they are of more than one kind; `""` for none."""
    changes, offers = count_questions(report), count_pages_to_choose(report.outcomes)
    if not changes and not offers:
        return ""
    purposes = [_describe_changes(changes)] if changes else []
    if offers:
        purposes.append(
            f"which DOI is that of {'the page' if offers == 1 else f'{offers} pages'} without one"
        )
    asked, without_safe = (_count_asked(report, labels) for labels in (_ASKED, _ASKED - {"safe"}))
    if asked > without_safe:
        return f"asks {asked} questions, {without_safe} if you run apply first"
    if len(purposes) > 1:
        return f"asks {asked} questions: {', and '.join(purposes)}"
    if changes > asked:
        return f"asks {'one question' if asked == 1 else f'{asked} questions'} {purposes[0]}"
    return f"asks {purposes[0]}{', one by one' if changes > 1 else ''}"


def _describe_changes(count: int) -> str:
    return "about the one that needs review" if count == 1 else f"about the {count} that need review"


def _count_asked(report: Report, labels: Collection[str]) -> int:
    """Return how many questions `review` asks about such changes and about DOIs; translations share one."""
    asked: set[str] = set()
    for plan in report.outcomes:
        if not isinstance(plan, Plan):
            continue
        questions: dict[str, list[Change]] = {}
        for change in plan.changes:
            if label_change(change) in labels:
                questions.setdefault(change.set_name or str(id(change)), []).append(change)
        questions["offers"] = [offer for offer in plan.offers if is_open_change(offer)]
        asked |= {identify_question(plan, changes) for changes in questions.values() if changes}
    return len(asked)


def _describe_unwritten(count: int) -> str:
    return "the page that failed" if count == 1 else f"the {count} pages that failed"


def _count_failed_lookups(outcomes: Sequence[Outcome]) -> int:
    findings = iterate_findings(outcomes)
    return sum(finding.code == FAILED_LOOKUP and finding.severity != "note" for finding in findings)


def describe_failed_lookups(outcomes: Sequence[Outcome]) -> str:
    """Return what the same command asks again about, `""` if no look-up failed."""
    failed = _count_failed_lookups(outcomes)
    pages = "page" if failed == 1 else f"{failed} pages"
    return f"asks again about the {pages} whose look-up failed" if failed else ""


def _describe_retry(outcomes: Sequence[Outcome]) -> str:
    """Return what the same command does when it is run again, `""` if it is of no use."""
    if asks := describe_failed_lookups(outcomes):
        return asks
    unread = sum(isinstance(one, Failed) and one.line > 0 and not one.changes for one in outcomes)
    if unread:
        pages = "it" if unread == 1 else "them"
        return f"reads {_describe_unwritten(unread)}, once you have corrected {pages}"
    return ""


def _count_missing_dois(outcomes: Sequence[Outcome]) -> int:
    """Return how many pages lack a DOI; 0 if every one of them was reported before."""
    findings = [finding for finding in iterate_findings(outcomes) if finding.code == "doi-missing"]
    return len(findings) if any(finding.is_new for finding in findings) else 0


def _describe_missing(count: int) -> str:
    return "1 page lacks" if count == 1 else f"{count} pages lack"


def _has_reported_entry(outcomes: Sequence[Outcome]) -> bool:
    """Return whether the report names an entry without its values on which the user can act."""
    findings = iterate_findings(outcomes)
    return any(not is_shown_in_full(change) for change in iterate_changes(outcomes)) or any(
        not finding.is_new and finding.severity != "note" for finding in findings
    )


def _find_most_severe_code(outcomes: Sequence[Outcome]) -> str:
    """Return the code of the most severe finding that is news, the first of them, or `""`."""
    news = [
        finding for finding in iterate_findings(outcomes) if finding.is_new and finding.severity != "note"
    ]
    return min(news, key=lambda finding: SEVERITIES.index(finding.severity)).code if news else ""


def format_next_steps(steps: str, width: int) -> list[str]:
    """Return the lines of a report's end: each command with its purpose beside it, else on the next line."""
    width -= len(_NEXT)
    pairs = [_split_step(step) for step in steps.splitlines()]
    short = [len(command) for command, purpose in pairs if len(f"{command}  {purpose}") <= width]
    column = max(short, default=0)
    lines = [line for command, purpose in pairs for line in _wrap_step(command, purpose, column, width)]
    return [f"{' ' * len(_NEXT) if number else _NEXT}{line}" for number, line in enumerate(lines)]


def _split_step(step: str) -> tuple[str, str]:
    """Return a command, and its purpose as a comment."""
    text = escape_hidden(step)
    text = f"# {text}" if text.lstrip().startswith("::") else text  # a command to the runner of a GitHub job
    command, mark, purpose = text.rpartition("  # ")
    return (command.rstrip(), f"# {purpose}") if mark else (text, "")


def _wrap_step(command: str, purpose: str, column: int, width: int) -> list[str]:
    line = f"{command:{column}}  {purpose}".rstrip()
    return [line] if len(line) <= width or not purpose else [command, f"  {purpose}"]
