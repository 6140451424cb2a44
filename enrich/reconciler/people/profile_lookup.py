"""Look up the author profile to which an entry of a page's author list links."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from enrich.model.site_context import Profile
from enrich.reconciler.people.decoration import strip_decoration
from enrich.text.hugo_slug import urlize_name

make_slug = lru_cache(maxsize=65_536)(urlize_name)


def is_alias(entry: str, profiles: Mapping[str, Profile]) -> bool:
    """Return whether an entry is a handle rather than a name: `admin`, `me`, `jane-doe`."""
    handle = entry.strip()
    return bool(handle) and handle == make_slug(handle) and (handle.isascii() or handle in profiles)


def find_profile(entry: str, profiles: Mapping[str, Profile]) -> Profile | None:
    """Return the author profile that an entry links to, or None."""
    if not profiles:
        return None
    slugs = (make_slug(strip_decoration(entry)), make_slug(entry), make_profile_slug(entry))
    return next((profiles[slug] for slug in slugs if slug in profiles), None)


def make_profile_slug(entry: str) -> str:
    """Return the slug of the profile that an entry means; some sites write `@jane` for the profile `jane`."""
    return make_slug(strip_decoration(entry).removeprefix("@"))


def list_known_names(entry: str, profiles: Mapping[str, Profile]) -> tuple[str, ...]:
    """List the names of the person of an entry: those in the profile, then the entry itself."""
    profile = find_profile(entry, profiles)
    return (*profile.names, entry) if profile else (entry,)
