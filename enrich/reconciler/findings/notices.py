"""The notices about a work, by their kind.

The types are Crossref's: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
"""

from __future__ import annotations

from enrich.model.work import Update, Work

CODE_OF_TYPE = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "removal": "withdrawn",
    "expression_of_concern": "expression-of-concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "partial_retraction": "corrected",
}
# An entry of these types that names the work's own DOI is a new version of it, not a notice about it.
VERSION_TYPES = frozenset({"new_version", "correction"})


def find_notices(work: Work, code: str) -> tuple[Update, ...]:
    """Return the notices of one kind about a work, each DOI once (two sources may report it).

    A publisher that updates a page in place deposits an entry with the work's own DOI.
    """
    notices: dict[str, Update] = {}
    own_entries = (update for update in work.update_to if is_own_doi(work, update.doi))
    for update in (*work.updated_by, *own_entries):
        in_place = is_own_doi(work, update.doi) and normalise_type(update) in VERSION_TYPES
        if CODE_OF_TYPE.get(normalise_type(update)) == code and not in_place:
            notices.setdefault(update.doi, update)
    return tuple(notices.values())


def find_notice_target(work: Work) -> Update | None:
    """Return the entry about the work that this record is a notice about, None if it is not a notice."""
    return next(
        (
            update
            for update in work.update_to
            if normalise_type(update) in CODE_OF_TYPE and not is_own_doi(work, update.doi)
        ),
        None,
    )


def is_updated_in_place(work: Work) -> bool:
    """Return whether a publisher changed the record of a work itself, instead of publishing a notice."""
    return any(is_own_doi(work, update.doi) for update in (*work.updated_by, *work.update_to))


def is_own_doi(work: Work, doi: str) -> bool:
    """Return whether a DOI is the work's own, or an alias of it."""
    return doi.lower() in {work.doi.lower(), *(alias.lower() for alias in work.aliases)}


def normalise_type(update: Update) -> str:
    """Return an update's type in Crossref's spelling."""
    return update.type.lower().replace("-", "_").replace(" ", "_")
