"""Records by the hundred thousand: what `enrich records` and look-ups cost, beside an earlier version."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

WORDS = (
    "adaptive bayesian cellular dynamics embryonic fields glacial hybrid imaging joint kernels latent".split()
)
TEMPLATES, IN_A_FILE, SEED = 2000, 5000, 7
MEMORY = "2GB"

PROGRAM = """
import json, resource, sys, time
from pathlib import Path
task, source, out, dois = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.stdin.read().split()
cpu, wall = time.process_time(), time.monotonic()
if task == "open":
    from enrich.fetcher.records.reader import open_records
    records = open_records(source, out)
    opened = time.process_time() - cpu
    cpu, wall = time.process_time(), time.monotonic()
    if hasattr(records, "find_record"):
        found = sum(records.find_record(doi) is not None for doi in dois)
    else:
        from enrich.fetcher.access import Access
        from enrich.fetcher.lookup import Lookup
        from enrich.model.work import Found
        with Lookup(Access(offline=True), records) as lookup:
            found = sum(isinstance(answer, Found) for answer in lookup.look_up(dois).values())
else:
    from enrich.fetcher.records import write_tables
    from enrich.fetcher.records.duckdb_connection import Resources
    resources, opened = Resources("MEMORY"), 0.0
    wanted = write_tables.Wanted(dois)
    made = (write_tables.build_folder([source], out, resources, lambda *_: None) if task == "build"
            else write_tables.select_records([source], wanted, out, resources, lambda *_: None))
    found = made.works
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("\\n" + json.dumps([opened, time.process_time() - cpu, time.monotonic() - wall, found, peak]))
""".replace("MEMORY", MEMORY)


def make_templates(rng: random.Random) -> Iterator[str]:
    """Yield records with places for DOI, title and alias."""
    for number in range(TEMPLATES):
        sentences = (" ".join(rng.choices(WORDS, k=14)) for _ in range(8))
        people = [
            {"given": rng.choice(WORDS), "family": "Çelik", "sequence": "additional", "affiliation": []}
        ]
        record = {
            "DOI": "@DOI@", "type": rng.choice(["journal-article"] * 8 + ["posted-content", "book-chapter"]),
            "title": ["@TITLE@"], "container-title": ["Made Letters"], "page": f"{number}-{number + 9}",
            "author": people * rng.randrange(1, 7), "issued": {"date-parts": [[2020, 1, 2]]},
            "abstract": f"<jats:p>{'. '.join(sentences)} β‐cells.</jats:p>",
            **({"aliases": ["@ALIAS@"]} if number % 100 == 0 else {}),
            "reference": [
                {"key": f"r{count}", "DOI": f"10.5555/{rng.randrange(10**6)}", "volume": str(count),
                 "journal-title": " ".join(rng.choices(WORDS, k=3)), "author": rng.choice(WORDS)}
                for count in range(rng.randrange(0, 30))
            ],
        }  # fmt: skip
        yield json.dumps(record, ensure_ascii=False)


def make_works(folder: Path, count: int) -> int:
    """Write works as Crossref's public data file has them, in any order; return their bytes unpacked."""
    rng = random.Random(SEED)
    templates = list(make_templates(rng))
    numbers = list(range(count))
    rng.shuffle(numbers)
    folder.mkdir()
    total = 0
    for start in range(0, count, IN_A_FILE):
        lines = []
        for number in numbers[start : start + IN_A_FILE]:
            text = rng.choice(templates).replace("@DOI@", f"10.5555/MADE.{number:08d}")
            title = f"{' '.join(rng.choices(WORDS, k=7))} {number}"
            lines.append(text.replace("@TITLE@", title).replace("@ALIAS@", f"10.5555/old.{number}"))
        data = "\n".join(lines).encode()
        total += len(data)
        (folder / f"{start // IN_A_FILE:06d}.jsonl.gz").write_bytes(gzip.compress(data, 1))
    return total


def run(code: str, task: str, source: Path, out: Path, dois: str = "") -> list[float]:
    """Do one task in a process of its own; return CPU of opening and of the rest, seconds, works and peak."""
    words = [sys.executable, "-c", PROGRAM, task, str(source), str(out)]
    environment = {**os.environ, "PYTHONPATH": code}
    done = subprocess.run(
        words, cwd=code, env=environment, input=dois, capture_output=True, text=True, check=True
    )
    # Whatever else a library prints, the last line is ours.
    figures: list[float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure_size(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def show(name: str, figures: list[float], works: int, size: int = 0) -> None:
    """Print a line of the table."""
    opened, cpu, wall, found, peak = figures
    each = f"{(opened + cpu) / works * 1e6:7.1f} µs of CPU a work" if works else f"{cpu:7.2f} s of CPU"
    more = f", {size / works:7.1f} bytes a work" if size else ""
    print(f"  {name:28} {each}, {wall:7.1f} s, {found:9.0f} works, peak {peak:5.0f} MB{more}", flush=True)


def measure(count: int, before: str, folder: Path) -> float:
    """Print what so many works cost; return the CPU of `build` a work, in seconds."""
    here, source = str(Path(__file__).parents[1]), folder / f"works{count}"
    size = make_works(source, count)
    print(f"{count} works, {size / 1e9:.2f} GB, {measure_size(source) / 1e9:.2f} GB packed", flush=True)
    rng = random.Random(SEED)
    dois = "\n".join(f"10.5555/made.{number:08d}" for number in rng.sample(range(count), count // 10))
    built, some = folder / f"built{count}", folder / f"some{count}.parquet"
    build = run(here, "build", source, built)
    show("build", build, count, measure_size(built))
    select = run(here, "select", source, some, dois)
    show(f"select {count // 10} DOIs", select, count, measure_size(some))
    show("select from what was built", run(here, "select", built, folder / f"more{count}.parquet", dois), 0)
    look_ups = run(here, "open", built, folder / "none", dois)
    show(f"look {count // 10} DOIs up", look_ups, 0)
    if before:
        cache = folder / f"cache{count}"
        earlier = run(before, "open", source, cache, dois)
        show("earlier version: index", [earlier[0], 0.0, *earlier[2:]], count, measure_size(cache))
        show("earlier version: look-ups", earlier, 0)
        print(f"  build : index = {build[1] / earlier[0]:.2f} of the CPU")
        if kept := measure_size(cache):  # an earlier version keeps the index of a few records in memory
            print(f"  build : index = {measure_size(built) / kept:.2f} of the bytes")
        print(f"  look-ups : look-ups = {look_ups[1] / earlier[1]:.2f} of the CPU")
        print(
            f"  select : index and look-ups = {select[1] / (earlier[0] + earlier[1]):.2f} of the CPU",
            flush=True,
        )
    return build[1] / count


def main(most: int = 100_000, before: str = "") -> None:
    """Measure a tenth of so many works, and then all; `before` is a checkout of an earlier version."""
    with tempfile.TemporaryDirectory() as name:
        small, large = (measure(count, before, Path(name)) for count in (most // 10, most))
        print(f"CPU of build a work, large : small = {large / small:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, *sys.argv[2:])
