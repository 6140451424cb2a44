"""Make the settings of a run from the given values; every other option has its default."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from enrich.errors import UsageError
from enrich.settings.accepted_words import list_field_names
from enrich.settings.collect_options import list_options, list_rows
from enrich.settings.ignore_tables import read_ignores
from enrich.settings.option import Given
from enrich.settings.settings import Settings
from enrich.settings.toml_file import ConfigFile, find_config, read_given, read_values


def load_settings(root: Path, *, codes: Collection[str] = ()) -> Settings:
    """Return the settings from the site's `enrich.toml` alone; raise UsageError if it has a mistake."""
    file = find_config(root)
    values = read_values(file, list_options())
    return build_settings(root, file, values, {key: file.locate(key) for key in values}, codes=codes)


def build_settings(
    root: Path | None,
    file: ConfigFile,
    values: Mapping[str, object],
    origins: Mapping[str, str],
    *,
    codes: Collection[str] = (),
) -> Settings:
    """Return the settings of a site from the given values and their sources, both by key.

    The [[ignore]] tables come from the file; `codes` are those of all findings. Raise UsageError for a table
    with a mistake, and for options that contradict each other.
    """
    options = list_options()
    everything = {option.key: values.get(option.key, option.default) for option in options}
    names = list_field_names()
    attributes: dict[str, Any] = {
        option.attribute: everything[option.key]
        for option in options
        if not option.is_policy and not option.is_service_url
    }
    settings = Settings(
        **attributes,
        root=root,
        policies={name: everything[f"fields.{name}"] for name in names},  # type: ignore[misc]
        service_urls={
            option.attribute: str(everything[option.key]) for option in options if option.is_service_url
        },
        ignores=read_ignores(file, names, codes),
        origins={option.key: origins.get(option.key, "default") for option in options},
    )
    _check_requests(settings)
    return settings if settings.cache_dir else replace(settings, cache_dir=(root or Path()) / "cache")


def select_fields(settings: Settings, only: Sequence[str], skip: Sequence[str]) -> Settings:
    """Return the settings with these fields as `only` and `skip`; raise UsageError for an unknown field.

    Without fields, the settings keep their own.
    """
    given = {"only": only, "skip": skip}
    rows = [row for row in list_rows() if given.get(row.key)]
    chosen: dict[str, Any] = {row.attribute: read_given(row, Given(given[row.key], row.key)) for row in rows}
    return replace(settings, **chosen)


def _check_requests(settings: Settings) -> None:
    """Raise UsageError for settings that forbid requests and at the same time need some."""
    if settings.offline and settings.refresh:
        places = " and ".join(f"'{key}' ({settings.origins[key]})" for key in ("offline", "refresh"))
        raise UsageError(
            f"{places} contradict each other: offline sends no requests, refresh fetches every record again;"
            " leave one of them out"
        )
