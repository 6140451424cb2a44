"""Where a setting comes from, what it may be, and how a mistake is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from enrich.errors import UsageError
from enrich.model.plan import Ignore
from enrich.reconciler.fields.policies import default_policies
from enrich.settings.load import Settings, load
from enrich.settings.option_table import options


def settings(
    root: Path, toml: str = "", environ: Mapping[str, str] | None = None, **flags: object
) -> Settings:
    """Return the settings of a site with this enrich.toml, in this environment, with these flags."""
    if toml:
        (root / "enrich.toml").write_bytes(toml.encode())
    return load(root, flags, environ or {})


def test_without_a_word_the_defaults_hold(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found.root == tmp_path
    assert found.cache_dir == tmp_path / "cache"
    filled = {"title", "authors", "date", "publication", "publication_types", "abstract", "doi"}
    assert {name for name, policy in found.policies.items() if policy == "fill"} == filled
    kept = {"publication_short", "url_pdf", "links", "cite.bib"}
    assert {name for name, policy in found.policies.items() if policy == "keep"} == kept
    assert found.crossref_url == "https://api.crossref.org"
    assert found.progress
    assert set(found.origins.values()) == {"default"}


def test_flags_go_before_the_environment_before_the_file(tmp_path: Path) -> None:
    toml = 'offline = true\nmailto = "file@example.org"\ncolor = "never"\n'
    environ = {"ENRICH_MAILTO": "shell@example.org", "ENRICH_COLOR": "always"}
    found = settings(tmp_path, toml, environ, color="auto")
    assert (found.offline, found.mailto, found.color) == (True, "shell@example.org", "auto")
    origins = (found.origins["offline"], found.origins["mailto"], found.origins["color"])
    assert origins == ("enrich.toml:1", "ENRICH_MAILTO", "--color")


def test_a_flag_that_was_not_given_says_nothing(tmp_path: Path) -> None:
    found = settings(tmp_path, 'offline = true\nonly = ["title"]\n', offline=None, only=())
    assert found.offline
    assert found.only == ("title",)


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert settings(tmp_path, "offline = true\n", {"ENRICH_OFFLINE": " "}).offline


FULL = """\
# what a file can say
mailto = "me@example.org"
records = "records"
cache_dir = "/var/cache/enrich"
only = ["title", "date"]
verbose = true
report = ["json:out.json"]

[fields]
title = "propose"
"cite.bib" = "fill"   # a name with a dot

[pages]
sections = ["papers"]

[theme]
generation = "wowchemy"
types = "csl"
math = "raw"

[[ignore]]
path = "content/publication/x/*"
code = "link-other-work"
reason = "the publisher's own mistake"

