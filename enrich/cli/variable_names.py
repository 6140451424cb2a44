"""Name the environment variables that look like misspelt ones of enrich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

_PREFIX = "ENRICH_"
_LIKE = 0.7  # of 1: another program may have variables that begin alike


def describe_misspelt_variables(names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Yield a message for each variable that is not known but is spelled almost like one that is."""
    bare = {variable.removeprefix(_PREFIX): variable for variable in known}
    for name in sorted(names):
        word = name.removeprefix(_PREFIX)
        if word != name and word not in bare and (likely := get_close_matches(word, bare, 1, _LIKE)):
            yield f"{name} has no effect; did you mean {bare[likely[0]]}?"
