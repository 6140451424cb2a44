"""A Hugo configuration that another person wrote is a tree of a bounded size, or a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich.site.hugo_config import load_config
from tests.support.made_site import make, page, run
from tests.support.trees import site_of

Files = dict[str, str]
SELF = "&a {inner: *a}\n"
DOUBLED = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}}}\n" for n in range(1, 40))
DOUBLED_LISTS = "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
DEEP, CIRCLE, LARGE = "nested too deeply", "alias that contains itself", "more than 100,000 values"
DIGITS = "a number with thousands of digits"
HEX = f"0x{'f' * 5_000}"


def nest(levels: int, opening: str = '{"a": ', closing: str = "}") -> str:
    """Return mappings in each other, as JSON or as YAML and TOML read them in one line."""
    return opening * levels + "1" + closing * levels


ENDLESS = {
    "a mapping in itself": ({"hugo.yaml": f"params: {SELF}"}, CIRCLE),
    "a list in itself": ({"hugo.yaml": "theme: &a [*a]\n"}, CIRCLE),
    "a circle of two": ({"hugo.yaml": "params: &a {b: &b {c: *a, d: *b}}\n"}, CIRCLE),
    "in two files that are merged": (
        {"hugo.yaml": f"params: {SELF}", "config/_default/params.yaml": SELF},
        CIRCLE,
    ),
    "aliases of aliases": ({"hugo.yaml": DOUBLED}, LARGE),
    "lists of aliases": ({"hugo.yaml": DOUBLED_LISTS}, LARGE),
    "aliases of aliases in two files": (
        {"hugo.yaml": DOUBLED, "config/_default/hugo.yaml": DOUBLED},
        LARGE,
    ),
    "deep JSON": ({"hugo.json": nest(300)}, DEEP),
    "deep YAML": ({"hugo.yaml": nest(300)}, DEEP),
    "deep TOML": ({"hugo.toml": f"a = {nest(300, '{a = ')}"}, DEEP),
    "deep lists": ({"hugo.json": f'{{"theme": {nest(300, "[", "]")}}}'}, DEEP),
    "a huge hexadecimal number": ({"hugo.yaml": f"params: {{x: [{HEX}]}}\n"}, DIGITS),
    "a huge number in TOML": ({"hugo.toml": f"x = {HEX}\n"}, DIGITS),
    "a huge binary number": ({"hugo.toml": f"x = 0b{'1' * 20_000}\n"}, DIGITS),
    "a huge decimal number": ({"hugo.json": f'{{"x": {"9" * 5_000}}}'}, "limit"),
    "a huge number as a key": ({"hugo.yaml": f"? {HEX}\n: 1\n"}, "limit"),
    "deeper than Python's stack": ({"hugo.json": nest(20_000)}, ""),
    "deep in a folder": ({"hugo.yaml": "", "config/_default/module.json": nest(300)}, DEEP),
}
USUAL = {
    "an alias": "a: &a {x: [1, 2]}\nparams: *a\n",
    "an alias ten times": "a: &a {x: 1}\nparams: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n",
    "a merge key": "a: &a {x: 1}\nparams: {<<: *a, y: 2}\n",
    "a hexadecimal number": "params: {x: 0xffffffffffffffffffff}\n",
    "ten levels": f"params: {nest(10)}\n",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_configuration_without_an_end_is_a_note(tmp_path: Path, name: str) -> None:
    files, reason = ENDLESS[name]
    config, notes = load_config(site_of(tmp_path, files).root)
    assert len(notes) == sum(text != "" for text in files.values())
    assert all(reason in note and "cannot be read" in note for note in notes)
    assert not any(config.values())


@pytest.mark.parametrize(
    "name", ["in two files that are merged", "aliases of aliases", "deep JSON", "a huge hexadecimal number"]
)
def test_the_pages_of_such_a_site_are_compared_all_the_same(tmp_path: Path, name: str) -> None:
    files, _ = ENDLESS[name]
    root = make(tmp_path, {**files, "content/publication/a/index.md": page(0)})
    if "hugo.yaml" not in files:
        (root / "hugo.yaml").unlink()
    assert run("apply", root) == 0
    assert "Journal of Made Things" in (root / "content/publication/a/index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", USUAL)
def test_a_usual_alias_is_read(tmp_path: Path, name: str) -> None:
    config, notes = load_config(site_of(tmp_path, {"hugo.yaml": USUAL[name]}).root)
    assert config["params"]
    assert not notes
