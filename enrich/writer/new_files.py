"""Write a page that is new: nothing is ever written over."""

from __future__ import annotations

from pathlib import Path

from enrich.errors import PageError, describe_os_error


def write_new_page(root: Path, path: str, text: str) -> None:
    """Write (temporary)."""
    full = root / path
    try:
        full.parent.mkdir(parents=True, exist_ok=True)
        with full.open("x", encoding="utf-8", newline="") as f:
            f.write(text)
    except OSError as error:
        raise PageError(describe_os_error(error)) from None
