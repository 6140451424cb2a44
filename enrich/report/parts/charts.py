"""The charts of the HTML report as numbers: a ring of states, bars of findings, columns of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enrich.report.parts.labels import SEVERITIES
from enrich.report.parts.page_cards import Card, make_tag
from enrich.report.parts.page_state import STATES

_MOST_YEARS = 30


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a ring, or a bar."""

    name: str
    """Its name for a reader."""
    kind: str
    """The state or severity that decides its colour."""
    tag: str
    """The filter that shows its cards."""
    count: int
    """The number of its publications or findings."""
    start: float
    """Its start, in percent of the ring."""
    size: float
    """Its length, in percent of the ring or of the longest bar."""


@dataclass(frozen=True, slots=True)
class Year:
    """A column: the publications of a year by state."""

    name: str
    """The year, or `up to 1995`."""
    count: int
    """The number of its publications."""
    parts: tuple[tuple[str, int, float, float], ...]
    """State, count, upper edge and height of each part, in percent of the highest column."""


def build_ring(cards: Sequence[Card]) -> list[Part]:
    """Return the publications by state, one part after the other around the ring."""
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
    """Return a bar for each code of finding, the most severe first; the most frequent has the longest."""
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
    """Return a column for each year, also for empty ones; in a long span the oldest years share one."""
    years = [int(card.year) for card in cards if card.year]
    if not years:
        return []
    last = max(years)
    first = max(min(years), last - _MOST_YEARS + 1)
    states = [(max(int(card.year), first), card.state) for card in cards if card.year]
    highest = max(Counter(year for year, _ in states).values())
    has_older = min(years) < first
    return [
        _build_column(
            f"up to {year}" if has_older and year == first else str(year),
            Counter(state for each, state in states if each == year),
            highest,
        )
        for year in range(first, last + 1)
    ]


def _build_column(name: str, counts: Counter[str], highest: int) -> Year:
    """Return a column with its states from the bottom up, the most severe at the bottom."""
    parts: list[tuple[str, int, float, float]] = []
    top = 100.0
    for state in STATES:
        if counts[state]:
            height = 100 * counts[state] / highest
            top -= height
            parts.append((state, counts[state], round(top, 3), round(height, 3)))
    return Year(name, counts.total(), tuple(parts))
