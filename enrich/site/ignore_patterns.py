"""Compile the patterns of Hugo's `ignoreFiles`, and leave out those that may take forever.

Go matches in linear time (https://pkg.go.dev/regexp/syntax); Python goes back and tries again, which can take
longer than anybody would wait. https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_SIGN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P?<\w+>|[a-zA-Z-]*:)|\{\d*,?\d*\}|.", re.DOTALL)
_LONGEST, _MOST_REPEATS, _MOST_CHOICES = 500, 2, 10


def compile_patterns(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Return the compiled patterns, without those that Python cannot compile or that may be slow."""
    found = []
    for pattern in patterns:
        if not is_slow_pattern(pattern):
            try:
                found.append(re.compile(pattern))
            except re.error:
                continue
    return tuple(found)


def describe_slow_patterns(patterns: Iterable[str]) -> Iterator[str]:
    """Yield a message about each pattern that is left out because it may be slow."""
    for pattern in filter(is_slow_pattern, patterns):
        yield (
            f"ignoreFiles: the pattern {pattern[:80]} is left out, because matching it may take very long;"
            " write it without nested repetitions"
        )


def is_slow_pattern(pattern: str) -> bool:
    """Return whether a match may take long: the pattern repeats a part that varies, or many parts vary."""
    if len(pattern) > _LONGEST:
        return True
    groups, inner = [False], False
    repeats = choices = 0
    for sign in _SIGN.findall(pattern):
        is_repeat = sign in {"*", "+"} or (sign.startswith("{") and len(sign) > 1)
        if is_repeat and inner:
            return True
        repeats += sign in {"*", "+"} or sign.endswith(",}")
        choices += sign in {"?", "|"} or is_repeat
        groups, inner = _follow_group(groups, sign, is_variable=is_repeat or sign in {"?", "|"})
    return repeats > _MOST_REPEATS or choices > _MOST_CHOICES


def _follow_group(groups: list[bool], sign: str, *, is_variable: bool) -> tuple[list[bool], bool]:
    """Return whether each open group has a part that varies, and whether the one that ends here has."""
    if sign.startswith("("):
        return [*groups, False], False
    if sign == ")" and len(groups) > 1:
        *outer, parent, ended = groups
        return [*outer, parent or ended], ended
    return [*groups[:-1], groups[-1] or is_variable], False
