"""Apply the decisions that somebody made in an HTML report; the file is untrusted, so every value is checked.

It only says which of today's proposals to take or to keep. The written values come from today's plan, and
only if page, old and new value are those that the person saw.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from enrich.choices.decision_row import Decision, Place, parse_decision
from enrich.choices.select import select_changes
from enrich.errors import UsageError, describe_os_error
from enrich.model.declined_dois import list_declined_dois
from enrich.model.page import CITE_BIB, Page, Value, to_plain_value
from enrich.model.plan import Change, Failed, Outcome, Plan, refuse_change

Decisions: TypeAlias = Sequence[Decision]
LARGEST = 64 * 1024 * 1024  # bytes; a site of 5,000 pages needs a tenth of it
_SCHEMA = 1
_NOT_A_PAGE = (
    "the file has a decision about this page, but no publication page under the given paths is this one;"
    " name the site that the report is about"
)
_STALE = (
    "not as the report showed it, so its decisions do not apply; switch to the branch that the report is"
    " about, or make a new report"
)


def load_decision_file(file: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file; raise UsageError that names the place of a malformed one."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            raise UsageError(f"{file}: this file of decisions does not exist")
        document = json.loads(file.read_bytes())
        return _parse_decisions(document)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {describe_os_error(error)}") from None
    except RecursionError:
        raise UsageError(f"{file}: its values are nested too deeply for a file of decisions") from None
    except ValueError as error:
        why = str(error) if type(error) is ValueError else "not JSON"
        raise UsageError(
            f"{file}: not a file that “Download decisions” made: {why}; download it again"
        ) from None


def _parse_decisions(document: object) -> tuple[Decision, ...]:
    """Return the decisions of a document; raise ValueError at a malformed one."""
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        raise ValueError("its schema is not 1")
    rows = document.get("decisions")
    if not isinstance(rows, list):
        raise ValueError("'decisions' is not a list")  # noqa: TRY004 - one error for all that it may be
    found: dict[tuple[Place, str], Decision] = {}
    taken: dict[Place, Decision] = {}
    for number, row in enumerate(rows, start=1):
        one = parse_decision(row)
        if one is None:
            raise ValueError(f"decision {number} is malformed")
        is_new = found.setdefault((one.place, one.option), one) == one
        if not is_new or (one.word == "take" and taken.setdefault(one.place, one) != one):
            raise ValueError(f"decision {number} contradicts an earlier decision about the same value")
    return tuple(found.values())


def apply_decisions(outcomes: Sequence[Outcome], decisions: Decisions) -> tuple[list[Outcome], list[str]]:
    """Return the pages with decisions, and a message for each decision that is refused."""
    planned = {outcome.path: outcome for outcome in outcomes}
    by_page: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.word != "later":
            by_page[decision.path].append(decision)
    decided = [_decide_page(planned.get(path), path, by_page[path]) for path in sorted(by_page)]
    return [outcome for outcome, _ in decided], [line for _, lines in decided for line in lines]


def digest_page(page: Page) -> str:
    """Return the digest of a page's bytes."""
    return hashlib.sha256(page.text.encode("utf-8")).hexdigest()


def _decide_page(outcome: Outcome | None, path: str, decisions: Decisions) -> tuple[Outcome, list[str]]:
    """Return a page with its decisions carried out, and a message for each that was refused."""
    if outcome is None:
        return Failed(path, _NOT_A_PAGE), []
    if isinstance(outcome, Failed):
        return outcome, []
    if not isinstance(outcome, Plan):
        reason = f"the file has a decision for this page, but enrich skipped the page: {outcome.reason}"
        return Failed(path, reason), []
    pending = [decision for decision in decisions if not _is_done(outcome, decision)]
    digest = digest_page(outcome.page)
    if pending and any(decision.sha256 != digest for decision in decisions):
        return Failed(path, _STALE, doi=outcome.doi, findings=outcome.findings), []
    refusals = {id(decision): _find_refusal(outcome, decision) for decision in pending}
    refusals |= _refuse_broken_sets(outcome, pending, refusals)
    lines = [
        f"{path}: {'.'.join(decision.key)}: decision not carried out: {refusals[id(decision)]}"
        for decision in pending
        if refusals[id(decision)]
    ]
    return _select_decided(outcome, [(decision, refusals[id(decision)]) for decision in pending]), lines


def _select_decided(plan: Plan, decisions: Sequence[tuple[Decision, str]]) -> Plan | Failed:
    """Select the decided changes; an open change stays if an earlier run reported it, else it is dropped."""
    proposed = {id(change): change for change in plan.changes}
    accepted: list[Change] = []
    kept: list[Change] = []
    refused: list[Change] = []
    for decision, refusal in decisions:
        change = _find_change(plan, decision)
        if change is None:
            continue
        proposed.pop(id(change), None)
        if refusal:
            refused.append(refuse_change(change, refusal))
        elif decision.word == "take":
            accepted.append(change)
        else:
            kept.append(change)
    open_changes = [change for change in proposed.values() if not change.is_new]
    changes = (*accepted, *kept, *refused, *open_changes)
    offers = () if any(change.field == "doi" for change in accepted) else plan.offers
    return select_changes(replace(plan, changes=changes, offers=offers), accepted, kept)


