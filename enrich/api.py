"""The public module: plan a site from the bytes of its files, for programs that plan many sites.

Nothing here uses the network, the environment or a cache. All other modules may change in any release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from enrich import pipeline
from enrich.choices.select import select_safe
from enrich.errors import EnrichError, NoFrontMatter, PageError
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.fetcher.records.memory_records import MemoryRecords, collect_records
from enrich.front_matter.page_text import read_page
from enrich.model.page import CITE_BIB
from enrich.model.plan import Outcome, Plan
from enrich.reconciler.findings.registry import list_finding_codes
from enrich.report.parts.json_page import build_page_object
from enrich.settings.load import load_settings, select_fields
from enrich.settings.settings import Settings
from enrich.site import pages
from enrich.site.bib_dois import list_bib_dois
from enrich.site.content_walk import ENDINGS
from enrich.site.placed_dois import list_placed_dois, place_dois
from enrich.site.site_files import list_theme_marks, read_site_files
from enrich.site.skipped_pages import find_skip_reason
from enrich.steps.page_lookup import list_page_dois
from enrich.text.page_doi import find_page_doi, page_doi
from enrich.text.unified_patch import make_patch
from enrich.writer import baseline_file
from enrich.writer.apply import mark_written, report_failure
from enrich.writer.atomic_write import NOT_UTF8
from enrich.writer.unpack_files import unpack_files

__all__ = ["SitePlan", "dois_on", "plan_site", "read_site"]


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The plan for a site: the report and the files that `enrich apply` would write."""

    pages: tuple[Mapping[str, object], ...] = ()
    """The page objects of the JSON report, version 1, in the order of their paths."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The changed pages and the baseline to write, by their paths from the site's root."""
    patch: str = ""
    """The same as a patch for `git apply` in the site's root; encode it as UTF-8 with `surrogateescape`."""
    error: str | None = None
    """The reason why there is no plan for the site; None if there is a plan."""


def read_site(folder: Path) -> dict[str, bytes]:
    """Return the files on which the plan of a site depends: their bytes, by path from the folder.

    Only the name of a theme is in it: `themes/<name>/theme.toml`, empty. Raise ValueError for an
    `enrich.toml`, or a baseline, that cannot be read, TypeError for an argument of another type.
    """
    _check_type("folder", folder, (str, Path))
    root = Path(folder)
    try:
        site = pages.open_site(root, [root], load_settings(root, codes=list_finding_codes()).sections)
        remembered = baseline_file.load(root)
        kept = baseline_file.read_bytes(root)
    except EnrichError as error:
        raise ValueError(f"{folder}: {error}") from None
    marks = dict.fromkeys(list_theme_marks(site), b"")
    return marks | read_site_files(site, remembered) | ({} if kept is None else {baseline_file.PATH: kept})


def dois_on(path: str, data: bytes) -> tuple[str, ...]:
    """Return the DOIs, in lower case, whose records a plan may need for a page or a `cite.bib`.

    Other files and unreadable pages have none. Raise TypeError for an argument of another type.
    """
    _check_type("path", path, (str,))
    _check_type("data", data, (bytes, bytearray))
    name = path.rpartition("/")[2]
    if name == CITE_BIB:
        placed = place_dois((CITE_BIB,), list_bib_dois(data.decode("utf-8", "replace")))
        return tuple(dict.fromkeys(each.doi.key for each in placed))
    if not name.lower().endswith(ENDINGS):
        return ()
    try:
        page = read_page(path, data.decode("utf-8"))
    except (PageError, NoFrontMatter, UnicodeDecodeError):
        return ()
    page = replace(page, doi=find_page_doi(page))
    placed_dois = () if page_doi(page).parsed else list_placed_dois(page)
    return () if find_skip_reason(page) else list_page_dois(replace(page, placed_dois=placed_dois))


