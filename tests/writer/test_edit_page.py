"""Changes become a page's text: each is tried alone, all are written together, checked or refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.errors import PageError
from enrich.front_matter.page_text import read_page
from enrich.model.page import KeyPath, Page, Remote, Value
from enrich.model.plan import Change, refuse_change
from enrich.model.site_context import Dialect
from enrich.reconciler.fields.key_order import list_preceding_keys, list_template_keys
from enrich.writer.edit_page import make_page_text, render_changes

PAGE = """\
---
title: "Old title" # mine
authors:
- admin
- Chari, Ajai
date: 2024-04-29

# Publication type.
publication_types: ["0"]
publication: ''
# abstract: For patients
doi: https://doi.org/10.1182/X
tags: &t [a]
---

Body ---
"""


def change(key: str, old: Value, new: Value, front_matter: str = "yaml") -> Change:
    """Return a change of a key."""
    path: KeyPath = tuple(key.split("."))
    after = list_preceding_keys(path[0], front_matter)
    return Change(path[0], path, "fill", "safe", old=old, new=new, reason="because", after=after)


def page(text: str = PAGE) -> Page:
    """Return a page."""
    return read_page("content/publication/x/index.md", text)


def test_several_changes_together_move_only_their_lines() -> None:
    changes = [
        change("publication_types", ["0"], ["2"]),
        change("doi", "https://doi.org/10.1182/X", "10.1182/X"),
        change("publication", "", Remote("Blood Advances", "*", "*")),
        change("abstract", None, Remote("One & two: three.")),
        change("authors", ["admin", "Chari, Ajai"], ["admin", Remote("Nina Shah"), "Chari, Ajai"]),
    ]
    dressed = render_changes(page(), changes, Dialect())
    assert [(one.refused_because, one.line) for one in dressed] == [
        ("", 9),
        ("", 12),
        ("", 10),
        ("", 12),
        ("", 3),
    ]
    after = PAGE
    for old, new in (
        ('["0"]', '["2"]'),
        ("https://doi.org/10.1182/X", "10.1182/X"),
        ("publication: ''", "publication: '*Blood Advances*'"),
        ("For patients\n", 'For patients\nabstract: "One & two: three."\n'),
        ("- admin\n", "- admin\n- Nina Shah\n"),
    ):
        after = after.replace(old, new)
    assert make_page_text(page(), dressed) == after


def test_a_key_under_params_is_edited_where_it_is() -> None:
    old = page("---\ntitle: A\nparams:\n  publication: ''\n  doi: doi:10.1/a\n---\n")
    changes = [change("publication", "", "*Blood*"), change("doi", "doi:10.1/a", "10.1/a")]
    dressed = render_changes(old, changes, Dialect())
    assert [(one.refused_because, one.line) for one in dressed] == [("", 4), ("", 5)]
    assert make_page_text(old, dressed) == (
        "---\ntitle: A\nparams:\n  publication: '*Blood*'\n  doi: \"10.1/a\"\n---\n"
    )


def test_nothing_to_do_is_the_text_itself() -> None:
    one = page()
    assert make_page_text(one, []) is one.text
    assert make_page_text(one, [refuse_change(change("title", "a", "b"), "no")]) is one.text


def test_a_change_that_cannot_be_exact_is_refused_alone() -> None:
    changes = [change("tags", ["a"], ["a", "b"]), change("title", "Old title", Remote("New: title"))]
    refused, made = render_changes(page(), changes, Dialect())
    assert "anchor" in refused.refused_because
    assert refused.line == 13
    assert made.status == "proposed"
    assert make_page_text(page(), [refused, made]) == PAGE.replace('"Old title"', '"New: title"')


def test_what_was_refused_before_stays_refused() -> None:
    before = refuse_change(change("title", "Old title", Remote("New")), "another language")
    (after,) = render_changes(page(), [before], Dialect())
    assert (after.refused_because, after.new, after.line, after.old) == (
        "another language",
        "New",
        2,
        "Old title",
    )


def test_text_of_a_record_of_which_nothing_is_left_is_refused() -> None:
    (after,) = render_changes(page(), [change("title", "Old title", Remote("<p> </p>"))], Dialect())
    assert "has no readable text" in after.refused_because


def test_no_shortcode_and_no_html_of_a_record_reaches_the_page() -> None:
    record = Remote('A {{< secret >}} <script>x</script> {{% y %}} <b onclick="z">b</b>')
    dressed = render_changes(
        page(), [change("abstract", None, record), change("publication", "", record)], Dialect()
    )
    written = make_page_text(page(), dressed)
    assert "{{<" not in written
    assert "{{%" not in written
    assert "<script" not in written
    assert "<b" not in written


def test_a_record_s_text_that_is_not_inert_is_never_written() -> None:
    with pytest.raises(PageError, match=r"x/index\.md: title: a record's text was not sanitized"):
        make_page_text(page(), [change("title", "Old title", Remote("New"))])
    with pytest.raises(PageError, match="not sanitized"):
        make_page_text(page(), [change("authors", [], ["admin", Remote("New")])])


def test_a_change_that_fails_when_written_names_the_page() -> None:
    with pytest.raises(PageError, match=r"x/index\.md: tags: the value has an anchor") as caught:
        make_page_text(page(), [replace(change("tags", ["a"], ["b"]), line=13)])
    assert caught.value.line == 13


NOTES = """\
---
authors: [a, b, c]
author_notes: ["", "Equal"]
---
"""


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (["a", "B", "c"], False),
        (["a", "b", "c", "d"], False),
        (["a", "b", "x", "c"], False),
        (["a", "x", "b", "c"], True),
        (["x", "a", "b", "c"], True),
    ],
)
def test_author_notes_stay_in_step_with_the_names(new: list[str], refused: bool) -> None:
    (after,) = render_changes(page(NOTES), [change("authors", ["a", "b", "c"], new)], Dialect())
    assert ("author_notes" in after.refused_because) is refused


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        pytest.param("title: a\ndate: b\nx: c\n", "doi", "title: a\ndate: b\ndoi: new\nx: c\n", id="the DOI"),
        pytest.param(
            "x: a\ntitle: b\ny: c\n", "authors", "x: a\ntitle: b\nauthors: new\ny: c\n", id="authors"
        ),
        pytest.param(
            "date: a\npublication_types: [b]\ny: c\n",
            "publication",
            "date: a\npublication_types: [b]\npublication: new\ny: c\n",
            id="the journal",
        ),
        pytest.param("x: a\n", "other", "x: a\nother: new\n", id="a key of no template"),
        pytest.param(
            "publication: a\nlinks: []\n",
            "hugoblox.ids.doi",
            "publication: a\nhugoblox:\n  ids:\n    doi: new\nlinks: []\n",
            id="the DOI in Kit",
        ),
    ],
)
def test_a_missing_key_goes_where_the_theme_has_it(before: str, key: str, after: str) -> None:
    one = page(f"---\n{before}---\n")
    (dressed,) = render_changes(one, [change(key, None, "new")], Dialect())
    assert make_page_text(one, [dressed]) == f"---\n{after}---\n"
    assert (
        make_page_text(one, [dressed]).split("\n")[dressed.line - 1].strip()
        == f"{key.rsplit('.', maxsplit=1)[-1]}: new"
    )


def test_in_toml_the_doi_comes_after_the_links() -> None:
    one = page("+++\ntitle = 'a'\ndate = 2020-01-02\nurl_pdf = ''\nmath = true\n+++\n")
    (dressed,) = render_changes(one, [change("doi", None, "new", front_matter="toml")], Dialect())
    assert "url_pdf = ''\ndoi = 'new'\nmath" in make_page_text(one, [dressed])


def test_the_templates_name_no_key_twice() -> None:
    for order in (list_template_keys("yaml"), list_template_keys("toml")):
        assert len(set(order)) == len(order)
