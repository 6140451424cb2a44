"""Recognise texts of a record that have no value: placeholders, remarks, truncated texts."""

from __future__ import annotations

import re

from enrich.text.compare import strip_markup

LONGEST_REMARK = 200  # characters; a real abstract that begins like a remark is longer
LONGEST_END = 40  # characters at the end of an abstract that are searched for a cut
SHORTEST_ABSTRACT, SHORT_ABSTRACT = 20, 80  # characters

_PLACEHOLDER_TITLE = re.compile(
    r"^\W*(?:(?:the\s+)?title\s+(?:pending|missing|unavailable|unknown|to\s+be\s+\w+|tba|tbd|not\s+\w+|here)"
    r"|(?:no|missing|unknown|pending|placeholder|dummy|test)\s+title|untitled(?:\s+\w+)?|placeholder|tba|tbd|n/?a"
    r"|(?:insert\s+|(?:article|paper|manuscript|document|your)\s+)?title(?:\s+of\s+(?:the|this|your)\s+\w+|\s+here)?"
    r"|(?:sans\s+titre|sin\s+t[ií]tulo|ohne\s+titel|senza\s+titolo|sem\s+t[ií]tulo|zonder\s+titel|uten\s+tittel"
    r"|utan\s+titel|uden\s+titel|bez\s+(?:tytułu|názvu)|без\s+(?:названия|назви)|無題|无标题|無標題|제목\s*없음)"
    # What a word processor or an upload names a file.
    r"|microsoft\s+(?:word|powerpoint)\s+-\s.*|[\w.() -]{1,80}\.(?:docx?|pdf|tex|odt|rtf|indd)"
    r"|(?:new\s+)?(?:document|manuscript)(?:\s+draft)?|test|error|x{2,}"
    r"|\[?not\s+available\]?|\[?no\s+title(?:\s+available)?\]?|(?:https?://\S*/)?10\.\d{4,9}/\S+|to\s+be\s+(?:announced|determined)|null|none|undefined)"
    r"(?:\W+\d+)?\W*$",
    re.IGNORECASE,
)
_ABSENT = r"(?:not\s+(?:available|provided|supplied|included|applicable)|unavailable|missing|omitted|n/?a)"
_REMARK = re.compile(
    r"^\W*(?:"
    rf"(?:an?\s+|the\s+|this\s+|extended\s+)?(?:abstract|summary)s?\s+(?:is\s+|was\s+|has\s+been\s+|currently\s+)*{_ABSENT}\b"
    r"|(?:there\s+is\s+|has\s+|with\s+)?no\s+(?:abstract|summary)(?=\W*$|\s*[.;:,)\]]"
    r"|\s+(?:is|was|has|exists?|for|in|from|or|and|available|provided|supplied|included|given|found|needed|required|due)\b)"
    r"|no\s+hay\s+(?:un\s+)?(?:resumen|abstract)\b|(?:post|pre)-?print\b\W*(?:\(?\w+\s+version\)?)?\W*$"
    r"|(?:this\s+|the\s+)?content\s+is\s+(?:only\s+)?available|(?:originally\s+|first\s+)?published\s+(?:in|by|as)\s+\S"
    r"|(?:this|the)\s+(?:\w+\s+){1,3}(?:has|have|contains|does\s+not\s+have|did\s+not\s+have)\s+(?:no|an?)\s+abstract"
    r"|(?:inter)?national\s+audience\b|audience\s+(?:inter)?nationale"
    r"|(?:(?:this\s+is\s+)?a\s+|the\s+)?(?:first\s+page\s+)?preview\b|not\s+published\b|an?\s+abstract\s+is\s+not\b"
    r"|(?:click|see|read|view|download)\s+(?:here\b|the\s+(?:full|pdf|article|abstract|text)|full\b|pdf\b)"
    r"|(?:please\s+)?(?:refer\s+to|see)\s+(?:the\s+)?(?:full|pdf|article|publisher|publication|text)"
    r"|(?:kein|keine|ohne)\s+(?:abstract|zusammenfassung)|(?:pas|aucun)\s+(?:de\s+)?résumé|sin\s+resumen"
    r"|abstract\s*\W*$|(?:copyright|©|\(c\))|all\s+rights\s+reserved"
    r"|(?:sem|não\s+há)\s+resumo|n/?a\W*$"
    r"|(?:abstract|zusammenfassung|résumé|resumen|resumo|riassunto)\s+(?:ist\s+)?(?:nicht|non|no|não)\s"
    r"|in\s+lieu\s+of\s+an\s+abstract|html\s+view\s+is\s+not|available\s+(?:from|at|online|on\s+request)\b"
    r"|(?:an?\s+|the\s+)?(?:abstract|summary)\s+(?:of|for|to)\s+(?:this|the)\s+\w+\s+(?:is|was)\b"
    r"|supplement(?:ary|al)\s+(?:data|materials?|information)\s+(?:is|are)\b"
    r"|(?:this|the)\s+(?:article|paper|chapter)\s+(?:was\s+submitted\s+to|is\s+(?:a\s+)?part\s+of|appears?\s+in)\b)",
    re.IGNORECASE,
)
# For a withdrawn paper, the notice replaces the abstract, at any length.
_NOTICE = re.compile(
    r"^\W*(?:this|the)\s+(?:article|paper|chapter|manuscript|preprint|work)\s+(?:has\s+been|was|is)\s+"
    r"(?:\w+\s+)?(?:retracted|withdrawn|removed)\b"
    r"|^\W*(?:the|this)\s+(?:above|following)\b[^.]{0,300}\b(?:retracted|withdrawn|removed)\b"
    r"|^\W*(?:[A-Z]\w+:?\s+)?(?:the\s+)?(?:editors?\b|publishers?\b|authors?\b|journal\b)[^.]{0,120}"
    r"\b(?:retract|withdr[ae]w)\w*\s+(?:of\s+)?(?:this|the|their)\s+(?:above\s+)?"
    r"(?:article|paper|chapter|manuscript|preprint|work|publication|study)\b",
    re.IGNORECASE,
)
# A web page that was deposited instead of an abstract.
_WEB_PAGE = re.compile(
    r"^\W*(?:lorem\s+ipsum\b|(?:error\s+)?(?:40[1-4]|50[0-4])\b\W*(?:error|not\s+found|forbidden|unauthori[sz]ed|bad)"
    r"|(?:page|file|resource|document)\s+not\s+found|access\s+(?:to\s+this\s+\w+\s+)?(?:(?:is|was|has\s+been)\s+)?(?:denied|forbidden)"
    r"|(?:you\s+(?:need|have|must)\b[^.]{0,40}|your\s+browser\b[^.]{0,60}|please\s+(?:enable|turn\s+on)\b[^.]{0,40})"
    r"(?:java\s?script|cookies?|log\s?in|sign\s?in|subscri\w+)|(?:we|this\s+(?:web)?site)\s+uses?\s+cookies)",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)\W*$")
