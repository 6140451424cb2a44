"""Findings about the publication type of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.registry import Message, register_page_rule
from enrich.reconciler.type_words import (
    CSL,
    NUMBERS,
    get_csl_type,
    is_conference_paper,
    read_first_type,
    types_agree,
)

# BibTeX's entry types and Crossref's types, by the CSL word for the same thing
_OTHER_WORDS: Mapping[str, str] = {
    other: word
    for word, others in (
        ("article-journal", "article journal journal-article"),
        ("chapter", "book-chapter inbook incollection"),
        ("book", "booklet edited-book monograph proceedings"),
        ("paper-conference", "conference conference-paper inproceedings proceedings-article"),
        ("thesis", "dissertation mastersthesis phdthesis"),
        ("report", "manual techreport"),
        ("article", "misc posted-content preprint unpublished"),
        ("patent", "patent"),
    )
    for other in others.split()
}
# CSL 1.0.2's other types: themes that read CSL print them, though they have no label for them
_CSL_WITHOUT_LABEL = frozenset(
    "article-magazine article-newspaper bill broadcast classic collection dataset document entry"
    " entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation"
    " manuscript map motion_picture musical_score pamphlet performance periodical personal_communication post"
    " post-weblog regulation review review-book software song speech standard treaty webpage".split()
)


@register_page_rule("type-dialect", "warning", ended_by="publication_types")
def check_type_dialect(comparison: Comparison) -> Iterator[Message]:
    """The publication type is a word on a site that uses numbers, or a number on a site that uses words.

    Why it matters: on a site with numbers, a word stops the Hugo build. On a site with words, visitors see
    the number: "2".
    Example: `content/publication/smith2019/index.md:9: warning[type-dialect] the other pages of this site use
    numbers as publication types; write 2 instead of article-journal`
    What to do: write the type as the other pages do.
    """
    local = read_first_type(comparison.page.get("publication_types"))
    site_types = comparison.site_context.site_types
    known = {"number": NUMBERS, "csl": CSL}.get(site_types or "", {})
    typed = known.get(local.lower() if site_types == "number" else local)
    if typed and typed != local:
        wanted = _find_recorded_type(comparison, local, known) or typed
        kind = "numbers" if site_types == "number" else "words"
        text = (
            f"the other pages of this site use {kind} as publication types; write {wanted} instead of {local}"
        )
        yield Message(text, comparison.line("publication_types"), evidence=local)


def _find_recorded_type(comparison: Comparison, local: str, known: Mapping[str, str]) -> str:
    """Return the record's type in the site's form if it contradicts the page's, else `""`."""
    work = comparison.work if comparison.is_same else None
    csl = get_csl_type(work) if work else ""
    if not work or not csl or types_agree(local, csl) or is_conference_paper(local, work):
        return ""
    return known.get(csl, csl)


@register_page_rule("type-unknown", "warning", is_site_fact=True)
def check_type_unknown(comparison: Comparison) -> Iterator[Message]:
    """The publication type is a word that no theme knows, such as BibTeX's `inproceedings`.

    If a comment in your pages explains a number ("9 = Workshop paper"), enrich knows that number. It reports
    each word once, on the first page that has it, and names the other pages.

    Why it matters: the page has no label, visitors cannot filter by its type, and it may stop the Hugo build.
    Example: `content/publication/smith2019/index.md:9: warning[type-unknown] the theme does not know the
    publication type inproceedings; write 1`
    What to do: write one of the types that the theme lists.
    Source: https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
    """
    local = read_first_type(comparison.page.get("publication_types"))
    is_known = local in {"", "0", *CSL} or local.lower() in {*NUMBERS, *_CSL_WITHOUT_LABEL}
    if is_known or local in comparison.site_context.legend_types or comparison.site_context.is_foreign_theme:
        return
    word = _OTHER_WORDS.get(local.lower().replace("_", "-").replace(" ", "-"), "")
    is_number = (comparison.site_context.site_types or comparison.site_context.dialect.types) == "number"
    wanted = NUMBERS.get(word, "") if is_number else word
    step = f"write {wanted}" if wanted else "write one that the theme lists"
    text = f"the theme does not know the publication type {local}; {step}"
    yield Message(text, comparison.line("publication_types"), evidence=local)
