"""Mend the white space that markup left behind: indentation around tags, words glued to a tag."""

from __future__ import annotations

import re

from enrich.text.scripts import EM, EM_END, FORMULA, GLUE, MARKS, STRONG, STRONG_END, SUB, SUB_END, SUP, SUP_END

_ENDS = f"[{EM_END}{STRONG_END}{SUB_END}{SUP_END}]"
_SMALL_WORDS = "of|in|the|and|for|with|from|by|to|on|at|an|is|are|that|between|against|into|using|via"

# Each rule with what it mends; `\n` stands for a pretty-printed record's line end and indent.
_RULES = (
    # "CO\n <sub>2</sub>", and "CO <sub>2</sub>": nothing is below nothing; but "of <sup>13</sup>C" stays
    (re.compile(rf"\s*\n\s*(?=[{SUB}{SUP}])|(?<=[^\W_]) +(?={SUB})|(?<=[)\]]) +(?={SUB})"), ""),
    # "10 <sup>3</sup> cells", "s <sup>−1</sup>"; but "at 90 <sup>3</sup>He"
    (re.compile(rf"(?<=\w) +(?={SUP}[+−–‐-])|(?<=\d) +(?={SUP}\d+{SUP_END}(?![A-Z]))"), ""),
    # "Hg<sub>3</sub>\n Se\n <sub>2</sub>": an element's symbol goes on, a word does not
    (re.compile(rf"(?<=[{SUB_END}{SUP_END}])\s*\n\s*(?=[A-Z][a-z]?[{SUB}{SUP}])"), ""),
    # "(\n <i>KRAS</i>\n /\n <i>NRAS</i>\n )", ", edited by" on its own line
    (re.compile(r"\s*\n\s*(?=[,.;:)\]?!])"), ""),
    (re.compile(rf"(?<=[(\[/])\s*\n\s*(?={GLUE})|(?<={GLUE})\s*\n\s*(?=/)"), ""),
    # "<scp>L</scp>\n-histidine", "Fulcher-\n<math>α</math>"
    (re.compile(rf"(?<={GLUE})\s*\n\s*(?=[-‐]\w)|(?<=\w[-‐])\s*\n\s*(?={GLUE})"), ""),
)
# "As\n 2\n S\n 3\n in": a record that lost its tags, but not their indentation
_LOST_SCRIPT = re.compile(r"(?<=[A-Za-z])\n {8,}(\d{1,2})\n {8,}(?=([A-Z][a-z]?\n {8,}\d)?)")
# "of<i>Saccharomyces cerevisiae</i>has", "an<scp>R</scp>package": who lost a space before a tag lost it behind.
_BOTH_SIDES = re.compile(rf"\b({_SMALL_WORDS})({GLUE}[^{GLUE}]*{GLUE})(?=([A-Za-z])?)", re.IGNORECASE)
_AFTER_NAME = re.compile(rf"({GLUE}[{EM}{STRONG}]?[^{GLUE}]*\w \w[^{GLUE}]*{GLUE})(?=[a-z]{{2}}|[A-Z])")
# "genus<i>Chalcides</i>", "<i>Thylacinus</i>(Marsupialia", "AT<sub>1</sub>Receptor", "<sup>−/−</sup>mice"
_CAPITALISED = re.compile(
    rf"(?<=[a-z]{{3}})(?={GLUE}{EM}[A-Z][a-z]{{3}})|(?<=[a-z]{{3}}{EM_END}{GLUE})(?=\([A-Z][a-z]{{3}})"
    rf"|(?<=[{SUB_END}{SUP_END}])(?=[A-Z][a-z]{{4}})|(?<=\D{SUP_END})(?=[a-z]{{4}})"
)
# "the<math>N=88</math>nucleus": a formula is a word of its own, but "C₂M" and "nth" are one.
_BEFORE_FORMULA = re.compile(rf"(?<=[a-z][a-z])(?={GLUE}{FORMULA})|(?<=\b[A-Z][a-z])(?={GLUE}{FORMULA})")
_AFTER_FORMULA = re.compile(rf"(?<={FORMULA}{GLUE})(?=[A-Za-z][a-z]{{2}}|(?:of|in|is|to|at|by)\b)")


def mend_spaces(text: str) -> str:
    """Return a marked text on one line, its words apart and its formulas together."""
    if "\n" in text:
        text = _LOST_SCRIPT.sub(lambda found: found[1] if found[2] else found[1] + " ", text)
        for pattern, replacement in _RULES:
            text = pattern.sub(replacement, text)
    elif " " + SUB in text or " " + SUP in text:
        for pattern, replacement in _RULES[:2]:
            text = pattern.sub(replacement, text)
    if MARKS.search(text):
        text = _CAPITALISED.sub(" ", _AFTER_NAME.sub(r"\1 ", _BOTH_SIDES.sub(_apart, text)))
        text = _AFTER_FORMULA.sub(" ", _BEFORE_FORMULA.sub(" ", text))
    return " ".join(text.replace(GLUE, "").split())


def _apart(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]}{' ' if found[3] else ''}"
