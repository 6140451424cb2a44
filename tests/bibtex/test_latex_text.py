"""LaTeX of BibTeX values against Unicode, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.bibtex.latex_text import decode_latex, encode_latex
from enrich.errors import Refused


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(r"M{\"u}ller and G{\"{o}}del", "Müller and Gödel", id="umlauts in two forms"),
        pytest.param(r"Erd\H{o}s, \v{C}ech, Dvo\v r\'ak", "Erdős, Čech, Dvořák", id="accents by letters"),
        pytest.param(r"S{\o}ren \O re {\ss} \L{}ukasz", "Søren Øre ß Łukasz", id="letters of their own"),
        pytest.param(r"Mart{\'\i}n \'{\i}", "Martín í", id="an i without its dot"),
        pytest.param(r"R\&D of 5\,\% -- {DNA}", "R&D of 5\\,% – DNA", id="escaped signs, dashes, braces"),
        pytest.param(r"the $\alpha_{1}$ case", r"the $\alpha_{1}$ case", id="a formula stays for its reader"),
        pytest.param("Two\n   lines~here", "Two lines here", id="white space"),
    ],
)
def test_latex_is_read(source: str, text: str) -> None:
    assert decode_latex(source) == text


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("R&D: 5 % of #1_a $", r"R\&D: 5 \% of \#1\_a \$", id="signs that act"),
        pytest.param("Müller–Łukasz", r"M{\"{u}}ller--{\L}ukasz", id="letters and a dash"),
        pytest.param(r"\input{/etc/passwd}", r"\textbackslash{}input/etc/passwd", id="a command is text"),
        pytest.param("a}, note={x", "a, note=x", id="nothing ends the value"),
        pytest.param("p &lt; 1 < 2", r"p \textless{} 1 \textless{} 2", id="no angle bracket"),
    ],
)
def test_latex_is_written_in_ascii(text: str, source: str) -> None:
    assert encode_latex(text, ascii_only=True) == source


def test_unicode_stays_if_the_file_has_it() -> None:
    assert encode_latex("Müller & Łukasz 漢", ascii_only=False) == r"Müller \& Łukasz 漢"


def test_a_text_that_ascii_cannot_spell_is_refused() -> None:
    with pytest.raises(Refused, match="漢"):
        encode_latex("漢", ascii_only=True)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=40))
def test_written_latex_is_inert(text: str) -> None:
    source = encode_latex(text, ascii_only=False)
    assert "<" not in source
    assert source.count("{") == source.count("}")


@given(st.text(alphabet="abcéüøŁßñçŠ áÅ", max_size=30))
def test_a_written_value_reads_back(text: str) -> None:
    assert decode_latex(encode_latex(text, ascii_only=True)) == " ".join(text.split())
