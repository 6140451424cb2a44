"""The page about works without a page, without a browser: its cards, its data, its policy."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.addition import AddedPage
from enrich.model.new_work import NewWork
from enrich.model.page import Doi
from enrich.model.work import PartialDate, Work
from enrich.report.html import EARLIER_REPORT
from enrich.report.parts.inline_html import render_record_text
from enrich.report.parts.new_work_cards import build_work_cards, describe_choices, explain_unusable_doi
from enrich.report.parts.new_works_page import render_new_works
from enrich.text.doi import parse_doi
from tests.support.hostile_report import TEXTS
from tests.support.html_policy import assert_policy_fits
from tests.support.new_works import ADA, IAN, new_work, new_works
from tests.support.reports import data_of

SICI = "10.1002/(sici)1096-8644(199608)100:4<1::aid-x>3.0.co;2-u"


def read_card(new: NewWork) -> list[str]:
    """Return the lines of a work's card as a reader sees them, each link with its address."""
    [article] = re.findall(r"<article.*?</article>", render_new_works(new_works(new), "enrich 0"), re.DOTALL)
    text = re.sub(r'<a href="([^"]*)"[^>]*><span class="unseen">DOI </span>', r"[\1] ", article)
    text = re.sub(r"<legend.*?</legend>", "", text).replace("</span>", " | ").replace("</h3>", "\n")
    lines = re.sub(r"</?(?!/?(?:em|strong|sub|sup)>)[a-z][^>]*>", "", text.replace("</p>", "\n")).splitlines()
    return [unescape(" ".join(line.split())).rstrip(" |") for line in lines if line.strip()]


REFUSED = "enrich add and [[ignore]] cannot use this DOI"
CHOICES = ["Make a page", "Not ours", "Leave open"]
CARDS = [
    pytest.param(
        new_work(),
        [
            "Ice below the floes",
            "2024-03-05 | Ice Letters | journal article | [https://doi.org/10.5555/ice] 10.5555/ice",
            "By Ada Okafor",
            *CHOICES,
        ],
        id="a work",
    ),
    pytest.param(
        new_work(people=(ADA, IAN), also=("10.5555/pre", "none")),
        [
            "Ice below the floes",
            "2024-03-05 | Ice Letters | journal article | [https://doi.org/10.5555/ice] 10.5555/ice",
            "By Ada Okafor, Ian Cross | Other versions: [https://doi.org/10.5555/pre] 10.5555/pre, none",
            *CHOICES,
        ],
        id="two people, and two versions, one of which has no DOI",
    ),
    pytest.param(
        new_work(SICI, "", journal="", date=None, people=()),
        [
            SICI,
            f"journal article | [https://doi.org/{quote(SICI)}] {SICI}",
            *CHOICES,
        ],
        id="nothing but a DOI",
    ),
    pytest.param(
        new_work("10.5555/ice,", "Ice", date=PartialDate(2024)),
        [
            "Ice",
            "2024 | Ice Letters | journal article | 10.5555/ice,",
            "By Ada Okafor",
            f"{REFUSED}: they read it as 10.5555/ice. Make a page for this work by hand.",
        ],
        id="a DOI that the program would read as another",
    ),
    pytest.param(
        new_work("10.5555/$(touch x)", "Ice"),
        [
            "Ice",
            "2024-03-05 | Ice Letters | journal article | 10.5555/$(touch x)",
            "By Ada Okafor",
            f"{REFUSED}: it has characters that no DOI has. Make a page for this work by hand.",
        ],
        id="a text that is not a DOI",
    ),
]


@pytest.mark.parametrize(("new", "lines"), CARDS)
def test_a_card_shows_a_work(new: NewWork, lines: list[str]) -> None:
    assert read_card(new) == lines


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param("Ice & <snow>", "Ice &amp; &lt;snow&gt;", id="signs"),
        pytest.param(
            "CO<sub>2</sub> at 10<sup>3</sup> K", "CO<sub>2</sub> at 10<sup>3</sup> K", id="scripts"
        ),
        pytest.param(
            "<jats:italic>E. coli</jats:italic>, <b>bold</b>",
            "<em>E. coli</em>, <strong>bold</strong>",
            id="emphasis",
        ),
        pytest.param("&lt;i&gt;E. coli&lt;/i&gt;", "<em>E. coli</em>", id="markup that was escaped"),
        pytest.param("a * b * c and *d*", "a * b * c and *d*", id="stars are no markup in a record"),
        pytest.param(
            "<mml:math><mml:msub><mml:mi>x</mml:mi><mml:mn>1</mml:mn></mml:msub></mml:math>, $y^2$",
            "x<sub>1</sub>, y<sup>2</sup>",
            id="formulas",
        ),
        pytest.param("Abstract: a study", "Abstract: a study", id="a title that begins like an abstract"),
        pytest.param("two\n lines", "two lines", id="two lines"),
        pytest.param("<sub>open", "open", id="a tag without its end"),
        pytest.param("\ue001a\ue005b", "ab", id="our own marks"),
        pytest.param("a\u202eb", "ab", id="an order of letters"),
        pytest.param("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", id="a script"),
        pytest.param("<i onclick='x'>a</i>", "<em>a</em>", id="an attribute"),
    ],
)
def test_a_title_shows_its_formatting_and_nothing_else(title: str, shown: str) -> None:
    assert render_record_text(title) == shown


PIECES = (
    "<i> </i> <sub> </sub> <sup> </sup> <b> </b> a 1 < & \" ' <script> &lt; \ue001 \ue002 \ue005 \ue006 $ *"
)


