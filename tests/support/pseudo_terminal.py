"""Run the whole program on a pseudo-terminal: read its output, and type the answers."""

from __future__ import annotations

import os
import re
import select
from collections.abc import Sequence
from pathlib import Path

from tests.support.sample import ROOT
from tests.support.warm_program import read_exit_code, start_program

END, INTERRUPT = b"\x04", b"\x03"  # Ctrl-D and Ctrl-C, as typed
_MOST_SECONDS = 60
_STYLE = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]")
_ASKED = rb"(?:Write this|Write these \d+ together|Which one)\?"
_PROMPT = re.compile(rb"(?:" + _ASKED + rb" \[[^\n]*\](?:\x1b\[0m)?|New value:) $")


def converse(site: Path, *arguments: str, typed: Sequence[str | bytes], **environ: str) -> tuple[int, str]:
    """Run the program in a site and type an answer at each question; return exit code and all it said."""
    import pty

    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ENRICH_")}
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80", "LC_ALL": "C.UTF-8", **environ}
    call = start_program(arguments, site, environment, theirs)
    os.close(theirs)
    try:
        said = _talk(ours, list(typed))
    finally:
        os.close(ours)
        code = read_exit_code(call, _MOST_SECONDS)
    return code, _STYLE.sub("", said.decode("utf-8", "replace")).replace("\r\n", "\n")


def _talk(terminal: int, typed: list[str | bytes]) -> bytes:
    """Type the next answer whenever a question stands at the end of what was said."""
    said = b""
    while True:
        ready, _, _ = select.select([terminal], [], [], _MOST_SECONDS)
        assert ready, f"nothing was said for {_MOST_SECONDS} s after: {said[-500:]!r}"
        try:
            some = os.read(terminal, 1 << 16)
        except OSError:  # Linux says so when the other end is closed
            return said
        if not some:
            return said
        said += some
        if _PROMPT.search(said):
            assert typed, f"one question more than answers: {said[-500:]!r}"
            answer = typed.pop(0)
            os.write(terminal, answer if isinstance(answer, bytes) else f"{answer}\n".encode())
