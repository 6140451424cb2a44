"""The public module: it plans as `apply` writes, reads nothing but what it is given, and raises nothing."""

from __future__ import annotations

import ast
import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import pytest

from enrich import api
from tests.support.made_site import contents, doi_of, make, page, put_records, record, run
from tests.support.sample import ROOT, copy_site

PATHS = ("content/publication/a/index.md", "content/publication/b/index.md")
FILES = {"hugo.yaml": b"title: Made\n"} | {path: page(number).encode() for number, path in enumerate(PATHS)}
RECORDS: list[Mapping[str, object] | str] = [record(0), json.dumps(record(1))]
TODAY = dt.date(2026, 1, 31)


def test_the_plan_is_what_apply_writes(tmp_path: Path) -> None:
    site = make(tmp_path, {path: page(number) for number, path in enumerate(PATHS)})
    plan = api.plan_site(api.read_site(site), [record(0), record(1)])
    assert run("apply", site, "-q") == 0
    written = contents(site) | {"cache/baseline.jsonl": (site / "cache/baseline.jsonl").read_bytes()}
    assert plan.error is None
    assert plan.files == written
    assert [each["path"] for each in plan.pages] == list(PATHS)
    assert all(change["written"] for each in plan.pages for change in list_changes(each))


def test_a_later_plan_is_what_a_later_apply_writes(tmp_path: Path) -> None:
    """The baseline says that the record has changed, not the page."""
    site = make(tmp_path, {path: page(number) for number, path in enumerate(PATHS)})
    assert run("apply", site, "-q") == 0
    later = [record(0, issued={"date-parts": [[2020, 2, 4]]}), record(1, abstract=None)]
    put_records(site, later)
    before = contents(site, under=".")
    plan = api.plan_site(api.read_site(site), later)
    assert run("apply", site, "-q") == 0
    after = contents(site, under=".")
    assert [change["kind"] for each in plan.pages for change in list_changes(each)] == ["update"]
    assert plan.files == {path: data for path, data in after.items() if before.get(path) != data}


@pytest.mark.parametrize("remembered", [None, b"", b"\xff\r\n", b'{"path": "x.md"}\n'])
def test_the_baseline_is_read_as_it_is(remembered: bytes | None, tmp_path: Path) -> None:
    site = make(tmp_path, {PATHS[0]: page(0)})
    if remembered is not None:
        (site / "cache").mkdir()
        (site / "cache/baseline.jsonl").write_bytes(remembered)
    assert api.read_site(site).get("cache/baseline.jsonl") == remembered


def list_changes(page_object: Mapping[str, object]) -> list[dict[str, object]]:
    changes = page_object["changes"]
    assert isinstance(changes, list)
    return changes


