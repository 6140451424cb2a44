"""Findings about the citation file of a bundle."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.errors import Refused
from enrich.model.work import Work
from enrich.reconciler.citation_entry import read_citation_entry
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.registry import Message, register_work_rule


@register_work_rule("cite-bib", "note")
def check_cite_bib(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The `cite.bib` beside the page does not have exactly one entry about this work; enrich leaves it alone.

    Why it matters: visitors who copy the citation get the values of that file, even if they are wrong.
    Example: `content/publication/smith2019/index.md: note[cite-bib] enrich does not edit cite.bib: the file
    has 2 entries; correct the file by hand`
    What to do: open the file, and leave only the entry of this work in it. If the file is not UTF-8, save it
    as UTF-8.
    What `apply` does: it leaves the file alone. enrich compares this file only if `enrich.toml` has
    `"cite.bib" = "fill"` under `[fields]`.
    """
    if problem := comparison.page.cite_bib_problem:
        yield Message(f"enrich does not edit cite.bib: {problem}", evidence=problem)
    if not comparison.page.cite_bib:
        return
    try:
        read_citation_entry(comparison.page, work)
    except Refused as error:
        yield Message(
            f"enrich does not edit cite.bib: {error}; correct the file by hand", evidence=str(error)
        )
