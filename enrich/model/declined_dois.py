"""The DOIs that are not a page's own, as its owner has said."""

from __future__ import annotations

from enrich.model.plan import Baseline


def list_declined_dois(baseline: Baseline | None) -> tuple[str, ...]:
    """Return the DOIs that the owner does not want under the page's key, in lower case."""
    value = baseline.fields.get("doi") if baseline else None
    values = value if isinstance(value, list | tuple) else (value,)
    return tuple(doi for doi in values if isinstance(doi, str))
