"""Know every check, and run them on a case."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from enrich.model.page import Value
from enrich.model.plan import Finding, Severity
from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison

_PACKAGE = "enrich.reconciler.findings"


@dataclass(frozen=True, slots=True)
class Said:
    """What a check has to say; `about` tells whether it is news, `severity` replaces the check's own."""

    message: str
    line: int = 0
    evidence: str = ""
    about: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A finding's code, its severity, and the functions behind it; the docstring explains it."""

    code: str
    severity: Severity
    explanation: str
    ignores_for_page: Callable[[Comparison], Iterator[Said]] | None = None
    of_work: Callable[[Comparison, Work], Iterator[Said]] | None = None


_CHECKS: dict[str, Check] = {}


def page_check(
    code: str, severity: Severity
) -> Callable[[Callable[[Comparison], Iterator[Said]]], Callable[[Comparison], Iterator[Said]]]:
    """Register a check that needs no record."""

    def register(function: Callable[[Comparison], Iterator[Said]]) -> Callable[[Comparison], Iterator[Said]]:
        _CHECKS[code] = Check(code, severity, inspect.getdoc(function) or "", ignores_for_page=function)
        return function

    return register


def work_check(
    code: str, severity: Severity
) -> Callable[[Callable[[Comparison, Work], Iterator[Said]]], Callable[[Comparison, Work], Iterator[Said]]]:
    """Register a check that compares the page with the record of its own work."""

    def register(
        function: Callable[[Comparison, Work], Iterator[Said]],
    ) -> Callable[[Comparison, Work], Iterator[Said]]:
        _CHECKS[code] = Check(code, severity, inspect.getdoc(function) or "", of_work=function)
        return function

    return register


@cache
def checks() -> tuple[Check, ...]:
    """Return every check, those that may stop a page first."""
    package = importlib.import_module(_PACKAGE)
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        importlib.import_module(f"{_PACKAGE}.{module.name}")
    order = ("error", "warning", "note")
    return tuple(sorted(_CHECKS.values(), key=lambda check: (order.index(check.severity), check.code)))


def codes() -> tuple[str, ...]:
    """Return the codes of all findings."""
    return tuple(sorted(check.code for check in checks()))


def explanation(code: str) -> str | None:
    """Return what a code means, with an example and what to do; None for a code we do not have."""
    return next(
        (
            f"{check.code} ({check.severity})\n\n{check.explanation}"
            for check in checks()
            if check.code == code
        ),
        None,
    )


def findings(comparison: Comparison) -> tuple[Finding, ...]:
    """Return what there is to say about a page; nothing of a record that is another work's."""
    work = None if comparison.is_mismatch else comparison.work
    found: list[Finding] = []
    for check in checks():
        if check.ignores_for_page:
            found += [_finding(check, said) for said in check.ignores_for_page(comparison)]
        if check.of_work and work is not None:
            found += [_finding(check, said) for said in check.of_work(comparison, work)]
    return tuple(found)


def _finding(check: Check, said: Said) -> Finding:
    about: Value = said.about or said.evidence or said.message
    return Finding(check.code, said.severity or check.severity, said.message, said.line, said.evidence, about)
