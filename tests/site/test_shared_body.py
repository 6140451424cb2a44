"""What a new page gets of the text that a site's pages share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.site.shared_body import keep_shortcodes

DEMO = "{{% callout note %}}\nClick the *Cite* button to try it.\n{{% /callout %}}\n"
TAGS = ("{{< cite >}}", "{{% note %}}", "{{% /note %}}", "{{<", "}}", "<!--", "-->")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n\n", id="empty lines"),
        pytest.param("{{< cite >}}\n", id="a shortcode"),
        pytest.param('\n{{< list_files folder="files" >}}\n', id="a shortcode with a value"),
        pytest.param("{{% abstract %}}\r\n{{< altmetric >}}\r\n", id="two, with the line ends of Windows"),
        pytest.param("{{< toggle >}}\n{{< cite >}}\n{{< /toggle >}}\n", id="one within another"),
        pytest.param("## Cite this\n\n{{< cite >}}\n", id="a heading and its shortcode"),
        pytest.param("## Abstract\n\n## Links\n", id="headings to be filled"),
        pytest.param("{{< downloads />}}\n", id="a shortcode that ends itself"),
        pytest.param("{{< a >}} {{< b >}}", id="two on a line"),
    ],
)
def test_a_template_of_the_sites_own_stays_as_it_is(body: str) -> None:
    assert keep_shortcodes(body) == body


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        pytest.param("More detail can be written here.\n", "", id="a sentence"),
        pytest.param(DEMO, "", id="a sentence within a shortcode"),
        pytest.param(f"{DEMO}\n{DEMO}", "", id="two of them"),
        pytest.param(f"<!-- {DEMO} -->\n", "", id="a comment"),
        pytest.param(f"<!-- {DEMO}", "", id="a comment without an end"),
        pytest.param("> [!NOTE]\n> Click the _Cite_ button.\n", "", id="a note in Markdown"),
        pytest.param("## Notes\n\nAdd the full text here.\n", "", id="a heading and a sentence"),
        pytest.param("![A photo](featured.jpg)\n", "", id="a picture"),
        pytest.param("[Code](https://example.org)\n", "", id="a link"),
        pytest.param("Watch {{< youtube x >}} first.\n", "", id="a shortcode in a sentence"),
        pytest.param(f"{DEMO}\n{{{{< cite >}}}}\n", "{{< cite >}}\n", id="a sentence, then a shortcode"),
        pytest.param("Words.\n\n## Cite\n\n{{< cite >}}\n", "## Cite\n\n{{< cite >}}\n", id="a heading"),
        pytest.param("{{% note %}}\nWords.\n", "{{% note %}}\n", id="a shortcode that is not a pair"),
        pytest.param('{{< a x="{" >}}\n', "", id="a brace in a value"),
    ],
)
def test_sentences_do_not_get_onto_a_new_page(body: str, kept: str) -> None:
    assert keep_shortcodes(body) == kept


@given(st.lists(st.sampled_from((*TAGS, "## Links", "A word.", "\n")), max_size=20).map("".join))
def test_what_is_kept_holds_no_sentence_and_stays(body: str) -> None:
    kept = keep_shortcodes(body)
    assert all("A word." not in line or line.startswith("## ") for line in kept.splitlines())
    assert keep_shortcodes(kept) == kept
