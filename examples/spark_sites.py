"""Plan many sites with Spark: `spark_sites.py PAGES WORKS OUT`; docs/scale.md describes the three tables."""

import json
import sys
from collections.abc import Iterable, Iterator

from enrich.api import dois_on, plan_site
from pyspark.sql import Row, SparkSession

COLUMNS = (
    "site string, path string, status string, field string, key string, level string, old string, new string"
)


def list_dois(page: Row) -> list[tuple[str, str]]:
    """Return the DOIs that a page needs, each with the page's site."""
    return [(doi, page.site) for doi in dois_on(page.path, bytes(page.data or b""))]


def plan_rows(group: tuple[str, tuple[Iterable[Row], Iterable[str]]]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each change on a site, then one for the site: its patch, its findings by page."""
    site, (pages, records) = group
    plan = plan_site({page.path: bytes(page.data or b"") for page in pages}, records)
    for page in plan.pages:
        for change in page["changes"]:
            values = (json.dumps(change["old"]), json.dumps(change["new"]), json.dumps(page["findings"]))
            named = (change["field"], change["key"], change["level"])
            yield site, page["path"], page["status"], *named, *values, ""
    findings = json.dumps({page["path"]: page["findings"] for page in plan.pages if page["findings"]})
    patch = plan.patch.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    yield site, "", plan.error or "planned", "", "", "", "", "", findings, patch


if __name__ == "__main__":
    spark = SparkSession.builder.appName("enrich").getOrCreate()
    pages = spark.read.parquet(sys.argv[1]).rdd
    wanted = pages.flatMap(list_dois).distinct().toDF("doi string, site string")
    found = wanted.join(spark.read.parquet(sys.argv[2]), "doi").select("site", "record").rdd.map(tuple)
    rows = pages.keyBy(lambda page: page.site).cogroup(found).flatMap(plan_rows)
    spark.createDataFrame(rows, f"{COLUMNS}, findings string, patch string").write.parquet(sys.argv[3])