def test_the_sample_site_is_planned_as_it_is_written(tmp_path: Path) -> None:
    site = copy_site(tmp_path)
    files = api.read_site(site)
    answers = [json.loads(file.read_bytes()) for file in sorted((site / "cache/records").glob("*.json"))]
    plan = api.plan_site(files, [each.get("message") or each.get("data") for each in answers])
    done = subprocess.run(
        [sys.executable, "-m", "enrich", "apply", "--records", "cache/records", "-q"],
        cwd=site, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert plan.files
    assert {path: (site / path).read_bytes() for path in plan.files} == plan.files
    assert contents(site) == {path: plan.files.get(path, data) for path, data in contents(site).items()}


def test_a_second_round_has_nothing_new() -> None:
    first = api.plan_site(FILES, RECORDS)
    second = api.plan_site({**FILES, **first.files}, RECORDS)
    assert first.files.keys() == {*PATHS, "cache/baseline.jsonl"}
    assert (second.files, second.patch, second.error) == ({}, "", None)
    assert not [change for each in second.pages for change in list_changes(each) if change["news"]]


def test_without_apply_nothing_is_written() -> None:
    plan = api.plan_site(FILES, RECORDS, apply=False)
    assert (plan.files, plan.patch, plan.error) == ({}, "", None)
    changes = [change for each in plan.pages for change in list_changes(each)]
    assert changes
    assert not any(change["written"] for change in changes)


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here to apply patches with")
@pytest.mark.parametrize(
    "remembered", [b"", b'{"path": "x.md", "doi": "", "fields": {}, "shown": {}}\n', b"\xff\n"]
)
def test_git_takes_the_patch(remembered: bytes, tmp_path: Path) -> None:
    files = FILES | ({"cache/baseline.jsonl": remembered} if remembered else {})
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    plan = api.plan_site(files, RECORDS)
    patch = plan.patch.encode("utf-8", "surrogateescape")
    for command in (["git", "init", "-q"], ["git", "apply", "--check"], ["git", "apply"]):
        subprocess.run(command, cwd=tmp_path, input=patch, check=True, capture_output=True)
    assert {path: (tmp_path / path).read_bytes() for path in plan.files} == plan.files


def test_fields_can_be_left_out() -> None:
    def list_fields(plan: api.SitePlan) -> set[object]:
        return {change["field"] for each in plan.pages for change in list_changes(each)}

    everything = list_fields(api.plan_site(FILES, RECORDS))
    assert list_fields(api.plan_site(FILES, RECORDS, only=["abstract"])) == {"abstract"}
    assert list_fields(api.plan_site(FILES, RECORDS, skip=["abstract"])) == everything - {"abstract"}


def test_the_given_day_counts() -> None:
    soon = '---\ntitle: "The 0th thing that was made"\nauthors: [Ada Lovelace]\ndate: "2031-02-03"\n---\n'
    until = b'[[ignore]]\npath = "content/publication/a/index.md"\ncode = "doi-missing"\nuntil = 2026-02-01\n'
    files = {"hugo.yaml": b"", "enrich.toml": until, PATHS[0]: soon.encode()}
    days = (TODAY, dt.date(2026, 2, 2), dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC))
    found = [
        {finding["code"] for finding in plan.pages[0]["findings"]}  # type: ignore[attr-defined]
        for plan in (api.plan_site(files, [], today=day) for day in days)
    ]
    assert "doi-missing" not in found[0]
    assert "doi-missing" in found[1]
    assert found[1] == found[2]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({"../x": b""}, "not a path inside the site", id="a path that leads out"),
        pytest.param({"content/../../x": b""}, "not a path inside the site", id="one that leads out later"),
        pytest.param({"/etc/passwd": b""}, "not a path inside the site", id="an absolute path"),
        pytest.param({"a\0b": b""}, "not a path inside the site", id="a NUL"),
        pytest.param({"": b""}, "not a path inside the site", id="no name"),
        pytest.param({"a//b": b""}, "not a path inside the site", id="two slashes"),
        pytest.param({"content/": b""}, "not a path inside the site", id="a folder"),
        pytest.param({"./a": b""}, "not a path inside the site", id="a dot"),
        pytest.param({3: b""}, "must be text", id="no text"),
        pytest.param({"a": b"", "a/b": b""}, "both a file and a folder", id="a file and a folder"),
        pytest.param({"a/b/c": b"", "a": b""}, "both a file and a folder", id="a folder and a file"),
        pytest.param({f"{'x' * 300}/index.md": b""}, "too long", id="a name too long"),
        pytest.param({"\ud800.md": b""}, "cannot be unpacked", id="half a pair"),
        pytest.param({"a.md": "text"}, "cannot be unpacked", id="text in place of bytes"),
        pytest.param({"enrich.toml": b"[fields"}, "enrich.toml:1", id="not TOML"),
        pytest.param({"enrich.toml": b"\xff"}, "enrich.toml", id="not UTF-8"),
        pytest.param({"enrich.toml": b"nothing = 1"}, "enrich.toml:1", id="an unknown key"),
        pytest.param({"enrich.toml": b"records = '/etc'"}, "enrich.toml:1", id="records elsewhere"),
        pytest.param({"enrich.toml": b"cache_dir = '/tmp'"}, "enrich.toml:1", id="a cache elsewhere"),
        pytest.param({"enrich.toml": b"doi_url = 'http://[::1]:1'"}, "enrich.toml:1", id="a service"),
        pytest.param({"enrich.toml/x": b""}, "enrich.toml", id="a folder in place of the settings"),
        pytest.param({"cache/baseline.jsonl/x": b""}, "baseline.jsonl", id="a folder for the baseline"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_an_error(files: dict[str, bytes], message: str) -> None:
    plan = api.plan_site({**FILES, **files}, RECORDS)
    assert message in (plan.error or "")
    assert (plan.pages, plan.files, plan.patch) == ((), {}, "")


def test_an_unknown_field_is_an_error() -> None:
    assert "titel" in (api.plan_site(FILES, RECORDS, only=["titel"]).error or "")


def test_a_site_without_pages_has_an_empty_plan() -> None:
    assert api.plan_site({}, []) == api.SitePlan()


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param({"enrich.toml": b"[pages]\nsections = ['../../out', '../out']\n"}, id="sections"),
        pytest.param({"hugo.yaml": b"contentDir: ../out\n"}, id="the content folder"),
        pytest.param({"hugo.yaml": b"module: {mounts: [{source: ../out, target: content/publication}]}\n"},
                     id="a mount"),
        pytest.param({"enrich.toml": b"offline = false\nrefresh = true\nfind = true\n"}, id="the network"),
    ],
)  # fmt: skip
def test_settings_reach_nothing_outside_of_the_files(
    hostile: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for folder in (tmp_path / "out", tmp_path / "content/publication"):
        folder.mkdir(parents=True)
        (folder / "secret.md").write_text(page(0), encoding="utf-8")
    opened: list[str] = []
    watch_files(opened, tmp_path)
    plan = api.plan_site({**FILES, **hostile}, RECORDS)
    opened, touched = [], list(opened)
    assert plan.error is None
    assert "secret" not in str(plan.pages)
    assert not [
        path for path in touched if "secret" in path or path.rstrip("/").endswith(("out", str(tmp_path)))
    ]


WATCHED: list[tuple[list[str], str]] = []


def watch_files(opened: list[str], folder: Path) -> None:
    """Note each file and folder under this one that Python opens from now on."""
    if not WATCHED:
        sys.addaudithook(note_event)
    WATCHED[:] = [(opened, str(folder))]


def note_event(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"open", "os.scandir", "os.listdir", "socket.connect"}:
        for opened, folder in WATCHED:
            if event == "socket.connect" or str(arguments[0]).startswith(folder):
                opened.append("secret: a socket" if event == "socket.connect" else str(arguments[0]))


def test_a_line_of_the_baseline_reaches_no_file(tmp_path: Path) -> None:
    there = tmp_path / "x.md"
    there.touch()
    lines = [
        {"path": path, "doi": doi_of(0), "fields": {"abstract": "mine"}, "shown": {}}
        for path in (str(there), "../x")
    ]
    for line in lines:
        baseline = json.dumps(line).encode()
        plan = api.plan_site({**FILES, "cache/baseline.jsonl": baseline}, RECORDS)
        assert plan.error is None
        assert not any(str(path).startswith(("/", "..")) for path in plan.files)


@pytest.mark.parametrize(
    "odd",
    ["", "{", "[]", "3", "[" * 100_000, 3, None, [], {}, {"DOI": 3}, {"DOI": "x"}, {"attributes": {}}, b"{}"],
    ids=str,
)
def test_values_that_are_not_records_are_ignored(odd: object) -> None:
    plan = api.plan_site(FILES, [odd, *RECORDS, odd])  # type: ignore[list-item]
    assert plan == api.plan_site(FILES, RECORDS)


def test_the_last_of_two_records_counts() -> None:
    plan = api.plan_site(FILES, [record(0, abstract=None), record(1), record(0)])
    assert plan == api.plan_site(FILES, RECORDS)


def test_a_bug_ends_one_site_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enrich.pipeline.plan_pages", lambda _: 1 / 0)
    assert "a bug in enrich" in (api.plan_site(FILES, RECORDS).error or "")


@pytest.mark.parametrize(
    ("path", "text", "dois"),
    [
        pytest.param("content/publication/a.md", page(0), (doi_of(0),), id="its own, bare"),
        pytest.param("a.md", "---\ndoi: 10.5555/X\nurl_pdf: https://x.org/10.5555/y.pdf\n---\n",
                     ("10.5555/x", "10.5555/y"), id="its own and a link's"),
        pytest.param("a.md", "---\nurl_pdf: https://doi.org/10.5555/Y\n---\n", ("10.5555/y",),
                     id="a link's alone"),
        pytest.param("b/cite.bib", "@article{x, doi = {10.5555/Z}}", ("10.5555/z",), id="a citation file's"),
        pytest.param("a.md", "---\ndoi: 10.5555/x\nenrich: false\n---\n", (), id="a page that is left alone"),
        pytest.param("a.md", "---\ndoi: [\n---\n", (), id="a broken page"),
        pytest.param("a.md", "Nothing.", (), id="no front matter"),
        pytest.param("a.yaml", "doi: 10.5555/x", (), id="no page"),
    ],
)  # fmt: skip
def test_the_dois_of_a_page(path: str, text: str, dois: tuple[str, ...]) -> None:
    assert api.dois_on(path, text.encode()) == dois


def test_a_page_in_latin_1_has_no_dois() -> None:
    assert api.dois_on("a.md", b"---\ndoi: 10.5555/x\ntitle: \xe9\n---\n") == ()


def test_a_site_is_read_with_what_its_plan_depends_on(tmp_path: Path) -> None:
    make(tmp_path / "site", {
        "content/publication/a/index.md": page(0), "content/publication/a/cite.bib": "@article{a,}",
        "content/publication/a/figure.png": b"png", "content/publication/b.md": page(1),
        "content/publication/b.Rmd": "x",
        "content/post/x.md": page(2), "content/authors/ada/_index.md": "---\ntitle: Ada\n---\n",
        "data/authors/ada.yaml": "name: Ada", "config/_default/params.yaml": "a: 1", "enrich.toml": "",
        "go.mod": "module x",
        "themes/academic/layouts/x.html": "x", "cache/http.sqlite": b"x",
    })  # fmt: skip
    (tmp_path / "outside.md").write_text(page(3), encoding="utf-8")
    (tmp_path / "site/content/publication/c.md").symlink_to(tmp_path / "outside.md")
    files = api.read_site(tmp_path / "site")
    assert {path for path, data in files.items() if data} == {
        "content/publication/a/index.md", "content/publication/a/cite.bib", "content/publication/b.md",
        "content/authors/ada/_index.md", "data/authors/ada.yaml", "config/_default/params.yaml", "go.mod",
        "hugo.yaml",
    }  # fmt: skip
    assert {path for path, data in files.items() if not data} == {
        "content/publication/b.Rmd", "enrich.toml", "themes/academic/theme.toml",
    }  # fmt: skip


def test_a_site_with_broken_settings_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, {PATHS[0]: page(0), "enrich.toml": "[fields"})
    with pytest.raises(ValueError, match=r"enrich\.toml:1"):
        api.read_site(tmp_path)


