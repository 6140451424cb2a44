"""A bundle without a citation file gets one like the others of its site."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.support.made_site import contents, make, page, record, run

AUTHORS = [{"given": "Ada", "family": "Lovelace"}, {"given": "José", "family": "Müller"}]
FOLDERS = [f"content/publication/{name}" for name in ("first", "second", "third")]
NEW = f"{FOLDERS[2]}/cite.bib"

# Each style as a whole file with these places: key, title, author, volume, year.
ZOTERO = """
@article{{{key},
\ttitle = {{{title}}},
\tvolume = {{{volume}}},
\tdoi = {{10.5555/made.{number}}},
\tjournal = {{Journal of Made Things}},
\tauthor = {{{author}}},
\tmonth = feb,
\tyear = {{{year}}},
}}
"""
JABREF = """@Article{{{key},
  author    = {{{author}}},
  title     = {{{title}}},
  journal   = {{Journal of Made Things}},
  year      = {{{year}}},
  volume    = {{{volume}}},
  doi       = {{10.5555/made.{number}}},
}}
"""
SCHOLAR = """@article{{{key},
  title={{{title}}},
  author={{{author}}},
  journal={{Journal of Made Things}},
  volume={{{volume}}},
  year={{{year}}}
}}
"""
QUOTED = """@ARTICLE{{{key},
  title = "{title}",
  author = "{author}",
  year = {year},
  volume = {volume}
}}"""
MENDELEY = (
    "@article{{{key},\r\nauthor = {{{author}}},\r\ntitle = {{{{{title}}}}},\r\nyear = {{{year}}}\r\n}}\r\n"
)
STYLES = {
    "zotero": (ZOTERO, "lovelace_{number}th_2020", r"Lovelace, Ada and M{\"{u}}ller, Jos{\'{e}}"),
    "jabref": (JABREF, "Lovelace2020", "Lovelace, Ada and Müller, José"),
    "scholar": (SCHOLAR, "lovelace2020{number}th", "Lovelace, Ada and Müller, José"),
    "quoted": (QUOTED, "{folder}", r"Lovelace, Ada and M{\"{u}}ller, Jos{\'{e}}"),
    "mendeley": (MENDELEY, "Lovelace2020{number}th", r"Lovelace, Ada and M{\"{u}}ller, Jos{\'{e}}"),
}


def write_entry(style: str, number: int, letter: str = "") -> str:
    """Return the citation file of a page in a style."""
    form, key, author = STYLES[style]
    named = key.format(number=number, folder=FOLDERS[number].rpartition("/")[2]) + letter
    title = f"The {number}th thing that was made"
    return form.format(key=named, title=title, author=author, volume=number + 5, year=2020, number=number)


def make_site(tmp_path: Path, style: str = "zotero", policy: str = "fill", *, count: int = 2) -> Path:
    """Write a site of three bundles, the first `count` with a citation file."""
    pages: dict[str, str | bytes] = {
        f"{folder}/index.md": page(number) for number, folder in enumerate(FOLDERS)
    }
    files = {f"{FOLDERS[number]}/cite.bib": write_entry(style, number).encode() for number in range(count)}
    settings = {"enrich.toml": f'[fields]\n"cite.bib" = "{policy}"\n'}
    records = [record(number, volume=str(number + 5), author=AUTHORS) for number in range(3)]
    return make(tmp_path / "site", {**pages, **files, **settings}, records)


def check_files(root: Path, command: str = "check", *more: str) -> list[dict[str, Any]]:
    """Return the changes of citation files that a run reports."""
    report = root.parent / "report.json"
    run(command, root, "--format", "json", "-o", str(report), *more)
    pages = json.loads(report.read_text("utf-8"))["pages"]
    return [change for found in pages for change in found["changes"] if "file" in change]


@pytest.mark.parametrize("style", STYLES)
def test_the_new_file_is_written_like_the_others(tmp_path: Path, style: str) -> None:
    root = make_site(tmp_path, style)
    (change,) = check_files(root)
    expected = {
        "field": "cite.bib",
        "key": "cite.bib",
        "file": NEW,
        "kind": "fill",
        "level": "safe",
        "old": None,
    }
    assert expected.items() <= change.items()
    # "Lovelace2020" is taken twice by then
    letter = "a" if style == "jabref" else ""
    assert change["new"] == write_entry(style, 2, letter)
    assert not (root / NEW).exists()
    run("apply", root)
    assert contents(root)[NEW].decode() == change["new"]
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if ".sqlite" not in path.name}
    assert check_files(root, "apply") == []
    assert before == {path: path.stat().st_mtime_ns for path in root.rglob("*") if ".sqlite" not in path.name}


@pytest.mark.parametrize(("policy", "count"), [("keep", 2), ("propose", 2), ("fill", 1), ("fill", 0)])
def test_nothing_is_made_where_the_owner_or_the_site_does_not_want_it(
    tmp_path: Path, policy: str, count: int
) -> None:
    root = make_site(tmp_path, policy=policy, count=count)
    run("apply", root)
    assert not (root / NEW).exists()
    assert [change["level"] for change in check_files(root)] == (["review"] if policy == "propose" else [])


def test_undo_removes_the_file_and_it_is_proposed_again(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    before = contents(root)
    run("apply", root)
    run("undo", root)
    assert contents(root) == before
    assert len(check_files(root)) == 1


def test_a_file_that_its_owner_deletes_is_not_made_again(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    run("apply", root)
    (root / NEW).unlink()
    assert check_files(root, "apply", "--all") == []
    assert not (root / NEW).exists()


def test_a_link_that_leads_nowhere_stays_and_the_page_is_written(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    (root / NEW).symlink_to(root / "nowhere")
    assert run("apply", root) == 0
    assert (root / NEW).is_symlink()
    assert not (root / "nowhere").exists()
    assert b"Journal of Made Things" in contents(root)[f"{FOLDERS[2]}/index.md"]


def test_the_patch_makes_the_file(tmp_path: Path) -> None:
    if which("git") is None:
        pytest.skip("no git here to be the referee")
    root = make_site(tmp_path)
    patch = tmp_path / "p.patch"
    run("check", root, "--format", "patch", "-o", str(patch))
    subprocess.run(["git", "apply", str(patch)], cwd=root, check=True)
    made = contents(root)
    subprocess.run(["git", "apply", "-R", str(patch)], cwd=root, check=True)
    run("apply", root)
    assert contents(root) == made


def test_a_preprint_with_a_set_gets_its_file_after_the_decision(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    article = {"id": "10.5555/art.1", "id-type": "doi"}
    preprint = record(2, type="posted-content", subtype="preprint", relation={"is-preprint-of": [article]})
    others = [record(number, volume=str(number + 5), author=AUTHORS) for number in range(2)]
    published = record(2, DOI="10.5555/art.1", volume="9")
    make(root, {"hugo.yaml": "title: Made\n"}, [*others, preprint, published])
    assert check_files(root) == []
    run("apply", root, "--all")
    assert not (root / NEW).exists()
    run("apply", root)
    assert "10.5555/art.1" in (root / NEW).read_text("utf-8")


def test_files_that_one_run_makes_have_keys_of_their_own(tmp_path: Path) -> None:
    folders = [*FOLDERS[:2], *(f"content/publication/x{number}" for number in range(2, 5))]
    pages = {f"{folder}/index.md": page(at) for at, folder in enumerate(folders)}
    pages |= {f"{FOLDERS[at]}/cite.bib": write_entry("jabref", at) for at in range(2)}
    pages |= {f"{folder}/cite.bib": write_entry("jabref", at) for at, folder in enumerate(folders[2:3], 2)}
    pages["enrich.toml"] = '[fields]\n"cite.bib" = "fill"\n'
    records = [record(at, volume=str(at + 5), author=AUTHORS) for at in range(5)]
    root = make(tmp_path / "site", pages, records)
    run("apply", root)
    keys = [(root / folder / "cite.bib").read_text("utf-8").split(",")[0] for folder in folders[3:]]
    assert keys == ["@Article{Lovelace2020a", "@Article{Lovelace2020b"]
    assert check_files(root, "apply") == []
