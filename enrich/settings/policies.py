"""The policy of each field, unless `[fields]` says otherwise (DESIGN.md, Policies)."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.model.plan import Policy

# Accepted in [fields], but enrich writes nothing there yet.
NOT_YET = ("url_pdf", "links", "cite.bib")
_FILLED = ("title", "authors", "date", "publication", "publication_types", "abstract", "doi")


def default_policies() -> Mapping[str, Policy]:
    """Return the policy of every field."""
    return {**dict.fromkeys(_FILLED, "fill"), **dict.fromkeys(("publication_short", *NOT_YET), "keep")}
