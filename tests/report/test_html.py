"""The HTML report without a browser: its parts as numbers, its data, its policy."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from html import unescape
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.page import FrontMatter, Page
from enrich.model.plan import Candidate, Change, Failed, Finding, Outcome, Plan, Skipped
from enrich.report.html import render
from enrich.report.parts.charts import build_bars, build_ring, build_year_columns
from enrich.report.parts.inline_html import keep_options, render_inline
from enrich.report.parts.labels import SEVERITIES
from enrich.report.parts.page_cards import build_cards
from enrich.report.parts.page_state import decide_page_state
from tests.support.html_policy import assert_policy_fits
from tests.support.reports import EVERYTHING, change, data_of, page, report

ERROR, WARNING, NOTE = (Finding(name, name, "x") for name in SEVERITIES)
SAFE, ASKING = change("a", "b", level="safe"), change("a", "b")


NUMBERS = count(1)  # of DOIs: pages that share one are one publication


def plan(
    *entries: Change | Finding,
    source: str | None = "crossref",
    date: str = "",
    path: str = "a.md",
    doi: str = "",
) -> Plan:
    """Return a page with these changes and findings."""
    changes = tuple(entry for entry in entries if isinstance(entry, Change))
    findings = tuple(entry for entry in entries if isinstance(entry, Finding))
    front = FrontMatter("yaml", {"title": "T", "date": date}, 0, 0, {})
    return Plan(
        Page(path, "before\n", front),
        "after\n",
        doi=doi or f"10.5555/{next(NUMBERS)}",
        source=source,
        source_name="Crossref" if source else "",
        changes=changes,
        findings=findings,
    )


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        pytest.param(Failed("a.md", "why", changes=(SAFE,)), "failed", id="failed"),
        pytest.param(Skipped("a.md", "why"), "skipped", id="skipped"),
        pytest.param(plan(ERROR, ASKING), "error", id="an error before all"),
        pytest.param(plan(WARNING, SAFE), "you", id="a warning"),
        pytest.param(plan(SAFE, ASKING), "you", id="one that needs a look"),
        pytest.param(plan(change("a", "b", refused="no")), "you", id="a refused one"),
        pytest.param(plan(SAFE, NOTE), "safe", id="safe ones"),
        pytest.param(plan(replace(SAFE, status="written")), "done", id="written"),
        pytest.param(plan(replace(ASKING, status="kept")), "done", id="kept"),
        pytest.param(plan(NOTE), "same", id="a note alone"),
        pytest.param(plan(source=None), "none", id="no record"),
        pytest.param(replace(plan(NOTE), skipped_because="generated"), "skipped", id="generated"),
        pytest.param(
            replace(plan(ERROR), skipped_because="generated"), "error", id="generated, with an error"
        ),
    ],
)
def test_state(outcome: Outcome, state: str) -> None:
    assert decide_page_state(outcome) == state


def test_cards_have_the_most_severe_first_and_their_filter_words() -> None:
    shown = build_cards(
        [plan(path="z.md", date="2019-01-02"), plan(ERROR, ASKING, path="y.md"), plan(path="a.md")]
    )
    assert [card.paths[0] for card in shown] == ["y.md", "z.md", "a.md"]
    assert shown[0].tags == ("state:error", "code:error", "field:title")
    assert shown[1].tags == ("state:same", "year:2019")


def test_proposals_are_numbered_as_the_data_has_them() -> None:
    written = replace(SAFE, status="written")
    shown = build_cards([plan(), plan(written, SAFE, change("x", "y", refused="no"), ASKING, path="b.md")])
    [card] = [card for card in shown if card.rows]
    assert sorted((row.key, row.label) for row in card.rows) == [
        ("0.-1", "cannot be written"),
        ("0.-1", "written"),
        ("0.0", "safe"),
        ("0.1", "needs review"),
    ]


def test_the_changes_of_a_set_name_it_once() -> None:
    parts = [replace(change("a", "b", key=(key,)), set_name="published-version") for key in ("date", "doi")]
    [card] = build_cards([plan(*parts)])
    [row] = card.rows
    assert row.description == "2 changes that belong together (set published-version)"
    assert [one.description for one in row.members] == ["date as published", "doi as published"]


@pytest.mark.parametrize(
    ("source", "heading"), [("crossref", "Crossref"), (None, "Found")], ids=["of a record", "of a search"]
)
def test_the_proposed_value_has_a_heading(source: str | None, heading: str) -> None:
    [card] = build_cards([plan(ASKING, source=source)])
    assert card.theirs == heading


def test_each_state_and_each_severity_has_a_colour_of_its_own() -> None:
    style = render(report(plan()))
    for shape in ("rect", "circle"):
        colours = dict(re.findall(rf"{shape}\.(\w+) {{ (?:fill|stroke): var\(--(c-\w+)\)", style))
        states = [name for name in colours if name not in SEVERITIES]
        assert len({colours[name] for name in states}) == len(states)
        notes = {colours[name] for name in SEVERITIES if name in colours}
        assert not notes & {colours["none"], colours["skipped"], colours["same"], colours["failed"]}


def test_the_data_have_the_values_that_a_decision_needs() -> None:
    shown = replace(
        report(plan(SAFE), plan(replace(SAFE, status="written"), ASKING, path="b.md")), command="enrich x"
    )
    data = data_of(render(shown))
    before, after = (hashlib.sha256(text).hexdigest() for text in (b"before\n", b"after\n"))
    row = {"field": "title", "key": ["title"], "old": "a", "new": "b"}
    assert data == {
        "tool": "enrich 0.1.0",
        "command": "enrich x",
        "pages": [
            {"path": "a.md", "sha256": before, "changes": [row]},
            {"path": "b.md", "sha256": after, "changes": [row]},
        ],
    }


@pytest.mark.parametrize(
    ("codes", "errors"),
    [
        pytest.param(["page-generated", "commented-out"], (), id="a finding says so"),
        pytest.param(["commented-out"], ("generated by R",), id="that finding is ignored"),
    ],
)
def test_the_reason_of_a_skipped_page_is_told_once(codes: list[str], errors: tuple[str, ...]) -> None:
    findings = [replace(NOTE, code=code) for code in codes]
    outcomes = [replace(plan(*findings), skipped_because="generated by R")]
    assert [card.errors for card in build_cards(outcomes)] == [errors]
    everywhere = frozenset((finding.severity, finding.code) for finding in findings)
    assert [card.errors for card in build_cards(outcomes, everywhere)] == [("generated by R",)]


def test_the_ring_is_whole() -> None:
    parts = build_ring(build_cards([plan(), plan(), plan(SAFE), Failed("x", "y")]))
    assert [(part.name, part.count, part.start, part.size) for part in parts] == [
        ("not read or written", 1, 0, 25),
        ("safe changes only", 1, 25, 25),
        ("in order", 2, 50, 50),
    ]


def test_bars_have_the_most_severe_first_then_the_most_frequent() -> None:
    found = [Finding("b", "warning", "x"), Finding("c", "warning", "x"), Finding("a", "error", "x")]
    parts = build_bars(build_cards([plan(*found), plan(found[1])]))
    assert [(part.name, part.count, part.size) for part in parts] == [
        ("a", 1, 50),
        ("c", 2, 100),
        ("b", 1, 50),
    ]


def test_years_have_no_gap_and_an_end() -> None:
    dates = [("2001-02-03", ERROR), ("2003", NOTE), ("2003-01", NOTE), ("someday", NOTE)]
    years = build_year_columns(build_cards([plan(entry, date=date) for date, entry in dates]))
    assert [(year.name, year.count, year.parts) for year in years] == [
        ("2001", 1, (("error", 1, 50, 50),)),
        ("2002", 0, ()),
        ("2003", 2, (("same", 2, 0, 100),)),
    ]
    long = build_year_columns(build_cards([plan(date="1901-01-01"), plan(date="2020-01-01")]))
    assert (len(long), long[0].name, long[0].count, long[-1].name) == (30, "up to 1991", 1, "2020")
    assert build_year_columns(build_cards([plan()])) == []


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(report(), id="no page"),
        pytest.param(report(plan()), id="one page in order"),
        pytest.param(report(Skipped("a.md", "x")), id="one page left alone"),
        pytest.param(EVERYTHING, id="everything"),
    ],
)
def test_every_report_is_a_page_under_its_policy(shown: Any) -> None:  # noqa: ANN401
    assert_policy_fits(render(shown))


def test_a_malformed_doi_is_not_a_link() -> None:
    text = render(report(Plan(page(), "", doi='10.5555/x"><a href="//evil.example')))
    assert "doi.org/10" not in text


EN, DE, PT = "content/en/publication/a/index.md", "content/de/publication/a/index.md", "x/a.pt.md"
PAIR = tuple(replace(change("a", "b", key=(key,)), set_name="published-version") for key in ("date", "doi"))
EMPTY = change("", "b", level="safe", line=3)


@pytest.mark.parametrize(
    ("pages", "rows"),
    [
        pytest.param({DE: [SAFE], EN: [SAFE]}, [("0.0 1.0", [(DE, 3), (EN, 3)])], id="by folder"),
        pytest.param(
            {"x/a.md": [SAFE], "x/a.de.md": [SAFE], PT: [SAFE]},
            [("0.0 1.0 2.0", [("x/a.md", 3), ("x/a.de.md", 3), (PT, 3)])],
            id="by name, three of them",
        ),
        pytest.param(
            {DE: [ASKING, EMPTY], EN: [replace(EMPTY, old=None, line=9)]},
            [("0.0", [(DE, 3)]), ("0.1 1.0", [(DE, 3), (EN, 9)])],
            id="an empty key and none, on other lines",
        ),
        pytest.param({DE: [*PAIR], EN: [*PAIR]}, [("0.0 1.0", [(DE, 3), (EN, 3)])], id="a set"),
        pytest.param(
            {DE: [*PAIR], EN: [PAIR[0]]}, [("0.0", [(DE, 3)]), ("1.0", [(EN, 3)])], id="other sets"
        ),
        pytest.param(
            {DE: [change("Titel", "b")], EN: [change("Title", "b")]},
            [("0.0", [(DE, 3)]), ("1.0", [(EN, 3)])],
            id="other values on the pages",
        ),
        pytest.param(
            {DE: [change("a", "b", is_new=False)], EN: [ASKING]},
            [("1.0", [(EN, 3)]), ("0.0", [(DE, 3)])],
            id="one of them was reported before",
        ),
        pytest.param(
            {DE: [replace(SAFE, status="written")], EN: [replace(SAFE, status="written")]},
            [("-1.-1 -1.-1", [(DE, 3), (EN, 3)])],
            id="written",
        ),
        pytest.param(
            {DE: [ASKING], "content/en/publication/b/index.md": [ASKING]},
            [("0.0", [(DE, 3)]), ("1.0", [("content/en/publication/b/index.md", 3)])],
            id="two pages that are no translations",
        ),
    ],
)  # fmt: skip
def test_translations_are_one_card_with_one_row_for_what_they_share(
    pages: dict[str, list[Change]], rows: list[tuple[str, list[tuple[str, int]]]]
) -> None:
    [card] = build_cards(
        [plan(*map(replace, each), path=path, doi="10.5555/1") for path, each in pages.items()]
    )
    assert card.paths == tuple(pages)
    assert [(row.key, [(place.path, place.line) for place in row.places]) for row in card.rows] == rows


def test_a_record_in_doubt_for_one_translation_alone_is_a_row_of_its_own() -> None:
    sure, unsure = (plan(replace(ASKING), path=path, doi="10.5555/1") for path in (DE, EN))
    [card] = build_cards([sure, replace(unsure, identity="doubt")])
    assert [(row.key, row.is_doubtful) for row in card.rows] == [("0.0", False), ("1.0", True)]


def test_a_finding_of_translations_is_one() -> None:
    error = Finding("retracted", "error", "The paper was retracted.")
    [card] = build_cards([plan(error, path=path, doi="10.5555/1") for path in ("a.de.md", "a.md")])
    assert [remark.also for remark in card.remarks] == [("a.md",)]


def test_every_page_of_a_change_is_named_with_its_line() -> None:
    text = render(
        report(
            *(plan(replace(SAFE, line=line), path=path, doi="10.5555/1") for path, line in ((DE, 4), (EN, 0)))
        )
    )
    text_of_set = render(report(*(plan(*PAIR, path=path, doi="10.5555/1") for path in (DE, EN))))
    assert re.findall('<p class="whose">(.*?)</p>', text_of_set) == ["These pages", "Crossref"] * 2
    [places] = re.findall(r'</h4>\n<p class="meta">(.*?)</p>', text)
    assert places == f"<span>line 4 of <code>{DE}</code></span><span><code>{EN}</code></span>"
    assert re.findall('<p class="whose">(.*?)</p>', text) == ["These pages", "Crossref"]


CANDIDATE = Candidate("10.5555/x", "Ice", ("Ada Okafor",), 2020, "book", "Ice", "search", "unsure", ("why",))
OFFER = Change("doi", ("doi",), "fill", "review", "", "10.5555/x", "why", baseline_value="10.5555/x")


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        pytest.param((DE, EN), [((DE, EN), "0.0 1.0")], id="of translations"),
        pytest.param(("a.md",), [(("a.md",), "0.0")], id="of one page"),
    ],
)
def test_a_doi_that_was_found_is_asked_about_once(paths: tuple[str, ...], shown: list[object]) -> None:
    cards = build_cards(
        [
            replace(plan(path=path), doi="", candidates=(CANDIDATE,), offers=(replace(OFFER),))
            for path in paths
        ]
    )
    assert [(each.paths, each.key) for card in cards for each in card.candidates] == shown


def test_a_service_that_is_down_is_reported_once() -> None:
    failed = Finding("lookup-failed", "warning", "Crossref did not answer")
    text = render(report(*(plan(failed, source=None, path=path) for path in ("a.md", "b.md"))))
    assert text.count("Crossref did not answer") == 1
    assert 'class="shared"' in text
    assert "2 not compared" in text


def test_the_page_has_the_day_and_the_meaning_of_its_findings() -> None:
    meaning = "retracted (error)\n\nThe work was retracted.\n\nWhat to do: say so\non the page."
    meaning += "\n\nWhat `apply` does: nothing."
    shown = replace(EVERYTHING, day="2026-01-31", explanations={"retracted": meaning})
    text = render(shown)
    assert '<time datetime="2026-01-31">2026-01-31</time>' in text
    assert 'href="#meaning-retracted"' in text
    assert "<p>The work was retracted.</p>" in text
    assert "<p><strong>What to do:</strong> say so on the page.</p>" in text
    assert "<p><strong>What <code>apply</code> does:</strong> nothing.</p>" in text
    assert 'href="#meaning-commented-out"' not in text, "a code without an explanation is no link"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a & b < c", "a &amp; b &lt; c", id="nothing to do"),
        pytest.param(
            "CO<sub>2</sub> and x<sup>2</sup>", "CO<sub>2</sub> and x<sup>2</sup>", id="below and above"
        ),
        pytest.param("an <i>in vitro</i> study", "an <em>in vitro</em> study", id="a tag for emphasis"),
        pytest.param("*In vitro*, **bold**", "<em>In vitro</em>, <strong>bold</strong>", id="Markdown"),
        pytest.param("<i>a<sub>1</sub></i>", "<em>a<sub>1</sub></em>", id="one inside the other"),
        pytest.param("2 * 3 * 4, a*b*c", "2 * 3 * 4, a*b*c", id="stars that mark nothing"),
        pytest.param("<sub>open", "&lt;sub&gt;open", id="a tag without its end"),
        pytest.param('<span class="x">a</span>', "a", id="a tag that formats nothing is dropped"),
        pytest.param("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", id="any other tag is text"),
        pytest.param('<i onclick="x">a</i>', "&lt;i onclick=&#34;x&#34;&gt;a&lt;/i&gt;", id="an attribute"),
    ],
)
def test_formatting_is_shown_and_nothing_else_is(text: str, shown: str) -> None:
    assert render_inline(text) == shown


def test_a_value_that_differs_in_formatting_alone_is_shown_as_typed() -> None:
    [card] = build_cards([plan(change("Nature", "*Nature*"))])
    assert card.rows[0].sides == ("<del>Nature</del>", "<ins>*Nature*</ins>")


@given(
    st.lists(
        st.sampled_from('<i> </i> <sub> </sub> * ** <b> </b> a < & " <script>'.split()), max_size=40
    ).map("".join)
)
def test_only_formatting_gets_through(text: str) -> None:
    shown = re.sub(r"</?(?:em|strong|sub|sup)>", "", str(render_inline(text)))
    assert not re.search(r"[<>\"]", shown)


def test_a_long_row_of_tags_takes_no_time() -> None:
    assert len(render_inline("<i>" * 20_000 + "*" * 20_000)) > 20_000


@pytest.mark.parametrize(
    ("text", "options"),
    [
        pytest.param("use --fill-commented", ["--fill-commented"], id="at the end"),
        pytest.param("--records and --offline.", ["--records", "--offline"], id="two of them"),
        pytest.param("(--all)", ["--all"], id="in brackets"),
        pytest.param("--report=html:x", ["--report"], id="with a value"),
        pytest.param("pages 1--2", [], id="a range"),
        pytest.param("text -- more", [], id="a dash"),
        pytest.param("a--b", [], id="a dash between words"),
        pytest.param("---\ntitle", [], id="a fence"),
        pytest.param("--Records", [], id="no option has capitals"),
        pytest.param("-v lists them", [], id="a letter has nothing to break"),
        pytest.param("--<b>", [], id="markup"),
    ],
)
def test_an_option_is_kept_on_one_line(text: str, options: list[str]) -> None:
    shown = keep_options(text)
    assert re.findall('<span class="option">(.*?)</span>', shown) == options
    assert unescape(re.sub("</?span[^>]*>", "", shown)) == text


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        pytest.param((ERROR, WARNING, NOTE), ["error", "warning", "note"], id="all"),
        pytest.param((ERROR,), ["error"], id="one"),
        pytest.param((NOTE, WARNING), ["warning", "note"], id="two"),
        pytest.param((), [], id="none"),
    ],
)
def test_the_key_of_the_bars_has_the_severities_that_they_have(
    entries: tuple[Finding, ...], shown: list[str]
) -> None:
    text = render(report(plan(*entries)))
    keys = re.findall(r'<p class="key">(<span class="swatch.*?)</p>', text, re.DOTALL)
    assert [re.sub("<.*?>", "", key).split() for key in keys] == [shown] * bool(shown)


def test_a_field_has_the_number_of_its_open_changes_in_the_filter() -> None:
    date = replace(SAFE, field="date", path=("date",))
    pages = [plan(SAFE, date), plan(date), plan(replace(ASKING, status="kept")), plan(*PAIR)]
    twins = [plan(replace(SAFE), *map(replace, PAIR), path=path, doi="10.5555/1") for path in (DE, EN)]
    text = render(report(*pages, *twins))
    options = re.findall(r'<option value="field:([\w-]+)">(.*?)</option>', text)
    assert [shown for _, shown in options] == ["date (2)", "published-version (3)", "title (3)"]
    for name, shown in options:
        keys = re.findall(rf'data-key="([^"]+)" data-label="[^"]+" data-tag="field:{name}"', text)
        assert shown == f"{name} ({sum(len(key.split()) for key in keys)})"


@pytest.mark.parametrize(("identity", "is_doubtful"), [("same", False), ("part", False), ("doubt", True)])
def test_a_change_of_a_record_in_doubt_is_marked(identity: Any, is_doubtful: bool) -> None:  # noqa: ANN401
    text = render(report(replace(plan(ASKING), identity=identity)))
    assert (" data-doubtful>" in text) is is_doubtful


@pytest.mark.parametrize("needs_answer", [False, True])
def test_a_change_that_needs_an_answer_is_taken_by_no_button_unseen(needs_answer: bool) -> None:
    text = render(report(plan(replace(ASKING, needs_answer=needs_answer))))
    assert (" data-doubtful>" in text) is needs_answer


def test_the_reason_of_a_failure_shows_code_as_code() -> None:
    text = render(report(Failed("a.md", "TOML: a line that is not `key = value`")))
    assert "a line that is not <code>key = value</code>" in text


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        pytest.param("*Ice*, 1(2), 3-4", "<em>Ice</em>, 1(2), 3-4", id="a journal as a page has it"),
        pytest.param(
            "In **Snow**, https://doi.org/10.5555/abc, <i>in vivo</i>",
            "In <strong>Snow</strong>, <a>https://doi.org/10.5555/abc</a>, <em>in vivo</em>",
            id="tags, and a DOI in between",
        ),
        pytest.param("2 * 3 <b onclick=x>", "2 * 3 &lt;b onclick=x&gt;", id="what is no formatting"),
    ],
)
def test_evidence_has_its_emphasis(evidence: str, shown: str) -> None:
    text = render(report(plan(replace(WARNING, evidence=evidence))))
    [found] = re.findall(r'<p class="evidence">See: (.*?)</p>', text, re.DOTALL)
    assert re.sub("<a [^>]*>", "<a>", found).strip() == shown


def test_a_file_that_is_no_page_is_a_notice_and_not_a_card() -> None:
    unwritten = Failed("cache/baseline.jsonl", "cannot be written: the `disk` is <full>", is_page=False)
    text = render(report(plan(path="a.md"), unwritten))
    [notice] = re.findall(r'<section class="shared">(.*?)</section>', text, re.DOTALL)
    assert notice == (
        '<p><span class="badge error">not written</span> <code>cache/baseline.jsonl</code></p>\n'
        "<p>cannot be written: the <code>disk</code> is &lt;full&gt;</p>\n"
    )
    assert len(re.findall("<article", text)) == 1
    assert '<p class="lead">1 page, 1 with a DOI · cache/baseline.jsonl not written</p>' in text
    assert 'aria-label="1 publication: 1 in order"' in text
