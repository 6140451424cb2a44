"""Make the form of a new page from a site's own pages: their keys, order, quotes and comments, empty values.

The form begins as a copy of the blueprint, the page that is most like the newest ones. It loses the keys that
few pages have, gets the keys that most pages have, and keeps the value of a setting only if nearly all pages
share it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from enrich.front_matter.page_text import drop_comments, remove_key
from enrich.front_matter.quoting import is_date_text
from enrich.front_matter.whole_values import blank_value, list_keys_before, put_value
from enrich.model.addition import WeighedPage
from enrich.model.page import KeyPath, Page, Value
from enrich.site.page_places import choose_heaviest
from enrich.site.shared_body import keep_shortcodes
from enrich.text.page_container import JOURNAL, find_container_key

USUAL = 0.5  # the share of the pages' weight at which a key or a comment belongs to the form
SHARED = 0.8  # the share at which a value is the site's, not a page's
MOST_BLUEPRINTS = 16  # of the newest pages
HEAD = 12  # letters at the beginning that two versions of a comment have in common
_COMMENTED_OUT = re.compile(r"-|[a-z_]+\s*[:=]|\[\[?[a-z_]+\]|[\[{\"']")
_PINNED = re.compile(r"\s*enrich\s*:", re.IGNORECASE)

# About the publication of the page, not of the work.
PUBLISHED, CHANGED = "publishdate", "lastmod"
# Keys about the display of a page, whose values a new page takes from other pages.
# All other values are about one work.
# https://gohugo.io/content-management/front-matter/ and the themes' front matter
PAGE_SETTINGS = frozenset(
    "advanced aliases build cascade caption commentable design diagram draft editable featured focal_point"
    " gallery_item header headless highlight image image_preview layout markup math outputs pager placement"
    " preview_only profile reading_time selected share show_breadcrumb show_date show_related sitemap"
    " toc type view widget".split()
)


# Keys with which the owner marks chosen pages.
HIGHLIGHTS = frozenset({"featured", "selected"})


def make_form(pages: Sequence[WeighedPage], filled: AbstractSet[str]) -> Page:
    """Return the page from which new pages are made; the keys of `filled` keep the blueprint's values.

    `pages` are the examples, at least one, the newest first.
    """
    form_name = choose_heaviest(pages, lambda one: one.page.front.format)
    pages = [one for one in pages if one.page.front.format == form_name]
    usual = _list_usual_keys(pages)
    blueprint = _choose_blueprint(pages, usual, filled)
    form = _drop_unusual(blueprint, usual, pages)
    form = _add_missing(form, usual, pages)
    for key in form.front.data:
        if key.lower() not in filled:
            form = _empty_key(form, key, pages)
    return _share_body(_empty_spare_container(form, pages), pages)


def _empty_spare_container(form: Page, pages: Sequence[WeighedPage]) -> Page:
    """Return the form without the value of `journal` if it also has `publication`: one of them is enough."""
    key = form.find(JOURNAL)
    is_spare = key is not None and find_container_key(form) != JOURNAL
    return _empty_key(form, key[0], pages) if key and is_spare else form


def _list_usual_keys(pages: Sequence[WeighedPage]) -> Mapping[str, str]:
    """Return the keys that most pages have, in lower case, each with its most frequent spelling."""
    weights: dict[str, float] = defaultdict(float)
    spellings: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    total = sum(one.weight for one in pages)
    for one in pages:
        for key in one.page.front.data:
            weights[key.lower()] += one.weight
            spellings[key.lower()][key] += one.weight
    return {
        key: max(spellings[key], key=lambda name: spellings[key][name])
        for key, weight in weights.items()
        if weight >= USUAL * total
    }


def _choose_blueprint(
    pages: Sequence[WeighedPage], usual: Mapping[str, str], filled: AbstractSet[str]
) -> Page:
    """Return the page whose keys differ least from the usual ones; of several, the one with most values."""

    def count_differences(one: WeighedPage) -> tuple[int, int]:
        keys = {key.lower() for key in one.page.front.data}
        empty = sum(not one.page.get(key) for key in filled if key in usual)
        return len(keys ^ usual.keys()) + empty, -len(one.page.front.comments)

    return min(pages[:MOST_BLUEPRINTS], key=count_differences).page


def _drop_unusual(page: Page, usual: Mapping[str, str], pages: Sequence[WeighedPage]) -> Page:
    """Return the page without the keys and the comments that most pages lack."""
    kept = _choose_comments(page, pages)
    page = drop_comments(page, lambda comment: comment.line not in kept)
    for key in [key for key in page.front.data if key.lower() not in usual]:
        page = remove_key(page, key)
    return page


def _choose_comments(page: Page, pages: Sequence[WeighedPage]) -> frozenset[int]:
    """Return the lines of the comments that most pages have.

    A line with a usual beginning stays beside a usual line, because versions of a template differ in a line.
    """
    if len(pages) < 2:
        return frozenset()
    texts = _weigh_comments(pages, str.strip)
    heads = _weigh_comments(pages, _shorten_comment)
    least = USUAL * sum(one.weight for one in pages)
    own = [comment for comment in page.front.comments if not _PINNED.match(comment.text)]
    usual = {comment.line for comment in own if texts[comment.text.strip()] >= least}
    variants = {
        comment.line
        for comment in own
        if heads[_shorten_comment(comment.text)] >= least and {comment.line - 1, comment.line + 1} & usual
    }
    return frozenset(usual | variants)


def _weigh_comments(pages: Sequence[WeighedPage], read: Callable[[str], str]) -> Mapping[str, float]:
    """Return the weight of the pages with each comment, by the text that `read` takes from the comment."""
    weights: dict[str, float] = defaultdict(float)
    for one in pages:
        for text in {read(comment.text) for comment in one.page.front.comments}:
            weights[text] += one.weight
    return weights


def _shorten_comment(text: str) -> str:
    """Return the first letters of an explanation; of a key or item that is commented out, the whole text."""
    text = text.strip()
    return text if _COMMENTED_OUT.match(text) else text[:HEAD].casefold()


def _add_missing(page: Page, usual: Mapping[str, str], pages: Sequence[WeighedPage]) -> Page:
    """Return the page with the usual keys that it lacked, each below those that precede it on other pages."""
    for key, spelling in usual.items():
        if page.find(key) is None:
            other = next(one.page for one in pages if key in {name.lower() for name in one.page.front.data})
            value = blank_value(other.get(key))
            page = put_value(page, (spelling,), value, after=list_keys_before(other, key))
    return page


def _empty_key(page: Page, key: str, pages: Sequence[WeighedPage]) -> Page:
    """Return the page with a key that is empty, or has the value that nearly all pages have."""
    value = page.front.data[key]
    if _is_date(value):
        return page if key.lower() in {PUBLISHED, CHANGED} else remove_key(page, key)
    is_setting = key.lower() in PAGE_SETTINGS
    if key.lower() in HIGHLIGHTS and not _have_all(value, key, pages):
        return put_value(page, (key,), blank_value(value), after=list_keys_before(page, key))
    if not is_setting and isinstance(value, bool | int | float):
        return remove_key(page, key)  # true or false would say something about the work
    blank = _keep_shared(value, (key,), pages) if is_setting else blank_value(value)
    return page if blank == value else put_value(page, (key,), blank, after=list_keys_before(page, key))


def _have_all(value: Value, key: str, pages: Sequence[WeighedPage]) -> bool:
    """Return whether every page has a value under a key, and there is more than one page."""
    return len(pages) > 1 and all(one.page.get(key) == value for one in pages)


def _keep_shared(value: Value, path: KeyPath, pages: Sequence[WeighedPage]) -> Value:
    """Return the part of a setting that the site's pages share; the rest of it is empty."""
    if isinstance(value, Mapping) and value:
        return {key: _keep_shared(inner, (*path, key), pages) for key, inner in value.items()}
    having = [one for one in pages if one.page.find(*path)]
    same = sum(one.weight for one in having if one.page.get(*path) == value)
    share = same / sum(one.weight for one in having)
    if isinstance(value, bool):
        return value if share >= USUAL else not value
    return value if share >= SHARED and len(having) > 1 else blank_value(value)


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and is_date_text(value)


def _share_body(page: Page, pages: Sequence[WeighedPage]) -> Page:
    """Return the page with the shortcodes that nearly all pages have below their front matter."""
    closing, body = _read_body(page)
    same = sum(one.weight for one in pages if _read_body(one.page)[1].strip() == body.strip())
    is_shared = len(pages) > 1 and same >= SHARED * sum(one.weight for one in pages)
    return replace(page, text=page.text[: page.front.end] + closing + keep_shortcodes(body) * is_shared)


def _read_body(page: Page) -> tuple[str, str]:
    """Return the line that closes a page's front matter, and the text below it."""
    rest = page.text[page.front.end :]
    lines = rest.splitlines(keepends=True)
    closing = "" if page.front.format == "json" else next(iter(lines), "")
    return closing, rest[len(closing) :]
