"""The stand-in in a process of its own, so that it takes nothing from what is measured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.stand_in import Call, StandIn
from tests.support.wire import serving

POLITE = {"single": 10, "list": 3, "together": 3}
PUBLIC = {"single": 5, "list": 1, "together": 1}


def main() -> None:
    """Serve what the first line on stdin says; answer each further line with what was asked so far."""
    service = stand_in(json.loads(sys.stdin.readline()))
    with serving(service):
        print(service.url, flush=True)
        for line in sys.stdin:
            change(service, json.loads(line))
            print(json.dumps(counts(service)), flush=True)
            service.calls.clear()
            service.most_at_once = service.refused = 0


def stand_in(options: Mapping[str, Any]) -> StandIn:
    """Return a stand-in that knows the records of a file."""
    service = StandIn(rates=options.get("rates"), latency=options.get("latency", 0.0))
    with Path(options["records"]).open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if "attributes" in record:
                service.datacite[record["id"]] = record
            else:
                service.works[record["DOI"]] = record
                service.aliases |= dict.fromkeys(record.get("aliases", ()), record["DOI"])
    return service


def change(service: StandIn, options: Mapping[str, Any]) -> None:
    """Take over how the services behave from now on: the fault, its share, the latency."""
    fault, share = options.get("fault"), options.get("share", 1.0)
    every = round(1 / share)

    def pick(call: Call) -> str | None:
        return fault if call.number % every == every // 2 else None

    service.fault = pick if fault else lambda _: None
    service.latency = options.get("latency", service.latency)


def counts(service: StandIn) -> Mapping[str, Any]:
    """Return what was asked, and how."""
    kinds = Counter(call.kind for call in service.calls)
    return {"calls": kinds, "at_once": service.most_at_once, "refused": service.refused}


class Server:
    """A stand-in that runs beside us."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        """Keep the process and where it is to be reached."""
        self._process, self.url = process, url

    def told(self, **options: object) -> dict[str, Any]:
        """Change how the services behave; return what was asked since the last time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(options) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def served(records: Path, **options: object) -> Iterator[Server]:
    """Let a stand-in run with these records."""
    words = [sys.executable, "-m", "bench.server"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"records": str(records), **options}) + "\n")
        process.stdin.flush()
        try:
            yield Server(process, process.stdout.readline().strip())
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
