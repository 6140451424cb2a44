"""Findings about the DOI on a page: damaged, missing, on two pages, or two on one page."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.page import BadDoi, Doi, PlacedDoi
from enrich.model.work import Unanswered
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.fields.doi import offer_possible_dois
from enrich.reconciler.findings.registry import Message, register_page_rule
from enrich.text.doi import parse_doi
from enrich.text.page_doi import KIT_DOI, UNREAD_KEYS, list_dois_under, page_doi


def find_doi_line(comparison: Comparison) -> int:
    """Return the line of the page's DOI, under any key; 0 if the page has none."""
    path = page_doi(comparison.page).taken_from or comparison.doi_place[0]
    return comparison.page.front.lines.get(path, 0) if path else 0


@register_page_rule("doi-invalid", "error", ended_by="doi")
def check_doi_invalid(comparison: Comparison) -> Iterator[Message]:
    """The value of `doi` is not a DOI.

    It may lack a digit (`0.1145/3292500`), or be something else: a PMID, "in press".

    Why it matters: the theme makes a link of it, and the link leads nowhere.
    Example: `content/publication/smith2019/index.md:8: error[doi-invalid] this is not a DOI: it does not
    begin with 10.; did you mean 10.1145/3292500?`
    What to do: if the message proposes a DOI, open it at https://doi.org/ and type it if it is right.
    Otherwise copy the DOI from the publisher's page, or leave the key empty.
    What `apply` does: nothing by itself; it never guesses a DOI. If the record of the proposed DOI is about
    the page's work, the repair becomes a change that needs review.
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
    """The page has two DOIs, one under `doi` and another under `hugoblox.ids.doi`.

    Why it matters: the theme reads one of the keys and enrich may read the other, so the page may get the
    values of another work.
    Example: `content/publication/smith2019/index.md:8: error[doi-conflict] doi is 10.1234/abc, but
    hugoblox.ids.doi is 10.1234/other; correct one of them or delete it`
    What to do: find out which DOI is right, and delete the other one.
    """
    page = comparison.page
    old, kit = parse_doi(page.get("doi")), parse_doi(page.get(*KIT_DOI))
    if isinstance(old, Doi) and isinstance(kit, Doi) and old.key != kit.key:
        text = f"doi is {old.bare}, but {'.'.join(KIT_DOI)} is {kit.bare}; correct one of them or delete it"
        yield Message(text, page.line("doi"), evidence=f"{old.key} {kit.key}")


@register_page_rule("doi-duplicate", "warning")
def check_doi_duplicate(comparison: Comparison) -> Iterator[Message]:
    """Two pages share a DOI and are not translations of each other.

    Often somebody copied a page for the next paper and did not change the DOI.

    Why it matters: one of the pages has the link, and perhaps the abstract, of another work; or the site
    lists a work twice.
    Example: `content/publication/smith2019/index.md:8: warning[doi-duplicate] this DOI is also on
    content/publication/lee2020/index.md; correct it on one page, or delete one of them`
    What to do: correct the DOI on one of the pages, or delete the page that is too many.
    """
    if duplicates := comparison.site_context.duplicates:
        pages = ", ".join(duplicates)
        text = f"this DOI is also on {pages}; correct it on one page, or delete one of them"
        yield Message(text, find_doi_line(comparison), evidence=pages, other_pages=duplicates)


@register_page_rule("doi-missing", "note", ended_by="doi")
def check_doi_missing(comparison: Comparison) -> Iterator[Message]:
    """The page has no DOI, so enrich has no record to compare it with.

    Why it matters: readers find no link to the paper, and enrich cannot tell you if it is retracted.
    Example: `content/publication/smith2019/index.md: note[doi-missing] the page has no DOI, so enrich
    compared nothing; `enrich find` searches for it`
    What to do: run `enrich find`. If it finds none, look for the DOI on the publisher's page and type it
    under `doi`, without https://doi.org/.
    To silence it: put `# enrich: keep` after an empty `doi`; or, if most of your papers have no DOI, set
    `doi_missing = false` under `[pages]` in `enrich.toml`.
    """
    is_elsewhere = comparison.doi is not None or bool(_list_unread_dois(comparison))
    if is_elsewhere or isinstance(comparison.answer, Unanswered):
        return
    path = comparison.doi_place[0]
    if comparison.rules.reports_missing_doi and not (path and comparison.is_kept(*path)):
        yield Message(
            f"the page has no DOI, so enrich compared nothing; {_suggest_search(comparison)}",
            find_doi_line(comparison),
            fingerprint="missing",
            repeats_change=True,
        )


@register_page_rule("doi-unread-key", "warning", ended_by="doi")
def check_doi_unread_key(comparison: Comparison) -> Iterator[Message]:
    """The page has its DOI under a key that the theme does not read, such as `ids`.

    Why it matters: the theme shows no link to the paper.
    Example: `content/publication/smith2019/index.md:8: warning[doi-unread-key] the theme does not read
    ids.doi; put 10.1234/abc under doi`
    What to do: move the DOI to the key that the message names.
    What `apply` does: nothing by itself. If the record is about the page's work, `enrich review` offers to
    move the DOI.
    """
    for placed in _list_unread_dois(comparison):
        home, key = ".".join(comparison.site_context.dialect.doi), ".".join(placed.path)
        text = f"the theme does not read {key}; put {placed.doi.bare} under {home}"
        yield Message(text, comparison.page.front.lines.get(placed.path, 0), evidence=placed.doi.key)


def _list_unread_dois(comparison: Comparison) -> tuple[PlacedDoi, ...]:
    """Return the DOIs under keys that no theme reads; none if the page has one under its own key."""
    own = page_doi(comparison.page)
    has_own = own.parsed is not None and not own.taken_from
    if has_own or comparison.site_context.is_foreign_theme:
        return ()
    return tuple(list_dois_under(comparison.page, UNREAD_KEYS))


def _suggest_search(comparison: Comparison) -> str:
    """Return the next step for a page without a DOI."""
    if not comparison.text("title").strip():
        return "it has no title to search for, so add one"
    if not comparison.rules.finds_dois:
        return "`enrich find` searches for it"
    if any(one.verdict == "certain" for one in comparison.candidates):
        return "`enrich review --find` adds the one that was found"
    key = ".".join(comparison.site_context.dialect.doi)
    if any(offer_possible_dois(comparison)):
        choice = f"`enrich review --find` writes the one that you choose under {key}"
        return f"no DOI that was found is certain; {choice}"
    if any(one.verdict == "unsure" for one in comparison.candidates):
        return f"no DOI that was found is certain; if one of them is right, write it under {key}"
    return f"none was found; if the work has one, write it under {key}, as in 10.1234/abc"