def _is_done(plan: Plan, one: Decision) -> bool:
    """Return whether nothing is left to do, as when the same file is used a second time."""
    if one.word == "take":
        return _is_equal_in_browser(_read_current_value(plan, one), one.new)
    if _is_declined_doi(plan, one):
        return True
    is_open = _find_change(plan, one) is not None
    return not is_open and plan.looked_up and _is_equal_in_browser(_read_current_value(plan, one), one.old)


def _is_declined_doi(plan: Plan, one: Decision) -> bool:
    """Return whether a DOI that was found is not the page's: the owner has said so, or took another one."""
    is_filled = one.old in (None, "") and _read_current_value(plan, one) not in (None, "", one.new)
    return one.field == "doi" and (is_filled or one.new in list_declined_dois(plan.baseline))


def _read_current_value(plan: Plan, one: Decision) -> Value:
    """Return the value that is there now: on the page, or in the citation file of its bundle."""
    if one.field != CITE_BIB:
        return plan.page.get(*one.key)
    if one.key == (CITE_BIB,):
        return plan.page.cite_bib or None
    from enrich.bibtex.bib_edits import read_bib_source

    return read_bib_source(plan.page.cite_bib, one.key[0])


def _find_refusal(plan: Plan, one: Decision) -> str:
    """Return why a decision cannot be carried out, `""` if it can."""
    change = _find_change(plan, one)
    if change is None:
        return _explain_no_proposal(plan, one)
    if not _is_equal_in_browser(change.old, one.old):
        return "the page's value has changed since; make a new report"
    if not _is_equal_in_browser(change.new, one.new):
        return "the record's value has changed since; make a new report"
    return change.refused_because if one.word == "take" else ""


def _explain_no_proposal(plan: Plan, one: Decision) -> str:
    """Return why today's plan does not propose what a decision is about, and the way out if there is one."""
    if not plan.looked_up:
        return "the look-up failed; run the command again later"
    reason = "enrich no longer proposes this change"
    known = plan.baseline.fields if plan.baseline else {}
    if one.field in known and _is_equal_in_browser(_read_current_value(plan, one), one.old):
        return (
            f"{reason}, because an earlier run settled this value, so what the page says now counts as your"
            f" own; run `enrich forget {shlex.quote(plan.path)}` and then this command again"
        )
    return reason


def _find_change(plan: Plan, one: Decision) -> Change | None:
    """Return the proposal that a decision is about, None if today's plan has none.

    Of the DOIs that may be the page's, it is the one that the person saw.
    """
    offers = (change for change in plan.offers if _is_equal_in_browser(change.new, one.new))
    place = (one.set_name, one.field, one.key)
    proposed = (*plan.changes, *offers)
    return next((each for each in proposed if (each.set_name, each.field, each.path) == place), None)


def _refuse_broken_sets(
    plan: Plan, decisions: Sequence[Decision], refusals: Mapping[int, str]
) -> dict[int, str]:
    """Return the refusals of decisions about a set that is not decided whole and with one word."""
    broken = dict[int, str]()
    for name in {decision.set_name for decision in decisions} - {""}:
        decided = [decision for decision in decisions if decision.set_name == name]
        open_places = {
            (change.field, change.path)
            for change in plan.changes
            if change.set_name == name and change.status != "refused"
        }
        is_whole = {(one.field, one.key) for one in decided} == open_places
        why = next(filter(None, (refusals[id(one)] for one in decided)), "")
        if why or not is_whole or len({one.word for one in decided}) > 1:
            reason = f"the set {name} is taken whole or not at all{f', and {why}' if why else ''}"
            broken |= {id(one): reason for one in decided}
    return broken


def _is_equal_in_browser(mine: Value, theirs: Value) -> bool:
    """Return whether two values are equal once a browser, which has one type of number, has stored them."""
    mine = to_plain_value(mine)
    if isinstance(mine, list) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(_is_equal_in_browser, mine, theirs))
    if isinstance(mine, dict) and isinstance(theirs, dict):
        equal = (_is_equal_in_browser(mine[key], theirs[key]) for key in mine)
        return mine.keys() == theirs.keys() and all(equal)
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine is theirs
    if isinstance(mine, int | float) and isinstance(theirs, int | float):
        return abs(mine) < 1e300 and float(mine) == theirs
    return type(mine) is type(theirs) and mine == theirs
