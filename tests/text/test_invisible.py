"""Invisible characters, odd spaces and entities."""

from __future__ import annotations

import pytest
from hypothesis import given

from enrich.text.invisible import decode_all_entities, decode_entities, drop_invisible
from enrich.text.jats import to_plain
from tests.support.fragments import HOSTILE_TEXT

ZWNJ, ZWJ = "\u200c", "\u200d"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("plain", "plain", id="nothing to do"),
        pytest.param("a\x00b\x1fc\x85d", "abc\nd", id="controls"),
        pytest.param("a\u200bb\u2060c\xadd\ufeff", "abcd", id="zero width"),
        pytest.param("a\u202eb\u2066c\u200e", "abc", id="bidi"),
        pytest.param("a\U000e0041b\U0001ffffc", "abc", id="tags and noncharacters"),
        pytest.param("a\u034fb", "ab", id="the grapheme joiner"),
        pytest.param("a\u2009b\xa0c\u3000d", "a b c d", id="spaces"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line ends"),
    ],
)
def test_invisible_characters_are_removed(text: str, kept: str) -> None:
    assert drop_invisible(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"می{ZWNJ}خواهم", id="Persian"),
        pytest.param(f"کتاب{ZWNJ}ها", id="a Persian plural"),
        pytest.param(f"ه{ZWJ}.", id="an Arabic letter in its joined form"),
        pytest.param(f"क्{ZWJ}ष", id="a Hindi half letter"),
        pytest.param(f"क्{ZWNJ}ष", id="a visible virama"),
        pytest.param(f"র{ZWJ}্য", id="a joiner before a Bengali virama"),
        pytest.param(f"അവന്{ZWJ} പോയി", id="a Malayalam letter at a word's end"),
        pytest.param(f"ශ්{ZWJ}රී", id="Sinhala"),
        pytest.param(f"👨{ZWJ}👩{ZWJ}👧", id="a family"),
        pytest.param(f"👩🏽{ZWJ}⚕️", id="a skin tone"),
        pytest.param(f"❤️{ZWJ}🔥", id="a heart on fire"),
    ],
)
def test_joiners_that_a_script_needs_stay(text: str) -> None:
    assert drop_invisible(text) == text
    assert to_plain(text) == text
    assert to_plain(f"<i>{text}</i>") == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param(f"pass{ZWJ}word", "password", id="between Latin letters"),
        pytest.param(
            f"{ZWNJ}می{ZWNJ}{ZWNJ}{ZWJ}خواهم{ZWNJ}", f"می{ZWNJ}خواهم", id="at the edges and in runs"
        ),
        pytest.param(f"می{ZWNJ} خواهم", "می خواهم", id="before a space"),
        pytest.param(f"👨{ZWNJ}👩", "👨👩", id="a non-joiner between emoji"),
        pytest.param(f"a{ZWJ}👩", "a👩", id="a letter before an emoji"),
        pytest.param(f"می\u200b{ZWNJ}\u202eخواهم", f"می{ZWNJ}خواهم", id="among characters that go"),
    ],
)
def test_other_joiners_go(text: str, kept: str) -> None:
    assert drop_invisible(text) == kept


@given(HOSTILE_TEXT)
def test_cleaning_is_done_at_once(text: str) -> None:
    assert drop_invisible(drop_invisible(text)) == drop_invisible(text)


@pytest.mark.parametrize(
    ("text", "once", "always"),
    [
        pytest.param("a &lt; b", "a < b", "a < b", id="by name"),
        pytest.param("&#8211;&#x2013;", "––", "––", id="by number"),
        pytest.param("&amp;lt;", "&lt;", "<", id="twice"),
        pytest.param("&amp;#38;amp;lt;", "&#38;amp;lt;", "<", id="four times"),
        pytest.param("AT&T &a; &x &#;", "AT&T &a; &x &#;", "AT&T &a; &x &#;", id="what only looks like one"),
    ],
)
def test_entities_are_decoded(text: str, once: str, always: str) -> None:
    assert decode_entities(text) == once
    assert decode_all_entities(text) == always
