"""Sets of contrary words: titles that differ in a word of one set belong to two works."""

from __future__ import annotations

import re

# A team writes "… in men" and "… in women", "… in mice" and "… in rats", often in one year.
_SETS = tuple(
    frozenset(words.split())
    for words in (
        "men women boys girls", "male female", "males females", "mother father", "maternal paternal",
        "child adult", "children adults adolescents infants newborns neonates", "young old", "younger older",
        "human mouse rat murine bovine porcine canine zebrafish drosophila yeast",
        "humans mice rats pigs dogs cats rabbits monkeys cattle sheep horses",
        "with without", "before after", "left right", "upper lower", "inner outer", "front rear", "high low",
        "higher lower", "anterior posterior", "dorsal ventral", "medial lateral", "proximal distal",
        "north south east west", "northern southern eastern western", "spring summer autumn winter",
        "january february march april may june july august september october november december",
        "morning evening", "day night", "vivo vitro silico", "acute chronic", "benign malignant",
        "early late", "positive negative", "primary secondary tertiary", "systolic diastolic",
        "bacterial viral fungal",
        "bacteria viruses fungi", "urban rural", "public private", "wet dry", "hot cold", "warm cold",
        "proton neutron electron photon", "small large", "short long", "single double triple", "rich poor",
        "local global", "static dynamic", "discrete continuous", "finite infinite", "symmetric asymmetric",
        "increase decrease", "increases decreases", "increased decreased", "gain loss", "import export",
        "mit ohne", "frauen männer", "kinder erwachsene", "avec sans", "femmes hommes", "con sin",
        "mujeres hombres",
    )
)  # fmt: skip
_PREFIXES = (
    ("pre", "post"), ("hyper", "hypo"), ("intra", "extra"), ("intra", "inter"), ("endo", "exo"),
    ("macro", "micro"), ("over", "under"), ("up", "down"), ("non", ""), ("un", ""), ("homo", "hetero"),
    ("mono", "multi"), ("mono", "bi"), ("uni", "bi"), ("bi", "tri"), ("uni", "multi"), ("iso", "aniso"),
)  # fmt: skip
SHORTEST_STEM = 5  # letters after a prefix


def have_contrary_words(title: str, other: str) -> bool:
    """Return whether one title has a word where the other has its contrary: "in men", "in women"."""
    words, others = (set(re.findall(r"[^\W\d_]+", text.casefold())) for text in (title, other))
    only, only_other = words - others, others - words
    return any(group & only and group & only_other for group in _SETS) or any(
        _replace_prefix(word, pair) & only_other for word in only for pair in _PREFIXES
    )


def _replace_prefix(word: str, pair: tuple[str, str]) -> set[str]:
    """Return the word with the contrary prefix, in both directions."""
    found = (
        (word.removeprefix(prefix), contrary)
        for prefix, contrary in (pair, pair[::-1])
        if word.startswith(prefix)
    )
    return {contrary + stem for stem, contrary in found if len(stem) >= SHORTEST_STEM}