# An excerpt, or a sentence with only its first word left.
_CUT = re.compile(r"(?:\[(?:\.{3}|…)\]|[.!?]\s+(?:Let|Suppose|Assume|Given|Here|If|In|For|The|We))\s*$")
_SENTENCE_END = re.compile(r"[.!?。！？…:;)\]\"”’'»%]\s*$")
# A word that no sentence ends with.
_DANGLING = re.compile(
    r"\b(?:let|the|a|an|of|and|or|for|with|by|to|that|which|is|are|we|where|if|then|such)\s*$", re.IGNORECASE
)
_HOLE = re.compile(
    r"(?<=[a-z,]) {2,}(?=[a-z])|\b(?:the|a|an)\s+(?:and|or|of|is|are|was|were|with|for|from|by)\b(?=\s+[a-z])"
)
_TAG = re.compile(r"<[^<>]*>")


def is_placeholder_title(title: str) -> bool:
    """Return whether a title is a placeholder: "Title Pending 4711", "Untitled"."""
    return bool(_PLACEHOLDER_TITLE.match(strip_markup(title)))


def is_no_abstract(text: str) -> bool:
    """Return whether an abstract is too short, about itself, a notice of withdrawal, or cut."""
    plain = strip_markup(text)
    end = plain[-LONGEST_END:]
    if len(plain) < SHORTEST_ABSTRACT or _NOTICE.match(plain) or _CUT.search(end) or _DANGLING.search(end):
        return True
    if (len(plain) <= LONGEST_REMARK and _REMARK.match(plain)) or _WEB_PAGE.match(plain):
        return True
    return len(plain) < SHORT_ABSTRACT and not _SENTENCE_END.search(plain)  # a heading, or a cut


def is_cut_short(text: str) -> bool:
    """Return whether an abstract ends in an ellipsis, so that its end may be missing."""
    return bool(_ELLIPSIS.search(strip_markup(text)[-LONGEST_END:]))


def has_lost_words(text: str) -> bool:
    """Return whether words of an abstract were lost in a sentence: two spaces, or "the and" in a row."""
    return any(_HOLE.search(line) for line in _TAG.sub("", text).splitlines())
