"""Measure the cost of a page as a site grows: CPU and peak memory of check, apply, apply again and undo."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.plan import make_site

SIZES = (1_000, 3_000, 10_000)
ROW = "{:>7}  {:<12}  {:>9.2f}  {:>8.1f}  {:>8.0f}  {:>8.1f}"


def main(*sizes: int) -> None:
    """Print the table: a row a command and size, and what each further page takes of memory."""
    print("  pages  command       ms a page   seconds  peak MiB  KiB for each further page")
    before: dict[str, tuple[int, int]] = {}
    for pages in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder)
            make_site(site, pages)
            for name in ("check", "apply", "apply again", "undo"):
                cpu, wall, peak = measure(site, name.split()[0])
                fewer, less = before.get(name, (0, 0))
                more = (peak - less) / (pages - fewer) if fewer else 0
                before[name] = pages, peak
                print(ROW.format(pages, name, cpu / pages * 1000, wall, peak / 1024, more))


def measure(site: Path, command: str) -> tuple[float, float, int]:
    """Run the program; return its CPU seconds, its wall seconds and its peak memory in KiB."""
    words = [sys.executable, "-m", "enrich", command, str(site)]
    if command != "undo":
        words += [
            "--records",
            str(site / "records.jsonl"),
            "--exit-zero",
            "-q",
            "-o",
            str(site / "report.txt"),
        ]
    begin = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)  # of this child alone, which `getrusage` cannot say
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
