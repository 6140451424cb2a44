"""The fields' names, default policies and order; the fields themselves load on the first call."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from enrich.model.plan import Policy
from enrich.reconciler.fields.template import order_keys

# Accepted in `[fields]`, but enrich writes nothing there yet.
NOT_YET = ("url_pdf", "links")


@cache
def default_policies() -> Mapping[str, Policy]:
    """Return the default policy of each field; the fields that enrich writes come first."""
    from enrich.reconciler.fields.registry import load_fields

    policies = {name: field.policy for name, field in load_fields().items()}
    active = {name: policy for name, policy in policies.items() if policy != "keep"}
    return {**active, **policies, **dict.fromkeys(NOT_YET, "keep")}


@cache
def template_order(front_matter: str = "yaml") -> tuple[str, ...]:
    """Return the keys in the order of the themes' templates; Academic 3 and 4 in TOML have the DOI last."""
    from enrich.reconciler.fields.registry import load_fields

    order = order_keys({name: field.after for name, field in load_fields().items()})
    return (*(key for key in order if key != "doi"), "doi") if front_matter == "toml" else order


def list_preceding_keys(key: str, front_matter: str) -> tuple[str, ...]:
    """Return the keys that precede a key in the themes' templates, the nearest first."""
    order = template_order(front_matter)
    names = [name.lower() for name in order]
    return order[: names.index(key.lower())][::-1] if key.lower() in names else ()
