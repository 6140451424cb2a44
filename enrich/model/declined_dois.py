"""The DOIs that may be a page's own: those that its owner declined, and those that were reported before."""

from __future__ import annotations

from enrich.model.plan import Baseline

CANDIDATES = "doi.candidates"
"""The name under which the baseline has the DOIs that were reported."""


def list_declined_dois(baseline: Baseline | None) -> tuple[str, ...]:
    """Return the DOIs that the owner does not want under the page's key, in lower case."""
    value = baseline.fields.get("doi") if baseline else None
    values = value if isinstance(value, list | tuple) else (value,)
    return tuple(doi for doi in values if isinstance(doi, str))


def list_reported_dois(baseline: Baseline | None) -> tuple[str, ...]:
    """Return the DOIs that an earlier `apply` has reported as perhaps the page's, in lower case."""
    marks = baseline.shown.get(CANDIDATES) if baseline else None
    return tuple(map(str, marks)) if isinstance(marks, list | tuple) else ()
