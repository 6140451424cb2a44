"""Find the services: every file of this folder that declares a `SERVICE`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from enrich.fetcher.sources.source import Service

_PACKAGE = "enrich.fetcher.sources"


@cache
def load_services() -> tuple[Service, ...]:
    """Return the services that have works, in the order in which enrich asks them, then the register."""
    package = importlib.import_module(_PACKAGE)
    names = (module.name for module in pkgutil.iter_modules(package.__path__) if module.name != "registry")
    modules = [importlib.import_module(f"{_PACKAGE}.{name}") for name in sorted(names)]
    declared = [
        service for module in modules if isinstance(service := getattr(module, "SERVICE", None), Service)
    ]
    return tuple(sorted(declared, key=lambda service: (service.is_register, service.position)))
