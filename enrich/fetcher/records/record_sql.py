"""The SQL that extracts DOI, aliases and title from a record's JSON, as `record_shapes` does in Python.

It does so for ordinary records. It calls any other one odd, and its file is then read in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from enrich.fetcher.records.duckdb_connection import quote_names, quote_text
from enrich.fetcher.records.record_shapes import LONGEST_KEY, SHORTEST_KEY
from enrich.fetcher.sources.crossref import ARTICLES

FIELD_TYPES = (
    "{pos: 'BIGINT', file: 'VARCHAR', doi: 'VARCHAR', aliases: 'VARCHAR[]', title: 'VARCHAR',"
    " record: 'VARCHAR'}"
)
_USUAL_OBJECT = 2**22
# What a run that needs these works keeps; the tables `wanted` and `wanted_titles` hold one column each.
IS_WANTED = """
doi IN (SELECT doi FROM wanted) OR title IN (SELECT title FROM wanted_titles)
OR (len(aliases) > 0 AND EXISTS (
    SELECT 1 FROM (SELECT unnest(aliases) AS alias) WHERE alias IN (SELECT doi FROM wanted)))
"""
# Aliases are few, and a condition on them in the first pass would cost more than it saves.
MAY_BE_WANTED = """
doi IN (SELECT doi FROM wanted) OR title IN (SELECT title FROM wanted_titles) OR len(aliases) > 0
"""

_ARTICLE_TYPES = ", ".join(map(quote_text, sorted(ARTICLES)))
# Printable ASCII but for quotes and backslashes: a DOI that differs from its lower-case form in case alone.
_DOI = r"10\.[!#-\[\]-~]*/[!#-\[\]-~]*"
_LETTERS = r"regexp_replace(coalesce(texts[3], ''), '<[^<>]*>|&#?\w{1,31};|[^A-Za-z0-9]+', '', 'g')"
_TITLE = f"""
CASE WHEN texts[2] IN ({_ARTICLE_TYPES}) AND length({_LETTERS}) >= {SHORTEST_KEY}
     THEN substr(lower({_LETTERS}), 1, {LONGEST_KEY}) ELSE '' END
"""
_RECORD = """
CASE WHEN list_contains(keys, 'reference')
     THEN json_merge_patch(line, '{"reference": null}')::VARCHAR ELSE line::VARCHAR END
"""
_ALIASES = """
CASE WHEN coalesce(texts[5], '[]') = '[]' THEN []::VARCHAR[]
     ELSE from_json(lower(texts[5]), '["VARCHAR"]') END
"""
_IS_ORDINARY = rf"""
coalesce(
    regexp_full_match(texts[1], '{_DOI}') AND NOT contains(texts[1], '/.')
    AND len(keys) = len(list_distinct(keys))
    AND (texts[4] IS NULL OR trim(coalesce(texts[3], '')) != '')
    AND regexp_full_match(coalesce(texts[5], '[]'), '\[("{_DOI}",?)*\]')
    AND NOT contains(coalesce(texts[5], ''), '/.'), false)
"""


def select_lines(files: Sequence[Path]) -> str:
    """Return the query for the JSON values in files of lines; a line that is not JSON is NULL."""
    return (
        "SELECT filename AS file, json AS line"
        f" FROM read_ndjson_objects({quote_names(files)}, ignore_errors=true, filename=true)"
    )


def select_stored_records(files: Sequence[Path], *, wanted: bool) -> str:
    """Return the query for the records in Parquet files; with `wanted`, for those of the table's DOIs."""
    kept = " WHERE doi IN (SELECT doi FROM wanted)" if wanted else ""
    return (
        "SELECT filename AS file, CASE WHEN json_valid(record) THEN record::JSON END AS line"
        f" FROM read_parquet({quote_names(files)}, filename=true){kept}"
    )


def select_record_fields(lines: str, numbers: Sequence[tuple[Path, int]], kept: str) -> str:
    """Return the query for the fields of records; an odd one has no DOI.

    `numbers` are those of the files: if a DOI has several records, the one with the highest `pos` counts.
    `kept` is the condition for the ordinary ones.
    """
    names = quote_names([file for file, _ in numbers])
    values = [number for _, number in numbers]
    return f"""
    WITH numbered AS (
        SELECT file, line, (map({names}, {values}::BIGINT[])[file] << 32) + row_number() OVER () AS pos
        FROM ({lines})
    ), extracted AS (
        SELECT *, json_keys(line) AS keys, json_extract_string(
            line, ['$.DOI', '$.type', '$.title[0]', '$.title[1]', '$.aliases']) AS texts
        FROM numbered
    ), judged AS (
        SELECT *, {_IS_ORDINARY} AS is_ordinary FROM extracted
    ), fields AS (
        SELECT pos, file, CASE WHEN is_ordinary THEN lower(texts[1]) ELSE '' END AS doi,
            CASE WHEN is_ordinary THEN {_ALIASES} ELSE []::VARCHAR[] END AS aliases,
            CASE WHEN is_ordinary THEN {_TITLE} ELSE '' END AS title,
            CASE WHEN is_ordinary THEN {_RECORD} ELSE '' END AS record
        FROM judged
    )
    SELECT * FROM fields WHERE doi = '' OR ({kept})
    """


def select_read_rows(file: Path, longest: int, kept: str) -> str:
    """Return the query for the fields that Python has written to a file, the longest line in bytes."""
    size = max(_USUAL_OBJECT, 2 * longest)  # DuckDB takes that much memory for each thread
    return (
        f"SELECT * FROM read_ndjson({quote_text(str(file))}, columns={FIELD_TYPES},"
        f" maximum_object_size={size}) WHERE {kept}"
    )
