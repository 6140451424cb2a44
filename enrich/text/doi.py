"""Read DOIs as people type them; clean what is safe to clean, and suggest a repair of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from enrich.model.page import BadDoi, Doi
from enrich.text.invisible import drop_invisible

LONGEST = 300  # characters; the longest of 5,214 recorded ones has 76
_LONGEST_TYPED = 2_000  # characters of a value that is examined; people paste whole abstracts

# https://www.doi.org/doi-handbook/HTML/doi-syntax.html; a registrant's code has at least four digits.
# The handbook allows any character in a suffix; registered DOIs use these (SICIs use <, > and #, too).
_PREFIX = r"10\.\d{4,9}(?:\.\d+)*+/"
_DOI = re.compile(_PREFIX + r"[A-Za-z0-9._;()/:<>\[\]+#&~@!=$*,'-]+")
# A few DOIs have these signs, which in an address begin the query or the fragment.
_DOI_WITH_SIGNS = re.compile(_PREFIX + r"""[^\s"\\^`{|}]+""", re.ASCII)
_HAS_TWO = re.compile(rf"{_PREFIX}(?!https?:).*(?:{_PREFIX}|doi\.org|https?:)", re.IGNORECASE)
_DOT_SEGMENT = re.compile(r"/\.{1,2}(?:/|$)")  # an address with it leads elsewhere
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_RESOLVER = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/+"
    r"|info:doi/|(?:urn:)?doi\b(?:\s*:\s*|\s+|/+)",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
# Parameters that websites add to an address to follow a reader, or to choose a view of the page.
_TRACKING = re.compile(
    r"[?&](?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_hs(?:enc|mi)|igshid|casa_token|cookieset|dgcid|sfvrsn|via"
    r"|ref|source|src|origin|journalcode|needaccess|download|type)=[^?&#\s]*",
    re.IGNORECASE,
)

# A DOI in a text or an address: square and angle brackets belong to it if a digit follows.
_INSIDE = re.compile(
    rf"(?<![\d.]){_PREFIX}(?:[A-Za-z0-9._;()/:+#&~@!=$*,?-]|[<\[][^\s<>\[\]]{{1,60}}[>\]](?=\d))++"
)
_ACCENTED = re.compile("[À-ɏ]")
# The parts of a publisher's address after a DOI.
_TAIL = re.compile(
    r"(?<=.)(?:\?|(?<!;2-)#|https?:|/(?:e?pdf|full|fulltext|abstract|abs|summary|references|meta|html|epub|asset"
    r"|suppl\w*|tables|figures|-)(?:[/.]|$)|\.(?:full|abstract|pdf|html?)\b).*$",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"&\w+=")
_VERSION = re.compile(r"^(10\.(?:1101|64898)/[\d.]+)v\d+.*$")  # bioRxiv and medRxiv
_ARTICLE_ID = re.compile(r"^(10\.1093/[a-z]+/[a-z]+\w*)/\d{5,}.*$")  # Oxford University Press
_PII = re.compile(
    r"(?<![A-Za-z0-9])(?:S\d{4}-?\d{3}[\dX]\(?\d{2}\)?\d{5}-?[\dX]|B97[89](?:-?\d){10}\.?\d{5}-?[\dX])"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?:arxiv\s*+:?\s*+|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)"
    r"(\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})(?!\d)(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|www\.", re.IGNORECASE)

_SHORT_REASON = "it is a short DOI; open https://doi.org/{} and copy the full DOI of the page that appears"

_CACHED = 4096  # links and records name the same DOIs again and again


def parse_doi(value: object) -> Doi | BadDoi | None:
    """Return the DOI that was typed, or why it is not a DOI, or None for an empty value.

    Remove white space at both ends, resolvers (repeated ones too), `doi:`, percent-encoding, tracking
    parameters and a final `.`, `,` or `;`. Keep the case of the letters. If the removed end, or a part from
    `?`, `#` or `%` on, may belong to the DOI, `whole` is the DOI with it.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return _parse_typed(value)
    text = str(value).strip()
    return BadDoi(
        "it is a number or a list, not a text", _suggest_repair(text, _strip_resolver(text[:_LONGEST_TYPED]))
    )


@lru_cache(_CACHED)
def _parse_typed(value: str) -> Doi | BadDoi | None:
    text = drop_invisible(value).strip()
    if not text:
        return None
    if len(text) > _LONGEST_TYPED:
        return BadDoi("it is a sentence", _suggest_repair(text, ""))
    whole = _strip_resolver(text)
    bare = _strip_end(whole)
    if _is_doi(bare):
        return Doi(bare, bare.lower(), whole if whole != bare and _is_doi(whole) else "")
    repair = _suggest_repair(text, bare)
    if repair and not {"?", "#", "%"}.isdisjoint(bare) and (with_signs := _keep_signs(text)):
        return Doi(repair, repair.lower(), with_signs)
    return BadDoi(_explain_invalid(text, bare), repair)


def _keep_signs(text: str) -> str:
    """Return the DOI in a text if `?`, `#` or `%` belong to it; in an address they are percent-encoded."""
    resolver = _RESOLVER.match(text)
    typed = text[resolver.end() :] if resolver else text
    if resolver and "/" in resolver[0] and not {"?", "#"}.isdisjoint(typed):
        return ""
    doi = _strip_resolver(typed)
    is_sound = len(doi) <= LONGEST and doi.isascii() and not _HAS_TWO.match(doi) and not has_dot_segment(doi)
    return doi if is_sound and _DOI_WITH_SIGNS.fullmatch(doi) else ""


def has_dot_segment(doi: str) -> bool:
    """Return whether a DOI contains `/./` or `/../`, so that its address leads elsewhere."""
    return bool(_DOT_SEGMENT.search(doi))


def parse_linked_doi(value: str) -> str:
    """Return the DOI that a record has for another work, whole and in lower case; `""` if it is none."""
    doi = parse_doi(value)
    return (doi.whole or doi.bare).lower() if isinstance(doi, Doi) else ""


def find_dois(text: str) -> tuple[str, ...]:
    """Return the DOIs in a text or address, in lower case, each once."""
    return tuple(dict.fromkeys(doi.lower() for doi in find_typed_dois(text)))


def find_arxiv_dois(text: str) -> tuple[str, ...]:
    """Return the DOIs of the arXiv papers that a text names or links to, without versions."""
    ids = (match[1] for match in _ARXIV.finditer(text)) if "arxiv" in text.lower() else ()
    return tuple(dict.fromkeys(f"10.48550/arXiv.{name}" for name in ids))


def find_piis(text: str) -> tuple[str, ...]:
    """Return Elsevier's article numbers in a text or address, as capitals and digits only."""
    if "%" in text:
        text = unquote(text)
    return tuple(dict.fromkeys(re.sub(r"[^A-Z0-9]", "", pii.upper()) for pii in _PII.findall(text)))


