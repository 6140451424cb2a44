"""A setting is one row: added to a copy of the program, flag, variable, file, schema and help know it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.package_copy import copy_package, run_copy

# The row goes before the first one of the table.
FIRST_ROW = "    config: Path | None = _option(\n"
ROW = """\
    patience: tuple[str, ...] = _option(
        read_text_list, ("calm",), "How patient enrich is.", group=RECORDS, metavar="WORD")
"""


def shown(copy: Path, *typed: str, **environ: str) -> list[str]:
    """Return the value of the new setting and its origin, as `enrich config` prints them."""
    lines = run_copy(copy, "config", *typed, environ=environ).splitlines()
    line = next(line for line in lines if line.startswith("patience = "))
    return [part.strip() for part in line.removeprefix("patience = ").split("  # ")]


@pytest.mark.slow
def test_a_new_setting_is_one_row(tmp_path: Path) -> None:
    copy = copy_package(tmp_path)
    table = copy / "enrich" / "settings" / "settings.py"
    text = table.read_text(encoding="utf-8")
    assert text.count(FIRST_ROW) == 1
    table.write_text(text.replace(FIRST_ROW, ROW + FIRST_ROW), encoding="utf-8")
    for command in ("check", "apply", "review", "explain"):
        assert "--patience WORD" in run_copy(copy, command, "--help")
    assert "How patient enrich is. Repeatable." in run_copy(copy, "check", "--help")

    file = copy / "site" / "enrich.toml"
    assert shown(copy) == ['["calm"]', "default"]
    file.write_text('patience = ["slow"]\n', encoding="utf-8")
    assert shown(copy) == ['["slow"]', "enrich.toml:1"]
    assert shown(copy, ENRICH_PATIENCE="quick, eager") == ['["quick", "eager"]', "ENRICH_PATIENCE"]
    assert shown(copy, "--patience", "none", ENRICH_PATIENCE="quick") == ['["none"]', "--patience"]

    schema = json.loads(run_copy(copy, "config", "--schema"))
    assert schema["properties"]["patience"] == {
        "description": "How patient enrich is.",
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string"},
        "default": ["calm"],
    }
    file.unlink()
    run_copy(copy, "init")
    assert '# How patient enrich is.\n# patience = ["calm"]\n' in file.read_text(encoding="utf-8")
