"""Repair the white space around markup: indentation around tags, words without a space before a tag."""

from __future__ import annotations

import re
from typing import NamedTuple

from enrich.text.inline_marks import (
    EM,
    FORMULA,
    GLUE,
    MARKS,
    STRONG,
    SUB,
    SUB_END,
    SUP,
    SUP_END,
)

# When these patterns apply, one `\n` replaces a line end and the indentation after it.
_LINE_END = re.compile(r"(?<![ \t])[ \t]*+\n\s*")
_INDENTED = (
    # "CO\n <sub>2</sub>"
    (re.compile(rf"\n(?=[{SUB}{SUP}])"), ""),
    # "Hg<sub>3</sub>\n Se\n <sub>2</sub>": the symbol of an element continues the formula, a word does not
    (re.compile(rf"\n(?<=[{SUB_END}{SUP_END}]\n)(?=[A-Z][a-z]?[{SUB}{SUP}])"), ""),
    # "(\n <i>KRAS</i>\n /\n <i>NRAS</i>\n )", ", edited by" on its own line
    (re.compile(rf"\n(?:(?=[,.;:)\]?!])|(?<=[(\[/]\n)(?={GLUE})|(?<={GLUE}\n)(?=/))"), ""),
    # "<scp>L</scp>\n-histidine", "Fulcher-\n<math>α</math>"
    (re.compile(rf"\n(?:(?<={GLUE}\n)(?=[-‐]\w)|(?<=\w[-‐]\n)(?={GLUE}))"), ""),
)
# "As\n 2\n S\n 3\n in": a record that lost its tags, but not their indentation
_LOST_SCRIPT = re.compile(r"\n(?<=[A-Za-z]\n) {8,}(\d{1,2})\n {8,}(?=([A-Z][a-z]?\n {8,}\d)?)")
_SPACED_SCRIPTS = (
    # "CO <sub>2</sub>": a subscript belongs to the text before it
    (re.compile(rf" (?={SUB})(?<=[^\W_] )"), ""),
    # "10 <sup>3</sup> cells", "s <sup>−1</sup>"; but "at 90 <sup>3</sup>He"
    (re.compile(rf" (?={SUP})(?:(?<=\w )(?={SUP}[+−–‐-])|(?<=\d )(?={SUP}\d+{SUP_END}(?![A-Z])))"), ""),
)

# The text between two tags, and the words beside it. Restore a space only if it was certainly lost.
_TAGGED = re.compile(f"{GLUE}([^{GLUE}]*){GLUE}")
_SMALL = "an|and|are|as|at|be|between|by|for|from|if|in|into|is|of|on|or|that|the|to|using|via|was|we|with"
_SMALL_BEFORE = re.compile(rf"(?<![^\W_])(?:{_SMALL})$", re.IGNORECASE)
_AFTER_STOP = re.compile(r"[a-z)%][.,;]$|^[,;]$")
# as in "of<i>Saccharomyces cerevisiae</i>has" and "genus<i>Chalcides</i>" and "<i>Thylacinus</i>(Marsupialia"
_WORD_BEFORE = re.compile(r"[a-z]{3}$")
_NAME = re.compile(f"[{EM}{STRONG}][A-Z][a-z]{{3}}")
_WORDS = re.compile(r"[\w.] \w")
# "<i>Primulina</i>species", but "<i>Drosophila</i>s" and "<i>Trans</i>forming"
_LONG_NAME = re.compile(f"[{EM}{STRONG}][A-Z][a-z]{{7,}}.$")
_LONG_WORD_AFTER = re.compile(r"[a-z]{5}")
_AFTER_NAME = re.compile(r"[a-z]{2}|[A-Z]")
_AFTER_WORD = re.compile(r"\([A-Z][a-z]{3}")
# "comprising<i>β</i>-sheets", "conventional<i>t</i>-test", "<i>cp4epsps2</i>and"
_LONG_WORD_BEFORE = re.compile(r"[a-z]{4}$")
_VARIABLE = re.compile(f"[{EM}{STRONG}](?:[α-ω].|[a-z].$)")
_CONJUNCTION = re.compile(r"(?:and|are|for|from|is|or|the|was|were|with)\b")
# "the<math>N=88</math>nucleus": a formula is a word of its own, but not in "C₂M" and "nth"
_BEFORE_FORMULA = re.compile(r"[a-z]{2}$|(?<![^\W_])[A-Z][a-z]$")
_AFTER_FORMULA = re.compile(rf"[A-Za-z][a-z]{{2}}|(?:{_SMALL})\b|\([a-z]{{2}}")
# "AT<sub>1</sub>Receptor", "K<sup>+</sup>and", "<sup>−/−</sup>mice"
_AFTER_SCRIPT = re.compile(
    rf"[{SUB_END}{SUP_END}](?=[A-Z][a-z]{{4}}|(?:{_SMALL})\b)|{SUP_END}(?<=\D{SUP_END})(?=[a-z]{{4}})"
)


