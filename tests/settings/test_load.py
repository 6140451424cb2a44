"""Where a setting comes from, what it may be, and how a mistake is named."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from enrich.cli import main
from enrich.cli.check import check
from enrich.cli.click_options import read_settings
from enrich.errors import UsageError
from enrich.model.ignore import Ignore
from enrich.reconciler.fields.default_policies import list_default_policies
from enrich.settings.collect_options import list_options
from enrich.settings.load import load_settings
from enrich.settings.readers import read_path, read_report_files, read_service_url, read_token
from enrich.settings.settings import Settings
from enrich.settings.toml_file import format_key, format_toml

Given = Callable[..., Settings]


def write(root: Path, toml: str) -> Path:
    """Write the site's enrich.toml, if there is a text for it; return the site."""
    if toml:
        (root / "enrich.toml").write_bytes(toml.encode())
    return root


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """Return what makes the settings of `enrich check` from an enrich.toml, an environment and flags."""

    def given(
        toml: str = "", environ: Mapping[str, str] | None = None, typed: Sequence[str] = ()
    ) -> Settings:
        for name, value in (environ or {}).items():
            monkeypatch.setenv(name, value)
        return read_settings(check.make_context("check", [str(write(tmp_path, toml)), *typed]))

    return given


def test_without_anything_given_the_defaults_hold(tmp_path: Path, settings: Given) -> None:
    found = settings()
    assert found.root == tmp_path
    assert found.cache_dir == tmp_path / "cache"
    filled = {"title", "authors", "date", "publication", "publication_types", "abstract", "doi"}
    kept = {"publication_short", "url_pdf", "links", "cite.bib"}
    expected = dict.fromkeys(filled, "fill") | dict.fromkeys(kept, "keep")
    assert {name: found.policies[name] for name in expected} == expected
    assert found.service_urls["crossref"] == "https://api.crossref.org"
    assert (found.no_progress, found.quiet) == (False, False)
    assert set(found.origins.values()) == {"default"}


def test_the_file_alone_gives_the_same_settings(tmp_path: Path, settings: Given) -> None:
    assert settings(FULL) == load_settings(tmp_path)


def test_flags_win_over_the_environment_and_that_over_the_file(settings: Given) -> None:
    toml = 'offline = true\nmailto = "file@example.org"\ncolor = "never"\n'
    environ = {"ENRICH_MAILTO": "shell@example.org", "ENRICH_COLOR": "always"}
    found = settings(toml, environ, ["--color", "auto"])
    assert (found.offline, found.mailto, found.color) == (True, "shell@example.org", "auto")
    origins = (found.origins["offline"], found.origins["mailto"], found.origins["color"])
    assert origins == ("enrich.toml:1", "ENRICH_MAILTO", "--color")


def test_the_environment_overrules_the_file(settings: Given) -> None:
    assert not settings("offline = true\n", {"ENRICH_OFFLINE": "no"}).offline


def test_an_empty_variable_counts_as_not_set(settings: Given) -> None:
    assert settings("offline = true\n", {"ENRICH_OFFLINE": " "}).offline


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        pytest.param((), 0, id="never"),
        pytest.param(("-v",), 1, id="once"),
        pytest.param(("-v", "-v"), 2, id="twice"),
        pytest.param(("-vvvv",), 2, id="more often than there are levels"),
    ],
)
def test_a_flag_that_is_counted(settings: Given, typed: Sequence[str], level: int) -> None:
    assert settings(typed=typed).verbose == level


