"""The three-way table, its policies, and what stops a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.choices.select import select_safe
from enrich.model.page import Remote
from enrich.model.plan import Plan, Policy
from enrich.model.site_context import SiteContext
from enrich.model.work import Dates, PartialDate, Person, Relation
from enrich.reconciler.baseline_update import make_next_baseline
from tests.support.comparisons import DOI, PAGE, WORK, judged, kinds, page, work

TITLE = "A careful study of Danio rerio in H2O"
BASE = {"title": "A careful study of Danio rerio in H2O"}
NEWER = work(titles=("A careful study of Dario rerio in H2O",))


def with_title(title: str) -> str:
    """Return the page with another title."""
    return PAGE.replace(f"title: {TITLE}", f"title: {title}")


def test_a_page_that_agrees_has_no_findings() -> None:
    verdict = judged()
    assert (verdict.changes, verdict.findings) == ((), ())
    assert verdict.agreed is not None
    assert set(verdict.agreed) == set(page().front.data) - {"doi"}


@pytest.mark.parametrize(
    ("title", "record", "base", "expected"),
    [
        pytest.param(TITLE, WORK, None, None, id="equal, no base"),
        pytest.param(TITLE, WORK, BASE, None, id="equal, base known"),
        pytest.param('""', WORK, None, ("fill", "safe"), id="empty, never seen"),
        pytest.param('""', WORK, BASE, None, id="empty, record as before: the owner removed it"),
        pytest.param('""', NEWER, BASE, None, id="empty, record moved: still the owner's removal"),
        pytest.param(
            TITLE, NEWER, BASE, ("update", "safe"), id="the record moved, the owner did not touch it"
        ),
        pytest.param(
            TITLE.upper(),
            NEWER,
            BASE,
            ("update", "review"),
            id="the record moved, the page says it its own way",
        ),
        pytest.param(
            f"A *careful* study of{TITLE[18:]}", NEWER, BASE, ("update", "safe"), id="apart from markup"
        ),
        pytest.param("My own title of this study", WORK, BASE, None, id="the owner's edit"),
        pytest.param("My own title of this study", NEWER, BASE, ("conflict", "review"), id="both moved"),
        pytest.param("My own title of this study", WORK, None, ("replace", "review"), id="differs, no base"),
        pytest.param("My own title of this study", work(titles=()), BASE, None, id="the record is silent"),
        pytest.param('""', work(titles=()), None, None, id="empty, and the record is silent"),
    ],
)
def test_the_three_way_table(
    title: str, record: object, base: object, expected: tuple[str, str] | None
) -> None:
    verdict = judged(with_title(title), record, base=base)  # type: ignore[arg-type]  # a row of the table
    assert kinds(verdict).get("title") == expected


def test_a_field_that_was_declined_under_another_doi_stays_empty() -> None:
    assert "title" in kinds(judged(with_title('""'), WORK, base={}))
    assert "title" not in kinds(judged(with_title('""'), WORK, declined=("title",)))
    assert "title" in kinds(judged(with_title("My own title of this study"), WORK, declined=("title",)))


@pytest.mark.parametrize(
    ("policy", "fill", "differs", "moved"),
    [
        ("fill", "safe", "review", "safe"),
        ("propose", "review", "review", "review"),
        ("overwrite", "safe", "safe", "safe"),
        ("keep", None, None, None),
    ],
)
def test_policies(policy: Policy, fill: str | None, differs: str | None, moved: str | None) -> None:
    policies = {"title": policy}
    levels = (
        judged(with_title('""'), policies=policies),
        judged(with_title("A careful study of zebrafish in H2O"), policies=policies),
        judged(with_title(TITLE), NEWER, base=BASE, policies=policies),
    )
    assert [kinds(verdict).get("title", (None, None))[1] for verdict in levels] == [fill, differs, moved]


def test_a_retracted_title_is_not_a_difference() -> None:
    record = work(titles=(f"RETRACTED: {WORK.titles[0]}",))
    assert kinds(judged(record=record)) == {}
    (change,) = judged(with_title('""'), record).changes
    assert change.new == Remote(WORK.titles[0])


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        pytest.param("date: 2024-04-29", "date: 2024-01-01", "date", id="an importer's first of January"),
        pytest.param("date: 2024-04-29", "date: 2024-05-14", "date", id="the print date"),
        pytest.param('["2"]', '["9"]', "publication_types", id="a type of its owner's own"),
        pytest.param('["2"]', '["7"]', "publication_types", id="a thesis is never downgraded"),
        pytest.param(
            '"*Blood Advances*"', '"In *Blood Advances*, 8(9):2207"', "publication", id="a volume after it"
        ),
        pytest.param("- Yen-Chun Liu", "- Liu, Y.-C.", "authors", id="another way to write a name"),
    ],
)
def test_equal_means_equal(old: str, new: str, field: str) -> None:
    assert field not in kinds(judged(PAGE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "field", "expected"),
    [
        pytest.param("date: 2024-04-29", 'date: ""', "date", "2024-04-29", id="a date"),
        pytest.param('["2"]', '["0"]', "publication_types", ["2"], id="an uncategorised type"),
        pytest.param('["2"]', "[]", "publication_types", ["2"], id="no type"),
        pytest.param(
            '"*Blood Advances*"', "", "publication", Remote("Blood Advances", "*", "*"), id="a journal"
        ),
    ],
)
def test_empty_fields_are_filled(old: str, new: str, field: str, expected: object) -> None:
    (change,) = judged(PAGE.replace(old, new)).changes
    assert (change.field, change.kind, change.level, change.new) == (field, "fill", "safe", expected)


@pytest.mark.parametrize(
    ("typed", "record", "expected"),
    [
        pytest.param('["1"]', "journal-article", ["2"], id="one type"),
        pytest.param('["1", "3"]', "journal-article", ["2", "3"], id="a second type stays"),
        pytest.param('["1", "2"]', "journal-article", ["2"], id="none is there twice"),
        pytest.param('["5", "1", "2"]', "journal-article", ["2", "1"], id="the others keep their order"),
        pytest.param("[1, 2]", "journal-article", [2], id="numbers"),
        pytest.param('"1"', "journal-article", "2", id="a text"),
        pytest.param('["0", "8"]', "book", ["5", "8"], id="after a type without a meaning"),
    ],
)
def test_another_type_replaces_the_first_alone(typed: str, record: str, expected: object) -> None:
    (change,) = judged(PAGE.replace('["2"]', typed), work(type=record)).changes
    assert (change.field, change.new) == ("publication_types", expected)


def test_a_missing_author_gets_the_record_s_position() -> None:
    (change,) = judged(PAGE.replace("- Yen-Chun Liu\n", "")).changes
    assert (change.kind, change.level) == ("replace", "review")
    assert change.new == ["Kevin R Reyes", Remote("Yen-Chun Liu"), "Chiung-Yu Huang"]


def test_no_author_is_removed_or_moved() -> None:
    verdict = judged(
        PAGE.replace("- Yen-Chun Liu\n", "- Yen-Chun Liu\n- Jane Doe\n"), policies={"authors": "overwrite"}
    )
    assert verdict.changes == ()
    assert [finding.code for finding in verdict.findings] == ["authors-differ"]


def test_names_in_capitals_are_written_as_names_are() -> None:
    record = work(contributors=(Person("von SALLMANN", "LUDWIG"), Person("REYES", "K. R.")))
    text = PAGE.replace("authors:\n- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n", "authors: []\n")
    (change,) = judged(text, record).changes
    assert change.new == [Remote("Ludwig von Sallmann"), Remote("K. R. Reyes")]


@pytest.mark.parametrize(
    ("usual", "expected"),
    [
        pytest.param(
            frozenset({"title", "abstract"}), {"abstract": ("fill", "safe")}, id="most pages have it"
        ),
        pytest.param(frozenset({"title"}), {}, id="few pages have it"),
        pytest.param(None, {"doi": ("normalise", "safe"), "abstract": ("fill", "safe")}, id="a known theme"),
    ],
)
def test_on_an_unknown_theme_a_key_is_written_where_most_pages_have_it(
    usual: frozenset[str] | None, expected: dict[str, tuple[str, str]]
) -> None:
    known = PAGE.replace("doi: 10.1234/abc", "doi: https://doi.org/10.1234/abc")
    text = known.replace("abstract: We looked at fish for a long time and saw p < 0.05.\n", "")
    site_context = SiteContext(is_foreign_theme=usual is not None, usual_keys=usual or frozenset())
    changes = kinds(judged(text, site_context=site_context))
    assert changes == expected


@pytest.mark.parametrize("policy", ["fill", "overwrite"])
def test_a_year_alone_over_a_day_can_be_answered_and_needs_review(policy: Policy) -> None:
    record = work(dates=Dates(issued=PartialDate(2019)))
    (change,) = judged(record=record, policies={"date": policy}).changes
    assert (change.field, change.kind, change.level, change.status) == (
        "date",
        "replace",
        "review",
        "proposed",
    )
    assert change.new == "2019-01-01"
    assert "the record has only 2019; Hugo needs a day, so this is the first one" in change.reason


@pytest.mark.parametrize(
    ("typed", "issued", "proposed", "written"),
    [
        pytest.param(
            "2009-05-08", (2010, 5), "2010-05-01", "2009-05-08", id="a day stays, not a month's first"
        ),
        pytest.param(
            "2009-05-08T10:00:00Z", (2010,), "2010-01-01T10:00:00Z", "2009-05-08T10:00:00Z", id="a time"
        ),
        pytest.param(
            "2009-01-01", (2010, 5), "2010-05-01", "2009-01-01", id="a typed first of January is typed"
        ),
        pytest.param("2009-05", (2010,), "2010-01-01", "2009-05", id="a month stays, not a year's first"),
        pytest.param("2009-05-08", (2010, 5, 3), "2010-05-03", "2010-05-03", id="a known day is written"),
        pytest.param('""', (2010, 5), "2010-05-01", '"2010-05-01"', id="an empty key takes a month's first"),
    ],
)
def test_even_with_all_no_invented_day_replaces_a_typed_date(
    typed: str, issued: tuple[int, ...], proposed: str, written: str
) -> None:
    read = page(PAGE.replace("date: 2024-04-29", f"date: {typed}"))
    verdict = judged(read.text, work(dates=Dates(issued=PartialDate(*issued))))
    assert [change.new for change in verdict.changes] == [proposed]
    plan = Plan(read, read.text, changes=verdict.changes, identity="same")
    (selected,) = select_safe([plan], write_all=True)
    assert isinstance(selected, Plan)
    assert selected.after == PAGE.replace("date: 2024-04-29", f"date: {written}")


@pytest.mark.parametrize(
    "line",
    [
        "title: My own title of this study  # enrich: keep",
        "# enrich: keep\ntitle: My own title of this study",
    ],
)
def test_a_pinned_key_is_left_alone(line: str) -> None:
    assert judged(PAGE.replace(f"title: {TITLE}", line)).changes == ()


def test_a_key_commented_out_with_a_value_is_declined_and_reported() -> None:
    text = PAGE.replace("abstract: We", "# abstract: For patients: we")
    verdict = judged(text)
    assert kinds(verdict) == {}
    assert [finding.code for finding in verdict.findings] == ["commented-out"]
    filled = judged(text, fill_commented=True)
    assert kinds(filled) == {"abstract": ("fill", "safe")}
    assert filled.findings == (), "nothing is held"


def test_a_placeholder_of_the_template_declines_nothing() -> None:
    text = PAGE.replace("date: 2024-04-29", '# date: "2017-01-01T00:00:00Z"')
    assert kinds(judged(text)) == {"date": ("fill", "safe")}


@pytest.mark.parametrize(
    "typed",
    [
        "https://doi.org/10.1234/abc",
        "doi:10.1234/ABC",
        '" 10.1234/abc"',
        "https://doi.org/https://doi.org/10.1234/abc",
    ],
)
def test_a_doi_is_made_bare(typed: str) -> None:
    (change,) = judged(PAGE.replace("doi: 10.1234/abc", f"doi: {typed}")).changes
    assert (change.field, change.kind, change.level) == ("doi", "normalise", "safe")
    assert str(change.new).lower() == "10.1234/abc"


def test_text_in_another_language_is_left_alone() -> None:
    from dataclasses import replace

    from enrich.model.site_context import SiteContext

    german = replace(WORK, language="en")
    text = with_title("Eine sorgfältige Studie über Fische").replace(
        "abstract: We looked at fish for a long time",
        "abstract: Wir haben die Fische lange und mit Ruhe angesehen",
    )
    verdict = judged(text, german, site_context=SiteContext(language="de"))
    assert kinds(verdict) == {}


@pytest.mark.parametrize("abstract", ["<jats:p/>", "Let", "<jats:p>Abstract</jats:p>"])
def test_a_very_short_abstract_counts_as_missing(abstract: str) -> None:
    text = PAGE.replace("abstract: We looked at fish for a long time and saw p < 0.05.", 'abstract: ""')
    assert judged(text, work(abstract=abstract)).changes == ()


def test_two_containers_want_a_look() -> None:
    record = work(container_titles=("Lecture Notes in Fishes", "Fishes 2024"))
    (change,) = judged(PAGE.replace('"*Blood Advances*"', '""'), record).changes
    assert (change.kind, change.level) == ("fill", "review")
    assert "the record names “Fishes 2024” and “Lecture Notes in Fishes”" in change.reason


def test_a_journal_deposited_with_its_short_title_is_one_container() -> None:
    record = work(container_titles=("Anal. Fish.", "Analytical Fishing"), container_titles_short=())
    (change,) = judged(PAGE.replace('"*Blood Advances*"', '""'), record).changes
    assert isinstance(change.new, Remote)
    assert (change.new.text, change.level) == ("Analytical Fishing", "safe")


@pytest.mark.parametrize(
    ("short", "kind"),
    [("Blood Adv.", None), ("BA Blood Adv.", ("replace", "review"))],
    ids=["its own", "another"],
)
def test_a_short_journal_is_compared_as_the_journal_is(short: str, kind: tuple[str, str] | None) -> None:
    text = PAGE.replace("publication:", f"publication_short: {short}\npublication:")
    found = kinds(judged(text, policies={"publication_short": "fill"}))
    assert found.get("publication_short") == kind


@pytest.mark.parametrize("journal", ["KDD", "KDD 2018", "Proceedings of KDD '18"])
def test_a_meeting_by_the_acronym_that_its_record_states(journal: str) -> None:
    text = PAGE.replace('"*Blood Advances*"', f'"{journal}"')
    record = work(container_titles=("Knowledge Discovery",), event_acronym="KDD '18")
    assert "publication" not in kinds(judged(text, record))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("doi", PAGE.replace("doi: 10.1234/abc", "doi: https://doi.org/10.1234/abc")),
        ("date", PAGE.replace("date: 2024-04-29", "date: 2024")),
    ],
)
def test_a_value_that_the_owner_wants_as_typed_is_not_tidied_again(key: str, text: str) -> None:
    (change,) = judged(text, base={}).changes
    assert (change.field, change.kind) == (key, "normalise")
    plan = Plan(page(text), text, changes=(replace(change, status="kept"),), identity="same")
    known = make_next_baseline(plan, DOI, None)
    assert known is not None
    assert key not in kinds(judged(text, base=known.fields))
    assert key in kinds(
        judged(text.replace("https://", "http://").replace("2024\n", "2024-04\n"), base=known.fields)
    )


@pytest.mark.parametrize(
    ("old", "issued", "level"),
    [
        pytest.param("date: 2024-04-29\n", PartialDate(2027, 3), "review", id="the issue is of next year"),
        pytest.param("date: 2024-04-29\n", PartialDate(2026, 11, 2), "review", id="tomorrow"),
        pytest.param("date: 2024-04-29\n", PartialDate(2026, 11, 1), "safe", id="today"),
        pytest.param("date: 2024-04-29\n", PartialDate(2026), "safe", id="this year"),
    ],
)
def test_a_date_that_would_hide_the_page_wants_a_look(old: str, issued: PartialDate, level: str) -> None:
    record = work(dates=Dates(issued=issued))
    assert kinds(judged(PAGE.replace(old, ""), record))["date"] == ("fill", level)
    shown_since = PAGE.replace(old, 'publishDate: "2024-01-01"\n')
    assert kinds(judged(shown_since, record))["date"] == ("fill", "safe")


@pytest.mark.parametrize(
    ("typed", "written", "level"),
    [
        pytest.param("K. R. Reyes", "K. R. Reyez", "review", id="initials"),
        pytest.param("Kevin R Reyes", "Kevin R Reyez", "safe", id="as the record had it"),
        pytest.param("'**Reyes, K.**'", "Reyez, K. R.", "review", id="in bold, the family name first"),
    ],
)
def test_whom_the_record_renamed_is_respelt_in_the_page_s_form(typed: str, written: str, level: str) -> None:
    people = (Person("Reyez", "Kevin R"), *WORK.contributors[1:])
    base = {"authors": ["Reyes, Kevin R", "Liu, Yen-Chun", "Huang, Chiung-Yu"]}
    verdict = judged(PAGE.replace("Kevin R Reyes", typed), work(contributors=people), base=base)
    (change,) = verdict.changes
    first = change.new[0]  # type: ignore[index]  # a list of entries
    assert isinstance(first, Remote)
    assert (change.kind, change.level, first.text) == ("update", level, written)
    assert verdict.findings == ()


def test_another_person_in_a_position_is_only_reported() -> None:
    people = (Person("Okafor", "Ada"), *WORK.contributors[1:])
    base = {"authors": ["Reyes, Kevin R", "Liu, Yen-Chun", "Huang, Chiung-Yu"]}
    verdict = judged(PAGE, work(contributors=people), base=base)
    assert verdict.changes == ()
    assert [finding.code for finding in verdict.findings] == ["authors-differ"]


SHORT = "A careful study of Danio rerio in H2O"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        pytest.param(f"'{SHORT}: a review'", SHORT, id="the record leaves the subtitle out"),
        pytest.param(f"{SHORT} - a review", SHORT, id="after a dash"),
        pytest.param(SHORT, f"{SHORT}: a review", id="the page leaves the subtitle out"),
        pytest.param(f"'{SHORT}? Perhaps'", f"{SHORT}?", id="after a question"),
    ],
)
def test_a_missing_subtitle_is_not_a_difference(typed: str, title: str) -> None:
    assert judged(with_title(typed), work(titles=(title,))).changes == ()
    assert (
        judged(with_title(typed), work(titles=(title,)), base={"title": f"{SHORT}: a review"}).changes == ()
    )


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        pytest.param(f"'{SHORT}: a review'", f"{SHORT}: a survey", id="another subtitle"),
        pytest.param(f"{SHORT} and D2O", SHORT, id="it only goes on"),
    ],
)
def test_another_title_is_reported(typed: str, title: str) -> None:
    assert kinds(judged(with_title(typed), work(titles=(title,)))) == {"title": ("replace", "review")}


def test_a_subtitle_is_compared_with_the_record_s() -> None:
    record = work(titles=(SHORT,), subtitles=("a review of streams",))
    assert judged(with_title(f"'{SHORT}: a review of streams'"), record).changes == ()
    assert judged(with_title(SHORT), record).changes == ()
    assert kinds(judged(with_title(f"{SHORT} - a review of dreams"), record)) == {
        "title": ("replace", "review")
    }


def test_a_text_that_lost_its_end_is_not_followed_by_itself() -> None:
    base = {"title": SHORT}
    cut = work(titles=("A careful study of Danio rerio in",))
    assert kinds(judged(base=base, record=cut)) == {"title": ("update", "review")}


@pytest.mark.parametrize(
    "authors",
    [
        pytest.param("- Kevin R Reyes\n- Yen-Chun Liu et al.\n", id="after the last name"),
        pytest.param("- Kevin R Reyes *et al.*\n", id="emphasised"),
        pytest.param("- Kevin R Reyes and others\n", id="in English"),
        pytest.param("- Kevin R Reyes\n- ...\n", id="three dots"),
        pytest.param("- Kevin R Reyes\n- …\n", id="an ellipsis"),
        pytest.param("- Kevin R Reyes\n- '*et al.*'\n", id="et al. as an entry"),
        pytest.param("- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n- (Eds.)\n", id="editors"),
    ],
)
def test_a_list_that_ends_in_et_al_is_not_a_difference(authors: str) -> None:
    verdict = judged(PAGE.replace("- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n", authors))
    assert (verdict.changes, verdict.findings) == ((), ())


def test_authors_in_one_line_that_goes_on() -> None:
    text = PAGE.replace(
        "authors:\n- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n", "authors: Kevin R Reyes et al.\n"
    )
    verdict = judged(text)
    assert (verdict.changes, verdict.findings) == ((), ())


ABSTRACT = "We looked at fish for a long time. They looked at us."
SECTIONS = (
    "<jats:sec><jats:title>Methods</jats:title><jats:p>We looked at fish for a long time.</jats:p></jats:sec>"
    "<jats:sec><jats:title>Results</jats:title><jats:p>They looked at us.</jats:p></jats:sec>"
)


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        pytest.param(ABSTRACT, SECTIONS, id="without the titles of the sections"),
        pytest.param(
            f"{ABSTRACT} © 2020 Elsevier Ltd. All rights reserved.", f"<p>{ABSTRACT}</p>", id="rights"
        ),
        pytest.param(ABSTRACT, f"<p>{ABSTRACT} Copyright © 2020 The Authors.</p>", id="rights in the record"),
        pytest.param(f"{ABSTRACT}© 2016, The Author(s).", f"<p>{ABSTRACT}</p>", id="rights without a space"),
        pytest.param(
            f"{ABSTRACT} Copyright 2015 by the authors.", f"<p>{ABSTRACT}</p>", id="without the sign"
        ),
        pytest.param(f"(c) 2020 The Authors. {ABSTRACT}", f"<p>{ABSTRACT}</p>", id="rights in front"),
        pytest.param(f"{ABSTRACT} Keywords - fish, eyes", f"<p>{ABSTRACT}</p>", id="keywords after it"),
        pytest.param(f"Abstract - Summary. {ABSTRACT}", f"<p>{ABSTRACT}</p>", id="two headings"),
    ],
)
def test_text_around_an_abstract_is_not_a_difference(typed: str, record: str) -> None:
    old = "We looked at fish for a long time and saw p < 0.05."
    assert judged(PAGE.replace(old, f'"{typed}"'), work(abstract=record)).changes == ()


def test_an_abstract_that_lacks_a_sentence_is_reported() -> None:
    old = "We looked at fish for a long time and saw p < 0.05."
    page = PAGE.replace(old, "We looked at fish for a long time.")
    assert kinds(judged(page, work(abstract=SECTIONS))) == {"abstract": ("replace", "review")}


BOOK = ("Lecture Notes in Computer Science", "Computer Vision – ECCV 2020")


@pytest.mark.parametrize(
    "journal",
    [
        "In *European Conference on Computer Vision*",
        "In *ECCV 2020*",
        "*Computer Vision – ECCV 2020*",
        "*Lecture Notes in Computer Science*",
    ],
)
def test_a_paper_in_proceedings_that_are_a_book_in_a_series(journal: str) -> None:
    page = PAGE.replace('"*Blood Advances*"', f'"{journal}"').replace('["2"]', '["1"]')
    assert judged(page, work(type="book-chapter", container_titles=BOOK)).changes == ()


def test_the_book_is_proposed_and_not_its_series() -> None:
    page = PAGE.replace('"*Blood Advances*"', '""').replace('["2"]', '["6"]')
    (change,) = judged(page, work(type="book-chapter", container_titles=BOOK)).changes
    assert isinstance(change.new, Remote)
    assert (change.new.text, change.level) == (BOOK[1], "review")


def test_a_page_about_the_article_is_not_made_the_preprint_s() -> None:
    preprint = work(
        type="posted-content",
        container_titles=(),
        institutions=("bioRxiv",),
        dates=Dates(posted=PartialDate(2022, 3, 4)),
        relations=(Relation("is-preprint-of", "doi", "10.1000/a1"),),
    )
    verdict = judged(record=preprint)
    assert (verdict.changes, [one.code for one in verdict.findings]) == ((), ["published-version"])
    alone = judged(record=replace(preprint, relations=()))
    assert set(kinds(alone)) == {"date", "publication_types"}
    assert any(
        "journal article on the page, preprint in the record" in change.reason for change in alone.changes
    )


@pytest.mark.parametrize(
    ("typed", "empty"),
    [
        ("[]", "the page has no value"),
        ('[""]', "the page has no value"),
        ("~", "the page has no value"),
        ('["0"]', "0 means that no type was chosen"),
        ("[0]", "0 means that no type was chosen"),
        ('"0"', "0 means that no type was chosen"),
        ("0", "0 means that no type was chosen"),
    ],
)
def test_the_reason_for_a_first_type_names_it(typed: str, empty: str) -> None:
    verdict = judged(PAGE.replace('["2"]', typed))
    (reason,) = (one.reason for one in verdict.changes if one.field == "publication_types")
    assert reason == f"{empty}; Crossref has one: journal article"


BASE_AUTHORS = {"authors": ["Reyes, Kevin R", "Liu, Yen-Chun", "Huang, Chiung-Yu"]}


@pytest.mark.parametrize(
    "people",
    [
        pytest.param((Person("Smith", "Karl"), *WORK.contributors[1:]), id="the same initial"),
        pytest.param((Person("Reyes", "Zora"), *WORK.contributors[1:]), id="the same family"),
        pytest.param(
            (Person("Smith", "Karl"), Person("Yates", "Yolanda"), Person("Castro", "Carmen")),
            id="everybody",
        ),
    ],
)
def test_other_people_are_never_put_in_somebody_s_place(people: tuple[Person, ...]) -> None:
    verdict = judged(record=work(contributors=people), base=BASE_AUTHORS)
    assert [change for change in verdict.changes if change.level == "safe"] == []


def test_a_first_of_a_month_that_was_typed_is_not_followed_by_itself() -> None:
    page = PAGE.replace("2024-04-29", "2024-05-01")
    record = work(dates=Dates(online=PartialDate(2024, 6, 20)))
    assert kinds(judged(page, record, base={"date": ["2024-05-14"]})) == {"date": ("update", "review")}


def test_nothing_of_the_preprint_is_filled_into_a_page_about_the_article() -> None:
    preprint = work(
        type="posted-content",
        container_titles=(),
        container_titles_short=(),
        institutions=("bioRxiv",),
        dates=Dates(posted=PartialDate(2022, 3, 4)),
        relations=(Relation("is-preprint-of", "doi", "10.1000/a1"),),
    )
    page = PAGE.replace("date: 2024-04-29\n", "").replace('publication: "*Blood Advances*"\n', "")
    assert judged(page, preprint).changes == ()


@pytest.mark.parametrize("tail", [": Correction", " - Reply", ": Part II", "? Comment", " - 2019"])
def test_a_reply_or_a_part_is_another_title(tail: str) -> None:
    assert kinds(judged(with_title(f"'{SHORT}{tail}'"))) == {"title": ("replace", "review")}


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        ("We give a keyword-based index. It is fast.", "We give a keyword-based index. It is not."),
        ("Abstract art is what we look at here.", "Art is what we look at here."),
        ("© 2020 We studied all the ice and how it melts. The end of it is near.", "The end of it is near."),
        ("It was all quite in vain. © 2020 is a year that we like.", "It was all quite in vain."),
    ],
)
def test_text_that_only_looks_like_a_frame_is_compared(typed: str, record: str) -> None:
    old = "We looked at fish for a long time and saw p < 0.05."
    page = PAGE.replace(old, f'"{typed}"')
    assert kinds(judged(page, work(abstract=f"<p>{record}</p>"))) == {"abstract": ("replace", "review")}
