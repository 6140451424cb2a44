"""The description of the JSON report: the schema and docs/json.md against what the program prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from enrich.model.plan import Plan
from enrich.report.json import render as render_json
from enrich.report.jsonl import render as render_jsonl
from tests.support.documents import DOCS, section
from tests.support.hostile_report import TEXTS, report_of
from tests.support.reports import EVERYTHING, change, page, report
from tests.support.sample import RECORDS, copy_site, run

SCHEMA: dict[str, Any] = json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8"))
OBJECTS: dict[str, dict[str, Any]] = {"## The document": SCHEMA} | {
    f"## {heading}": SCHEMA["$defs"][name]
    for heading, name in {
        "Summary": "summary",
        "A page": "page",
        "A change": "change",
        "A finding": "finding",
    }.items()
}


def close(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the schema without room for keys that it does not name."""
    if isinstance(schema, dict):
        closed = {key: close(value) for key, value in schema.items()}
        return closed | {"additionalProperties": False} if "properties" in schema else closed
    return [close(item) for item in schema] if isinstance(schema, list) else schema


STRICT = jsonschema.Draft202012Validator(close(SCHEMA))


def list_keys(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield every key of a document, at any depth; values of pages aside."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from list_keys(item) if key not in {"old", "new"} else ()
    for item in value if isinstance(value, list) else ():
        yield from list_keys(item)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(render_json(EVERYTHING), id="everything"),
        pytest.param(render_json(report()), id="no page"),
        pytest.param(
            render_json(report(Plan(page(), "", changes=(change("a", "b", status="kept"),)))), id="a kept one"
        ),
        *(pytest.param(render_json(report_of(text)), id=name) for name, text in TEXTS.items()),
    ],
)
def test_a_report_matches_the_schema_exactly(text: str) -> None:
    STRICT.validate(json.loads(text))


def test_the_schema_names_nothing_that_the_program_does_not_print() -> None:
    filed = replace(change("a", "b"), file="content/cite.bib", set_name="published-version")
    changes = (change("a", "b", status="kept"), filed)
    kept = report(Plan(page(), "", changes=changes))
    printed = {key for shown in (EVERYTHING, kept) for key in list_keys(json.loads(render_json(shown)))}
    assert printed == {key for each in OBJECTS.values() for key in each["properties"]}


@pytest.mark.parametrize("command", ["check", "apply"])
def test_the_programs_own_output(tmp_path: Path, command: str) -> None:
    done = run(copy_site(tmp_path), command, "content", "--records", RECORDS, "--format", "json")
    document = json.loads(done.stdout)
    STRICT.validate(document)
    keys = {found["doi_from"] for found in document["pages"]}
    assert {"doi", "hugoblox.ids.doi", None} <= keys
    assert {found["identity"] for found in document["pages"]} >= {"same", "other", None}


def test_lines_are_the_same_objects() -> None:
    *pages, summary = map(json.loads, render_jsonl(EVERYTHING).splitlines())
    STRICT.validate({"schema": 1, "tool": "x", "pages": pages, **summary})


@pytest.mark.parametrize("heading", OBJECTS)
def test_the_document_describes_every_key_in_order(heading: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| .+? \| .+ \|$", section("json.md", heading), re.MULTILINE)
    assert rows == [*OBJECTS[heading]["properties"]]
