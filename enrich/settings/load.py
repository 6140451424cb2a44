"""What the owner wants: flags before environment before `enrich.toml` before defaults."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.errors import UsageError
from enrich.model.plan import Ignore, Policy
from enrich.reconciler.fields.policies import default_policies
from enrich.settings.option_table import Option, Typed, options
from enrich.settings.toml_file import NAME, ConfigFile, ignores, read_file, refuse_unknown

if TYPE_CHECKING:
    import datetime as dt

    from enrich.reconciler.comparison import Rules


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that was set; `origins` says where each value came from, by the option's name."""

    root: Path | None
    cache_dir: Path
    policies: Mapping[str, Policy] = field(default_factory=lambda: dict(default_policies()))
    mailto: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    sections: tuple[str, ...] = ()
    records: Path | None = None
    offline: bool = False
    refresh: bool = False
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    exit_zero: bool = False
    fill_commented: bool = False
    write_all: bool = False
    decisions: Path | None = None
    format: str = "text"
    output: str = ""
    report: tuple[str, ...] = ()
    color: str = "auto"
    no_progress: bool = False
    quiet: bool = False
    verbose: int = 0
    crossref_url: str = "https://api.crossref.org"
    datacite_url: str = "https://api.datacite.org"
    doi_url: str = "https://doi.org"
    generation: str = ""
    types: str = ""
    math: str = ""
    ignores: tuple[Ignore, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def progress(self) -> bool:
        """Tell whether a progress bar may be shown."""
        return not self.no_progress

    def rules(self, today: dt.date) -> Rules:
        """Return what the reconciler may know: the day, and the settings that decide what is proposed."""
        from enrich.reconciler.comparison import Rules

        return Rules(
            today=today,
            policies=self.policies,
            only=frozenset(self.only),
            skip=frozenset(self.skip),
            fill_commented=self.fill_commented,
            ignores=self.ignores,
        )


def load(
    root: Path | None,
    flags: Mapping[str, object],
    environ: Mapping[str, str],
    *,
    codes: Collection[str] = (),
) -> Settings:
    """Return the settings; raise UsageError, naming the place, for what cannot be followed.

    A flag that is None or an empty tuple was not given; `codes` has those of all findings.
    """
    table = {option.name: option for option in options()}
    file = read_file(_config_path(root, flags, environ))
    refuse_unknown(file, table)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, option in table.items():
        typed = _given(option, flags, environ, file)
        origins[name] = typed.where if typed else "default"
        values[option.attribute or name] = _value(option, typed) if typed else option.default
    chosen: dict[str, Policy] = {name: values.pop(f"fields.{name}") for name in default_policies()}
    values["cache_dir"] = values["cache_dir"] or (root or Path()) / "cache"
    ignored = tuple(ignores(file, default_policies(), codes))
    return Settings(root=root, policies=chosen, ignores=ignored, origins=origins, **values)


def _config_path(root: Path | None, flags: Mapping[str, object], environ: Mapping[str, str]) -> Path | None:
    """Return the file to read: one that was named must be there, the site's own need not."""
    named = flags.get("config") or environ.get("ENRICH_CONFIG", "").strip()
    if named and not Path(str(named)).is_file():
        raise UsageError(f"{named}: there is no such configuration file")
    if named:
        return Path(str(named))
    return root / NAME if root and (root / NAME).exists() else None


def _given(
    option: Option, flags: Mapping[str, object], environ: Mapping[str, str], file: ConfigFile
) -> Typed | None:
    """Return what was given for an option by the one who counts most, or None."""
    flag = flags.get(option.name)
    if flag is not None and flag != ():
        return Typed(flag, option.flag, Path(), is_text=True)
    if environ.get(option.variable, "").strip():
        return Typed(environ[option.variable], option.variable, Path(), is_text=True)
    if option.name in file.values:
        return Typed(file.values[option.name], file.at(option.name), file.folder)
    return None


def _value(option: Option, typed: Typed) -> object:
    try:
        return option.read(option, typed)
    except ValueError as error:
        raise UsageError(f"{typed.where}: {error}") from None
