"""The report for a person: whole texts in, whole texts out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.page import Remote
from enrich.model.plan import Change, Failed, Finding, Plan, Severity, Skipped
from enrich.model.report import Display, Report
from enrich.report.text import EARLIER_REPORT, render
from tests.support.reports import DOI, EVERYTHING, change, page, report

NOTE = Finding("commented-out", "note", "An abstract is commented out.", 9)
ERROR = Finding("retracted", "error", "The paper was retracted.", 4, "Retraction Watch")
WARNING = Finding("link-other-work", "warning", "url_pdf leads to another paper.", 45)
PATH = "content/publication/a/index.md"


def of_page(*entries: Change | Finding, doi: str = "") -> Report:
    """Return the report on one page with these changes and findings."""
    changes = tuple(entry for entry in entries if isinstance(entry, Change))
    findings = tuple(entry for entry in entries if isinstance(entry, Finding))
    return report(
        Plan(
            page(),
            "",
            doi=doi,
            source="crossref" if doi else None,
            source_name="Crossref" if doi else "",
            changes=changes,
            findings=findings,
        )
    )


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        pytest.param(report(), "0 pages, 0 with a DOI · nothing to do\n", id="no page at all"),
        pytest.param(
            report(Plan(page(), "", doi=DOI)),
            "1 page, 1 with a DOI · nothing to do\n",
            id="a page that is well",
        ),
        pytest.param(
            of_page(change("A towards B", "A toward B"), doi=DOI),
            f"""\
https://doi.org/{DOI} (Crossref)
{PATH}:3: needs review: title: differs from the record
    | A [-towards-] {{+toward+}} B
    why: one word differs

1 page, 1 with a DOI · 1 needs review
""",
            id="a title that differs",
        ),
        pytest.param(
            of_page(change(["0"], ["2"], key=("publication_types",), kind="fill", level="safe")),
            f"""\
{PATH}:3: safe: fill in publication_types
    | [-0-] {{+2+}}
    why: one word differs

1 page, 0 with a DOI · 1 safe to write
""",
            id="an empty type",
        ),
        pytest.param(
            of_page(
                change(
                    "", Remote("New.", "*", "*"), kind="fill", level="safe", status="written", is_new=False
                )
            ),
            f"""\
{PATH}:3: written: title filled in
    | {{+*New.*+}}
    why: one word differs

1 page, 0 with a DOI · 1 change written
""",
            id="a change that this run wrote is shown, although it is not news",
        ),
        pytest.param(
            of_page(
                change(
                    "",
                    "x",
                    key=("hugoblox", "ids", "doi"),
                    field="doi",
                    kind="normalise",
                    line=0,
                    refused="no",
                )
            ),
            f"""\
{PATH}: cannot be written: tidy hugoblox.ids.doi
    | {{+x+}}
    why not: no
    why: one word differs

1 page, 0 with a DOI · 1 cannot be written
""",
            id="a refused change has its reason, and an unknown line is omitted",
        ),
        pytest.param(
            of_page(change("a", "b", key=("Journal",), field="publication", kind="conflict")),
            f"""\
{PATH}:3: needs review: Journal: changed on the page and in the record
    (publication)
    | [-a-] {{+b+}}
    why: one word differs

1 page, 0 with a DOI · 1 needs review
""",
            id="a field that is called otherwise than its key",
        ),
        pytest.param(
            of_page(NOTE, WARNING, change("a", "b"), ERROR),
            f"""\
{PATH}:4: error[retracted] The paper was retracted.
    see: Retraction Watch
{PATH}:3: needs review: title: differs from the record
    | [-a-] {{+b+}}
    why: one word differs
{PATH}:45: warning[link-other-work] url_pdf leads to another paper.
{PATH}:9: note[commented-out] An abstract is commented out.