FULL = """\
# what a file can say
mailto = "me@example.org"
only = ["title", "date"]
verbose = true

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


def test_a_file_can_say_all_this(settings: Given) -> None:
    found = settings(FULL)
    assert (found.only, found.verbose) == (("title", "date"), 1)
    assert found.policies == {**list_default_policies(), "title": "propose", "cite.bib": "fill"}
    assert found.sections == ("papers",)
    assert (found.generation, found.types, found.math) == ("wowchemy", "csl", "raw")
    path, reason = "content/publication/x/*", "the publisher's own mistake"
    assert found.ignores == (
        Ignore(path=path, code="link-other-work", reason=reason, line=18),
        Ignore(doi="10.1234/abc", field="title", until=dt.date(2027, 1, 31), line=23),
    )
    lines = {name: origin for name, origin in found.origins.items() if origin != "default"}
    assert lines["fields.cite.bib"] == "enrich.toml:8"
    assert lines["theme.math"] == "enrich.toml:16"


@pytest.mark.parametrize(
    "toml",
    [
        pytest.param('[fields]\ncite.bib = "fill"\n', id="a name with a dot, not quoted"),
        pytest.param('fields = { "cite.bib" = "fill" }\n', id="an inline table"),
        pytest.param('fields."cite.bib" = "fill"\n', id="a dotted key"),
        pytest.param('\ufefffields."cite.bib" = "fill"\r\n', id="as Notepad saves it"),
    ],
)
def test_a_table_may_be_written_in_several_ways(settings: Given, toml: str) -> None:
    found = settings(toml)
    assert found.policies["cite.bib"] == "fill"
    assert found.origins["fields.cite.bib"].startswith("enrich.toml:")


@pytest.mark.parametrize(
    ("variable", "value", "attribute", "expected"),
    [
        pytest.param("OFFLINE", "yes", "offline", True, id="yes"),
        pytest.param("OFFLINE", "0", "offline", False, id="a zero"),
        pytest.param("ALL", "On", "write_all", True, id="all"),
        pytest.param("ONLY", "title, date", "only", ("title", "date"), id="a list"),
        pytest.param("SKIP", "title,,date,", "skip", ("title", "date"), id="a list with gaps"),
        pytest.param("VERBOSE", "2", "verbose", 2, id="a number"),
        pytest.param("RECORDS", "a/b", "records", Path("a/b"), id="a path, from here"),
        pytest.param("CACHE_DIR", "/c", "cache_dir", Path("/c"), id="another path"),
        pytest.param("OUTPUT", "-", "output", "-", id="stdout"),
        pytest.param("REPORT", "json:a, html:b:c", "report", (("json", "a"), ("html", "b:c")), id="reports"),
        pytest.param("PAGES_SECTIONS", "a,b", "sections", ("a", "b"), id="sections"),
        pytest.param("CROSSREF_TOKEN", "abc", "token", "abc", id="the token"),
    ],
)  # fmt: skip
def test_every_option_has_its_variable(
    settings: Given, variable: str, value: str, attribute: str, expected: object
) -> None:
    found = settings("", {f"ENRICH_{variable}": value})
    assert getattr(found, attribute) == expected


@pytest.mark.parametrize(
    ("name", "given", "url"),
    [
        pytest.param("crossref", "http://127.0.0.1:80/", "http://127.0.0.1:80", id="a slash at the end"),
        pytest.param("doi", "http://[::1]:8080", "http://[::1]:8080", id="this machine"),
    ],
)
def test_a_service_has_its_variable(settings: Given, name: str, given: str, url: str) -> None:
    assert settings("", {f"ENRICH_{name.upper()}_URL": given}).service_urls[name] == url


def test_a_policy_has_its_variable(settings: Given) -> None:
    environ = {"ENRICH_FIELDS_TITLE": "keep", "ENRICH_FIELDS_CITE_BIB": "fill"}
    found = settings("", environ).policies
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
        pytest.param("verbose = -1\n", "1: 'verbose' must be 0, 1 or 2", id="a number below the least"),
        pytest.param("verbose = 3\n", "1: 'verbose' must be 0, 1 or 2", id="a number above the greatest"),
        pytest.param("verbose = '1'\n", "1: 'verbose' must be 0, 1 or 2", id="a text for a number"),
        pytest.param(f"verbose = {'9' * 5_000}\n", " not TOML: a number is too long", id="5,000 digits"),
        pytest.param("mailto = 3\n", "1: 'mailto' must be text in quotes", id="a number for a text"),
        pytest.param("format = 'xml'\n",
                     "1: 'format' cannot be 'xml'; use one of github, html, json", id="no such format"),
        pytest.param("only = ['titel']\n",
                     "1: 'only' cannot be 'titel'; did you mean 'title'?", id="no such field"),
        pytest.param("skip = [1]\n", "1: 'skip' must be a list of texts", id="a list of numbers"),
        pytest.param("mailto = 'me at home'\n",
                     "1: 'mailto' must be an e-mail address", id="no address"),
        pytest.param('mailto = "a@b.org\\r\\nX: 1"\n', "1: 'mailto' must be", id="an address with a header"),
        pytest.param("mailto = \n", "1: not TOML: invalid value", id="broken TOML"),
        pytest.param("[people]\norcid = [0000-0002-1825-0097]\n", "2: not TOML: ", id="no quotes in a list"),
        pytest.param("mailto = you@example.org\n",
                     "1: not TOML: invalid value; write text in quotes", id="a text without quotes"),
        pytest.param("all = true\nmailto = \"you@example.org\n",
                     "2: not TOML: the quotation mark at the end of", id="a text without its end"),
        pytest.param("mailto = 'you@example.org\n",
                     "1: not TOML: the quotation mark at the end of", id="another quotation mark"),
        pytest.param('mailto = "you@example.org', "1: not TOML: the quotation mark at", id="the file ends"),
        pytest.param("only = [\n\n", "2: not TOML: invalid value", id="TOML that is cut off"),
        pytest.param("a = 1\na = 2\n", "2: not TOML: cannot overwrite a value", id="a key twice"),
        pytest.param("[[ignore]]\npath = 'x'\n[[ignore]]\npaht = 'x'\n",
                     "4: unknown key 'paht'; did you mean 'path'?", id="an ignore misspelt"),
        pytest.param("[[ignore]]\npath = 'x'\n\n[[ignore]]\nreason = 'x'\n",
                     "4: an [[ignore]] needs a path, doi, field or code", id="an ignore of everything"),
        pytest.param("[[ignore]]\nfield = 'titel'\n",
                     "2: there is no field 'titel'; did you mean 'title'?", id="an ignore of no field"),
        pytest.param("[[ignore]]\ncode = 'x'\nuntil = 'soon'\n",
                     "3: 'until' must be a day, as in 2027-01-31", id="an ignore until soon"),
        pytest.param("[[ignore]]\ndoi = 'in press'\n", "2: 'doi' is not a DOI", id="an ignore of no DOI"),
        pytest.param("[[ignore]]\ncode = 1\n", "2: 'code' must be text", id="an ignore by number"),
        pytest.param("[ignore]\ncode = 'x'\n",
                     "1: 'ignore' must be tables, each under its own [[ignore]]", id="one table"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        load_settings(write(tmp_path, toml))
    assert str(error.value).startswith(f"enrich.toml:{message}")


@pytest.mark.parametrize("key", [row.key for row in list_options() if not row.in_file])
def test_a_file_that_comes_with_a_site_names_no_place_and_holds_no_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    write(tmp_path, f'# mine\n{key} = "x"\n')
    assert main.run(["check", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(
        f"error: enrich.toml:2: '{key}' cannot be set in a site's file; delete this line and use "
    )
    assert f"ENRICH_{key.upper()}" in error


def test_no_site_chooses_a_place_an_address_or_a_token() -> None:
    places = {"output", "report", "decisions", "records", "cache_dir", "config", "crossref_token"}
    readers = (read_path, read_report_files, read_service_url, read_token)
    by_reader = {row.key for row in list_options() if row.read in readers}
    assert {"crossref_url", "datacite_url", "doi_url"} < by_reader
    assert {row.key for row in list_options() if not row.in_file} == places | by_reader


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("http://example.org", "must begin with https://", id="a service without TLS"),
        pytest.param("http://127.0.0.1.example.org", "must begin with https://", id="another machine's name"),
        pytest.param("https://a:b@example.org", "must be the address of a service", id="a password"),
        pytest.param("https://[::1", "must be the address of a service", id="half an address"),
        pytest.param("https://example.org:0", "must be the address of a service", id="no such port"),
        pytest.param("https://example.org?q=1", "must be the address of a service", id="a query"),
        pytest.param("example.org", "must be the address of a service", id="no scheme"),
    ],
)
def test_the_address_of_a_service_is_checked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    url: str,
    message: str,
) -> None:
    monkeypatch.setenv("ENRICH_DOI_URL", url)
    assert main.run(["check", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"error: ENRICH_DOI_URL {message}")


@pytest.mark.parametrize(
    ("environ", "typed", "message"),
    [
        pytest.param({"ENRICH_OFFLINE": "maybe"}, [],
                     "ENRICH_OFFLINE must be true or false", id="a variable"),
        pytest.param({"ENRICH_VERBOSE": "9" * 5_000}, [],
                     "ENRICH_VERBOSE must be 0, 1 or 2", id="5,000 digits in a variable"),
        pytest.param({}, ["--only", "titel"],
                     "--only cannot be 'titel'; did you mean 'title'?", id="a flag"),
        pytest.param({"ENRICH_ONLY": "abstract date"}, [],
                     "ENRICH_ONLY cannot be 'abstract date'; a comma separates the values of a list:"
                     " abstract,date\n", id="a variable with a space between its words"),
        pytest.param({}, ["--skip", "title; cite.bib,date"],
                     "--skip cannot be 'title; cite.bib'; a comma separates the values of a list:"
                     " title,cite.bib\n", id="a flag with a semicolon between its words"),
        pytest.param({}, ["--only", "title,abstrct"],
                     "--only cannot be 'abstrct'; did you mean 'abstract'?", id="a flag with two words"),
        pytest.param({}, ["--report", "json"],
                     "--report needs FORMAT:FILE, as in json:report.json, not 'json'",
                     id="a report without a file"),
        pytest.param({}, ["--report", "out/r.HTM"],
                     "--report needs FORMAT:FILE, as in json:report.json, not 'out/r.HTM';"
                     " did you mean 'html:out/r.HTM'?",
                     id="a report without a format that its name ends in"),
        pytest.param({}, ["--report", "report.pdf"],
                     "--report needs FORMAT:FILE, as in json:report.json, not 'report.pdf'\n",
                     id="a report that ends in no format"),
        pytest.param({}, ["--only", "title,dat"],
                     "--only cannot be 'dat'; did you mean 'date'?", id="a flag with a list"),
        pytest.param({}, ["--report", "xml:a"],
                     "--report cannot be 'xml'; use one of github, html, json",
                     id="a report in no format"),
        pytest.param({}, ["--offline", "--refresh"],
                     "'offline' (--offline) and 'refresh' (--refresh) contradict each other",
                     id="no requests, and all of them"),
        pytest.param({"ENRICH_OFFLINE": "1"}, ["--refresh"],
                     "'offline' (ENRICH_OFFLINE) and 'refresh' (--refresh) contradict each other",
                     id="a flag against a variable"),
        pytest.param({}, ["--records", "~nosuchuser/x"],
                     "--records: '~nosuchuser/x' names a user who has no home folder here",
                     id="the home of a user who does not exist"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_environment_or_a_flag_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    environ: Mapping[str, str],
    typed: Sequence[str],
    message: str,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert main.run(["check", str(tmp_path), *typed]) == 2
    assert capsys.readouterr().err.startswith(f"error: {message}")


@pytest.mark.parametrize(("name", "value"), [("MAILTO", "me@home example"), ("CROSSREF_TOKEN", "se cret")])
def test_a_wrong_address_or_token_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(f"ENRICH_{name}", value)
    assert main.run(["check", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert f"ENRICH_{name}" in error
    assert value not in error


def test_neither_address_nor_token_is_in_the_repr(settings: Given) -> None:
    found = settings("", {"ENRICH_MAILTO": "me@example.org", "ENRICH_CROSSREF_TOKEN": "abcdef"})
    assert (found.mailto, found.token) == ("me@example.org", "abcdef")
    assert "me@example.org" not in repr(found)
    assert "abcdef" not in repr(found)


def test_another_file_may_be_named(
    tmp_path: Path, settings: Given, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "shared" / "mine.toml"
    other.parent.mkdir()
    other.write_text('format = "json"\nofline = true\n')
    write(tmp_path, "offline = true\n")
    assert main.run(["check", str(tmp_path), "--config", str(other)]) == 2
    assert "mine.toml:2: unknown key 'ofline'; did you mean 'offline'?" in capsys.readouterr().err
    other.write_text('format = "json"\n')
    found = settings("", {"ENRICH_CONFIG": str(other)})
    assert (found.format, found.offline, found.config) == ("json", False, other)
    assert found.origins["format"] == f"{other}:1"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param(
            "none.toml", "none.toml: this configuration file does not exist", id="a file that is not there"
        ),
        pytest.param("a" * 5_000, "the name is too long", id="a name of 5,000 characters"),
        pytest.param(
            "/dev/zero", "/dev/zero: cannot be read: not a regular file", id="a device without an end"
        ),
        pytest.param(".", "cannot be read: not a regular file", id="a folder"),
    ],
)
def test_a_file_that_is_named_must_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    assert main.run(["check", str(tmp_path), "--config", name]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"# ok\n# \xe9\n", ":2: not UTF-8; save the file as UTF-8", id="Latin-1"),
        pytest.param(b"a = " + b"[" * 10_000, ": the tables are nested too deeply", id="10,000 brackets"),
        pytest.param(b"#" * (1024 * 1024 + 1), ": cannot be read: larger than 1024 KB", id="a megabyte"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "enrich.toml").write_bytes(content)
    with pytest.raises(UsageError) as error:
        load_settings(tmp_path)
    assert str(error.value) == f"enrich.toml{message}"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "enrich.toml")
    with pytest.raises(UsageError, match=r"^enrich\.toml: cannot be read: not a regular file"):
        load_settings(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, "# mine\n").joinpath("enrich.toml").chmod(0)
    with pytest.raises(UsageError, match=r"^enrich\.toml: cannot be read: permission denied"):
        load_settings(tmp_path)


def test_every_option_has_an_attribute_a_sentence_and_a_variable_of_its_own() -> None:
    options = list_options()
    assert all(option.help.endswith(".") and option.help[0].isupper() for option in options)
    assert len({option.variable for option in options}) == len(options)
    assert len({option.help for option in options}) == len(options)
    attributes = {
        option.attribute for option in options if not option.is_policy and not option.is_service_url
    }
    assert attributes <= set(Settings.__dataclass_fields__)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("fields.cite.bib", "keep", id="a key with a dot of its own"),
        pytest.param("pages.sections", ("a", 'b"\\'), id="a list with quotes"),
        pytest.param("mailto", "a\x7f\u202e\U0001f600\n\x00é", id="characters that hide or reorder text"),
        pytest.param("offline", True, id="a switch"),
        pytest.param("verbose", 2, id="a number"),
    ],
)
def test_a_value_is_printed_as_toml(key: str, value: object) -> None:
    line = f"{format_key(key)} = {format_toml(value)}"
    found: object = tomllib.loads(line)
    for name in ("fields", "cite.bib") if key == "fields.cite.bib" else key.split("."):
        assert isinstance(found, dict)
        found = found[name]
    assert (tuple(found) if isinstance(found, list) else found) == value
    assert not re.search(r"[\x00-\x1f\x7f\u202e]", line)


def test_a_finding_that_does_not_exist_cannot_be_ignored(tmp_path: Path) -> None:
    write(tmp_path, '[[ignore]]\ncode = "retraced"\n')
    with pytest.raises(
        UsageError, match=r"enrich.toml:2: there is no code 'retraced'; did you mean 'retracted'"
    ):
        load_settings(tmp_path, codes=("retracted", "corrected"))


@pytest.mark.parametrize(
    ("typed", "only"),
    [
        pytest.param(["--only", "title,date"], ("title", "date"), id="with a comma"),
        pytest.param(["--only", "title, date,"], ("title", "date"), id="with a space and a comma too many"),
        pytest.param(["--only", "title", "--only", "date"], ("title", "date"), id="twice"),
        pytest.param(["--only", "title,date", "--only", "doi"], ("title", "date", "doi"), id="both"),
    ],
)
def test_a_flag_takes_several_fields(tmp_path: Path, typed: list[str], only: tuple[str, ...]) -> None:
    params = check.make_context("check", [str(tmp_path), *typed])
    assert read_settings(params).only == only
