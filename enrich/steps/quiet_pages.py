"""Remember quiet pages, about which a run had nothing to report, so that the next run need not compare them.

The reconciler is pure: for the same input it gives the same answer. So if the digest of a page's whole input
is known, the answer is still "nothing". A run never remembers a page with something to report or to write,
because each proposal must come from a comparison in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from operator import attrgetter
from pathlib import Path

from enrich.fetcher.cache.quiet_file import keep_remembered, read_remembered
from enrich.model.page import Page
from enrich.model.plan import Plan
from enrich.model.work import Answer, Found
from enrich.reconciler.rules import Rules
from enrich.reconciler.verdict import Identity, Reconciliation
from enrich.site.site_survey import Survey
from enrich.steps.digests import SIZE, digest_page_name, digest_program, digest_texts
from enrich.steps.page_plan import PageInput
from enrich.text.page_doi import page_doi

QUIET = Reconciliation(identity=Identity("same", ""))
"""The reconciler's answer about every quiet page."""
RECENT = 2  # years: rules compare the day of the run with dates of up to 60 days ago
_YEAR = re.compile(r"2\d{3}(?!\d)(?<!\d{5})")  # begins with a literal character, which makes the search fast
_get_other_parts = attrgetter(*(part.name for part in fields(Page) if part.name not in {"text", "front"}))
_MOVES, _STAYS = b"\0", b"\1"


class WatchedAnswers(Mapping[str, Answer]):
    """The answers about other works, which note whether a comparison has used any of them."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        """Note that nothing was used yet."""
        self._answers, self.is_used = answers, False

    def __getitem__(self, doi: str) -> Answer:
        self.is_used = True
        return self._answers[doi]

    def __iter__(self) -> Iterator[str]:
        self.is_used = True
        return iter(self._answers)

    def __len__(self) -> int:
        self.is_used = True
        return len(self._answers)


@dataclass(frozen=True)
class QuietPages:
    """The quiet pages of earlier runs and of this one, by digests."""

    survey: Survey
    """The facts about the site."""
    rules: Rules
    """The owner's settings about values."""
    folder: Path | None = None
    """The cache folder; None if the run remembers nothing."""
    known: Mapping[bytes, bytes] = field(default_factory=dict)
    """The digests of earlier runs."""
    shared: bytes = b""
    """The digest of the input that all pages share: program, settings and site."""
    found: dict[bytes, bytes] = field(default_factory=dict)
    """The digests that this run adds."""

    def is_quiet(self, given: PageInput, *, writes: bool) -> bool:
        """Return whether an earlier run had nothing to report about this input.

        For a run that `writes`, the baseline must also have stayed as it is.
        """
        if self.folder is None or not isinstance(given.answer, Found):
            return False
        known = self.known.get(self._name_page(given.page), b"")
        return known[:SIZE] == self._digest_input(given) and (known[SIZE:] == _STAYS or not writes)

    def note_plan(self, given: PageInput, plan: Plan) -> None:
        """Remember a page if its plan has nothing to report; the plan came from this input alone."""
        if self.folder is None or not is_quiet_plan(plan):
            return
        from enrich.reconciler.baseline_update import make_next_baseline

        stays = make_next_baseline(plan, plan.doi.lower(), plan.baseline) == plan.baseline
        self.found[self._name_page(given.page)] = self._digest_input(given) + (_STAYS if stays else _MOVES)

    def save(self) -> None:
        """Store what this run has found in the cache folder, if there is one."""
        if self.folder is not None and self.found:
            keep_remembered(self.folder, "quiet_pages", self.found)

    def _name_page(self, page: Page) -> bytes:
        return digest_page_name(self.survey.site.real_root, page.path)

    def _digest_input(self, given: PageInput) -> bytes:
        """Return the digest of everything on which the answer depends."""
        page, answer = given.page, given.answer
        twins = self.survey.same_doi.get(page_doi(page).key, ())
        record = (answer.source, answer.work, answer.articles) if isinstance(answer, Found) else ()
        texts = [repr(record), repr(given.baseline)]
        day = self._choose_day("\n".join((*texts, page.text[: page.front.end])))
        others = (twin for twin in twins if twin is not page)
        parts = [part for each in (page, *others) for part in list_page_parts(each)]
        return digest_texts(self.shared, day, *texts, *parts)

    def _choose_day(self, text: str) -> str:
        """Return the day of the run if a text has a year close to it or later, else `""`."""
        newest = max(_YEAR.findall(text), default="")
        is_old = not newest or int(newest) + RECENT <= self.rules.today.year
        return "" if is_old else self.rules.today.isoformat()


def open_quiet_pages(survey: Survey, rules: Rules, folder: Path | None, paths: Sequence[str]) -> QuietPages:
    """Return the quiet pages in a cache folder, which this run may still make."""
    program = digest_program() if folder is not None else b""
    if folder is None or not program:
        return QuietPages(survey, rules)
    shared = digest_texts(program, encode_rules(rules), encode_survey(survey))
    known = read_remembered(
        folder, "quiet_pages", [digest_page_name(survey.site.real_root, path) for path in paths]
    )
    return QuietPages(survey, rules, folder, known, shared)


def is_quiet_plan(plan: Plan) -> bool:
    """Return whether there is nothing to report about a page that has a record of its work."""
    has_news = plan.changes or plan.findings or plan.candidates or plan.ignored or plan.skipped_because
    return plan.identity == "same" and not has_news and not (plan.agreed_in_set or plan.agreed_in_file)


def encode_rules(rules: Rules) -> str:
    """Return the settings as text, without the day and without expired ignores."""
    active = tuple(one for one in rules.ignores if one.until is None or rules.today <= one.until)
    return encode(replace(rules, ignores=active, today=rules.today.min))


def encode_survey(survey: Survey) -> str:
    """Return the facts about the site as text; its pages with a DOI are there by their paths."""
    paths = {doi: [page.path for page in pages] for doi, pages in survey.same_doi.items()}
    site = replace(survey.site, targets=())
    return encode((replace(survey, same_doi={}, site=site), paths))


def list_page_parts(page: Page) -> list[str]:
    """Return all parts of a page but its front matter, which follows from its text."""
    return [page.text, *map(repr, _get_other_parts(page))]


def encode(value: object) -> str:
    """Return a value as text that is the same in every process, although sets have no order of their own."""
    if is_dataclass(value) and not isinstance(value, type):
        return encode([(part.name, getattr(value, part.name)) for part in fields(value)])
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{encode(key)}:{encode(item)}' for key, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(encode, value))}]"
    if isinstance(value, set | frozenset):
        return f"<{','.join(sorted(map(encode, value)))}>"
    return repr(value)
