"""A record that lost formulas or inline code has nothing new; one that lost or changed words has."""

from __future__ import annotations

import pytest

from enrich.reconciler.lost_formulas import MOST_FORMULAS, has_lost_formulas


@pytest.mark.parametrize(
    ("local", "record"),
    [
        pytest.param("Growth of kelp in $H_2$ gas", "Growth of kelp in gas", id="TeX"),
        pytest.param("Growth of kelp in $$H_2$$ gas", "Growth of kelp in  gas", id="two spaces"),
        pytest.param(r"Decays \(B \to K\) of kelp", "Decays of kelp", id="TeX in brackets"),
        pytest.param(r"Decays \\(B \\to K\\) of kelp", "Decays of kelp", id="TeX with doubled backslashes"),
        pytest.param("The `lme4` package for kelp", "The package for kelp", id="code"),
        pytest.param("The <code>lme4</code> package", "The package", id="code in HTML"),
        pytest.param("Bounds on $K_{3,3}$-free kelp", "Bounds on -free kelp", id="a hyphen after it"),
        pytest.param("Uptake of H<sub>2</sub>O by kelp", "Uptake of by kelp", id="a word with a subscript"),
        pytest.param("Uptake of CO₂ and N₂ by kelp", "Uptake of and by kelp", id="subscript characters"),
        pytest.param("Uptake of CO₂ and $N_2$ by kelp", "Uptake of CO2 and by kelp", id="one of two"),
        pytest.param("The role of α-amylase in kelp", "The role of -amylase in kelp", id="a Greek letter"),
        pytest.param("Waves of <math><mi>k</mi></math> in kelp", "Waves of in kelp", id="MathML on the page"),
        pytest.param("$SU(2)$ waves in kelp", "waves in kelp", id="at the start"),
        pytest.param("Waves in kelp of $SU(2)$.", "Waves in kelp of.", id="at the end"),
    ],
)
def test_the_record_lost_formulas(local: str, record: str) -> None:
    assert has_lost_formulas(local, record)


@pytest.mark.parametrize(
    ("local", "record"),
    [
        pytest.param(
            "Growth of young kelp in $H_2$ gas", "Growth of kelp in gas", id="a word is missing too"
        ),
        pytest.param("Growth of kelp in gas", "Growth of kelp in cold gas", id="the record has more"),
        pytest.param("Search for $B^+$ decays", "Search for B0 decays", id="another formula"),
        pytest.param("Growth in `R` models", "Growth in Python models", id="other code"),
        pytest.param("Growth of young kelp in gas", "Growth of kelp in gas", id="no formula at all"),
        pytest.param("Kelp at $5 a tonne, or $6 a bale", "Kelp at 6 a bale", id="prices"),
        pytest.param("Growth in $H_2$ gas of kelp", "Kelp growth in gas", id="another order"),
        pytest.param("$H_2$", "Hydrogen", id="nothing but a formula"),
        pytest.param("$H_2$ in kelp", "", id="an empty record"),
        pytest.param("Growth in $x$ and `y` of kelp", "Growth in of kelp", id="a word between two formulas"),
        pytest.param("Η ανάπτυξη των φυκιών", "Η ανάπτυξη φυκιών", id="a Greek word"),
        pytest.param("Waves in 12 $m$ and 13 $m$", "Waves in 12 and 14", id="another number"),
        pytest.param("a $b$ " * (MOST_FORMULAS + 1), "a " * (MOST_FORMULAS + 1), id="too many"),
    ],
)
def test_the_record_is_another_text(local: str, record: str) -> None:
    assert not has_lost_formulas(local, record)
