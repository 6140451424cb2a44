"""Each finding: a page that gets it, and pages that do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.model.site_context import Profile, SiteContext
from enrich.model.work import (
    Dates,
    NotFound,
    PartialDate,
    Person,
    Relation,
    Unanswered,
    Unsupported,
    Update,
    Work,
)
from enrich.reconciler.findings.registry import explain_finding, list_finding_codes
from tests.support.comparisons import PAGE, WORK, found_codes, judged, work

OTHER = Work(
    doi="10.1234/abc",
    type="journal-article",
    titles=("Sea ice thickness in the Weddell Sea",),
    contributors=(Person("Amundsen", "Roald"),),
    dates=Dates(issued=PartialDate(2011)),
)


def retracting(kind: str, doi: str = "10.1234/notice", source: str = "publisher") -> Update:
    """Return a notice of this kind."""
    return Update(kind, doi, source)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        pytest.param(work(updated_by=(retracting("retraction"),)), "retracted", id="a retraction"),
        pytest.param(work(updated_by=(retracting("withdrawal"),)), "withdrawn", id="a withdrawal"),
        pytest.param(work(updated_by=(retracting("removal"),)), "withdrawn", id="a removal"),
        pytest.param(
            work(updated_by=(retracting("expression_of_concern"),)), "expression-of-concern", id="a concern"
        ),
        pytest.param(work(updated_by=(retracting("erratum"),)), "corrected", id="an erratum"),
        pytest.param(
            work(updated_by=(retracting("partial_retraction"),)), "corrected", id="a partial retraction"
        ),
        pytest.param(work(titles=(f"RETRACTED: {WORK.title}",)), "retracted", id="only the title says so"),
        pytest.param(
            work(type="posted-content", relations=(Relation("is-preprint-of", "doi", "10.1234/Article"),)),
            "published-version",
            id="a preprint that was published",
        ),
        pytest.param(OTHER, "doi-mismatch", id="another paper"),
    ],
)
def test_what_the_record_says(record: Work, code: str) -> None:
    assert code in found_codes(judged(record=record))


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(work(updated_by=(retracting("new_version"),)), id="a new version"),
        pytest.param(work(updated_by=(retracting("correction", WORK.doi),)), id="an entry about itself"),
        pytest.param(work(updated_by=(retracting("addendum"),)), id="an addendum"),
    ],
)
def test_pages_without_findings(record: Work) -> None:
    assert found_codes(judged(record=record)) == set()


def test_a_retraction_from_both_sources_is_reported_once() -> None:
    both = (retracting("retraction"), retracting("retraction", source="retraction-watch"))
    (finding,) = judged(record=work(updated_by=both)).findings
    assert finding.code == "retracted"


@pytest.mark.parametrize(
    ("date", "when"),
    [
        (PartialDate(2024, 5, 6), " on 2024-05-06"),
        (PartialDate(2024, 5), " in 2024-05"),
        (PartialDate(2024), " in 2024"),
        (None, ""),
    ],
)
def test_a_retraction_has_its_date_as_far_as_the_record_knows_it(date: PartialDate | None, when: str) -> None:
    notice = replace(retracting("retraction"), date=date)
    (finding,) = judged(record=work(updated_by=(notice,))).findings
    assert (
        finding.message
        == f"this work was retracted{when}: https://doi.org/10.1234/notice; say so on the page"
    )


LOCAL_TITLE = "A careful study of Danio rerio in H2O"
SILENCE = (
    "https://doi.org/10.1234/notice; to silence this, add the [[ignore]] that `enrich explain {}` describes"
)


@pytest.mark.parametrize(
    ("title", "kind", "message"),
    [
        pytest.param(
            f"RETRACTED: {LOCAL_TITLE}",
            "retraction",
            f"this work was retracted, as the page's title says: {SILENCE.format('retracted')}",
            id="a retraction",
        ),
        pytest.param(
            f"**[Retracted]** {LOCAL_TITLE}",
            "retraction",
            f"this work was retracted, as the page's title says: {SILENCE.format('retracted')}",
            id="with emphasis",
        ),
        pytest.param(
            f"{LOCAL_TITLE} (withdrawn)",
            "removal",
            f"this work was withdrawn, as the page's title says: {SILENCE.format('withdrawn')}",
            id="a removal",
        ),
        pytest.param(
            f"Expression of concern: {LOCAL_TITLE}",
            "expression_of_concern",
            "the editors published an expression of concern, as the page's title says:"
            f" {SILENCE.format('expression-of-concern')}",
            id="a concern",
        ),
        pytest.param(
            f"Expression of concern: {LOCAL_TITLE}",
            "retraction",
            "this work was retracted: https://doi.org/10.1234/notice; say so on the page",
            id="another status than the record's",
        ),
        pytest.param(
            f"{LOCAL_TITLE} withdrawn",
            "withdrawal",
            "this work was withdrawn: https://doi.org/10.1234/notice; say so on the page",
            id="a word of the title",
        ),
    ],
)
def test_a_status_in_the_pages_title_is_not_asked_for_again(title: str, kind: str, message: str) -> None:
    text = PAGE.replace(LOCAL_TITLE, f'"{title}"')
    assert message in [one.message for one in judged(text, work(updated_by=(retracting(kind),))).findings]


def test_nothing_is_proposed_for_another_paper() -> None:
    verdict = judged(PAGE.replace('["2"]', '["0"]'), OTHER)
    assert (verdict.changes, [finding.code for finding in verdict.findings]) == ((), ["doi-mismatch"])


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(
            work(titles=("Sea ice thickness in the Weddell Sea",)), id="a title alone never suffices"
        ),
        pytest.param(
            work(titles=("Sea ice thickness",), contributors=(), dates=Dates(issued=PartialDate(1999))),
            id="what the record lacks says nothing",
        ),
        pytest.param(
            work(contributors=(Person("Amundsen", "Roald"),), dates=Dates(issued=PartialDate(1999))),
            id="the same title by others",
        ),
    ],
)
def test_pages_without_a_mismatch(record: Work) -> None:
    assert "doi-mismatch" not in found_codes(judged(record=record))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        pytest.param(
            "https://www.clinical-lymphoma-myeloma-leukemia.com/article/S2152-2650(22)00324-X/pdf",
            True,
            id="a PII",
        ),
        pytest.param("https://doi.org/10.1111/other", True, id="a DOI"),
        pytest.param("https://doi.org/10.1234/abc", False, id="its own DOI"),
        pytest.param("https://journal.org/doi/pdf/10.1234/abc.pdf", False, id="its own DOI in an address"),
        pytest.param(
            "https://www.sciencedirect.com/science/article/pii/S2473952924001234",
            False,
            id="a PII of its journal",
        ),
        pytest.param(
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full.pdf", False, id="a preprint"
        ),
        pytest.param("paper.pdf", False, id="a file"),
    ],
)
def test_links_to_other_works(url: str, told: bool) -> None:
    text = PAGE.replace("doi: 10.1234/abc", f"doi: 10.1234/abc\nurl_pdf: {url}")
    verdict = judged(text)
    assert found_codes(verdict) == ({"link-other-work"} if told else set())
    assert [finding.line for finding in verdict.findings] == ([9] if told else [])


@pytest.mark.parametrize(
    ("answer", "severity"),
    [
        (Unanswered("the service did not answer"), "warning"),
        (Unanswered("not in the records", offline=True), "note"),
    ],
)
def test_a_missing_answer_does_not_accuse_the_doi(answer: Unanswered, severity: str) -> None:
    (finding,) = judged(answer=answer).findings
    assert (finding.code, finding.severity, finding.line) == ("lookup-failed", severity, 8)


@pytest.mark.parametrize(("date", "severity"), [("2024-04-29", "error"), ("2026-10-15", "warning")])
def test_an_unknown_doi_is_milder_while_the_page_is_young(date: str, severity: str) -> None:
    (finding,) = judged(PAGE.replace("2024-04-29", date), answer=NotFound()).findings
    assert (finding.code, finding.severity) == ("doi-not-found", severity)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(
            Unsupported("JaLC"),
            "the DOI is registered with JaLC, which enrich cannot query; compare the page by hand",
            id="an agency without an API",
        ),
        pytest.param(
            Unsupported("Crossref", lacks_record=True),
            "the DOI is registered with Crossref, which has no record of it;"
            " if it is new, check again in a few days",
            id="an agency that has no record",
        ),
    ],
)
def test_the_message_names_the_agency_and_why_there_is_no_record(answer: Unsupported, sentence: str) -> None:
    (finding,) = judged(answer=answer).findings
    assert (finding.code, finding.severity) == ("agency-unsupported", "note")
    assert finding.message == sentence


@pytest.mark.parametrize(
    ("typed", "code"),
    [("0.1145/3292500.3330701", "doi-invalid"), ("in press", "doi-invalid"), ('""', "doi-missing")],
)
def test_a_value_that_is_not_a_doi(typed: str, code: str) -> None:
    assert found_codes(judged(PAGE.replace("doi: 10.1234/abc", f"doi: {typed}"), None)) == {code}


def test_two_pages_with_one_doi() -> None:
    site_context = SiteContext(duplicates=("content/publication/y/index.md",))
    (finding,) = judged(site_context=site_context).findings
    assert (finding.code, "content/publication/y/index.md" in finding.message) == ("doi-duplicate", True)


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2027-01-01", "date-future"),
        ("2024", "date-invalid"),
        ('"2024"', "date-invalid"),
        ("2024-04", "date-invalid"),
        ("2024-04-31", "date-invalid"),
        ("2024-04-29T10:00:00Z", None),
    ],
)
def test_dates_that_hide_a_page_or_break_a_build(date: str, code: str | None) -> None:
    found = found_codes(judged(PAGE.replace("date: 2024-04-29", f"date: {date}")))
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("line", "name"),
    [
        pytest.param("publishDate: 2024-15-09", "publishDate 2024-15-09", id="day and month exchanged"),
        pytest.param("publishDate: 2021-2-13T00:00:00Z", "publishDate 2021-2-13T00:00:00Z", id="one digit"),
        pytest.param("publishdate: 2021-02-30", "publishdate 2021-02-30", id="a day that does not exist"),
        pytest.param("lastmod: 2024-04", "lastmod 2024-04", id="lastmod"),
        pytest.param("expiryDate: 2024", "expiryDate 2024", id="a year, read as seconds"),
        pytest.param("publishDate: '2024-04-29'", "", id="a day in quotes"),
        pytest.param("publishDate: 2024-04-29T10:00:00Z", "", id="a day and a time"),
        pytest.param("publishDate: ''", "", id="an empty text"),
        pytest.param("lastmod:", "", id="nothing"),
        pytest.param("year: 2024-15-09", "", id="a key that Hugo does not read as a date"),
        pytest.param("# publishDate: 2024-15-09", "", id="a comment"),
    ],
)
def test_other_dates_that_break_a_build(line: str, name: str) -> None:
    found = judged(PAGE.replace("date: 2024-04-29", f"date: 2024-04-29\n{line}")).findings
    messages = [f"Hugo cannot read the {name} as a day; write it as YYYY-MM-DD"] if name else []
    assert [(each.message, each.ended_by) for each in found] == [(text, "") for text in messages]


@pytest.mark.parametrize(
    ("site", "typed", "told"), [("number", "article-journal", True), ("csl", "2", True), (None, "2", False)]
)
def test_a_type_in_the_other_dialect(site: str | None, typed: str, told: bool) -> None:
    site_context = SiteContext(site_types=site)  # type: ignore[arg-type]  # a row of the table
    found = found_codes(judged(PAGE.replace('["2"]', f'["{typed}"]'), site_context=site_context))
    assert ("type-dialect" in found) is told


@pytest.mark.parametrize(
    ("site", "typed", "recorded", "written", "wanted"),
    [
        pytest.param("number", '["article-journal"]', "posted-content", ["3"], "3", id="a preprint"),
        pytest.param("number", "[article, x]", "journal-article", ["2", "x"], "2", id="the other types stay"),
        pytest.param("csl", '["2"]', "book", ["book"], "book", id="a book in words"),
        pytest.param("number", "[article-journal]", "journal-article", None, "2", id="only another form"),
    ],
)
def test_a_type_in_the_other_dialect_is_corrected_in_the_sites_form(
    site: str, typed: str, recorded: str, written: list[str] | None, wanted: str
) -> None:
    site_context = SiteContext(site_types=site)  # type: ignore[arg-type]  # a row of the table
    page = PAGE.replace('["2"]', typed)
    found = judged(page, work(type=recorded), site_context=site_context)
    new = {each.field: each.new for each in found.changes}
    assert new.get("publication_types") == written
    (message,) = (each.message for each in found.findings if each.code == "type-dialect")
    assert f"write {wanted} instead of" in message


@pytest.mark.parametrize(
    ("containers", "wanted"),
    [
        pytest.param(
            ("Lecture Notes", "Proceedings of the Workshop on Knots"), "1", id="a chapter of proceedings"
        ),
        pytest.param(("A Book of Knots",), "6", id="a chapter of a book"),
    ],
)
def test_the_type_to_write_is_the_one_that_apply_would_write(
    containers: tuple[str, ...], wanted: str
) -> None:
    record = work(type="book-chapter", container_titles=containers, container_titles_short=())
    page = PAGE.replace('["2"]', "[paper-conference]")
    found = judged(page, record, site_context=SiteContext(site_types="number"))
    (message,) = (each.message for each in found.findings if each.code == "type-dialect")
    assert f"write {wanted} instead of paper-conference" in message
    new = [each.new for each in found.changes if each.field == "publication_types"]
    assert new == [[wanted]] * (wanted == "6")


def test_broken_characters_are_named() -> None:
    text = PAGE.replace("abstract: We looked", "abstract: JÃ¶rg MÃ¼ller and I looked")
    assert "mojibake" in found_codes(judged(text))


def test_authors_that_differ_are_named() -> None:
    (finding,) = judged(PAGE.replace("- Chiung-Yu Huang\n", "- Jane Doe\n")).findings
    assert finding.code == "authors-differ"
    assert "Chiung-Yu Huang" in finding.message
    assert "Jane Doe" in finding.message


OWN, RECORDED = "0000-0002-1825-0097", "0000-0001-5109-3700"


@pytest.mark.parametrize(
    ("typed", "profile", "more", "message"),
    [
        pytest.param(
            "- admin", {"admin": Profile("x", ("Yen-Chun Liu",), OWN)}, "",
            f"the profile of admin has ORCID iD {OWN}, the record has {RECORDED}; correct the profile, or"
            " tell the publisher",
            id="an alias, and nothing else differs",
        ),
        pytest.param(
            "- Yen-Chun Liu", {"yen-chun-liu": Profile("x", ("Yen-Chun Liu",), OWN)}, "",
            f"the profile of Yen-Chun Liu has ORCID iD {OWN}, the record has {RECORDED}; correct the profile,"
            " or tell the publisher",
            id="a name, and nothing else differs",
        ),
        pytest.param(
            "- admin", {"admin": Profile("x", ("Yen-Chun Liu",), OWN)}, "- Jane Doe",
            "the authors differ from the record: not in the record: Jane Doe; another ORCID iD: the profile"
            f" of admin has ORCID iD {OWN}, the record has {RECORDED}; compare both lists with the paper",
            id="beside another difference",
        ),
    ],
)  # fmt: skip
def test_two_orcid_ids_of_one_author_are_both_named(
    typed: str, profile: dict[str, Profile], more: str, message: str
) -> None:
    page = PAGE.replace("- Yen-Chun Liu\n", f"{typed}\n").replace("authors:\n", f"authors:\n{more}\n")
    people = [replace(one, orcid=RECORDED) if one.family == "Liu" else one for one in WORK.contributors]
    found = judged(page, work(contributors=tuple(people)), site_context=SiteContext(profiles=profile))
    assert [one.message for one in found.findings if one.code == "authors-differ"] == [message]


def test_an_unknown_alias_is_inferred_and_reported() -> None:
    (finding,) = judged(PAGE.replace("- Yen-Chun Liu\n", "- admin\n")).findings
    assert (finding.code, "Yen-Chun Liu" in finding.message) == ("alias-unknown", True)


def test_every_code_explains_itself_with_something_to_do() -> None:
    assert len(list_finding_codes()) >= 21
    for code in list_finding_codes():
        assert "What to do:" in str(explain_finding(code)), code


def test_a_commented_out_key_of_a_kept_field_is_not_news() -> None:
    text = PAGE.replace("doi:", "# publication_short: A Short One\ndoi:")
    assert "commented-out" not in found_codes(judged(text))
    assert "commented-out" in found_codes(judged(text, policies={"publication_short": "fill"}))


@pytest.mark.parametrize(
    ("record", "is_reported"),
    [
        pytest.param(WORK, True, id="the record has an abstract"),
        pytest.param(work(abstract=""), False, id="the record has none"),
        pytest.param(work(abstract="No abstract available"), False, id="the record's is none"),
        pytest.param(None, False, id="there is no record"),
        pytest.param(OTHER, False, id="the record is another work's"),
    ],
)
def test_a_commented_out_key_is_news_only_if_the_record_could_fill_it(
    record: Work | None, *, is_reported: bool
) -> None:
    text = PAGE.replace("doi:", "# abstract: Our own words\ndoi:").replace("\nabstract:", "\nx:")
    assert ("commented-out" in found_codes(judged(text, record))) == is_reported


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("- Somebody Else", "authors-differ", id="another author"),
        pytest.param('url_pdf: "https://doi.org/10.9999/other"', "link-other-work", id="another work's link"),
    ],
)
def test_a_pinned_key_has_no_findings(line: str, code: str) -> None:
    text = PAGE.replace("date:", f"{line}\ndate:")
    assert code in found_codes(judged(text))
    key = "authors:" if line.startswith("-") else line
    assert code not in found_codes(judged(text.replace(key, f"{key} # enrich: keep", 1)))


def test_a_notice_by_the_journal_itself_is_not_a_retracted_work() -> None:
    notice = work(titles=(f"Retracted: {WORK.title}",), contributors=(Person("Advances", "Blood"),))
    assert "retracted" not in found_codes(judged(PAGE.replace("Kevin R Reyes", "Blood Advances"), notice))


def test_people_with_a_profile_are_reported_by_name() -> None:
    site_context = SiteContext(profiles={"admin": Profile("admin", ("Ada Okafor",))})
    verdict = judged(PAGE.replace("- Kevin R Reyes", "- admin\n- Kevin R Reyes"), site_context=site_context)
    (finding,) = verdict.findings
    assert "not in the record: admin (Ada Okafor)" in finding.message


def test_one_family_name_does_not_make_another_paper_the_same() -> None:
    page = PAGE.replace("A careful study of Danio rerio in H2O", "Crystals and their packing").replace(
        "- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang", "- W.-B. Huang\n- Mary Reyes\n- Ann Smith"
    )
    assert "doi-mismatch" in found_codes(judged(page))
    one_shared = page.replace("Ann Smith", "Chiung-Yu Huang")
    assert "doi-mismatch" not in found_codes(judged(one_shared))


@pytest.mark.parametrize(
    "authors",
    [
        pytest.param("- 王伟\n- 李小红\n", id="another script"),
        pytest.param("- Иванов И. И.\n", id="Cyrillic"),
        pytest.param("- et al.\n", id="only that there are some"),
        pytest.param("- Bob Reyes\n", id="a nickname, the family is right"),
    ],
)
def test_names_that_cannot_be_compared_say_nothing_of_the_doi(authors: str) -> None:
    page = PAGE.replace("A careful study of Danio rerio in H2O", "Eine Arbeit über Zebrabärblinge")
    page = page.replace("- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n", authors)
    assert "doi-mismatch" not in found_codes(judged(page))


@pytest.mark.parametrize(
    "people",
    [(Person("", "Ada"),), (Person(",", "B."), Person("Smith", "")), (Person("…", ""),), ()],
    ids=["only a given name", "a comma for a family", "no letter at all", "nobody"],
)
def test_odd_names_of_a_record_break_nothing(people: tuple[Person, ...]) -> None:
    page = PAGE.replace("A careful study of Danio rerio in H2O", "Eine Arbeit über Zebrabärblinge")
    for authors in ("- Kevin R Reyes\n", "- 王伟\n", "- '...'\n", "- '1, 2'\n"):
        text = page.replace("- Kevin R Reyes\n- Yen-Chun Liu\n- Chiung-Yu Huang\n", authors)
        assert judged(text, work(contributors=people)).changes is not None


def test_a_group_does_not_contradict_people() -> None:
    record = work(contributors=(Person(literal="ALICE Collaboration"),))
    page = PAGE.replace("A careful study of Danio rerio in H2O", "Eine Arbeit über Zebrabärblinge")
    assert "doi-mismatch" not in found_codes(judged(page, record))