class Balance(HTMLParser):
    """Reads HTML and remembers the open elements."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag in {"em", "strong", "sub", "sup"}, attrs) == (True, [])
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


@given(st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=30).map("".join))
def test_any_title_is_html_whose_elements_end(title: str) -> None:
    parser = Balance()
    parser.feed(render_record_text(title))
    parser.close()
    assert parser.opened == []


def test_a_long_row_of_tags_takes_no_time() -> None:
    assert len(render_record_text("<i>a" * 20_000)) >= 20_000


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param("10.5555/ice", "", id="a DOI"),
        pytest.param(SICI, "", id="a DOI with signs of the shell"),
        pytest.param("10.5555/a'b$c!d&e", "", id="more signs of the shell"),
        pytest.param("10.5555/ice.", "they read it as 10.5555/ice", id="with an end that people type"),
        pytest.param("10.5555/ice?ref=x", "they read it as 10.5555/ice", id="with a parameter"),
        pytest.param("https://doi.org/10.5555/ice", "they read it as 10.5555/ice", id="an address"),
        pytest.param("10.5555/a b", "it has characters that no DOI has", id="two words"),
        pytest.param("--all", "it does not begin with 10.", id="an option"),
        pytest.param("", "it is empty", id="nothing"),
    ],
)  # fmt: skip
def test_who_can_choose(typed: str, reason: str) -> None:
    assert explain_unusable_doi(typed) == reason


SIGNS = "ab01._;()/:<>[]+#&~@!=$*,'-\"\\`%?{}| \n\u202eé"


@given(st.text(SIGNS, max_size=20).map("10.5555/".__add__))
def test_what_can_be_chosen_is_that_doi_for_a_shell_and_in_toml(doi: str) -> None:
    cards = build_work_cards([new_work(doi)])
    for choice in describe_choices(cards).values():
        parsed = parse_doi(doi)
        assert isinstance(parsed, Doi)
        assert parsed.key == doi
        assert shlex.split(choice["word"]) == [doi]
        assert tomllib.loads(choice["table"]) == {"ignore": [{"doi": doi, "reason": "not ours"}]}


def test_the_data_have_what_the_choices_mean() -> None:
    works = new_works(new_work(), new_work("10.5555/bad."), new_work("10.5555/seen").mark("ignored"))
    data = data_of(render_new_works(works, "enrich 0.1.0", "enrich add --site 'my site'"))
    assert data == {
        "tool": "enrich 0.1.0",
        "command": "enrich add",
        "options": " --site 'my site'",
        "works": {
            "10.5555/ice": {
                "word": "10.5555/ice",
                "table": '[[ignore]]\ndoi = "10.5555/ice"\nreason = "not ours"\n',
            }
        },
    }


def test_cards_are_grouped_by_year_and_counted() -> None:
    dates = [PartialDate(2025, 1), PartialDate(2024), PartialDate(2024), None]
    works = [
        new_work(f"10.5555/{at}", date=date, people=(ADA, IAN)[at % 2 :]) for at, date in enumerate(dates)
    ]
    text = render_new_works(new_works(*works, new_work("10.5555/x").mark("ignored")), "enrich 0.1.0")
    assert re.findall(r'<h2 id="group-\d">(.*?) <span class="count">(\d)', text) == [
        ("2025", "1"),
        ("2024", "2"),
        ("Without a date", "1"),
    ]
    assert "4 works of Ada Okafor without a page, 1 ignored" in text
    assert re.findall(r'<option value="(?:year|person):[^"]*">(.*?)</option>', text) == [
        "Ada Okafor", "Ian Cross", "2025 (1)", "2024 (2)", "Without a date (1)",
    ]  # fmt: skip
    tags = [set(words.split()) for words in re.findall(r'data-tags="([^"]*)"', text)]
    values = set(re.findall(r'<option value="((?:year|person):[^"]*)">', text))
    assert set.union(*tags) == values


def test_the_page_names_failures_and_the_pages_that_were_made() -> None:
    found = new_works(failures=("DataCite did not answer",))
    added = (AddedPage("10.5555/a", "added", "content/publication/a.md", warnings=("retracted",)),
             AddedPage("10.5555/b", "failed", error="its record has no title"))  # fmt: skip
    text = render_new_works(replace(found, added=added), "enrich 0.1.0")
    assert re.findall(r'<p class="unscripted problem">(.*?)</p>', text) == [
        "the list may be incomplete: DataCite did not answer; run the command again",
        "10.5555/b: not added: its record has no title",
    ]
    assert "<code>content/publication/a.md</code> for 10.5555/a; retracted</li>" in text
    assert '<p class="empty">Nothing else was found.</p>' in text


def test_without_scripts_the_page_names_the_command_and_the_file() -> None:
    text = render_new_works(new_works(new_work()), "enrich 0.1.0", "enrich add --site web", "my.toml")
    [sentence] = re.findall(r"<noscript>(.*?)</noscript>", text, re.DOTALL)
    assert "<code>enrich add DOI DOI … --site web</code>" in sentence
    assert "<code>my.toml</code>" in sentence


HOSTILE = [
    new_work(f"10.5555/{at}", text, journal=text, people=(text,), also=(text,))
    for at, text in enumerate(TEXTS.values())
]


@pytest.mark.parametrize(
    "works",
    [
        pytest.param((), id="no work"),
        pytest.param((new_work(),), id="a work"),
        pytest.param(HOSTILE, id="hostile works"),
        pytest.param((NewWork(Work("10.5555/x", "</script>")),), id="next to nothing"),
    ],
)
def test_every_list_is_a_page_under_its_policy_and_can_be_replaced(works: tuple[NewWork, ...]) -> None:
    text = render_new_works(new_works(*works), "enrich 0.1.0")
    assert_policy_fits(text)
    assert EARLIER_REPORT.search(text)
