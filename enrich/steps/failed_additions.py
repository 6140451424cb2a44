"""Explain why `enrich add` makes no page for a DOI: its record, or that of a similar page, is missing."""

from __future__ import annotations

from enrich.model.addition import AddedPage
from enrich.model.page import BadDoi, Doi
from enrich.model.work import Answer, NotFound, Unanswered, Unsupported

# The exit code of a command with only this DOI.
UNKNOWN, USAGE, UNANSWERED, UNWRITTEN = 1, 2, 3, 4


def explain_missing_page(typed: str, doi: Doi | BadDoi | None, answer: Answer | None) -> AddedPage:
    """Return the outcome for a DOI without a page: it is malformed or unknown, or no service answered."""
    if not isinstance(doi, Doi):
        repair = f"; did you mean {doi.repair}?" if doi and doi.repair else ""
        said = f"this is not a DOI{': ' + doi.reason if doi else ''}"
        reason = said + (repair or "; type it as in 10.1038/nature14539")
        return AddedPage(typed, "failed", error=reason, exit_code=USAGE)
    if isinstance(answer, NotFound):
        reason = "no agency knows this DOI; check it at https://doi.org, and add it again once it works there"
        return AddedPage(doi.bare, "failed", error=reason, exit_code=UNKNOWN)
    if isinstance(answer, Unsupported):
        reason = f"it is registered with {answer.agency}, which enrich cannot query; make this page by hand"
        return AddedPage(doi.bare, "failed", error=reason, exit_code=UNKNOWN)
    is_offline = isinstance(answer, Unanswered) and answer.offline
    said = answer.reason if isinstance(answer, Unanswered) else "the service did not answer"
    reason = said if is_offline else f"{said}; run the command again later"
    return AddedPage(doi.bare, "failed", error=reason, exit_code=UNANSWERED)


def read_failure(answer: Answer | None) -> str:
    """Return why a service did not answer, `""` if it did or the run was not to ask it."""
    return answer.reason if isinstance(answer, Unanswered) and not answer.offline else ""


def refuse_second_page(doi: Doi, path: str, reason: str) -> AddedPage:
    """Return the failure of a DOI whose work may already have a page, one that could not be looked up."""
    error = f"{path} has this title and may be its page, but {reason}; run the command again later"
    return AddedPage(doi.bare, "failed", error=error, exit_code=UNANSWERED)
