"""Compare `plan_site` with what `enrich apply` writes: `python -m bench.plan_sites SITES [seed]`.

SITES is a folder of Hugo sites. Records are made from their pages, with a few facts changed so that many
pages get changes; a page without a DOI gets one. Three rounds: these records, the same again, and records
in which other facts have changed since.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.placed_dois import make_work
from enrich import api
from enrich.model.page import Page
from enrich.model.site_context import Profile, ThemeSettings
from enrich.model.work import PartialDate, Person, Work
from enrich.site import page_files, pages, site_survey
from enrich.text.page_doi import page_doi

ROOT = Path(__file__).parents[1]
CHANGED = 0.25  # the share of records in which a fact is another one
BASELINE = "cache/baseline.jsonl"
OPENING = re.compile(rb"\A(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*(\r?\n)")
DOI_KEY = re.compile(rb"(?im)^[ \t]*\"?doi\"?[ \t]*[:=]")

Record = dict[str, object]
UNRELATED: list[Record] = [{"DOI": "10.5555/unrelated", "type": "book"}]  # a run needs a record


def list_sites(folder: Path) -> list[Path]:
    """Return the sites of a folder, also those within a repository of several."""
    return sorted({path.parent for path in (*folder.glob("*/content"), *folder.glob("*/*/*/content"))})


def copy_site(folder: Path, into: Path, number: int) -> Path:
    """Return a copy of a site in which most pages without a DOI have one."""
    site = into / folder.name
    shutil.copytree(folder, site, symlinks=True, copy_function=shutil.copyfile)
    for count, path in enumerate(sorted(site.rglob("content/**/publication*/**/*.md"))):
        if path.is_symlink() or path.name == "_index.md" or count % 5 == 0:
            continue
        data = path.read_bytes()
        if (opening := OPENING.match(data)) and not DOI_KEY.search(data):
            sign = b": " if opening[1] == b"---" else b" = "
            line = b'doi%s"10.5555/site%d.%d"%s' % (sign, number, count, opening[2])
            path.write_bytes(data[: opening.end()] + line + data[opening.end() :])
    return site


def make_records(site: Path, rng: random.Random) -> list[Record]:
    """Return a record for each page with a DOI, made from the page."""
    opened = pages.find_site([site])
    read = page_files.read_pages(opened, lambda *_: None)
    profiles = site_survey.survey_site(opened, read.read.values(), ThemeSettings()).profiles
    with_doi = [page for page in read.read.values() if page_doi(page).key]
    return [change_facts(make_record(page, profiles), rng) for page in with_doi]


def make_record(page: Page, profiles: Mapping[str, Profile]) -> Record:
    """Return the record that a page is about."""
    work = make_work(page, page_doi(page).key, profiles)
    return {
        "DOI": work.doi,
        "type": work.type,
        "title": list(work.titles),
        "author": list(map(_make_author, work.contributors)),
        "container-title": list(work.container_titles),
        **_make_dates(work),
    }


def _make_author(person: Person) -> Record:
    named = {"given": person.given, "family": person.family, "suffix": person.suffix, "name": person.literal}
    return {key: value for key, value in named.items() if value}


def _make_dates(work: Work) -> Record:
    issued = work.dates.issued
    return {"issued": {"date-parts": [_list_parts(issued)]}} if issued else {}


def _list_parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part]


def change_facts(record: Record, rng: random.Random) -> Record:
    """Return a record with facts that a page has not, or has otherwise."""
    facts: dict[str, object] = {
        "volume": str(rng.randrange(1, 90)),
        "issue": str(rng.randrange(1, 12)),
        "page": f"{rng.randrange(1, 500)}-{rng.randrange(500, 900)}",
        "publisher": rng.choice(("Made Press", "Éditions Faites")),
        "container-title": [rng.choice(("Journal of Made Things", "Lettres & Made <i>Science</i>"))],
        "abstract": f"<jats:p>What {rng.randrange(999)} made works say, “quoted”: it is 5 % — of α.</jats:p>",
        "published-online": {"date-parts": [[2019, rng.randrange(1, 13), rng.randrange(1, 29)]]},
        "issued": {"date-parts": [[rng.randrange(2015, 2024), rng.randrange(1, 13)]]},
        "type": rng.choice(("journal-article", "proceedings-article", "book-chapter", "posted-content")),
        "title": [f"{(record['title'] or ['Untitled'])[0]}: a study"],  # type: ignore[index]
        "author": [*record["author"], {"given": "Zoë", "family": "D'Angelo"}],  # type: ignore[misc]
        "updated-by": [{"type": "retraction", "DOI": "10.5555/notice", "updated": {"date-parts": [[2024]]}}],
        "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/article"}]},
    }  # fmt: skip
    return record | {key: value for key, value in facts.items() if rng.random() < CHANGED}


def read_contents(site: Path) -> dict[str, bytes]:
    """Return the bytes of a site's files; of its cache only the baseline."""
    files = (path for path in site.rglob("*") if path.is_file() and not path.is_symlink())
    contents = {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
    return {
        path: data for path, data in contents.items() if not path.startswith("cache/") or path == BASELINE
    }


def run_apply(site: Path, records: Sequence[Record]) -> list[Record]:
    """Run `enrich apply` in a process of its own; return the page objects of its report."""
    file = site.parent / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    words = ["apply", str(site), "--records", str(file), "--format", "jsonl", "-q", "--exit-zero"]
    done = subprocess.run(
        [sys.executable, "-m", "enrich", *words], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode not in (0, 4):
        raise SystemExit(f"{site}: exit {done.returncode}: {done.stderr.decode()}")
    return [value for line in done.stdout.splitlines() if "path" in (value := json.loads(line))]


def apply_patch(site: Path, patch: str) -> dict[str, bytes]:
    """Return the contents of a copy of a site to which git has applied a patch; none if it refuses it."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(shutil.copytree(site, Path(name) / "site", symlinks=True))
        data = patch.encode("utf-8", "surrogateescape")
        for more in (["--check"], []):
            command = ["git", "-c", "core.autocrlf=false", "apply", *more]
            if patch and subprocess.run(command, cwd=copy, input=data, check=False).returncode:
                return {}
        return read_contents(copy)


def compare_round(site: Path, records: Sequence[Record], counts: Counter[str]) -> list[str]:
    """Plan and apply; count, and return in words what differs."""
    files, before = api.read_site(site), read_contents(site)
    plan = api.plan_site(files, records)
    if not (plan.pages or plan.error):
        return []  # `apply` refuses a site without a publication page
    patched = apply_patch(site, plan.patch)
    reported = run_apply(site, records)
    after = read_contents(site)
    written = {path: data for path, data in after.items() if before.get(path) != data}
    again = api.plan_site({**files, **plan.files}, records)
    counts["pages"] += len(plan.pages)
    counts["files written"] += len(written)
    counts["changes written"] += sum(change["written"] for page in plan.pages for change in page["changes"])  # type: ignore[attr-defined]
    other = sorted(path for path in {*written, *plan.files} if written.get(path) != plan.files.get(path))
    differences = {
        f"an error: {plan.error}": plan.error is not None,
        f"other bytes: {other}": bool(other),
        "other page objects": [json.loads(json.dumps(page)) for page in plan.pages] != reported,
        "git refuses the patch, or makes other files of it": patched != after,
        "a second round has something new": bool(
            again.files or again.patch or again.error or list_news(again)
        ),
    }
    return [name for name, differs in differences.items() if differs]


def list_news(plan: api.SitePlan) -> list[object]:
    """Return the changes of a plan that are news."""
    return [change for page in plan.pages for change in page["changes"] if change["news"]]  # type: ignore[attr-defined]


def main(sites: str, seed: int = 1) -> None:
    """Print for each round what was compared, and each difference."""
    rng, counts = random.Random(seed), [Counter[str]() for _ in range(3)]
    with tempfile.TemporaryDirectory() as name:
        for number, folder in enumerate(list_sites(Path(sites))):
            site = copy_site(folder, Path(name), number)
            first = make_records(site, rng)
            later = [change_facts(record, rng) for record in first]
            for round_counts, records in zip(counts, (first, first, later), strict=True):
                differences = compare_round(site, records or UNRELATED, round_counts)
                round_counts["sites with a difference"] += bool(differences)
                print(
                    *(f"{folder.name}: {each}" for each in differences),
                    sep="\n",
                    end="" if not differences else "\n",
                )
            shutil.rmtree(site)
    for title, round_counts in zip(("new records", "the same again", "other facts"), counts, strict=True):
        print(f"{title}: " + ", ".join(f"{count} {name}" for name, count in round_counts.items()))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
