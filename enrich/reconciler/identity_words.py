"""Say in words in which facts a page and a record differ, and in which they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from enrich.reconciler.identity_facts import IdentityFacts
from enrich.reconciler.title_likeness import find_title_likeness
from enrich.text.compare import strip_markup
from enrich.text.quotation import quote_title

HALF = 0.5  # of the shorter author list
_FEW_WORDS_APART = 0.8  # likeness from which naming the words that differ says more than a share
_MOST_OWN_WORDS = 4  # that a sentence quotes
_AROUND_WORDS = ".,:;!?()[]\"'“”„‘’«»"


def describe_facts(facts: IdentityFacts) -> str:
    """Return the facts as `enrich explain` and the findings print them: what differs, then what agrees."""
    if facts.may_be_transcribed:
        return "titles and names are in two scripts, but year, journal and number of authors agree"
    differences, agreements = [*_list_title_differences(facts)], [*_list_title_agreements(facts)]
    authors = facts.authors
    people = authors.describe() if authors else "the authors cannot be compared"
    (agreements if authors and authors.share >= HALF else differences).append(people)
    if facts.years_apart:
        differences.append(f"the years are {facts.years_apart} apart")
    if facts.differs_in_kind:
        differences.append("the types differ")
    if facts.differs_in_journal:
        differences.append("the journals differ")
    return ", but ".join(filter(None, (", ".join(differences), " and ".join(agreements))))


def _list_title_differences(facts: IdentityFacts) -> Iterator[str]:
    if not facts.title or not facts.forms:
        yield f"the {'record' if facts.title else 'page'} has no title"
    elif facts.exchanges_words:
        yield _name_title_difference(facts.title, facts.forms)
    elif facts.titles == "alike":
        yield "the titles are only similar"
    elif facts.titles == "different":
        if facts.likeness >= _FEW_WORDS_APART:
            yield _name_title_difference(facts.title, facts.forms)
        else:
            percent = round(100 * facts.likeness)
            yield f"the titles have {f'{percent} % of their words' if percent else 'hardly a word'} in common"


def _list_title_agreements(facts: IdentityFacts) -> Iterator[str]:
    if not facts.title or not facts.forms:
        return
    if facts.titles == "equal":
        yield f"the titles are equal{' apart from a subtitle' if facts.is_shortened else ''}"
    elif facts.titles == "near" and not facts.exchanges_words:
        yield "the titles are nearly equal"


def _name_title_difference(title: str, forms: Sequence[str]) -> str:
    """Return in words what tells two titles apart that share nearly all words."""
    form = max(forms, key=lambda one: find_title_likeness(title, (one,)))
    ours, theirs = _quote_own_words(title, form), _quote_own_words(form, title)
    if ours and theirs:
        return f"only the page's title has {ours}, only the record's has {theirs}"
    if ours or theirs:
        return f"only the {'page' if ours else 'record'}'s title has {ours or theirs}"
    return "the titles have the same words in another order"


def _quote_own_words(one: str, other: str) -> str:
    """Return the words of a title that the other lacks, each run of words quoted; at most a few words."""
    others = {word.casefold() for word in _split_title(other)}
    runs = groupby(_split_title(one), key=lambda word: word.casefold() not in others)
    own = [[*words] for is_own, words in runs if is_own]
    left, shown = _MOST_OWN_WORDS, []
    for words in own:
        shown += [quote_title(" ".join(words[:left]))] * (left > 0)
        left -= len(words)
    return " and ".join(shown) + (" and more" if left < 0 else "")


def _split_title(title: str) -> list[str]:
    """Return the words of a title as typed, without the punctuation around them."""
    return [bare for word in strip_markup(title).split() if (bare := word.strip(_AROUND_WORDS))]
