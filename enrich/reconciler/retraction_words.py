"""The words with which journals say, in each language, that an article was retracted or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RetractionWords:
    """The words of one language; in each text, white space separates them."""

    retracted: str
    """Participles that are a status on their own: "RETRACTED: …"."""
    withdrawn: str = ""
    """Participles that are a status beside a word for an article, or around the title of the page."""
    retraction: str = ""
    """Nouns for a retraction, as patterns; `_` is white space."""
    withdrawal: str = ""
    """Nouns for a withdrawal, in the same way."""
    concern: str = ""
    """Nouns for an expression of concern, in the same way."""
    article: str = ""
    """Words for what was retracted."""
    small: str = ""
    """The other words of such a status: "was", "by the editor"."""


_BY_LANGUAGE = {
    "en": RetractionWords(
        "retracted",
        "withdrawn removed",
        r"retract\w{1,4}",
        r"(?:withdraw|remov)\w{1,4}",
        r"(?:editorial\s+|editors?['’]?s?['’]?\s+)?(?:expressions?|notes?|notices?|statements?)\s+of\s+concern",
        "article chapter paper preprint publication version",
        "a an and at author authors been by editor editors has is it journal online permanently publisher"
        " replaced republished request temporarily the this was",
    ),
    "de": RetractionWords(
        "zurückgezogen zurückgezogener zurückgezogenes",
        "entfernt",
        "zur[üu]cknahme zur[üu]ckziehung r[üu]ckzug retraktion widerruf",
        article="artikel beitrag",
        small="der diese dieser mit von wurde",
    ),
    "fr": RetractionWords(
        "rétracté rétractée",
        "retiré retirée",
        "r[ée]tractation",
        "retrait",
        article="article",
        small="a cet est été l le par",
    ),
    "es": RetractionWords(
        "retractado retractada retraído",
        "retirado retirada",
        "retractaci[óo]n retracci[óo]n",
        "retiro retirada",
        "expresi[óo]n_de_(?:preocupaci[óo]n|inquietud)",
        "artículo articulo artículos",
        "ha sido el está este fue",
    ),
    "pt": RetractionWords(
        "retratado retratada",
        "retirado retirada",
        "retrata[çc][ãa]o",
        concern="express[ãa]o_de_preocupa[çc][ãa]o",
        article="artigo",
        small="este foi o",
    ),
    "it": RetractionWords(
        "ritrattato ritrattata ritirato ritirata",
        retraction="ritrattazione ritiro",
        concern="espressione_di_preoccupazione",
        article="articolo",
        small="è stato questo",
    ),
    "nl": RetractionWords(
        "ingetrokken teruggetrokken", "verwijderd", "intrekking", article="artikel", small="dit is"
    ),
    "da": RetractionWords(
        "tilbagetrukket tilbagekaldt",
        retraction="tilbagetr[æe]kning",
        article="artikel artiklen",
        small="denne er",
    ),
    "no": RetractionWords("trukket", retraction="tilbaketrekking", article="artikkelen", small="tilbake"),
    "sv": RetractionWords(
        "tillbakadragen tillbakadraget", retraction="tillbakadragande", small="är artikeln"
    ),
    "fi": RetractionWords("vetäytynyt poisvedetty", article="artikkeli", small="vedetty takaisin"),
    "pl": RetractionWords("wycofany wycofano wycofana", retraction="wycofanie", article="artykuł"),
    "cs": RetractionWords("stažen stažený retrahováno", retraction="stažení", article="článek"),
    "hu": RetractionWords("visszavont visszavonva", retraction="visszavonás", article="cikk"),
    "tr": RetractionWords("çekildi çekilmiştir çekilen", article="makale", small="geri"),
    # "Отзыв" alone is a review: only that of an article ("отзыв статьи") is a retraction.
    "ru": RetractionWords(
        "отозвана отозвано отозванная ретрагирована",
        retraction=r"ретракция ретрагирование отзыв(?=\s+стат)",
        article="статья",
        small="была эта по просьбе авторов редакции",
    ),
    "uk": RetractionWords("відкликано відкликана", retraction="відкликання", article="стаття"),
    "ar": RetractionWords("مسحوب مسحوبة", retraction="سحب"),
    "zh": RetractionWords("撤稿 已撤稿 已撤销 已撤銷 撤销 撤銷", retraction="撤稿 撤销 撤銷"),
    "ja": RetractionWords("撤回 撤回論文 論文撤回 撤回済み", retraction="撤回"),
    "ko": RetractionWords("철회 철회된", retraction="철회", article="논문"),
}


def list_words(attribute: str, *, without: str = "") -> tuple[str, ...]:
    """Return the words under an attribute in all languages, each once; the longest first."""
    return tuple(sorted(dict.fromkeys(_iterate_words(attribute, without)), key=len, reverse=True))


def _iterate_words(attribute: str, without: str) -> Iterator[str]:
    for language, words in _BY_LANGUAGE.items():
        if language != without:
            yield from getattr(words, attribute).split(" ")


def join_pattern(*attributes: str, without: str = "") -> str:
    """Return a pattern for any of the words under the attributes."""
    words = (word for attribute in attributes for word in list_words(attribute, without=without) if word)
    return "|".join(word.replace("_", r"\s+") for word in words)
