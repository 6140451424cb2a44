"""The fields' names and default policies; the fields themselves load on the first call."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from enrich.model.plan import Policy

# Accepted in `[fields]`, but enrich writes nothing there yet.
NOT_YET = ("url_pdf", "links")


@cache
def default_policies() -> Mapping[str, Policy]:
    """Return the default policy of each field; the fields that enrich writes come first."""
    from enrich.reconciler.fields.registry import load_fields

    policies = {name: field.policy for name, field in load_fields().items()}
    active = {name: policy for name, policy in policies.items() if policy != "keep"}
    return {**active, **policies, **dict.fromkeys(NOT_YET, "keep")}
