"""When two texts are the same to a reader, and when they are not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.text.compare import (
    comparison_key,
    has_substance,
    is_mojibake,
    measure_shared_words,
    strip_markup,
    texts_match,
    texts_match_with_gaps,
)
from enrich.text.hugo_slug import urlize_name
from tests.support.fragments import HOSTILE_TEXT, records

SAME = [
    pytest.param("The Role of X", "the role of x", id="case"),
    pytest.param("*The* **role** __of__ `x`", "The role of x", id="Markdown emphasis"),
    pytest.param("[The role](https://x.example/a_(b)) of x", "The role of x", id="a Markdown link"),
    pytest.param("<i>The</i> <jats:bold>role</jats:bold> of x", "The role of x", id="HTML and JATS"),
    pytest.param("&lt;i&gt;The&lt;/i&gt; role", "The role", id="escaped tags"),
    pytest.param("&amp;lt;i&amp;gt;The&amp;lt;/i&amp;gt; role", "The role", id="tags escaped twice"),
    pytest.param("H<sub>2</sub>O", "H2O", id="a subscript and none"),
    pytest.param("H<sub>2</sub>O", "H₂O", id="a subscript and its character"),
    pytest.param("H$_2$O", "H<sub>2</sub>O", id="a subscript in TeX"),
    pytest.param("H$_{2}$O and 10$^{-3}$", "H2O and 10⁻³", id="braces in TeX"),
    pytest.param("CO <sub>2</sub> in 10 <sup>3</sup> cells", "CO2 in 10³ cells", id="spaces before scripts"),
    pytest.param("Hg\n        <sub>3</sub>\n        Se", "Hg₃Se", id="indentation around scripts"),
    pytest.param("TGF-$\\beta$", "TGF-β", id="a Greek letter in TeX"),
    pytest.param(
        "TGF-\\beta signalling", "TGF-beta signalling", id="a Greek letter without dollars, by name"
    ),
    pytest.param("<mml:math><mml:mi>α</mml:mi></mml:math>-stable", "α-stable", id="a Greek letter in MathML"),
    pytest.param(
        "<math><msub><mi>H</mi><mi>∞</mi></msub></math> control",
        "$H_\\infty$ control",
        id="a formula in MathML and TeX",
    ),
    pytest.param(
        "<alternatives><tex-math>$x^2$</tex-math><math><msup><mi>x</mi><mn>2</mn></msup></math>"
        "</alternatives>",
        "x²",
        id="a formula twice",
    ),
    pytest.param("$\\mathcal{W}_p$ and $\\frac{1}{2}$", "W_p and 1/2", id="fonts and fractions in TeX"),
    pytest.param("$\\Delta E \\leq 5$", "ΔE ≤ 5", id="capital letters and relations in TeX"),
    pytest.param("µm and μm", "μm and µm", id="two micro signs"),
    pytest.param("p &lt; 0.05", "p<0.05", id="a sign as an entity"),
    pytest.param("p < .05", "p < 0.05", id="a bare decimal point"),
    pytest.param("p = 0·05", "p = 0.05", id="a raised decimal point"),
    pytest.param("R &amp; D", "R and D", id="an ampersand as an entity and in words"),
    pytest.param("a&#8211;b &eacute; &amp;nbsp;c", "a-b é c", id="numbered, named and doubled entities"),
    pytest.param("self‐made self‑made self–made", "self-made self—made self−made", id="dashes"),
    pytest.param("micro-organism co operation", "microorganism co-operation", id="hyphen, space or nothing"),
    pytest.param("“Quoted” ‘words’ don’t", "\"Quoted\" 'words' don't", id="quotes"),
    pytest.param("ﬁne ａｂｃ", "fine abc", id="compatibility forms"),
    pytest.param("Poincaré", "Poincare\u0301", id="composed and decomposed"),
    pytest.param("Poincaré Šmíd Nguyễn Łódź", "Poincare Smid Nguyen Lodz", id="diacritics"),
    pytest.param("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth", id="invisible characters"),
    pytest.param("thin\u2009space\u00a0and\tmore\r\n", "thin space and more", id="white space"),
    pytest.param("10,000 cells", "10 000 cells", id="thousands"),
    pytest.param("2 × 2 design", "2x2 design", id="a multiplication sign"),
    pytest.param("25 °C", "25 ∘C", id="two signs for degrees"),
    pytest.param("Foo™ and Bar®", "Foo and Bar", id="trade marks"),
    pytest.param("A → B", "A -> B", id="an arrow"),
    pytest.param("Title.", "Title", id="a full stop after it"),
    pytest.param("What? Why: how (and where)", "What why how and where", id="punctuation"),
    pytest.param(
        "<jats:title>Abstract</jats:title><jats:p>We did.</jats:p>", "We did.", id="a leading Abstract"
    ),
    pytest.param("**Abstract** We did.", "We did.", id="a bold Abstract"),
    pytest.param("ABSTRACT: We did.", "We did.", id="an Abstract with a colon"),
    pytest.param(
        "<sec><title>Aim</title><p>A.</p></sec><sec><title>Result</title><p>B.</p></sec>",
        "**Aim** A.\n\n**Result** B.",
        id="sections and bold labels",
    ),
    pytest.param("<p>One</p><list><list-item><p>two</p></list-item></list>", "One\n\n- two", id="lists"),
    pytest.param("2017–2019", "2017-2019", id="a range"),
    pytest.param("Мой дом", "мой дом", id="Cyrillic"),
    pytest.param("ﾊﾝｶｸ", "ハンカク", id="half-width kana"),
    pytest.param("M{\\\"u}ller and \\'{e}tude", "Müller and étude", id="accents in TeX"),
]
DIFFERENT = [
    pytest.param("C++", "C", id="plus signs"),
    pytest.param("C#", "C", id="a sharp"),
    pytest.param("Ca²⁺", "Ca", id="a charge"),
    pytest.param("p < 0.05", "p > 0.05", id="relations"),
    pytest.param("x ≤ 3", "x < 3", id="or equal"),
    pytest.param("x = 3", "x ≠ 3", id="not equal"),
    pytest.param("50 %", "50", id="per cent"),
    pytest.param("2.5", "25", id="a decimal point"),
    pytest.param("1-2", "12", id="a range"),
    pytest.param("10 mg", "100 mg", id="a digit"),
    pytest.param("H₂", "H∞", id="a symbol"),
    pytest.param("α-stable", "β-stable", id="Greek letters"),
    pytest.param("日本", "中国", id="Chinese characters"),
    pytest.param("か", "が", id="voiced kana"),
    pytest.param("мой", "мои", id="Cyrillic letters"),
    pytest.param("कि", "का", id="vowel signs"),
    pytest.param("كتب", "كتاب", id="Arabic letters"),
    pytest.param("abstract algebra", "algebra", id="abstract as an adjective"),
    pytest.param("Müller", "Möller", id="two umlauts"),
    pytest.param("Growth at −20 °C", "Growth at 20 °C", id="a minus sign"),
    pytest.param("-20", "20", id="a minus sign at the beginning"),
    pytest.param("of −5", "of −6", id="numbers below zero"),
    pytest.param("ريم", "ربم", id="Arabic letters alike"),
    pytest.param("ש", "ס", id="Hebrew letters"),
    pytest.param("Blue", "Blu", id="no umlaut, no optional letter"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_say_the_same(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)
    assert texts_match(one, other)
    assert measure_shared_words(one, other) == 1.0


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_these_do_not(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)
    assert comparison_key(one)
    assert comparison_key(other)
    assert not texts_match(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Müller", "Mueller", id="ü as ue"),
        pytest.param("Müller", "Muller", id="ü as u"),
        pytest.param("Ørsted", "Oersted", id="ø as oe"),
        pytest.param("Ørsted", "Orsted", id="ø as o"),
        pytest.param("Århus", "Aarhus", id="å as aa"),
        pytest.param("Straße", "Strasse", id="ß as ss"),
        pytest.param("Æsop in Cœur", "Aesop in Coeur", id="ligatures"),
        pytest.param("Thorsteinn Þór Guðmundsson", "Thorsteinn Thor Gudmundsson", id="thorn and eth"),
        pytest.param("Göthe and Mueller", "Goethe and Müller", id="one on each side"),
        pytest.param('M\\"uller', "Mueller", id="an accent in TeX"),
        pytest.param("M&uuml;ller", "Mueller", id="an entity"),
    ],
)
def test_ascii_spellings_are_the_same_name(one: str, other: str) -> None:
    assert texts_match(one, other)
    assert texts_match(other, one)


GAPS = [
    pytest.param("Caf\ufffd", "Café", id="a letter with an accent"),
    pytest.param("M\ufffdller and S\ufffdhne", "Müller and Söhne", id="two letters"),
    pytest.param("M\ufffdller and Söhne", "Müller and S\ufffdhne", id="a letter on each side"),
    pytest.param("Caf\ufffd\ufffd", "Café", id="two bytes of one letter"),
    pytest.param("Stra\ufffde", "Straße", id="a letter that is compared as two"),
    pytest.param("\ufffd-helix", "α-helix", id="a letter that is compared by its name"),
    pytest.param("C\ufffdt", "Cat", id="any letter at all"),
    pytest.param("2010\ufffd2015", "2010–2015", id="a dash between digits"),
    pytest.param("don\ufffdt", "don’t", id="a quote"),
    pytest.param("<i>Caf\ufffd</i>", "*Café*", id="in marked text"),
]
NO_GAPS = [
    pytest.param("C\ufffdt", "Coat", id="two letters"),
    pytest.param("C\ufffdt", "Bat", id="another letter beside it"),
    pytest.param("Caf\ufffd one", "Café two", id="another word"),
    pytest.param("Part \ufffd1", "Part 21b", id="a letter more after it"),
    pytest.param("\ufffd" * 60, "a" * 60, id="hardly anything else"),
]


@pytest.mark.parametrize(("one", "other"), GAPS)
def test_a_replacement_character_is_any_one_letter(one: str, other: str) -> None:
    assert texts_match_with_gaps(one, other)
    assert texts_match(other, one)
    assert measure_shared_words(one, other) == 1.0


@pytest.mark.parametrize(("one", "other"), NO_GAPS)
def test_a_replacement_character_is_at_most_a_letter(one: str, other: str) -> None:
    assert not texts_match_with_gaps(one, other)
    assert not texts_match(other, one)


def test_texts_without_a_gap_do_not_match_with_gaps() -> None:
    assert not texts_match_with_gaps("Cafe", "Café")


def test_broken_words_are_common_words() -> None:
    assert measure_shared_words("Fran\ufffdois et la fin", "François et le début de la fin") == pytest.approx(
        2 / 3
    )
    assert measure_shared_words("Fran\ufffdois ici", "François chante") == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        pytest.param("The effect of light on algae", "Light and algae", 0.6, 0.7, id="two words of three"),
        pytest.param(
            "The role of iron in soils", "The use of tests in schools", 0.0, 0.2, id="small words alone"
        ),
        pytest.param("Salvage therapy after relapse", "A history of bell towers", 0.0, 0.0, id="nothing"),
        pytest.param("Growth of ice in clouds", "Growth of rain in clouds", 0.5, 0.8, id="some"),
        pytest.param("東京大学の歴史", "東京大学の現在", 0.4, 0.9, id="a script without spaces"),
        pytest.param("", "Anything", 0.0, 0.0, id="nothing to compare"),
    ],
)
def test_similarity_is_the_share_of_telling_words(one: str, other: str, low: float, high: float) -> None:
    assert low <= measure_shared_words(one, other) <= high
    assert measure_shared_words(one, other) == measure_shared_words(other, one)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("Plain  text", "Plain text", id="white space"),
        pytest.param("*The* **Role** of _X_ and ***Y***", "The Role of X and Y", id="emphasis"),
        pytest.param("**Bold with *more* in it**", "Bold with more in it", id="emphasis in emphasis"),
        pytest.param("snake_case and 3*4 and 5*6", "snake_case and 3*4 and 5*6", id="no emphasis"),
        pytest.param("A\\* search \\_ \\[x\\]", "A* search _ [x]", id="escapes"),
        pytest.param(
            "# Title\n\n- one\n- two\n> three", "Title one two three", id="headings, lists, quotations"
        ),
        pytest.param(
            "See [here](https://x.example) and <https://y.example>",
            "See here and https://y.example",
            id="links",
        ),
        pytest.param("<b>H<sub>2</sub>O</b> &amp; &lt;i&gt;CO&lt;/i&gt;", "H₂O & CO", id="tags and entities"),
        pytest.param("p &lt; 0.05 at www&#46;x.example", "p < 0.05 at www.x.example", id="what we escape"),
        pytest.param("~~old~~ `code`", "old code", id="strikethrough and code"),
        pytest.param("*In* Journal of X-Y, 5+3", "In Journal of X-Y, 5+3", id="signs inside a line"),
    ],
)
def test_markup_is_stripped_and_case_is_kept(text: str, seen: str) -> None:
    assert strip_markup(text) == seen


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("Ana María Cano", "ana-maría-cano", id="words"),
        pytest.param("Cano, Ana M.", "cano-ana-m.", id="a comma and a full stop"),
        pytest.param("  Jean--Luc - Q", "jean--luc-q", id="hyphens"),
        pytest.param("O'Brien & Söhne", "obrien-söhne", id="characters that Hugo drops from a path"),
        pytest.param("李 明", "李-明", id="Chinese"),
        pytest.param("A/B_c+d~e@f", "a/b_c+d~e@f", id="signs that stay"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_name_is_slugged_as_hugo_does(name: str, slug: str) -> None:
    assert urlize_name(name) == slug


@pytest.mark.parametrize(
    ("text", "has"), [("a", True), ("7", True), ("字", True), ("–…!", False), ("", False)]
)
def test_substance_is_a_letter_or_a_digit(text: str, has: bool) -> None:
    assert has_substance(text) is has


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Contr\ufffdle de qualit\ufffd", id="replacement characters"),
        pytest.param("MÃ¼ller and DelaurÃ©", id="UTF-8 read as Latin-1"),
        pytest.param("itâ€™s â€œquotedâ€\x9d text", id="quotes read as Windows-1252"),
        pytest.param("Price Â£29.95", id="a currency sign"),
        pytest.param("2010â€“2015", id="a dash"),
        pytest.param("diversityâ\x80\x93productivity", id="a dash with C1 controls"),
        pytest.param("ÐŸÑ€Ð¸Ð²ÐµÑ‚", id="Cyrillic read as Windows-1252"),
    ],
)
def test_broken_decoding_is_seen(text: str) -> None:
    assert is_mojibake(text)


@pytest.mark.parametrize(
    "text",
    [
        "Plain words",
        "Schöne Grüße aus Ærø, ça va? ¿Qué?",
        "Ângela e João",
        "São Paulo, Ágora, ÃO",
        "Łódź, İstanbul",
        "Ελληνικά",
        "Русский текст",
        "日本語の論文",
        "한국어",
        "العربية",
        "“Quoted” – it’s 5 µm ± 2 °C",
        "naïve café",
        "TGF‐β₁ ≥ 10⁻³",
        "Việt Nam",
        "≤5 %",
        "a…b",
        "£5 and €6",
    ],
)
def test_clean_text_in_any_language_is_not_mojibake(text: str) -> None:
    assert not is_mojibake(text)
    assert not is_mojibake(unicodedata.normalize("NFD", text))


@given(HOSTILE_TEXT)
def test_any_text_can_be_compared(text: str) -> None:
    assert comparison_key(text) == comparison_key(" " + text + "\n")
    assert texts_match(text, text)
    assert 0.0 <= measure_shared_words(text, "some words") <= 1.0
    strip_markup(text)
    urlize_name(text)
    is_mojibake(text)


@given(st.text(st.characters(categories=["Lo", "Ll", "Lu", "Nd"]), min_size=1))
def test_letters_and_digits_never_fold_to_nothing(text: str) -> None:
    assert comparison_key(text)


@pytest.mark.corpus
def test_no_recorded_title_or_journal_folds_to_nothing(corpus: Path) -> None:
    for message in records(corpus):
        for text in [*message.get("title", []), *message.get("container-title", [])]:
            assert comparison_key(text) or not has_substance(strip_markup(text))


@pytest.mark.corpus
def test_no_line_of_a_real_page_is_called_mojibake(corpus: Path) -> None:
    pages = (path.read_bytes().decode("utf-8", "replace") for path in (corpus / "sites").rglob("*.md"))
    flagged = [
        line for page in pages for line in page.splitlines() if "\ufffd" not in line and is_mojibake(line)
    ]
    assert flagged == []
