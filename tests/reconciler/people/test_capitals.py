"""Names that were deposited in capitals."""

from __future__ import annotations

import pytest

from enrich.model.work import Person
from enrich.reconciler.people.capitals import capitalise_name, capitalise_person
from enrich.reconciler.people.parse_name import format_full_name


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("VAN DER BERG", "van der Berg"),
        ("DE LA CRUZ", "de la Cruz"),
        ("DOS SANTOS SILVA", "dos Santos Silva"),
        ("von SALLMANN", "von Sallmann"),
        ("O'BRIEN", "O'Brien"),
        ("MCDONALD", "McDonald"),
        ("SMITH-JONES", "Smith-Jones"),
        ("LE GUIN", "Le Guin"),
        ("VAN", "Van"),
        ("LI", "Li"),
        ("ÖZGÜR", "Özgür"),
        ("van der Berg", "van der Berg"),
        ("Tom Bell MD", "Tom Bell MD"),
        ("BELL MD", "Bell MD"),
        ("MacDonald", "MacDonald"),
        ("III", "III"),
    ],
)
def test_a_family_name(name: str, written: str) -> None:
    assert capitalise_name(name, 2) == written


@pytest.mark.parametrize(
    ("person", "written"),
    [
        pytest.param(Person("VAN DER BERG", "JOHAN"), "Johan van der Berg", id="all in capitals"),
        pytest.param(Person("BERG", "JK"), "JK Berg", id="initials stay"),
        pytest.param(Person("BERG", "KRB"), "KRB Berg", id="three letters without a vowel are initials"),
        pytest.param(Person("BERG", "J. K."), "J. K. Berg", id="initials with full stops"),
        pytest.param(Person("BERG", "ANNA", suffix="JR"), "Anna Berg Jr", id="a suffix in capitals"),
        pytest.param(Person("III", "John A. Smith"), "John A. Smith III", id="a suffix as family name"),
        pytest.param(Person("II", "JOHN SMITH"), "John Smith II", id="both"),
        pytest.param(Person("Tom Bell MD"), "Tom Bell MD", id="a whole name in one field"),
        pytest.param(Person(literal="XYZ Investigators"), "XYZ Investigators", id="a group"),
        pytest.param(Person(literal="ALICE"), "ALICE", id="a group in capitals"),
    ],
)
def test_a_person(person: Person, written: str) -> None:
    assert format_full_name(capitalise_person(person)) == written
