"""The sample's pages, one row each: the changes and findings that the whole program reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

# No page has their DOIs: the article that the preprint became, the record that `find` finds for the page
# without a DOI, and the paper of the site's owner that `new` lists.
ONLY_MENTIONED = {"love2014-article", "lamport1978", "carberry2008"}

Expected = tuple[str, str, str, Any, Any]


@dataclass(frozen=True)
class Case:
    """A page of the sample and all that the program is to say about it.

    `record` is the name of its record's file. `changes` maps a field to (key, kind, level, old, new).
    `findings` maps a code to a word of the message or evidence; each must be there, those of `may` can be.
    """

    path: str
    record: str | None
    status: str = "same"
    changes: Mapping[str, Expected] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    may: frozenset[str] = frozenset()

    @property
    def safe(self) -> int:
        """Return how many changes `apply` writes by itself."""
        return sum(level == "safe" for _, _, level, _, _ in self.changes.values())


def fill(key: str, new: Any, old: Any = "") -> Expected:  # noqa: ANN401  any value of a front matter
    """Return the change that fills an empty key."""
    return key, "fill", "safe", old, new


def bare(doi: str, typed: str, key: str = "doi") -> Expected:
    """Return the change that takes from a DOI what stands before it."""
    return key, "normalise", "safe", f"{typed}{doi}", doi


def replace(key: str, old: Any, new: Any) -> Expected:  # noqa: ANN401  any value of a front matter
    """Return the change of what a person typed."""
    return key, "replace", "review", old, new


ABSTRACT = (
    "Stand-in text written for this sample: a network that keeps what it has seen, "
    "because gates decide what is kept."
)
FIVE = ["Martin Jinek", "Krzysztof Chylinski", "Ines Fonfara", "Jennifer A. Doudna", "Emmanuelle Charpentier"]

ROWS = {
    "the page this began with: type and DOI mended, authors, journal, date and title found right": Case(
        "content/publication/reyes2024/index.md",
        "reyes2024",
        "changed",
        {
            "publication_types": fill("publication_types", ["2"], ["0"]),
            "doi": bare("10.1182/bloodadvances.2023012066", "https://doi.org/"),
        },
        {"link-other-work": "S2152", "commented-out": "abstract", "mojibake": ""},
    ),
    "TOML in a single file: the journal is filled, the DOI is bare and keeps its capitals": Case(
        "content/publication/altschul1990.md",
        "altschul1990",
        "changed",
        {
            "publication": fill("publication", "*Journal of Molecular Biology*"),
            "doi": bare("10.1016/S0022-2836(05)80360-2", "https://dx.doi.org/"),
        },
    ),
    "the newest form: the DOI is mended where it stands, in hugoblox.ids": Case(
        "content/publications/lecun2015/index.md",
        "lecun2015",
        "changed",
        {"doi": bare("10.1038/nature14539", "https://doi.org/", "hugoblox.ids.doi")},
        may=frozenset({"type-dialect"}),
    ),
    "a preprint that was published: the article's values are offered, and the preprint stays linked": Case(
        "content/publication/love2014/index.md",
        "love2014",
        "changed",
        {
            "doi": replace("doi", "10.1101/002832", "10.1186/s13059-014-0550-8"),
            "date": replace("date", "2014-02-19", "2014-12-05"),
            "publication_types": replace("publication_types", ["3"], ["2"]),
            "publication": replace("publication", "*bioRxiv*", "*Genome Biology*"),
            "links": ("url_preprint", "fill", "review", None, "https://doi.org/10.1101/002832"),
        },
        findings={"published-version": "10.1186/s13059-014-0550-8"},
    ),
    "a retraction from two sources is said once, and RETRACTED: is no part of the title": Case(
        "content/publication/wakefield1998/index.md",
        "wakefield1998",
        findings={"retracted": "10.1016/s0140-6736(10)60175-4"},
    ),
    "commas in a list of names, and capitals in the record, are no difference": Case(
        "content/publication/watson1953/index.md", "watson1953"
    ),
    "a page with a German twin gets the abstract, and is no duplicate": Case(
        "content/publication/hochreiter1997/index.md",
        "hochreiter1997",
        "changed",
        {"abstract": fill("abstract", ABSTRACT)},
    ),
    "the German twin gets the journal, but no English title or abstract": Case(
        "content/publication/hochreiter1997/index.de.md",
        "hochreiter1997",
        "changed",
        {"publication": fill("publication", "*Neural Computation*")},
    ),
    "another paper's DOI: said, and nothing is filled from the wrong record": Case(
        "content/publication/he2016/index.md", "redmon2016", findings={"doi-mismatch": ""}
    ),
    "all is right: a group, an accent and a volume behind the journal are no difference": Case(
        "content/publication/li2009/index.md", "li2009"
    ),
    "empty keys are filled, a month without a day as its first": Case(
        "content/publication/shannon1948/index.md",
        "shannon1948",
        "changed",
        {
            "authors": fill("authors", ["C. E. Shannon"], []),
            "date": fill("date", "1948-07-01"),
            "publication": fill("publication", "*Bell System Technical Journal*"),
        },
    ),
    "a title with `# enrich: keep` stays, the rest of the page is looked after": Case(
        "content/publication/benjamini1995/index.md",
        "benjamini1995",
        "changed",
        {"doi": bare("10.1111/j.2517-6161.1995.tb02031.x", "doi:")},
    ),
    "`enrich: false` leaves the page alone": Case("content/publication/turing1937/index.md", None, "skipped"),
    "what a person typed wrong is shown beside what is right, and waits for a word": Case(
        "content/publication/jinek2012/index.md",
        "jinek2012",
        "changed",
        {
            "authors": replace("authors", FIVE, [*FIVE[:3], "Michael Hauer", *FIVE[3:]]),
            "date": replace("date", "2013-08-17", "2012-06-28"),
        },
        {"authors-differ": "Hauer"},
    ),
    "a page without a DOI: `enrich find` is the next step": Case(
        "content/publication/lamport1978/index.md", None, findings={"doi-missing": "enrich find"}
    ),
    "a slip in the DOI is said together with the likely DOI": Case(
        "content/publication/brin1998/index.md",
        None,
        findings={"doi-invalid": "10.1016/S0169-7552(98)00110-X"},
    ),
}
ALL = tuple(ROWS.values())
CASES = [pytest.param(case, id=name) for name, case in ROWS.items()]
