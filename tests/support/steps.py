"""Count the steps that a function takes, so that a test can tell linear growth without a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def count_steps(function: Callable[[], object]) -> int:
    """Return how many lines of Python run while a function does; regular expressions count as one."""
    steps = 0

    def count(_frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401  # as sys.settrace has it
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        function()
    finally:
        sys.settrace(before)
    return steps
