"""Many runs at once behind one address: refused calls, failed look-ups, and the time that they take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from bench.server import POLITE, Server, served
from tests.support.stand_in import work

LISTED, SINGLE = 60, 10  # DOIs of a run that a list call takes, and DOIs that it does not take

PROGRAM = """
import sys
from pathlib import Path
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Found
url, cache, *dois = sys.argv[1:]
urls = dict.fromkeys(("crossref", "datacite", "doi"), url)
with Lookup(Access(urls=urls, mailto="a@b.org", cache_dir=Path(cache))) as lookup:
    answers = lookup.look_up(dois)
print(sum(not isinstance(answer, Found) for answer in answers.values()), *lookup.notes, sep="\\t")
"""


def list_dois(number: int) -> list[str]:
    """Return the DOIs of one run; a list call does not take those with a comma."""
    return [
        *(f"10.5555/run{number}.{count}" for count in range(LISTED)),
        *(f"10.5555/run{number},{count}" for count in range(SINGLE)),
    ]


def start(number: int, server: Server, cache: Path, code: str) -> subprocess.Popen[str]:
    """Start a run."""
    words = [sys.executable, "-c", PROGRAM, server.url, str(cache), *list_dois(number)]
    environment = {**os.environ, "PYTHONPATH": code}
    return subprocess.Popen(words, cwd=code, env=environment, stdout=subprocess.PIPE, text=True)


def measure(name: str, count: int, code: str, *, at_once: bool, shared: bool) -> float:
    """Let the runs run, print what they met, and return how long they took."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        every = (work(doi) for number in range(count) for doi in list_dois(number))
        records.write_text("".join(json.dumps(one) + "\n" for one in every), encoding="utf-8")
        with served(records, rates=POLITE, latency=0.05) as server:
            began, failed, notes = monotonic(), [], set[str]()
            runs = []
            for number in range(count):
                cache = Path(folder) / ("cache" if shared else f"cache{number}")
                runs.append(start(number, server, cache, code))
                if not at_once:
                    runs[-1].wait()
            for run in runs:
                lost, *more = run.communicate()[0].rstrip("\n").split("\t")
                failed.append(int(lost))
                notes.update(more)
            seconds, counts = monotonic() - began, server.told()
    calls = sum(counts["calls"].values())
    print(
        f"{name:32} {calls:5} calls, {counts['refused']:4} refused ({100 * counts['refused'] / calls:.1f} %),"
        f" {counts['at_once']} at once, failed look-ups in {sum(map(bool, failed))} of {count} runs"
        f" ({sum(failed)}), {seconds:.1f} s",
        *notes,
        sep="\n  ",
        flush=True,
    )
    return seconds


def main(count: int = 20, before: str = "") -> None:
    """Measure so many runs; `before` is a checkout of an earlier version."""
    here = str(Path(__file__).parents[1])
    if before:
        measure("earlier version, at once", count, before, at_once=True, shared=True)
    apart = measure("one after the other", count, here, at_once=False, shared=True)
    together = measure("at once", count, here, at_once=True, shared=True)
    measure("at once, a cache for each", count, here, at_once=True, shared=False)
    print(f"at once : one after the other = {together / apart:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, *sys.argv[2:])