def mend_spaces(text: str) -> str:
    """Return a marked text on one line, with spaces between its words and none inside its formulas."""
    if "\n" in text:
        text = _LOST_SCRIPT.sub(lambda found: found[1] if found[2] else found[1] + " ", text)
        text = _LINE_END.sub("\n", text)
        for pattern, replacement in _INDENTED:
            text = pattern.sub(replacement, text)
    if " " + SUB in text or " " + SUP in text:
        for pattern, replacement in _SPACED_SCRIPTS:
            text = pattern.sub(replacement, text)
    if MARKS.search(text):
        text = _separate_words(_AFTER_SCRIPT.sub(r"\g<0> ", text)).replace(GLUE, "")
    return " ".join(text.split())


class _Tagged(NamedTuple):
    """The text between two tags, and its two sides."""

    before: str
    """The text before the first tag."""
    inner: str
    """The text between the tags."""
    after: str
    """The text after the second tag."""


def _separate_words(text: str) -> str:
    """Restore the spaces beside emphasis and formulas that a publisher's tools lost."""
    pieces = _TAGGED.split(text)  # text, inner, text, inner … text
    tags = [_Tagged(*pieces[at - 1 : at + 2]) for at in range(1, len(pieces), 2)]
    emphasised = [tag for tag in tags if tag.inner[:1] in (EM, STRONG)]
    # "determine if<i>Chlamydia</i>infection": if no emphasis has a space beside it, all were lost
    lost = sum(map(_touches_letter, emphasised)) > 1 and not any(map(_has_space, emphasised))
    parts = pieces[:1]
    for tag in tags:
        parts += [
            " " * _lacks_before(tag, lost=lost),
            tag.inner,
            " " * _lacks_after(tag, lost=lost),
            tag.after,
        ]
    return "".join(parts)


def _has_space(tag: _Tagged) -> bool:
    return (
        tag.before[-1:].isspace()
        or tag.after[:1].isspace()
        or tag.inner[:1].isspace()
        or tag.inner[-1:].isspace()
    )


def _touches_letter(tag: _Tagged) -> bool:
    return _is_word(tag) and (tag.before[-1:].isalpha() or tag.after[:1].isalpha())


def _is_word(tag: _Tagged) -> bool:
    word = tag.inner[1:-1]
    return len(word) > 2 and word[0].isalpha() and word[-1].isalpha()


def _lacks_before(tag: _Tagged, *, lost: bool) -> bool:
    before = tag.before[-12:]
    if _AFTER_STOP.search(before):
        return tag.inner[:1] in (EM, STRONG, FORMULA)
    if FORMULA in tag.inner:
        return bool(_BEFORE_FORMULA.search(before))
    if _SMALL_BEFORE.search(before) or (_WORD_BEFORE.search(before) and _NAME.match(tag.inner)):
        return True
    if _LONG_WORD_BEFORE.search(before) and _VARIABLE.match(tag.inner):
        return tag.after[:1] in "- " or tag.inner[1] > "\xff"
    return lost and before[-1:].isalpha() and _is_word(tag)


def _lacks_after(tag: _Tagged, *, lost: bool) -> bool:
    after = tag.after[:12]
    if FORMULA in tag.inner:
        return bool(_AFTER_FORMULA.match(after))
    if after[:1].isalpha() and _SMALL_BEFORE.search(tag.before[-12:]):
        return True  # a tool that lost the space before a tag lost the one after it too
    if _WORDS.search(tag.inner) and _AFTER_NAME.match(after):
        return True
    if _is_word(tag) and _CONJUNCTION.match(after):
        return True
    if _LONG_NAME.match(tag.inner) and _LONG_WORD_AFTER.match(after):
        return True
    if _AFTER_WORD.match(after) and _WORD_BEFORE.search(tag.inner[:-1]):
        return True
    return lost and after[:1].isalpha() and _is_word(tag)
