"""JATS, HTML, MathML and TeX as plain text and as Markdown."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given

from enrich.model.site_context import Math
from enrich.text.jats import to_markdown, to_plain
from tests.support.fragments import HOSTILE_TEXT, recorded_texts

MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def as_is(text: str) -> str:
    """Return the text itself: what these tests put where the writer escapes."""
    return text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("A plain title", "A plain title", id="nothing to do"),
        pytest.param("  Two\n   lines ", "Two lines", id="white space"),
        pytest.param("<i>Homo</i> &amp; <b>sapiens</b>", "Homo & sapiens", id="emphasis and an entity"),
        pytest.param(
            "<emph type='ital'>Time</emph> and <EMPH>tide</EMPH>", "Time and tide", id="odd elements"
        ),
        pytest.param(
            "In <scp>r</scp> and H <scp>ii</scp> and <scp>fixed-case</scp>",
            "In R and H II and fixed-case",
            id="small capitals",
        ),
        pytest.param("H<sub>2</sub>O, 10<sup>-3</sup>, x<sup>n+1</sup>", "H₂O, 10⁻³, xⁿ⁺¹", id="scripts"),
        pytest.param(
            "T<sub>eff</sub> and C<sub>max;2</sub>", "Teff and Cmax;2", id="scripts without characters"
        ),
        pytest.param("x<sub>i<sub>j</sub></sub>", "xᵢⱼ", id="scripts of scripts"),
        pytest.param(
            "&lt;i&gt;A&lt;/i&gt; and &amp;lt;sup&amp;gt;2&amp;lt;/sup&amp;gt;",
            "A and ²",
            id="escaped once and twice",
        ),
        pytest.param('&lt;p style="margin: 0;"&gt;A title', "A title", id="an escaped tag with an attribute"),
        pytest.param("p &lt; 0.05, a&lt;b, 3 &gt; 2", "p < 0.05, a<b, 3 > 2", id="signs that are no tags"),
        pytest.param("PRODUCTS &amp;amp; SERVICES&amp;nbsp;", "PRODUCTS & SERVICES", id="entities twice"),
        pytest.param("A List<T> in C++ <3", "A List<T> in C++ <3", id="angles that are no markup"),
        pytest.param("if a<b and c>d", "if a<b and c>d", id="a tag has no bare attributes"),
        pytest.param("An <i>unclosed title", "An unclosed title", id="an unclosed tag"),
        pytest.param("An unopened</i> title</p>", "An unopened title", id="an unopened tag"),
        pytest.param("<title>Main</title><subtitle>Sub</subtitle>", "Main Sub", id="a subtitle inside"),
        pytest.param("A<!-- secret <b> -->B<?x y?><![CDATA[C<D]]>", "ABC<D", id="comments and the like"),
        pytest.param(
            "Hg\n     <sub>3</sub>\n     Se\n     <sub>2</sub>\n     Single",
            "Hg₃Se₂ Single",
            id="indented scripts",
        ),
        pytest.param(
            "genes (\n     <i>KRAS</i>\n     /\n     <i>NRAS</i>\n     )",
            "genes (KRAS/NRAS)",
            id="indented brackets",
        ),
        pytest.param(
            "<scp>L</scp>\n-histidine\n    , edited", "L-histidine, edited", id="an indented hyphen"
        ),
        pytest.param(
            "As\n            2\n            S\n            3\n            in glass",
            "As2S3 in glass",
            id="lost tags",
        ),
        pytest.param(
            "an<scp>R</scp>package of<i>Mus musculus</i>was",
            "an R package of Mus musculus was",
            id="lost spaces",
        ),
        pytest.param(
            "In <i>Primulina</i>species and <i>E. coli</i>strains "
            "let<mml:math><mml:mi>p</mml:mi></mml:math>be 3",
            "In Primulina species and E. coli strains let p be 3",
            id="spaces lost after a name and a formula",
        ),
        pytest.param(
            "<i>Trans</i>forming <scp>T</scp>reebase and p<i>K</i>a",
            "Transforming Treebase and pKa",
            id="no space was lost",
        ),
        pytest.param(
            "K<sup>+</sup>and AT<sub>1</sub>Receptor in <i>Ost</i><sup>−/−</sup>mice",
            "K⁺ and AT₁ Receptor in Ost−/− mice",
            id="lost spaces after scripts",
        ),
        pytest.param("$\\alpha$ and $x_{ij}^2$ and \\beta-cells", "α and xᵢⱼ² and β-cells", id="TeX"),
        pytest.param("$${\\mathcal {W}}_\\infty $$-transport", "W∞-transport", id="display TeX"),
        pytest.param(
            "$\\hbox{YBa}_{2}\\hbox{Cu}_{3}\\hbox{\\rm O}_{7}$", "YBa₂Cu₃O₇", id="TeX for chemistry"
        ),
        pytest.param(
            "$\\frac{a+1}{2}$, $\\sqrt{x}$, $\\hat{p}$, $\\mathbb{R}$",
            "(a+1)/2, √x, p̂, ℝ",
            id="TeX structures",
        ),
        pytest.param(
            "Pledges $200 Million of $300 Million", "Pledges $200 Million of $300 Million", id="prices"
        ),
        pytest.param('\\"A Review\\" of \\unknown', '"A Review" of \\unknown', id="other backslashes"),
        pytest.param(
            "<tex-math>\\documentclass{x}\\begin{document}$$E=mc^2$$\\end{document}</tex-math>",
            "E = mc²",
            id="a whole LaTeX document",
        ),
        pytest.param(
            f"the<mml:math {MML}><mml:mi>N</mml:mi><mml:mo>=</mml:mo><mml:mn>88</mml:mn></mml:math>nucleus",
            "the N = 88 nucleus",
            id="MathML",
        ),
        pytest.param(
            "<math><mmultiscripts><mi>Tb</mi><mprescripts/><none/><mn>153</mn></mmultiscripts></math>",
            "¹⁵³Tb",
            id="an isotope",
        ),
        pytest.param(
            "<math><mfrac><mn>1</mn><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>",
            "1/(n+1)",
            id="a fraction in MathML",
        ),
        pytest.param(
            "<math><msqrt><mi>x</mi></msqrt><mroot><mi>y</mi><mn>3</mn></mroot></math>",
            "√x³√y",
            id="roots in MathML",
        ),
        pytest.param(
            "<math><mover><mi>x</mi><mo>¯</mo></mover><munder><mi>L</mi><mo>_</mo></munder></math>",
            "x̄L",
            id="bars in MathML",
        ),
        pytest.param(
            '<math><mfenced open="[" close="]" separators=";"><mi>a</mi><mi>b</mi></mfenced></math>',
            "[a; b]",
            id="a fence in MathML",
        ),
        pytest.param(
            "<math><semantics><mi>x</mi><annotation>\\foo</annotation></semantics></math>",
            "x",
            id="an annotation",
        ),
        pytest.param(
            "<inline-formula><alternatives><tex-math>$x_1$</tex-math><math><mi>y</mi></math>"
            "<inline-graphic/></alternatives></inline-formula>",
            "x₁",
            id="a formula in three shapes",
        ),
        pytest.param(
            "<alternatives><tex-math>\\strange{x}</tex-math><math><mi>y</mi></math></alternatives>",
            "y",
            id="unknown TeX beside MathML",
        ),
        pytest.param("Null\x00 and\u200b invisible\u202e", "Null and invisible", id="invisible characters"),
    ],
)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert to_plain(markup) == text


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        pytest.param(
            "<jats:title>Abstract</jats:title><jats:p>We did.</jats:p>", "We did.", id="Abstract before it"
        ),
        pytest.param("<p><b>ABSTRACT:</b> We did.</p>", "We did.", id="Abstract in bold"),
        pytest.param("<p>Abstract</p><p>We did.</p>", "We did.", id="Abstract as a paragraph"),
        pytest.param(
            "<label>1.</label><title>Abstract</title><p>We did.</p>", "We did.", id="a numbered Abstract"
        ),
        pytest.param(
            "<title>Zusammenfassung</title><p>Wir taten es.</p>", "Wir taten es.", id="a heading in German"
        ),
        pytest.param(
            "<title>Résumé:</title><p>On le fit.</p>", "On le fit.", id="a heading in French, with a colon"
        ),
        pytest.param("<p><b>Resumen.</b> Lo hicimos.</p>", "Lo hicimos.", id="a heading in Spanish, in bold"),
        pytest.param("<title>Resumo</title><p>Fizemos.</p>", "Fizemos.", id="a heading in Portuguese"),
        pytest.param("<title>Аннотация</title><p>Мы сделали.</p>", "Мы сделали.", id="a heading in Russian"),
        pytest.param("<title>摘要</title><p>我们做了。</p>", "我们做了。", id="a heading in Chinese"),
        pytest.param(
            "<p>Resumo Este artigo.</p>", "Resumo Este artigo.", id="a word without a sign after it"
        ),
        pytest.param("<p>Résumé writing is hard.</p>", "Résumé writing is hard.", id="résumé is a word too"),
        pytest.param(
            "<title>Resumption</title><p>We did.</p>",
            "**Resumption** We did.",
            id="a heading that only begins like one",
        ),
        pytest.param("<p>Abstract art is old.</p>", "Abstract art is old.", id="abstract is a word too"),
        pytest.param("<title>Abstract</title><p/>", "", id="nothing but Abstract"),
        pytest.param("<jats:p/>", "", id="an empty paragraph"),
        pytest.param("Just text", "Just text", id="no markup"),
        pytest.param("<p>One</p>\n   <p>two</p>", "One\n\ntwo", id="paragraphs"),
        pytest.param("<p>One<p>two", "One\n\ntwo", id="unclosed paragraphs"),
        pytest.param("<ns3:p>One</ns3:p>", "One", id="another prefix"),
        pytest.param(
            "<sec><title>Aim</title><p>A.</p></sec><sec><title>Results:</title><p>B.</p><p>C.</p></sec>",
            "**Aim** A.\n\n**Results:** B.\n\nC.",
            id="sections",
        ),
        pytest.param(
            "<sec><title>Aim</title><sec><title>First</title><p>A.</p></sec></sec>",
            "**Aim** **First** A.",
            id="sections in sections",
        ),
        pytest.param(
            "<sec><title>What <i>E. coli</i> does</title><p>A.</p></sec>",
            "**What E. coli does** A.",
            id="emphasis in a title",
        ),
        pytest.param("<p>A</p><title>The end</title>", "A\n\n**The end**", id="a title without a section"),
        pytest.param(
            "<p>Three:<list><list-item><p>one</p></list-item><list-item><p>two</p></list-item></list></p>"
            "<p>Done.</p>",
            "Three:\n\n- one\n- two\n\nDone.",
            id="a list",
        ),
        pytest.param("<ul><li>one</li><li>two</li></ul>", "- one\n- two", id="an HTML list"),
        pytest.param("<i>E. coli</i> and <b>bold</b>", "*E. coli* and **bold**", id="emphasis"),
        pytest.param("<i> E. coli </i>grows", "*E. coli* grows", id="spaces inside emphasis"),
        pytest.param(
            "<i>a</i><i>b</i> <i>c <i>d</i></i> <i>,</i> <i></i>x", "*ab* *c d* , x", id="odd emphasis"
        ),
        pytest.param("x<i>(y)</i>z", "x(y)z", id="emphasis that Markdown would not see"),
        pytest.param("<i>unclosed", "unclosed", id="unclosed emphasis"),
        pytest.param("<i>un<p>closed</i> more</p>", "un\n\nclosed more", id="crossed tags"),
        pytest.param("H<sub>2</sub>O 10<sup>−3</sup>", "H<sub>2</sub>O 10<sup>−3</sup>", id="scripts"),
        pytest.param("<sub>1−<i>x</i></sub>", "<sub>1−x</sub>", id="emphasis in a script"),
        pytest.param(
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc", id="a table"
        ),
        pytest.param(
            'See <ext-link href="https://x.example">this</ext-link><inline-graphic href="a.png"/>.',
            "See this.",
            id="links and pictures",
        ),
        pytest.param("{<b></b>{< x >}}", "{&#123;< x >}}", id="a shortcode is broken even without escaping"),
        pytest.param("{{<sub>x</sub>", "{&#123;<sub>x</sub>", id="our own tag opens no shortcode"),
    ],
)
def test_markup_becomes_markdown(markup: str, markdown: str) -> None:
    assert to_markdown(markup, as_is, "off") == markdown


@pytest.mark.parametrize(
    ("markup", "off", "escaped", "raw"),
    [
        pytest.param(
            "<tex-math>$x_1^2$</tex-math>", "x<sub>1</sub><sup>2</sup>", "$x\\_1^2$", "$x_1^2$", id="scripts"
        ),
        pytest.param(
            "at $\\omega$ or", "at ω or", "at $\\omega$ or", "at $\\omega$ or", id="in running text"
        ),
        pytest.param(
            "<tex-math>a &lt; b \\, c</tex-math>",
            "a < b c",
            "$a \\lt b \\\\, c$",
            "$a \\lt b \\, c$",
            id="relations and spaces",
        ),
        pytest.param(
            "<tex-math>\\{x*y\\}</tex-math>", "{x*y}", "$\\\\{x\\*y\\\\}$", "$\\{x*y\\}$", id="braces"
        ),
        pytest.param(
            "<alternatives><math><mi>x</mi></math><tex-math>x^2</tex-math></alternatives>",
            "x<sup>2</sup>",
            "$x^2$",
            "$x^2$",
            id="MathML beside it",
        ),
        pytest.param(
            "<math><msup><mi>x</mi><mn>2</mn></msup></math>", *["x<sup>2</sup>"] * 3, id="MathML alone"
        ),
        pytest.param(
            "<tex-math>\\href{javascript:alert(1)}{x}</tex-math>",
            *["hrefjavascript:alert(1)x"] * 3,
            id="a command that acts",
        ),
        pytest.param(
            "<tex-math>x_{&lt;script&gt;}</tex-math>",
            "x<sub><script></sub>",
            "$x\\_{\\lt script\\gt }$",
            "$x_{\\lt script\\gt }$",
            id="a tag in a formula",
        ),
        pytest.param("<tex-math>{{% x_1</tex-math>", *["%x<sub>1</sub>"] * 3, id="a shortcode in a formula"),
        pytest.param(
            "<tex-math>a_1</tex-math>2 and $<tex-math>b_1</tex-math>",
            *["a<sub>1</sub>2 and $b<sub>1</sub>"] * 3,
            id="beside a digit, where no reader finds a formula",
        ),
        pytest.param("costs $5 and $6", *["costs $5 and $6"] * 3, id="prices"),
    ],
)
def test_formulas_appear_once_in_the_site_s_own_form(markup: str, off: str, escaped: str, raw: str) -> None:
    settings: tuple[Math, Math, Math] = ("off", "escaped", "raw")
    assert [to_markdown(markup, as_is, math) for math in settings] == [off, escaped, raw]


@given(HOSTILE_TEXT)
def test_any_string_is_read(text: str) -> None:
    assert "\n" not in to_plain(text)
    for math in ("off", "escaped", "raw"):
        assert not re.search("[\ue000-\ue00f]", to_markdown(text, as_is, math))


@pytest.mark.parametrize(
    "unit",
    [
        "<i>",
        "</i>",
        "<p>",
        "<sub>x",
        '<a b="',
        "<a b='",
        "<p ",
        "&amp;",
        "&lt;i ",
        "$a ",
        "\\(",
        "{",
        "$\\frac{",
        "<!--",
        "<math><mrow>",
        "<math><msub>",
        "<list><list-item>",
        "\n ",
        "<![CDATA[",
        "<",
        "*a",
        "[a](",
    ],
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        to_plain.__wrapped__(text)
        to_markdown(text, as_is, "raw")
        return time.process_time() - start

    assert seconds(40_000) < 16 * seconds(5_000) + 0.3


def test_depth_and_size_are_capped() -> None:
    assert to_plain("<i>" * 50_000 + "deep") == "deep"
    assert to_plain("$" + "{" * 5_000 + "x" + "}" * 5_000 + "$ after").endswith("after")
    assert len(to_plain("a" * 1_000_000)) <= 200_000


@pytest.mark.corpus
def test_every_recorded_text_is_read_and_no_markup_is_left(corpus: Path) -> None:
    left = re.compile(r"</?(?:jats:|mml:|[bip]>|su[bp]|scp)|&(?:amp|lt|gt|nbsp|#\d+);|[\ue000-\ue00f]|\s\s")
    for text in recorded_texts(corpus):
        assert not left.search(to_plain(text))
        assert not re.search(r"</?(?:jats:|mml:|[bip]>|scp)|[\ue000-\ue00f]", to_markdown(text, as_is, "raw"))
