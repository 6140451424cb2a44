"""The order of the keys in the themes' templates; each field names the keys that precede it."""

from __future__ import annotations

from collections.abc import Mapping

# The other keys of the themes' templates (Academic 4.4 to Kit), in the order that 1,674 pages follow.
TEMPLATE = (
    "subtitle", "author_notes", "publishDate", "hugoblox", "summary", "tags", "categories", "featured",
    "url_pdf", "url_preprint", "url_code", "url_dataset", "url_project", "url_poster", "url_slides",
    "url_video", "url_source", "url_custom", "links",
)  # fmt: skip


def order_keys(places: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the template's keys with each field in its place: after the last of the keys that it names."""
    order = [*TEMPLATE]
    waiting = dict(sorted(places.items()))
    while waiting:
        ready = [name for name, before in waiting.items() if waiting.keys().isdisjoint(before)] or [*waiting]
        for name in ready:
            last = max((order.index(key) for key in waiting.pop(name) if key in order), default=-1)
            order.insert(last + 1, name)
    return tuple(order)
