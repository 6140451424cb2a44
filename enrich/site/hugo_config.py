"""Read a site's Hugo configuration and data files leniently: a broken file becomes a note.

The files and their precedence: https://gohugo.io/configuration/introduction/
"""

from __future__ import annotations

import itertools
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from enrich.errors import PageError
from enrich.front_matter.front_matter_json import is_huge_number
from enrich.front_matter.yaml_loaders import load_yaml
from enrich.site.path_kinds import is_folder, read_regular_file

if TYPE_CHECKING:
    from enrich.model.page import Value

EXTENSIONS = ("toml", "yaml", "yml", "json")
ROOT_FILES = tuple(f"{stem}.{extension}" for stem in ("hugo", "config") for extension in EXTENSIONS)
CONFIG_FOLDER = ("config", "_default")

_PARSERS: dict[str, Callable[[str], object]] = {
    "toml": tomllib.loads,
    "yaml": load_yaml,
    "yml": load_yaml,
    "json": json.loads,
}
_BROKEN = (PageError, OSError, ValueError, yaml.YAMLError, RecursionError, TypeError)
# Real configurations have a few hundred values on up to ten levels.
_MOST_VALUES, _MOST_LEVELS = 100_000, 100


def is_site(folder: Path) -> bool:
    """Return whether a folder is a site's root: it has a configuration or a folder `content`."""
    return is_configured(folder) or is_folder(folder / "content")


def is_configured(folder: Path) -> bool:
    """Return whether a folder has an enrich.toml or a configuration of Hugo."""
    files = [folder / name for name in ("enrich.toml", *ROOT_FILES)]
    # A link that leads nowhere is reported when it is read; a folder of that name may be a page's bundle.
    is_there = any(os.path.lexists(file) and not is_folder(file) for file in files)
    return is_there or is_folder(folder.joinpath(*CONFIG_FOLDER))


def read_data(path: Path) -> tuple[Mapping[str, Value], str]:
    """Return a YAML, TOML or JSON file's mapping, its keys in lower case, and the error in it or `""`."""
    try:
        text = read_regular_file(path).decode("utf-8-sig", "replace")
        data = _lower_keys(_PARSERS[path.suffix[1:].lower()](text), itertools.count(1))
    except _BROKEN as error:
        return {}, f"{path.name} cannot be read: {_take_first_line(error)}"
    return (data, "") if isinstance(data, Mapping) else ({}, "")


def load_config(root: Path) -> tuple[Mapping[str, Value], tuple[str, ...]]:
    """Return the site's merged configuration (keys in lower case) and a note for each broken file."""
    merged: dict[str, Value] = {}
    notes: list[str] = []
    for section, path in list_config_files(root):
        data, note = read_data(path)
        notes += [f"{path.relative_to(root).as_posix()}: {note}"] if note else []
        merged = dict(_merge_configs(merged, {section: data} if section else data))
    return merged, tuple(notes)


def get_config_value(config: Value, *keys: str) -> Value:
    """Return the value at a path of keys, or None if there is none."""
    for key in keys:
        config = config.get(key) if isinstance(config, Mapping) else None
    return config


def get_config_text(config: Value, *keys: str) -> str:
    """Return the text at a path of keys, `""` if there is none."""
    value = get_config_value(config, *keys)
    return value.strip() if isinstance(value, str) else ""


def list_config_mappings(config: Value, *keys: str) -> Iterator[Mapping[str, Value]]:
    """Yield the mappings of the list at a path of keys (`module.imports`)."""
    value = get_config_value(config, *keys)
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))


def list_config_texts(config: Value, *keys: str) -> tuple[str, ...]:
    """Return the texts of the list at a path of keys; a single text counts as a list of one."""
    value = get_config_value(config, *keys)
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str))


def list_config_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield (section, path), weakest first: the first root file that exists, then config/_default."""
    yield from [("", root / name) for name in ROOT_FILES if os.path.lexists(root / name)][:1]
    folder = root.joinpath(*CONFIG_FOLDER)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted, and an error for none
    except OSError:
        return
    for name in names:
        stem, _, extension = name.partition(".")  # `menus.en.toml` and the like have nothing of use here
        if extension.lower() in EXTENSIONS:
            yield "" if stem.lower() in {"hugo", "config"} else stem.lower(), folder / name


def _merge_configs(below: Mapping[str, Value], above: Mapping[str, Value]) -> Mapping[str, Value]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(under, Mapping) and isinstance(value, Mapping)
        merged[key] = _merge_configs(under, value) if both else value  # type: ignore[arg-type]
    return merged


def _lower_keys(value: object, count: Iterator[int], level: int = 0) -> Value:
    """Copy a tree with its keys as lower-case text; raise ValueError for an enormous one.

    It copies the value of a YAML alias each time, so that the copy contains no circle.
    """
    _check_size(next(count), level)
    if is_huge_number(value):
        raise ValueError("a number with thousands of digits")
    if isinstance(value, dict):
        return {str(key).lower(): _lower_keys(item, count, level + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_lower_keys(item, count, level + 1) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _check_size(values: int, levels: int) -> None:
    if levels > _MOST_LEVELS:
        raise ValueError("nested too deeply, or a YAML alias that contains itself")
    if values > _MOST_VALUES:
        raise ValueError(f"more than {_MOST_VALUES:,} values, with those that YAML aliases repeat")


def _take_first_line(error: BaseException) -> str:
    """Return an error in one line, without the line breaks and positions of the YAML library."""
    mark = getattr(error, "problem_mark", None)
    text = getattr(error, "problem", None) or getattr(error, "strerror", None) or str(error)
    where = f" (line {mark.line + 1})" if mark else ""
    return re.sub(r"\s+", " ", str(text)).strip() + where
