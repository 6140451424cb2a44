"""The settings know the fields without loading them; an unusual declaration loads them after all."""

from __future__ import annotations

import pkgutil

import pytest

from enrich.reconciler.fields import declarations
from enrich.reconciler.fields.declarations import Declaration, list_declarations, parse_declaration
from enrich.reconciler.fields.registry import load_fields

USUAL = """\
FIELD = Field(
    name="volume",
    policy="keep",
    after=("publication", "journal"),
    compare=compare_volume,
    read_record=lambda work: work.volume,
)
"""


def list_fields() -> list[Declaration]:
    """Return what the fields declare, in their own order."""
    return [Declaration(field.name, field.policy, field.after) for field in load_fields().values()]


def test_each_field_is_read_from_its_file_as_it_is_when_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = list_fields()
    monkeypatch.setattr(declarations, "_load_declarations", list)
    assert list_declarations() == fields != []


@pytest.mark.parametrize("error", [OSError, ValueError, SyntaxError])
def test_fields_are_loaded_if_a_file_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(_package: str, _name: str) -> bytes:
        raise error

    monkeypatch.setattr(pkgutil, "get_data", fail)
    assert list_declarations() == list_fields()


@pytest.mark.parametrize(
    "text",
    [
        USUAL,
        f"import re\n\nONE = 1\n\n\n{USUAL}\n",
        f"{USUAL}\nFIELDS = (\n    1,\n)\n",
        USUAL.replace('    name="volume",\n', "").replace("\n)", '\n    name="volume",\n)'),
        USUAL.replace('policy="keep",', 'policy="keep",  # until people ask for it'),
    ],
)
def test_a_declaration_with_literals(text: str) -> None:
    assert parse_declaration(text) == Declaration("volume", "keep", ("publication", "journal"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FIELD = OTHER\n",
        "FIELD = Field()\n",
        USUAL.replace('"volume"', "NAME"),
        USUAL.replace('"keep"', "POLICY"),
        USUAL.replace('"keep"', '"sometimes"'),
        USUAL.replace('"keep"', '["keep"]'),
        USUAL.replace('("publication", "journal")', "BEFORE"),
        USUAL.replace('("publication", "journal")', '["publication"]'),
        USUAL.replace('("publication", "journal")', '(*BEFORE, "journal")'),
        USUAL.replace('    policy="keep",\n', ""),
        USUAL.replace("FIELD =", "FIELD: Field ="),
        USUAL.replace('name="volume"', "**SHARED"),
        f"if True:\n    {USUAL}",
        USUAL.replace('"keep",', '"keep"'),
    ],
)  # fmt: skip
def test_another_declaration_is_refused(text: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        parse_declaration(text)
