"""The differences on a card of the HTML report, grouped by the decision that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from enrich.model.plan import Change, Outcome, Plan, Skipped
from enrich.model.twin_changes import identify_twins
from enrich.report.parts.inline_html import render_inline
from enrich.report.parts.labels import describe_change, is_open_change, label_change
from enrich.report.parts.papers import Paper, identify_entry
from enrich.report.parts.safe_text import escape_line
from enrich.report.parts.word_diff import Kind, Piece, diff_words, shorten_pieces
from enrich.text.count_noun import count_noun

_MARKED = {"old": Markup("<del>{}</del>"), "new": Markup("<ins>{}</ins>"), "same": Markup("{}")}


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A page that has the difference."""

    path: str
    """Its path."""
    line: int
    """The line of the key, 0 if it is not known."""
    page: int
    """The page's place in the data of decisions, -1 if nothing on it can be decided."""
    number: int
    """The place of the change among the page's open changes, -1 for a change that is not open."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """One difference from the record, on a page or on several translations of it."""

    places: tuple[RowPlace, ...]
    """The pages with this difference, all of which get the same answer."""
    change: Change
    """The change itself."""
    label: str
    """Who has to act on it (`safe`, `needs review`), or its outcome."""
    description: str
    """Its effect, in a few words."""
    sides: tuple[Markup, Markup]
    """The old and the new value, without the middle of long stretches."""
    whole: tuple[Markup, Markup] | None
    """Both values in full; None if `sides` has everything."""
    has_old: bool
    """Whether the page has a value of its own."""
    is_doubtful: bool = False
    """Whether its record may be about another work, or its day is invented: no button takes it unseen."""
    members: tuple[CardRow, ...] = ()
    """The differences of a set, which get one decision; `()` for a single change."""

    @property
    def is_open(self) -> bool:
        """Return whether it can be decided on."""
        return self.places[0].number >= 0

    @property
    def key(self) -> str:
        """Return the places of its changes in the data of decisions: `0.1 4.1`."""
        return " ".join(f"{place.page}.{place.number}" for place in self.places)

    @property
    def name(self) -> str:
        """Return the field, or the set, by which it is counted."""
        return self.change.set_name if self.members else self.change.field


def list_decisions(changes: Iterable[Change]) -> list[tuple[Change, ...]]:
    """Return the open changes in the order of their numbers, one tuple for each decision, as about a set."""
    groups: dict[object, list[Change]] = {}
    for change in filter(is_open_change, changes):
        groups.setdefault(change.set_name or id(change), []).append(change)
    return [tuple(group) for group in groups.values()]


def list_plan_decisions(plan: Plan) -> list[tuple[Change, ...]]:
    """Return the open decisions on a page in the order of their numbers: its changes, then its offers."""
    return [*list_decisions(plan.changes), *((offer,) for offer in plan.offers if is_open_change(offer))]


def build_rows(paper: Paper, numbers: Mapping[str, int]) -> list[CardRow]:
    """Return the differences of a paper's pages; translations with the same difference share a row."""
    merged: dict[tuple[str, str], CardRow] = {}
    for outcome in paper.outcomes:
        twins = identify_twins(outcome) if isinstance(outcome, Plan) else outcome.path
        for key, row in _list_page_rows(outcome, numbers.get(outcome.path, -1)):
            known = merged.get((twins, key))
            if known is None:
                merged[twins, key] = row
            elif known.places[-1].path == outcome.path:
                merged[outcome.path, f"{key} {len(merged)}"] = row
            else:
                merged[twins, key] = replace(known, places=known.places + row.places)
    return [*merged.values()]


def _list_page_rows(outcome: Outcome, page: int) -> Iterator[tuple[str, CardRow]]:
    """Yield the differences of a page, each after a text by which equal differences are recognised."""
    changes = () if isinstance(outcome, Skipped) else outcome.changes
    is_doubtful = isinstance(outcome, Plan) and outcome.identity == "doubt"
    decisions = list_decisions(changes) if isinstance(outcome, Plan) else []
    for number, decided in enumerate(decisions):
        place = RowPlace(outcome.path, decided[0].line, page, number)
        needs_look = is_doubtful or any(change.needs_answer for change in decided)
        row = replace(_build_card_row(decided[0], place), is_doubtful=needs_look)
        yield "".join(map(identify_entry, decided)), _join_set(row, decided) if decided[0].set_name else row
    decidable = {id(change) for decided in decisions for change in decided}
    for change in changes:
        if id(change) not in decidable:
            place = RowPlace(outcome.path, change.line, page, -1)
            yield identify_entry(change), _build_card_row(change, place)


def _build_card_row(change: Change, place: RowPlace) -> CardRow:
    pieces = diff_words(change.old, change.new)
    short = shorten_pieces(pieces)
    return CardRow(
        places=(place,),
        change=change,
        label=label_change(change),
        description=escape_line(describe_change(change)),
        sides=_render_sides(short),
        whole=_render_sides(pieces) if short != pieces else None,
        has_old=any(kind != "new" and words for kind, words in pieces),
    )


def _join_set(row: CardRow, changes: Sequence[Change]) -> CardRow:
    """Return the one row of a set, which needs one decision."""
    name = f" (set {row.change.set_name})"
    members = tuple(_build_card_row(change, row.places[0]) for change in changes)
    members = tuple(replace(one, description=one.description.removesuffix(name)) for one in members)
    description = f"{count_noun(len(members), 'change')} that belong together{name}"
    return replace(row, description=escape_line(description), members=members, has_old=True)


def _render_sides(pieces: Sequence[Piece]) -> tuple[Markup, Markup]:
    """Return both values with their formatting, but as typed if they differ only in it."""
    old, new = _render_side(pieces, "old", render_inline), _render_side(pieces, "new", render_inline)
    if old.striptags() == new.striptags():
        return _render_side(pieces, "old", escape), _render_side(pieces, "new", escape)
    return old, new


def _render_side(pieces: Sequence[Piece], kind: Kind, render: Callable[[str], Markup]) -> Markup:
    """Return one value, with its own words marked beside those that both values have."""
    shown = []
    for each, words in pieces:
        if each in {"same", kind} and words:
            text = render(" ".join(words))
            shown.append(_MARKED[each].format(text))
    return Markup(" ").join(shown)


def rank_row(row: CardRow) -> tuple[bool, bool, bool]:
    """Return the key by which a card sorts its differences: first open ones, news, those for review."""
    return not row.is_open, not row.change.is_new, row.label == "safe"
