"""Any page of a small grammar and any text: exactly what was meant, or refused, and nothing else moved."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from enrich.errors import PageError, Refused
from enrich.front_matter import yaml_loaders, yaml_parser
from enrich.front_matter.page_text import read_page, set_value
from enrich.front_matter.value_edits import is_same_value
from enrich.model.page import KeyPath, Page, Value
from tests.support.front_matter_grammar import KEYS, TEXTS, Drawn, pages, value_for

AFTER = ("publication", "publication_types", "date", "authors", "title")
PATHS = st.sampled_from([*((key,) for key in KEYS), ("hugoblox", "ids", "doi"), ("image", "caption")])


def read(drawn: Drawn) -> Page:
    """Return the page, or tell Hypothesis to draw another."""
    try:
        return read_page("p.md", drawn.text)
    except PageError:
        assume(condition=False)
        raise


def lines_kept(old: Page, new: Page, path: KeyPath) -> bool:
    """Tell whether the only lines that went are the key's, or its parent's where that was in one line."""
    before, after = old.text.split("\n"), new.text.split("\n")
    top = next(
        (i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before)
    )
    tail = 0
    while tail < min(len(before), len(after)) - top and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    gone = range(top + 1, len(before) - tail + 1)
    known = [
        old.front.lines[path[:depth]] for depth in range(1, len(path) + 1) if path[:depth] in old.front.lines
    ]
    if not gone:
        return True
    following = [line for key, line in old.front.lines.items() if line > known[-1] and key[:1] != path[:1]]
    return bool(known) and known[0] <= gone[0] and gone[-1] < min([*following, len(before) + 1])


@given(drawn=pages(), path=PATHS, data=st.data())
def test_a_value_reads_back_exactly_or_is_refused(drawn: Drawn, path: KeyPath, data: st.DataObject) -> None:
    page = read(drawn)
    value: Value = data.draw(value_for(path[-1]), label="value")  # type: ignore[assignment]
    try:
        new = set_value(page, path, value, after=AFTER)
    except Refused as refused:
        event(f"refused: {refused}")
        return
    event("exact")
    assert is_same_value(new.get(*path), value)
    assert lines_kept(page, new, new.find(*path) or path)
    assert set_value(new, path, value, after=AFTER).text == new.text
    if page.text.count("\r\n") == page.text.count("\n"):
        assert new.text.count("\r\n") == new.text.count("\n")


@given(drawn=pages(), path=PATHS, data=st.data())
def test_both_yaml_loaders_read_and_write_the_same(
    drawn: Drawn, path: KeyPath, data: st.DataObject, monkeypatch_context: pytest.MonkeyPatch
) -> None:
    page = read(drawn)
    assume(page.front.format == "yaml")
    value: Value = data.draw(value_for(path[-1]), label="value")  # type: ignore[assignment]
    outcomes = []
    for loader in (yaml_loaders.LOADER, yaml_loaders.PureLoader):
        with monkeypatch_context.context() as patch:
            patch.setattr(yaml_parser, "LOADER", loader)
            assert read_page("p.md", drawn.text) == page
            try:
                outcomes.append(set_value(page, path, value, after=AFTER).text)
            except Refused as refused:
                outcomes.append(str(refused))
    assert outcomes[0] == outcomes[1]


@given(text=TEXTS)
@example("---")
@example("a\n---\nb")
def test_a_new_page_of_any_text(text: str) -> None:
    for opening in ("---\n---\n", "+++\n+++\n", "{}\n"):
        page = set_value(read_page("p.md", opening + "body\n---\n"), ("title",), text)
        assert page.get("title") == text
        assert page.text.endswith("body\n---\n")


@given(text=st.text(max_size=200))
def test_reading_never_fails_otherwise_than_by_name(text: str) -> None:
    for fence in ("---", "+++"):
        try:
            page = read_page("p.md", f"{fence}\n{text}\n{fence}\n")
        except PageError as error:
            line = error.line
        else:
            line = max([1, *page.front.lines.values()])
        assert 1 <= line <= len(text) + 2
