"""Decide which people a list omits on purpose: after "et al.", or as members of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enrich.model.work import Person
from enrich.reconciler.people.decoration import LONGEST_NAME, has_trailing_et_al, is_truncation
from enrich.reconciler.people.group_names import is_collective
from enrich.reconciler.people.parse_name import format_full_name


@dataclass(frozen=True, slots=True)
class HiddenPeople:
    """The people whom two author lists may omit on purpose."""

    people: Sequence[Person]
    """The people of the record."""
    matched: Mapping[int, int]
    """The person behind each entry of the page that has one."""
    cut: int | None
    """The number of names before the page's "et al.", None without one."""
    has_more: bool
    """Whether the record's list ends in "et al."."""
    unknown: int
    """The number of aliases that may be anybody."""

    def drop_entries(self, extra: Sequence[int]) -> Sequence[int]:
        """Return the extra entries without members of the record's groups and those after its "et al."."""
        if self._names_collectives_only():
            return ()
        if self.has_more or any(map(_is_et_al, self.people)):
            return [i for i in extra if i < max(self.matched, default=-1)]
        return extra

    def drop_people(self, missing: Sequence[int], has_extra: bool) -> Sequence[int]:
        """Return the missing people whom the page neither leaves out with "et al." nor names as members.

        No one is missing if the unknown aliases may be all of them.
        """
        if has_extra and self._names_collectives_only():
            return ()
        missing = [j for j in missing if not _is_et_al(self.people[j])]
        if self.cut is not None:
            last = max((j for i, j in self.matched.items() if i < self.cut), default=-1)
            first = min((j for i, j in self.matched.items() if i >= self.cut), default=len(self.people))
            missing = [j for j in missing if not last < j < first]
        return missing if len(missing) > self.unknown else ()

    def _names_collectives_only(self) -> bool:
        return bool(self.people) and all(map(is_collective, self.people))


def find_et_al(entries: Sequence[str]) -> int | None:
    """Return the number of names before the page's "et al.", None without one."""
    for number, entry in enumerate(entries):
        if is_truncation(entry) or has_trailing_et_al(entry):
            return number if is_truncation(entry) else number + 1
    return None


def _is_et_al(person: Person) -> bool:
    name = format_full_name(person)
    return len(name) <= LONGEST_NAME and is_truncation(name)
