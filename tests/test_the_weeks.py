"""The weeks of a site under the workflow of `enrich init --workflow`, from the first run to a closed request.

tests/the_weeks.md tells them whole: what each job says and how it ends, what it asks of `gh`, the log of git,
and the text of the pull request. `python -m tests.test_the_weeks` prints them as they are now.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.sample import ROOT
from tests.support.stand_in import StandIn, dataset
from tests.support.wire import serving
from tests.support.workflow_jobs import (
    Run,
    anew,
    asked,
    close_pull,
    compare,
    git,
    needs_bash,
    propose_compared,
    read_output,
    replace_on_main,
)

STORY = ROOT / "tests" / "the_weeks.md"
FISH, BIRDS, DATA = "10.5555/fish", "10.5555/birds", "10.5555/data"

PAGES = {
    "fish": """\
---
title: A careful study of fishes
authors: ["Kate Ness", "Ian Cross"]
date: 2010-03-04
doi: https://doi.org/10.5555/fish
publication_types: ["2"]
publication: ""
---
""",
    "birds": """\
---
title: Birds of the northern coast
authors: ["Kate Ness"]
date: 2012-05-06
doi: 10.5555/birds
publication_types: ["2"]
publication: "*Bird Letters*"
---
""",
    "data": """\
---
title: Counts of fishes
authors: ["Kate Ness"]
date: 2011-02-03
doi: https://doi.org/10.5555/data
publication_types: ["0"]
publication: ""
---
""",
    "talk": """\
---
title: What fishes say
authors: ["Kate Ness"]
date: 2013-01-01
publication_types: ["1"]
---
""",
}


def _record(doi: str, title: str, journal: str, day: list[int], *people: str) -> dict[str, object]:
    """Return a work message in Crossref's shape."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "container-title": [journal],
        "author": [dict(zip(("given", "family"), one.split(), strict=True)) for one in people],
        "issued": {"date-parts": [day]},
        "source": "Crossref",
    }


RECORDS = {
    FISH: _record(FISH, "A careful study of fishes", "Fish Letters", [2010, 3, 4], "Kate Ness", "Ian Cross"),
    BIRDS: _record(BIRDS, "Birds of the northern coasts", "Bird Letters", [2012, 5, 6], "Kate Ness"),
}
ABSTRACT = "We studied fishes, and with care."
SET = dataset(DATA, titles=[{"title": "Counts of fishes"}], publisher="Zenodo", publicationYear=2011)
RETRACTION = {"DOI": "10.5555/notice", "type": "retraction", "updated": {"date-parts": [[2014, 5, 6]]}}


@dataclass(frozen=True)
class World:
    """A repository with its pull requests, and the services that its job asks."""

    place: Path
    """The folder with `origin.git`."""
    service: StandIn
    """Crossref, DataCite and doi.org."""


def wait(_: World) -> None:
    """Let nothing happen."""


def stop_datacite(world: World) -> None:
    """Let DataCite be down this week."""
    world.service.fault = lambda call: "503" if "datacite" in call.kind else None


def stop_everything(world: World) -> None:
    """Let no service answer this week."""
    world.service.fault = lambda _: "503"


def retract(world: World) -> None:
    """Let the publisher retract a paper."""
    world.service.works[BIRDS] = {**RECORDS[BIRDS], "updated-by": [RETRACTION]}


def merge(world: World) -> None:
    """Let the owner merge the pull request."""
    close_pull(world.place, "MERGED")


def lose_datacite_after_merge(world: World) -> None:
    """Let the owner merge the pull request, and DataCite be down."""
    merge(world)
    stop_datacite(world)


def decline(world: World) -> None:
    """Let the owner close the pull request."""
    close_pull(world.place, "CLOSED")


def mend_page(world: World) -> None:
    """Let the owner take the title that was proposed."""
    replace_on_main(world.place, "content/publication/birds/index.md", "coast\n", "coasts\n")


def publish_abstract(world: World) -> None:
    """Let Crossref have an abstract that the page lacks."""
    world.service.works[FISH] = {**RECORDS[FISH], "abstract": f"<p>{ABSTRACT}</p>"}


