"""Kill `apply` at random moments, and count the files that are then neither old nor new.

`python -m bench.kills [KILLS] [PAGES]`; three kills in four fall into the time in which pages are written.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from enrich.writer.atomic_write import TEMP_PREFIX, TEMP_SUFFIX
from tests.support.made_site import contents, make, page

Contents = dict[str, bytes]
MIXED, GONE, LEFT = "pages: neither old nor new", "pages: gone", "files left: Hugo would publish them"
PATCH, BASELINE = "cache/undo.patch", "cache/baseline.jsonl"


def main(kills: int = 200, pages: int = 300) -> None:
    """Print how many runs were killed where, and how many pages or runs were not as they must be."""
    rng = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        texts = {f"content/publication/p{number}/index.md": page(number) for number in range(pages)}
        old = contents(make(site, texts))
        whole, writing = durations(site)
        new, known = contents(site), (site / BASELINE).read_bytes()
        print(f"{kills} kills of `apply` over {pages} pages; it takes {whole:.2f} s, {writing:.2f} s writing")
        found = Counter(dict.fromkeys((MIXED, GONE, LEFT), 0))
        for number in range(kills):
            shutil.rmtree(site)
            make(site, texts)
            kill(site, rng.uniform(0, writing if number % 4 else whole), from_patch=bool(number % 4))
            found.update(in_between(contents(site), old, new))
            run(site, "apply")
            found["runs: the next one did not finish the work"] += contents(site) != new
            found["runs: the baseline is another one"] += (site / BASELINE).read_bytes() != known
            run(site, "undo")
            found["runs: `undo` did not take all back"] += contents(site) != old
    for what, count in sorted(found.items()):
        print(f"{count:7}  {what}")


def in_between(now: Contents, old: Contents, new: Contents) -> Iterator[str]:
    """Yield what there is after a kill: where it fell, and each page and each file."""
    written = sum(now.get(path) == new[path] for path in new)
    between = "after the last page" if written == len(new) else "between two pages"
    yield f"kills: {between if written else 'before the first page'}"
    for path, content in now.items():
        name = path.rpartition("/")[2]
        if path in old:
            yield "pages: wholly old or new" if content in {old[path], new[path]} else MIXED
        else:
            hidden = name.startswith(TEMP_PREFIX) and name.endswith(TEMP_SUFFIX)
            yield "files left: Hugo ignores them" if hidden else LEFT
    yield from (GONE for path in old if path not in now)


def durations(site: Path) -> tuple[float, float]:
    """Run `apply` alone; return its seconds, and those in which it writes pages."""
    begin = time.monotonic()
    process = start(site, "apply")
    wait_for_patch(site, process)
    patch = time.monotonic()
    process.wait()
    return time.monotonic() - begin, time.monotonic() - patch


def kill(site: Path, after: float, *, from_patch: bool) -> None:
    """Start `apply` and kill it after some seconds, counted from the moment in which it begins to write."""
    process = start(site, "apply")
    if from_patch:
        wait_for_patch(site, process)
    time.sleep(after)
    process.kill()
    process.wait()


def wait_for_patch(site: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the reverse of the run is on disk: then the pages follow."""
    while not (site / PATCH).exists() and process.poll() is None:
        time.sleep(0.0005)


def run(site: Path, command: str) -> None:
    """Run the program to its end."""
    assert start(site, command).wait() == 0


def start(site: Path, command: str) -> subprocess.Popen[bytes]:
    """Start the program on the site."""
    words = [sys.executable, "-m", "enrich", command, str(site)]
    if command != "undo":
        words += ["--records", str(site / "records.jsonl"), "-q", "-o", os.devnull]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
