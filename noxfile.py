"""What a change must pass, each step runnable alone: `nox -s lint`. `.ci/run` runs all of them."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.sessions = ["lint", "types", "docs", "package"]
nox.options.error_on_missing_interpreters = False
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on each Python that is installed."""
    session.install(".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests once; fail where they reach less of the program than pyproject.toml asks for."""
    session.install(".[test]")
    session.run("python", "-m", "pytest", "--cov", "--durations=20", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Build the package and run the tests with the oldest versions that pyproject.toml allows."""
    facts = nox.project.load_toml("pyproject.toml")
    session.install(*pin_floors(facts["build-system"]["requires"]), "build")
    session.run("python", "-m", "build", "--no-isolation", "--outdir", session.create_tmp(), silent=True)
    session.install(".[test]")
    session.run("pip", "uninstall", "--yes", "--quiet", "check-jsonschema")  # it needs a newer click
    extras = facts["project"]["optional-dependencies"]
    session.install(*pin_floors([*facts["project"]["dependencies"], *extras["scale"]]))
    session.run("python", "-m", "pytest", *session.posargs)


def pin_floors(requirements: list[str]) -> list[str]:
    """Return requirements that only the oldest version meets."""
    return [re.sub(r">=([^,]+).*", r"==\1", requirement) for requirement in requirements]


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format."""
    session.install("ruff>=0.8")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the program, its tests and its measurements."""
    session.install(".[dev]")
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Check that the generated parts of docs/ are up to date."""
    session.install(".[test]")
    session.run("python", "-m", "pytest", "tests/test_docs.py", "tests/test_readme.py")


@nox.session
def package(session: nox.Session) -> None:
    """Build the package, install the wheel alone, and run it on a copy of the sample site."""
    session.install("build", "twine")
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        session.run("python", "-m", "build", "--outdir", folder, silent=True)
        session.run("twine", "check", "--strict", *map(str, built.iterdir()))
        session.install("--force-reinstall", *map(str, built.glob("*.whl")))
        for part in ("content", "config", "cache", "go.mod"):
            copy = shutil.copytree if Path(part).is_dir() else shutil.copy
            copy(part, built / part)
        with session.chdir(folder):
            check = ("enrich", "check", "--records", "cache/records", "--exit-zero", "--quiet")
            session.run(*check)
            session.run(*check, "--format", "html", "--output", "r.html")
        page = (built / "r.html").read_text(encoding="utf-8")
        if "Content-Security-Policy" not in page:
            session.error("the HTML report of the installed package is not whole")