def plan_site(
    files: Mapping[str, bytes],
    records: Iterable[Mapping[str, object] | str],
    *,
    apply: bool = True,
    today: dt.date | None = None,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
) -> SitePlan:
    """Return the plan of a site from the bytes of its files; raise only TypeError, whatever they contain.

    `records` are Crossref messages or DataCite objects, or their JSON texts; anything else is ignored.
    Without `apply` nothing is written: `files` and `patch` are empty. `today` is the day of the run, by
    default that of the clock in UTC; `only` and `skip` name fields, as on the command line. TypeError is
    raised for an argument of another type.
    """
    _check_type("files", files, (Mapping,))
    _check_type("records", records, (Iterable,), (str, bytes, Mapping))
    _check_type("today", today, (dt.date, type(None)))
    for name, fields in {"only": only, "skip": skip}.items():
        _check_type(name, fields, (Sequence,), (str, bytes))
    known = collect_records(records)
    try:
        with unpack_files(files) as root:
            settings = select_fields(load_settings(root, codes=list_finding_codes()), only, skip)
            with _open_unpacked(settings, root, known, today) as opened:
                return _plan_unpacked(opened, files, apply=apply)
    except EnrichError as error:
        return SitePlan(error=str(error))
    except Exception as error:  # noqa: BLE001 - one site must not end a job of thousands
        return SitePlan(error=f"a bug in enrich, which you can report: {type(error).__name__}: {error}")


def _check_type(name: str, value: object, wanted: tuple[type, ...], refused: tuple[type, ...] = ()) -> None:
    """Raise TypeError, which names the argument, for a value of another type."""
    if not isinstance(value, wanted) or isinstance(value, refused):
        names = " or ".join(each.__name__ for each in wanted)
        raise TypeError(f"{name}: {names} expected, not {type(value).__name__}")


@contextmanager
def _open_unpacked(
    settings: Settings, root: Path, known: MemoryRecords, today: dt.date | None
) -> Iterator[pipeline.Run]:
    """Open a run on an unpacked site, with only its files and these records."""
    site = pages.open_site(root, [root], settings.sections)
    day = today or dt.datetime.now(tz=dt.UTC)
    day = day.date() if isinstance(day, dt.datetime) else day  # a moment cannot be compared with a day
    with Lookup(Access(offline=True), known) as lookup:
        yield pipeline.Run(settings, site, baseline_file.load(root), lookup, day, writes=False)


def _plan_unpacked(opened: pipeline.Run, files: Mapping[str, bytes], *, apply: bool) -> SitePlan:
    if not opened.site.paths:
        return SitePlan()
    outcomes = select_safe(pipeline.plan_pages(opened), write_all=opened.settings.write_all)
    if not apply:
        return SitePlan(_build_objects(outcomes))
    outcomes = [_write_in_memory(outcome) if isinstance(outcome, Plan) else outcome for outcome in outcomes]
    edits = [edit for outcome in outcomes if isinstance(outcome, Plan) for edit in outcome.edits]
    changed = {edit.path: edit.after.encode("utf-8") for edit in edits}
    patches = [make_patch(edit.path, edit.before, edit.after) for edit in edits]
    remembered = baseline_file.format_baselines(pipeline.update_baselines(opened, outcomes).values())
    old = files.get(baseline_file.PATH)
    if baseline_file.is_changed(old or b"", remembered):
        changed[baseline_file.PATH] = remembered
        patches.append(make_patch(baseline_file.PATH, _decode_lines(old), _decode_lines(remembered) or ""))
    return SitePlan(_build_objects(outcomes), changed, "".join(patches))


def _build_objects(outcomes: Iterable[Outcome]) -> tuple[Mapping[str, object], ...]:
    return tuple(map(build_page_object, outcomes))


def _write_in_memory(plan: Plan) -> Outcome:
    """Return the plan as written, or as failed if its text cannot be written."""
    try:
        for edit in plan.edits:
            edit.after.encode("utf-8")
    except UnicodeEncodeError:
        return report_failure(plan, NOT_UTF8)
    return mark_written(plan)


def _decode_lines(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "surrogateescape")
