"""The pictures of the HTML report, as numbers: a ring of states, bars of findings, columns of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enrich.report.parts.labels import SEVERITIES
from enrich.report.parts.page_cards import STATES, Card, make_tag

_MOST_YEARS = 30
_OPEN = {"failed", "error", "you", "safe"}


@dataclass(frozen=True, slots=True)
class Part:
    """A share of something: `start` and `size` in percent of the whole, `kind` says its colour."""

    name: str
    kind: str
    tag: str
    count: int
    start: float
    size: float


@dataclass(frozen=True, slots=True)
class Year:
    """A column: all pages of a year and those with something open, in percent of the highest."""

    name: str
    count: int
    open: int
    height: float
    open_height: float


def build_ring(cards: Sequence[Card]) -> list[Part]:
    """Return the pages by state, one part after the other around the ring."""
    counted = Counter(card.state for card in cards)
    parts: list[Part] = []
    start = 0.0
    for state, name in STATES.items():
        if counted[state]:
            size = 100 * counted[state] / len(cards)
            parts.append(Part(name, state, f"state:{state}", counted[state], round(start, 3), round(size, 3)))
            start += size
    return parts


def build_bars(cards: Sequence[Card]) -> list[Part]:
    """Return the findings by code, the gravest first, each beside the most frequent."""
    codes = Counter(
        (SEVERITIES.index(remark.finding.severity), remark.finding.code)
        for card in cards
        for remark in card.remarks
    )
    most = max(codes.values(), default=1)
    return [
        Part(code, SEVERITIES[rank], make_tag("code", code), count, 0, round(100 * count / most, 3))
        for (rank, code), count in sorted(codes.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    ]


def build_year_columns(cards: Sequence[Card]) -> list[Year]:
    """Return the pages by year without a gap; of a long span, what is older in one column."""
    dated = [(int(card.year), card.state in _OPEN) for card in cards if card.year]
    if not dated:
        return []
    last = max(year for year, _ in dated)
    first = max(min(year for year, _ in dated), last - _MOST_YEARS + 1)
    every = Counter(max(year, first) for year, _ in dated)
    unsettled = Counter(max(year, first) for year, is_open in dated if is_open)
    most = max(every.values())
    older = any(year < first for year, _ in dated)
    return [
        Year(
            name=f"up to {year}" if older and year == first else str(year),
            count=every[year],
            open=unsettled[year],
            height=round(100 * every[year] / most, 3),
            open_height=round(100 * unsettled[year] / most, 3),
        )
        for year in range(first, last + 1)
    ]
