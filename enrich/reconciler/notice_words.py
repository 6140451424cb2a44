"""The words for corrections and retractions in the languages of journals, and the words that follow them."""

from __future__ import annotations

import re

from enrich.reconciler.retraction_words import join_pattern

_PUBLISHERS_OWN = (
    r"(?:(?:author|publisher|editor|editorial|journal|amended|published)(?:['’]s|s['’]|['’])?\s+)?"
)
_NOTE = r"(?:notice|statement|note|nota|aviso?|avviso|mitteilung)"
LEAD = rf"(?:{_NOTE}\s+(?:of|de|di|d['’]|über)\s*)?"
TAIL = rf"(?:\s*(?:{_NOTE}|声明|聲明|公告|通知|告知|のお知らせ|について|공지))?"
_WORDS_FOR_CORRECTION = (
    r"corrections?|corr[ei]gend(?:um|a|ums)|errat(?:um|a|ums)|addend(?:um|a)|clarifications?"
    r"|corrected\s+(?:article|version)|berichtigung(?:en)?|korrektur(?:en)?|korrigend(?:um|a)|richtigstellung"
    r"|rectificati(?:fs?|ons?|e)|fe\s+de\s+err(?:at|or)(?:as?|es)|rectificaci[óo]n(?:es)?|correcci[óo]n(?:es)?"
    r"|aclaraci[óo]n(?:es)?|corre[çc](?:ão|ões)|retifica[çc](?:ão|ões)|errata\s+corrige|correzion[ei]|rettific(?:a|he)"
    r"|correctie|исправлени[ея]|поправк[аи]|опечатк[аи]|勘误|勘誤|更正|訂正|正誤表|修正|정정|정오표"
)
CORRECTIONS = (
    rf"{LEAD}{_PUBLISHERS_OWN}(?:{_WORDS_FOR_CORRECTION}){TAIL}"
    r"|(?:publisher|editor|editorial)(?:['’]?s|s['’])?\s+note"
)
RETRACTIONS = join_pattern("retraction", "withdrawal", "concern")
_ARTICLE = (
    r"(?:\s*(?:\b(?:the|this|our|la|le|el|il|lo|o|do|dem|den|der|das|des|het)\s+|l['’]\s*)?"
    r"(?:(?:original|published)\s+)?(?:article|paper|artículo|articulo|artigo|articolo|artikel|beitrag|статье|статьи)\b"
    r"(?:\s+(?:titled|entitled|intitulé|titulado|intitulado|intitolato))?)?"
)
_QUOTE_OPENS = r"[\"“‘«„『「《‹]"
# A preposition, and perhaps the words "the article", before the title of the work.
OF = (
    rf"(?:\s+(?:to|of|for|on|in(?=\s+(?:(?:the|this)\s+(?:article|paper)\b|{_QUOTE_OPENS}))|from|about|regarding|concerning|re|de|del|della|dell['’]|du|des|di|do|da|a|al|à|au|aux"
    rf"|von|zum?|zur|van|bij|op|к|в)(?:(?<=['’])|\b)|(?=\s+стат)){_ARTICLE}\s*:?\s*"
)
AFTER_NOTICE = rf"{OF}|\s*[:：–—]\s*|\s+-\s+|\s*(?={_QUOTE_OPENS})"
_QUOTED_TITLE = re.compile(rf"^{_QUOTE_OPENS}\s*(.{{9,}}?)\s*[\"”’»“‘』」》›](?:\W|$)", re.DOTALL)

# The journal, volume and year of the work, in brackets after its title.
_PLACE_BEHIND = re.compile(r"\s[\[(][^\[\]()]*(?:\([^()]*\)[^\[\]()]*)?[\])]\W*$")
LONGEST_PLACE = 200  # characters
_QUOTATION_MARKS = ' "“”‘’«»„『「》《』」‹›'


def unquote_title(about: str) -> str:
    """Return a title without its quotation marks and what follows them: "“…” [J. Fish Biol. 3 (2010)]"."""
    if quoted := _QUOTED_TITLE.match(about):
        return quoted[1]
    place = _PLACE_BEHIND.search(about, max(0, len(about) - LONGEST_PLACE))
    has_place = place is not None and any(map(str.isdecimal, place[0]))
    return (about[: place.start()] if place and has_place else about).strip(_QUOTATION_MARKS)
