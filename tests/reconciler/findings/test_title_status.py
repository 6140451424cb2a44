"""The status that publishers write before or behind a title, and titles that only look like it."""

from __future__ import annotations

import pytest

from enrich.reconciler.findings.title_status import split_status

TITLE = "Effects of light on pond snails"
BEFORE = {
    "retracted": (
        "RETRACTED: ", "Retracted: ", "RETRACTED ARTICLE: ", "RETRACTED CHAPTER: ", "Retracted Paper - ",
        "[RETRACTED] ", "(Retracted) ", "[Retracted article] ", "RETRACTED ARTICLE—", "RETRACTED–",
        "RETRACTED ", "RETRACTED. ", "**RETRACTED**: ", "**RETRACTED** ", "__Retracted__: ",
        "**[Retracted]** ",
        '<span style="color: red">RETRACTED ARTICLE</span>: ', "<b>RETRACTED</b> ", "Artículo retractado: ",
        "Article rétracté : ", "Zurückgezogen: ", "【撤回】", "撤稿：", "Статья отозвана: ",
        "RETRACTION: ", "Retraction: ", "Retraction Note: ", "Retraction Note to: ", "Retraction notice to: ",
        "Statement of Retraction: ", "Notice of Retraction: ", "Notice of Retraction ", "Article Retracted: ",
        "Tilbagetrukket: ", "WYCOFANO: ", "Ritirato: ", "Відкликано: ", "撤稿: ", "[철회] ", "已撤销：",
        "Visszavont cikk: ",
        "Retracted and republished: ", "RETRACTED AND REPLACED: ", "Retracted by the authors: ",
        "This article has been retracted: ", "RETRACTED:\n            ", "<b>RETRACTED:</b> ",
    ),
    "withdrawn": (
        "WITHDRAWN: ", "Withdrawn: ", "Withdrawn Article: ", "[WITHDRAWN] ", "WITHDRAWAL: ", "REMOVAL: ",
        "REMOVED: ", "Removed: ", "TEMPORARY REMOVAL: ", "Temporary Removal: ", "STATEMENT OF REMOVAL: ",
        "Statement of Withdrawal: ", "Notice of Removal: ", "Withdrawal Notice: ", "Withdrawn - ",
    ),
    "expression-of-concern": (
        "Expression of Concern: ", "EXPRESSION OF CONCERN: ", "Editorial Expression of Concern: ",
        "Publisher's Note: Expression of Concern: ", "Expression of Editorial Concern: ",
        "Statement of concern: ",
        "Editors' Expression of Concern: ", "Notice of Violation of IEEE Publication Principles: ",
        "Notice of concern: ", "Expresión de preocupación: ", "Expressão de preocupação: ",
    ),
    "corrected": ("Partial Retraction: ", "PARTIALLY RETRACTED: ", "REINSTATED: "),
}  # fmt: skip
BEHIND = {
    "retracted": (
        " [RETRACTED]", " (Retracted)", " (RETRACTED ARTICLE)", " - RETRACTED", ": RETRACTED", ". RETRACTED",
        " (Retracted article. See vol. 12, pg. 3, 2010)", " [Retraction]", " **RETRACTED**", " RETRACTED",
        " <b>RETRACTED ARTICLE</b>",
    ),
    "withdrawn": (" (Withdrawn)", " [WITHDRAWN]", " – withdrawn", " (temporary removal)"),
    "expression-of-concern": (" [Expression of Concern]", " (Editorial Expression of Concern)"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "status"), [(code, text) for code in BEFORE for text in BEFORE[code]])
def test_a_status_before_a_title(code: str, status: str) -> None:
    assert split_status(f"{status}{TITLE}") == (code, TITLE)


@pytest.mark.parametrize(("code", "status"), [(code, text) for code in BEHIND for text in BEHIND[code]])
def test_a_status_after_a_title(code: str, status: str) -> None:
    assert split_status(f"{TITLE}{status}") == (code, TITLE)


def test_a_status_on_both_sides() -> None:
    assert split_status(f"RETRACTED: {TITLE} [RETRACTED ARTICLE]") == ("retracted", TITLE)


@pytest.mark.parametrize(("title", "code"), [("WITHDRAWN", "withdrawn"), ("Retracted article.", "retracted")])
def test_a_title_that_is_only_a_status(title: str, code: str) -> None:
    assert split_status(title) == (code, "")


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "",
        "Withdrawal: a qualitative study of tapering",
        "Removal: how streets lose their trees",
        "WITHDRAWAL: AN ETHICAL STUDY OF INTENSIVE CARE",
        "Removal of heavy metals from water: a review",
        "REMOVAL OF ARSENIC FROM WATER",
        "Retraction of the front teeth: a canine model",
        "Removed from home: a study of children in care",
        "Withdrawn from the world: monks of the sixth century",
        "*Withdrawn* from the world",
        "WHY PAPERS ARE RETRACTED",
        "Why papers are retracted",
        "Alcohol withdrawal",
        "The effect of soil removal (a field study)",
        "Voltage violations: a survey",
        "Book Notices",
        "Important Notice",
        "An expression of concern in Latin letters",
        "(Re)moved: migration and memory",
        "Retracted: whose names vanish from indexes",
        "Withdrawn: monks, hermits and their dogs",
        "Отзыв: о книге про маяки",
        "Retiro: pensiones de los marineros",
        "Rückzug: Wege aus dem Hafen",
    ],
)
def test_a_noun_that_belongs_to_the_title_is_not_a_status(title: str) -> None:
    assert split_status(title) == (None, title)


@pytest.mark.parametrize("name", ["mRNA of snails", "p53 in snails", "n-3 fats in snails", "eDNA of snails"])
def test_a_name_in_lower_case_does_not_continue_a_phrase(name: str) -> None:
    assert split_status(f"Retracted: {name}") == ("retracted", name)
