"""The baseline is a file that git merges, that survives a broken line, and that follows its pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import PageError
from enrich.model.page import Value
from enrich.model.plan import Baseline
from enrich.writer.baseline_file import Baselines, format_baselines, load, save

A = Baseline("content/publication/a/index.md", "10.1234/A", {"title": "Ä title"}, {"retracted": "10.1/x"})
B = Baseline("content/publication/b.md", "10.1234/b", {"authors": ["One", "Two"]})
A_LINE = (
    '{"doi": "10.1234/A", "fields": {"title": "Ä title"}, "path": "content/publication/a/index.md",'
    ' "shown": {"retracted": "10.1/x"}}\n'
)
B_LINE = (
    '{"doi": "10.1234/b", "fields": {"authors": ["One", "Two"]}, "path": "content/publication/b.md",'
    ' "shown": {}}\n'
)


def of(root: Path, *entries: Baseline) -> Baselines:
    return Baselines(root, {entry.path: entry for entry in entries})


def write(root: Path, text: str) -> None:
    (root / "cache").mkdir()
    (root / "cache" / "baseline.jsonl").write_bytes(text.encode())


def add_page(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("")


def test_the_file_has_one_line_a_page_sorted_by_path_with_sorted_keys(tmp_path: Path) -> None:
    assert save(tmp_path, of(tmp_path, B, A))
    assert (tmp_path / "cache" / "baseline.jsonl").read_bytes() == (A_LINE + B_LINE).encode()
    assert (tmp_path / "cache" / ".gitignore").exists()
    assert dict(load(tmp_path)) == {A.path: A, B.path: B}


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    save(tmp_path, of(tmp_path, A))
    before = (tmp_path / "cache" / "baseline.jsonl").stat()
    assert not save(tmp_path, load(tmp_path))
    after = (tmp_path / "cache" / "baseline.jsonl").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_line_ends_that_git_changed_are_no_change(tmp_path: Path) -> None:
    write(tmp_path, A_LINE.replace("\n", "\r\n"))
    assert dict(load(tmp_path)) == {A.path: A}
    assert not save(tmp_path, load(tmp_path))


def test_no_baseline_makes_no_file(tmp_path: Path) -> None:
    assert not save(tmp_path, load(tmp_path))
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        pytest.param("<<<<<<< HEAD\n", "a merge marker", id="a merge marker"),
        pytest.param(A_LINE[:40] + "\n", "not a baseline", id="a line cut off"),
        pytest.param("[]\n", "not a baseline", id="JSON of another kind"),
        pytest.param('{"path": 1, "doi": "", "fields": {}, "shown": {}}\n', "not a baseline", id="no path"),
        pytest.param(
            '{"path": "a", "doi": "", "fields": [], "shown": {}}\n', "not a baseline", id="no fields"
        ),
        pytest.param("[" * 100_000 + "\n", "not a baseline", id="nested too deep"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named_and_the_others_are_used(tmp_path: Path, broken: str, message: str) -> None:
    write(tmp_path, A_LINE + broken + B_LINE)
    known = load(tmp_path)
    assert dict(known) == {A.path: A, B.path: B}
    assert len(known.messages) == 1
    assert known.messages[0].startswith(f"cache/baseline.jsonl:2: left out: {message}")


@pytest.mark.parametrize(
    ("count", "others"), [(10_000, "9997 more lines are left out, too"), (4, "1 more line is left out, too")]
)
def test_three_broken_lines_are_named_and_the_others_counted(count: int, others: str, tmp_path: Path) -> None:
    write(tmp_path, A_LINE + "broken\n" * count)
    known = load(tmp_path)
    assert len(known.messages) == 4
    assert known.messages[-1] == f"cache/baseline.jsonl: {others}"
    assert len(known.broken) == count


def test_a_line_cut_off_is_kept_aside_when_the_file_is_written(tmp_path: Path) -> None:
    write(tmp_path, A_LINE + B_LINE[:30])
    assert save(tmp_path, load(tmp_path))
    assert (tmp_path / "cache" / "baseline.jsonl").read_bytes() == A_LINE.encode()
    assert (tmp_path / "cache" / "baseline.broken").read_bytes() == B_LINE[:30].encode() + b"\n"
    assert not load(tmp_path).messages


def test_bytes_that_are_no_text_are_a_broken_line(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "baseline.jsonl").write_bytes(b"\xff\xfe\x00\n" + B_LINE.encode())
    assert list(load(tmp_path)) == [B.path]


def test_the_two_sides_of_a_merge_are_joined(tmp_path: Path) -> None:
    ours = Baseline(A.path, A.doi, {"title": "old", "date": "2024"})
    theirs = Baseline(A.path, A.doi.lower(), {"title": "new", "abstract": "text"}, {"retracted": "x"})
    lines = [format_baselines([entry]).decode() for entry in (ours, theirs)]
    write(tmp_path, f"<<<<<<< ours\n{lines[0]}=======\n{lines[1]}>>>>>>> theirs\n")
    known = load(tmp_path)
    assert known[A.path].fields == {"title": "new", "date": "2024", "abstract": "text"}
    assert known[A.path].shown == {"retracted": "x"}
    assert len(known.messages) == 3


def test_of_two_lines_with_different_dois_the_later_counts(tmp_path: Path) -> None:
    later = Baseline(A.path, "10.9/other", {"date": "2020"})
    write(tmp_path, A_LINE + format_baselines([later]).decode())
    assert load(tmp_path)[A.path] == later


def test_a_baseline_follows_a_page_that_moved(tmp_path: Path) -> None:
    known = of(tmp_path, A, B)
    new = "content/publication/2024/a/index.md"
    assert known.find(new, "10.1234/a") == A
    moved = Baseline(new, A.doi, A.fields)
    assert list(known.replace_lines([moved])) == [B.path, new]


def test_twins_that_move_together_keep_a_line_each(tmp_path: Path) -> None:
    known = of(tmp_path, A, B, GERMAN)
    moved = [Baseline(NEW, A.doi, A.fields), Baseline(NEW_GERMAN, A.doi, GERMAN.fields)]
    assert list(known.replace_lines(moved)) == [B.path, NEW, NEW_GERMAN]


def test_a_baseline_stays_with_a_page_that_is_still_there(tmp_path: Path) -> None:
    add_page(tmp_path, A.path)
    known = of(tmp_path, A)
    copy = "content/publication/copy/index.md"
    assert known.find(copy, A.doi) is None
    assert set(known.replace_lines([Baseline(copy, A.doi)])) == {A.path, copy}


OTHER = "10.9/other"
NEW = "content/publication/new/index.md"
NEW_GERMAN = "content/publication/new/index.de.md"
GERMAN = Baseline("content/publication/a/index.de.md", A.doi, {"title": "Ein Titel"})


@pytest.mark.parametrize(
    ("entries", "there", "path", "doi", "expected"),
    [
        pytest.param([A], [A.path], A.path, "10.1234/a", A, id="path and DOI"),
        pytest.param([A], [], NEW, A.doi, A, id="a page that moved"),
        pytest.param([A], [A.path], NEW, A.doi, None, id="a copy of a page that is still there"),
        pytest.param([A, Baseline("b.md", A.doi)], [], NEW, A.doi, None, id="two lines have the DOI"),
        pytest.param(
            [A], [A.path], A.path, OTHER, Baseline(A.path, OTHER, declined=("title",)), id="a corrected DOI"
        ),
        pytest.param([Baseline(A.path, A.doi)], [], A.path, OTHER, None, id="nothing to decline"),
        pytest.param(
            [A, Baseline("b.md", OTHER, {"date": "2020"})],
            [A.path, "b.md"],
            A.path,
            OTHER,
            Baseline(A.path, OTHER, declined=("title",)),
            id="two pages that swapped their DOIs",
        ),
        pytest.param(
            [A, Baseline("b.md", OTHER, {"date": "2020"})],
            [A.path],
            A.path,
            OTHER,
            Baseline("b.md", OTHER, {"date": "2020"}),
            id="a page that took another's place",
        ),
        pytest.param([A], [A.path], A.path, "", Baseline(A.path, "", declined=("title",)), id="a lost DOI"),
        pytest.param([], [], A.path, A.doi, None, id="an unknown page"),
        pytest.param([A, GERMAN], [], NEW, A.doi, A, id="a page that moved with its twin"),
        pytest.param([A, GERMAN], [], NEW_GERMAN, A.doi, GERMAN, id="the twin that moved with it"),
        pytest.param([A, GERMAN], [A.path], NEW_GERMAN, A.doi, GERMAN, id="a twin that moved alone"),
        pytest.param(
            [A, GERMAN], [GERMAN.path], NEW_GERMAN, A.doi, None, id="a copy of the twin that stayed"
        ),
        pytest.param([A, GERMAN], [], "content/publication/new/index.fr.md", A.doi, None, id="a new twin"),
        pytest.param([A, GERMAN], [], "content/de/publication/new.md", A.doi, GERMAN, id="into a folder"),
        pytest.param([A, GERMAN], [], "content/publication/ai/index.md", A.doi, A, id="into a short name"),
        pytest.param([A, GERMAN], [], NEW_GERMAN, OTHER, None, id="a twin with another DOI"),
    ],
)
def test_a_page_is_known_by_path_and_doi_together_else_by_its_doi(
    tmp_path: Path,
    entries: list[Baseline],
    there: list[str],
    path: str,
    doi: str,
    expected: Baseline | None,
) -> None:
    for name in there:
        add_page(tmp_path, name)
    assert of(tmp_path, *entries).find(path, doi) == expected


def test_declined_fields_are_kept_in_the_file(tmp_path: Path) -> None:
    entry = Baseline(A.path, OTHER, {"date": "2020"}, declined=("abstract", "title"))
    save(tmp_path, of(tmp_path, entry))
    assert dict(load(tmp_path)) == {A.path: entry}


def test_a_page_without_doi_follows_nothing(tmp_path: Path) -> None:
    assert of(tmp_path, Baseline("a.md", "")).find("b.md", "") is None


def test_a_file_that_cannot_be_read_is_an_error_and_not_an_empty_baseline(tmp_path: Path) -> None:
    (tmp_path / "cache" / "baseline.jsonl").mkdir(parents=True)
    with pytest.raises(PageError, match=r"cache/baseline\.jsonl is a folder"):
        load(tmp_path)


text = st.text(max_size=8)
values: st.SearchStrategy[Value] = (
    st.none() | st.booleans() | st.integers() | text | st.lists(text, max_size=3)
)
fields = st.dictionaries(text, values, max_size=2)
baselines = st.builds(Baseline, text, text, fields, fields)


@given(st.lists(baselines, max_size=3, unique_by=lambda entry: entry.path))
def test_what_is_written_is_read_again_in_any_order(entries: list[Baseline]) -> None:
    content = format_baselines(entries)
    assert content == format_baselines(reversed(entries))
    assert content.count(b"\n") == len(entries)
    rows = [json.loads(line) for line in content.split(b"\n")[:-1]]
    assert sorted(rows, key=lambda row: str(row["path"])) == rows
    assert {row["path"]: row["fields"] for row in rows} == {entry.path: entry.fields for entry in entries}
