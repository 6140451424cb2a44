"""Detect the language of a text by its script or its function words, if there is no doubt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

FEWEST_WORDS = 2  # function words of one language that a text needs
# Words that are frequent in one of these languages and rare in the others.
_WORDS = {
    "en": "the of and for with by from on an is are was were we that this which between their its how using"
    " under than not at be been has have it",
    "de": "der die das und von für mit eine einer einem eines auf im zur zum über bei nach aus dem den ist"
    " sind wir nicht durch am als wird wurde werden",
    "fr": "le les des du et une dans pour sur avec par au aux est sont nous que qui ce cette chez entre d l",
    "es": "el los las del y una para con por en al se son nos que un su sus este esta como más entre",
    "pt": "o os as da do das dos e uma para com por em na no nas nos ao são um que não foi entre",
    "it": "il lo gli della del dei delle di e una per con su nel nella al sono che un tra degli è",
    "nl": "het een van en voor met op bij uit naar wij zijn niet door aan te werd",
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LANGUAGES_OF_WORD = {
    word: [language for language, known in _LANGUAGES.items() if word in known]
    for words in _LANGUAGES.values()
    for word in words
}
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru", "ARABIC": "ar",
    "HEBREW": "he", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
_LETTERS = 400  # of a text that decide its script
# ISO 639-2, as records have it: https://www.loc.gov/standards/iso639-2/
_THREE_LETTERS = {
    "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "por": "pt", "ita": "it",
    "dut": "nl", "nld": "nl", "jpn": "ja", "chi": "zh", "zho": "zh", "kor": "ko", "rus": "ru", "pol": "pl",
    "tur": "tr", "ara": "ar", "heb": "he", "gre": "el", "ell": "el", "cze": "cs", "ces": "cs", "swe": "sv",
    "dan": "da", "nor": "no", "fin": "fi", "hun": "hu", "ukr": "uk", "cat": "ca", "per": "fa", "fas": "fa",
}  # fmt: skip


def normalise_language(code: str) -> str:
    """Return a language in two letters: `eng`, `en-US` and `en_GB` are `en`."""
    short = code.replace("_", "-").split("-")[0].strip().lower()
    return _THREE_LETTERS.get(short, short)


@lru_cache(maxsize=1024)
def find_script(text: str) -> str:
    """Return the script of most letters (`LATIN`, `CJK`, which Japanese is too …), `""` without letters."""
    scripts = Counter(map(_name_script, filter(str.isalpha, text[:_LETTERS])))
    script = next((name for name, _ in scripts.most_common(1)), "")
    return "CJK" if script in {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"} else script


@lru_cache(maxsize=4096)
def _name_script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


@lru_cache(maxsize=1024)
def detect_language(text: str) -> str:
    """Return the language of a text in two letters if there is no doubt about it, else `""`."""
    script = find_script(text)
    if script and script != "LATIN":
        has_kana = any(
            unicodedata.name(char, "").startswith(("HIRAGANA", "KATAKANA")) for char in text[:_LETTERS]
        )
        return "ja" if has_kana else _SCRIPTS.get(script, "")
    words = re.findall(r"[^\W\d_]+", text[:4000].casefold())
    counts = Counter(dict.fromkeys(_LANGUAGES, 0))
    counts.update(language for word in words for language in _LANGUAGES_OF_WORD.get(word, ()))
    first, second = sorted(counts, key=lambda language: -counts[language])[:2]
    sure = counts[first] >= FEWEST_WORDS and counts[first] >= 2 * counts[second]
    return first if sure else ""


def are_in_two_languages(text: str, other: str) -> bool:
    """Return whether two texts are clearly in two scripts or in two languages."""
    script, other_script = find_script(text), find_script(other)
    if script and other_script and script != other_script:
        return True
    language, other_language = detect_language(text), detect_language(other)
    return bool(language and other_language) and language != other_language
