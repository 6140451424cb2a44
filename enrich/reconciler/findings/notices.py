"""What the notices about a work say of it.

The types are Crossref's: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
"""

from __future__ import annotations

from enrich.model.work import Update, Work

CODE_OF = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "removal": "withdrawn",
    "expression_of_concern": "expression-of-concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "partial_retraction": "corrected",
}


def notices(work: Work, code: str) -> tuple[Update, ...]:
    """Return the notices of one kind about a work, each DOI once (two sources may report it).

    An entry with the work's own DOI is a new version of itself, not a notice.
    """
    own = {work.doi, *work.aliases}
    found: dict[str, Update] = {}
    for update in work.updated_by:
        if CODE_OF.get(update.type.lower().replace("-", "_")) == code and update.doi not in own:
            found.setdefault(update.doi, update)
    return tuple(found.values())
