"""The page of each finding: its sections, and its example, which the program really prints."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from enrich.model.site_context import SiteContext
from enrich.model.work import (
    Dates,
    Found,
    NotFound,
    PartialDate,
    Person,
    Relation,
    Unanswered,
    Unsupported,
    Update,
    Work,
)
from enrich.reconciler.findings.registry import (
    SECTIONS,
    explain_finding,
    list_finding_codes,
    list_finding_rules,
)
from enrich.reconciler.verdict import Reconciliation
from tests.support.comparisons import ALONE, PAGE, judged, work

DOI = "doi: 10.1234/abc"
FOREIGN = SiteContext(theme="cms", is_foreign_theme=True)
NUMBERS = SiteContext(site_types="number")
PUBLISHED = (Relation("is-preprint-of", "doi", "10.1234/article"),)
SEA_ICE = Work(
    doi="10.1234/abc",
    type="journal-article",
    titles=("Sea ice thickness in the Weddell Sea",),
    contributors=(Person("Amundsen", "Roald"),),
    dates=Dates(issued=PartialDate(2011)),
)


def noted(kind: str) -> Work:
    """Return the record with a notice of a kind."""
    return work(updated_by=(Update(kind, "10.1234/notice"),))


EXAMPLES: dict[str, Reconciliation] = {
    "agency-unsupported": judged(answer=Unsupported("JaLC")),
    "alias-unknown": judged(PAGE.replace("- Yen-Chun Liu", "- admin")),
    "authors-differ": judged(PAGE.replace("- Chiung-Yu Huang", "- Jane Doe")),
    "cite-bib": judged(cite_bib="@article{a, year=2024}\n@article{b, year=2024}"),
    "citation-differs": judged(PAGE.replace('"*Blood Advances*"', '"*Blood Advances*, vol. 7"')),
    "commented-out": judged(PAGE.replace("doi:", "# abstract: Ours\ndoi:").replace("\nabstract:", "\nx:")),
    "corrected": judged(record=noted("erratum")),
    "date-future": judged(PAGE.replace("date: 2024-04-29", "date: 2027-01-01")),
    "date-invalid": judged(PAGE.replace("date: 2024-04-29", "date: 2024")),
    "doi-alias": judged(record=work(doi="10.1234/new")),
    "doi-conflict": judged(PAGE.replace(DOI, f"{DOI}\nhugoblox: {{ids: {{doi: 10.1234/other}}}}")),
    "doi-duplicate": judged(site_context=SiteContext(duplicates=("content/publication/lee2020/index.md",))),
    "doi-invalid": judged(PAGE.replace("10.1234/abc", "0.1145/3292500"), None),
    "doi-doubtful": judged(record=work(titles=SEA_ICE.titles)),
    "doi-of-notice": judged(record=work(update_to=(Update("correction", "10.1234/right"),))),
    "doi-mismatch": judged(record=SEA_ICE),
    "doi-missing": judged(PAGE.replace("doi: 10.1234/abc\n", ""), None),
    "doi-not-found": judged(answer=NotFound()),
    "doi-unread-key": judged(PAGE.replace(DOI, "ids: {doi: 10.1234/abc}"), None),
    "duplicate-key": judged(PAGE.replace("date: 2024-04-29", "date: 2024-04-28\ndate: 2024-04-29")),
    "expression-of-concern": judged(
        record=work(updated_by=(Update("expression_of_concern", "10.1234/notice"),))
    ),
    "latex-in-name": judged(PAGE.replace("- Kevin R Reyes", r"- J\"org M{\"u}ller")),
    "link-other-work": judged(PAGE.replace(DOI, "doi: 10.1234/abc\nurl_pdf: https://doi.org/10.1111/other")),
    "lookup-failed": judged(answer=Unanswered("Crossref did not answer")),
    "mojibake": judged(PAGE.replace("abstract: We", "abstract: JÃ¶rg MÃ¼ller and I; we")),
    "page-generated": judged(generated_from="index.Rmd"),
    "published-version": judged(
        record=work(type="posted-content", relations=PUBLISHED),
        others={"10.1234/article": Found(work(doi="10.1234/article"), "crossref", cached=True)},
    ),
    "retracted": judged(record=noted("retraction")),
    "theme-unknown": judged(site_context=FOREIGN),
    "type-dialect": judged(PAGE.replace('["2"]', '["article-journal"]'), site_context=NUMBERS),
    "type-unknown": judged(PAGE.replace('["2"]', '["inproceedings"]'), site_context=ALONE),
    "withdrawn": judged(record=noted("withdrawal")),
}


def find_example(code: str) -> Reconciliation:
    """Return what enrich makes of the page that shows a finding; fail if there is no such page yet."""
    if code not in EXAMPLES:
        pytest.fail(
            f"EXAMPLES in tests/reconciler/findings/test_explanations.py has no page with the finding {code};"
            f' add a line `"{code}": judged(PAGE.replace(…))` whose page has it'
        )
    return EXAMPLES[code]


REQUIRED = [label for label in SECTIONS if label != "Source"]


@pytest.mark.parametrize("rule", list_finding_rules(), ids=lambda rule: rule.code)
def test_a_page_has_every_section(rule: object) -> None:
    sections = rule.sections  # type: ignore[attr-defined]  # a FindingRule
    assert [label for label in sections if label != "Source"] == REQUIRED
    assert all(text.endswith((".", "`")) for label, text in sections.items() if label != "Source")


@pytest.mark.parametrize("code", list_finding_codes())
def test_the_example_is_what_the_program_prints(code: str) -> None:
    text = explain_finding(code) or ""
    example = re.search(r"^Example: `(.+)`$", text, re.MULTILINE)
    assert example, text
    place, message = re.fullmatch(r"([\w./-]+?)(?::\d+)?: (.+)", example[1]).groups()  # type: ignore[union-attr]
    assert place == "content/publication/smith2019/index.md"
    printed = [
        f"{finding.severity}[{finding.code}] {finding.message}" for finding in find_example(code).findings
    ]
    assert message in printed


@pytest.mark.parametrize("code", list_finding_codes())
def test_the_line_of_the_example_is_the_line_of_the_finding(code: str) -> None:
    line = re.search(r"index\.md:(\d+)", explain_finding(code) or "")
    lines = {finding.line for finding in find_example(code).findings if finding.code == code}
    assert lines == {int(line[1]) if line else 0}


def test_an_unknown_code_has_no_page() -> None:
    assert explain_finding("no-such-code") is None


def test_types_of_an_unknown_theme_are_its_own() -> None:
    text = PAGE.replace('["2"]', '["inproceedings"]')
    assert "type-unknown" not in {finding.code for finding in judged(text, site_context=FOREIGN).findings}


@pytest.mark.parametrize(("typed", "is_reported"), [("9", False), ("10", True), ("inproceedings", True)])
def test_a_type_that_the_sites_own_list_explains_is_known(typed: str, *, is_reported: bool) -> None:
    text = PAGE.replace('["2"]', f'["{typed}"]')
    context = replace(ALONE, legend_types={"1": 4, "9": 2})
    codes = {finding.code for finding in judged(text, site_context=context).findings}
    assert ("type-unknown" in codes) == is_reported
