"""Findings about the links on a page."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.model.work import Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.findings.registry import Message, register_work_rule
from enrich.reconciler.linked_works import find_other_work, list_pdf_links
from enrich.text.quotation import quote_title


@register_work_rule("link-other-work", "warning")
def check_link_other_work(comparison: Comparison, work: Work) -> Iterator[Message]:
    """A PDF link on this page contains the DOI or the publisher's number (PII) of another work.

    Often somebody copied the page and did not change the link. enrich does not check links to preprints,
    data, code and slides.

    Why it matters: readers who click on “PDF” get another work.
    Example: `content/publication/smith2019/index.md:9: warning[link-other-work] url_pdf leads to another
    work, 10.1111/other; correct the link or leave it empty`
    What to do: open the link. If it leads to another work, correct it or leave it empty.
    To silence it: put `# enrich: keep` after the link, or add an `[[ignore]]` to `enrich.toml` with `code =
    "link-other-work"` and the `path` of the page.
    """
    for link in list_pdf_links(comparison.page):
        other = find_other_work(link, comparison, work)
        if other and not comparison.is_kept(link.key):
            title = comparison.find_title(other)
            name = other if other.startswith("10.") else f"PII {other}"
            which = f"{quote_title(title)} ({name})" if title else name
            where = "a link in links" if link.key == "links" else link.key
            text = f"{where} leads to another work, {which}; correct the link or leave it empty"
            yield Message(text, link.line, link.url)
