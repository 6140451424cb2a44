"""The fetcher against the stand-in: a cold run at the services' limits, others beside it, a warm run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.plan import make_site
from bench.server import POLITE, PUBLIC, Server, served
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Found

MAILTO = "you@lab.example"
CLIENTS = ("habanero", "crossref-commons", "crossrefapi")
WARM = """
import resource, sys, time
from pathlib import Path
from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Found
url, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
dois = [f"10.5555/made.{n:06d}" for n in range(count)]
began = time.process_time()
with Lookup(Access(dict.fromkeys(("crossref", "datacite", "doi"), url), cache_dir=Path(folder))) as lookup:
    groups = (dois[n : n + 400] for n in range(0, count, 400))
    answers = (answer for group in lookup.look_up_ahead(groups) for answer in group.values())
    found = sum(isinstance(answer, Found) for answer in answers)
each = (time.process_time() - began) / count * 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{found:6} found  {each:.3f} ms of CPU each  peak {peak:.0f} MiB")
"""


def point_services_at(url: str) -> dict[str, str]:
    """Return one address for every service."""
    return dict.fromkeys(("crossref", "datacite", "doi"), url)


def main(what: str = "all", python: str = "") -> None:
    """Print the tables: `cold`, `clients` (with the Python that has them), `warm`, or all."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        if what in ("cold", "all"):
            cold(made(site / "cold", 1000), site)
        if what in ("clients", "all"):
            clients(made(site / "clients", 1000), python)
        if what in ("warm", "all"):
            warm(made(site / "warm", 10_000), site / "cache")


def made(folder: Path, pages: int) -> Path:
    """Return the records of a site made by rule."""
    folder.mkdir()
    make_site(folder, pages)
    return folder / "records.jsonl"


def mixed(records: Path) -> list[str]:
    """Make some records DataCite's, aliased or odd, and return DOIs of which some are nobody's."""
    lines, dois = [], []
    for number, record in enumerate(map(json.loads, records.read_text(encoding="utf-8").splitlines())):
        doi = record["DOI"]
        if number % 10 == 1:
            doi = f"10.5281/made.{number}"
            attributes = {"doi": doi, "titles": [{"title": record["title"][0]}], "creators": []}
            record = {"id": doi, "type": "dois", "attributes": attributes}  # noqa: PLW2901
        elif number % 50 == 2:
            record["aliases"] = [f"10.5555/old.{number}"]
        elif number % 50 == 3:
            doi = record["DOI"] = f"10.5555/odd,{number}"
        lines.append(json.dumps(record))
        dois.append(record.get("aliases", [doi])[0] if number % 50 != 4 else f"10.5555/none.{number}")
    records.write_text("\n".join(lines), encoding="utf-8")
    return dois


def cold(records: Path, folder: Path) -> None:
    """Print how long 1,000 DOIs take, all in batches and mixed, with and without an address."""
    plain = [f"10.5555/made.{n:06d}" for n in range(1000)]
    print("cold, 1,000 DOIs            latency  seconds  limit  times  found  429  at once  calls")
    for kind in ("all at Crossref", "of every kind"):
        dois = plain if kind == "all at Crossref" else mixed(records)
        for rates, mailto in ((POLITE, MAILTO), (PUBLIC, "")):
            for latency in (0.05, 0.8):
                with served(records, rates=rates, latency=latency) as server:
                    seconds, found = look_up(server, folder / f"{kind}{latency}{mailto}", dois, mailto)
                    told = server.told()
                # Of the second kind the single calls are part of what the limits allow.
                limit = max(
                    told["calls"]["list"] / rates["list"],
                    told["calls"].get("single", 0) / rates["single"],
                    (told["calls"]["list"] + told["calls"].get("single", 0)) * latency / rates["together"],
                )
                who = "polite" if mailto else "public"
                print(
                    f"{kind:17} {who:8} {latency:7.2f}s {seconds:7.1f} {limit:7.1f} {seconds / limit:6.2f}"
                    f" {found:6} {told['refused']:4} {told['at_once']:6}    {json.dumps(told['calls'])}"
                )


def look_up(server: Server, cache: Path, dois: list[str], mailto: str) -> tuple[float, int]:
    """Return how long a look-up of all takes, and how many were found."""
    began = time.monotonic()
    access = Access(
        dict.fromkeys(("crossref", "datacite", "doi"), server.url), mailto=mailto, cache_dir=cache
    )
    with Lookup(access) as lookup:
        answers = lookup.look_up(dois)
    return time.monotonic() - began, sum(isinstance(answer, Found) for answer in answers.values())


def clients(records: Path, python: str) -> None:
    """Print what the same run takes one call at a time, by us and by others."""
    dois = [f"10.5555/made.{n:06d}" for n in range(1000)]
    print("1,000 DOIs, 50 ms, the documented limits     seconds  found  errors  429  at once  calls")
    for name, seconds, found, errors, told in _runs(records, dois, python):
        calls = sum(told["calls"].values())
        print(
            f"{name:43} {seconds:8.1f} {found:6} {errors:7} {told['refused']:4} {told['at_once']:8} {calls:6}"
        )


def _runs(
    records: Path, dois: list[str], python: str
) -> Iterator[tuple[str, float, int, int, dict[str, dict[str, int]]]]:
    with tempfile.TemporaryDirectory() as folder, served(records, rates=POLITE, latency=0.05) as server:
        seconds, found = look_up(server, Path(folder) / "many", dois, MAILTO)
        yield "enrich", seconds, found, len(dois) - found, server.told()
        seconds, found = one_by_one(server, Path(folder) / "one", dois)
        yield "enrich, one call at a time", seconds, found, len(dois) - found, server.told()
        for name in CLIENTS if python else ():
            words = [python, str(Path(__file__).with_name("clients.py")), name, server.url]
            done = subprocess.run(words, input="\n".join(dois), capture_output=True, text=True, check=True)
            told = json.loads(done.stdout.splitlines()[-1])
            yield name, told["seconds"], told["found"], told["errors"], server.told()


def one_by_one(server: Server, cache: Path, dois: list[str]) -> tuple[float, int]:
    """Return how long it takes, and how many are found, where each DOI is a call of its own."""
    began, found = time.monotonic(), 0
    with Lookup(
        Access(dict.fromkeys(("crossref", "datacite", "doi"), server.url), mailto=MAILTO, cache_dir=cache)
    ) as lookup:
        for doi in dois:
            found += isinstance(lookup.look_up([doi])[doi], Found)
    return time.monotonic() - began, found


def warm(records: Path, cache: Path) -> None:
    """Print what the fetcher's part of a second run takes of CPU and memory, and how much it asks."""
    print("a second run")
    with served(records) as server:
        look_up(server, cache, [f"10.5555/made.{n:06d}" for n in range(10_000)], "")
        server.told()
        for count in (1000, 10_000):
            words = [sys.executable, "-c", WARM, server.url, str(cache), str(count)]
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            print(f"{count:6} DOIs: {sum(server.told()['calls'].values())} requests {done.stdout}", end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
