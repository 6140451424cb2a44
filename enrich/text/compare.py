"""When two texts say the same: `fold` is what is compared, `strip_markup` what a reader sees."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from enrich.text.invisible import collapse_spaces, decode_all_entities, drop_invisible
from enrich.text.jats import plain
from enrich.text.letter_folding import LETTERS

_CACHED = 1024  # texts: a page's are asked for several times, a record's again on every twin

# What makes a text more than its letters: tags, entities, TeX, links, the marks of `scripts`.
_MARKUP = re.compile(r"[<&\\$\ue000-\ue00f]|\]\(")
_BACKSLASHES = re.compile(r"\\+(?=\\)")
_ACCENT = re.compile(
    r"(?<=[\w{])\\([\"'])\{?([A-Za-z])\}?"
)  # `M\"uller`; other accents are Markdown's escapes
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:|www\.)[^<>\s]*|[\w.+-]+@[\w.-]+)>", re.IGNORECASE)
_LINE_START = re.compile(r"(?:\n|\A) {0,3}(?:[-*+]|#{1,6}|>) +")
_EMPHASIS = {  # by the sign without which there is none
    # "3*4 and 5*6" is no emphasis, "4*H*-1,2,4-triazole" is
    "*": re.compile(r"(?:(?<!\d)|(?=\*{1,3}[^\W\d]))(\*{1,3})(?=[^\s*])([^*]{1,2000}?)(?<=[^\s*])\1"),
    "_": re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])\1(?!\w)"),
    "`": re.compile(r"(`{1,2})(?=[^\s`])([^`]{1,2000}?)(?<=[^\s`])\1"),
    "~~": re.compile(r"(~~)(?=[^\s~])([^~]{1,2000}?)(?<=[^\s~])\1"),
}

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_TRADE_MARK = re.compile("[™℠]|(?<=\\d) ?º")
_MAYBE_THOUSANDS = re.compile(r"\d[, ]\d\d\d")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[, ]\d{3})+(?!\d)")
_BARE_DECIMAL = re.compile(r"(?<=[ <>=])\.(?=\d)")
_NO_SHARP = re.compile(r"(?<![^\W\d_])#")
_BETWEEN_DIGITS = re.compile(r"(\d)([ .])(?=\d)")
_HELD = {" ": "\0", ".": "\1"}
_SIGNS = "+<>=%‰#"

# A wrong decoding makes two characters of one byte sequence, or leaves what stands for none.
_ODD_PAIR = re.compile("[^\0-\x7f]{2}|[\ufffdÂÃâ]")
# A letter whose ASCII spelling may have another letter behind it: Müller is Muller or Mueller.
_UMLAUT = re.compile("([aou]\u0308|ø|a\u030a)")
_ASCII_UMLAUT = re.compile(r"([aou])e")
_OPTIONAL = "\uf8ff"
_SMALL = frozenset(
    "a an and as at by de der des di die du el en et for from fur i in is la las le les of on or the to und"
    " using via von with y zur zum".split()
)


@lru_cache(_CACHED)
def comparison_key(text: str) -> str:
    """Return what is compared: the letters, digits and telling signs of a text, however they are written.

    Gone are markup of every kind, entities, case, accents, dashes, quotes, punctuation and white
    space, but for what stands between two digits; Greek letters are their names.
    """
    return _squeezed(_spelled(_folded_case(_visible(_tidy(text))))).lstrip(_SIGNS).rstrip("<>=")


def texts_match(a: str, b: str) -> bool:
    """Return whether two texts say the same, ASCII spellings (Mueller, Orsted, Strasse) included."""
    if a == b or comparison_key(a) == comparison_key(b):
        return True
    if a.isascii() and b.isascii() and not ("\\" in a + b or "&" in a + b):
        return False
    one, other = _with_umlauts(a), _with_umlauts(b)
    return (_OPTIONAL in one or _OPTIONAL in other) and _loosely_equal(one, other)


def word_overlap(a: str, b: str) -> float:
    """Return the share of words (0 to 1) that the shorter of two texts has in common with the other."""
    if comparison_key(a) == comparison_key(b):
        return 1.0
    one, other = list_telling_words(a), list_telling_words(b)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def word_jaccard(a: str, b: str) -> float:
    """Return the share (0 to 1) that the words of both have in all words of two texts."""
    one, other = list_telling_words(a), list_telling_words(b)
    return 1.0 if texts_match(a, b) else len(one & other) / len(one | other) if one | other else 0.0


@lru_cache(_CACHED)
def strip_markup(text: str) -> str:
    """Return a text as a reader sees it: case kept, no Markdown, HTML or JATS, on one line."""
    if "\n" in text or _MARKUP.search(text) or _opens_with_abstract(text):
        text = _without_markup(_LINE_START.sub("\n", _normal(text)))
    elif text[:1] in " -*+#>":
        text = _LINE_START.sub("", text, count=1)
    for sign, pattern in _EMPHASIS.items():
        if sign in text:  # twice: emphasis inside emphasis
            text = pattern.sub(r"\2", pattern.sub(r"\2", text))
    return _tidy(text)


def urlize_name(name: str) -> str:
    """Return the slug that Hugo makes of a name (`urlize`, before it is percent-encoded)."""
    slug: list[str] = []
    gap = False
    for character in name:
        if _stands_in_path(character):
            slug += ["-"] if gap and character != "-" else []
            slug.append(character.lower()[0])
            gap = False
        elif character.isspace() and slug and slug[-1] != "-":
            gap = True
    return "".join(slug).rstrip("#")


def has_substance(text: str) -> bool:
    """Return whether a text has a letter or a digit in it."""
    return any(map(str.isalnum, text))


@lru_cache(_CACHED)
def is_mojibake(text: str) -> bool:
    """Return whether a text was once decoded wrongly: replacement characters, or `Ã©` where é should be."""
    if text.isascii() or not _ODD_PAIR.search(text):
        return False
    if "\ufffd" in text:
        return True
    from ftfy.badness import is_bad

    return bool(is_bad(text))


def _tidy(text: str) -> str:
    return collapse_spaces(drop_invisible(text))


def _visible(text: str) -> str:
    """Return a text without markup, entities and escapes."""
    if _MARKUP.search(text) or _opens_with_abstract(text):
        return _without_markup(_normal(text))
    return text


def _opens_with_abstract(text: str) -> bool:
    return "abstract" in text[:20].lower()


def _without_markup(text: str) -> str:
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text and ("://" in text or "@" in text or "www." in text.lower()):
        text = _AUTOLINK.sub(r"\1", text)
    return plain(text, without_abstract=True)


def _normal(text: str) -> str:
    """Return a text with entities and backslash escapes undone, however often they were applied.

    This undoes all that `writer/escape` does, so that what we wrote is equal to what we were given.
    """
    text = drop_invisible(text)
    for _ in range(8):
        before = text
        if "&" in text:
            text = drop_invisible(decode_all_entities(text))
        if "\\" in text:
            text = _ACCENT.sub(_with_accent, _BACKSLASHES.sub("", text))
            text = _ESCAPE.sub("", text)
        if text == before:
            break
    return text


def _with_accent(found: re.Match[str]) -> str:
    accent = {'"': "\u0308", "'": "\u0301"}[found[1]]
    return unicodedata.normalize("NFC", found[2] + accent)


def _folded_case(text: str) -> str:
    """Return a text in lower case and taken apart into letters and accents."""
    if text.isascii():
        return text.lower()
    if _CYRILLIC.search(text):  # й is no и with an accent, but decomposes like one
        text = unicodedata.normalize("NFC", text).replace("й", "ҋ").replace("Й", "ҋ")
    return unicodedata.normalize("NFKD", _TRADE_MARK.sub("", text)).casefold()


def _spelled(text: str) -> str:
    """Return a text's words in the letters that are compared, one space between them."""
    if _MAYBE_THOUSANDS.search(text):
        text = _THOUSANDS.sub(lambda found: re.sub("[, ]", "", found[0]), text)
    text = " ".join(text.translate(LETTERS).split())
    if any(bare in text for bare in (" .", "<.", ">.", "=.")):
        text = _BARE_DECIMAL.sub("0.", text)
    if "#" in text:
        text = _NO_SHARP.sub(" ", text)
    return text.replace(". ", " ").replace(" .", " ")


