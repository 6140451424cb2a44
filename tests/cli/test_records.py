"""`enrich dois`, `enrich records` and what a run takes from them; DuckDB is loaded for them alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from enrich.cli import main
from tests.support.clock import FakeTime
from tests.support.made_site import contents, doi_of, make, page, put_records, record
from tests.support.stand_in import StandIn
from tests.support.wire import serving

PAGES = {
    "content/publication/a/index.md": page(0),
    "content/publication/b/index.md": page(1).replace(
        "---\n", "---\nurl_pdf: https://x.org/10.5555/y.pdf\n", 1
    ),
    "content/publication/c.md": "---\ntitle: None\nenrich: false\ndoi: 10.5555/left\n---\n",
    "content/publication/d.md": "---\ntitle: Elsewhere\nurl_pdf: https://doi.org/10.5555/Elsewhere\n---\n",
    "content/publication/e.md": "---\ntitle: [\n---\n",
    "content/publication/f/index.md": page(0, title="The same DOI in another language"),
}


SELECT = ["select", "r.jsonl", "--out", "x.parquet"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site", PAGES, [record(0), record(1), record(5)])


def test_the_dois_of_a_site_one_a_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(site, under=".")
    assert main.run(["dois", str(site)]) == 0
    assert capsys.readouterr().out.splitlines() == [doi_of(0), doi_of(1), "10.5555/y", "10.5555/elsewhere"]
    assert main.run(["dois", str(site / "content/publication/a")]) == 0
    assert capsys.readouterr().out.splitlines() == [doi_of(0)]
    assert contents(site, under=".") == before


def test_a_site_without_pages_has_no_dois(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, {"content/about.md": "---\ntitle: x\n---\n"})
    assert main.run(["dois", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""
    assert main.run(["dois", str(tmp_path / "none")]) == 2


@pytest.mark.parametrize(("count", "works"), [(1, "1 work"), (2, "2 works")])
def test_the_last_line_counts_the_works(
    count: int, works: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dois, out = tmp_path / "dois.txt", tmp_path / "some.parquet"
    dois.write_text("".join(f"{doi_of(number)}\n" for number in range(count)), encoding="utf-8")
    words = ["select", "--dois", str(dois), str(site / "records.jsonl"), "--out", str(out)]
    assert main.run(["records", *words]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == f"{out}: {works}"


@pytest.mark.parametrize("command", ["build", "select by sites", "select by folder", "select by DOI"])
def test_a_run_on_what_was_made_is_the_same(
    command: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = str(site / "records.jsonl"), str(tmp_path / "some.parquet")
    (tmp_path / "dois.txt").write_text(
        f"{doi_of(0)}\nhttps://doi.org/{doi_of(1).upper()}\n\n", encoding="utf-8"
    )
    more = {
        "build": ["build"],
        "select by sites": ["select", "--sites", str(site)],
        "select by folder": ["select", "--sites", str(tmp_path)],
        "select by DOI": ["select", "--dois", str(tmp_path / "dois.txt")],
    }[command]
    assert main.run(["records", *more, source, "--out", out, "--memory", "300MB", "--threads", "1"]) == 0
    assert f"some.parquet: {3 if command == 'build' else 2} works" in capsys.readouterr().err
    reports = []
    for records in (source, out):
        main.run(["check", str(site), "--records", records, "--format", "json"])
        reports.append(json.loads(capsys.readouterr().out))
    assert reports[0] == reports[1]
    assert [each["source"] for each in reports[0]["pages"]].count("records") == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param([*SELECT], "--sites or a file", id="neither"),
        pytest.param([*SELECT, "--sites", ".", "--dois", "d"], "either", id="both"),
        pytest.param([*SELECT, "--sites", ".", "--out", "x"], "must end in .parquet", id="its name"),
        pytest.param([*SELECT, "none.jsonl", "--sites", "."], "no such file", id="no source"),
        pytest.param([*SELECT, "--dois", "none"], "cannot be read", id="no DOIs"),
        pytest.param([*SELECT, "--dois", "r.jsonl"], "r.jsonl:1: not a DOI",
                     id="no DOI"),
        pytest.param(["build", "r.jsonl", "--out", "there"], "exists already", id="the folder is there"),
        pytest.param(["build", "r.jsonl", "--out", "none/x"], "no such file or folder", id="no folder"),
        pytest.param(["build", "r.jsonl", "--out", "x", "--memory", "much"], "a size like", id="no size"),
        pytest.param(["build", "r.jsonl", "--out", "x", "--threads", "0"], "a number from 1", id="no thread"),
        pytest.param(["build", "r.csv", "--out", "x"], "SOURCE reads .json", id="another kind of file"),
        pytest.param(["build", "empty.jsonl", "--out", "x"], "no record", id="nothing in it"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(
    words: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("r.jsonl", json.dumps(record(0))), ("r.csv", "x"), ("empty.jsonl", "")):
        Path(name).write_text(text, encoding="utf-8")
    Path("there").mkdir()
    assert main.run(["records", *words]) == 2
    assert message in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.jsonl", "r.csv", "r.jsonl", "there"]


def test_records_that_are_left_out_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.jsonl").write_text("3\n" * 30 + json.dumps(record(0)), encoding="utf-8")
    assert main.run(["records", "build", str(tmp_path / "r.jsonl"), "--out", str(tmp_path / "x")]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if "neither a Crossref" in line]) == 20
    assert f"{tmp_path / 'r.jsonl'}: 30 left out" in lines


def test_services_look_up_the_dois_that_the_records_lack(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_records(site, [record(0)])
    service = StandIn(works={doi_of(number): record(number) for number in (0, 1)})
    monkeypatch.setattr("enrich.fetcher.lookup.Clock", FakeTime().clock)
    with serving(service):
        for name in ("crossref", "datacite", "doi"):
            monkeypatch.setenv(f"ENRICH_{name.upper()}_URL", service.access(tmp_path).urls[name])
        words = ["check", str(site), "--records", str(site / "records.jsonl"), "--format", "json"]
        main.run([*words, "--ask-missing"])
        asked = json.loads(capsys.readouterr().out)
        calls = [call.target for call in service.calls]
        service.calls.clear()
        main.run(words)
        assert not service.calls
        assert main.run(["check", str(site), "--ask-missing"]) == 2
    sources = {each["path"]: each["source"] for each in asked["pages"]}
    assert sources["content/publication/a/index.md"] == "records"
    assert sources["content/publication/b/index.md"] == "crossref"
    assert not [target for target in calls if doi_of(0) in target]


@pytest.mark.parametrize("words", [["--help"], ["check", "--records", "records.jsonl"], ["dois"]])
def test_a_plain_run_never_loads_duckdb(words: list[str], site: Path) -> None:
    code = (
        "import sys; from enrich.cli import main; main.run(sys.argv[1:]); sys.exit('duckdb' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=site, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