1 page, 0 with a DOI · 1 needs review · 1 error, 1 warning, 1 note
""",
            id="errors, then what to do, then warnings, then notes",
        ),
        pytest.param(
            of_page(
                change("a", "b", is_new=False), Finding("retracted", "error", "x", 4, is_new=False), WARNING
            ),
            f"""\
{PATH}:45: warning[link-other-work] url_pdf leads to another paper.
{PATH}: reported before: error[retracted], title (needs review)

1 page, 0 with a DOI · 1 needs review · 1 error, 1 warning
""",
            id="what was reported before is one line",
        ),
        pytest.param(
            report(
                Plan(page("old.md"), "", findings=(Finding("x", "warning", "m", is_new=False),)),
                Plan(page("new.md"), "", findings=(Finding("x", "warning", "m"),)),
            ),
            """\
new.md: warning[x] m

old.md: reported before: warning[x]

2 pages, 0 with a DOI · 2 warnings
""",
            id="pages with news come first",
        ),
        pytest.param(
            report(
                *(Skipped(f"{name}.md", "`enrich: false`") for name in "abcde"), Failed("x.md", "not UTF-8")
            ),
            """\
skipped: `enrich: false`: a.md, b.md, c.md and 2 more (-v lists them)

x.md: failed: not UTF-8

6 pages, 0 with a DOI · 5 skipped, 1 failed
""",
            id="skipped pages by their reason, failed ones last",
        ),
        pytest.param(
            report(Skipped("a.md", "x"), Failed("cache/baseline.jsonl", "the disk is full", is_page=False)),
            """\
skipped: x: a.md

cache/baseline.jsonl: failed: the disk is full

1 page, 0 with a DOI · 1 skipped, cache/baseline.jsonl not written
""",
            id="what enrich remembers is no page",
        ),
        pytest.param(
            report(Failed("x.md", "full"), Failed("cache/baseline.jsonl", "full", is_page=False)),
            """\
failed: full: x.md, cache/baseline.jsonl

1 page, 0 with a DOI · 1 failed, cache/baseline.jsonl not written
""",
            id="a page and what enrich remembers",
        ),
    ],
)
def test_the_whole_text(shown: Report, text: str) -> None:
    assert render(shown) == text


LONG_MESSAGE = "the authors differ from the record: missing: Michael Hauer and Jennifer A. Doudna"


@pytest.mark.parametrize(
    ("entry", "width", "text"),
    [
        pytest.param(
            Finding("authors-differ", "warning", LONG_MESSAGE, 3, "Crossref, 2026"),
            60,
            f"""\
{PATH}:3: warning[authors-differ]
    the authors differ from the record: missing: Michael
    Hauer and Jennifer A. Doudna
    see: Crossref, 2026
""",
            id="a finding",
        ),
        pytest.param(
            change("one two three four five six", "one 2 three four 5 six", reason="two words differ here"),
            25,
            f"""\
{PATH}:3:
    needs review: title:
    differs from the
    record
    | one [-two-] {{+2+}}
    | three four [-five-]
    | {{+5+}} six
    why: two words differ
        here
""",
            id="a change, its values and its reason",
        ),
        pytest.param(
            Finding("x", "note", "a ::error:: b"), 35, f"{PATH}:\n    note[x] a ::error:: b\n", id="a command"
        ),
    ],
)
def test_lines_break_between_words_at_the_width_of_the_terminal(
    entry: Change | Finding, width: int, text: str
) -> None:
    assert render(of_page(entry), Display(width=width, verbose=-1)) == text


def test_a_next_step_that_is_too_long_has_its_purpose_on_a_line_of_its_own() -> None:
    text = render(report(hint="enrich apply a/long/path  # writes the safe change"), Display(width=40))
    assert text.endswith("\nNext: enrich apply a/long/path\n        # writes the safe change\n")


def test_a_long_command_does_not_move_the_purposes_of_the_short_ones() -> None:
    hint = (
        "enrich apply a/long/path --records b  # writes the safe change\n"
        "enrich explain retracted              # says what it means\n"
        "enrich find x                         # searches"
    )
    assert (
        render(report(hint=hint), Display(width=54)).partition("Next: ")[2]
        == """\
