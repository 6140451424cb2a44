"""Suggest the page that a user meant who typed a name that no page has."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

LONGEST_NAME = 200  # characters of a typed name that is compared
MOST_PAGES = 2_000  # pages whose names are compared for likeness


def suggest_page(root: Path, paths: Sequence[str], typed: str) -> str:
    """Return `; did you mean 'content/publication/x'?` with the page that a name resembles, or `""`."""
    name = PurePosixPath(typed.strip().replace(os.sep, "/")).name
    if not name or len(name) > LONGEST_NAME:
        return ""
    places = {_name_place(path): _find_place(path) for path in paths}
    found = places.get(PurePosixPath(typed).parent.name if name.startswith("index.") else name)
    found = found or _find_alike(name, places)
    return f"; did you mean '{os.path.relpath(root / found)}'?" if found else ""


def _find_place(path: str) -> str:
    """Return the path of a page as people type it: its folder, if it has one of its own."""
    page = PurePosixPath(path)
    return str(page.parent if page.stem.split(".")[0] == "index" else page)


def _name_place(path: str) -> str:
    return PurePosixPath(_find_place(path)).name


def _find_alike(name: str, places: Mapping[str, str]) -> str:
    """Return the only place that begins with a name, else the most similar one, else `""`."""
    from difflib import get_close_matches

    begun = [place for known, place in places.items() if known.startswith(name)]
    if len(begun) == 1:
        return begun[0]
    known = [*places] if len(places) <= MOST_PAGES else []
    likely = get_close_matches(name, known, n=1)
    return places[likely[0]] if likely else ""
