"""The body of a pull request: whole texts, and what is left out where there is no room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.plan import Finding, Plan
from enrich.model.report import Report
from enrich.report.github import render_job_summary
from enrich.report.markdown import MOST, document, render
from enrich.report.parts.markdown_escape import escape_markdown
from tests.support.hostile_report import TEXTS
from tests.support.reports import EVERYTHING, change, page, report

BODY = """\
### Publications on The Lab

4 pages, 1 with a DOI · 1 safe to write, 1 needs review, 1 refused · 1 error, 1 note · 1 skipped, 1 failed

Nothing is written yet: `enrich apply` writes the safe change.

#### Needs you

- <code>content/publication/d.md</code>, line 7: **failed**: a tab for indent
- <code>content/publication/a/index.md</code>, line 4: **error** `retracted`: The paper was retracted. (see: Retraction Watch)
- <code>content/publication/a/index.md</code>, line 3: Title: differs from the record
- <code>content/publication/a/index.md</code>: fill in abstract; cannot be written: an alias

#### Page by page

<details>
<summary><code>content/publication/a/index.md</code>: 1 safe, 1 needs review, 1 refused, 1 error, 1 note</summary>

[10.5555/123456&#8203;78](https://doi.org/10.5555/12345678)

| field | old | new | source | why |
|---|---|---|---|---|
| publication\\_types<br>safe<br>line 22 | 0 | 2 | Crossref | one word differs |
| Title<br>needs review<br>line 3 | A towards B | \\*A toward B\\* | Crossref | one word differs |
| abstract<br>refused |  | Text. | Crossref | one word differs; cannot be written: an alias |

- **error** `retracted`: The paper was retracted. (see: Retraction Watch)
- **note** `commented-out`: An abstract is commented out.

</details>

#### About this run

- the cache was set aside

<details>
<summary>How to keep a value of your own</summary>

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
            of_page(change("one two three", "one 2 three", reason="r")),
            "| title<br>needs review<br>line 3 | one <del>two</del> three | one <ins>2</ins> three |  | r |",
            id="words that differ are marked",
        ),
        pytest.param(
            of_page(change("a", "b", status="written")),
            "**Written:** 1 change on 1 page.",
            id="what was written",
        ),
        pytest.param(of_page(), "Nothing was written.", id="nothing to do"),
        pytest.param(
            of_page(findings=(Finding("x", "warning", "https://doi.org/10.5555/a(b), now"),)),
            "- **warning** `x`: [https:&#8203;//doi.org/10.5555/a(b)](https://doi.org/10.5555/a%28b%29), now",
            id="a DOI is a link",
        ),
        pytest.param(
            of_page(findings=(Finding("x", "warning", "see https://evil.example/10.5555/a"),)),
            "- **warning** `x`: see https:&#8203;//evil.example/10.5555/a",
            id="another address is none",
        ),
        pytest.param(
            of_page(change("", "word " * 100, reason="r")),
            f"| title<br>needs review<br>line 3 |  | {'word ' * 40}… 48 more words … {'word ' * 12}|  | r |",
            id="a long text is shortened",
        ),
    ],
)  # fmt: skip
def test_lines(shown: Report, line: str) -> None:
    assert line in render(shown).splitlines()


def test_news_alone_unless_asked_for_more() -> None:
    old = of_page(change("a", "b", is_new=False), findings=(Finding("x", "warning", "w", is_new=False),))
    assert "Page by page" not in render(old)
    assert "Page by page" in render(old, verbose=1)
    error = of_page(findings=(Finding("x", "error", "e", is_new=False),))
    assert "**error** `x`: e" in render(error)


def test_notes_alone_make_no_block() -> None:
    assert "<details>" not in render(of_page(findings=(Finding("x", "note", "n"),)))


def many(pages: int) -> Report:
    """Return a report on so many pages, each with a difference of some length."""
    plans = [
        Plan(page(f"content/publication/{number:05d}.md"), "", changes=(change("a " * 60, "b " * 60),))
        for number in range(pages)
    ]
    return report(*plans)


def test_what_there_is_no_room_for_is_counted_in_a_sentence() -> None:
    text = render(many(2_000))
    assert MOST * 0.9 < len(text) <= MOST
    blocks = text.count("<summary><code>")
    assert f"\n… and {2_000 - blocks} more pages that there is no room for here; `enrich check` shows" in text
    needs = text.count("\n- <code>")
    assert f"\n- … and {2_000 - needs} more\n" in text
    assert text.endswith("\n</details>\n"), "nothing is left open"
    assert text.count("<details>") == text.count("</details>")


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
    assert len(document(report(*plans, notes=tuple(texts)), most=most, size=len)) <= most


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a plain text, with (brackets).", "a plain text, with (brackets).", id="nothing to do"),
        pytest.param("@name a@b.c", "@&#8203;name a@&#8203;b.c", id="people and addresses"),
        pytest.param("#12 GH-12", "\\#&#8203;12 GH-&#8203;12", id="issues"),
        pytest.param("1. x", "1&#8203;. x", id="a list"),
        pytest.param("10.1000/x", "10.1000/x", id="a DOI is no list"),
        pytest.param(
            "a|b `c` *d* _e_ <f> &amp;",
            "a\\|b \\`c\\` \\*d\\* \\_e\\_ &lt;f&gt; &amp;&#8203;amp;",
            id="marks",
        ),
        pytest.param("deadbeefcafe0", "deadbe&#8203;efcafe&#8203;0", id="a commit"),
        pytest.param("feed", "feed", id="a word"),
        pytest.param("x\n# y", "x # y".replace("#", "\\#"), id="one line"),
        pytest.param("a\u202eb", "a\\\\u202eb", id="an order of letters"),
    ],
)
def test_inert(text: str, shown: str) -> None:
    assert escape_markdown(text) == shown
