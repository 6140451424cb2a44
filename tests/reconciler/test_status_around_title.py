"""A status around the title of a page, in the words of several languages."""

from __future__ import annotations

import pytest

from enrich.reconciler.status_around_title import find_status_around

TITLE = "Ropes and knots of the northern seas"


@pytest.mark.parametrize(
    ("record", "status"),
    [
        pytest.param(f"This article was retracted: {TITLE}", "retracted", id="English"),
        pytest.param(f"Статья была отозвана: {TITLE}", "retracted", id="Russian"),
        pytest.param(f"{TITLE}. Статья отозвана по просьбе авторов", "retracted", id="Russian, after it"),
        pytest.param(f"Questo articolo è stato ritirato: {TITLE}", "retracted", id="Italian, with a pronoun"),
        pytest.param(f"Our article on boats was retracted: {TITLE}", "", id="a word of another title"),
        pytest.param(f"L'articolo è stato ritirato: {TITLE}", "retracted", id="Italian"),
        pytest.param(f"Отзыв: {TITLE}", "", id="a review in Russian"),
        pytest.param(f"Retracted lines: {TITLE}", "", id="an ordinary word beside it"),
        pytest.param(TITLE, "", id="the title alone"),
    ],
)
def test_words_around_a_title_are_a_status_only_if_all_are_known(record: str, status: str) -> None:
    assert find_status_around(record, TITLE) == status
