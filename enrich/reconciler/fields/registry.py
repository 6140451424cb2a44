"""Find the fields: every file of this folder that declares a `FIELD`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from enrich.reconciler.fields.field import Field
from enrich.reconciler.fields.template import order_keys

_PACKAGE = "enrich.reconciler.fields"


@cache
def load_fields() -> Mapping[str, Field]:
    """Return the fields by name, in the order in which a page's template has them."""
    package = importlib.import_module(_PACKAGE)
    names = sorted(
        module.name for module in pkgutil.iter_modules(package.__path__) if module.name != "registry"
    )
    modules = [importlib.import_module(f"{_PACKAGE}.{name}") for name in names]
    fields = [field for module in modules if isinstance(field := getattr(module, "FIELD", None), Field)]
    order = order_keys({field.name: field.after for field in fields})
    return {field.name: field for field in sorted(fields, key=lambda field: order.index(field.name))}