def _squeezed(text: str) -> str:
    """Return a spelled text without what stands between its words, but for what parts two digits."""
    text = _BETWEEN_DIGITS.sub(lambda found: found[1] + _HELD[found[2]], text)
    text = text.replace(" ", "").replace(".", "")
    return text.replace(_HELD[" "], " ").replace(_HELD["."], ".")


def list_telling_words(text: str) -> set[str]:
    """Return the words that tell texts apart, folded; of a script without spaces, each pair of characters."""
    words = [word.strip("." + _SIGNS) for word in _spelled(_folded_case(_visible(_tidy(text)))).split()]
    telling = {word for word in words if word and word not in _SMALL} or {word for word in words if word}
    return {part for word in telling for part in _parts(word)}


def _parts(word: str) -> list[str]:
    if word.isascii():
        return [_ASCII_UMLAUT.sub(r"\1", word)]
    return [word[at : at + 2] for at in range(max(len(word) - 1, 1))]


def _with_umlauts(text: str) -> str:
    folded = _UMLAUT.sub(rf"\1{_OPTIONAL}", _folded_case(_visible(_tidy(text))))
    return _squeezed(_spelled(folded))


def _loosely_equal(one: str, other: str) -> bool:
    """Return whether two texts are equal if an umlaut may be spelled with or without its `e`."""
    i = j = 0
    while i < len(one) or j < len(other):
        a, b = one[i : i + 1], other[j : j + 1]
        if a == b:
            i, j = i + 1, j + 1
        elif a == _OPTIONAL:
            i, j = i + 1, j + (b in {"e", "a"} and one[i + 1 : i + 2] != b)
        elif b == _OPTIONAL:
            i, j = i + (a in {"e", "a"} and other[j + 1 : j + 2] != a), j + 1
        else:
            return False
    return True


def _stands_in_path(character: str) -> bool:
    """Return whether Hugo keeps a character: a letter, a digit, a mark and a few signs."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or character in "./\\_#+~-@"
