"""Patches: whole texts in and out, and git itself as the referee."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.text.unified_patch import apply_patch, make_patch

ODD = '"{}/n\\n\\342\\200\\256.md"'
HEAD = "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n"


@pytest.mark.parametrize(
    ("before", "after", "hunks"),
    [
        pytest.param("a\n", "b\n", "@@ -1,1 +1,1 @@\n-a\n+b\n", id="a line is another"),
        pytest.param("a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n", id="CRLF"),
        pytest.param("\ufeffa\n", "\ufeffb\n", "@@ -1,1 +1,1 @@\n-\ufeffa\n+\ufeffb\n", id="a BOM"),
        pytest.param(
            "a\nb",
            "a\nc",
            "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n",
            id="no newline at the end",
        ),
        pytest.param("", "a\n", "@@ -0,0 +1,1 @@\n+a\n", id="an empty file"),
        pytest.param("a\n", "", "@@ -1,1 +0,0 @@\n-a\n", id="nothing is left"),
        pytest.param(
            "".join(f"{n}\n" for n in range(20)),
            "".join(f"{'x' if n in {1, 18} else n}\n" for n in range(20)),
            "@@ -1,5 +1,5 @@\n 0\n-1\n+x\n 2\n 3\n 4\n@@ -16,5 +16,5 @@\n 15\n 16\n 17\n-18\n+x\n 19\n",
            id="two places far from each other",
        ),
        pytest.param(
            "a\x0bb\u2028c\rd\n", "e\n", "@@ -1,1 +1,1 @@\n-a\x0bb\u2028c\rd\n+e\n", id="other ends"
        ),
    ],
)
def test_patch(before: str, after: str, hunks: str) -> None:
    assert make_patch("x.md", before, after) == HEAD + hunks


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            None,
            "a\nb",
            "new file mode 100644\n--- /dev/null\n+++ b/x.md\n"
            "@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n",
            id="a file is made",
        ),
        pytest.param(
            "a\n",
            None,
            "deleted file mode 100644\n--- a/x.md\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n",
            id="a file is deleted",
        ),
        pytest.param(None, "", "new file mode 100644\n", id="an empty file is made"),
    ],
)
def test_the_patch_of_a_file_that_was_not_there(
    tmp_path: Path, before: str | None, after: str | None, expected: str
) -> None:
    patch = make_patch("x.md", before, after)
    assert patch == f"diff --git a/x.md b/x.md\n{expected}"
    if shutil.which("git"):
        if before is not None:
            (tmp_path / "x.md").write_bytes(before.encode())
        subprocess.run(["git", "apply"], cwd=tmp_path, input=patch.encode(), check=True)
        there = (tmp_path / "x.md").read_bytes().decode() if (tmp_path / "x.md").exists() else None
        assert there == after


def test_equal_texts_have_no_patch() -> None:
    assert make_patch("x.md", "a\n", "a\n") == ""


@pytest.mark.parametrize(
    ("path", "names"),
    [
        pytest.param("a b.md", ("a/a b.md b/a b.md", "a/a b.md\t", "b/a b.md\t"), id="a blank"),
        pytest.param("é.md", ("a/é.md b/é.md", "a/é.md", "b/é.md"), id="a letter"),
        pytest.param('q".md', ('"a/q\\".md" "b/q\\".md"', '"a/q\\".md"', '"b/q\\".md"'), id="a quote"),
        pytest.param(
            "n\n\u202e.md",
            (f"{ODD.format('a')} {ODD.format('b')}", ODD.format("a"), ODD.format("b")),
            id="odd",
        ),
    ],
)
def test_names(path: str, names: tuple[str, str, str]) -> None:
    both, old, new = names
    head = f"diff --git {both}\n--- {old}\n+++ {new}\n"
    assert make_patch(path, "a\n", "b\n") == f"{head}@@ -1,1 +1,1 @@\n-a\n+b\n"


LINES = [
    "a",
    "b",
    "-- x",
    "++ y",
    "",
    "@@ -1,1 +1,1 @@",
    "diff --git a/x b/x",
    "é\u2028",
    "\ufeff",
    "\r",
    "\\ No",
]
TEXTS = st.lists(
    st.sampled_from(LINES)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
    max_size=12,
).flatmap(lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda end: end.join(lines)))
NAMES = st.sampled_from(
    ["x.md", "a b/index.md", 'q"uo\\te.md', "é/ü.md", "tab\t.md", "new\nline.md", " x .md", "-x.md"]
)


@given(TEXTS, TEXTS)
def test_a_patch_leads_there_and_back(before: str, after: str) -> None:
    assert apply_patch(before, make_patch("x.md", before, after)) == after
    assert apply_patch(after, make_patch("x.md", after, before)) == before


def git(folder: Path, *arguments: str, patch: str) -> subprocess.CompletedProcess[bytes]:
    """Run git with nothing of this machine's settings."""
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=patch.encode("utf-8", "surrogateescape"),
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"},
        capture_output=True,
        timeout=60,
        check=False,
    )


def applied(folder: Path, files: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    """Return what `git apply` makes of the files, each from its first text to its second."""
    for name, (before, _) in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(before.encode("utf-8"))
    patch = "".join(make_patch(name, *texts) for name, texts in files.items())
    if patch:
        for asked in (["apply", "--check"], ["apply", "--whitespace=nowarn"]):
            done = git(folder, *asked, patch=patch)
            assert done.returncode == 0, done.stderr
    # Git removes a file of which nothing is left; no page of ours ever is.
    return {name: (folder / name).read_bytes() for name in files if (folder / name).exists()}


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git here to apply patches with")


@needs_git
@settings(max_examples=30)
@given(files=st.dictionaries(NAMES, st.tuples(TEXTS.filter(bool), TEXTS.filter(bool)), min_size=1))
def test_git_makes_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("git")
    git(folder, "init", "-q", patch="")
    assert applied(folder, files) == {name: after.encode("utf-8") for name, (_, after) in files.items()}
