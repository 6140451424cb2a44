"""The sample site: every page has its record, and the whole program reports what it should for each."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from enrich.cli import main
from tests.support.sample import RECORDS, ROOT, copy_site, run
from tests.support.sample_cases import ALL, CASES, ONLY_MENTIONED, Case

STAND_IN = re.compile(r"Stand-in text written for this sample|Ersatztext, für dieses Muster geschrieben")


def report_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the JSON report of a run."""
    assert "Traceback" not in done.stderr, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def check(site: Path, *more: str) -> dict[str, Any]:
    """Return the JSON report of `check` over the sample."""
    return report_of(run(site, "check", "content", "--records", RECORDS, "--format", "json", *more))


def contents(site: Path) -> dict[str, bytes]:
    """Return the bytes of every file of the content folder."""
    paths = sorted(path for path in (site / "content").rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def publication_pages() -> Iterator[str]:
    """Yield the sample's publication pages: all but the folders' own."""
    for path in sorted((ROOT / "content").rglob("*.md")):
        inside = path.relative_to(ROOT)
        if inside.parts[1].startswith("publication") and not path.name.startswith("_index"):
            yield inside.as_posix()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_site(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def checked(site: Path) -> dict[str, Any]:
    return check(site)


def page_of(report: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return what a report says about a page."""
    found: list[dict[str, Any]] = [page for page in report["pages"] if page["path"] == path]
    assert len(found) == 1, f"{path} stands {len(found)} times in the report"
    return found[0]


# What lies in the repository.


def test_every_page_of_the_sample_is_a_case() -> None:
    assert sorted(case.path for case in ALL) == sorted(publication_pages())


def test_every_record_is_a_pages_or_is_mentioned_by_one() -> None:
    named = {case.record for case in ALL if case.record} | ONLY_MENTIONED
    assert {path.stem for path in (ROOT / RECORDS).glob("*.json")} == named


@pytest.mark.parametrize("case", CASES)
def test_a_page_holds_the_doi_of_its_record(case: Case) -> None:
    text = (ROOT / case.path).read_text(encoding="utf-8").lower()
    if case.record is not None:
        record = json.loads((ROOT / RECORDS / f"{case.record}.json").read_text(encoding="utf-8"))
        assert record["message"]["DOI"] in text


@pytest.mark.parametrize("path", sorted((ROOT / RECORDS).glob("*.json")), ids=lambda path: path.stem)
def test_a_record_says_that_it_was_written_by_hand(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    message = record["message"]
    assert "by hand" in record["note"]
    assert record["status"] == "ok"
    assert record["message-type"] == "work"
    assert message["DOI"] == message["DOI"].lower()
    assert message["title"]
    assert message["author"]
    assert message["issued"]["date-parts"]
    assert STAND_IN.search(message.get("abstract", "Stand-in text written for this sample"))


@pytest.mark.parametrize("path", list(publication_pages()))
def test_every_text_of_the_sample_is_our_own(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    body = re.split(r"^(?:---|\+\+\+)$", text, maxsplit=2, flags=re.MULTILINE)[2].strip()
    abstracts = re.findall(r"^(?:# )?abstract(?:: | = )(?:>-\n)?(.+)$", text, re.MULTILINE)
    for prose in [body, *(found.strip("\"' ") for found in abstracts)]:
        assert not prose or STAND_IN.search(prose)


# What the program says about it.


def test_check_exits_with_1_if_there_is_news(site: Path) -> None:
    done = run(site, "check", "content", "--records", RECORDS)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert run(site, "check", "content", "--records", RECORDS, "--exit-zero").returncode == 0


def test_check_writes_no_page(tmp_path: Path) -> None:
    before = contents(copy_site(tmp_path))
    check(tmp_path)
    assert contents(tmp_path) == before


def test_the_counts_are_the_pages(checked: dict[str, Any]) -> None:
    summary, pages = checked["summary"], checked["pages"]
    assert checked["schema"] == 1
    assert sorted(page["path"] for page in pages) == sorted(case.path for case in ALL)
    assert summary["changed"] == sum(case.status == "changed" for case in ALL)
    assert summary["skipped"] == 1
    assert summary["findings"] == sum(len(page["findings"]) for page in pages)
    assert (summary["failed"], summary["written"], summary["fetched"]) == (0, 0, 0)


@pytest.mark.parametrize("case", CASES)
def test_the_status_and_source_of_a_page(checked: dict[str, Any], case: Case) -> None:
    page = page_of(checked, case.path)
    assert page["status"] == case.status
    assert page["source"] == ("records" if case.record else None)
    assert (page["error"] is None) == (case.status != "skipped")


@pytest.mark.parametrize("case", CASES)
def test_the_changes_of_a_page(checked: dict[str, Any], case: Case) -> None:
    changes = page_of(checked, case.path)["changes"]
    found = {
        change["field"]: (change["key"], change["kind"], change["level"], change["old"], change["new"])
        for change in changes
    }
    assert found == dict(case.changes)
    assert len(changes) == len(found)
    assert all(change["reason"] and change["news"] and not change["written"] for change in changes)
    assert not any(change.get("refused") for change in changes)


@pytest.mark.parametrize("case", CASES)
def test_the_lines_of_a_pages_changes(checked: dict[str, Any], case: Case) -> None:
    lines = (ROOT / case.path).read_text(encoding="utf-8").splitlines()
    for change in page_of(checked, case.path)["changes"]:
        line = lines[change["line"] - 1].strip()
        assert change["old"] is None or line.startswith(change["key"].rsplit(".", maxsplit=1)[-1])


@pytest.mark.parametrize("case", CASES)
def test_the_findings_of_a_page(checked: dict[str, Any], case: Case) -> None:
    findings = page_of(checked, case.path)["findings"]
    codes = [finding["code"] for finding in findings]
    assert sorted(code for code in codes if code not in case.may) == sorted(case.findings)
    for finding in findings:
        said = f"{finding['message']} {finding['evidence']}".lower()
        assert case.findings.get(finding["code"], "").lower() in said
        assert finding["news"]


def test_a_page_named_alone_gets_the_same_report(site: Path, checked: dict[str, Any]) -> None:
    path = "content/publication/reyes2024/index.md"
    alone = report_of(run(site, "check", path, "--records", RECORDS, "--format", "json"))
    assert [page["path"] for page in alone["pages"]] == [path]
    assert page_of(alone, path) == page_of(checked, path)


# What the program writes.


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = copy_site(tmp_path_factory.mktemp("applied"))
    done = run(site, "apply", "content", "--records", RECORDS, "--exit-zero", "--format", "json")
    assert done.returncode == 0, done.stderr
    written = {
        page["path"] for page in report_of(done)["pages"] if any(c["written"] for c in page["changes"])
    }
    assert written == {case.path for case in ALL if case.safe}
    return site


@pytest.mark.parametrize("case", CASES)
def test_apply_moves_only_the_lines_of_the_safe_changes(applied: Path, case: Case) -> None:
    before = (ROOT / case.path).read_bytes().splitlines(keepends=True)
    after = (applied / case.path).read_bytes().splitlines(keepends=True)
    assert len(after) == len(before)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == case.safe


def test_apply_leaves_every_other_file_alone(applied: Path) -> None:
    pages = {case.path for case in ALL}
    before, after = contents(ROOT), contents(applied)
    assert before.keys() == after.keys()
    assert all(after[path] == before[path] for path in before if path not in pages)


def test_after_apply_only_old_news_that_needs_a_person_is_left(applied: Path) -> None:
    for page in check(applied)["pages"]:
        assert all(change["level"] == "review" and not change["news"] for change in page["changes"])
        assert not any(finding["news"] for finding in page["findings"])


def test_a_second_apply_writes_nothing(applied: Path) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        paths = [path for path in applied.rglob("*") if path.is_file() and ".sqlite" not in path.name]
        return {path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}

    before = state()
    done = run(applied, "apply", "content", "--records", RECORDS, "--exit-zero", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert report_of(done)["summary"]["written"] == 0
    assert state() == before


def test_a_folder_without_publications_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/x.md").write_text("---\ntitle: A walk\n---\n", encoding="utf-8")
    for command in ("check", "apply"):
        assert main.run([command, str(tmp_path / "content/posts"), "--offline"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
    said = capsys.readouterr().err
    assert f"no publication page in {tmp_path}/content/posts: enrich looks for them in" in said
    assert "[pages] sections" in said


def test_a_run_about_a_page_says_nothing_of_other_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = copy_site(tmp_path)
    (site / "content/papers/x").mkdir(parents=True)
    (site / "content/papers/x/index.md").write_text("---\ndoi: 10.5555/1\n---\n", encoding="utf-8")
    for place, is_named in (("content/publication/jinek2012/index.md", False), ("content", True)):
        main.run(["check", str(site / place), "--records", str(site / RECORDS)])
        assert ("content/papers seems to have publications" in capsys.readouterr().err) is is_named


@pytest.mark.parametrize("command", ["check", "apply", "find"])
def test_a_folder_outside_of_any_site_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/x.md").write_text("---\ndoi: 10.5555/1\n---\n", encoding="utf-8")
    assert main.run([command, str(tmp_path), "--offline"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]
    assert f"error: {tmp_path}: not in a Hugo site" in capsys.readouterr().err


def test_a_page_is_explained_by_its_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = copy_site(tmp_path)
    page = site / "content/publication/jinek2012/index.md"
    assert main.run(["explain", str(page), "--records", str(site / RECORDS)]) == 0
    assert capsys.readouterr().out.startswith(
        "https://doi.org/10.1126/science.1225829\npage: content/publication/jinek2012/index.md\n"
    )
    assert main.run(["explain", str(site / "content"), "--records", str(site / RECORDS)]) == 2
    assert "pages; name one of them" in capsys.readouterr().err


# What the other commands make of it, each on a copy of its own.


def test_find_finds_the_doi_of_the_page_without_one(site: Path) -> None:
    report = report_of(run(site, "find", "--records", RECORDS, "--format", "json"))
    [page] = report["pages"]
    [change] = page["changes"]
    assert page["path"] == "content/publication/lamport1978/index.md"
    assert (change["field"], change["level"], change["new"]) == ("doi", "review", "10.1145/359545.359563")


def test_new_lists_the_owners_paper_until_it_has_a_page(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    words = ("new", "--records", RECORDS, "--format", "json")
    done = run(site, *words)
    assert done.returncode == 1, done.stderr
    found = report_of(done)
    assert [person["name"] for person in found["people"]] == ["Josiah Carberry"]
    assert [work["doi"] for work in found["works"]] == ["10.5555/12345678"]
    assert run(site, "add", "10.5555/12345678", "--records", RECORDS).returncode == 0
    assert run(site, *words).returncode == 0
    page = "content/publication/carberry2008/index.md"
    checked = page_of(check(site), page)
    assert (checked["changes"], checked["findings"]) == ([], [])


def test_the_citation_file_is_kept_true_on_request(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    file = site / "content/publication/li2009/cite.bib"
    before = file.read_text(encoding="utf-8")
    (site / "enrich.toml").write_text('[fields]\n"cite.bib" = "fill"\n', encoding="utf-8")
    assert run(site, "apply", "content/publication/li2009", "--records", RECORDS).returncode == 0
    assert file.read_text(encoding="utf-8") == before.replace("number    = {}", "number    = {16}")
