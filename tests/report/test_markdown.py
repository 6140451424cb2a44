"""The body of a pull request: whole texts, and what is left out where there is no room."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.plan import Failed, Finding, Plan, Skipped
from enrich.model.report import Display, Report, summarise
from enrich.report.github import render_job_summary
from enrich.report.markdown import MOST, fit_document, render
from enrich.report.parts.markdown_escape import escape_markdown, format_code
from enrich.report.parts.templates import read_template
from tests.support.hostile_report import TEXTS
from tests.support.reports import DOI, EVERYTHING, change, page, report

BODY = """\
### Publications of The Lab

4 pages, 1 with a DOI · 1 safe to write, 1 needs review, 1 cannot be written · 1 error, 1 note · 1 skipped, 1 failed

#### What `enrich apply` would write: 1 value

[`10.5555/12345678`](https://doi.org/10.5555/12345678) · `content/publication/a/index.md`

| field | old | new | why |
|---|---|---|---|
| publication\\_types, line 22 | 0 | 2 | one word differs |

#### New, and waiting for you

[`10.5555/12345678`](https://doi.org/10.5555/12345678) · `content/publication/a/index.md`

- 🔴 **error** `retracted`, line 4: The paper was retracted. (Retraction Watch)
- 🟠 **needs review** `Title`, line 3: <del>A towards B</del> <ins>\\*A toward B\\*</ins> (Crossref; one word differs)
- 🟠 **cannot be written** `abstract`: <ins>Text.</ins> (Crossref; why not: an alias; one word differs)

`content/publication/d.md`

- 🔴 **failed**, line 7: a tab for indent

<details>
<summary>1 publication with notes, or with what was reported before and is still open</summary>

- `content/publication/a/index.md`: note `commented-out`

</details>

<details>
<summary>1 skipped page</summary>

- `content/publication/c.md`: `enrich: false`

</details>

#### About this run

- the cache was set aside

<details>
<summary>How to take a value, or keep your own</summary>

- To take a value that waits for you, work on the branch of this pull request; its name is below the title. Edit the page there, or run `git fetch`, `git switch BRANCH` and `enrich review` in your copy of the site: `review` asks about one change after another and writes what you accept. Commit and push before the next run, then merge. If you have merged already, do the same on your main branch.
"""  # noqa: E501 - a line of Markdown is a paragraph


def test_a_whole_body() -> None:
    text = render(replace(EVERYTHING, site="The Lab", notes=("the cache was set aside",)))
    assert text.startswith(BODY)
    assert text.endswith("\n</details>\n")
    assert "`# enrich: keep`" in text


def of_page(*changes: object, findings: tuple[Finding, ...] = ()) -> Report:
    """Return the report on a page with these changes."""
    return report(Plan(page(), "", changes=changes, findings=findings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "line"),
    [
        pytest.param(
            of_page(change("one two three", "one 2 three", level="safe", reason="r")),
            "| title, line 3 | one <del>two</del> three | one <ins>2</ins> three | r |",
            id="words that differ are marked",
        ),
        pytest.param(
            of_page(change("a", "b", reason="r")),
            "- 🟠 **needs review** `title`, line 3: <del>a</del> <ins>b</ins> (r)",
            id="a change for a person comes with its values",
        ),
        pytest.param(
            of_page(change("a", "b", status="written")),
            "#### What merging this changes: 1 value on 1 page",
            id="a written change",
        ),
        pytest.param(of_page(), "Nothing is written, and nothing is new.", id="nothing to do"),
        pytest.param(
            of_page(findings=(Finding("x", "warning", "https://doi.org/10.5555/a(b), now"),)),
            "- 🟠 **warning** `x`: [`https://doi.org/10.5555/a(b)`](https://doi.org/10.5555/a%28b%29), now",
            id="a DOI is a link",
        ),
        pytest.param(
            of_page(findings=(Finding("x", "warning", "see https://evil.example/10.5555/a"),)),
            "- 🟠 **warning** `x`: see `https://evil.example/10.5555/a`",
            id="another address is code",
        ),
        pytest.param(
            of_page(change("", "word " * 100, level="safe", reason="r")),
            f"| title, line 3 |  | {'word ' * 40}… 48 more words … {'word ' * 12}| r |",
            id="a long text is shortened",
        ),
        pytest.param(
            of_page(change("", f"{'longword ' * 49}longwords and more", level="safe", reason="r")),
            f"| title, line 3 |  | {'longword ' * 44}… | r |",
            id="a long text is cut between words",
        ),
        pytest.param(
            of_page(change("", "x" * 500, level="safe", reason="r")),
            f"| title, line 3 |  | {'x' * 400} … | r |",
            id="a long word is cut",
        ),
        pytest.param(
            report(
                Plan(
                    page(),
                    "",
                    source_name="Crossref",
                    changes=(change("a", "b", reason="Crossref has another value"),),
                )
            ),
            "- 🟠 **needs review** `title`, line 3: <del>a</del> <ins>b</ins> (Crossref has another value)",
            id="a reason that names the source",
        ),
        pytest.param(
            report(Plan(page(), "", source_name="DataCite", changes=(change("a", "b", reason="r"),))),
            "- 🟠 **needs review** `title`, line 3: <del>a</del> <ins>b</ins> (DataCite; r)",
            id="a reason that does not",
        ),
        pytest.param(
            report(
                *(
                    Plan(page(name), "", doi=DOI, changes=(change("a", "b", level="safe", reason="r"),))
                    for name in ("a.de.md", "a.md")
                )
            ),
            "| title, line 3 | a | b | r |",
            id="translations share a row",
        ),
    ],
)
def test_lines(shown: Report, line: str) -> None:
    assert line in render(shown).splitlines()


DOWN = "not compared: Crossref answered with status 503; run the command again later"


def unanswered(name: str, message: str = DOWN) -> Plan:
    """Return the plan of a page whose look-up failed."""
    return Plan(
        page(name), "", doi=f"10.5555/{name}", findings=(Finding("lookup-failed", "warning", message),)
    )


@pytest.mark.parametrize(
    ("outcomes", "text"),
    [
        pytest.param(
            [unanswered("a.md"), unanswered("b.md")],
            """\
### Publications

2 pages, 2 with a DOI · 2 warnings

No service answered. Nothing to do: no page and no proposal changes; the next run, or this one started again, asks again.

#### About this run

- 🟠 **warning** `lookup-failed` on 2 pages: not compared: Crossref answered with status 503
""",  # noqa: E501
            id="no service answered",
        ),
        pytest.param(
            [unanswered("a.md", "not compared: DataCite did not answer; run the command again later")],
            """\
### Publications

1 page, 1 with a DOI · 1 warning

No service answered. Nothing to do: no page and no proposal changes; the next run, or this one started again, asks again.

#### About this run

- 🟠 **warning** `lookup-failed` on `a.md`: not compared: DataCite did not answer
""",  # noqa: E501
            id="no service answered about the only page",
        ),
        pytest.param(
            [unanswered("a.md"), unanswered("b.md"), Plan(page("c.md"), "", doi=DOI, source="crossref")],
            """\
### Publications

3 pages, 3 with a DOI · 2 warnings

Nothing is written, and nothing is new.

#### About this run

- 🟠 **warning** `lookup-failed` on 2 pages: not compared: Crossref answered with status 503; the next run, or this one started again, asks again
""",  # noqa: E501
            id="some pages were compared",
        ),
        pytest.param(
            [unanswered("a.md"), Plan(page("b.md"), "", findings=(Finding("no-record", "warning", "m"),))],
            f"""\
### Publications

2 pages, 1 with a DOI · 2 warnings

#### New, and waiting for you

`b.md`

- 🟠 **warning** `no-record`: m

#### About this run

- 🟠 **warning** `lookup-failed` on `a.md`: not compared: Crossref answered with status 503; the next run, or this one started again, asks again

{read_template("keeping.md")}""",  # noqa: E501
            id="there is news all the same",
        ),
    ],
)
def test_a_failed_lookup_waits_for_nobody(outcomes: list[Plan], text: str) -> None:
    assert render(report(*outcomes)) == text


@pytest.mark.parametrize(
    ("message", "line"),
    [
        pytest.param(
            "no DOI; `enrich find` searches for it", "no DOI; `enrich find` searches for it", id="a command"
        ),
        pytest.param(
            "add `[[ignore]]` (or `enrich: false`), @me",
            "add `[[ignore]]` (or `enrich: false`), `@me`",
            id="settings",
        ),
        pytest.param(
            "“A `b“ of c`d` and `e", "“A &#96;b“ of c&#96;d&#96; and &#96;e", id="no pairs around words"
        ),
        pytest.param("`<b>@x|y` is *new*", "`<b>@x`\\|`y` is \\*new\\*", id="code of others"),
        pytest.param(
            "`10.5555/a`: https://doi.org/10.5555/a",
            "`10.5555/a`: [`https://doi.org/10.5555/a`](https://doi.org/10.5555/a)",
            id="a DOI",
        ),
    ],
)
def test_what_a_message_has_between_backticks_is_code(message: str, line: str) -> None:
    text = render(of_page(findings=(Finding("x", "warning", message),)))
    assert f"- 🟠 **warning** `x`: {line}\n" in text


GENERATED = Finding("page-generated", "note", "another tool generates this page (index.Rmd), …")


@pytest.mark.parametrize(
    ("outcomes", "lines"),
    [
        pytest.param(
            [
                Skipped("a.md", "no front matter"),
                Skipped("b.md", "`enrich: false`"),
                Skipped("c.md", "no front matter"),
            ],
            [
                "<summary>3 skipped pages</summary>",
                "- `a.md`, `c.md`: no front matter",
                "- `b.md`: `enrich: false`",
            ],
            id="each reason once",
        ),
        pytest.param(
            [
                Plan(
                    page(f"{name}.md"),
                    "",
                    skipped_because="generated by another tool (index.Rmd)",
                    findings=(GENERATED,),
                )
                for name in "abcd"
            ],
            [
                "<summary>4 skipped pages</summary>",
                "- `a.md`, `b.md`, `c.md`, `d.md`: generated by another tool (index.Rmd)",
            ],
            id="a note says nothing else",
        ),
        pytest.param(
            [Skipped(f"{number}.md", "<b>@me") for number in range(51)],
            [
                "<summary>51 skipped pages</summary>",
                f"- {', '.join(f'`{number}.md`' for number in range(50))} and 1 more: `<b>@me`",
            ],
            id="very many",
        ),
    ],
)
def test_skipped_pages_are_folded_with_their_reason(outcomes: list[Plan | Skipped], lines: list[str]) -> None:
    shown = replace(report(*outcomes), summary=summarise(outcomes))
    text = render(shown)
    assert [line for line in text.splitlines() if line.startswith(("<summary>", "- "))] == lines
    assert f" · {lines[0].split()[0].removeprefix('<summary>')} skipped" in text


def test_earlier_news_is_counted_and_folded() -> None:
    old = of_page(
        change("a", "b", is_new=False),
        findings=(Finding("x", "warning", "w", is_new=False), Finding("y", "error", "e", is_new=False)),
    )
    text = render(old)
    assert "waiting for you" not in text
    assert "\n- `content/publication/a/index.md`: error `y`; needs review `title`; warning `x`\n" in text
    assert "waiting for you" in render(old, Display(verbose=1))


def test_the_gravest_news_come_first() -> None:
    news = {
        "a": (Finding("w", "warning", "m"),),
        "b": (Finding("n", "note", "m"),),
        "c": (Finding("w", "warning", "m"), Finding("e", "error", "m")),
        "d": (Finding("w", "warning", "m"), Finding("e", "error", "m", is_new=False)),
        "e": (Finding("e", "error", "m"),),
    }
    plans = [Plan(page(f"{name}.md"), "", findings=findings) for name, findings in news.items()]
    differs = Plan(page("f.md"), "", changes=(change("a", "b"),))
    failed = Failed("g.md", "a tab")
    body, _, folded = render(report(*plans, differs, failed)).partition("<details>")
    assert re.findall(r"^`(.)\.md`$", body, re.MULTILINE) == ["c", "e", "g", "f", "a", "d"]
    assert re.findall(r"^- `(.)\.md`", folded, re.MULTILINE) == ["d", "b"]


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (4, "- note `doi-missing` on 4 pages: `00.md`, `01.md`, `02.md`, `03.md`; No DOI.\n"),
        (50, ", `48.md`, `49.md`; No DOI.\n"),
        (53, ", `48.md`, `49.md` and 3 more; No DOI.\n"),
    ],
)
def test_a_note_on_many_pages_names_them(count: int, line: str) -> None:
    note = Finding("doi-missing", "note", "No DOI.")
    text = render(report(*(Plan(page(f"{number:02}.md"), "", findings=(note,)) for number in range(count))))
    assert f"<summary>{count} publications with notes" in text
    assert line in text


@pytest.mark.parametrize(
    ("earlier", "line"),
    [
        pytest.param("abcd", "`a.md`, `b.md`, `c.md`, `d.md`", id="reported before on all pages"),
        pytest.param("cd", "`a.md`, `b.md`, `c.md`, `d.md`", id="on some of them"),
    ],
)
def test_a_note_that_is_counted_is_named(earlier: str, line: str) -> None:
    plans = [
        Plan(page(f"{name}.md"), "", findings=(Finding("n", "note", "m", is_new=name not in earlier),))
        for name in "abcd"
    ]
    old = Plan(page("e.md"), "", findings=(Finding("w", "warning", "m", is_new=False),))
    text = render(report(*plans, old))
    assert "· 1 warning, 4 notes\n" in text
    assert text.partition("<details>\n")[2] == (
        "<summary>5 publications with notes, or with what was reported before and is still open</summary>\n\n"
        f"- `e.md`: warning `w`\n- note `n` on 4 pages: {line}; m\n\n</details>\n"
    )


def test_a_doi_can_be_copied() -> None:
    shown = render(of_page(change("https://doi.org/10.5555/1234567890", "10.5555/1234567890", level="safe")))
    assert "| `https://doi.org/10.5555/1234567890` | `10.5555/1234567890` |" in shown
    assert "&#8203;" not in shown


def many(pages: int) -> Report:
    """Return a report on so many pages, each with a difference of some length."""
    plans = [
        Plan(page(f"content/publication/{number:05d}.md"), "", changes=(change("a " * 60, "b " * 60),))
        for number in range(pages)
    ]
    return report(*plans)


def test_papers_that_do_not_fit_are_counted_in_a_sentence() -> None:
    text = render(many(400))
    assert MOST * 0.9 < len(text) <= MOST
    papers = text.count("**needs review**")
    assert f"\n… and {400 - papers} more, which do not fit here; `enrich check` shows" in text
    assert text.endswith("\n</details>\n"), "nothing is left open"
    assert text.count("<details>") == text.count("</details>")


def test_a_folded_list_that_does_not_fit_names_no_second_number() -> None:
    notes = (Finding("doi-missing", "note", "No DOI."), Finding("mojibake", "note", "The title is broken."))
    quiet = [Plan(page(f"q{number}.md"), "", findings=notes) for number in range(40)]
    text = render(report(*many(400).outcomes, *quiet))
    folded = text.partition("<summary>40 publications with notes")[2].partition("</details>")[0]
    assert folded.endswith("\n\nNot all of this fits here; `enrich check` shows everything.\n\n")
    assert "more" not in folded.partition("</summary>")[2]


def test_a_jobs_summary_has_more_room() -> None:
    text = render_job_summary(many(3_000))
    assert 900_000 < len(text.encode()) <= 1024 * 1024
    assert render_job_summary(many(3), room=100) == ""


@settings(max_examples=30)
@given(st.integers(0, 30_000), st.lists(st.sampled_from([*TEXTS.values()]), max_size=5))
def test_it_is_never_larger_than_there_is_room(most: int, texts: list[str]) -> None:
    plans = [
        Plan(page(f"{number}.md"), "", changes=(change(text, text + "x", reason=text),) * 3)
        for number, text in enumerate(texts)
    ]
    assert len(fit_document(report(*plans, notes=tuple(texts)), most=most, measure=len)) <= most


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a plain text, with (brackets).", "a plain text, with (brackets).", id="nothing to do"),
        pytest.param("@name or a@b.c", "`@name` or `a@b.c`", id="people and addresses"),
        pytest.param("@a @b", "`@a @b`", id="neighbours are one span"),
        pytest.param("#12 GH-12", "`#12 GH-12`", id="issues"),
        pytest.param("COVID-19, SARS-CoV-2", "COVID-19, SARS-CoV-2", id="names with a number"),
        pytest.param("1. x", "1\\. x", id="a list"),
        pytest.param("- x", "\\- x", id="a list of points"),
        pytest.param("10.1000/x", "`10.1000/x`", id="a DOI"),
        pytest.param(
            "a|b `c` *d* _e_ <f> &amp;", "a\\|b &#96;c&#96; \\*d\\* \\_e\\_ &lt;f&gt; &amp;amp;", id="marks"
        ),
        pytest.param("@a`|b", "`@a`&#96;\\|`b`", id="code ends before what would end it or a cell"),
        pytest.param("deadbeefcafe0", "`deadbeefcafe0`", id="a commit"),
        pytest.param("the effaced feed", "the effaced feed", id="words"),
        pytest.param("costs $5 and $x$", "costs `$5` and `$x$`", id="a formula"),
        pytest.param("10.1145/3123878.3132001?", "`10.1145/3123878.3132001`?", id="a question about a DOI"),
        pytest.param("https://x.org/a.b, @a; @b!", "`https://x.org/a.b`, `@a`; `@b`\\!", id="a sentence"),
        pytest.param("see :+1:", "see `:+1`:", id="an emoji"),
        pytest.param("$. $", "`$`. `$`", id="a sign"),
        pytest.param("@a?!... x", "`@a`?\\!... x", id="several signs"),
        pytest.param("why? no! a, b; c: d.", "why? no\\! a, b; c: d.", id="signs that end nothing"),
        pytest.param("x\n# y", "x \\# y", id="one line"),
        pytest.param("a\u202eb", "a\\\\u202eb", id="an order of letters"),
    ],
)
def test_inert(text: str, shown: str) -> None:
    assert escape_markdown(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("10.1/x", "`10.1/x`", id="a DOI"),
        pytest.param("a`b``c", "```a`b``c```", id="backticks inside"),
        pytest.param("`a", "`` `a ``", id="a backtick at an end"),
        pytest.param("", "`  `", id="nothing"),
    ],
)
def test_code(text: str, shown: str) -> None:
    assert format_code(text) == shown
