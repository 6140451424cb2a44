"""Files of decisions: which are carried out, which are refused, and that no value of a file is trusted."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.choices.decision_file import apply_decisions, load_decision_file
from enrich.cli import main
from enrich.errors import UsageError
from enrich.model.plan import Change, Failed, Plan, Skipped
from tests.support.made_site import contents, make, page, put_records, record, run
from tests.support.reports import page as empty_page

PATHS = [f"content/publication/p{number}/index.md" for number in range(3)]
ABSTRACT = "An abstract long enough to be one, with a second sentence. It says nothing."
JOURNAL = "*Journal of Made Things*"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of three pages; the title of the first is another than its record's."""
    pages: dict[str, str | bytes] = {path: page(number) for number, path in enumerate(PATHS)}
    pages[PATHS[0]] = page(0, title="The 0th thing that was built")
    return make(tmp_path, pages)


def decision(site: Path, number: int, field: str, word: str, **more: object) -> dict[str, Any]:
    """Return what the report says of a decision about a page as it is now."""
    values = {
        "title": ("The 0th thing that was built", "The 0th thing that was made"),
        "abstract": ("", ABSTRACT),
        "publication": ("", JOURNAL),
        "doi": (f"https://doi.org/10.5555/made.{number}", f"10.5555/made.{number}"),
    }
    old, new = values[field]
    digest = hashlib.sha256((site / PATHS[number]).read_bytes()).hexdigest()
    row = {"path": PATHS[number], "sha256": digest, "field": field, "key": [field], "old": old, "new": new}
    return {**row, "decision": word, **more}


def write(site: Path, *rows: object, **more: object) -> Path:
    """Write a file of decisions."""
    file = site / "decisions.json"
    file.write_text(json.dumps({"schema": 1, "tool": "x", "decisions": rows, **more}), encoding="utf-8")
    return file


def decide_and_apply(site: Path, *rows: object) -> tuple[int, dict[str, Any]]:
    """Return the exit code and the JSON report of carrying these decisions out."""
    file = write(site, *rows)
    code = run("apply", site, "--decisions", str(file), "--report", f"json:{site / 'report.json'}", "-q")
    document: dict[str, Any] = json.loads((site / "report.json").read_bytes())
    return code, document


def changes_of(site: Path, number: int) -> set[str]:
    """Return the fields that `check` proposes something for on a page."""
    file = site / "check.json"
    run("check", site, "-q", "-o", str(file), "--format", "json", paths=[PATHS[number]])
    return {change["field"] for change in json.loads(file.read_bytes())["pages"][0]["changes"]}


def test_only_what_was_taken_is_written(site: Path) -> None:
    before = contents(site)
    code, report = decide_and_apply(
        site, decision(site, 0, "title", "take"), decision(site, 1, "doi", "take")
    )
    assert code == 0
    after = contents(site)
    assert after == {
        **before,
        PATHS[0]: before[PATHS[0]].replace(b"was built", b"was made"),
        PATHS[1]: before[PATHS[1]].replace(b"https://doi.org/", b""),
    }
    assert [one["path"] for one in report["pages"]] == PATHS[:2]
    assert all(change["written"] for one in report["pages"] for change in one["changes"])
    assert "publication" in changes_of(site, 0), "what was not decided is still proposed"


@pytest.mark.parametrize("field", ["title", "abstract", "publication", "doi"])
def test_what_is_kept_is_asked_again_only_when_the_record_moves(site: Path, field: str) -> None:
    before = contents(site)
    code, report = decide_and_apply(site, decision(site, 0, field, "keep"))
    assert (code, contents(site) == before) == (0, True)
    [change] = report["pages"][0]["changes"]
    assert (change["field"], change["written"], change["kept"]) == (field, False, True)
    assert field not in changes_of(site, 0)
    moved = record(0, title=["The 0th thing that was rebuilt"])
    put_records(site, [moved])
    assert ("title" in changes_of(site, 0)) is True


COMMIT = """\
Next: git commit --all --message "Decide on changes from Crossref"  # commits what you decided
      git push                                                      # sends it to your repository
"""


@pytest.mark.parametrize(
    ("word", "folder", "steps"),
    [
        pytest.param("take", ".git", True, id="a value that is taken"),
        pytest.param("keep", ".git", True, id="a value that is kept"),
        pytest.param("later", ".git", False, id="nothing is decided"),
        pytest.param("take", "other", False, id="no repository"),
    ],
)
def test_the_next_step_is_to_commit(
    site: Path, word: str, folder: str, steps: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / folder).mkdir()
    assert run("apply", site, "--decisions", str(write(site, decision(site, 0, "title", word)))) == 0
    shown = capsys.readouterr().out
    assert "".join(shown.partition("Next: ")[1:]) == (COMMIT if steps else "")


