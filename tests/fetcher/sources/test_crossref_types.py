"""The kind of work of a Crossref record: posted content, and articles that are preprints."""

from __future__ import annotations

from typing import Any

import pytest

from enrich.fetcher.sources.crossref import read_crossref_work
from enrich.fetcher.sources.crossref_types import read_crossref_type

DOI = "10.5555/salt.1"


@pytest.mark.parametrize(
    ("subtype", "expected"),
    [
        ("", ("posted-content", "")),
        ("preprint", ("posted-content", "preprint")),
        ("working_paper", ("posted-content", "working_paper")),
        ("report", ("report", "report")),
        ("dissertation", ("dissertation", "dissertation")),
        ("blog", ("other", "blog")),
        ("letter", ("other", "letter")),
        ("other", ("other", "other")),
        ("something new", ("other", "something new")),
    ],
)
def test_posted_content_has_the_type_of_its_subtype(subtype: str, expected: tuple[str, str]) -> None:
    assert read_crossref_type({"type": "posted-content", "subtype": subtype}, DOI) == expected


PREPRINT, ARTICLE = ("posted-content", "preprint"), ("journal-article", "")


@pytest.mark.parametrize(
    ("doi", "fields", "expected"),
    [
        pytest.param(DOI, {"container-title": ["Journal of Salt"]}, ARTICLE, id="a journal's article"),
        pytest.param(DOI, {}, ARTICLE, id="an article of no named journal"),
        pytest.param(
            "10.2139/ssrn.1234567", {"container-title": ["SSRN Electronic Journal"]}, PREPRINT, id="SSRN"
        ),
        pytest.param("10.2139/ssrn.1234567", {}, PREPRINT, id="SSRN, by its DOI alone"),
        pytest.param("10.1038/npre.2008.1.1", {"container-title": ["Nature Precedings"]}, PREPRINT, id="NP"),
        pytest.param(DOI, {"container-title": ["bioRxiv"]}, PREPRINT, id="a server as the journal"),
        pytest.param(DOI, {"container-title": ["IMF Working Papers"]}, PREPRINT, id="a series of papers"),
        pytest.param(DOI, {"posted": {"date-parts": [[2015, 10]]}}, PREPRINT, id="only servers post"),
        pytest.param(DOI, {"subtype": "preprint"}, PREPRINT, id="its subtype says so"),
        pytest.param(
            DOI, {"container-title": ["Polymer Preprints"]}, ARTICLE, id="preprints of a conference on paper"
        ),
        pytest.param(DOI, {"container-title": ["Working Papers and Press"]}, PREPRINT, id="in a longer name"),
        pytest.param(DOI, {"container-title": ["Paper Working"]}, ARTICLE, id="the same words otherwise"),
        pytest.param(DOI, {"container-title": 7, "posted": []}, ARTICLE, id="keys of another shape"),
    ],
)
def test_an_article_on_a_preprint_server_is_a_preprint(
    doi: str, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert read_crossref_type({"type": "journal-article", **fields}, doi) == expected


def test_the_server_of_an_old_record_is_its_journal() -> None:
    record = {"DOI": DOI, "type": "journal-article", "container-title": ["SSRN Electronic Journal"]}
    assert read_crossref_work(record).institutions == ("SSRN Electronic Journal",)
    assert read_crossref_work({**record, "institution": [{"name": "SSRN"}]}).institutions == ("SSRN",)
    assert read_crossref_work({**record, "container-title": ["Journal of Salt"]}).institutions == ()
