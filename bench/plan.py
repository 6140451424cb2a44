"""Measure the cost of a page: CPU and memory of check, apply and check again, on a generated site."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = str(Path(__file__).parents[1])
WORDS = (
    "adaptive bayesian cellular dynamics embryonic fields glacial hybrid imaging joint kernels latent".split()
)
FAMILIES = "Adler Brandt Castellanos Dubois Eriksen Fischer Garcia Hoshino Ivanova Jansen".split()
PAGE = """\
---
# Documentation of this page's keys
title: "{title}"
authors:
{authors}
date: "{date}T00:00:00Z"
doi: "{doi}"

# Schedule page publish date (NOT publication's date).
publishDate: "2017-01-01T00:00:00Z"

# Publication type.
publication_types: ["{type}"]

# Publication name and optional abbreviated publication name.
publication: "*{journal}*"
publication_short: ""

abstract: {abstract}

# Summary. An optional shortened abstract.
summary: ""
tags: []
featured: false

# links:
url_pdf: ""
url_code: ""
projects: []
slides: ""
---

{{{{% callout note %}}}}
Some text of the page itself.
{{{{% /callout %}}}}
"""


# In this order; `apply` changes pages and the baseline, so the check after it compares all of them.
RUNS = ("check", "apply", "check", "check", "apply")


def main(pages: int = 1_000, earlier: str = "") -> None:
    """Print the table for a site of this many pages, with an earlier checkout beside this one."""
    with tempfile.TemporaryDirectory() as folder:
        sites = {root: Path(folder, str(number)) for number, root in enumerate(filter(None, (HERE, earlier)))}
        starts = {
            root: measure_start(Path(folder, f"start-{site.name}"), root) for root, site in sites.items()
        }
        for site in sites.values():
            make_site(site, pages)
        print(f"{pages} pages")
        for command in RUNS:
            for root, site in sites.items():
                print_run(command, run(site, command, root), starts[root], pages, root)


def measure_start(site: Path, root: str) -> float:
    """Return the seconds of a run on one page that has nothing to report, as in a second check."""
    make_site(site, 1)
    for command in ("check", "apply", "check"):
        run(site, command, root)
    return min(run(site, "check", root)[0] for _ in range(4))


def make_site(site: Path, pages: int) -> None:
    """Write the pages, a third of them with something to fill, and their records."""
    rng = random.Random(7)
    site.mkdir(exist_ok=True)
    (site / "hugo.yaml").write_text("title: made\n", encoding="utf-8")
    with (site / "records.jsonl").open("w", encoding="utf-8") as records:
        for number in range(pages):
            title = " ".join(rng.choices(WORDS, k=9)).capitalize()
            people = [
                (rng.choice(WORDS).capitalize(), rng.choice(FAMILIES)) for _ in range(rng.randrange(2, 9))
            ]
            abstract = ". ".join(" ".join(rng.choices(WORDS, k=14)).capitalize() for _ in range(12)) + "."
            doi = f"10.5555/made.{number:06d}"
            day = [2010 + number % 14, 1 + number % 12, 2 + number % 26]
            folder = site / "content" / "publication" / f"made-{number:06d}"
            folder.mkdir(parents=True)
            text = PAGE.format(
                title=title,
                authors="\n".join(f"- {given} {family}" for given, family in people),
                date="{:04d}-{:02d}-{:02d}".format(*day),
                doi=doi,
                type="2" if number % 3 else "0",
                journal="Made Letters",
                abstract=f'"{abstract}"' if number % 4 else '""',
            )
            (folder / "index.md").write_text(text, encoding="utf-8")
            message = {
                "DOI": doi, "type": "journal-article", "title": [title], "container-title": ["Made Letters"],
                "author": [{"given": given, "family": family} for given, family in people],
                "published-online": {"date-parts": [day]}, "issued": {"date-parts": [day]},
                "abstract": f"<jats:p>{abstract}</jats:p>",
            }  # fmt: skip
            records.write(json.dumps(message) + "\n")


def run(site: Path, command: str, root: str) -> tuple[float, float]:
    """Run the program of a checkout once; return the seconds of CPU and the peak of memory in MiB."""
    (site / "cache").mkdir(exist_ok=True)  # as the first answer of a service makes it
    words = [sys.executable, "-m", "enrich", command, str(site), "--records", str(site / "records.jsonl")]
    compiled = {
        "PYTHONPATH": root,
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": f"{site.parent}/compiled",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*words, "--exit-zero", "-o", str(site / "report.txt")],
        cwd=root,  # Python looks there first
        env=os.environ | compiled | {"PYTHONPATH": root},
        check=False,
        capture_output=True,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(f"{command} ends with {done.returncode}: {done.stderr[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def print_run(command: str, cost: tuple[float, float], start: float, pages: int, root: str) -> None:
    """Print what a run took: a page, and a page without the start of the program."""
    seconds, peak = cost
    each, more = seconds / pages * 1000, (seconds - start) / max(pages - 1, 1) * 1000
    print(
        f"{command:6} {each:6.2f} ms a page, {more:6.2f} without the start ({start * 1000:.0f} ms)", end="  "
    )
    print(f"peak {peak:.0f} MiB" + ("" if root == HERE else f"  {root}"))


if __name__ == "__main__":
    main(int("".join(sys.argv[1:2]) or 1_000), "".join(sys.argv[2:3]))