[[ignore]]
doi = "https://doi.org/10.1234/ABC"
field = "title"
until = 2027-01-31
"""


def test_a_file_can_say_all_this(tmp_path: Path) -> None:
    found = settings(tmp_path, FULL)
    assert found.records == tmp_path / "records"
    assert found.cache_dir == Path("/var/cache/enrich")
    assert (found.only, found.verbose, found.report) == (("title", "date"), 1, ("json:out.json",))
    assert found.policies == {**default_policies(), "title": "propose", "cite.bib": "fill"}
    assert found.sections == ("papers",)
    assert (found.generation, found.types, found.math) == ("wowchemy", "csl", "raw")
    path, reason = "content/publication/x/*", "the publisher's own mistake"
    assert found.ignores == (
        Ignore(path=path, code="link-other-work", reason=reason, line=21),
        Ignore(doi="10.1234/abc", field="title", until=dt.date(2027, 1, 31), line=26),
    )
    lines = {name: origin for name, origin in found.origins.items() if origin != "default"}
    assert lines["fields.cite.bib"] == "enrich.toml:11"
    assert lines["theme.math"] == "enrich.toml:19"


@pytest.mark.parametrize(
    "toml",
    [
        pytest.param('[fields]\ncite.bib = "fill"\n', id="a name with a dot, not quoted"),
        pytest.param('fields = { "cite.bib" = "fill" }\n', id="an inline table"),
        pytest.param('fields."cite.bib" = "fill"\n', id="a dotted key"),
        pytest.param('\ufefffields."cite.bib" = "fill"\r\n', id="as Notepad saves it"),
    ],
)
def test_a_table_may_be_written_in_several_ways(tmp_path: Path, toml: str) -> None:
    found = settings(tmp_path, toml)
    assert found.policies["cite.bib"] == "fill"
    assert found.origins["fields.cite.bib"].startswith("enrich.toml:")


@pytest.mark.parametrize(
    ("variable", "value", "attribute", "expected"),
    [
        pytest.param("OFFLINE", "yes", "offline", True, id="yes"),
        pytest.param("OFFLINE", "0", "offline", False, id="a zero"),
        pytest.param("ALL", "On", "write_all", True, id="all"),
        pytest.param("ONLY", "title, date", "only", ("title", "date"), id="a list"),
        pytest.param("VERBOSE", "2", "verbose", 2, id="a number"),
        pytest.param("RECORDS", "a/b", "records", Path("a/b"), id="a path, from here"),
        pytest.param("PAGES_SECTIONS", "a,b", "sections", ("a", "b"), id="sections"),
        pytest.param("CROSSREF_TOKEN", "abc", "token", "abc", id="the token"),
        pytest.param("CROSSREF_URL", "http://127.0.0.1:80/", "crossref_url", "http://127.0.0.1:80", id="url"),
        pytest.param("DOI_URL", "http://[::1]:8080", "doi_url", "http://[::1]:8080", id="this machine"),
    ],
)  # fmt: skip
def test_every_option_has_its_variable(
    tmp_path: Path, variable: str, value: str, attribute: str, expected: object
) -> None:
    found = settings(tmp_path, "", {f"ENRICH_{variable}": value})
    assert getattr(found, attribute) == expected


def test_a_policy_has_its_variable(tmp_path: Path) -> None:
    environ = {"ENRICH_FIELDS_TITLE": "keep", "ENRICH_FIELDS_CITE_BIB": "fill"}
    found = settings(tmp_path, "", environ).policies
    assert (found["title"], found["cite.bib"]) == ("keep", "fill")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        pytest.param("[fields]\ntitel = 'fill'\n",
                     "2: unknown key 'titel'; did you mean 'title'?", id="a field misspelt"),
        pytest.param("\n\ncache-dir = 'x'\n",
                     "3: unknown key 'cache-dir'; did you mean 'cache_dir'?", id="an option misspelt"),
        pytest.param("[feilds]\ntitle = 'fill'\n",
                     "1: unknown key 'feilds'; did you mean 'fields'?", id="a table misspelt"),
        pytest.param("title = 'fill'\n",
                     "1: unknown key 'title'; it belongs under [fields]", id="not in its table"),
        pytest.param("theme = 'academic'\n",
                     "1: 'theme' must be a table: [theme]", id="a table that is a text"),
        pytest.param("zzzzzz = 1\n", "1: unknown key 'zzzzzz'", id="a key like no other"),
        pytest.param("[fields]\ntitle = 'filll'\n",
                     "2: 'fields.title' cannot be 'filll'; did you mean 'fill'?", id="a policy misspelt"),
        pytest.param("[fields]\ntitle = true\n",
                     "2: 'fields.title' must be one of: fill, propose, overwrite, keep", id="no policy"),
        pytest.param("offline = 'yes'\n", "1: 'offline' must be true or false", id="a text for a bool"),
        pytest.param("verbose = -1\n", "1: 'verbose' must be a number: 0, 1 or 2", id="a bad number"),
        pytest.param("records = 3\n", "1: 'records' must be a text in quotes", id="a number for a path"),
        pytest.param("only = ['titel']\n",
                     "1: 'only' cannot be 'titel'; did you mean 'title'?", id="no such field"),
        pytest.param("skip = [1]\n", "1: 'skip' must be a list of texts", id="a list of numbers"),
        pytest.param("mailto = 'me at home'\n",
                     "1: 'mailto' is not an e-mail address", id="no address"),
        pytest.param('mailto = "a@b.org\\r\\nX: 1"\n', "1: 'mailto' is not", id="an address with a header"),
        pytest.param("crossref_url = 'http://example.org'\n",
                     "1: 'crossref_url' must begin with https://", id="a service without TLS"),
        pytest.param("doi_url = 'http://127.0.0.1.example.org'\n",
                     "1: 'doi_url' must begin with https://", id="another machine's name"),
        pytest.param("doi_url = 'https://a:b@example.org'\n",
                     "1: 'doi_url' is not the address of a service", id="a password in an address"),
        pytest.param("doi_url = 'https://[::1'\n",
                     "1: 'doi_url' is not the address of a service", id="half an address"),
        pytest.param("crossref_token = 'abc'\n",
                     "1: 'crossref_token' is a secret: set ENRICH_CROSSREF_TOKEN instead", id="a secret"),
        pytest.param("mailto = \n", "1: not TOML: invalid value", id="broken TOML"),
        pytest.param("only = [\n\n", "2: not TOML: invalid value", id="TOML that is cut off"),
        pytest.param("a = 1\na = 2\n", "2: not TOML: cannot overwrite a value", id="a key twice"),
        pytest.param("[[ignore]]\npath = 'x'\n[[ignore]]\npaht = 'x'\n",
                     "4: unknown key 'paht'; did you mean 'path'?", id="an ignore misspelt"),
        pytest.param("[[ignore]]\npath = 'x'\n\n[[ignore]]\nreason = 'x'\n",
                     "4: an [[ignore]] needs a path, doi, field or code", id="an ignore of everything"),
        pytest.param("[[ignore]]\nfield = 'titel'\n",
                     "2: there is no field 'titel'; did you mean 'title'?", id="an ignore of no field"),
        pytest.param("[[ignore]]\ncode = 'x'\nuntil = 'soon'\n",
                     "3: 'until' must be a day: 2027-01-31", id="an ignore until soon"),
        pytest.param("[[ignore]]\ndoi = 'in press'\n", "2: 'doi' is no DOI", id="an ignore of no DOI"),
        pytest.param("[[ignore]]\ncode = 1\n", "2: 'code' must be a text", id="an ignore by number"),
        pytest.param("[ignore]\ncode = 'x'\n",
                     "1: 'ignore' must be tables, each under its own [[ignore]]", id="one table"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        settings(tmp_path, toml)
    assert str(error.value).startswith(f"enrich.toml:{message}")


def test_a_mistake_in_the_environment_or_a_flag_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^ENRICH_OFFLINE: 'offline' must be true or false"):
        settings(tmp_path, "", {"ENRICH_OFFLINE": "maybe"})
    with pytest.raises(UsageError, match=r"^--only: 'only' cannot be 'titel'; did you mean 'title'\?"):
        settings(tmp_path, only=("titel",))


def test_neither_address_nor_token_is_repeated(tmp_path: Path) -> None:
    for name, value in (("MAILTO", "me@home example"), ("CROSSREF_TOKEN", "se cret")):
        with pytest.raises(UsageError) as error:
            settings(tmp_path, "", {f"ENRICH_{name}": value})
        assert value not in str(error.value)
    found = settings(tmp_path, "", {"ENRICH_MAILTO": "me@example.org", "ENRICH_CROSSREF_TOKEN": "abcdef"})
    assert "me@example.org" not in repr(found)
    assert "abcdef" not in repr(found)


def test_another_file_may_be_named(tmp_path: Path) -> None:
    other = tmp_path / "shared" / "mine.toml"
    other.parent.mkdir()
    other.write_text('records = "r"\nofline = true\n')
    with pytest.raises(UsageError, match=r"mine\.toml:2: unknown key 'ofline'"):
        settings(tmp_path, "offline = true\n", config=str(other))
    other.write_text('records = "r"\n')
    found = settings(tmp_path, "", {"ENRICH_CONFIG": str(other)})
    assert (found.records, found.offline) == (other.parent / "r", False)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml: there is no such configuration file"):
        settings(tmp_path, config=str(tmp_path / "none.toml"))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "enrich.toml").mkdir()
    with pytest.raises(UsageError, match=r"^enrich\.toml: cannot be read"):
        settings(tmp_path)
    (tmp_path / "enrich.toml").rmdir()
    (tmp_path / "enrich.toml").write_bytes(b"# ok\n# \xe9\n")
    with pytest.raises(UsageError, match=r"^enrich\.toml:2: not UTF-8"):
        settings(tmp_path)
    with pytest.raises(UsageError, match=r"^enrich\.toml: nested too deep"):
        settings(tmp_path, "a = " + "[" * 10_000)


def test_every_option_has_an_attribute_a_help_and_a_variable_of_its_own() -> None:
    rows = options()
    assert all(row.help.endswith(".") or row.help.endswith(")") for row in rows)
    assert len({row.variable for row in rows}) == len(rows)
    attributes = {row.attribute or row.name for row in rows if not row.name.startswith("fields.")}
    assert attributes <= set(Settings.__dataclass_fields__)


def test_a_finding_that_does_not_exist_cannot_be_ignored(tmp_path: Path) -> None:
    (tmp_path / "enrich.toml").write_text('[[ignore]]\ncode = "retraced"\n', encoding="utf-8")
    with pytest.raises(
        UsageError, match=r"enrich.toml:2: there is no code 'retraced'; did you mean 'retracted'"
    ):
        load(tmp_path, {}, {}, codes=("retracted", "corrected"))
