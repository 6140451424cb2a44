"""`publication` as a mapping, as the newest templates have it: each key that is there, as people write it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.comparisons import WORK, judged

RECORD = replace(
    WORK,
    type="journal-article",
    container_titles=("Blood Advances",),
    container_titles_short=("Blood Adv",),
    volume="8",
    issue="9",
    page="2207-2216",
    publisher="American Society of Hematology",
)
PAGE = """\
---
title: "{title}"
doi: {doi}
publication:
  {key}: {value}
---
"""


def propose(key: str, value: str, **policies: str) -> list[tuple[str, object]]:
    """Return the kinds and new values of the changes to a key of the mapping."""
    text = PAGE.format(title=RECORD.titles[0], doi=RECORD.doi, key=key, value=value)
    found = judged(text, RECORD, policies=policies or None)  # type: ignore[arg-type]
    return [(change.kind, change.new) for change in found.changes if change.path[-1] == key]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("name", "Blood Adv.", id="the journal, shortened"),
        pytest.param("volume", "Vol. 8", id="the volume"),
        pytest.param("issue", "No. 9", id="the issue"),
        pytest.param("pages", "pp. 2207–16", id="the pages, shortened"),
        pytest.param("publisher", "Hematology", id="a part of the publisher's name"),
        pytest.param("short_name", '""', id="the short name, which is off"),
    ],
)
def test_nothing_to_say(key: str, value: str) -> None:
    assert propose(key, value) == []


@pytest.mark.parametrize(
    ("key", "value", "kind", "new"),
    [
        pytest.param("volume", '""', "fill", "8", id="an empty volume"),
        pytest.param("volume", "9", "replace", "8", id="another volume"),
        pytest.param("pages", "2207-2217", "replace", "2207-2216", id="other pages"),
    ],
)
def test_values_that_differ(key: str, value: str, kind: str, new: str) -> None:
    assert [(found, str(getattr(text, "text", text))) for found, text in propose(key, value)] == [(kind, new)]


def test_the_short_name_follows_the_policy_of_the_short_journal() -> None:
    policies = {"publication": "fill", "publication_short": "fill"}
    assert [kind for kind, _ in propose("short_name", '""', **policies)] == ["fill"]
