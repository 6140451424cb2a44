"""Names that lost a letter to a wrong decoding."""

from __future__ import annotations

import pytest

from enrich.model.work import Person
from enrich.reconciler.people.alignment import align_authors
from enrich.reconciler.people.same_person import is_same_person


@pytest.mark.parametrize(
    ("entry", "person", "expected"),
    [
        pytest.param("Jörg Müller", Person("M\ufffdller", "J\ufffdrg"), True, id="both names"),
        pytest.param("Müller, J.", Person("M\ufffdller", "J\ufffdrg"), True, id="an initial"),
        pytest.param("Joerg Müller", Person("M\ufffdller", "J\ufffdrg"), True, id="two letters for one"),
        pytest.param("M\ufffdller, J\ufffdrg", Person("Müller", "Jörg"), True, id="on the page"),
        pytest.param("José Muñoz Peña", Person("Mu\ufffdoz Pe\ufffda", "Jos\ufffd"), True, id="three words"),
        pytest.param("Jörg Möller", Person("M\ufffdller", "Jörg"), True, id="any letter fits"),
        pytest.param("Jörg Miehler", Person("M\ufffdller", "Jörg"), False, id="other letters besides"),
        pytest.param("Anna Müller", Person("M\ufffdller", "Jörg"), False, id="another given name"),
        pytest.param("Xu Li", Person("\ufffd", "Li"), False, id="a name of which nothing is left"),
    ],
)
def test_a_lost_letter_is_any_letter(entry: str, person: Person, expected: bool) -> None:
    assert is_same_person(entry, person) is expected


def test_a_list_with_lost_letters_is_the_same_list() -> None:
    people = (Person("M\ufffdller", "K."), Person("Schmidt", "P."), Person("\ufffdrz", "Ay\ufffde"))
    found = align_authors(("Müller, K.", "Peter Schmidt", "Ayşe Örz"), people, {})
    assert (found.missing, found.extra) == ((), ())