def mend_abstract(world: World) -> None:
    """Let Crossref have a longer abstract."""
    world.service.works[FISH] = {**RECORDS[FISH], "abstract": f"<p>{ABSTRACT} They are well.</p>"}


WEEKS: dict[str, Callable[[World], None]] = {
    "The first run": wait,
    "Nothing is new": wait,
    "DataCite is down": stop_datacite,
    "No service answers": stop_everything,
    "Crossref has an abstract": publish_abstract,
    "The pull request is merged, and DataCite is down": lose_datacite_after_merge,
    "The owner mends a title by hand": mend_page,
    "A paper is retracted": retract,
    "The pull request is closed": decline,
    "There is news again": mend_abstract,
}


def tell_weeks(place: Path) -> Iterator[tuple[str, str]]:
    """Yield the title of each week, and all that came of it."""
    _make_repository(place)
    with serving(StandIn()) as service:
        service.works |= RECORDS
        service.agencies[DATA], service.datacite[DATA] = "DataCite", SET
        for title, event in WEEKS.items():
            service.fault = lambda _: None
            event(World(place, service))
            yield title, "".join(_tell_week(place, service))


def _make_repository(place: Path) -> None:
    source = place / "source"
    for name, text in PAGES.items():
        page = source / "content" / "publication" / name / "index.md"
        page.parent.mkdir(parents=True)
        page.write_text(text, encoding="utf-8")
    (source / "hugo.yaml").write_text("title: Fishes\n", encoding="utf-8")
    git(source, "init", "--quiet", "--initial-branch", "main")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message", "The site")
    git(place, "clone", "--quiet", "--bare", "source", "origin.git")


def _tell_week(place: Path, service: StandIn) -> Iterator[str]:
    """Yield what both jobs say, the pull requests, the log, then the text if it has changed."""
    before = _read_texts(place)
    addresses = {f"ENRICH_{name.upper()}_URL": url for name, url in service.urls.items()}
    done = compare(anew(place), NO_WAITS="1", ENRICH_RECORDS="", **addresses)
    yield _tell_job("compare", done, place)
    yield read_output(place)
    if not done.returncode:
        yield "\n" + _tell_job("propose", propose_compared(place), place)
    yield f"\ngh: {', '.join(asked(place)) or 'nothing'}\n"
    yield f"pull requests: {', '.join((place / 'pulls').read_text(encoding='utf-8').splitlines())}\n\n"
    yield _tell_log(place / "origin.git")
    yield from ("\n" + text for name, text in _read_texts(place).items() if text != before.get(name))


def _tell_job(name: str, done: Run, place: Path) -> str:
    said = (done.stdout + done.stderr).replace(str(place), "/runner")
    return f"{name}: exit code {done.returncode}\n{said}"


def _tell_log(origin: Path) -> str:
    """Return the commits of all branches, and the files that the pull request changes."""
    log = git(origin, "log", "--branches", "--graph", "--format=%s (%an)%d")
    is_open = git(origin, "branch", "--list", "enrich/publications")
    files = git(origin, "diff", "--name-status", "main", "enrich/publications") if is_open else ""
    return f"{log}\n{files}\n" if files else f"{log}\n"


def _read_texts(place: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(place.glob("pull-*.md"))}


def write_story(place: Path) -> str:
    """Return all weeks as one Markdown document."""
    weeks = (f"\n## {title}\n\n````text\n{text}````\n" for title, text in tell_weeks(place))
    return "# The weeks of a site\n" + "".join(weeks)


@pytest.mark.slow
@needs_bash
def test_the_weeks_of_a_site(tmp_path: Path) -> None:
    now = dict(part.split("\n", 1) for part in write_story(tmp_path).split("\n## "))
    expected = dict(part.split("\n", 1) for part in STORY.read_text(encoding="utf-8").split("\n## "))
    assert [*now] == [*expected]
    for title, text in expected.items():
        assert now[title] == text, title


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(write_story(Path(folder)))
