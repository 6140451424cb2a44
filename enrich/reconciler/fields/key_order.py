"""The order of the keys on a page: that of the themes' templates, with the fields in their places."""

from __future__ import annotations

from functools import cache

from enrich.reconciler.fields.template import order_keys


@cache
def list_template_keys(front_matter: str = "yaml") -> tuple[str, ...]:
    """Return the keys in the order of the themes' templates; Academic 3 and 4 in TOML have the DOI last."""
    from enrich.reconciler.fields.registry import load_fields

    order = order_keys({name: field.after for name, field in load_fields().items()})
    return (*(key for key in order if key != "doi"), "doi") if front_matter == "toml" else order


def list_preceding_keys(key: str, front_matter: str) -> tuple[str, ...]:
    """Return the keys that precede a key in the themes' templates, the nearest first."""
    order = list_template_keys(front_matter)
    names = [name.lower() for name in order]
    return order[: names.index(key.lower())][::-1] if key.lower() in names else ()
