"""The Spark example plans sites as the public module does, and one bad site does not end the job."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from enrich import api
from tests.support.made_site import page, record
from tests.support.sample import ROOT

EXAMPLE = ROOT / "examples/spark_sites.py"
needs_spark = pytest.mark.skipif(
    shutil.which("java") is None or importlib.util.find_spec("pyspark") is None,
    reason="no Java or no PySpark here: python -m pip install pyspark",
)
# So few sites are done before it pays that Java compiles for speed.
MASTER = (
    "--master local[2] --conf spark.ui.enabled=false"
    " --driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell"
)
SITES: Mapping[str, Mapping[str, bytes]] = {
    "good": {"hugo.yaml": b"", "content/publication/a.md": page(0).encode()},
    "other": {"hugo.yaml": b"", "content/publication/b.md": page(1).encode()},
    "broken": {"enrich.toml": b"[fields", "content/publication/c.md": page(2).encode()},
    "hostile": {"../x": b"", "content/publication/d.md": b"\xff"},
    "empty": {"hugo.yaml": b""},
}


def test_the_example_is_short() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 40


def write_table(path: Path, columns: str, rows: list[tuple[object, ...]]) -> None:
    path.mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({columns})")
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
        connection.execute(f"COPY t TO '{path}/part.parquet'")


@pytest.mark.slow
@needs_spark
def test_sites_are_planned_as_the_public_module_plans_them(tmp_path: Path) -> None:
    pages = [(site, path, data) for site, files in SITES.items() for path, data in files.items()]
    write_table(tmp_path / "pages", "site VARCHAR, path VARCHAR, data BLOB", [*pages])
    records = [record(number) for number in range(3)]
    works = [(str(one["DOI"]), json.dumps(one)) for one in records]
    write_table(tmp_path / "works", "doi VARCHAR, record VARCHAR", [*works])
    words = [sys.executable, str(EXAMPLE), *(str(tmp_path / name) for name in ("pages", "works", "out"))]
    done = subprocess.run(
        words,
        env={**os.environ, "PYSPARK_SUBMIT_ARGS": MASTER, "PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    rows = duckdb.read_parquet(str(tmp_path / "out/*.parquet")).fetchall()
    plans = {site: api.plan_site(files, [*map(json.dumps, records)]) for site, files in SITES.items()}
    patches = {row[0]: row[9] for row in rows if not row[3]}
    assert patches == {site: plan.patch for site, plan in plans.items()}
    assert patches["good"]
    assert {row[0] for row in rows if not row[3] and row[2] != "planned"} == {"broken", "hostile"}
    assert sorted((row[0], row[1], row[3], json.loads(row[7])) for row in rows if row[3]) == sorted(
        (site, each["path"], change["field"], change["new"])
        for site, plan in plans.items()
        for each in plan.pages
        for change in each["changes"]  # type: ignore[attr-defined]
    )
