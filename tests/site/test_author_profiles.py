"""Author profiles of all generations: the slug that an entry leads to, the names, the ORCID."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from enrich.model.site_context import Profile
from enrich.site.author_profiles import read_author_profiles
from tests.support.trees import site_of

ORCID = "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"content/authors/admin/_index.md": "---\ntitle: Ada Byron\n---\n"},
                     Profile("admin", ("Ada Byron",)), id="Wowchemy"),
        pytest.param({"content/authors/admin/_index.md": "+++\nname = 'Ada Byron'\n+++\n"},
                     Profile("admin", ("Ada Byron",)), id="Academic 4"),
        pytest.param({"content/authors/admin/index.md": "---\nTitle: Ada Byron\n---\n"},
                     Profile("admin", ("Ada Byron",)), id="a page in place of a list page"),
        pytest.param(
            {"content/authors/Ada Byron/_index.md":
                "---\ntitle: Ada Byron, PhD\nfirst_name: Ada\nlast_name: Byron\n---\n"},
            Profile("ada-byron", ("Ada Byron, PhD", "Ada Byron")), id="a folder that is a name",
        ),
        pytest.param({"content/authors/吳恩達/_index.md": "---\ntitle: 吳恩達\n---\n"},
                     Profile("吳恩達", ("吳恩達",)), id="a folder in Chinese"),
        pytest.param(
            {"data/authors/me.yaml": "name:\n  display: Dr. Ada Byron\n  given: Ada\n  family: Byron\n"
                                     "  alternate: [A. Lovelace, Ada King]\nsince: 1843-15-99\n"},
            Profile("me", ("Dr. Ada Byron", "A. Lovelace", "Ada King", "Ada Byron")), id="Kit",
        ),
        pytest.param({"data/authors/me.yaml": "name: {display: Ada, alternate: ''}\n"},
                     Profile("me", ("Ada",)), id="an empty name"),
        pytest.param({"data/authors/me.toml": "name = 'Ada'\n"}, Profile("me", ("Ada",)),
                     id="another format"),
        pytest.param(
            {"content/en/authors/admin/_index.md": "---\ntitle: Ada Byron\n---\n",
             "content/de/authors/admin/_index.md": "---\ntitle: Ada von Byron\n---\n"},
            Profile("admin", ("Ada von Byron", "Ada Byron")), id="two languages",
        ),
        pytest.param(
            {"content/authors/admin/_index.md":
                f"---\ntitle: A\nsocial:\n- icon: orcid\n  link: https://orcid.org/{ORCID}\n---\n"},
            Profile("admin", ("A",), ORCID), id="an ORCID among the links",
        ),
        pytest.param(
            {"content/authors/admin/_index.md":
                f"---\ntitle: A\nprofiles:\n- url: https://example.org/{ORCID}\n"
                "- url: http://orcid.org/0000-0002-1694-233x\n---\n"},
            Profile("admin", ("A",), "0000-0002-1694-233X"), id="an ORCID among the profiles",
        ),
        pytest.param({"content/authors/admin/_index.md": "---\ntitle: Ada\n---\n",
                      "content/authors/admin/_index.fr.md": "---\ntitle: Ada la Comtesse\n---\n"},
                     Profile("admin", ("Ada la Comtesse", "Ada")), id="a file for each language"),
        pytest.param({"hugo.yaml": "languages: {en: {}, zh: {}}\n",
                      "content/authors/admin/_index.zh.md": "---\ntitle: 艾达\n---\n",
                      "content/authors/admin/notes.md": "---\ntitle: Notes\n---\n"},
                     Profile("admin", ("艾达",)), id="a file for one language alone"),
        pytest.param({"content/authors/admin/_index.md": f"---\ntitle: A\norcid: {ORCID}\n---\n"},
                     Profile("admin", ("A",), ORCID), id="an ORCID of its own"),
    ],
)  # fmt: skip
def test_a_profile(tmp_path: Path, files: dict[str, str], expected: Profile) -> None:
    found = read_author_profiles(site_of(tmp_path, {"content/publication/x.md": "", **files}))[0]
    assert {name: replace(one, is_owner=False) for name, one in found.items()} == {expected.slug: expected}


@pytest.mark.parametrize(
    ("name", "profile", "is_owner"),
    [
        ("admin", "title: A", True),
        ("me", "title: A", True),
        ("ada", "title: A\nsuperuser: true", True),
        ("ada", "title: A\nis_owner: true", True),
        ("ada", "title: A\nsuperuser: false", False),
        ("ada", "title: A\nsuperuser: 'yes'", False),
    ],
)
def test_whose_site_it_is(tmp_path: Path, name: str, profile: str, is_owner: bool) -> None:
    files = {f"content/authors/{name}/_index.md": f"---\n{profile}\n---\n", "content/publication/x.md": ""}
    assert read_author_profiles(site_of(tmp_path, files))[0][name].is_owner is is_owner


def test_other_files_are_left_out_and_broken_profiles_are_named(tmp_path: Path) -> None:
    found, problems = read_author_profiles(
        site_of(tmp_path, {
            "content/authors/_index.md": "---\ntitle: Authors\n---\n",
            "content/authors/nobody/_index.md": "---\nrole: None\n---\n",
            "content/authors/ada/_index.md": "---\ntitle: Ada\n---\n",
            "content/authors/broken/_index.md": "---\ntitle: [\n---\n",
            "content/authors/empty/_index.md": "",
            "data/authors/cut.yaml": "name: {display: Ada\n",
            "data/authors/list.yaml": "- Ada\n",
            "data/authors/README.txt": "name: Ada\n",
        })
    )  # fmt: skip
    assert list(found) == ["ada"]
    assert [problem.partition(":")[0] for problem in problems] == [
        "content/authors/broken/_index.md",
        "content/authors/empty/_index.md",
        "data/authors/cut.yaml cannot be read",
    ]


@pytest.mark.corpus
def test_every_real_profile_is_read(corpus: Path) -> None:
    from enrich.site.pages import find_site

    sites = [find_site([root]) for root in sorted((corpus / "sites").iterdir())]
    found = [read_author_profiles(site) for site in sites]
    assert sum(len(profiles) for profiles, _ in found) > 200
    assert sum(len(problems) for _, problems in found) <= 3
