"""The house rules that a parser can check: the direction of imports, lengths, docstrings."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in sorted((ROOT / "enrich").rglob("*.py"))
}
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 250, 40, 8

# What each room may import of ours; a room is a folder or a file of `enrich/`.
_NOUNS = {"model", "errors"}
_TEXTS = {"bibtex", "front_matter", "text"}
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "cli": {
        "__init__", "add_pages", "choices", "explain_dois", "fetcher", "find_new_works", "pipeline",
        "reconciler", "report", "settings", "site", "steps", "writer", *_NOUNS, *_TEXTS,
    },
    "find_new_works": {"add_pages", "fetcher", "reconciler", "settings", "site", *_NOUNS, *_TEXTS},
    "add_pages": {
        "fetcher", "pipeline", "reconciler", "settings", "site", "steps", "writer", *_NOUNS, *_TEXTS,
    },
    "explain_dois": {"pipeline", "reconciler", "settings", "site", *_NOUNS, *_TEXTS},
    "api": {
        "choices", "fetcher", "pipeline", "reconciler", "report", "settings", "site", "steps", "writer",
        *_NOUNS, *_TEXTS,
    },
    "pipeline": {
        "__init__", "choices", "fetcher", "reconciler", "settings", "site", "steps", "writer", *_NOUNS,
        *_TEXTS,
    },
    "steps": {"__init__", "fetcher", "reconciler", "settings", "site", "writer", *_NOUNS, *_TEXTS},
    # Settings make what each room may know; the fields' names and policies come from their files.
    "settings": {"fetcher", "reconciler", "text", *_NOUNS},
    "site": {*_NOUNS, *_TEXTS},
    "fetcher": {"__init__", *_NOUNS, *_TEXTS},
    "reconciler": {*_NOUNS, *_TEXTS},
    "choices": {"writer", *_NOUNS, *_TEXTS},
    "writer": {*_NOUNS, *_TEXTS},
    "front_matter": _NOUNS,
    "bibtex": {"text", *_NOUNS},
    "text": _NOUNS,
    # A patch is text, and a link needs to know what a DOI is.
    "report": {"text", *_NOUNS},
    "model": {"errors"},
    "errors": set(),
}  # fmt: skip
PURE = {
    "choices.select",
    "choices.answered_plans",
    "choices.interactive",
    "choices.question",
    "reconciler",
    "writer.edit_page",
    "writer.sanitize",
    "front_matter",
    "bibtex",
    "text",
    "report",
    "model",
    "errors",
}
# Network, disk, clock, environment and other processes; `random` would make two runs differ.
IMPURE = {
    "asyncio", "concurrent", "fcntl", "glob", "http", "multiprocessing", "os", "random",
    "requests", "requests_cache", "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile",
    "tenacity", "threading", "time", "urllib3",
}  # fmt: skip
# Modules outside of `writer` that change something on disk, and what.
WRITERS = {
    "cli.console": "stdout, which leads to /dev/null once its reader is gone",
    "cli.output": "a report to a pipe or a terminal; the summary that GitHub's job appends to",
    "fetcher.access": "the folder of the cache",
    "fetcher.cache.quiet_file": "a database",
    "fetcher.own_database": "the name of a damaged database",
    "fetcher.file_lock": "a file to lock",
    "fetcher.http.shared_pace_file": "the file that it has locked",
    "fetcher.records.built_records": "records that it recognises as made by this program",
    "fetcher.records.reader": "records as Parquet, in a folder that gets its name when it is complete",
    "fetcher.records.stage_folder": "that folder",
    "fetcher.records.staged_records": "files in that folder",
    "fetcher.records.table_records": "a folder that an earlier run left",
    "fetcher.records.write_tables": "files in that folder, and its name",
}
WRITING_CALLS = {
    "chmod", "makedirs", "mkdir", "mkdtemp", "mkstemp", "removedirs", "rename", "rmdir", "rmtree",
    "symlink_to", "touch", "truncate", "unlink", "write_bytes", "write_text", "writelines",
}  # fmt: skip
# Calls that read the clock or open files without an import that would show it.
IMPURE_CALLS = {"open", "input", "print", "now", "today", "utcnow"}


def is_pure(module: str) -> bool:
    """Return whether a module works on values alone."""
    return any(f"{module}.".startswith(f"enrich.{room}.") for room in PURE)


@cache
def tree(module: str) -> ast.Module:
    """Return the module as parsed."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    """Return all nodes of a module's tree."""
    return (*ast.walk(tree(module)),)


def part(module: str) -> str:
    """Return the folder or file of `enrich/` that a module belongs to."""
    return module.split(".")[1] if "." in module else "__init__"


@cache
def imported(module: str) -> tuple[tuple[str, str], ...]:
    """Return every import wherever it stands, as module and name (`""` for the module itself)."""
    return (*_find_imports(module),)


