"""DOIs as people type them: cleaned where that is safe, otherwise refused with the likely repair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from enrich.model.page import BadDoi, Doi, Page, PageDoi
from enrich.text.invisible import drop_invisible

LONGEST = 300  # characters; the longest of 5,214 recorded ones has 76


# https://www.doi.org/doi-handbook/HTML/doi-syntax.html; a registrant's code has four digits or more.
# Suffixes may have any character; those that are registered keep to these, SICIs with <> and # too.
_PREFIX = r"10\.\d{4,9}(?:\.\d+)*/"
_DOI = re.compile(_PREFIX + r"[A-Za-z0-9._;()/:<>\[\]+#&~@!=$*,'-]+")
_HAS_TWO = re.compile(rf"{_PREFIX}(?!https?:).*(?:{_PREFIX}|doi\.org|https?:)", re.IGNORECASE)
_RESOLVER = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/+"
    r"|info:doi/|(?:urn:)?doi\b(?:\s*:\s*|\s+|/+)",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")

# A DOI inside a text or an address: brackets and angles belong to it where a digit follows.
_INSIDE = re.compile(
    rf"(?<![\d.]){_PREFIX}(?:[A-Za-z0-9._;()/:+#&~@!=$*,?-]|[<\[][^\s<>\[\]]{{1,60}}[>\]](?=\d))++(?![À-ɏ])"
)
# What the addresses of publishers have behind it.
_TAIL = re.compile(
    r"(?<=.)(?:\?|(?<!;2-)#|&(?:amp;)?\w+=|https?:|/(?:e?pdf|full|fulltext|abstract|abs|summary|references|meta|html|epub|asset"
    r"|suppl\w*|tables|figures|-)(?:[/.]|$)|\.(?:full|abstract|pdf|html?)\b).*$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"^(10\.(?:1101|64898)/[\d.]+)v\d+.*$")  # bioRxiv and medRxiv
_ARTICLE_ID = re.compile(r"^(10\.1093/[a-z]+/[a-z]+\w*)/\d{5,}.*$")  # Oxford University Press
_PII = re.compile(
    r"(?<![A-Za-z0-9])(?:S\d{4}-?\d{3}[\dX]\(?\d{2}\)?\d{5}-?[\dX]|B97[89](?:-?\d){10}\.?\d{5}-?[\dX])"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?:arxiv\s*:?\s*|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/)"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|www\.", re.IGNORECASE)

# Common typing errors, and their repairs.
_REPAIRS = (
    (re.compile(r"^0?\.(?=\d{4,9}/)"), "10."),  # 0.1145/3025453
    (re.compile(r"^1(?=10\.\d{4,9}/)"), ""),  # 110.1007/978-3
    (re.compile(r"^10\s*[.,:;]\s*(?=\d{4})"), "10."),  # 10,1145/3025453 and 10. 1145/3025453
    (re.compile(r"(?<=^10\.\d{4})\\"), "/"),
    (re.compile(r"\\?textunderscore\s*|\\_"), "_"),  # a BibTeX exporter's underscore
    (re.compile(r"[\u2010-\u2015\u2212]"), "-"),
    (re.compile(r"\s*([/.:_-])\s*"), r"\1"),  # 10.1007/ 978-3
    (re.compile(r"(?<=[^/])https?:.*$"), ""),
    (re.compile(r"^[\s<\[({\"'“‘]+|[\s>\])}\"'”’.,;]+$"), ""),
)
_REASONS = (
    (re.compile(r"(?:pm(?:id|cid|c)\s*:?\s*)?\d{5,9}", re.IGNORECASE), "it is a number, perhaps a PubMed id"),
    (re.compile(r"10\.\d{4,9}/?"), "it has nothing behind the prefix"),
    (re.compile(r"10\.\d{0,3}/.*"), "behind 10. there are four digits at least"),
    (re.compile(r"(?:\S+\s+){3,}.*", re.DOTALL), "it is a text"),
    (re.compile(r"[^\W\d][^\d/]*"), "it is a remark"),
    (re.compile(r"10\.\d{4,9}/[^\s#?%]+[#?%].*"), "with #, ? or % begins what belongs to an address"),
    (re.compile(r"10\..*"), "it has characters that no DOI has"),
)

_CACHED = 4096  # links and records name the same DOIs again and again


def parse_doi(value: object) -> Doi | BadDoi | None:
    """Return the DOI that was typed, why the text is not a DOI, or None for an empty value.

    Taken off without asking: white space at the edges, resolvers (doubled too), `doi:`,
    percent-encoding, and `.`, `,` or `;` at the end. The letters keep their case.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return _parse_typed(value)
    text = str(value).strip()
    return BadDoi("it is not a text", _suggest_repair(text, _strip_resolver(text)))


