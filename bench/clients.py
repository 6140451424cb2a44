"""Other clients for Crossref, each as its own documentation uses it: run by a Python that has them.

`python bench/clients.py NAME URL < DOIS`, where NAME is habanero, crossref-commons or crossrefapi.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

MAILTO = "you@lab.example"


def habanero(url: str) -> Callable[[str], Any]:
    """Return its look-up; it can be pointed at another address."""
    from habanero import Crossref  # type: ignore[import-not-found]

    client = Crossref(base_url=url, mailto=MAILTO, timeout=30)
    return lambda doi: client.works(ids=doi)["message"]["DOI"]


def crossref_commons(url: str) -> Callable[[str], Any]:
    """Return its look-up, its address replaced."""
    from crossref_commons import retrieval  # type: ignore[import-not-found]

    retrieval.API_URL = url
    return lambda doi: retrieval.get_publication_as_json(doi)["DOI"]


def crossrefapi(url: str) -> Callable[[str], Any]:
    """Return its look-up, the function that makes its addresses replaced: they are https only."""
    from crossref import restful  # type: ignore[import-not-found]

    restful.build_url_endpoint = lambda end, context=None: "/".join(filter(None, (url, context, end)))
    etiquette = restful.Etiquette("bench", "1", "https://lab.example", MAILTO)
    works = restful.Works(etiquette=etiquette)
    return lambda doi: works.doi(doi)["DOI"]


def main(name: str, url: str) -> None:
    """Look all DOIs on stdin up, one after the other, and print what came of it."""
    look_up = {"habanero": habanero, "crossref-commons": crossref_commons, "crossrefapi": crossrefapi}[name](
        url
    )
    found, errors = 0, 0
    dois = sys.stdin.read().split()
    began = time.monotonic()
    for doi in dois:
        try:
            found += look_up(doi) == doi
        except Exception:  # noqa: BLE001  # whatever it raises, it has no answer
            errors += 1
    print(json.dumps({"found": found, "errors": errors, "seconds": time.monotonic() - began}))


if __name__ == "__main__":
    main(*sys.argv[1:])