def test_later_is_the_same_as_no_decision(site: Path) -> None:
    before = contents(site, under=".")
    code, report = decide_and_apply(site, decision(site, 0, "title", "later"))
    assert (code, report["pages"]) == (0, [])
    after = contents(site, under=".")
    assert all(after[name] == before[name] for name in before)
    assert "cache/baseline.jsonl" not in after


def test_an_undecided_change_stays_news(site: Path) -> None:
    decide_and_apply(site, decision(site, 0, "title", "take"))
    file = site / "check.json"
    run("check", site, "-q", "-o", str(file), "--format", "json", paths=[PATHS[0]])
    assert all(change["news"] for change in json.loads(file.read_bytes())["pages"][0]["changes"])


def test_an_undecided_change_that_was_reported_before_stays_old_news(site: Path) -> None:
    run("apply", site, "-q", "--skip", "doi", "--only", "title", paths=[PATHS[0]])
    decide_and_apply(site, decision(site, 0, "doi", "take"))
    file = site / "check.json"
    run("check", site, "-q", "-o", str(file), "--format", "json", "--only", "title", paths=[PATHS[0]])
    [change] = json.loads(file.read_bytes())["pages"][0]["changes"]
    assert (change["field"], change["news"]) == ("title", False)


def test_twice_is_once(site: Path) -> None:
    rows = [
        decision(site, 0, "title", "take"),
        decision(site, 0, "doi", "keep"),
        decision(site, 1, "doi", "take"),
    ]
    assert decide_and_apply(site, *rows)[0] == 0
    before = contents(site, under=".")
    code, report = decide_and_apply(site, *rows)
    after = contents(site, under=".")
    assert (code, report["summary"]["written"]) == (0, 0)
    assert {name for name in after if after[name] != before.get(name)} <= {"report.json"}


def test_a_page_that_changed_is_refused_whole_the_others_are_done(site: Path) -> None:
    rows = [
        decision(site, 0, "title", "take"),
        decision(site, 0, "doi", "keep"),
        decision(site, 1, "doi", "take"),
    ]
    (site / PATHS[0]).write_bytes((site / PATHS[0]).read_bytes() + b"\n")
    before = contents(site)
    code, report = decide_and_apply(site, *rows)
    assert code == 4
    assert [one["status"] for one in report["pages"]] == ["failed", "changed"]
    assert contents(site)[PATHS[0]] == before[PATHS[0]]


@pytest.mark.parametrize("field", ["abstract", "title"])
def test_a_decision_about_a_value_that_was_put_back_names_the_way_out(
    site: Path, capsys: pytest.CaptureFixture[str], field: str
) -> None:
    before, row = contents(site), decision(site, 0, field, "take")
    assert decide_and_apply(site, row)[0] == 0
    after = contents(site)
    (site / PATHS[0]).write_bytes(before[PATHS[0]])
    capsys.readouterr()
    assert decide_and_apply(site, row)[0] == 1
    assert capsys.readouterr().err == (
        f"{PATHS[0]}: {field}: decision not carried out: enrich no longer proposes this change, because an"
        " earlier run settled this value, so what the page says now counts as your own; run"
        f" `enrich forget {PATHS[0]}` and then this command again\n"
    )
    assert main.run(["forget", str(site / PATHS[0])]) == 0
    assert decide_and_apply(site, row)[0] == 0
    assert contents(site) == after


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param(
            {"old": "Another title"}, "the page's value has changed since; make a new report", id="old"
        ),
        pytest.param({"new": "<script>"}, "the record's value has changed since", id="new"),
        pytest.param({"new": ["The 0th thing that was made"]}, "the record's value has changed", id="a list"),
        pytest.param({"field": "summary", "key": ["summary"]}, "enrich no longer proposes this", id="field"),
        pytest.param({"key": ["Title"]}, "enrich no longer proposes this", id="key"),
    ],
)
def test_a_decision_about_another_proposal_is_refused_with_the_reason(
    site: Path, capsys: pytest.CaptureFixture[str], wrong: dict[str, object], said: str
) -> None:
    before = contents(site)
    row = {**decision(site, 0, "title", "take"), **wrong}
    code, _ = decide_and_apply(site, row, decision(site, 1, "doi", "take"))
    after = contents(site)
    assert code == 1
    assert {name for name in after if after[name] != before[name]} == {PATHS[1]}
    assert said in capsys.readouterr().err


