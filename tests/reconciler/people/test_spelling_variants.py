"""Names in two spellings of one language, and names that only look like it."""

from __future__ import annotations

import pytest

from enrich.model.work import Person
from enrich.reconciler.people.same_person import is_same_person
from enrich.reconciler.people.spelling_variants import list_variants

SAME = """
Lv Meihua ; Lü ; Meihua
Meihua Lyu ; Lü ; Meihua
M. Lü ; Lv ; Meihua
Lyu M. ; Lv ; Meihua
Meihua Lu ; Lü ; Meihua
Nyu Ping ; Nü ; Ping
Haruto Oota ; Ota ; Haruto
H. Ohta ; Ōta ; Haruto
Haruto Ōta ; Oota ; Haruto
Yuuka Satou ; Sato ; Yuka
Satoh Y. ; Satō ; Yuka
Youko Endoh ; Endo ; Yoko
Kouji Katoh ; Kato ; Koji
王偉 ; 王 ; 伟
陳國強 ; 陈 ; 国强
髙橋健 ; 高橋 ; 健
渡邊愛 ; 渡辺 ; 愛
廣澤 亮 ; 広沢 ; 亮
Mª Carmen Soto ; Soto ; María Carmen
M.ª Carmen Soto ; Soto ; Maria Carmen
Lars Østergård ; Ostergaard ; Lars
"""
OTHERS = """
Meihua Lv ; Lu ; Meihua
Meihua Lü ; Li ; Meihua
Lv Meihua ; Lin ; Meihua
Haruto Ota ; Oda ; Haruto
Mei Hou ; Ho ; Mei
Ping Zhou ; Zho ; Ping
Yuka Satou ; Saito ; Yuka
Anna Moore ; More ; Anna
Tom Cook ; Cok ; Tom
Kohei Abe ; Kei ; Abe
王偉 ; 王 ; 芳
陳國強 ; 陈 ; 国明
李静 ; 李 ; 净
Mª Carmen Soto ; Soto ; Miguel
"""


def read_rows(table: str) -> list[tuple[str, Person]]:
    """Return the rows of a table: an entry, a family name, a given name."""
    rows = (row.split(" ; ") for row in table.strip().splitlines())
    return [(entry, Person(family, given)) for entry, family, given in rows]


@pytest.mark.parametrize(("entry", "person"), read_rows(SAME))
def test_two_spellings_of_a_name(entry: str, person: Person) -> None:
    assert is_same_person(entry, person)


@pytest.mark.parametrize(("entry", "person"), read_rows(OTHERS))
def test_two_names(entry: str, person: Person) -> None:
    assert not is_same_person(entry, person)


@pytest.mark.parametrize("word", ["na" * 140 + "x", "oh" * 140, "uu" * 140 + "q"])
def test_a_long_word_has_few_variants(word: str) -> None:
    assert len(list(list_variants(word))) <= 1
