"""Whose record it is: the four answers, and what follows from each."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from enrich.model.plan import IdentityAnswer, Policy
from enrich.model.site_context import SiteContext
from enrich.model.work import Dates, PartialDate, Person, Relation, Update, Work
from enrich.reconciler.identity import identify_record
from enrich.reconciler.part_forms import split_part_form
from tests.support.comparisons import ALONE, DOI, found_codes, judged, page

TITLE = "Mooring ropes of hemp and nylon in salt water"
TRIO = ("Runa Eide", "Baptiste Morvan", "Ikram Saidi")
PEOPLE = (Person("Eide", "Runa"), Person("Morvan", "Baptiste"), Person("Saidi", "Ikram"))
RECORD = Work(
    doi=DOI,
    type="journal-article",
    titles=(TITLE,),
    contributors=PEOPLE,
    container_titles=("Ropes and Knots",),
    dates=Dates(online=PartialDate(2021, 3, 4)),
    abstract="We moored forty boats for two winters and counted the ropes that broke.",
)


def make_text(**values: object) -> str:
    """Return a page about the record's work, some of it changed."""
    whole = {"title": TITLE, "authors": [*TRIO], "date": "2021-03-04", "doi": DOI, "abstract": "", **values}
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in whole.items())
    return "---\n" + "\n".join(lines) + "\n---\n"


def make_record(**values: object) -> Work:
    """Return the record, some of it changed."""
    return replace(RECORD, **values)  # type: ignore[arg-type]  # a table's row names the fields it changes


@pytest.mark.parametrize(
    ("values", "record", "answer"),
    [
        pytest.param({}, {}, "same", id="equal"),
        pytest.param({"authors": []}, {}, "same", id="no authors on the page"),
        pytest.param({"authors": [TRIO[0]]}, {}, "same", id="one of three authors"),
        pytest.param({"authors": ["Al Unger"]}, {}, "doubt", id="equal title, nobody shared"),
        pytest.param({}, {"contributors": (Person("Unger", "Al"),)}, "doubt", id="a book and its review"),
        pytest.param({"title": "Hulls of larch"}, {}, "doubt", id="another title, the same authors"),
        pytest.param(
            {"title": "Hulls of larch for small boats", "authors": []}, {}, "doubt", id="no authors"
        ),
        pytest.param(
            {"title": "Hulls of larch for small boats", "authors": ["Al Unger"]},
            {},
            "other",
            id="another paper",
        ),
        pytest.param({"title": "Mooring ropes of hemp"}, {}, "same", id="the beginning of the title"),
        pytest.param({"title": TITLE.upper()}, {}, "same", id="in capitals"),
        pytest.param({"title": "Moring ropes of hemp and nylon in salt water"}, {}, "same", id="a slip"),
        pytest.param(
            {"title": "Hemp and nylon mooring ropes in sea water"}, {}, "same", id="an earlier title"
        ),
        pytest.param({}, {"titles": (f"{TITLE}: a count",)}, "same", id="without its subtitle"),
        pytest.param({"title": f"{TITLE}, Part I"}, {"titles": (f"{TITLE}, Part II",)}, "doubt", id="parts"),
        pytest.param({}, {"titles": (f"{TITLE}, Part 2",)}, "doubt", id="one has a part"),
        pytest.param(
            {"title": f"{TITLE} in 2019"}, {"titles": (f"{TITLE} in 2020",)}, "doubt", id="another year"
        ),
        pytest.param({"title": "Ropes"}, {"titles": ("Ropes",)}, "same", id="a short title and the authors"),
        pytest.param(
            {"title": "Ropes", "authors": []}, {"titles": ("Ropes",)}, "doubt", id="a short title alone"
        ),
        pytest.param({"title": ""}, {}, "same", id="no title, every author"),
        pytest.param({"title": "", "authors": []}, {}, "doubt", id="neither title nor authors"),
        pytest.param(
            {"title": "Festmacherleinen aus Hanf und aus Nylon im Meer"}, {}, "same", id="a translated title"
        ),
        pytest.param(
            {"title": "Festmacherleinen aus Hanf und aus Nylon im Meer", "authors": [*TRIO, "Al Unger"]},
            {},
            "doubt",
            id="a translated title, one author more",
        ),
        pytest.param(
            {"authors": [], "publication_types": ["5"]},
            {},
            "doubt",
            id="a book beside an article, no authors",
        ),
        pytest.param(
            {}, {"type": "component", "titles": ("Figure 2",), "contributors": ()}, "part", id="a figure"
        ),
        pytest.param({}, {"type": "peer-review", "titles": ("Decision letter",)}, "part", id="a peer review"),
        pytest.param({}, {"titles": (f"Correction to: {TITLE}",)}, "part", id="a correction"),
        pytest.param({}, {"titles": (f"Reply to “{TITLE}”",)}, "part", id="a reply"),
        pytest.param({}, {"titles": (f"{TITLE}: Supplementary material",)}, "part", id="a supplement"),
        pytest.param(
            {"title": f"Correction to: {TITLE}"},
            {"titles": (f"Correction to: {TITLE}",)},
            "same",
            id="itself",
        ),
        pytest.param(
            {}, {"update_to": (Update("erratum", "10.1234/right"),)}, "part", id="a notice by its entry"
        ),
        pytest.param({}, {"update_to": (Update("new_version", "10.1234/v1"),)}, "same", id="a new version"),
        pytest.param({}, {"titles": (f"RETRACTED: {TITLE}",)}, "same", id="a status in the title"),
    ],
)
def test_the_answer(values: dict[str, object], record: dict[str, object], answer: IdentityAnswer) -> None:
    identity = identify_record(page(make_text(**values)), ALONE, make_record(**record))
    assert identity.answer == answer, identity.evidence
    assert identity.evidence


