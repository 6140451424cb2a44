"""Sites made for a test: pages with something to fill, the records about them, the program run on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from enrich.cli import main

ABSTRACT = "An abstract long enough to be one, with a second sentence. It says nothing."


def doi_of(number: int) -> str:
    """Return the DOI of a page."""
    return f"10.5555/made.{number}"


def page(number: int, *, title: str = "", body: str = "Some text.\n") -> str:
    """Return a page with an abstract, a journal and a type to be filled, and a DOI to be made bare."""
    return (
        "---\n"
        f'title: "{title or title_of(number)}"\n'
        "authors: [Ada Lovelace]\n"
        'date: "2020-02-03"\n'
        f'doi: "https://doi.org/{doi_of(number)}"\n'
        'publication_types: ["2"]\n'
        'publication: ""\n'
        'abstract: ""  # to be filled\n'
        "---\n"
        f"{body}"
    )


def title_of(number: int) -> str:
    """Return the title that page and record agree on."""
    return f"The {number}th thing that was made"


def record(number: int, **more: object) -> dict[str, object]:
    """Return the record about a page; what is given as None is left out."""
    message = {
        "DOI": doi_of(number),
        "type": "journal-article",
        "title": [title_of(number)],
        "author": [{"given": "Ada", "family": "Lovelace"}],
        "container-title": ["Journal of Made Things"],
        "issued": {"date-parts": [[2020, 2, 3]]},
        "abstract": f"<jats:p>{ABSTRACT}</jats:p>",
        **more,
    }
    return {name: value for name, value in message.items() if value is not None}


def make(root: Path, pages: Mapping[str, str | bytes], records: Sequence[Mapping[str, object]] = ()) -> Path:
    """Write a site's pages (paths from its root) and the records beside them; return its root."""
    if not records:
        records = [record(number) for number in range(len(pages))]
    for name, text in {"hugo.yaml": "title: Made\n", **pages}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    put_records(root, records)
    return root


def put_records(root: Path, records: Sequence[Mapping[str, object]]) -> None:
    """Write the records that `run` takes."""
    (root / "records.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")


def run(command: str, root: Path, *more: str, paths: Sequence[str] = ("",)) -> int:
    """Run the program on paths of a site, in this process, with the site's records; return its exit code."""
    records = ["--records", str(root / "records.jsonl")] if command != "undo" else []
    return main.run([command, *(str(root / path) for path in paths), *records, *more])


def contents(root: Path, *, under: str = "content") -> dict[str, bytes]:
    """Return the bytes of every file in a folder of the site but the cache's databases, hidden ones too."""
    files = sorted(
        path for path in (root / under).rglob("*") if path.is_file() and ".sqlite" not in path.name
    )
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def state(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return bytes and time of everything in the site but the cache's database, folders too."""
    return {
        path.relative_to(root).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns,
        )
        for path in (root, *root.rglob("*"))
        if ".sqlite" not in path.name
    }
