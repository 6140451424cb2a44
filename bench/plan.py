"""What a page costs: CPU and memory of check, apply and check again, over a site made by rule."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

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


def main(pages: int = 2_000) -> None:
    """Print the table for a site of this many pages."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        make_site(site, pages)
        print(f"{pages} pages")
        for name, command in (
            ("check", "check"),
            ("apply", "apply"),
            ("check again", "check"),
            ("apply again", "apply"),
        ):
            run(site, name, command, pages)


def make_site(site: Path, pages: int) -> None:
    """Write the pages, a third of them with something to fill, and their records."""
    rng = random.Random(7)
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


def run(site: Path, name: str, command: str, pages: int) -> None:
    """Run the program once and print what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [
        sys.executable,
        "-m",
        "enrich",
        command,
        str(site),
        "--records",
        str(site / "records.jsonl"),
        "--exit-zero",
    ]
    done = subprocess.run(
        [*words, "-o", str(site / "report.txt")], check=False, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cost, peak = seconds / pages * 1000, after.ru_maxrss / 1024
    print(f"{name:12} exit {done.returncode}  {cost:6.2f} ms a page  peak {peak:.0f} MiB")
    if done.returncode:
        print(done.stderr[-2000:])


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