def test_a_pinned_title_counts_neither_way() -> None:
    text = make_text(title="Hulls of larch").replace('"Hulls of larch"', '"Hulls of larch"  # enrich: keep')
    assert {change.level for change in judged(text, RECORD).changes} == {"safe"}
    assert {change.level for change in judged(text.replace("Runa Eide", "Al Unger"), RECORD).changes} == {
        "review"
    }


def test_a_twin_with_the_title_of_the_record_speaks_for_the_page() -> None:
    twin = page(make_text(), "content/publication/x/index.md")
    german = page(make_text(title="Leinen"), "content/publication/x/index.de.md")
    assert identify_record(german, ALONE, RECORD).answer == "doubt"
    assert identify_record(german, SiteContext(twins=(twin,)), RECORD).answer == "same"


def test_the_right_doi_comes_from_the_entry_or_the_relation() -> None:
    parent = Relation("is-component-of", "doi", "10.1234/WHOLE")
    figure = make_record(type="component", relations=(parent,))
    notice = make_record(update_to=(Update("correction", "10.1234/right"),))
    assert identify_record(page(make_text()), ALONE, figure).parent_doi == "10.1234/whole"
    assert identify_record(page(make_text()), ALONE, notice).parent_doi == "10.1234/right"


@pytest.mark.parametrize("policy", ["fill", "overwrite"])
def test_nothing_is_safe_in_doubt(policy: Policy) -> None:
    text = make_text(title="Hulls of larch for small boats", doi=f"https://doi.org/{DOI}")
    policies: dict[str, Policy] = dict.fromkeys(("title", "abstract", "publication", "date"), policy)
    verdict = judged(text, RECORD, policies=policies)
    assert {change.field for change in verdict.changes} == {
        "title",
        "doi",
        "publication_types",
        "publication",
        "abstract",
    }
    assert {change.level for change in verdict.changes} == {"review"}
    assert found_codes(verdict) == {"doi-doubtful"}
    assert not verdict.agreed


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"titles": (f"Correction to: {TITLE}",)}, "doi-of-notice"),
        ({"titles": ("A quarry without stones",), "contributors": (Person("Unger", "Al"),)}, "doi-mismatch"),
    ],
)
def test_nothing_is_proposed_from_a_part_or_another_work(record: dict[str, object], code: str) -> None:
    verdict = judged(make_text(), make_record(**record))
    assert (verdict.changes, verdict.agreed, found_codes(verdict)) == ((), {}, {code})


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Author Correction: Mooring ropes", (True, "Mooring ropes")),
        ("Corrigendum to “Mooring ropes of hemp”", (True, "Mooring ropes of hemp")),
        ("Comment on Mooring ropes", (True, "Mooring ropes")),
        ("Author's reply: Mooring ropes", (True, "Mooring ropes")),
        ('Review for "Mooring ropes"', (True, "Mooring ropes")),
        ("Data from: Mooring ropes", (True, "Mooring ropes")),
        ("Mooring ropes - Supporting Information", (True, "Mooring ropes")),
        ("Mooring ropes [Erratum]", (True, "Mooring ropes")),
        ("Corrigendum", (True, "")),
        ("Figure 2", (True, "")),
        ("A review of mooring ropes", (False, "A review of mooring ropes")),
        ("Corrections in prisons", (False, "Corrections in prisons")),
        ("Response surfaces of ropes", (False, "Response surfaces of ropes")),
        ("Mooring ropes: a discussion of hemp", (False, "Mooring ropes: a discussion of hemp")),
    ],
)
def test_the_form_of_a_part(title: str, form: tuple[bool, str]) -> None:
    assert split_part_form(title) == form
