"""Author lists as people type them."""

from __future__ import annotations

import pytest

from enrich.model.page import Value
from enrich.reconciler.people.author_entries import is_single_line, read_author_entries


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param(["Kate Ness", "Cross, Ian"], ("Kate Ness", "Cross, Ian"), id="a list"),
        pytest.param([{"name": "Kate Ness"}, "admin"], ("Kate Ness", "admin"), id="mappings"),
        pytest.param("Kate Ness, Ian Cross", ("Kate Ness", "Ian Cross"), id="a line with commas"),
        pytest.param("Kate Ness and Ian Cross", ("Kate Ness", "Ian Cross"), id="a line with and"),
        pytest.param("Kate Ness; Ian Cross", ("Kate Ness", "Ian Cross"), id="a line with semicolons"),
        pytest.param(
            "Ness, K., Cross, I., & Harrison, P. M. C.",
            ("Ness, K.", "Cross, I.", "Harrison, P. M. C."),
            id="APA",
        ),
        pytest.param("Ness, Kate and Cross, Ian", ("Ness, Kate", "Cross, Ian"), id="BibTeX"),
        pytest.param(["Ness, Kate and Cross, Ian"], ("Ness, Kate", "Cross, Ian"), id="BibTeX in a list"),
        pytest.param(
            "Anna Berg, Carlos Diaz and Erik Fors",
            ("Anna Berg", "Carlos Diaz", "Erik Fors"),
            id="and at the end",
        ),
        pytest.param("A Berg, C Diaz & E Fors", ("A Berg", "C Diaz", "E Fors"), id="an ampersand at the end"),
        pytest.param(["Anna Berg; Erik Fors"], ("Anna Berg", "Erik Fors"), id="semicolons in a list"),
        pytest.param(
            ["Anna Berg, Carlos Diaz and Erik Fors"],
            ("Anna Berg", "Carlos Diaz", "Erik Fors"),
            id="a line in a list",
        ),
        pytest.param("王伟、李娜", ("王伟", "李娜"), id="CJK commas"),
        pytest.param(["王伟、李娜、张敏"], ("王伟", "李娜", "张敏"), id="CJK commas in a list"),
        pytest.param(["王伟，李娜"], ("王伟", "李娜"), id="full-width commas in a list"),
        pytest.param(["王伟,李娜"], ("王伟", "李娜"), id="Chinese names with a plain comma in a list"),
        pytest.param("김철수, 이영희", ("김철수", "이영희"), id="Korean names with a plain comma"),
        pytest.param(["김철수"], ("김철수",), id="one Korean name"),
        pytest.param(
            "Soto, A., Vega, L. y Leal, M.",
            ("Soto, A.", "Vega, L.", "Leal, M."),
            id="y, inverted",
        ),
        pytest.param("王伟；李娜", ("王伟", "李娜"), id="full-width semicolons"),
        pytest.param(
            "Ana Soto, Luis Vega y Marta Leal", ("Ana Soto", "Luis Vega", "Marta Leal"), id="the Spanish and"
        ),
        pytest.param("Rui Sá e Eva Lima Reis", ("Rui Sá", "Eva Lima Reis"), id="the Portuguese and"),
        pytest.param(["Santiago Ramón y Cajal"], ("Santiago Ramón y Cajal",), id="y inside a name"),
        pytest.param("Ana Costa e Silva", ("Ana Costa e Silva",), id="e inside a name"),
        pytest.param("Doe, Jane", ("Doe, Jane",), id="one name"),
        pytest.param("Cross, I.", ("Cross, I.",), id="one name with initials"),
        pytest.param(["Institute of Arts and Sciences"], ("Institute of Arts and Sciences",), id="a group"),
        pytest.param("", (), id="nothing"),
        pytest.param(None, (), id="no key"),
    ],
)
def test_the_names(value: Value, names: tuple[str, ...]) -> None:
    assert read_author_entries(value) == names


def test_values_that_are_one_line() -> None:
    assert is_single_line("Kate Ness")
    assert is_single_line(["Ness, Kate and Cross, Ian"])
    assert not is_single_line(["Kate Ness"])