def test_this_is_the_one_public_module() -> None:
    assert api.__all__ == ["SitePlan", "dois_on", "plan_site", "read_site"]
    assert [name for name in vars(sys.modules["enrich"]) if not name.startswith("_") and callable(name)] == []
    modules = [
        path for path in (ROOT / "enrich").rglob("*.py") if "__all__" in path.read_text(encoding="utf-8")
    ]
    assert modules == [ROOT / "enrich/api.py"]
    for example in (ROOT / "examples").glob("*.py"):
        tree = ast.parse(example.read_text(encoding="utf-8"))
        names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert {name for name in names if name and name.startswith("enrich")} <= {"enrich", "enrich.api"}


WRONG = [
    pytest.param(api.read_site, [b"sites"], {}, "folder: str or Path expected, not bytes", id="bytes"),
    pytest.param(api.read_site, [["sites"]], {}, "folder: str or Path expected, not list", id="folders"),
    pytest.param(api.dois_on, [None, b""], {}, "path: str expected, not NoneType", id="no path"),
    pytest.param(api.dois_on, ["a.md", ""], {}, "data: bytes or bytearray expected, not str", id="a text"),
    pytest.param(api.dois_on, ["a.md", []], {}, "data: bytes or bytearray expected, not list", id="lines"),
    pytest.param(api.plan_site, [[], []], {}, "files: Mapping expected, not list", id="a list of files"),
    pytest.param(api.plan_site, ["site", []], {}, "files: Mapping expected, not str", id="a folder"),
    pytest.param(api.plan_site, [{}, "{}"], {}, "records: Iterable expected, not str", id="a record's text"),
    pytest.param(api.plan_site, [{}, {}], {}, "records: Iterable expected, not dict", id="a record"),
    pytest.param(api.plan_site, [{}, None], {}, "records: Iterable expected, not NoneType", id="no records"),
    pytest.param(
        api.plan_site, [{}, []], {"today": "2026"}, "today: date or NoneType expected, not str", id="a year"
    ),
    pytest.param(api.plan_site, [{}, []], {"only": "doi"}, "only: Sequence expected, not str", id="a field"),
    pytest.param(api.plan_site, [{}, []], {"skip": 1}, "skip: Sequence expected, not int", id="a number"),
]


@pytest.mark.parametrize(("function", "values", "options", "message"), WRONG)
def test_an_argument_of_another_type_is_named(
    function: Callable[..., object], values: list[object], options: dict[str, object], message: str
) -> None:
    with pytest.raises(TypeError) as raised:
        function(*values, **options)
    assert str(raised.value) == message


def test_a_folder_may_be_a_text_and_a_file_a_bytearray(tmp_path: Path) -> None:
    make(tmp_path, {path: page(number) for number, path in enumerate(PATHS)})
    read, find = (cast("Callable[..., object]", each) for each in (api.read_site, api.dois_on))
    assert read(str(tmp_path)) == read(tmp_path)
    assert find(PATHS[1], bytearray(FILES[PATHS[1]])) == (doi_of(1),)
