"""Titles that differ in a contrary word, and pairs that only look as if they did."""

from __future__ import annotations

import pytest

from enrich.reconciler.contrary_words import have_contrary_words


@pytest.mark.parametrize(
    ("title", "other", "are_contrary"),
    [
        ("Back pain of men at sea", "Back pain of women at sea", True),
        ("Ropes in mice", "Ropes in rats", True),
        ("Mooring with hemp", "Mooring without hemp", True),
        ("Signals in vivo", "Signals in vitro", True),
        ("Hypertension of sailors", "Hypotension of sailors", True),
        ("Linear models of ropes", "Nonlinear models of ropes", True),
        ("Intracellular salt", "Extracellular salt", True),
        ("Preoperative rest", "Postoperative rest", True),
        ("Catch of January", "Catch of March", True),
        ("Seil mit Kern", "Seil ohne Kern", True),
        ("Men and women at sea", "Women and men at sea", False),
        ("Men at sea", "Men and women at sea", False),
        ("Overview of ropes", "A view of ropes", False),
        ("Hemp in salt water", "Nylon in salt water", False),
        ("Unit tests", "It tests", False),
        ("", "With ropes", False),
    ],
)
def test_titles_with_contrary_words(title: str, other: str, are_contrary: bool) -> None:
    assert have_contrary_words(title, other) is are_contrary
    assert have_contrary_words(other, title) is are_contrary
