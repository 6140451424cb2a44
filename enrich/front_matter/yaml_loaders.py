"""The YAML loaders that read scalars as Hugo does."""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml

Loader: TypeAlias = "type[yaml.CSafeLoader] | type[yaml.SafeLoader]"

TAG = "tag:yaml.org,2002:"
# PyYAML's own patterns without dates, which may be impossible, and without base-60 numbers (1:30), which
# Hugo does not read as numbers: both stay strings.
_IMPLICIT = (
    (
        "bool",
        r"^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$",
        "yYnNtTfFoO",
    ),
    (
        "float",
        r"^(?:(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+0123456789.",
    ),
    ("int", r"^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$", "-+0123456789"),
    ("merge", r"^<<$", "<"),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
)


def _build_resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, pattern, initials in _IMPLICIT:
        for initial in initials:
            resolvers = table.setdefault("" if initial == "\0" else initial, [])
            resolvers.append((TAG + name, re.compile(pattern)))
    return table


class PureLoader(yaml.SafeLoader):
    """PyYAML's own loader, which reads scalars as Hugo does."""

    yaml_implicit_resolvers = _build_resolvers()


LOADER: Loader = PureLoader
if hasattr(yaml, "CSafeLoader"):

    class FastLoader(yaml.CSafeLoader):
        """The same with libyaml, twenty times as fast; a PyYAML without libyaml lacks the base class."""

        yaml_implicit_resolvers = _build_resolvers()

        def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
            """Return the tag of a node, as PyYAML does for a loader that knows no paths."""
            if kind is not yaml.ScalarNode:
                return self.DEFAULT_SEQUENCE_TAG if kind is yaml.SequenceNode else self.DEFAULT_MAPPING_TAG
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()) if implicit[0] else ():
                if pattern.match(value):
                    return tag
            return self.DEFAULT_SCALAR_TAG

    LOADER = FastLoader


def load_yaml(text: str) -> object:
    """Return the value of any YAML document, with dates as strings; raise yaml.YAMLError or ValueError."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506  # a subclass of the safe loader
