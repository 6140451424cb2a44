"""Findings about the DOI on a page: damaged, missing, on two pages, or two on one page."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import BadDoi, Doi
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.registry import Message, register_page_rule
from enrich.text.doi import parse_doi

_KIT_KEY = ("hugoblox", "ids", "doi")


def find_doi_line(comparison: Comparison) -> int:
    """Return the line of the page's DOI, 0 if it has none."""
    path = comparison.doi_place[0]
    return comparison.page.front.lines.get(path, 0) if path else 0


@register_page_rule("doi-invalid", "error")
def check_doi_invalid(comparison: Comparison) -> Iterator[Message]:
    """The value of `doi` is not a DOI.

    A digit may be lost (`0.1145/3292500`), or the key holds something else: a PMID, "in press".

    Why it matters: the theme makes a link of it, and the link leads nowhere.
    Example: `content/publication/smith2019/index.md:8: error[doi-invalid] this is not a DOI: it does not
    begin with 10.; did you mean 10.1145/3292500?`
    What to do: check the proposed repair and type it, or leave the key empty.
    What `apply` does: nothing; it never guesses a DOI.
    Source: https://www.crossref.org/documentation/member-setup/constructing-your-dois/
    """
    if isinstance(comparison.doi, BadDoi):
        repair = comparison.doi.repair
        step = f"did you mean {repair}?" if repair else "correct it or leave it empty"
        typed = str(comparison.doi_place[1])[:200]
        text = f"this is not a DOI: {comparison.doi.reason}; {step}"
        yield Message(text, find_doi_line(comparison), evidence=typed)


@register_page_rule("doi-conflict", "error")
def check_doi_conflict(comparison: Comparison) -> Iterator[Message]:
    """The page has two DOIs, one at `doi` and another at `hugoblox.ids.doi`.

    Why it matters: the theme reads one of the keys and enrich may read the other, so the page may get the
    values of another paper.
    Example: `content/publication/smith2019/index.md:8: error[doi-conflict] doi is 10.1234/abc, but
    hugoblox.ids.doi is 10.1234/other; correct one of them or delete it`
    What to do: find out which DOI is right, and delete the other one.
    """
    page = comparison.page
    old, kit = parse_doi(page.get("doi")), parse_doi(page.get(*_KIT_KEY))
    if isinstance(old, Doi) and isinstance(kit, Doi) and old.key != kit.key:
        text = f"doi is {old.bare}, but {'.'.join(_KIT_KEY)} is {kit.bare}; correct one of them or delete it"
        yield Message(text, page.line("doi"), evidence=f"{old.key} {kit.key}")


@register_page_rule("doi-duplicate", "warning")
def check_doi_duplicate(comparison: Comparison) -> Iterator[Message]:
    """Two pages share a DOI and are not translations of each other.

    Often a page was copied as a template for the next one, and the DOI was not changed.

    Why it matters: one of the pages shows a link, and perhaps an abstract, of another paper; or a paper is
    listed twice.
    Example: `content/publication/smith2019/index.md:8: warning[doi-duplicate] this DOI is also on
    content/publication/lee2020/index.md; correct it on one page, or delete one of them`
    What to do: correct the DOI on one of the pages, or delete the page that is there twice.
    """
    if comparison.site_context.duplicates:
        pages = ", ".join(comparison.site_context.duplicates)
        text = f"this DOI is also on {pages}; correct it on one page, or delete one of them"
        yield Message(text, find_doi_line(comparison), evidence=pages)


@register_page_rule("doi-missing", "note")
def check_doi_missing(comparison: Comparison) -> Iterator[Message]:
    """The page has no DOI, so enrich has no record to compare it with.

    Why it matters: readers find no link to the paper, and enrich cannot tell you that it was retracted.
    Example: `content/publication/smith2019/index.md: note[doi-missing] the page has no DOI, so nothing was
    compared; if the work has one, add it (10.1234/abc)`
    What to do: look for the DOI on the publisher's page and type it at `doi`, without https://doi.org/.
    """
    if comparison.doi is None:
        text = "the page has no DOI, so nothing was compared; if the work has one, add it (10.1234/abc)"
        yield Message(text, find_doi_line(comparison), fingerprint="missing")
