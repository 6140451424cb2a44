"""A name written the way the others on the page are."""

from __future__ import annotations

import pytest

from enrich.model.work import Person
from enrich.reconciler.people.format_name import format_name_like

LIU = Person("Liu", "Yen-Chun Melody")


@pytest.mark.parametrize(
    ("entries", "written"),
    [
        (["Kevin R Reyes", "Chiung-Yu Huang"], "Yen-Chun Melody Liu"),
        (["Kevin R. Reyes", "Thomas Martin"], "Yen-Chun Melody Liu"),
        (["K. R. Reyes", "C.-Y. Huang"], "Y.-C. M. Liu"),
        (["K.R. Reyes", "A.B. Huang"], "Y.-C.M. Liu"),
        (["KR Reyes", "CY Huang"], "YCM Liu"),
        (["Reyes KR", "Huang CY"], "Liu YCM"),
        (["Reyes, Kevin R", "Huang, Chiung-Yu"], "Liu, Yen-Chun Melody"),
        (["Reyes, K. R.", "Huang, C.-Y."], "Liu, Y.-C. M."),
        (["Reyes, K.R.", "Huang, A.B."], "Liu, Y.-C.M."),
        (["Reyes, KR", "Huang, CY"], "Liu, YCM"),
        (["admin", "**K. R. Reyes**"], "Y.-C. M. Liu"),
        (["admin"], "Yen-Chun Melody Liu"),
        ([], "Yen-Chun Melody Liu"),
    ],
)
def test_the_form_of_the_others(entries: list[str], written: str) -> None:
    assert format_name_like(LIU, entries) == written


def test_a_group_has_one_form() -> None:
    assert format_name_like(Person(literal="ALICE Collaboration"), ["K. R. Reyes"]) == "ALICE Collaboration"


def test_a_suffix_stays_with_a_full_name() -> None:
    assert format_name_like(Person("King", "Martin", suffix="Jr"), ["Kevin Reyes"]) == "Martin King Jr"
