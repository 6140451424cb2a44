"""Carry out plans: the one place where they become writes, each page wholly or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enrich.errors import PageError
from enrich.model.plan import Baseline, Change, Failed, Outcome, Plan
from enrich.reconciler.baseline_update import next_baseline
from enrich.site.pages import Site
from enrich.writer import atomic_write as replacing
from enrich.writer import baseline_file, undo
from enrich.writer.cache_folder import FOLDER


def carry_out(site: Site, known: baseline_file.Baselines, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Write the plans, leave their reverse in `cache/undo.patch`, remember what was agreed and shown."""
    planned = [one for one in outcomes if isinstance(one, Plan) and one.after != one.page.text]
    replacing.clear(site, [one.path for one in outcomes])
    previous = undo.begin(site, [(one, known.of(one.path, one.doi)) for one in planned])
    done = [_write(site, one) if isinstance(one, Plan) else one for one in outcomes]
    failed = {one.path for one in done if isinstance(one, Failed)}
    undo.end(site, {one.path for one in planned} & failed, previous)
    return done + list(_remember(site, known, [one for one in done if isinstance(one, Plan)]))


def _write(site: Site, planned: Plan) -> Plan | Failed:
    if planned.after == planned.page.text:
        return planned
    try:
        replacing.replace(site, planned.path, planned.page.text, planned.after)
    except PageError as error:
        return Failed(planned.path, str(error), error.line, planned.doi, planned.changes, planned.findings)
    return replace(planned, changes=tuple(map(_mark_written, planned.changes)))


def _mark_written(change: Change) -> Change:
    return replace(change, status="written") if change.status == "selected" else change


def _remember(site: Site, known: baseline_file.Baselines, plans: Sequence[Plan]) -> list[Outcome]:
    """Keep what the pages were reconciled against; Failed, behind pages that are written, if it cannot be."""
    lines: list[Baseline] = []
    for plan in plans:
        key = plan.doi.lower()
        if line := next_baseline(plan, key, known.of(plan.path, key)):
            lines.append(line)
    try:
        baseline_file.save(site.root, known.updated(lines))
    except PageError as error:
        return [Failed(f"{FOLDER}/{baseline_file.NAME}", str(error))]
    return []