def _strip_resolver(text: str) -> str:
    """Return a typed value without the resolver, prefix and encoding that people put around a DOI."""
    for _ in range(6):
        before = text
        if _ENCODED.search(text):
            text = unquote(text)
        text = text.strip()
        if resolver := _RESOLVER.match(text):
            text = text[resolver.end() :]
        if text == before:
            break
    return text


def _strip_end(text: str) -> str:
    """Return a DOI without tracking parameters and punctuation at its end."""
    while (parameter := max(text.rfind("?"), text.rfind("&"))) > 0 and _TRACKING.fullmatch(text, parameter):
        text = text[:parameter]
    return text.rstrip(".,; ")


def _is_doi(bare: str) -> bool:
    """Return whether a text is exactly one DOI."""
    if len(bare) > LONGEST or not _DOI.fullmatch(bare) or _HAS_TWO.match(bare):
        return False
    if "#" in bare[:-1] or _ENTITY.search(bare) or has_dot_segment(bare):
        return False
    return bare.count("(") >= bare.count(")") and bare[-1] not in "/:('[<"


def _explain_invalid(text: str, bare: str) -> str:
    from enrich.text.doi_repairs import REASONS
    from enrich.text.short_doi import find_short_doi

    if short := find_short_doi(unquote(text)):
        return _SHORT_REASON.format(short)
    if _HAS_TWO.match(bare):
        return "it contains more than one DOI"
    if _ADDRESS.match(text) or _ADDRESS.match(bare):
        has_doi = "10." in text
        return (
            "it is an address that contains more than a DOI" if has_doi else "it is the address of a web page"
        )
    if _DOI.fullmatch(bare) and has_dot_segment(bare):
        return "it has a path with /./ or /../ in it, which leads to another address"
    reasons = (reason for pattern, reason in REASONS if pattern.fullmatch(bare))
    return next(reasons, "it does not begin with 10.")


def _suggest_repair(text: str, bare: str) -> str:
    """Return the DOI that was probably meant, or `""`."""
    return next((candidate for candidate in _generate_repairs(text, bare) if _is_doi(candidate)), "")


def _generate_repairs(text: str, bare: str) -> Iterator[str]:
    from enrich.text.doi_repairs import REPAIRS

    if len(bare) <= LONGEST:
        repaired = unescape(bare)
        for pattern, replacement in REPAIRS:
            repaired = pattern.sub(replacement, repaired)
        yield _strip_end(_strip_resolver(repaired))
    if arxiv := _ARXIV.fullmatch(text):
        yield f"10.48550/arXiv.{arxiv[1]}"
    yield from find_typed_dois(text)


def find_typed_dois(text: str) -> Iterator[str]:
    """Yield the DOIs in a text or address, in the case in which they were typed."""
    if _ENCODED.search(text):
        text = unquote(text)
    if "10." not in text:
        return
    text = unescape(text)
    for match in _INSIDE.finditer(text):
        if _ACCENTED.match(text, match.end()):
            continue  # the word continues with a letter that no DOI has
        prefix, suffix = match[0].split("/", 1)
        before = text[max(match.start() - LONGEST, 0) : match.start()].split()
        in_query = bool(before) and "?" in before[-1]
        end = (_PARAMETER if in_query else _TRACKING).search(suffix := _TAIL.sub("", suffix))
        doi = _trim_end(f"{prefix}/{suffix[: end.start()] if end else suffix}")
        if len(doi) <= LONGEST and _DOI.fullmatch(doi):
            yield doi


def _trim_end(doi: str) -> str:
    """Return a DOI without the end that an address or a sentence adds; `""` if it is too long."""
    if len(doi) > LONGEST * 2:
        return ""
    for pattern in (_VERSION, _ARTICLE_ID):
        doi = pattern.sub(r"\1", doi)
    doi = doi.rstrip(".,;:!?*'&/")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:")
    return doi
