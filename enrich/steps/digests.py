"""Make digests of the program and of texts, by which a later run knows that its input is the same."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

SIZE = 16
"""The bytes of a digest."""


@cache
def digest_site_name(root: str) -> bytes:
    """Return the beginning of the keys of all pages of a site, from its real folder."""
    return digest_texts(root)[: SIZE // 2]


def digest_page_name(root: str, path: str) -> bytes:
    """Return the key of a page, from its site's real folder and its path, because sites may share a cache."""
    return digest_site_name(root) + digest_texts(path)


def digest_texts(*texts: str | bytes) -> bytes:
    """Return the digest of some texts and their lengths, so that two lists never have the same digest."""
    encoded = [text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text for text in texts]
    lengths = b"%d:" * len(encoded) % tuple(map(len, encoded))
    return hashlib.blake2b(b"".join((lengths, b"\n", *encoded)), digest_size=SIZE).digest()


@cache
def digest_program() -> bytes:
    """Return the digest of the program's files, Python and the installed packages; `b""` without files."""
    digest = hashlib.blake2b(digest_texts(sys.version, *_list_installed_packages()), digest_size=SIZE)
    files = _list_own_files(str(Path(__file__).parents[1]))
    try:
        for file in files:
            content = _read_program_file(file)
            digest.update(f"{file} {len(content)}:".encode("utf-8", "surrogateescape") + content)
    except OSError:
        return b""
    return digest.digest() if files else b""


def _list_own_files(folder: str) -> list[str]:
    """Return the files of the program, without Python's compiled files."""
    walk = os.walk(folder)
    return sorted(f"{here}/{name}" for here, _, names in walk for name in names if not name.endswith(".pyc"))


def _read_program_file(file: str) -> bytes:
    with Path(file).open("rb", buffering=0) as opened:
        return opened.read()


def _list_installed_packages() -> list[str]:
    """Return the names of the folders that describe installed packages; each name has the version."""
    names: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            names.update(entry.name for entry in os.scandir(folder or ".") if entry.name.endswith("-info"))
    return sorted(names)