def _find_imports(module: str) -> Iterator[tuple[str, str]]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import"
            yield from ((node.module or "", alias.name) for alias in node.names)


def called(module: str) -> set[str]:
    """Return the names of what a module calls: of a function, or of an attribute."""
    functions = {node.func for node in nodes(module) if isinstance(node, ast.Call)}
    names = {node.id for node in functions if isinstance(node, ast.Name)}
    return names | {node.attr for node in functions if isinstance(node, ast.Attribute)}


def targets(module: str) -> Iterator[str]:
    """Return the modules of ours that a module imports."""
    for name, attribute in imported(module):
        if name.split(".")[0] == "enrich":
            full = f"{name}.{attribute}"
            yield full if full in MODULES or f"{full}.__init__" in MODULES else name


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Return every function with the place where it stands."""
    for module in MODULES:
        for node in nodes(module):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{module}:{node.lineno} {node.name}", node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function, its decorators aside."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def public(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Return the functions, classes and methods that others may use."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree(module).body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    each for each in node.body if isinstance(each, kinds) and not each.name.startswith("_")
                )


def test_imports_point_one_way() -> None:
    assert {part(module) for module in MODULES} <= {*ALLOWED}, "say in ALLOWED what a new part may import"
    wrong = {
        (module, target)
        for module in MODULES
        for target in targets(module)
        if part(target) not in ALLOWED[part(module)] | {part(module)}
    }
    assert not wrong


def test_names_come_from_the_file_that_defines_them() -> None:
    through_package = {
        (module, name)
        for module in MODULES
        for name in targets(module)
        if name not in MODULES and name != "enrich"
    }
    assert not through_package


def test_pure_parts_touch_no_network_disk_clock_or_environment() -> None:
    pure = [module for module in MODULES if is_pure(module)]
    imports = {(module, *found) for module in pure for found in imported(module)}
    assert not {found for found in imports if found[1].split(".")[0] in IMPURE}
    assert not {found for found in imports if found[1] == "pathlib" and "Pure" not in found[2]}
    assert not {(module, name) for module in pure for name in called(module) if name in IMPURE_CALLS}


def writes(node: ast.Call) -> bool:
    """Return whether a call changes something on disk, as far as a parser can tell."""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    owner = getattr(getattr(node.func, "value", None), "id", "")
    modes = {arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return (
        name in WRITING_CALLS
        or (name == "replace" and len(node.args) == 1 and not node.keywords)  # of a path
        or (
            name == "open" and (owner == "os" or any(len(mode) < 4 and {*mode} & {*"awx+"} for mode in modes))
        )
    )


def test_what_changes_the_disk_is_in_writer_or_named_here() -> None:
    calls = ((module, node) for module in MODULES for node in nodes(module))
    found = {module for module, node in calls if isinstance(node, ast.Call) and writes(node)}
    outside = {module.removeprefix("enrich.") for module in found if part(module) != "writer"}
    assert outside == {*WRITERS}


def test_no_cycles() -> None:
    TopologicalSorter({module: set(targets(module)) for module in MODULES}).prepare()


def test_a_package_file_has_only_a_docstring() -> None:
    packages = {module for module in MODULES if module.endswith("__init__")} - {"enrich.__init__"}
    assert not {
        module for module in packages if not all(isinstance(node, ast.Expr) for node in tree(module).body)
    }


def test_everything_public_is_documented_in_one_line() -> None:
    assert not {module for module in MODULES if not ast.get_docstring(tree(module))}
    first_lines = {
        (module, node.name): (ast.get_docstring(node) or "").partition("\n")[0]
        for module in MODULES
        for node in public(module)
    }
    assert not {place for place, line in first_lines.items() if not line.endswith((".", "?", "`", ":"))}


def test_the_types_are_there_for_other_programs() -> None:
    """https://peps.python.org/pep-0561/#packaging-type-information"""
    assert (ROOT / "enrich/py.typed").read_bytes() == b""


def test_files_fit() -> None:
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert not {module: count for module, count in lines.items() if count > LONGEST_FILE}


def test_functions_fit() -> None:
    assert not {place: length(node) for place, node in functions() if length(node) > LONGEST_FUNCTION}


def test_most_functions_are_short() -> None:
    assert statistics.median(length(node) for _, node in functions()) <= MEDIAN_FUNCTION


@pytest.mark.parametrize(
    "folder",
    [
        "site",
        "fetcher",
        "reconciler",
        "choices",
        "writer",
        "front_matter",
        "text",
        "report",
        "cli",
        "settings",
    ],
)
def test_tests_mirror_the_house(folder: str) -> None:
    assert (ROOT / "tests" / folder).is_dir()