enrich apply a/long/path --records b
        # writes the safe change
      enrich explain retracted  # says what it means
      enrich find x             # searches
"""
    )


def make_twins(*entries: Change | Finding) -> Report:
    """Return the report on a page in two languages that share their changes and findings."""
    changes = tuple(entry for entry in entries if isinstance(entry, Change))
    findings = tuple(entry for entry in entries if isinstance(entry, Finding))
    names = ("a/index.de.md", "a/index.md")
    return report(*(Plan(page(name), "", doi=DOI, changes=changes, findings=findings) for name in names))


def test_an_entry_of_two_translations_names_both_pages() -> None:
    assert (
        render(make_twins(change("a", "b"), ERROR))
        == f"""\
https://doi.org/{DOI}
a/index.de.md:4: error[retracted] The paper was retracted.
    also on: a/index.md:4
    see: Retraction Watch
a/index.de.md:3: needs review: title: differs from the record
    also on: a/index.md:3
    | [-a-] {{+b+}}
    why: one word differs

2 pages, 2 with a DOI · 2 need review · 1 error
"""
    )


def make_duplicates(*names: str, is_new: bool = True) -> list[Plan]:
    """Return pages that share a DOI, each with the finding that names the others."""
    plans = []
    for name in names:
        others = tuple(other for other in names if other != name)
        message = f"this DOI is also on {', '.join(others)}"
        finding = Finding("doi-duplicate", "warning", message, 2, is_new=is_new, other_pages=others)
        plans.append(Plan(page(name), "", doi=DOI, changes=(change("a", "b"),), findings=(finding,)))
    return plans


def test_a_doi_on_two_pages_is_one_finding_and_the_pages_stay_apart() -> None:
    assert (
        render(report(*make_duplicates("a.md", "b.md")))
        == f"""https://doi.org/{DOI}
a.md:3: needs review: title: differs from the record
    | [-a-] {{+b+}}
    why: one word differs
a.md:2: warning[doi-duplicate] this DOI is also on b.md

https://doi.org/{DOI}
b.md:3: needs review: title: differs from the record
    | [-a-] {{+b+}}
    why: one word differs

2 pages, 2 with a DOI · 2 need review · 1 warning
"""
    )


@pytest.mark.parametrize(
    ("plans", "count"),
    [
        pytest.param(make_duplicates("a.md", "b.md", "c.md", "d.md"), 1, id="four pages with one DOI"),
        pytest.param(
            [*make_duplicates("a.md", "b.md"), *make_duplicates("c.md", "d.md")], 2, id="two pairs of pages"
        ),
        pytest.param(make_duplicates("a.md", "b.md")[1:], 1, id="a run about the second page only"),
        pytest.param(
            [*make_duplicates("a.md", "b.md")[:1], Plan(page("b.md"), "", doi=DOI)],
            1,
            id="ignored on the second page",
        ),
        pytest.param(
            [
                *make_duplicates("a.md", "b.md", is_new=False)[:1],
                *make_duplicates("a.md", "b.md")[1:],
            ],
            2,
            id="reported before on the first page, news on the second",
        ),
        pytest.param(
            [Plan(page(name), "", findings=(WARNING,)) for name in "ab"], 2, id="a finding about one page"
        ),
    ],
)
def test_a_finding_about_several_pages_is_counted_once(plans: list[Plan], count: int) -> None:
    text = render(report(*plans), Display(verbose=1))
    assert len(re.findall(r"warning\[[a-z-]+\]", text)) == count
    assert text.rstrip().endswith(f"{count} warning{'s' * (count > 1)}")


def test_pages_that_failed_for_one_reason_are_one_entry() -> None:
    failures = [Failed(f"{number}.md", "the disk is full") for number in range(5)]
    assert (
        render(
            report(*failures, Failed("x.md", "a tab for indent", 7), Failed("y.md", "a tab for indent", 7))
        )
        == """\