def test_a_decision_is_refused_if_the_look_up_failed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = decision(site, 0, "title", "take")
    put_records(site, [record(1)])
    assert decide_and_apply(site, row)[0] == 1
    assert "the look-up failed; run the command again later" in capsys.readouterr().err


@pytest.mark.parametrize(
    "path",
    [
        "content/about.md",
        "content/publication/_index.md",
        "hugo.yaml",
        "enrich.toml",
        "content/publication/gone.md",
    ],
)
def test_only_publication_pages_are_written(site: Path, path: str) -> None:
    (site / "content" / "about.md").write_text(page(0), encoding="utf-8")
    (site / "content" / "publication" / "_index.md").write_text(page(0), encoding="utf-8")
    before = contents(site, under=".")
    code, report = decide_and_apply(site, decision(site, 0, "title", "take", path=path))
    after = contents(site, under=".")
    assert code == 4
    assert [(one["path"], one["status"]) for one in report["pages"]] == [(path, "failed")]
    assert all(after[name] == before[name] for name in before)


ROW: dict[str, Any] = {
    "path": "a.md",
    "sha256": "0",
    "field": "title",
    "key": ["title"],
    "old": "a",
    "new": "b",
    "decision": "take",
}
WRONG: dict[str, tuple[object, ...]] = {
    "path": (
        "../a.md",
        "/etc/passwd",
        "a/../../b.md",
        "",
        "a//b",
        "./a.md",
        "a\0.md",
        "\ud800.md",
        ["a.md"],
        None,
    ),
    "key": ("title", [], [1], [""], None),
    "decision": ("delete", ["take"], None),
    "sha256": (1,),
    "field": (None,),
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[" * 100_000, id="brackets without end"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"schema": 2, "decisions": []}', id="another schema"),
        pytest.param(b'{"schema": 1, "decisions": {}}', id="no list"),
        pytest.param(b'{"schema": 1, "decisions": [1]}', id="no decision"),
        *[
            pytest.param(
                json.dumps({"schema": 1, "decisions": [{**ROW, name: value}]}).encode(), id=f"{name} {value}"
            )
            for name, values in WRONG.items()
            for value in values
        ],
        pytest.param(
            json.dumps({"schema": 1, "decisions": [ROW, {**ROW, "decision": "keep"}]}).encode(), id="both"
        ),
        pytest.param(json.dumps({"schema": 1, "decisions": [{"path": "a.md"}]}).encode(), id="keys missing"),
    ],
)
def test_a_malformed_file_is_refused_before_any_work(
    site: Path, capsys: pytest.CaptureFixture[str], text: bytes
) -> None:
    file = site / "decisions.json"
    file.write_bytes(text)
    before = contents(site, under=".")
    assert run("apply", site, "--decisions", str(file)) == 2
    assert contents(site, under=".") == before
    assert f"error: {file}: " in capsys.readouterr().err


def test_a_missing_file_is_an_error(site: Path) -> None:
    assert run("apply", site, "--decisions", str(site / "none.json")) == 2
    assert run("apply", site, "--decisions", str(site)) == 2


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(ANY, st.sampled_from(["take", "keep", "later"]))
def test_any_value_is_itself_after_a_browser_and_no_other(value: Any, word: str) -> None:  # noqa: ANN401
    from enrich.choices.decision_file import digest_page
    from enrich.choices.decision_row import Decision

    here = empty_page("a.md")
    change = Change(
        "abstract",
        ("abstract",),
        "fill",
        "review",
        value,
        "new",
        "r",
        status="refused",
        refused_because="so that nothing is written",
    )
    plan = Plan(here, "", changes=(change,), looked_up=True)
    other = Decision("a.md", digest_page(here), "abstract", ("abstract",), "another value", "new", word)
    _, refused = apply_decisions([plan], [other])
    assert bool(refused) == (word != "later" and value != "another value")


def test_a_page_that_is_left_alone_or_cannot_be_read_has_failed(site: Path) -> None:
    rows = load_decision_file(write(site, {**ROW, "path": "a.md"}, {**ROW, "path": "b.md"}))
    found, _ = apply_decisions([Skipped("a.md", "`enrich: false`"), Failed("b.md", "no YAML")], rows)
    assert found == [
        Failed("a.md", "the file has a decision for this page, but enrich skipped the page: `enrich: false`"),
        Failed("b.md", "no YAML"),
    ]


def test_an_unreadable_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="this file of decisions does not exist"):
        load_decision_file(tmp_path)
