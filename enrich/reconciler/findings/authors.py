"""Findings about the author list of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from enrich.bibtex.latex_text import decode_latex
from enrich.model.work import Person, Work
from enrich.reconciler.comparison import Comparison
from enrich.reconciler.field_comparison import list_texts
from enrich.reconciler.findings.registry import Message, register_page_rule, register_work_rule
from enrich.reconciler.people.decoration import LONGEST_NAME, strip_decoration
from enrich.reconciler.people.parse_name import format_full_name, format_inverted_name, make_name_key
from enrich.reconciler.people.profile_lookup import find_profile, make_slug

NAMED = 5  # people who are named in a message; the others are counted
_OTHER_ORCID = "another ORCID iD"
_LATEX = re.compile(r"\\[\"'`^~=.a-zA-Z]\s*\{?\\?[a-zA-Z]|\{\\?[^{}]*\}|\$[^$]+\$|(?<=\w)~(?=\w)")
_SOURCE = re.compile(r"[\\{}^$~]")  # no name has these


@register_work_rule("authors-differ", "warning", ended_by="authors")
def check_authors_differ(comparison: Comparison, work: Work) -> Iterator[Message]:
    """The page and the record do not name the same authors in the same order.

    A name may be missing on the page, missing in the record, or in another position, or the author profile
    may have another ORCID iD; the message names both iDs. Initials, accents, particles and short forms make
    no difference. If a name is only spelled differently, enrich proposes a change instead.

    Why it matters: an author gets no credit for the work, or somebody gets credit who did not write it.
    Example: `content/publication/smith2019/index.md:3: warning[authors-differ] the authors differ from the
    record: missing: Chiung-Yu Huang; not in the record: Jane Doe; compare both lists with the paper`
    What to do: compare both lists with the paper. If the page is right, leave it as it is: after the next
    `enrich apply`, reports name this in one line. If only an ORCID iD differs, look both up at
    https://orcid.org/; correct the author's profile, or tell the publisher that the record is wrong.
    To silence it: put `# enrich: keep` after `authors:`, or add an `[[ignore]]` to `enrich.toml` with `code =
    "authors-differ"` and the `path` of the page.
    What `apply` does: nothing by itself; it never removes or moves an author. A missing name becomes a change
    that needs review.
    """
    differences = _list_differences(comparison, work) if _may_compare(comparison, work) else {}
    if not differences:
        return
    text = "; ".join(f"{label}: {_join_names(names)}" for label, names in differences.items())
    text = f"the authors differ from the record: {text}; compare both lists with the paper"
    if [*differences] == [_OTHER_ORCID]:
        text = f"{_join_names(differences[_OTHER_ORCID])}; correct the profile, or tell the publisher"
    deposited = f"record: {_join_names([format_full_name(person) for person in work.contributors])}"
    yield Message(
        text,
        comparison.line("authors"),
        evidence=deposited,
        fingerprint=_make_fingerprint(comparison, work),
        repeats_change=[*differences] == ["missing"],  # the change inserts each of them
    )


def _may_compare(comparison: Comparison, work: Work) -> bool:
    """Return whether both sides have authors, the owner wants them compared, and the record has changed."""
    is_kept = comparison.is_kept("authors") or comparison.rules.policies.get("authors") == "keep"
    if not comparison.entries or not work.contributors or is_kept or not comparison.rules.wants("authors"):
        return False
    base = list_texts(comparison.base.get("authors"))
    return not base or base != tuple(format_inverted_name(person) for person in work.contributors)


def _list_differences(comparison: Comparison, work: Work) -> dict[str, list[str]]:
    """Return the names for each kind of difference."""
    aligned, shown = comparison.alignment, comparison.shown_entries
    names = [format_full_name(person) for person in work.contributors]
    differences = {
        "missing": [names[j] for j in aligned.missing],
        "not in the record": [shown[i] for i in aligned.extra],
        _OTHER_ORCID: [
            _name_both_orcids(comparison, i, work.contributors[j]) for i, j in aligned.contradicted
        ],
        "in another position": [f"{shown[i]} (number {j + 1} in the record)" for i, j in aligned.moved],
    }
    return {label: people for label, people in differences.items() if people}


def _name_both_orcids(comparison: Comparison, number: int, person: Person) -> str:
    """Return the ORCID iD of an author's profile, and that of the person in the record."""
    entry = comparison.entries[number]
    profile = find_profile(entry, comparison.site_context.profiles)
    own = profile.orcid if profile else ""
    return f"the profile of {entry.strip()} has ORCID iD {own}, the record has {person.orcid}"


def _make_fingerprint(comparison: Comparison, work: Work) -> str:
    aligned = comparison.alignment
    missing = [make_name_key(format_inverted_name(work.contributors[j])) for j in aligned.missing]
    entries = (*aligned.extra, *(i for i, _ in (*aligned.contradicted, *aligned.moved)))
    return "; ".join((*missing, *(comparison.entries[i].strip() for i in entries)))


def _join_names(names: Sequence[str]) -> str:
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED:,} others"


@register_work_rule("alias-unknown", "note")
def check_alias_unknown(comparison: Comparison, work: Work) -> Iterator[Message]:
    """An entry such as `admin` has no author profile, so enrich cannot tell who it is.

    If enrich recognises the other authors, it infers the person from the position of the entry.

    Why it matters: the site shows `admin` instead of a name.
    Example: `content/publication/smith2019/index.md:3: note[alias-unknown] admin has no author profile; by
    its position it is Yen-Chun Liu; add content/authors/admin/_index.md`
    What to do: add the profile that the message names, with the person's name as its title.
    """
    aligned, line = comparison.alignment, comparison.line("authors")
    people = {i: format_full_name(work.contributors[j]) for i, j in aligned.inferred}
    for i in sorted((*people, *aligned.unknown)):
        alias = comparison.entries[i].strip()
        who = f"by its position it is {people[i]}" if i in people else "enrich cannot tell who it is"
        text = f"{alias} has no author profile; {who}; add content/authors/{make_slug(alias)}/_index.md"
        yield Message(text, line)


@register_page_rule("latex-in-name", "warning")
def check_latex_in_name(comparison: Comparison) -> Iterator[Message]:
    r"""An author's name contains LaTeX, and the site shows it as typed.

    Why it matters: readers see backslashes and braces, and the site does not link the name to the author's
    page.
    Example: `content/publication/smith2019/index.md:3: warning[latex-in-name] the author J\"org M{\"u}ller
    contains LaTeX, which the site shows as typed; write Jörg Müller`
    What to do: type the accented letters themselves.
    """
    profiles = comparison.site_context.profiles
    for entry in comparison.entries:
        if len(entry) <= LONGEST_NAME and _LATEX.search(entry) and find_profile(entry, profiles) is None:
            name = _suggest_name(entry) or "plain letters"
            text = f"the author {entry.strip()} contains LaTeX, which the site shows as typed; write {name}"
            yield Message(text, comparison.line("authors"), evidence=entry)


def _suggest_name(entry: str) -> str:
    """Return a name in plain letters and without footnote marks, `""` if LaTeX remains."""
    name = strip_decoration(decode_latex(entry))
    return "" if _SOURCE.search(name) or not any(map(str.isalpha, name)) else name
