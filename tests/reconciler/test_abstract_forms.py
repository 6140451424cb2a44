"""Which abstracts are the same whatever publishers put into and behind them."""

from __future__ import annotations

import pytest

from enrich.reconciler.abstract_forms import is_same_abstract, list_abstract_forms
from tests.support.comparisons import work

ENGLISH = "We moored forty boats for two winters, and it was not the wind that broke the ropes."
SPANISH = "Amarramos los barcos en el puerto, y no fue el viento que se llevó las cuerdas."
PARTS = ("Ropes break in winter.", "We counted them in two harbours.", "Hemp broke first.", "Use nylon.")
LABELS = ("Background", "Methods", "Results", "Conclusions")
PLAIN = " ".join(PARTS)
LABELLED = " ".join(f"{label}: {text}" for label, text in zip(LABELS, PARTS, strict=True))


@pytest.mark.parametrize(
    ("local", "record"),
    [
        pytest.param(ENGLISH, f"<p>{ENGLISH}</p><p>{SPANISH}</p>", id="two languages, the first"),
        pytest.param(SPANISH, f"<p>{ENGLISH}</p><p>{SPANISH}</p>", id="two languages, the second"),
        pytest.param(PLAIN, f"<p>{LABELLED}</p>", id="labels in the record"),
        pytest.param(LABELLED, f"<p>{PLAIN}</p>", id="labels on the page"),
        pytest.param(
            PLAIN, f"<p>{LABELLED.replace('Methods:', 'MATERIALS AND METHODS —')}</p>", id="a joined label"
        ),
        pytest.param(
            ENGLISH,
            f"<sec><p>{ENGLISH}</p></sec><sec><title>Plain Language Summary</title><p>Ropes break.</p></sec>",
            id="a plain language summary in the record",
        ),
        pytest.param(f"{ENGLISH} Lay summary: ropes break.", f"<p>{ENGLISH}</p>", id="one on the page"),
        pytest.param(ENGLISH, f"<p>{ENGLISH} Trial registration: NCT01234567.</p>", id="a trial's number"),
        pytest.param(ENGLISH, f"<p>{ENGLISH} Key points • Ropes break.</p>", id="key points"),
        pytest.param(f"Abstract 1) {ENGLISH}", f"<p>1) {ENGLISH}</p>", id="a heading before a number"),
    ],
)
def test_the_same_abstract(local: str, record: str) -> None:
    assert is_same_abstract(local, list_abstract_forms(work(abstract=record)))


@pytest.mark.parametrize(
    ("local", "record"),
    [
        pytest.param(PLAIN, f"<p>{LABELLED.replace('Hemp', 'Nylon')}</p>", id="another word after a label"),
        pytest.param(ENGLISH, f"<p>{ENGLISH} {PLAIN}</p>", id="a sentence more"),
        pytest.param(
            f"{ENGLISH} Trial registration is a duty.",
            f"<p>{ENGLISH} Trial registration is a duty. {PLAIN * 10}</p>",
            id="a sentence about registration in the middle",
        ),
        pytest.param(
            f"{ENGLISH} Highlights of hemp.",
            f"<p>{ENGLISH} Highlights of hemp. {PLAIN}</p>",
            id="highlights in a sentence",
        ),
        pytest.param(SPANISH, f"<p>{ENGLISH}</p>", id="another language"),
    ],
)
def test_another_abstract(local: str, record: str) -> None:
    assert not is_same_abstract(local, list_abstract_forms(work(abstract=record)))
