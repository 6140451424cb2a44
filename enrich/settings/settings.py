"""The settings of a run, which are also the table of options.

To add an option, add one attribute to `Settings`. Its flag, its variable `ENRICH_…`, its key in
`enrich.toml` and its line in every document follow from that row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from enrich.settings.accepted_words import (
    list_field_names,
    list_generations,
    list_maths,
    list_report_formats,
    list_types,
)
from enrich.settings.option import (
    COMMENTED,
    CONSOLE,
    FIELDS,
    FILES,
    FINDING,
    PLACES,
    RECORDS,
    REMEMBERING,
    REPORTS,
    SCALING,
    WRITING,
    Reader,
)
from enrich.settings.readers import (
    read_choice,
    read_choices,
    read_email,
    read_level,
    read_one_text,
    read_orcids,
    read_path,
    read_positive,
    read_report_files,
    read_size,
    read_switch,
    read_text_list,
    read_token,
)

if TYPE_CHECKING:
    import datetime as dt

    from enrich.fetcher.access import Access
    from enrich.model.ignore import Ignore
    from enrich.model.plan import Policy
    from enrich.model.site_context import Generation, Math, ThemeSettings, Types
    from enrich.reconciler.rules import Rules

_COLORS = ("auto", "always", "never")


def _option(read: Reader, default: object, text: str, /, *, is_private: bool = False, **more: Any) -> Any:
    """Return a row of the table: an attribute of `Settings` with all that its `Option` needs.

    The settings' repr leaves out a private value, because a traceback may show the repr.
    """
    return field(default=default, repr=not is_private, metadata={"read": read, "help": text, **more})


def _load_default_policies() -> Mapping[str, Policy]:
    from enrich.reconciler.fields.default_policies import list_default_policies

    return list_default_policies()


# fmt: off
@dataclass(frozen=True, slots=True)
class Settings:
    """The value of every option, and the source of each value."""

    config: Path | None = _option(
        read_path, None, "Read this file instead of the site's enrich.toml.",
        group=PLACES, metavar="FILE", in_file=False, kept_for_apply=True)
    cache_dir: Path = _option(
        read_path, None, "Keep the services' answers in this folder instead of the site's cache/.",
        group=PLACES, metavar="FOLDER", in_file=False, kept_for_apply=True)
    records: Path | None = _option(
        read_path, None, "Read the records from this file or folder; send no requests.",
        group=RECORDS, metavar="PATH", in_file=False, kept_for_apply=True)
    ask_missing: bool = _option(
        read_switch, False, "Ask the services about DOIs that --records does not have.",
        group=RECORDS, kept_for_apply=True)
    offline: bool = _option(
        read_switch, False, "Use only the cache and --records; send no requests.",
        group=RECORDS, kept_for_apply=True)
    refresh: bool = _option(
        read_switch, False, "Fetch every record again, ignoring the cache.", group=RECORDS)
    mailto: str = _option(
        read_email, "", "Your e-mail address: Crossref answers faster and more reliably if it knows who "
        "asks. Only the services see it.",
        group=RECORDS, metavar="ADDRESS", is_private=True, example="you@example.org")
    memory: str = _option(
        read_size, "2GB", "The memory that reading large records may take. Default: 2GB.",
        group=SCALING, metavar="SIZE")
    threads: int | None = _option(
        read_positive, None, "The number of threads. Default: one for each core.",
        group=SCALING, metavar="N", example=4)
    find: bool = _option(
        read_switch, False, "Search Crossref and DataCite for the DOIs of pages that have none.",
        group=FINDING, kept_for_apply=True)
    only: tuple[str, ...] = _option(
        read_choices, (), "Compare only these fields.", group=FIELDS, metavar="FIELD",
        accepts=list_field_names, kept_for_apply=True, example=("title", "date"))
    skip: tuple[str, ...] = _option(
        read_choices, (), "Do not compare these fields.", group=FIELDS, metavar="FIELD",
        accepts=list_field_names, kept_for_apply=True, example=("abstract",))
    write_all: bool = _option(
        read_switch, False, "Also write the changes that need review.", key="all", group=WRITING)
    fill_commented: bool = _option(
        read_switch, False, "Also fill keys that you commented out together with a value.",
        group=COMMENTED, kept_for_apply=True)
    decisions: Path | None = _option(
        read_path, None, "Write what you decided in the HTML report, and nothing else.",
        group=WRITING, metavar="FILE", in_file=False)
    remember: bool = _option(
        read_switch, False, "Remember what this run reports, as `apply` does, so that the next run shows "
        "only news.",
        group=REMEMBERING)
    format: str = _option(
        read_choice, "text", "The format of the report.", group=REPORTS, accepts=list_report_formats)
    output: str = _option(
        read_one_text, "", "Write the report to this file instead of stdout; if no format is set, the "
        "ending of its name chooses one.",
        group=FILES, metavar="FILE", short="-o", in_file=False)
    report: tuple[tuple[str, str], ...] = _option(
        read_report_files, (), "Write one more report to a file.",
        group=FILES, metavar="FORMAT:FILE", accepts=list_report_formats, in_file=False)
    exit_zero: bool = _option(
        read_switch, False, "Exit with 0 instead of 1.", group=REPORTS)
    color: str = _option(
        read_choice, "auto", "When to use colour.", group=CONSOLE, accepts=_COLORS)
    no_progress: bool = _option(read_switch, False, "Do not show progress.", group=CONSOLE)
    quiet: bool = _option(
        read_switch, False, "Print only the report and errors.", group=CONSOLE, short="-q")
    verbose: int = _option(
        read_level, 0, "Show everything, including old news; -vv adds tracebacks to errors.",
        group=CONSOLE, short="-v")
    token: str = _option(
        read_token, "", "The token of a Crossref Metadata Plus subscription.",
        key="crossref_token", in_file=False, is_private=True, is_secret=True)
    sections: tuple[str, ...] = _option(
        read_text_list, (), "More folders under content/ that contain publications.",
        key="pages.sections", example=("papers",))
    doi_missing: bool = _option(
        read_switch, True, "Whether to report a page without a DOI.", key="pages.doi_missing")
    people_orcids: tuple[str, ...] = _option(
        read_orcids, (), "The ORCID iDs of people whose works `enrich new` looks for, besides the owner's.",
        key="people.orcid")
    generation: Generation | Literal[""] = _option(
        read_choice, "", "The generation of the theme, if enrich detects the wrong one.",
        key="theme.generation", accepts=list_generations)
    types: Types | Literal[""] = _option(
        read_choice, "", "How the pages write publication types, if enrich detects it wrongly: number as in "
        "2, csl as in article-journal.",
        key="theme.types", accepts=list_types)
    math: Math | Literal[""] = _option(
        read_choice, "", "How the pages write TeX, if enrich detects it wrongly: raw as in $x_1$, escaped "
        "with a second backslash, off if the theme does not show TeX.",
        key="theme.math", accepts=list_maths)
    root: Path | None = None
    """The folder of the site."""
    policies: Mapping[str, Policy] = field(default_factory=_load_default_policies)
    """The policy of each field: the keys of the table [fields]."""
    service_urls: Mapping[str, str] = field(default_factory=dict)
    """The address of each service, by its name."""
    ignores: tuple[Ignore, ...] = ()
    """The [[ignore]] tables."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """The source of each value, by the option's key: `enrich.toml:7`, `--only`, `default`."""

    def access(self, version: str) -> Access:
        """Return the part of the settings that the fetcher uses, with the version of enrich."""
        from enrich.fetcher.access import Access

        return Access(
            urls=self.service_urls,
            mailto=self.mailto,
            token=self.token,
            cache_dir=self.cache_dir,
            offline=self.offline,
            refresh=self.refresh,
            version=version,
        )

    def theme(self) -> ThemeSettings:
        """Return the settings about the theme, which count more than the site's own pages."""
        from enrich.model.site_context import ThemeSettings

        return ThemeSettings(self.generation, self.types, self.math)

    def rules(self, today: dt.date) -> Rules:
        """Return the part of the settings that the reconciler uses, with the day of the run."""
        from enrich.reconciler.rules import Rules

        return Rules(
            today=today,
            policies=self.policies,
            only=frozenset(self.only),
            skip=frozenset(self.skip),
            fill_commented=self.fill_commented,
            ignores=self.ignores,
            reports_missing_doi=self.doi_missing,
            finds_dois=self.find,
        )
# fmt: on