@lru_cache(_CACHED)
def _parse_typed(value: str) -> Doi | BadDoi | None:
    text = drop_invisible(value).strip()
    if not text:
        return None
    bare = _strip_resolver(text)
    if _is_doi(bare):
        return Doi(bare, bare.lower())
    return BadDoi(_explain_invalid(text, bare), _suggest_repair(text, bare))


def page_doi(page: Page) -> PageDoi:
    """Return the DOI of a page: the one parsed when the site was read, else parsed now.

    `hugoblox.ids.doi` wins over `doi` unless it is empty.
    """
    return page.doi or find_page_doi(page)


def find_page_doi(page: Page) -> PageDoi:
    """Parse the DOI of a page, wherever the page keeps it."""
    places = [path for keys in (("hugoblox", "ids", "doi"), ("doi",)) if (path := page.find(*keys))]
    for path in places:
        value = page.get(*path)
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return PageDoi(path, value, parse_doi(value))
    return PageDoi(places[0], "", None) if places else PageDoi(None, None, None)


def find_dois(text: str) -> tuple[str, ...]:
    """Return the DOIs in a text or address, in lower case, each once."""
    return tuple(dict.fromkeys(doi.lower() for doi in _find_all(text)))


def find_piis(text: str) -> tuple[str, ...]:
    """Return Elsevier's article numbers in a text or address, as capitals and digits alone."""
    if "%" in text:
        text = unquote(text)
    return tuple(dict.fromkeys(re.sub(r"[^A-Z0-9]", "", pii.upper()) for pii in _PII.findall(text)))


def _strip_resolver(text: str) -> str:
    """Return a text without a resolver, `doi:` or punctuation around the DOI."""
    for _ in range(6):
        before = text
        if _ENCODED.search(text):
            text = unquote(text)
        text = text.strip()
        if resolver := _RESOLVER.match(text):
            text = text[resolver.end() :]
        if text == before:
            break
    return text.rstrip(".,; ")


def _is_doi(bare: str) -> bool:
    """Return whether the text is a DOI and nothing more."""
    if len(bare) > LONGEST or not _DOI.fullmatch(bare) or _HAS_TWO.match(bare):
        return False
    if "#" in bare[:-1] or re.search(r"&\w+[=;]", bare):  # the end of an address
        return False
    return bare.count("(") >= bare.count(")") and bare[-1] not in "/:('[<"


def _explain_invalid(text: str, bare: str) -> str:
    if _HAS_TWO.match(bare):
        return "there is more than one DOI in it"
    if _ADDRESS.match(text) or _ADDRESS.match(bare):
        return (
            "it is an address with more in it than a DOI"
            if "10." in text
            else "it is the address of a web page"
        )
    return next(
        (reason for pattern, reason in _REASONS if pattern.fullmatch(bare)), "it does not begin with 10."
    )


def _suggest_repair(text: str, bare: str) -> str:
    """Return the DOI that was probably meant, or `""`."""
    return next((candidate for candidate in _generate_repairs(text, bare) if _is_doi(candidate)), "")


def _generate_repairs(text: str, bare: str) -> Iterator[str]:
    if len(bare) <= LONGEST:
        repaired = unescape(bare)
        for pattern, replacement in _REPAIRS:
            repaired = pattern.sub(replacement, repaired)
        yield _strip_resolver(repaired)
    if arxiv := _ARXIV.fullmatch(text):
        yield f"10.48550/arXiv.{arxiv[1]}"
    yield from _find_all(text)


def _find_all(text: str) -> Iterator[str]:
    """Yield the DOIs in a text or address, letters as they are."""
    if _ENCODED.search(text):
        text = unquote(text)
    if "10." not in text:
        return
    for found in _INSIDE.findall(unescape(text)):
        prefix, suffix = found.split("/", 1)
        doi = f"{prefix}/{_TAIL.sub('', suffix)}"
        for pattern in (_VERSION, _ARTICLE_ID):
            doi = pattern.sub(r"\1", doi)
        doi = doi.rstrip(".,;:!?*'&/")
        while doi.endswith(")") and doi.count(")") > doi.count("("):
            doi = doi[:-1].rstrip(".,;:")
        if _DOI.fullmatch(doi):
            yield doi
