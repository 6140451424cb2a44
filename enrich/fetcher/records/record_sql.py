"""Build the SQL that extracts DOI, aliases and title from a record, as `record_shapes` does in Python.

The SQL understands ordinary records. If a file has any other, an odd one, Python reads the whole file.
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
# The condition for a record to keep. The pages' DOIs are in the table `wanted`, titles in `wanted_titles`.
IS_WANTED = """
doi IN (SELECT doi FROM wanted) OR title IN (SELECT title FROM wanted_titles)
OR (len(aliases) > 0 AND EXISTS (
    SELECT 1 FROM (SELECT unnest(aliases) AS alias) WHERE alias IN (SELECT doi FROM wanted)))
"""
# The condition of the first pass. Few records have aliases: to compare those would cost more than it saves.
MAY_BE_WANTED = """
doi IN (SELECT doi FROM wanted) OR title IN (SELECT title FROM wanted_titles) OR len(aliases) > 0
"""

_ARTICLE_TYPES = ", ".join(map(quote_text, sorted(ARTICLES)))
# Printable ASCII without quotes and backslashes, so that SQL's lower() gives the DOI that Python reads.
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
    """Return the query for the values in files of JSON lines; a line that is not JSON gives NULL."""
    return (
        "SELECT filename AS file, json AS line"
        f" FROM read_ndjson_objects({quote_names(files)}, ignore_errors=true, filename=true)"
    )


def select_stored_records(files: Sequence[Path], *, wanted: bool) -> str:
    """Return the query for the records in Parquet files; with `wanted`, only for DOIs in that table."""
    kept = " WHERE doi IN (SELECT doi FROM wanted)" if wanted else ""
    return (
        "SELECT filename AS file, CASE WHEN json_valid(record) THEN record::JSON END AS line"
        f" FROM read_parquet({quote_names(files)}, filename=true){kept}"
    )


def select_record_fields(lines: str, numbers: Sequence[tuple[Path, int]], kept: str) -> str:
    """Return the query for the fields of the records in `lines`; an odd record gets an empty DOI.

    `numbers` are the files' numbers, from which `pos` follows: if a DOI has several records, the one with
    the highest `pos` counts. `kept` is the condition for an ordinary record to keep.
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
    """Return the query for the fields that Python wrote to a file; its longest line has `longest` bytes."""
    size = max(_USUAL_OBJECT, 2 * longest)  # each thread of DuckDB takes that much memory
    return (
        f"SELECT * FROM read_ndjson({quote_text(str(file))}, columns={FIELD_TYPES},"
        f" maximum_object_size={size}) WHERE {kept}"
    )
