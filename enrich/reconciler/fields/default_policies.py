"""The fields' names and default policies, without loading the fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from enrich.model.plan import Policy
from enrich.reconciler.fields.declarations import list_declarations

# Accepted in `[fields]`, but enrich writes nothing there yet.
NOT_YET = ("url_pdf", "links")


@cache
def list_default_policies() -> Mapping[str, Policy]:
    """Return the default policy of each field; the fields that enrich writes come first."""
    policies = {one.name: one.policy for one in list_declarations()}
    active = {name: policy for name, policy in policies.items() if policy != "keep"}
    return {**active, **policies, **dict.fromkeys(NOT_YET, "keep")}
