"""Patterns of damaged DOIs: their repairs, and the reasons why a value is not a DOI."""

from __future__ import annotations

import re

# What people type, and its replacement.
REPAIRS = (
    (re.compile(r"^0?\.(?=\d{4,9}/)"), "10."),  # 0.1145/3025453
    (re.compile(r"^1(?=10\.\d{4,9}/)"), ""),  # 110.1007/978-3
    (re.compile(r"^10\s*[.,:;]\s*(?=\d{4})"), "10."),  # 10,1145/3025453 and 10. 1145/3025453
    (re.compile(r"(?<=^10\.\d{4})\\"), "/"),
    (re.compile(r"\\?textunderscore\s*|\\_"), "_"),  # a BibTeX exporter's underscore
    (re.compile(r"[\u2010-\u2015\u2212]"), "-"),
    (re.compile(r"\s*([/.:_-])\s*"), r"\1"),  # 10.1007/ 978-3
    (re.compile(r"(?<=[^/])https?:.*$"), ""),
    (re.compile(r"^[\s<\[({\"'“‘]+|[\s>\])}\"'”’.,;]+$"), ""),
)
REASONS = (
    (re.compile(r"(?:pm(?:id|cid|c)\s*:?\s*)?\d{5,9}", re.IGNORECASE), "it is a number, perhaps a PubMed ID"),
    (re.compile(r"10\.\d{4,9}/?"), "it has nothing after the prefix"),
    (re.compile(r"10\.\d{0,3}/.*"), "10. is followed by fewer than four digits"),
    (re.compile(r"(?:\S+\s+){3,}.*", re.DOTALL), "it is a sentence"),
    (re.compile(r"[^\W\d][^\d/]*"), "it is a word or a remark"),
    (re.compile(r"10\.\d{4,9}/[^\s#?%]+[#?%].*"), "the part after #, ? or % belongs to an address"),
    (re.compile(r"10\..*"), "it has characters that no DOI has"),
)
