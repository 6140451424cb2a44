"""What `--records` of gigabytes costs: the first opening, the second, a look-up, the memory of each."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

WORDS = "adaptive bayesian cellular dynamics embryonic fields glacial hybrid imaging joint kernels".split()
LOOK_UPS = 1000

PROGRAM = """
import resource, sys, time
from pathlib import Path
from enrich.fetcher.records.reader import open_records
path, cache, dois = Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.read().split()
began, cpu = time.monotonic(), time.process_time()
records = open_records(path, cache)
opened, cpu = time.monotonic() - began, time.process_time() - cpu
began = time.monotonic()
found = sum(records.find(doi) is not None for doi in dois)
each = (time.monotonic() - began) / len(dois) * 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"opened in {opened:7.2f} s ({cpu:7.2f} s of CPU), {found} of {len(dois)} found, {each:.2f} ms each,"
      f" peak {peak:.0f} MiB")
"""


def made(size: int) -> Iterator[Mapping[str, object]]:
    """Yield records by rule, a full one each, until they are so many bytes."""
    rng = random.Random(7)  # a measurement is to be repeatable
    total = number = 0
    while total < size:
        sentences = (" ".join(rng.choices(WORDS, k=14)) for _ in range(10))
        people = [
            {"given": rng.choice(WORDS), "family": "Çelik", "affiliation": [], "sequence": "additional"}
        ]
        record = {
            "DOI": f"10.5555/made.{number:08d}", "type": "journal-article",
            "title": [" ".join(rng.choices(WORDS, k=9))], "container-title": ["Made Letters"],
            "author": people * rng.randrange(2, 9), "issued": {"date-parts": [[2020, 1, 2]]},
            "abstract": f"<jats:p>{'. '.join(sentences)} β‐cells.</jats:p>",
            "reference": [
                {"key": f"r{n}", "doi-asserted-by": "crossref", "DOI": f"10.5555/{rng.randrange(10**6)}"}
                for n in range(rng.randrange(0, 60))
            ],
        }  # fmt: skip
        total += len(json.dumps(record))
        number += 1
        yield record


def write(path: Path, size: int) -> int:
    """Write records, as lines or as the public data file's container; return how many."""
    lines, count = "jsonl" in path.name, 0
    with ExitStack() as stack:
        stream = stack.enter_context(path.open("wb"))
        if path.suffix == ".gz":
            stream = stack.enter_context(gzip.open(stream, "wb", compresslevel=6))  # type: ignore[arg-type]
        stream.write(b"" if lines else b'{"items":[')
        for count, record in enumerate(made(size), start=1):
            stream.write(b"" if lines or count == 1 else b",")
            stream.write(json.dumps(record, ensure_ascii=False).encode())
            stream.write(b"\n" if lines else b"")
        stream.write(b"" if lines else b"]}")
    return count


def main(megabytes: int = 2000) -> None:
    """Print the table for so much of each kind of container."""
    for name in ("dump.json", "dump.jsonl", "dump.json.gz", "dump.jsonl.gz"):
        with tempfile.TemporaryDirectory() as folder:
            path, cache = Path(folder) / name, Path(folder) / "cache"
            count = write(path, megabytes * 10**6)
            print(f"{name}: {count} records, {megabytes} MB, {path.stat().st_size / 1e6:.0f} on disk")
            dois = "\n".join(f"10.5555/made.{n:08d}" for n in range(0, count, max(1, count // LOOK_UPS)))
            for times in ("first", "second"):
                words = [sys.executable, "-c", PROGRAM, str(path), str(cache)]
                done = subprocess.run(words, input=dois, capture_output=True, text=True, check=True)
                print(f"  {times:6} {done.stdout}", end="")
            print(f"  index  {(cache / 'records.sqlite').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
