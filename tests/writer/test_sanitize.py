"""Text of a record made inert: what it looks like in the file, and that it still says the same."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given

from enrich.model.page import Remote
from enrich.model.site_context import Dialect, Math
from enrich.text.compare import comparison_key, strip_markup
from enrich.writer.sanitize import clean_for_plain, escape_for_markdown, make_inert
from tests.support.fragments import HOSTILE_TEXT, recorded_texts


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        pytest.param(
            "Plain words, 5-10 % (p < 0.05); it’s “so” – TGF-β.", None, id="a sentence stays as it is"
        ),
        pytest.param(
            "a_b, x * y, ~ 5, A [1] and [2], C:N ratio, #5, 1.5 + 2 = 3.5", None, id="signs that do nothing"
        ),
        pytest.param("AT&T, R&D, fish & chips", None, id="ampersands that are no entities"),
        pytest.param("\\alpha stays", None, id="a backslash before a letter"),
        pytest.param(
            "a &lt; b &#60; &nope;", "a &amp;lt; b &amp;#60; &amp;nope;", id="entities show as they are"
        ),
        pytest.param("a*b* **c** _d_ __e__", "a\\*b\\* \\*\\*c\\*\\* \\_d\\_ \\_\\_e\\_\\_", id="emphasis"),
        pytest.param(
            "`a` ~b~ $c$ \\* \\", "\\`a\\` \\~b\\~ \\$c\\$ \\\\\\* \\\\", id="code, strikethrough, formulas"
        ),
        pytest.param("\\(x\\) \\[y\\]", "\\\\(x\\\\) \\\\[y\\\\]", id="brackets of formulas"),
        pytest.param("<b>x</b> <!-- <? a<b 1 < 2", "&lt;b>x&lt;/b> &lt;!-- &lt;? a&lt;b 1 < 2", id="HTML"),
        pytest.param("{{< x >}} {{% y %}} {{ z }}", "{{&lt; x >}} {{&#37; y %}} {{ z }}", id="shortcodes"),
        pytest.param("{\u200b{\u00ad<\x00 x", "{{&lt; x", id="shortcodes in disguise"),
        pytest.param("[a](b) [1]", "&#91;a](b) [1]", id="a link"),
        pytest.param("![a](b) and [c]: d", "!&#91;a](b) and &#91;c]: d", id="an image and a reference"),
        pytest.param("http://x www.y WWW.z a@b", "http&#58;//x www&#46;y WWW&#46;z a&#64;b", id="addresses"),
        pytest.param(":smile: 1:1:1", "&#58;smile: 1&#58;1:1", id="emoji"),
        pytest.param("a << b >> c", "a &lt;< b &gt;> c", id="what the typographer makes quotes of"),
        pytest.param(
            "# a\n- b\n+ c\n> d\n= e\n: f\n1. g\n2) h\n| i\n{.j}",
            "\\# a\n\\- b\n\\+ c\n\\> d\n\\= e\n\\: f\n1\\. g\n2\\) h\n\\| i\n\\{.j}",
            id="line starts",
        ),
        pytest.param(
            "-5 °C\n* a\n---\n===\n+++", "\\-5 °C\n\\* a\n\\---\n\\===\n\\+++", id="rules and fences"
        ),
        pytest.param("    a\n\tb  \n\n\n\nc", "a\nb\n\nc", id="indentation, trailing blanks, empty lines"),
        pytest.param("a\u2003b\u00a0c\u2028d\r\ne", "a b c\nd\ne", id="white space"),
        pytest.param("a\x00b\x1b[1m\u202ec\ud800\ufffe\ufeff", "ab[1mc", id="invisible characters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_plain_text_is_escaped_for_markdown(text: str, markdown: str | None) -> None:
    assert escape_for_markdown(text) == (text if markdown is None else markdown)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("*a* <b> {{< x >}} :smile: $x$", None, id="a plain field shows it as it is"),
        pytest.param(" a\n b\u00a0\u2009c\t", "a b c", id="white space"),
        pytest.param("a\u200bb\x00\u202ec\udfff", "abc", id="invisible characters"),
    ],
)
def test_plain_text_is_cleaned_for_a_plain_field(text: str, plain: str | None) -> None:
    assert clean_for_plain(text) == (text if plain is None else plain)


@pytest.mark.parametrize(
    ("remote", "key", "dialect", "value"),
    [
        pytest.param(Remote("<i>A</i> & H<sub>2</sub>O *"), "title", Dialect(), "A & H₂O *", id="a title"),
        pytest.param(Remote("Ann_ <b>X</b>"), "authors", Dialect(), "Ann_ X", id="a name"),
        pytest.param(
            Remote("Ann* <b>X</b>"),
            "authors",
            Dialect(names_are_markdown=True),
            "Ann\\* X",
            id="a name that the theme reads as Markdown",
        ),
        pytest.param(
            Remote("J. <i>X</i>: a*b", "*", "*"),
            "publication",
            Dialect(),
            "*J. X: a\\*b*",
            id="a journal in its wrapper",
        ),
        pytest.param(
            Remote("1. J\n# X", "In *", "*"),
            "publication",
            Dialect(),
            "In *1\\. J # X*",
            id="a journal on one line",
        ),
        pytest.param(Remote("A & B"), "publication.name", Dialect(), "A & B", id="a journal in a mapping"),
        pytest.param(
            Remote("<p>A <i>b</i>.</p><p>C $x_1$</p>"),
            "abstract",
            Dialect(),
            "A *b*.\n\nC x<sub>1</sub>",
            id="an abstract",
        ),
        pytest.param(
            Remote("C $x_1$ is"), "abstract", Dialect(math="raw"), "C $x_1$ is", id="an abstract with math"
        ),
        pytest.param(Remote("<p/>", "*", "*"), "publication", Dialect(), "", id="no wrapper around nothing"),
        pytest.param(Remote("–"), "title", Dialect(), "", id="no letter, no value"),
    ],
)
def test_a_records_text_gets_the_form_of_its_key(
    remote: Remote, key: str, dialect: Dialect, value: str
) -> None:
    assert make_inert(remote, key, dialect) == value


@given(HOSTILE_TEXT)
def test_escaped_text_says_the_same(text: str) -> None:
    assert comparison_key(escape_for_markdown(text)) == comparison_key(text)
    assert comparison_key(clean_for_plain(text)) == comparison_key(text)


@given(HOSTILE_TEXT)
def test_escaped_text_holds_nothing_that_acts(text: str) -> None:
    markdown = escape_for_markdown(text)
    assert not re.search(r"\{\{[<%]|<[A-Za-z/!?]|://|(?<![^\W_])www\.|@", markdown, re.IGNORECASE)
    assert not re.search(r"(?m)^[ \t]|^[#+>=:-]|^\d+[.)](?:\s|$)|[ \t]$", markdown)
    for shown in (markdown, clean_for_plain(text)):
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\ud800-\udfff]", shown
        )


@given(HOSTILE_TEXT)
def test_every_field_of_every_dialect_is_one_safe_text(text: str) -> None:
    for math in ("off", "escaped", "raw"):
        dialect = Dialect(math=math)
        value = make_inert(Remote(text), "abstract", dialect)
        assert not re.search(r"\{\{[<%]|<(?!/?su[bp]>)[A-Za-z/!?]|://|\n{3}", value)
        assert "\n" not in make_inert(Remote(text, "*", "*"), "publication", dialect)
        assert "\n" not in make_inert(Remote(text), "title", dialect)
        assert not any(line in {"---", "+++"} for line in value.splitlines())


@pytest.mark.slow
@pytest.mark.corpus
def test_every_recorded_text_says_the_same_when_it_is_escaped(corpus: Path) -> None:
    for text in recorded_texts(corpus):
        key = comparison_key(text)
        assert comparison_key(escape_for_markdown(text)) == key
        assert comparison_key(clean_for_plain(text)) == key


@pytest.mark.corpus
@pytest.mark.parametrize(("third", "math"), [(0, "off"), (1, "escaped"), (2, "raw")])
def test_every_recorded_text_says_the_same_on_a_page(corpus: Path, third: int, math: Math) -> None:
    for text in islice(recorded_texts(corpus), third, None, 3):
        value = make_inert(Remote(text), "abstract", Dialect(math=math))
        if value:
            assert comparison_key(value) == comparison_key(text)
            assert strip_markup(value) == strip_markup(strip_markup(text))
