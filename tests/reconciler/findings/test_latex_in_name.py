"""What `latex-in-name` advises to write."""

from __future__ import annotations

import json

import pytest

from tests.support.comparisons import judged


def advise(name: str) -> str:
    """Return the end of the finding's message for an author, `""` without the finding."""
    verdict = judged(f"---\ntitle: x\nauthors: [{json.dumps(name)}]\n---\n", None)
    found = (one.message for one in verdict.findings if one.code == "latex-in-name")
    return next((message.rpartition("; ")[2] for message in found), "")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        pytest.param(r"M\"uller, J{\"o}rg", "write Müller, Jörg", id="accents"),
        pytest.param(r"\'Alvaro Ruiz", "write Álvaro Ruiz", id="an accent at the beginning"),
        pytest.param(r"P\'al Erd{\H o}s", "write Pál Erdős", id="an accent by a letter, in braces"),
        pytest.param("Ann Able^{1,*}", "write Ann Able", id="raised marks"),
        pytest.param("Ann Able$^{a,b}$", "write Ann Able", id="raised letters in a formula"),
        pytest.param(r"Ann Able$^\dagger$", "write Ann Able", id="a dagger"),
        pytest.param("{van den Berg}, Jan", "write van den Berg, Jan", id="a name kept together"),
        pytest.param("Ann~Able", "write Ann Able", id="a space that does not break"),
        pytest.param(r"\strange{Ann Able}", "write plain letters", id="a command that enrich does not know"),
        pytest.param("Ann Able*", "", id="no LaTeX"),
        pytest.param("Ann Able ~", "", id="a lone sign"),
    ],
)
def test_the_advice_is_a_name(name: str, advice: str) -> None:
    assert advise(name) == advice