failed: the disk is full: 0.md, 1.md, 2.md and 2 more (-v lists them)

x.md:7: failed: a tab for indent

y.md:7: failed: a tab for indent

7 pages, 0 with a DOI · 7 failed
"""
    )
    assert "2.md, 3.md, 4.md\n" in render(report(*failures), Display(verbose=1))


def test_a_service_that_is_down_is_one_entry() -> None:
    failed = Finding("lookup-failed", "warning", "not compared: Crossref did not answer", 5)
    pages = [
        Plan(page(f"{number}.md"), "", doi=f"10.5555/{number}", findings=(failed,)) for number in range(5)
    ]
    assert (
        render(report(*pages))
        == """\
warning[lookup-failed] on 5 pages: 0.md, 1.md, 2.md and 2 more (-v lists them)
    not compared: Crossref did not answer

5 pages, 5 with a DOI · 5 warnings
"""
    )


def test_evidence_that_the_message_has_already_is_not_repeated() -> None:
    finding = Finding("retracted", "error", "retracted: https://doi.org/10.5555/1", 4, "10.5555/1")
    assert "see:" not in render(of_page(finding))


def test_v_unfolds_earlier_news() -> None:
    old = of_page(change("a", "b", is_new=False))
    assert "reported before: title" in render(old)
    assert "| [-a-] {+b+}" in render(old, Display(verbose=1))


def test_v_shows_long_values_whole() -> None:
    long = of_page(change("", "word " * 200))
    assert "148 more words" in render(long)
    assert (
        render(long, Display(verbose=1)).count("word") - render(long, Display(verbose=1)).count("one word")
        == 200
    )


def test_a_note_that_many_pages_share_is_one_line() -> None:
    pages = [
        Plan(page(f"{number:02}.md"), "", findings=(Finding("doi-missing", "note", "No DOI."),))
        for number in range(12)
    ]
    assert render(report(*pages)).startswith(
        "note[doi-missing] on 12 pages: 00.md, 01.md, 02.md and 9 more (-v lists them)\n"
        "    No DOI.\n\n12 pages"
    )
    assert render(report(*pages), Display(verbose=1)).count("note[doi-missing] No DOI.") == 12


@pytest.mark.parametrize(
    ("messages", "severity", "lines"),
    [
        pytest.param(["No DOI."] * 3, "note", 3, id="three pages keep their lines"),
        pytest.param(["No DOI."] * 4, "note", 1, id="four are one line"),
        pytest.param(["No DOI."] * 8, "note", 1, id="eight too"),
        pytest.param(["No DOI."] * 8, "warning", 8, id="a warning is each page's own"),
        pytest.param(["No DOI."] * 8, "error", 8, id="an error too"),
        pytest.param(list("abcd"), "note", 4, id="each page has words of its own"),
        pytest.param(list("aaaabb"), "note", 6, id="six pages for two texts are few"),
        pytest.param(list("aaaabbb"), "note", 2, id="seven are a line a text"),
        pytest.param(list("aaabbbccc"), "note", 9, id="nine pages for three texts are few"),
        pytest.param(list("aaaabbbccc"), "note", 3, id="ten are a line a text"),
        pytest.param(list("abcdefghij"), "note", 10, id="ten texts keep their lines"),
        pytest.param(list("abcdefghijk"), "note", 1, id="eleven are one line with an example"),
    ],
)
def test_equal_notes_are_one_line(messages: list[str], severity: Severity, lines: int) -> None:
    pages = [
        Plan(page(f"{number:02}.md"), "", findings=(Finding("doi-missing", severity, text),))
        for number, text in enumerate(messages)
    ]
    shown = render(report(*pages))
    assert shown.count(f"{severity}[doi-missing]") == lines
    assert all(f" {text}\n" in shown for text in messages) is (len({*messages}) <= 3 or lines > 3)


def test_a_shared_note_counts_its_pages_and_how_often_it_occurs() -> None:
    notes = [Finding("alias-unknown", "note", f"{name} has no profile") for name in ("@ann", "@jo")]
    several = [Finding("alias-unknown", "note", f"{number} has no profile") for number in range(11)]
    of_two = [Plan(page(f"{name}.md"), "", findings=tuple(notes)) for name in "abcdefg"]
    of_many = [Plan(page(f"{name}.md"), "", findings=tuple(several)) for name in "abcdefghijk"]
    assert render(report(*of_two)).startswith(
        "note[alias-unknown] on 7 pages: a.md, b.md, c.md and 4 more (-v lists them)\n"
        "    @ann has no profile\n"
        "note[alias-unknown] on 7 pages: a.md, b.md, c.md and 4 more (-v lists them)\n"
        "    @jo has no profile\n\n7 pages"
    )
    assert render(report(*of_many)).startswith(
        "note[alias-unknown] 121 times on 11 pages: a.md, b.md, c.md and 8 more (-v lists them)\n"
        "    for example: 0 has no profile\n\n11 pages"
    )


def test_an_offline_run_has_one_line_about_it_and_none_if_quiet() -> None:
    unasked = Finding("lookup-failed", "note", "Not in the cache.")
    shown = report(*(Plan(page(name), "", doi=DOI, findings=(unasked,)) for name in ("a.md", "b.md")))
    assert render(shown).startswith(
        "note[lookup-failed] on 2 pages: a.md, b.md\n    Not in the cache.\n\n2 pages"
    )
    assert render(shown, Display(verbose=-1)) == render(of_page(unasked), Display(verbose=-1)) == ""
    failed = Finding("lookup-failed", "warning", "No answer.")
    assert "No answer." in render(of_page(failed), Display(verbose=-1))


def test_a_shared_note_is_silent_once_it_has_been_shown() -> None:
    shown = Finding("doi-missing", "note", "No DOI.", is_new=False)
    pages = [Plan(page(f"{number:02}.md"), "", findings=(shown,)) for number in range(12)]
    assert render(report(*pages)) == "12 pages, 0 with a DOI · 12 notes\n"


def test_pages_with_nothing_new_are_a_line_for_each_paper() -> None:
    old, other = (Finding(code, "warning", "m", is_new=False) for code in "xy")
    pages = (("en/a.md", DOI, old), ("pt/a.md", DOI, old), ("de/a.md", DOI, other), ("b.md", "10.5/b", old))
    shown = report(*(Plan(page(name), "", doi=doi, findings=(one,)) for name, doi, one in pages))
    assert (
        render(shown)
        == """\
