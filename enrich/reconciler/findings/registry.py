"""Register the rules that report findings, and run them on a comparison.

To add a finding, write one function in a file of this folder and decorate it; nothing else changes.
Its docstring is the page that `enrich explain CODE` and docs/findings.md print.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

from enrich.model.page import Value
from enrich.model.plan import Finding, Severity
from enrich.model.work import Work

if TYPE_CHECKING:
    from enrich.reconciler.comparison import Comparison

_PACKAGE = "enrich.reconciler.findings"
# The sections of a page, after its first paragraph. `{code}` is the finding's code.
SECTIONS: Mapping[str, str] = {
    "Why it matters": "",
    "Example": "",
    "What to do": "",
    "To silence it": (
        'add an `[[ignore]]` to `enrich.toml` with `code = "{code}"` and the `path` of the page.'
    ),
    "What `apply` does": "nothing; enrich only reports this.",
    "Source": "",
}
_LABEL = re.compile(rf"^({'|'.join(map(re.escape, SECTIONS))}):\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """One occurrence of a finding on a page."""

    text: str
    """The sentence that reports print: the fact and the next step."""
    line: int = 0
    """The line of the page (1-based), 0 if it concerns the whole page."""
    evidence: str = ""
    """The text that shows the fact."""
    fingerprint: str = ""
    """A text that changes when the finding is news again; by default the evidence, then the message."""
    severity: Severity | None = None
    """Replaces the severity of the rule."""
    other_pages: tuple[str, ...] = ()
    """The other pages that it is about, each of which has the same finding."""
    repeats_change: bool = False
    """Whether the change that ends it, once proposed, shows all that it says."""
    outlives_changes: bool = False
    """Whether the change that ends the rule's other messages does not end this one."""


PageCheck: TypeAlias = "Callable[[Comparison], Iterator[Message]]"
WorkCheck: TypeAlias = "Callable[[Comparison, Work], Iterator[Message]]"


@dataclass(frozen=True)
class FindingRule:
    """A finding that enrich knows."""

    code: str
    """The stable name, as in `enrich.toml` and in reports."""
    severity: Severity
    """The severity, unless a message sets another."""
    page: str
    """The docstring of its function."""
    check_page: PageCheck | None = None
    """Yields the messages for a page, whether or not there is a record."""
    check_work: WorkCheck | None = None
    """Yields the messages for a page beside the record of its own work."""
    is_site_fact: bool = False
    """Whether it is about the site's own words, so that a report has each message once."""
    ended_by: str = ""
    """The field whose change, once written, ends the finding; `""` if no change does."""

    @cached_property
    def summary(self) -> str:
        """Return the first paragraph of the page."""
        return " ".join(_LABEL.split(self.page, maxsplit=1)[0].split())

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """Return the other paragraphs by their label, in the order of `SECTIONS`."""
        _, *parts = _LABEL.split(self.page)
        written = {label: " ".join(text.split()) for label, text in zip(parts[::2], parts[1::2], strict=True)}
        texts = {
            label: written.get(label, default.format(code=self.code)) for label, default in SECTIONS.items()
        }
        return {label: text for label, text in texts.items() if text}


_RULES: dict[str, FindingRule] = {}


def register_page_rule(
    code: str, severity: Severity, *, is_site_fact: bool = False, ended_by: str = ""
) -> Callable[[PageCheck], PageCheck]:
    """Register a function that needs no record."""

    def register(function: PageCheck) -> PageCheck:
        page = inspect.getdoc(function) or ""
        _add_rule(FindingRule(code, severity, page, function, is_site_fact=is_site_fact, ended_by=ended_by))
        return function

    return register


def register_work_rule(
    code: str, severity: Severity, *, ended_by: str = ""
) -> Callable[[WorkCheck], WorkCheck]:
    """Register a function that compares the page with the record of its own work."""

    def register(function: WorkCheck) -> WorkCheck:
        page = inspect.getdoc(function) or ""
        _add_rule(FindingRule(code, severity, page, check_work=function, ended_by=ended_by))
        return function

    return register


def _add_rule(rule: FindingRule) -> None:
    """Add a rule; raise ValueError if two functions share a code."""
    if rule.code in _RULES:
        raise ValueError(f"two functions report {rule.code}")
    _RULES[rule.code] = rule


@cache
def list_finding_rules() -> tuple[FindingRule, ...]:
    """Return every rule, the most severe first."""
    package = importlib.import_module(_PACKAGE)
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        importlib.import_module(f"{_PACKAGE}.{module.name}")
    order = ("error", "warning", "note")
    return tuple(sorted(_RULES.values(), key=lambda rule: (order.index(rule.severity), rule.code)))


def list_finding_codes() -> tuple[str, ...]:
    """Return the codes of all findings in alphabetical order."""
    return tuple(sorted(rule.code for rule in list_finding_rules()))


def explain_finding(code: str) -> str | None:
    """Return the page about a finding as text, or None for an unknown code."""
    rule = next((rule for rule in list_finding_rules() if rule.code == code), None)
    if rule is None:
        return None
    sections = (f"{label}: {text}" for label, text in rule.sections.items())
    return "\n\n".join((f"{rule.code} ({rule.severity})", rule.summary, *sections))


def collect_findings(comparison: Comparison) -> tuple[Finding, ...]:
    """Run every rule on a page; those about the work only if the record is that of the page's work."""
    work = comparison.work if comparison.is_comparable else None
    findings: list[Finding] = []
    for rule in list_finding_rules():
        if rule.check_page:
            findings += [_make_finding(rule, message) for message in rule.check_page(comparison)]
        if rule.check_work and work is not None:
            findings += [_make_finding(rule, message) for message in rule.check_work(comparison, work)]
    return tuple(findings)


def _make_finding(rule: FindingRule, message: Message) -> Finding:
    fingerprint: Value = message.fingerprint or message.evidence or message.text
    severity = message.severity or rule.severity
    return Finding(
        rule.code,
        severity,
        message.text,
        message.line,
        message.evidence,
        fingerprint,
        other_pages=message.other_pages,
        ended_by="" if message.outlives_changes else rule.ended_by,
        repeats_change=message.repeats_change,
    )
