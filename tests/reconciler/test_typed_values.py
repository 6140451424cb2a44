"""Values that the owner types in `review`: what each field makes of them, and what it refuses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import Refused
from enrich.model.page import Value
from enrich.model.plan import Change
from enrich.reconciler.fields.registry import load_fields

BIB = "content/publication/a/cite.bib"


NAMES = "type names with a semicolon between them"
AND = "type names with “and” between them"
LABEL = "type its name in words"
DAY = "type a day of the calendar, as in 2019-03-04"
DOI = "type it as in 10.1038/nature14539"
ADDRESS = "type an address, as in https://doi.org/10.1038/nature14539"
CSL = "paper-conference article-journal article report book chapter thesis patent".split()
TYPES = (
    "the theme has no such type; type one of {} (conference paper), {} (journal article), {} (preprint),"
    " {} (report), {} (book), {} (book chapter), {} (thesis), {} (patent)"
)


def propose(field: str, new: Value, key: str = "") -> Change:
    """Return a change of a field; `key` is a part of a mapping, or a key of the citation file."""
    path = (key,) if field == "cite.bib" else (field, key) if key else (field,)
    file = BIB if field == "cite.bib" else ""
    return Change(field, path, "replace", "review", None, new, "they differ", file=file)


@pytest.mark.parametrize(
    ("field", "proposed", "typed", "value"),
    [
        pytest.param("title", "Genes", " On\tgenes\u200b ", "On genes", id="spaces and invisible characters"),
        pytest.param("title", "Genes", "Genes: {{< x >}}", "Genes: {{< x >}}", id="as typed"),
        pytest.param("authors", ["Ann Lee"], "Lee, Ann; Jo Doe ;", ["Lee, Ann", "Jo Doe"], id="names"),
        pytest.param("date", "2019-01-01", "2019-3-4", "2019-03-04", id="a day"),
        pytest.param("date", "2019-01-01T12:00:00Z", "2019-03-04", "2019-03-04T12:00:00Z", id="a time"),
        pytest.param("publication_types", ["2"], "thesis", ["7"], id="a word for a number"),
        pytest.param("publication_types", ["2", "9"], "7", ["7", "9"], id="the second type stays"),
        pytest.param("publication_types", ["article-journal"], "7", ["thesis"], id="a number for a word"),
        pytest.param("publication_types", [2], "7", [7], id="numbers without quotes"),
        pytest.param("doi", "10.5555/1", "https://doi.org/10.5555/2", "10.5555/2", id="a DOI as an address"),
        pytest.param("publication", "*Nature*", "Science", "*Science*", id="a journal in its wrapper"),
        pytest.param("publication", "In *Nature*", "*Science*", "*Science*", id="a wrapper of one's own"),
        pytest.param("publication", "Nature", "Science", "Science", id="no wrapper"),
        pytest.param("title", "Genes", "1984", "1984", id="a title that is a year"),
        pytest.param("title", "Genes", "11 September 2001", "11 September 2001", id="a day as a title"),
        pytest.param("authors", ["Ann Lee"], "Lee, Ann, Jr.", ["Lee, Ann, Jr."], id="a suffix"),
        pytest.param("authors", ["Ann Lee"], "Ann Lee, MD, PhD", ["Ann Lee, MD, PhD"], id="degrees"),
        pytest.param(
            "authors",
            ["G. García Márquez"],
            "García Márquez, Gabriel José",
            ["García Márquez, Gabriel José"],
            id="a family name of two words, where the record has one author",
        ),
        pytest.param(
            "authors", ["Ann Lee", "Jo Doe"], "Lee, Ann B.", ["Lee, Ann B."], id="a family name first"
        ),
        pytest.param("authors", ["Ann Lee"], "admin; jdoe2", ["admin", "jdoe2"], id="aliases of profiles"),
        pytest.param(
            "authors", ["Ann Lee"], "ATLAS 2020 Team; 王伟", ["ATLAS 2020 Team", "王伟"], id="a group"
        ),
        pytest.param("authors", ["Ann Lee"], "April May", ["April May"], id="a name of months"),
    ],
)
def test_a_typed_value_gets_the_form_of_the_proposed_one(
    field: str, proposed: Value, typed: str, value: Value
) -> None:
    assert load_fields()[field].read_typed(typed, propose(field, proposed)) == value


@pytest.mark.parametrize(
    ("field", "proposed", "typed", "reason"),
    [
        pytest.param(
            "title", "Genes", "…", "this has neither a letter nor a digit", id="a title without letters"
        ),
        pytest.param(
            "title",
            "Genes",
            "https://doi.org/10.5555/1",
            "“https://doi.org/10.5555/1” is a DOI; type the title in words",
            id="a DOI for a title",
        ),
        pytest.param(
            "title",
            "Genes",
            "2009-13-08",
            "“2009-13-08” is a date; type the title in words",
            id="a date for a title",
        ),
        pytest.param(
            "title",
            "Genes",
            "2024-07",
            "“2024-07” is a year and a month; type the title in words",
            id="a month for a title",
        ),
        pytest.param(
            "abstract",
            "Genes.",
            "7/2024",
            "“7/2024” is a year and a month; type the abstract in words",
            id="a month for an abstract",
        ),
        pytest.param(
            "abstract",
            "Genes.",
            "example.org/genes.pdf",
            "“example.org/genes.pdf” is a web address; type the abstract in words",
            id="an address for an abstract",
        ),
        pytest.param(
            "publication",
            "Nature",
            "10.1038/nature14539",
            f"“10.1038/nature14539” is a DOI; {LABEL}",
            id="a DOI for a journal",
        ),
        pytest.param(
            "publication",
            "*Nature*",
            "*2019*",
            f"“*2019*” is a number; {LABEL}",
            id="a year for a journal",
        ),
        pytest.param(
            "publication_short",
            "Nat.",
            "4 March 2019",
            f"“4 March 2019” is a date in words; {LABEL}",
            id="a date for a short name",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "2009-13-08",
            f"“2009-13-08” is a date; {NAMES}",
            id="a date for five authors",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "Ann Lee; 2020",
            f"“2020” is a number; {NAMES}",
            id="a year among names",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "March 4th, 2019",
            f"“March 4th, 2019” is a date in words; {NAMES}",
            id="a date in words",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "doi:10.5555/1",
            f"“doi:10.5555/1” is a DOI; {NAMES}",
            id="a DOI for a name",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "Jo Doe; www.example.org",
            f"“www.example.org” is a web address; {NAMES}",
            id="an address for a name",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "ann@example.org",
            f"“ann@example.org” is an e-mail address; {NAMES}",
            id="an e-mail address",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "0000-0002-1694-233X",
            f"“0000-0002-1694-233X” is an ORCID iD; {NAMES}",
            id="an ORCID iD",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "Ann Lee, Jo Doe, Eve Roe",
            f"“Ann Lee, Jo Doe, Eve Roe” is not one name; {NAMES}",
            id="commas between names",
        ),
        pytest.param(
            "authors",
            ["M. Jinek", "K. Chylinski", "I. Fonfara"],
            "Martin Jinek, Krzysztof Chylinski",
            f"“Martin Jinek, Krzysztof Chylinski” may be two names; {NAMES}, or one without a comma",
            id="a comma between two names of several",
        ),
        pytest.param(
            "authors",
            ["Ann Lee", "Jo Doe"],
            "Jo A. Doe, Ann Lee, PhD",
            f"“Jo A. Doe, Ann Lee, PhD” may be two names; {NAMES}, or one without a comma",
            id="a comma between two names, one with a degree",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "word " * 50,
            "“" + "word " * 12 + f"…” is not one name; {NAMES}",
            id="a text for a name",
        ),
        pytest.param(
            "authors",
            ["Ann Lee"],
            "Ann Lee;; Jo Doe",
            "this has neither a letter nor a digit",
            id="an empty name",
        ),
        pytest.param("date", "2019-01-01", "2019", DAY, id="a year"),
        pytest.param(
            "date",
            "2019-01-01",
            "2019-02-29",
            DAY,
            id="a day that was not",
        ),
        pytest.param(
            "date",
            "2019-01-01",
            "4 March 2019",
            DAY,
            id="a day in words",
        ),
        pytest.param("publication_types", ["2"], "novel", TYPES.format(1, 2, 3, 4, 5, 6, 7, 8), id="numbers"),
        pytest.param("publication_types", ["thesis"], "0", TYPES.format(*CSL), id="words"),
        pytest.param(
            "doi",
            "10.5555/1",
            "10.5555",
            f"this is not a DOI; {DOI}",
            id="half a DOI",
        ),
    ],
)
def test_a_typed_value_that_the_field_cannot_hold_is_refused(
    field: str, proposed: Value, typed: str, reason: str
) -> None:
    with pytest.raises(Refused, match=f"^{re.escape(reason)}$"):
        load_fields()[field].read_typed(typed, propose(field, proposed))


CITED = [
    pytest.param("publication", "volume", "9", "9", id="a volume"),
    pytest.param("publication", "issue", "Suppl 1", "Suppl 1", id="an issue"),
    pytest.param("publication", "pages", "1998-12", "1998-12", id="pages that look like a month"),
    pytest.param("publication", "issue", "2024/07", "2024/07", id="a month that numbers an issue"),
    pytest.param("publication", "pages", "e1001", "e1001", id="the number of an article"),
    pytest.param("publication", "pages", "xii-xv", "xii-xv", id="Roman pages"),
    pytest.param("cite.bib", "title", "Genes & us: 5 %", r"Genes \& us: 5 \%", id="signs of LaTeX"),
    pytest.param("cite.bib", "title", r"Genes \& {DNA}", r"Genes \& {DNA}", id="LaTeX stays"),
    pytest.param("cite.bib", "author", "Lee, Ann and {ATLAS Team}", "Lee, Ann and {ATLAS Team}", id="names"),
    pytest.param("cite.bib", "year", "2019", "2019", id="a year"),
    pytest.param("cite.bib", "month", "mar", "mar", id="a month"),
    pytest.param("cite.bib", "doi", "https://doi.org/10.5555/2", "10.5555/2", id="a DOI as an address"),
    pytest.param("cite.bib", "url", "https://example.org/a_b", "https://example.org/a_b", id="an address"),
    pytest.param("cite.bib", "isbn", "978-3-16-148410-0", "978-3-16-148410-0", id="an ISBN"),
    pytest.param("cite.bib", "issn", "0028-0836", "0028-0836", id="an ISSN"),
]


@pytest.mark.parametrize(("field", "key", "typed", "value"), CITED)
def test_a_typed_part_of_a_citation_is_what_its_key_holds(
    field: str, key: str, typed: str, value: Value
) -> None:
    assert load_fields()[field].read_typed(typed, propose(field, "8", key)) == value


@pytest.mark.parametrize(
    ("field", "key", "typed", "reason"),
    [
        pytest.param(
            "publication",
            "volume",
            "2009-03-04",
            "“2009-03-04” is a date; type the volume, as in 12",
            id="a date for a volume",
        ),
        pytest.param(
            "publication",
            "issue",
            "10.5555/1",
            "“10.5555/1” is a DOI; type the issue, as in 12",
            id="a DOI for an issue",
        ),
        pytest.param(
            "publication",
            "pages",
            "in press",
            "“in press” has no page number; type the pages, as in 123-130",
            id="words for pages",
        ),
        pytest.param(
            "publication", "publisher", "2019", f"“2019” is a number; {LABEL}", id="a year for a publisher"
        ),
        pytest.param(
            "cite.bib", "author", "Lee, Ann and 2019", f"“2019” is a number; {AND}", id="a year among names"
        ),
        pytest.param(
            "cite.bib",
            "author",
            "Ann Lee, Jo Doe, Eve Roe",
            f"“Ann Lee, Jo Doe, Eve Roe” is not one name; {AND}",
            id="commas between names",
        ),
        pytest.param("cite.bib", "year", "19", "type a year, as in 2019", id="half a year"),
        pytest.param("cite.bib", "month", "13", "type a month, as in mar", id="a month that is not"),
        pytest.param(
            "cite.bib", "doi", "10.5555", f"this is not a DOI that BibTeX can hold; {DOI}", id="half a DOI"
        ),
        pytest.param("cite.bib", "url", "example", ADDRESS, id="a word for an address"),
        pytest.param(
            "cite.bib", "title", "a <b>", r"older themes take < for HTML; type \textless instead", id="HTML"
        ),
        pytest.param(
            "cite.bib",
            "cite.bib",
            "@article{a}",
            "this is a whole file; take it with y, then edit it",
            id="a whole file",
        ),
    ],
)
def test_a_typed_part_that_its_key_cannot_hold_is_refused(
    field: str, key: str, typed: str, reason: str
) -> None:
    with pytest.raises(Refused, match=f"^{re.escape(reason)}$"):
        load_fields()[field].read_typed(typed, propose(field, "8", key))


@given(st.sampled_from(sorted(load_fields())), st.text(max_size=40))
def test_whatever_is_typed_is_a_value_or_refused_and_stays_so(field: str, typed: str) -> None:
    proposed: Value = ["2"] if field in {"authors", "publication_types"} else "2019-01-01"
    read = load_fields()[field].read_typed
    try:
        value = read(typed, propose(field, proposed))
    except Refused:
        return
    again = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    assert read(again, propose(field, proposed)) == value


def test_a_comma_between_the_two_names_of_a_citation_file_is_refused() -> None:
    change = propose("cite.bib", "Lee, Ann and Doe, Jo", "author")
    read = load_fields()["cite.bib"].read_typed
    assert read("Lee, Ann B. and Doe, Jo", change) == "Lee, Ann B. and Doe, Jo"
    said = f"“Ann Lee, Jo Doe” may be two names; {AND}, or one without a comma"
    with pytest.raises(Refused, match=f"^{said}$"):
        read("Ann Lee, Jo Doe", change)
