"""The contract of every format, found by its file's name: no text of a record acts on a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from enrich.model.report import Display
from enrich.report.github import render_job_summary
from enrich.settings.accepted_words import list_report_formats
from tests.support.hostile_report import TEXTS, report_of
from tests.support.made_site import make, page, record, run, title_of

# In a page's own bytes, which a patch has to repeat, these may stand; nowhere else.
_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_LINK = re.compile(r"https://doi\.org/10\.\d{4,9}[A-Za-z0-9._~%/-]*")

# What a report may be made of; everything else would have come from a record.
_MARKDOWN_TAGS = set(
    "h3 h4 p br strong code del ins a ul li details summary table thead tbody tr th td".split()
)
_PAGE_TAGS = set(
    "html head meta title link style body a header div h1 h2 h3 h4 p button span kbd main section svg circle"
    " text ul li rect g noscript label input select option optgroup progress article code del ins details"
    " summary fieldset legend footer dialog dl dt dd form script em strong sub sup time".split()
)


class Tags(HTMLParser):
    """Gather the elements of a page, their attributes, and the text by the element it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.inside: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"br", "meta", "link", "input"}:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append((self.inside[-1] if self.inside else "", data))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def check_markdown(shown: str) -> None:
    tags = Tags(_MARKDOWN.render(shown))
    assert {name for name, _ in tags.found} <= _MARKDOWN_TAGS
    assert all(_LINK.fullmatch(attributes.pop("href")) for name, attributes in tags.found if name == "a")
    assert not any(attributes for name, attributes in tags.found if name not in {"th", "td"})
    assert not tags.comments
    # A mention, an issue, a ticket, an address, a commit or an emoji is found in what is rendered.
    acting = re.compile(
        r"@\w|#\d|\bgh-\d|://|\bwww\.|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b|:\w+:|[!~$%]\w|\$", re.IGNORECASE
    )
    texts = [text for name, text in tags.texts if name not in {"code", "a"}]
    assert "&#8203;" not in shown
    assert not [found[0] for text in texts for found in acting.finditer(text)]


def check_html(shown: str) -> None:
    tags = Tags(shown)
    assert {name for name, _ in tags.found} <= _PAGE_TAGS
    names = {name for _, attributes in tags.found for name in attributes}
    assert not {name for name in names if name.startswith("on")} | (
        names & {"src", "srcdoc", "style", "action"}
    )
    hrefs = [(tag, attributes["href"]) for tag, attributes in tags.found if "href" in attributes]
    assert all(
        _LINK.fullmatch(href)
        or (tag, href) in {("a", "#list"), ("a", "#top"), ("a", "#end"), ("link", "data:,")}
        or re.fullmatch(r"#meaning-[a-z-]+", href)
        for tag, href in hrefs
    )
    assert [name for name, _ in tags.found if name in {"script", "style"}] == ["style", "script", "script"]
    assert not tags.comments
    [data] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', shown)
    assert not re.search("[<>&]", data)
    assert set(json.loads(data)) == {"tool", "command", "pages"}


def check_github(shown: str) -> None:
    lines = shown.splitlines()
    command = re.compile(r"::(error|warning|notice) (file=[^:,\n]+(,line=\d+)?,)?title=enrich [^:,]*::\S")
    annotations = [line for line in lines if line.startswith("::")]
    assert len(annotations) <= 10
    assert all(command.match(line) for line in annotations)
    rest = r"\d+ more(; `--format text` shows all of them| are in the summary of this job)$"
    ours = re.compile(rest + r"|\d+ pages?, |skipped: (?!.*##\[)")
    assert all(ours.match(line) for line in lines if line not in annotations)
    assert not any(re.search(r"%(?!25|0A|0D|3A|2C)", line) for line in annotations)


def check_json(shown: str) -> None:
    json.loads(shown)


def check_jsonl(shown: str) -> None:
    assert [json.loads(line) for line in shown.splitlines()]


def check_patch(shown: str) -> None:
    """Nothing but files, hunks and lines; no line of a page passes for another file's heading."""
    lines = shown.split("\n")[:-1]
    assert all(
        line.startswith(("diff --git ", "--- ", "+++ ", "@@ -", " ", "-", "+", "\\ No newline"))
        for line in lines
    )
    files = sum(line.startswith("diff --git ") for line in lines)
    assert sum(line.startswith(("--- a/", '--- "a/')) for line in lines) == files


CHECKS: dict[str, Callable[[str], None]] = {
    name.removeprefix("check_"): check for name, check in globals().items() if name.startswith("check_")
}


def rendered(name: str, text: str) -> Iterator[str]:
    """Yield what a format makes of a hostile report, at every verbosity."""
    render = import_module(f"enrich.report.{name}").render
    yield from (render(report_of(text), Display(color=False, verbose=verbose)) for verbose in (0, 1))


def test_every_format_has_a_check_of_its_own_or_is_plain_text() -> None:
    unchecked = set(list_report_formats()) - set(CHECKS) - {"text"}
    assert not unchecked, f"add a function check_… to this file for each of {unchecked}"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", list_report_formats())
def test_nothing_of_a_record_acts(name: str, text: str) -> None:
    for shown in rendered(name, text):
        look(name, shown)


@pytest.mark.parametrize("name", list_report_formats())
@settings(max_examples=25)
@given(
    st.lists(st.sampled_from([*TEXTS.values(), " ", "\n", "x"]) | st.text(max_size=5), max_size=4).map(
        "".join
    )
)
def test_nothing_of_any_text_acts(name: str, text: str) -> None:
    look(name, next(rendered(name, text)))


def look(name: str, shown: str) -> None:
    """Assert what holds for every format, and what holds for this one."""
    shown.encode("utf-8")
    assert shown.endswith("\n")
    assert not _HIDDEN.search(shown if name != "patch" else shown.replace("\t", ""))
    if name != "patch":  # which has the page's own name and bytes, whatever they are
        commands = re.compile(r"\s*::(?!(error|warning|notice) (file=|title=enrich [\w -]+::))|.*##(vso)?\[")
        assert not any(commands.match(line) for line in re.split("[\r\n]", shown))
    if name in CHECKS:
        CHECKS[name](shown)


def test_a_jobs_summary_is_markdown_too() -> None:
    for text in TEXTS.values():
        check_markdown(render_job_summary(report_of(text)))


def attacked(site: Path) -> Path:
    """Return a site whose pages lack everything that the records about them attack with."""
    pages, records = dict[str, str | bytes](), list[dict[str, object]]()
    for number, text in enumerate(TEXTS.values()):
        bare = page(number).replace(f'"{title_of(number)}"', '""').replace("[Ada Lovelace]", "[]")
        pages[f"content/publication/p{number}/index.md"] = bare
        notice = {"DOI": f"10.5555/{text}", "type": "retraction", "label": text, "source": text}
        attack = {
            "title": [text],
            "author": [{"given": text, "family": text}],
            "container-title": [text],
            "abstract": f"<jats:p>{text}</jats:p> {text}",
            "publisher": text,
            "updated-by": [notice],
        }
        records.append(record(number, **attack))
    return make(site, pages, records)


def test_records_that_attack_are_inert_in_every_report_of_the_whole_program(tmp_path: Path) -> None:
    site = attacked(tmp_path)
    for command in ("check", "apply", "check"):
        wanted = [f"--report={name}:{tmp_path / name}" for name in list_report_formats()]
        assert run(command, site, "-q", "--exit-zero", *wanted) == 0
        for name in list_report_formats():
            shown = (tmp_path / name).read_bytes().decode("utf-8")
            if name != "patch" or shown:  # there is nothing left to write
                look(name, shown)
