"""Reports to render: pages of our own making with something of every kind on them."""

from __future__ import annotations

import json
import re
from typing import Any

from enrich.model.page import FrontMatter, KeyPath, Page, Remote, Value
from enrich.model.plan import Change, ChangeStatus, Failed, Finding, Kind, Level, Outcome, Plan, Skipped
from enrich.model.report import Report, Summary


def page(path: str = "content/publication/a/index.md") -> Page:
    """Return a page with nothing in it."""
    return Page(path, "", FrontMatter("yaml", {}, 0, 0, {}))


def change(
    old: Value,
    new: Value,
    *,
    key: KeyPath = ("title",),
    field: str = "",
    kind: Kind = "replace",
    level: Level = "review",
    line: int = 3,
    is_new: bool = True,
    status: ChangeStatus = "proposed",
    refused: str = "",
    reason: str = "one word differs",
) -> Change:
    """Return a change of the title, unless told otherwise."""
    return Change(
        field=field or key[-1],
        path=key,
        kind=kind,
        level=level,
        old=old,
        new=new,
        reason=reason,
        line=line,
        is_new=is_new,
        status="refused" if refused else status,
        refused_because=refused,
    )


def report(*outcomes: Outcome, hint: str = "", notes: tuple[str, ...] = ()) -> Report:
    """Return a report on these outcomes, counted."""
    plans = [outcome for outcome in outcomes if isinstance(outcome, Plan)]
    summary = Summary(
        pages=len(outcomes),
        with_doi=sum(bool(plan.doi) for plan in plans),
        fetched=sum(plan.source is not None and not plan.cached for plan in plans),
        cached=sum(plan.cached for plan in plans),
        changed=sum(bool(plan.changes) for plan in plans),
        written=sum(any(each.status == "written" for each in plan.changes) for plan in plans),
        findings=sum(len(plan.findings) for plan in plans),
        skipped=sum(isinstance(outcome, Skipped) for outcome in outcomes),
        failed=sum(isinstance(outcome, Failed) for outcome in outcomes),
    )
    return Report("enrich 0.1.0", outcomes, summary, hint, notes)


DOI = "10.5555/12345678"
EVERYTHING = report(
    Plan(
        page(),
        "after\n",
        doi=DOI,
        source="crossref",
        source_name="Crossref",
        changes=(
            change(["0"], ["2"], key=("publication_types",), kind="fill", level="safe", line=22),
            change("A towards B", Remote("A toward B", "*", "*"), key=("Title",), field="title"),
            change(
                None,
                Remote("Text."),
                key=("abstract",),
                kind="fill",
                level="safe",
                refused="an alias",
                line=0,
            ),
        ),
        findings=(
            Finding("retracted", "error", "The paper was retracted.", 4, "Retraction Watch"),
            Finding("commented-out", "note", "An abstract is commented out."),
        ),
    ),
    Plan(page("content/publication/b.md"), ""),
    Skipped("content/publication/c.md", "`enrich: false`"),
    Failed("content/publication/d.md", "a tab for indent", 7),
)


def data_of(text: str) -> dict[str, Any]:
    """Return what the page's script is told."""
    data: dict[str, Any] = json.loads(re.findall(r'id="data">(.*?)</script>', text)[0])
    return data
