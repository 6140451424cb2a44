"""Read the name, policy and place of each field from the text of its file, without running it.

Every run needs them for its settings, but not the rules that the fields import. Loading these takes some
300 ms of CPU; reading the declarations takes 8, and 18 if whole files were parsed. If a declaration has
anything but plain values, all fields are loaded after all.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

from enrich.model.plan import Policy
from enrich.reconciler.fields.template import order_keys

_PACKAGE = "enrich.reconciler.fields"
_STATEMENT = re.compile(r"^FIELD\b.*?^\)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Declaration:
    """The declaration of a field as far as settings need it; `Field` describes the attributes."""

    name: str
    """The name of the field."""
    policy: Policy
    """Its default policy."""
    after: tuple[str, ...]
    """The keys that precede it in the theme's template."""


def list_declarations() -> list[Declaration]:
    """Return the declaration of each field, in the order in which a page's template has them."""
    found = _read_declarations() or _load_declarations()
    order = order_keys({one.name: one.after for one in found})
    return sorted(found, key=lambda one: order.index(one.name))


def _read_declarations() -> list[Declaration]:
    """Return the declarations in the files' texts, `[]` if there are no texts or one is unusual."""
    with suppress(OSError, SyntaxError, ValueError):
        return [parse_declaration(text) for text in _read_files() if "\nFIELD" in text]
    return []


def _read_files() -> Iterator[str]:
    """Yield the text of each file of this folder; raise OSError if Python has only its compiled form."""
    package = importlib.import_module(_PACKAGE)
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        yield (pkgutil.get_data(_PACKAGE, f"{name}.py") or b"").decode()


def parse_declaration(text: str) -> Declaration:
    """Return the declaration in a text; raise ValueError or SyntaxError if its values are no literals."""
    statement = _STATEMENT.search(text)
    call = ast.parse(statement[0]).body[0] if statement else None
    value = call.value if isinstance(call, ast.Assign) else None
    keywords = value.keywords if isinstance(value, ast.Call) else []
    given = {one.arg: one.value for one in keywords if one.arg in Declaration.__slots__}
    literals = {name: ast.literal_eval(node) for name, node in given.items() if name}
    match literals:
        case {"name": str(), "policy": policy, "after": tuple()} if policy in get_args(Policy):
            return Declaration(**literals)
    raise ValueError("the file declares its field in another way")


def _load_declarations() -> list[Declaration]:
    from enrich.reconciler.fields.registry import load_fields

    return [Declaration(field.name, field.policy, field.after) for field in load_fields().values()]
