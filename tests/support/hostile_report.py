"""Hostile texts, and a report with one of them in every place that text from outside can reach."""

from __future__ import annotations

from dataclasses import replace

from enrich.model.page import FrontMatter, Page, Remote
from enrich.model.plan import Candidate, Failed, Finding, Plan, Skipped
from enrich.model.report import Report
from tests.support.reports import change, report

# What each would do somewhere: run, load, link, mention, colour, reorder, end what it stands in.
# fmt: off
TEXTS = {
    "a script": "<script>window.pwned = 1</script>",
    "the end of a script": "</script><script>window.pwned = 1</script>",
    "the end of everything": "--></style></title></textarea></svg><img src=x onerror=window.pwned=1>",
    "an attribute": "\" onmouseover=\"window.pwned=1\" x='\" autofocus onfocus='window.pwned=1",
    "a picture": "<img src=//evil.example/x.png><svg onload=window.pwned=1><image href=//evil.example/x>",
    "a style": "<style>@import '//evil.example/x.css'</style><link rel=stylesheet href=//evil.example/x.css>",
    "an address that runs": "javascript:window.pwned=1 <a href='javascript:window.pwned=1'>x</a> data:,x",
    "a template": "{{ 7 * 7 }}{% for x in y %}{# x #}{{ config }}${7*7}#{7*7}<%= 7*7 %>",
    "Markdown": "[x](https://evil.example) ![x](//evil.example/x) <https://evil.example> **b** `c` ~~d~~",
    "a table's end": "| a | b |\n|---|---|\n\n</td></tr></table>\n</details>\n\n# heading\n",
    "mentions": "@octocat @org/team #12 GH-12 octo/repo#12 !12 ABC-12 deadbeefcafe " + "0123abcd" * 5,
    "addresses": "https://evil.example/x http://a.example www.evil.example me@evil.example :smile: $x$",
    "a fence": "```\n~~~\n    code\n- [ ] x\n1. x\n> x\n<details open>",
    "a log command": "x\n::error file=x::x\n::set-output name=x::x\r::stop-commands::x\n##[error]x ##vso[x]x",
    "an encoded log command": "%0A::error::PWNED%0D, file=x,line=1,title=x::y",
    "colour": "\x1b[31mred\x1b]8;;https://evil.example\x1b\\x\x07\x9b31m\x08\x7f\x00",
    "an order": "\u202eabc\u2066def\u2069\u200bx\u200fy\u2028z\u2029\x85\ufeff\U000e0041",
    "half a character": "\ud800x\udfff",
    "a patch": "\n--- a/x\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-x\n+y\ndiff --git a/x b/x\n",
    "a long word": "x" * 5_000 + " " + "<b>" * 500,
}
# fmt: on


def report_of(text: str) -> Report:
    """Return a report with this text wherever somebody else's text can come to stand."""
    data = {"title": text, "date": f"2020 {text}"}
    page = Page(f"content/publication/{text}/index.md", "before\n", FrontMatter("yaml", data, 0, 0, {}))
    changes = (
        change(text, Remote(f"{text} x", "*", "*"), reason=text),
        change([text], [text, "x"], key=("authors",), reason=text, level="safe"),
        change({text: text}, {text: "x"}, key=("hugoblox", text), field="doi", refused=text),
        change(None, text, key=(text,), field="abstract", status="written"),
        replace(change("x", text), status="kept"),
        change(text, "x", is_new=False, key=("date",)),
    )
    findings = (
        Finding("retracted", "error", text, 3, text),
        Finding("link-other-work", "warning", text, 3, text, is_new=False),
        Finding(
            "commented-out",
            "note",
            f"see https://doi.org/10.1/{text} and 10.5555/{text}",
            0,
            f"10.5555/{text}",
        ),
    )
    candidate = Candidate("10.5555/x", text, (text,), 2020, text, text, "search", "unsure", (text,))
    shown = report(
        Plan(
            page,
            "after\n",
            doi=f"10.5555/{text}",
            source="crossref",
            source_name="Crossref",
            changes=changes,
            findings=findings,
            candidates=(candidate,),
        ),
        Failed(f"{text}.md", text, 3, f"10.5555/{text}", changes, findings),
        Skipped(f"{text}/b.md", text),
        notes=(text,),
    )
    return replace(shown, site=text, prefix=f"{text}/", command=f"enrich apply {text}")
