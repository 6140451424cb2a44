"""Titles that differ in one word about their subject, or in words that authors exchange before print."""

from __future__ import annotations

import pytest

from enrich.reconciler.exchanged_words import exchanges_words
from tests.reconciler.test_identity import RECORD, TITLE, make_record, make_text
from tests.support.comparisons import judged, kinds


@pytest.mark.parametrize(
    ("title", "other", "exchanged"),
    [
        ("Mooring of barges in calm harbours at night", "Mooring of barges in rough harbours at night", True),
        ("Rust on iron anchors in brackish water", "Rust on steel anchors in brackish water", True),
        ("Sleep of novice keepers in lighthouses", "Sleep of expert keepers in lighthouses", True),
        ("Diets of breeding terns on Baltic islets", "Diets of wintering terns on Baltic islets", True),
        ("Uptake of copper by eelgrass roots", "Uptake of zinc by eelgrass roots", True),
        ("Errors of monolingual pilots on the radio", "Errors of bilingual pilots on the radio", True),
        ("Signals of fog horns in narrow fjords", "Signals of the bell buoys in narrow fjords", True),
        ("Ports of Norway in winter storms", "Ports of Sweden in winter storms", True),
        ("Schwimmende Docks aus Holz im Hafen", "Schwimmende Docks aus Beton im Hafen", True),
        ("Vitamin C of sailors on long voyages", "Vitamin D of sailors on long voyages", True),
        ("Effects of fog on the sleep of keepers", "Influence of fog on the sleep of keepers", False),
        ("A simple method to splice wet ropes", "A novel method to splice wet ropes", False),
        ("Estimating tides from drone images", "Estimation of tides from drone images", False),
        ("Modelling tides under old bridges", "Modeling tides under old bridges", False),
        ("Colour of ropes in sea water", "Color of ropes in seawater", False),
        ("Learning knots with neural network at sea", "Learning knots with neural networks at sea", False),
        ("MRI of divers after long dives", "Magnetic resonance imaging of divers after long dives", False),
        ("Assessing the cost of small ferries", "Evaluating the cost of small ferries", False),
        ("Towards a map of wrecks in the sound", "A map of wrecks in the sound", False),
        ("Ropes of hemp in old harbours", "Ropes of hemp in old harbours", False),
        (r"Knots of $\mathcal{K}$ type in wet ropes", "Knots of K type in wet ropes", False),
        ("Hemp ropes", "Nylon ropes", False),
        ("Gulls in fog", "How harbours pay for their dredging", False),
        ("", "Rust on steel anchors", False),
    ],
)
def test_titles_with_an_exchanged_word(title: str, other: str, exchanged: bool) -> None:
    assert exchanges_words(title, other) is exchanged
    assert exchanges_words(other, title) is exchanged


@pytest.mark.parametrize(
    ("date", "level"),
    [("2021-03-04", "safe"), ("2021-11-20", "safe"), ("2020-03-04", "review"), ("", "review")],
)
def test_an_exchanged_word_needs_the_year(date: str, level: str) -> None:
    text = make_text(title=TITLE.replace("salt", "sweet"), date=date)
    assert kinds(judged(text, make_record()))["abstract"] == ("fill", level)


def test_other_differences_need_no_year() -> None:
    text = make_text(title=TITLE.replace("Mooring", "Moring"), date="")
    assert kinds(judged(text, RECORD))["abstract"] == ("fill", "safe")
