"""Whose record it is: the four answers, and what follows from each."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from enrich.model.plan import IdentityAnswer, Policy
from enrich.model.site_context import SiteContext
from enrich.model.work import Dates, PartialDate, Person, Relation, Update, Work
from enrich.reconciler.author_overlap import AuthorOverlap, count_shared_authors
from enrich.reconciler.identity import identify_record
from enrich.reconciler.part_forms import split_part_form
from enrich.reconciler.people.same_person import could_be_same_person
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
        pytest.param({"authors": ["Al Unger"]}, {}, "doubt", id="equal titles, no shared author"),
        pytest.param({}, {"contributors": (Person("Unger", "Al"),)}, "doubt", id="a book and its review"),
        pytest.param(
            {"title": TITLE.replace("salt", "salt winter")},
            {"titles": (TITLE.replace("salt", "salt summer"),)},
            "doubt",
            id="the same team, winter and summer",
        ),
        pytest.param(
            {"title": "Editorial", "authors": [TRIO[0]], "publication": "Knots"},
            {"titles": ("Editorial",), "contributors": PEOPLE[:1]},
            "doubt",
            id="one author's editorials in two journals",
        ),
        pytest.param(
            {"title": "Editorial", "authors": [TRIO[0]], "date": "2017-05-02"},
            {"titles": ("Editorial",), "contributors": PEOPLE[:1]},
            "doubt",
            id="one author's editorials of two years",
        ),
        pytest.param(
            {"title": "Editorial", "authors": [TRIO[0]], "publication": "Ropes and Knots"},
            {"titles": ("Editorial",), "contributors": PEOPLE[:1]},
            "same",
            id="an editorial",
        ),
        pytest.param(
            {"authors": [TRIO[0]], "publication_types": ["7"]}, {}, "doubt", id="a thesis and its paper"
        ),
        pytest.param(
            {"publication_types": ["2"]},
            {"type": "dissertation", "contributors": PEOPLE[:1]},
            "doubt",
            id="a paper and its thesis",
        ),
        pytest.param(
            {"publication_types": ["2"], "publication": "Ropes and Knots"},
            {"type": "dataset", "container_titles": (), "publisher": "Harbour Archive"},
            "part",
            id="a paper and its data",
        ),
        pytest.param(
            {"publication_types": ["2"], "publication": "Harbour Archive"},
            {"type": "dataset", "container_titles": (), "publisher": "Harbour Archive"},
            "same",
            id="data that the page types as a paper",
        ),
        pytest.param({}, {"titles": (f"Abstract P-123: {TITLE}",)}, "part", id="an abstract of a meeting"),
        pytest.param({}, {"titles": (f"Video abstract: {TITLE}",)}, "part", id="a video abstract"),
        pytest.param(
            {}, {"titles": (f"Response to comments on “{TITLE}”",)}, "part", id="a reply to comments"
        ),
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
        pytest.param(
            {"title": "Mooring ropes of hemp", "date": "2018-05-01"},
            {},
            "doubt",
            id="the beginning of the title, three years earlier",
        ),
        pytest.param(
            {"title": TITLE.replace("Mooring", "Moring"), "date": "2018-05-01"},
            {},
            "same",
            id="a slip in the title, three years earlier",
        ),
        pytest.param(
            {"title": TITLE.replace("Mooring", "Moorings").replace("nylon", "nyllon"), "date": "2030-05-01"},
            {},
            "same",
            id="two slips in the title, nine years later",
        ),
        pytest.param(
            {"title": "Salt water and its hemp ropes"},
            {
                "titles": (
                    "On the mooring of old boats with ropes of hemp, wire and nylon in water full of salt",
                )
            },
            "doubt",
            id="a short title whose words are scattered over a long one",
        ),
        pytest.param(
            {"title": "Le cordage et ses noeuds dans les ports de la mer", "authors": [TRIO[0]]},
            {"titles": ("The strength of old boats in the winds of the north",), "contributors": PEOPLE[:1]},
            "doubt",
            id="two languages and one author",
        ),
        pytest.param(
            {"title": "Hemp ropes and salt water in old harbours", "authors": [TRIO[0]]},
            {"titles": ("Hemp ropes, tar and salt water in one cold harbour",), "contributors": PEOPLE[:1]},
            "doubt",
            id="alike titles of one author",
        ),
        pytest.param(
            {"title": "Hemp ropes and salt water in old harbours"},
            {"titles": ("Hemp ropes, tar and salt water in one cold harbour",)},
            "same",
            id="alike titles of one team",
        ),
        pytest.param(
            {"title": "Hemp ropes and salt water in old harbours", "publication": "*Harbours*"},
            {"titles": ("Hemp ropes, tar and salt water in one cold harbour",)},
            "doubt",
            id="alike titles of one team in two journals",
        ),
        pytest.param(
            {"title": "Hemp ropes and salt water in old harbours", "authors": [*TRIO[:2], "Al Unger"]},
            {"titles": ("Hemp ropes, tar and salt water in one cold harbour",)},
            "doubt",
            id="alike titles, two of three authors",
        ),
        pytest.param(
            {"title": "Hemp ropes and salt water in old harbours", "authors": []},
            {"titles": ("Hemp ropes, tar and salt water in one cold harbour",)},
            "doubt",
            id="alike titles without authors",
        ),
        pytest.param(
            {"title": "Mooring ropes of hemp", "authors": [TRIO[0]], "date": ""},
            {"contributors": PEOPLE[:1]},
            "doubt",
            id="one author's title goes on inside a phrase",
        ),
        pytest.param(
            {"title": "Ropes of hemp", "authors": [TRIO[0]]},
            {"titles": ("Ropes of hemp: a response to salt",), "contributors": PEOPLE[:1]},
            "same",
            id="one author's short title without its subtitle",
        ),
        pytest.param(
            {"title": "The ropes of hemp", "authors": []},
            {"titles": ("Hemp ropes",)},
            "same",
            id="other small words",
        ),
        pytest.param(
            {"title": "A letter about ropes", "authors": ["R. E. M."]},
            {"titles": ("A letter about ropes",), "contributors": (Person("R. E. M.", ""),)},
            "same",
            id="signed with initials",
        ),
        pytest.param({}, {"titles": ("Title pending 12",)}, "same", id="a title that says nothing"),
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
        pytest.param(
            {"title": "", "authors": [TRIO[0]]},
            {"contributors": PEOPLE[:1]},
            "same",
            id="no title, the only author, the same year",
        ),
        pytest.param(
            {"title": "", "authors": [TRIO[0]], "date": ""},
            {"contributors": PEOPLE[:1]},
            "doubt",
            id="no title, the only author, no year",
        ),
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
        pytest.param(
            {"title": "Figure 2: Broken ropes"},
            {"type": "component", "titles": ("Figure 2: Broken ropes",)},
            "same",
            id="a page about a figure",
        ),
        pytest.param(
            {"title": "Mooring ropes, R. Eide, Harbour Press (1999), 312 pp."},
            {"type": "component", "titles": ("Mooring ropes, R. Eide, Harbour Press (1999), 312 pp.",)},
            "part",
            id="a figure of the review of a book",
        ),
        pytest.param({}, {"type": "peer-review", "titles": ("Decision letter",)}, "part", id="a peer review"),
        pytest.param({}, {"titles": (f"Correction to: {TITLE}",)}, "part", id="a correction"),
        pytest.param({}, {"titles": (f"Reply to “{TITLE}”",)}, "part", id="a reply"),
        pytest.param(
            {"title": "mooring ropes of hemp. by r. eide. harbour press, 1999. 312 pp. £20"},
            {"titles": ("Mooring Ropes of Hemp. By R. Eide. Harbour Press, 1999. 312 pp. £20",)},
            "same",
            id="a page about the review of a book, without capitals",
        ),
        pytest.param({}, {"titles": (f"Re: {TITLE}",)}, "part", id="a letter"),
        pytest.param({}, {"titles": (f"{TITLE}: publisher’s note",)}, "part", id="a note"),
        pytest.param(
            {}, {"titles": (f"{TITLE} (vol 3, pg 45, 2020)",)}, "part", id="a correction in a database"
        ),
        pytest.param(
            {"title": f"Reply to {TITLE}"},
            {"titles": (f"Correction to: Reply to {TITLE}",)},
            "part",
            id="a correction of a reply",
        ),
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
        pytest.param(
            {"title": f"Reply to {TITLE}"},
            {
                "titles": (f"Retraction note: Reply to {TITLE}",),
                "update_to": (Update("retraction", "10.1234/r"),),
            },
            "part",
            id="a notice about a reply",
        ),
        pytest.param({}, {"update_to": (Update("new_version", "10.1234/v1"),)}, "same", id="a new version"),
        pytest.param({}, {"titles": (f"RETRACTED: {TITLE}",)}, "same", id="a status in the title"),
    ],
)
def test_the_answer(values: dict[str, object], record: dict[str, object], answer: IdentityAnswer) -> None:
    identity = identify_record(page(make_text(**values)), ALONE, make_record(**record))
    assert identity.answer == answer, identity.evidence
    assert identity.evidence


RUSSIAN: dict[str, object] = {
    "title": "Швартовы из пеньки и нейлона в солёной воде",
    "authors": ["Руна Эйде", "admin", "Икрам Саиди"],
    "publication": "*Ropes and Knots*",
}


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        pytest.param({}, "same", id="year, journal and number of authors agree"),
        pytest.param({"authors": ["Руна Эйде", "Икрам Саиди"]}, "doubt", id="one author fewer"),
        pytest.param(
            {"authors": ["Runa Eide", "Al Unger", "Ikram Saidi"]}, "doubt", id="names in one script"
        ),
        pytest.param({"authors": ["admin", "me", "editor"]}, "doubt", id="no name at all"),
        pytest.param({"date": "2020-03-04"}, "doubt", id="another year"),
        pytest.param({"date": ""}, "doubt", id="no year"),
        pytest.param({"publication": "*Harbours*"}, "doubt", id="another journal"),
        pytest.param({"publication": ""}, "doubt", id="no journal"),
        pytest.param({"publication": {"name": "Ropes and Knots"}}, "same", id="the journal in a mapping"),
        pytest.param({"title": "Hulls of larch"}, "doubt", id="titles in one script"),
    ],
)
def test_titles_and_names_in_two_scripts(values: dict[str, object], answer: IdentityAnswer) -> None:
    assert identify_record(page(make_text(**{**RUSSIAN, **values})), ALONE, RECORD).answer == answer


@pytest.mark.parametrize("kind", ["the same names", "one family name", "other names"])
def test_the_work_grows_no_faster_than_the_author_lists(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    counts = [_count_comparisons(monkeypatch, number, kind) for number in (200, 2_000)]
    assert counts[1] <= 12 * max(counts[0], 200)


def _count_comparisons(monkeypatch: pytest.MonkeyPatch, number: int, kind: str) -> int:
    """Return how many names are compared with a person where both lists have so many."""
    families = [spell_number(0 if kind == "one family name" else at) for at in range(number)]
    givens = [spell_number(at if kind == "the same names" else at + number) for at in range(number)]
    people = tuple(Person(family, spell_number(at)) for at, family in enumerate(families))
    names = [f"{given} {family}" for given, family in zip(givens, families, strict=True)]
    compared: list[str] = []

    def compare(name: str, person: Person) -> bool:
        compared.append(name)
        return could_be_same_person(name, person)

    with monkeypatch.context() as patch:
        patch.setattr("enrich.reconciler.author_overlap.could_be_same_person", compare)
        overlap = count_shared_authors(page(make_text(authors=names)), {}, make_record(contributors=people))
    assert overlap is not None
    assert kind != "the same names" or overlap.is_complete
    return len(compared)


def spell_number(number: int) -> str:
    """Return a name for a number, another one for each."""
    syllables = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "ra", "so")
    return "".join(syllables[int(digit)] for digit in str(number + 10)).title()


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
        ("Mooring Ropes. By R. Eide. Harbour Press, 1999. 312 pp. £20.00", (True, "Mooring Ropes")),
        ("Mooring Ropes, R. Eide, Harbour Press (1999), 312 pp., ISBN 1 23", (True, "Mooring Ropes")),
        ("View: a window for charts", (False, "View: a window for charts")),
        ("A review of mooring ropes", (False, "A review of mooring ropes")),
        ("Corrections in prisons", (False, "Corrections in prisons")),
        ("Response of ropes to salt", (False, "Response of ropes to salt")),
        ("Response surfaces of ropes", (False, "Response surfaces of ropes")),
        ("Mooring ropes: a discussion of hemp", (False, "Mooring ropes: a discussion of hemp")),
    ],
)
def test_the_form_of_a_part(title: str, form: tuple[bool, str]) -> None:
    assert split_part_form(title) == form


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 1, 1), "no author is shared"),
        ((0, 3, 5), "no author is shared"),
        ((1, 1, 1), "the only author is shared"),
        ((1, 1, 4), "1 author is shared"),
        ((1, 4, 1), "1 author is shared"),
        ((1, 3, 2), "1 of 2 authors is shared"),
        ((2, 3, 2), "2 of 2 authors are shared"),
        ((4, 6, 5), "4 of 5 authors are shared"),
    ],
)
def test_how_many_authors_are_shared(counts: tuple[int, int, int], words: str) -> None:
    assert AuthorOverlap(*counts).describe() == words


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (TITLE, "the titles are equal and 3 of 3 authors are shared"),
        (
            f"{TITLE}: a field study",
            "the titles are equal apart from a subtitle and 3 of 3 authors are shared",
        ),
        (TITLE.replace("hemp", "hamp"), "the titles are nearly equal and 3 of 3 authors are shared"),
    ],
)
def test_a_title_without_the_records_subtitle_is_not_called_equal(title: str, words: str) -> None:
    assert identify_record(page(make_text(title=title)), ALONE, RECORD).evidence == words


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (f"{TITLE} revisited", TITLE, "only the page's title has “revisited”, but 3 of 3 authors are shared"),
        (
            TITLE,
            f"{TITLE} Revisited",
            "only the record's title has “Revisited”, but 3 of 3 authors are shared",
        ),
        (TITLE, f"Reply to “{TITLE}”", ""),
        (f"{TITLE} I", f"{TITLE} II", "only the page's title has “I”, only the record's has “II”"),
        (f"{TITLE}: part 1", f"{TITLE}: part 2", "only the page's title has “1”, only the record's has “2”"),
        (
            f"{TITLE} in 2019",
            f"{TITLE} in 2020",
            "only the page's title has “2019”, only the record's has “2020”",
        ),
        (f"*{TITLE}* 3", f"{TITLE} 4", "only the page's title has “3”, only the record's has “4”"),
        (
            f"{TITLE} 5",
            "Mooring ropes of hemp in lakes 4",
            "the titles have 60 % of their words in common, but",
        ),
        (TITLE, "Anchors of lead", "the titles have hardly a word in common, but"),
        (TITLE, TITLE.upper(), ""),
    ],
)
def test_what_tells_two_titles_apart_is_named(ours: str, theirs: str, said: str) -> None:
    messages = [
        finding.message
        for finding in judged(make_text(title=ours), make_record(titles=(theirs,))).findings
        if finding.code == "doi-doubtful"
    ]
    assert all(said in message for message in messages) if said else True, messages
    assert bool(messages) == bool(said), messages


DOUBT = "this DOI may belong to another work: "
STEP = (
    "; open the DOI: if it leads to another work, correct it on the page; if it leads to this one, accept the"
    " changes that are right"
)


@pytest.mark.parametrize(
    ("values", "record", "said"),
    [
        pytest.param(
            {"title": f"{TITLE} revisited"},
            {},
            f"the page's title is “{TITLE} revisited”, the record's is “{TITLE}”; only the page's title has"
            " “revisited”, but 3 of 3 authors are shared",
            id="both titles and the word that differs",
        ),
        pytest.param(
            {},
            {"titles": (f"“A” {TITLE} revisited",)},
            f"the page's title is “{TITLE}”, the record's is “‘A’ {TITLE} revisited”; only the record's title"
            " has “A” and “revisited”, but 3 of 3 authors are shared",
            id="words in two places, one in quotation marks",
        ),
        pytest.param(
            {"title": "“Linen” and *flax*"},
            {},
            f"the page's title is “‘Linen’ and flax”, the record's is “{TITLE}”; the titles have hardly a"
            " word in common, but 3 of 3 authors are shared",
            id="the page's title with quotation marks and markup",
        ),
        pytest.param(
            {"title": f"{'Long ropes ' * 14}in lakes"},
            {},
            f"the page's title is “{'Long ropes ' * 13}Long ro …”, the record's is “{TITLE}”; the titles have"
            " 33 % of their words in common, but 3 of 3 authors are shared",
            id="a long title is cut",
        ),
        pytest.param(
            {"title": "x" * 151},
            {},
            f"the page's title is “{'x' * 150} …”, the record's is “{TITLE}”; the titles have hardly a"
            " word in common, but 3 of 3 authors are shared",
            id="a long title without spaces is cut",
        ),
        pytest.param(
            {"authors": ["Al Unger"]},
            {},
            f"the record's title is “{TITLE}”; no author is shared, but the titles are equal",
            id="an equal title is shown once",
        ),
        pytest.param(
            {"publication_types": ["thesis"], "authors": [TRIO[0]]},
            {},
            f"the record's title is “{TITLE}”; the types differ, but the titles are equal and 1 author is"
            " shared",
            id="a thesis",
        ),
        pytest.param(
            {"title": ""},
            {"contributors": PEOPLE[:2]},
            f"the record's title is “{TITLE}”; the page has no title, but 2 of 2 authors are shared",
            id="a page without a title",
        ),
        pytest.param(
            {},
            {"titles": (), "contributors": PEOPLE[:2]},
            "the record has no title, but 2 of 2 authors are shared",
            id="a record without a title",
        ),
    ],
)
def test_a_doubt_shows_both_titles_and_then_what_differs(
    values: dict[str, object], record: dict[str, object], said: str
) -> None:
    findings = judged(make_text(**values), make_record(**record)).findings
    assert [one.message for one in findings if one.code == "doi-doubtful"] == [f"{DOUBT}{said}{STEP}"]