en/a.md, pt/a.md: reported before: warning[x]
de/a.md: reported before: warning[y]
b.md: reported before: warning[x]

4 pages, 4 with a DOI · 3 warnings
"""
    )


@pytest.mark.parametrize(
    "line", ["failed: no: a.md, b.md", "a.md:2: failed: no", "a.md: reported before: date"]
)
def test_a_report_of_such_a_line_alone_is_recognised(line: str) -> None:
    assert EARLIER_REPORT.search(f"{line}\n")


@pytest.mark.parametrize("line", ["title: a failed replication", "reported before", "It failed: twice"])
def test_other_text_is_not_taken_for_an_earlier_report(line: str) -> None:
    assert not EARLIER_REPORT.search(f"{line}\n")


def test_quiet_is_silent_but_for_news_and_errors() -> None:
    old = (Finding("x", "warning", "m", is_new=False), Finding("y", "error", "m", is_new=False))
    assert render(report(Plan(page(), ""), Skipped("s.md", "why")), Display(verbose=-1)) == ""
    assert render(of_page(*old), Display(verbose=-1)) == f"{PATH}: reported before: error[y]\n"
    assert not re.search("1 page|Next", render(of_page(WARNING), Display(verbose=-1)))


def test_the_next_commands_are_at_the_end() -> None:
    text = render(report(hint="enrich apply  # writes\nenrich explain x  # says"))
    assert text.endswith("\nNext: enrich apply      # writes\n      enrich explain x  # says\n")


def test_colour_comes_on_top_of_the_signs() -> None:
    text = render(of_page(change("A towards B", "A toward B")), Display(color=True))
    assert "A \x1b[31m[-towards-]\x1b[0m \x1b[32m{+toward+}\x1b[0m B" in text
    assert "\x1b" not in render(EVERYTHING)


def test_colour_changes_nothing_but_colour() -> None:
    bare = re.sub(r"\x1b\[\d+m", "", render(EVERYTHING, Display(color=True)))
    assert bare == render(EVERYTHING)


HOSTILE: dict[str, Callable[[str], Report]] = {
    "a value": lambda text: of_page(change(text, Remote(text + "x"))),
    "a reason": lambda text: of_page(change("a", "b", reason=text)),
    "a refusal": lambda text: of_page(change("a", "b", refused=text)),
    "a key": lambda text: of_page(change("a", "b", key=(text,), field="title")),
    "a message": lambda text: of_page(Finding("x", "error", text, evidence=text)),
    "a DOI": lambda text: of_page(WARNING, doi=text or "x"),
    "a path": lambda text: report(Failed(f"content/{text}.md", text), Skipped(f"content/{text}.md", text)),
    "an old finding": lambda text: of_page(change("a", "b", field=text or "x", is_new=False)),
    "a hint": lambda text: report(hint=text),
}


@pytest.mark.parametrize("place", HOSTILE)
@given(text=st.text(st.sampled_from("\x1b[31m\x07\x9b\u202e\u200b\ud800\n\r:##[error]vso a"), max_size=30))
def test_no_text_acts_on_the_terminal_or_the_log(place: str, text: str) -> None:
    shown = render(HOSTILE[place](text), Display(verbose=1))
    assert all(letter.isprintable() for letter in shown if letter != "\n")
    assert "##[" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("pages", "codes", "counted"),
    [
        (1, ("en",), "1 note"),
        (1, ("en", "pt"), "1 note"),
        (2, ("en", "pt"), "4 notes"),
        (3, ("en",), "3 notes"),
    ],
)
def test_notes_are_counted_as_they_are_shown(pages: int, codes: tuple[str, ...], counted: str) -> None:
    """Of translations one entry shows a note, and beyond three pages a list names every page."""
    paths = [f"content/{code}/publication/{number}.md" for number in range(pages) for code in codes]
    note = Finding("doi-missing", "note", "No DOI.")
    text = render(report(*(Plan(page(path), "", findings=(note,)) for path in paths)))
    assert f"{len(paths)} page{'s' * (len(paths) > 1)}, 0 with a DOI · {counted}\n" in text


NOTES = [
    Plan(page(f"{number}.md"), "", findings=(Finding("doi-missing", "note", "No DOI.", 3),))
    for number in range(12)
]
ODD = Plan(page("z.md"), "", findings=(Finding("doi-missing", "note", "An empty DOI.", 5),))
TWO = Plan(page("y.md"), "", findings=(ODD.findings[0], ODD.findings[0]))


@pytest.mark.parametrize(
    ("plans", "shown"),
    [
        pytest.param([*NOTES, ODD], "z.md:5: note[doi-missing] An empty DOI.\n", id="on one page"),
        pytest.param([*NOTES, TWO], "note[doi-missing] 2 times on 1 page: y.md\n", id="twice on one page"),
        pytest.param([*NOTES, ODD, TWO], "note[doi-missing] 3 times on 2 pages: y.md, z.md\n", id="on two"),
        pytest.param([*NOTES], "note[doi-missing] on 12 pages: 0.md, 1.md, 10.md and 9 more", id="on all"),
    ],
)
def test_one_page_among_the_notes_of_many_has_a_line_of_its_own(plans: list[Plan], shown: str) -> None:
    text = render(report(*plans))
    assert shown in text
    assert ("on 1 page:" in text) is ("2 times on 1 page" in shown)
