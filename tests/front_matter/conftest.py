"""Fixtures of the format tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def monkeypatch_context() -> Iterator[pytest.MonkeyPatch]:
    """Return a monkeypatch that Hypothesis accepts: it lives longer than one example."""
    patch = pytest.MonkeyPatch()
    yield patch
    patch.undo()
