"""A citation inside `publication`, as pages write it, beside the record's volume, issue and pages."""

from __future__ import annotations

import pytest

from enrich.reconciler.citation_text import Citation, read_citation, read_yearly_citation
from tests.support.comparisons import PAGE, found_codes, judged, work

YEARLY = {"volume": "2024", "issue": "6", "page": "", "article_number": "003"}


@pytest.mark.parametrize(
    ("value", "citation"),
    [
        ("*Blood Advances*", Citation()),
        ("*Blood Advances* 8(9), 2207–2216", Citation("8", "9", "2207–2216")),
        ("*Blood Advances*, **8**(9): 2207-16", Citation("8", "9", "2207-16")),
        ("*Blood Advances* 8:2207-2216", Citation("8", "", "2207-2216")),
        ("*Blood Advances* **8**, 2207 (2024)", Citation("8", "", "2207")),
        ("Blood Advances 8 (2024) 2207", Citation("8", "", "2207")),
        ("Blood Advances. 2024;8(9):2207-16", Citation("8", "9", "2207-16")),
        ("Blood Advances, vol. 8, no. 9, pp. 2207-2216, 2024", Citation("8", "9", "2207-2216")),
        ("*Blood Advances* Volume 8, Issue 9, Pages 2207–2216", Citation("8", "9", "2207–2216")),
        ("*Blood Advances*, 8, Article 123", Citation("8", "", "123")),
        ("*Blood Advances*, 8, e123", Citation("8", "", "e123")),
        ("*Blood Adv. 8, 2207*", Citation("8", "", "2207")),
        ("*Blood Advances* (2024)", Citation()),
        ("In *Proceedings of the 36th Symposium*, Granada, October 4, 2024", Citation()),
        ("*Blood Advances*, pp. 12--19", Citation("", "", "12--19")),
        ("*Blood Advances* 8, no. 9 (2024): 2207-16", Citation("8", "9", "2207-16")),
        ("Blood Advances 8, no. 9 (2024): 1907-1916", Citation("8", "9", "1907-1916")),
        ("*Blood Advances* 8.9 (2024): 2207-2216", Citation("8", "9", "2207-2216")),
        ("*Blood Advances*, 8(9), 12. https://doi.org/10.1182/5.6", Citation("8", "9", "12")),
    ],
)
def test_a_citation_is_read(value: str, citation: Citation) -> None:
    assert read_citation(value) == citation


@pytest.mark.parametrize(
    ("value", "citation"),
    [
        pytest.param("*Fishes*, 2019(6), 3", Citation("2019", "6", "3"), id="the year as the volume"),
        pytest.param("*Fishes* 06 (2019) 003", Citation("2019", "06", "003"), id="the issue before the year"),
        pytest.param("Fishes 06, 003 (2019)", Citation("2019", "06", "003"), id="the year at the end"),
        pytest.param("*Fishes*, 2019, 45-67", Citation("2019", "", "45-67"), id="without an issue"),
        pytest.param("*Fishes*, 2019, 45-67, 2020", Citation("2019", "", "45-67"), id="with another year"),
        pytest.param("*Fishes*, 45-67, 2020", Citation("", "", "45-67"), id="the year of the date"),
        pytest.param("*Fishes*, 2017, 45-67", Citation("2017", "", "45-67"), id="a year that is neither"),
    ],
)
def test_a_citation_of_a_journal_with_years_as_volumes(value: str, citation: Citation) -> None:
    assert read_yearly_citation(value, "2019", {"2019", "2020"}) == citation


@pytest.mark.parametrize(
    "citation",
    [
        "8(9), 2207–2216", "8 (9): 2207-16", "8:2207", "vol. 8, no. 9, pp. 2207--2216", "8 (2024) 2207-2216",
        "08(09), 2207-2216", "8(9-10), 2207-2216", "8", "(2024)", "2024, 8, 2207-2216",
        "8(Suppl 1), 2207-2216",
    ],
)  # fmt: skip
def test_a_citation_that_agrees_is_not_a_finding(citation: str) -> None:
    text = PAGE.replace('"*Blood Advances*"', f'"*Blood Advances*, {citation}"')
    assert "citation-differs" not in found_codes(judged(text))


@pytest.mark.parametrize(
    ("citation", "part"),
    [
        ("7(9), 2207–2216", "volume 7, but the record has volume 8"),
        ("8(3), 2207–2216", "issue 3, but the record has issue 9"),
        ("8(9), 207–216", "pages 207–216, but the record has pages 2207-2216"),
        ("8(9), 2207–2261", "pages 2207–2261, but the record has pages 2207-2216"),
        ("vol. 8, no. 9, p. 2270", "pages 2270, but the record has pages 2207-2216"),
        ("7(3), 2207–2216", "has volume 7, issue 3, but the record has volume 8, issue 9; compare"),
        (
            "7(3), 1-2",
            "has volume 7, issue 3, pages 1-2, but the record has volume 8, issue 9, pages 2207-2216",
        ),
    ],
)
def test_a_citation_that_contradicts_the_record(citation: str, part: str) -> None:
    (finding,) = judged(PAGE.replace('"*Blood Advances*"', f'"*Blood Advances* {citation}"')).findings
    assert (finding.code, part in finding.message) == ("citation-differs", True)


@pytest.mark.parametrize(
    ("citation", "record", "differs"),
    [
        pytest.param(
            "8, 1-12", {"page": "", "article_number": "e123"}, False, id="pages beside an article number"
        ),
        pytest.param("8, e124", {"page": "", "article_number": "e123"}, True, id="another article number"),
        pytest.param("8, 45-67", {"page": "n/a-n/a"}, False, id="no pages in the record"),
        pytest.param("8(3), 2207", {"issue": ""}, False, id="no issue in the record"),
        pytest.param("60-61, 2207", {"volume": "60-61"}, False, id="a double volume"),
        pytest.param("12A, 2207", {"volume": "12"}, False, id="a volume with a letter"),
        pytest.param("06 (2024) 003", YEARLY, False, id="a year as the volume"),
        pytest.param("2024(6), 3", YEARLY, False, id="a year as the volume, before the issue"),
        pytest.param("06 (2021) 003", YEARLY, True, id="another year as the volume"),
        pytest.param("06 (2024) 004", YEARLY, True, id="another article number of that year"),
        pytest.param("8, 49.e9–49.e14", {"page": "49.e9-49.e14"}, False, id="electronic pages"),
    ],
)
def test_what_the_record_has_decides(citation: str, record: dict[str, str], differs: bool) -> None:
    text = PAGE.replace('"*Blood Advances*"', f'"*Blood Advances* {citation}"')
    assert ("citation-differs" in found_codes(judged(text, work(**record)))) is differs


@pytest.mark.parametrize(
    "publication",
    [
        pytest.param('"*Nature* 7(9), 1-2"', id="another journal, which is shown itself"),
        pytest.param('"*Blood Advances* 7(9), 1-2" # enrich: keep', id="marked to be kept"),
    ],
)
def test_a_citation_that_is_not_compared(publication: str) -> None:
    assert "citation-differs" not in found_codes(judged(PAGE.replace('"*Blood Advances*"', publication)))
