"""The command line: exit codes, where output goes, what is typed next; the pipeline is a stand-in."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from enrich import __version__
from enrich.cli import main
from enrich.cli.click_options import SettingOption
from enrich.errors import EnrichError, PageError, RecordError, UsageError
from enrich.model.plan import Failed, Finding, Outcome, Plan, Skipped
from enrich.model.report import Report
from enrich.settings.collect_options import list_options, list_rows
from enrich.settings.settings import Settings
from tests.support.reports import change, page, report
from tests.support.sample import ROOT

pytestmark = pytest.mark.usefixtures("site")
NEWS = Plan(
    page(), "", doi="10.5555/1", source="crossref", source_name="Crossref", changes=(change("a", "b"),)
)
OLD = Plan(page(), "", changes=(change("a", "b", is_new=False),))
WELL = Plan(page(), "")
FORMATS = {"txt": "text", "json": "json", "jsonl": "jsonl"}
EARLIER = "1 page, 1 with a DOI · nothing to do\n"  # what a report of an earlier run ends with
FAILED = Failed("content/publication/f.md", "not UTF-8")


def finding(code: str, severity: str, *, is_new: bool = True) -> Plan:
    """Return a page with one finding."""
    return Plan(page(), "", findings=(Finding(code, severity, "Something.", is_new=is_new),))  # type: ignore[arg-type]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty site, which is also the folder we are in."""
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put_page(site: Path) -> None:
    """Write a page without a DOI into the site."""
    page_file = site / "content/publication/a.md"
    page_file.parent.mkdir(parents=True)
    page_file.write_text("---\ntitle: A\n---\n", encoding="utf-8")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return what the pipeline was last asked; it answers with the outcomes under `outcomes`."""
    last: dict[str, object] = {"outcomes": (NEWS,), "notes": ()}

    def run(settings: Settings, targets: Sequence[Path], *, act: bool, **more: object) -> Report:
        last.update(settings=settings, targets=targets, act=act, **more)
        error = last.get("error")
        if isinstance(error, BaseException):
            raise error
        outcomes: tuple[Outcome, ...] = last["outcomes"]  # type: ignore[assignment]
        return report(*outcomes, notes=last["notes"])  # type: ignore[arg-type]

    monkeypatch.setattr("enrich.pipeline.run", run)
    return last


@pytest.mark.parametrize(
    ("outcomes", "codes"),
    [
        pytest.param((), (0, 0), id="no page"),
        pytest.param((WELL, Skipped("s.md", "why")), (0, 0), id="nothing to do"),
        pytest.param((NEWS,), (1, 0), id="a change that is news"),
        pytest.param((OLD,), (0, 0), id="a change that was shown before"),
        pytest.param((finding("x", "warning"),), (1, 0), id="a warning"),
        pytest.param((finding("x", "warning", is_new=False),), (0, 0), id="a warning that was shown before"),
        pytest.param((finding("x", "note"),), (0, 0), id="a note"),
        pytest.param(
            (finding("x", "error", is_new=False),), (1, 0), id="an error, though it was shown before"
        ),
        pytest.param((finding("lookup-failed", "warning"), NEWS), (3, 3), id="a look-up failed"),
        pytest.param(
            (finding("lookup-failed", "warning", is_new=False),), (3, 3), id="a look-up failed again"
        ),
        pytest.param((finding("lookup-failed", "note"),), (0, 0), id="a run without requests"),
        pytest.param((finding("lookup-failed", "warning"), FAILED), (4, 4), id="a page failed as well"),
    ],
)
def test_exit_code(asked: dict[str, object], outcomes: tuple[Outcome, ...], codes: tuple[int, int]) -> None:
    asked["outcomes"] = outcomes
    assert (main.run(["check"]), main.run(["apply"])) == codes
    assert main.run(["check", "--exit-zero"]) == (0 if codes[0] == 1 else codes[0])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(UsageError("x.md: there is no such file"), 2, id="usage"),
        pytest.param(RecordError("records.json: not JSON"), 3, id="records"),
        pytest.param(PageError("another run is at work"), 4, id="a page"),
    ],
)
def test_an_expected_error_is_a_line_and_a_next_step(
    asked: dict[str, object], capsys: pytest.CaptureFixture[str], error: EnrichError, code: int
) -> None:
    asked["error"] = error
    assert main.run(["check"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    first, step = err.splitlines()
    assert first == f"error: {error}"
    assert step.startswith("  ")


@pytest.mark.parametrize(
    ("typed", "environ", "shown"),
    [
        pytest.param([], {}, False, id="without a word"),
        pytest.param(["-v"], {}, False, id="once"),
        pytest.param(["-vv"], {}, True, id="twice"),
        pytest.param([], {"ENRICH_VERBOSE": "2"}, True, id="in the environment"),
        pytest.param(["-vv", "--only", "titel"], {}, True, id="a mistake in the settings"),
        pytest.param(["--only", "titel"], {}, False, id="a mistake in the settings, without -vv"),
    ],
)
def test_verbose_output_shows_where_an_error_was_raised(
    asked: dict[str, object],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: list[str],
    environ: dict[str, str],
    shown: bool,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    asked["error"] = PageError("\x1b[31mno")
    assert main.run(["check", *typed]) in {2, 4}
    err = capsys.readouterr().err
    assert ("Traceback" in err) is shown
    assert "\x1b" not in err
    assert err.splitlines()[-2].startswith("error: ")


def test_a_bug_is_a_traceback(asked: dict[str, object]) -> None:
    asked["error"] = KeyError("x")
    with pytest.raises(KeyError):
        main.run(["check"])


def test_a_bug_ends_the_program_with_70_and_its_traceback(site: Path) -> None:
    code = """
import enrich.pipeline
def fail(*_, **__): raise KeyError("\x1b[31mgone")
enrich.pipeline.run = fail
"""
    with start(code, "check", cwd=site) as process:
        out, err = process.communicate()
    assert (process.returncode, out) == (70, "")
    assert err.startswith("Traceback (most recent call last):\n")
    assert "KeyError" in err
    assert err.endswith("This is a bug in enrich, not in your site. Please report these lines.\n")
    assert "\x1b" not in err


def test_an_error_of_the_system_is_a_line_and_a_next_step(
    asked: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    asked["error"] = PermissionError(13, "Permission denied", "content/x")
    assert main.run(["check"]) == 4
    assert capsys.readouterr().err.startswith(
        "error: content/x: permission denied for the file or its folder\n  fix this"
    )


@pytest.mark.parametrize("command", ["check", "apply", "config", "explain", "find", "init", "undo"])
def test_a_path_that_cannot_exist_is_a_mistake_in_the_command(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main.run([command, "a" * 5_000]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_a_current_folder_that_was_deleted_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    with start(f"os.rmdir({str(gone)!r})", "check", cwd=gone) as process:
        out, err = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert err.startswith("error: .: no such file or folder\n")


def test_an_error_message_acts_on_no_terminal(
    asked: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    asked["error"] = UsageError("\x1b[31m\u202e")
    main.run(["check"])
    assert "\\x1b[31m\\u202e" in capsys.readouterr().err


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(["chek"], id="no such command"),
        pytest.param(["a" * 5_000], id="a command whose name no file can have"),
        pytest.param(["check", "-o", "a\0"], id="a file whose name has a NUL"),
        pytest.param(["forget", "a\0"], id="a path with a NUL"),
        pytest.param(["new", "a\0"], id="a site with a NUL"),
        pytest.param(["forget", ".", "\ud800"], id="a path with half a character"),
        pytest.param(["new", "--cache-dir=\ud800"], id="an option with half a character"),
        pytest.param(["check", "--colour"], id="no such option"),
        pytest.param(["check", "--format", "xml"], id="no such format"),
        pytest.param(["check", "--report", "json"], id="a report without a file"),
        pytest.param(["check", "--report", "xml:x"], id="a report in no format"),
        pytest.param(["check", "--report", "json:a", "--report", "jsonl:a"], id="two reports, one file"),
        pytest.param(["check", "-o", "nowhere/x.json"], id="a folder that is not there"),
        pytest.param(["check", "-o", "content"], id="a folder as a file"),
        pytest.param(["check", "--config", "none.toml"], id="a configuration that is not there"),
        pytest.param(["check", "--only", "titel"], id="no such field"),
        pytest.param(["explain"], id="explain nothing"),
        pytest.param(["explain", "retraced"], id="no such code"),
        pytest.param(["cache", "clear", "retraced"], id="no DOI"),
    ],
)
def test_usage_is_checked_before_any_work(
    asked: dict[str, object], capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert main.run(typed) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "rror: " in err
    assert "act" not in asked


def test_a_likely_code_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    main.run(["explain", "retraced"])
    assert "did you mean 'retracted'?" in capsys.readouterr().err


def test_a_likely_doi_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    main.run(["explain", "0.1145/3292500.3330701"])
    assert "did you mean '10.1145/3292500.3330701'?" in capsys.readouterr().err


@pytest.mark.parametrize("subject", ["content/publication/nowhere", "nowhere.md", "../nowhere/index.md"])
def test_a_path_that_does_not_exist_gets_no_list_of_codes(
    subject: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["explain", subject]) == 2
    said = capsys.readouterr().err
    assert f"error: '{subject}' does not exist, and it is not a DOI\n" in said


def test_a_code_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["explain", "retracted"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("retracted (error)\n")
    assert (out[-1], err) == ("\n", "")


def test_what_is_typed_reaches_the_pipeline(asked: dict[str, object]) -> None:
    main.run(
        ["apply", "content", "--all", "--only", "title", "--only", "date", "--offline", "--cache-dir", "c"]
    )
    settings = asked["settings"]
    assert isinstance(settings, Settings)
    assert (asked["act"], asked["targets"]) == (True, (Path("content"),))
    assert (settings.write_all, settings.only, settings.offline) == (True, ("title", "date"), True)
    assert settings.cache_dir == Path("c")


def test_without_a_path_it_is_the_folder_one_is_in(asked: dict[str, object]) -> None:
    main.run(["check"])
    assert (asked["act"], asked["targets"]) == (False, (Path(),))


@pytest.mark.usefixtures("asked")
def test_only_a_typed_option_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENRICH_FORMAT", "jsonl")
    monkeypatch.setenv("ENRICH_EXIT_ZERO", "1")
    assert main.run(["check"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["summary"]["pages"] == 1
    assert main.run(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == 1


def commands() -> list[click.Command]:
    """Return every command of the program."""
    context = click.Context(main.enrich)
    found = [main.enrich.get_command(context, name) for name in main.enrich.list_commands(context)]
    return [command for command in found if command]


def test_a_command_is_a_file_beside_main() -> None:
    documented = "add apply cache check config dois explain find forget init new records review undo".split()
    names = [str(command.name) for command in commands()]
    files = {path.stem for path in Path(main.__file__).parent.glob("*.py")}
    assert set(documented) <= set(names) <= files
    assert names == sorted(names)
    assert main.enrich.get_command(click.Context(main.enrich), "console") is None
    assert main.enrich.get_command(click.Context(main.enrich), "../main") is None


def test_every_flag_of_the_table_belongs_to_a_command_and_has_its_help() -> None:
    groups = [command for command in commands() if isinstance(command, click.Group)]
    every = [*commands(), *(command for group in groups for command in group.commands.values())]
    params = [param for command in every for param in command.params if isinstance(param, SettingOption)]
    flags = {option: param for param in params for option in param.opts}
    for row in list_rows():
        if row.flag:
            param = flags[row.flag]
            assert isinstance(param, click.Option)
            assert (param.help, param.envvar) == (row.flag_help, row.variable)


def test_the_report_is_on_stdout_and_the_rest_on_stderr(
    asked: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    asked["notes"] = ("the cache was set aside",)
    main.run(["check", "--format", "json"])
    out, err = capsys.readouterr()
    json.loads(out)
    assert err == "the cache was set aside\n1 page, 1 with a DOI · 1 needs review\n"
    main.run(["check"])
    assert capsys.readouterr().err == "the cache was set aside\n"


def test_quiet_leaves_the_report_alone(asked: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    asked["notes"] = ("the cache was set aside",)
    main.run(["check", "-q"])
    out, err = capsys.readouterr()
    assert (out.count("\n"), err) == (4, "")


@pytest.mark.usefixtures("asked")
def test_reports_go_to_their_files(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.run(["check", "-o", "out.txt", "--report", "json:out.json", "--report", "jsonl:out.jsonl"])
    out, err = capsys.readouterr()
    written = [f"wrote the {name} report to out.{ending}" for ending, name in FORMATS.items()]
    assert (out, err.splitlines()) == ("", [*written, "1 page, 1 with a DOI · 1 needs review"])
    assert (site / "out.txt").read_text(encoding="utf-8").startswith("https://doi.org/10.5555/1 (Crossref)\n")
    assert json.loads((site / "out.json").read_text(encoding="utf-8"))["schema"] == 1
    assert len((site / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert sorted(path.name for path in site.iterdir()) == ["content", "out.json", "out.jsonl", "out.txt"]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        pytest.param(["-o", "r.html"], "<!doctype html>", id="HTML"),
        pytest.param(["-o", "r.HTM"], "<!doctype html>", id="another ending of HTML"),
        pytest.param(["-o", "r.json"], '{\n  "schema": 1', id="JSON"),
        pytest.param(["-o", "r.md"], "### Publications", id="Markdown"),
        pytest.param(["-o", "r.txt"], "https://doi.org/", id="text"),
        pytest.param(["-o", "r.log"], "https://doi.org/", id="no format's ending"),
        pytest.param(["-o", "r.html", "--format", "text"], "https://doi.org/", id="a format was set"),
    ],
)
def test_the_name_of_the_file_chooses_the_format(site: Path, typed: list[str], begins: str) -> None:
    main.run(["check", *typed])
    assert (site / typed[1]).read_text(encoding="utf-8").lower().startswith(begins.lower())


@pytest.mark.usefixtures("asked")
def test_a_report_that_cannot_be_rendered_leaves_the_others_unwritten(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "out.txt").write_text(EARLIER, encoding="utf-8")

    def broken(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("enrich.report.json.render", broken)
    with pytest.raises(ZeroDivisionError):
        main.run(["check", "-o", "out.txt", "--report", "json:out.json"])
    assert (site / "out.txt").read_text(encoding="utf-8") == EARLIER


@pytest.mark.usefixtures("asked")
def test_a_report_that_cannot_be_written_is_an_error(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "out.txt").write_text(EARLIER, encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert main.run(["apply", "-o", "out.txt"]) == 4
    assert capsys.readouterr().err.startswith("error: out.txt cannot be written: the disk is full\n")
    assert (site / "out.txt").read_text(encoding="utf-8") == EARLIER
    assert sorted(path.name for path in site.iterdir()) == ["content", "out.txt"]


@pytest.mark.usefixtures("asked")
def test_a_report_keeps_the_mode_of_its_file(site: Path) -> None:
    (site / "out.txt").write_text(EARLIER, encoding="utf-8")
    (site / "out.txt").chmod(0o640)
    main.run(["check", "-o", "out.txt"])
    assert (site / "out.txt").stat().st_mode & 0o777 == 0o640
    assert "title: differs" in (site / "out.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("asked")
def test_a_device_is_written_to_and_stays() -> None:
    assert main.run(["check", "-o", "/dev/null"]) == 1
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        pytest.param(["check"], "enrich apply", id="bare"),
        pytest.param(
            ["check", "content", "--records", "my records", "--offline", "--skip", "date", "--skip", "title"],
            "enrich apply content --records 'my records' --offline --skip date --skip title",
            id="what decides is kept",
        ),
        pytest.param(
            ["check", "-v", "--format", "text", "--exit-zero"], "enrich apply", id="what shows is not"
        ),
    ],
)
def test_the_next_command_is_what_was_typed(
    asked: dict[str, object], capsys: pytest.CaptureFixture[str], typed: list[str], hint: str
) -> None:
    asked["outcomes"] = (Plan(page(), "", changes=(change("a", "b", level="safe"),)),)
    main.run(typed)
    out = capsys.readouterr().out
    assert f"\nNext: {hint}" in out
    assert out.endswith("  # writes the safe change\n")


@pytest.mark.usefixtures("asked")
def test_a_report_to_show_around_has_no_address_of_yours(site: Path) -> None:
    main.run(["check", "--mailto", "you@lab.org", "--only", "title", "-o", "report.html", "--format", "html"])
    text = (site / "report.html").read_text(encoding="utf-8")
    assert '"command": "enrich apply --only title"' in text
    assert "you@lab.org" not in text


def test_config_shows_values_and_origins_but_no_secret(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "enrich.toml").write_text('[fields]\ntitle = "propose"\n', encoding="utf-8")
    monkeypatch.setenv("ENRICH_CROSSREF_TOKEN", "sesame")
    assert main.run(["config", "--mailto", "you@lab.org"]) == 0
    out = capsys.readouterr().out
    assert set(tomllib.loads(out)) >= {"mailto", "output", "fields", "pages", "theme"}
    lines = [line.split("  # ") for line in out.splitlines()]
    assert len(lines) == len(list_options())
    values = {setting.strip(): origin for setting, origin in lines}
    assert values['mailto = "you@lab.org"'] == "--mailto"
    assert values['fields."cite.bib" = "keep"'] == "default"
    assert values['fields.title = "propose"'] == "enrich.toml:2"
    assert values['crossref_token = "(set)"'] == "ENRICH_CROSSREF_TOKEN"
    assert values["offline = false"] == "default"


def test_the_cache_is_looked_at_and_cleared(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["cache", "info"]) == 0
    assert "answers: 0\n" in capsys.readouterr().out
    assert main.run(["cache", "clear", "10.5555/12345678"]) == 0
    assert capsys.readouterr().out.endswith(
        "/cache\n  the cache folder has nothing to delete about these DOIs\n"
    )
    assert main.run(["cache", "clear"]) == 0
    assert capsys.readouterr().out.endswith("/cache\n  the cache folder has nothing to delete\n")
    (site / "cache").mkdir()
    (site / "cache" / "http.sqlite").write_text("no database", encoding="utf-8")
    assert main.run(["cache", "info"]) == 4
    assert "the cache cannot be read" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--version"]) == 0
    assert capsys.readouterr().out == f"enrich {__version__}\n"


def start(code: str, *typed: str, cwd: Path) -> subprocess.Popen[str]:
    """Start the program behind a line of code, with its three streams at hand."""
    code = f"import sys, os, signal\nsys.argv = ['enrich', *{list(typed)!r}]\n{code}\n"
    code += "from enrich.__main__ import main\nmain()"
    pipe = subprocess.PIPE
    command = [sys.executable, "-W", "error", "-c", code]
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        command,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
        cwd=cwd,
        env={"PYTHONPATH": root, "LC_ALL": "C.UTF-8"},
    )


ENDS = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing on Windows")
@pytest.mark.parametrize("name", ENDS)
def test_a_signal_while_working_is_one_line_and_its_exit_code(site: Path, name: str) -> None:
    code = """
import enrich.pipeline
enrich.pipeline.run = lambda *_, **__: (print('at work', flush=True), sys.stdin.read())
"""
    with start(code, "check", cwd=site) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        process.send_signal(getattr(signal, name))
        assert process.communicate() == ("", "interrupted: run the command again\n")
        assert process.returncode == ENDS[name]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing on Windows")
@pytest.mark.parametrize("name", ENDS)
def test_a_signal_that_is_ignored_ends_nothing(site: Path, name: str) -> None:
    """As after `nohup`, or in a script that starts the command in the background."""
    code = f"""
signal.signal(signal.{name}, signal.SIG_IGN)
import enrich.cli.config
print('at work', flush=True)
sys.stdin.read()
"""
    with start(code, "config", cwd=site) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        process.send_signal(getattr(signal, name))
        out, err = process.communicate()
        assert (err, process.returncode) == ("", 0)
        assert "mailto" in out


def test_an_interrupt_says_what_the_run_had_done(site: Path) -> None:
    code = """
import enrich.pipeline
def stop(*_, **__):
    raise KeyboardInterrupt("2 of 3 pages were written")
enrich.pipeline.run = stop
"""
    with start(code, "apply", cwd=site) as process:
        assert process.communicate() == ("", "interrupted: 2 of 3 pages were written\n")
        assert process.returncode == 130


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing on Windows")
@pytest.mark.parametrize("module", ["enrich.cli.main", "click.core", "enrich.pipeline", "enrich.report.text"])
@pytest.mark.parametrize("name", ENDS)
def test_a_signal_while_importing_is_one_line_and_its_exit_code(site: Path, module: str, name: str) -> None:
    code = f"""
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.{name})
sys.meta_path.insert(0, Interrupting())
"""
    put_page(site)
    with start(code, "check", "-q", cwd=site) as process:
        out, err = process.communicate()
        assert (out, err.partition(":")[0].strip()) == ("", "interrupted")
        assert process.returncode == ENDS[name]


@pytest.mark.parametrize("typed", [["config"], ["--help"], ["check", "--format", "json"]], ids=" ".join)
def test_a_closed_pipe_is_not_an_error(site: Path, typed: list[str]) -> None:
    put_page(site)
    with start("sys.stdin.read()", *typed, cwd=site) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.close()
        assert "Traceback" not in process.stderr.read()
    assert process.returncode == 0


def test_help_loads_no_more_than_click(site: Path) -> None:
    code = "import atexit\natexit.register(lambda: print(*sys.modules))"
    with start(code, "--help", cwd=site) as process:
        out, err = process.communicate()
    loaded = set(out.splitlines()[-1].split())
    assert (process.returncode, err) == (0, "")
    files = (Path(__file__).parents[2] / "enrich" / "cli").glob("*.py")
    allowed = {"enrich", "enrich.__main__", "enrich.errors", "enrich.cli", "enrich.settings"}
    allowed |= {f"enrich.cli.{file.stem}" for file in files}
    names = ("accepted_words", "option", "collect_options", "readers", "settings")
    allowed |= {f"enrich.settings.{name}" for name in names}
    assert {name for name in loaded if name.startswith("enrich")} <= allowed
    assert not loaded & {
        "requests",
        "requests_cache",
        "rich",
        "yaml",
        "tomlkit",
        "frontmatter",
        "sqlite3",
        "duckdb",
        "importlib.metadata",
        "json",
        "subprocess",
        "urllib.request",
    }


@pytest.mark.parametrize(("shell", "at"), [("bash", "1"), ("zsh", "1"), ("fish", "rev")])
def test_commands_are_completed_in_the_shell(site: Path, shell: str, at: str) -> None:
    environ = {"_ENRICH_COMPLETE": f"{shell}_complete", "COMP_WORDS": "enrich rev", "COMP_CWORD": at}
    code = f"os.environ.update({environ!r})"
    with start(code, cwd=site) as process:
        out, _ = process.communicate()
    assert "review" in out


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(
    ("line", "replies"),
    [
        pytest.param("enrich rev", ["review"], id="a command"),
        pytest.param("enrich check --only=da", ["date"], id="bash breaks a word at an equals sign"),
        pytest.param("enrich check --skip authors,ti", ["authors,title"], id="a list"),
        pytest.param("enrich check --report ht", ["compopt -o nospace", "html:"], id="a file follows"),
        pytest.param("enrich check --report html:x", ["compopt -o default"], id="a file behind a colon"),
        pytest.param("enrich explain retr", ["compopt -o default", "retracted"], id="a code or a file"),
        pytest.param("enrich forget con", ["compopt -o default"], id="a page"),
        pytest.param("enrich check --only 'ti", ["title"], id="an open quote"),
        pytest.param("enrich records select --sites ", ["compopt -o default"], id="nothing typed yet"),
    ],
)
def test_bash_gets_the_words_that_fit(tmp_path: Path, line: str, replies: list[str]) -> None:
    program = tmp_path / "enrich"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m enrich "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    # bash has `compopt` only while it completes; COMP_LINE is what it passes to the function.
    script = """
        eval "$(_ENRICH_COMPLETE=bash_source enrich)"
        compopt() { echo "compopt $1 $2"; }
        COMP_LINE=$1 COMP_POINT=${#1}
        _enrich_completion enrich
        printf '%s\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "-c", script, "bash", line], env=environ, capture_output=True, text=True, check=True
    )
    assert [reply for reply in done.stdout.splitlines() if reply] == replies


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        pytest.param("check --only d", ["date", "doi"], id="a field to compare"),
        pytest.param("apply --only title --skip a", ["authors", "abstract"], id="a field to leave out"),
        pytest.param("check --format j", ["json", "jsonl"], id="a format"),
        pytest.param("apply --skip title,da", ["title,date"], id="the second field of a list"),
        pytest.param("check --only title,date,ti", [], id="a field that the list has"),
        pytest.param("check --only=date,do", ["date,doi"], id="a list behind an equals sign"),
        pytest.param("check --format text,j", [], id="no list of formats"),
        pytest.param("check --report m", ["markdown:"], id="a format and its file"),
        pytest.param("check --report html:re", ["file"], id="the file of a report"),
        pytest.param("check --report p", ["patch:"], id="a format of the report on pages"),
        pytest.param("new --report p", [], id="no format of the list of works"),
        pytest.param("new --report h", ["html:"], id="a format of the list of works"),
        pytest.param("new --format m", ["markdown"], id="the same on stdout"),
        pytest.param("new -o e", ["file"], id="the file of the list"),
        pytest.param("explain retr", ["file", "retracted"], id="the code of a finding, or a page"),
        pytest.param("check --config e", ["file"], id="a file"),
        pytest.param("check --cache-dir e", ["dir"], id="a folder"),
        pytest.param("cache c", ["clear"], id="a command of a command"),
        pytest.param("check --only x", [], id="nothing"),
    ],
)
def test_values_are_completed_in_the_shell(typed: str, completed: list[str]) -> None:
    from click.shell_completion import ShellComplete

    *words, incomplete = typed.split()
    found = ShellComplete(main.enrich, {}, "enrich", "_ENRICH_COMPLETE").get_completions(words, incomplete)
    assert [each.value if each.type == "plain" else each.type for each in found] == completed


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        pytest.param(["--zzz"], "No such option '--zzz'.\n", id="an option of no command"),
        pytest.param(
            ["apply", "--dry-run"],
            "No such option '--dry-run'. `enrich check` shows what `enrich apply` would write, and writes no "
            "page.\n",
            id="what check does",
        ),
        pytest.param(["check", "--json"], "No such option '--json'. Type --format json.\n", id="a format"),
        pytest.param(
            ["check", "--html"], "No such option '--html'. Type --report html:FILE.\n", id="a report"
        ),
        pytest.param(
            ["check", "--qiet"], "No such option '--qiet'. Did you mean '--quiet'?\n", id="misspelt"
        ),
    ],
)
def test_a_mistyped_command_line_says_what_was_meant(
    capsys: pytest.CaptureFixture[str], typed: list[str], hint: str
) -> None:
    assert main.run(typed) == 2
    said = capsys.readouterr().err
    assert said.replace("(Did", "Did").replace("?)", "?").endswith(f"Error: {hint}")


@pytest.mark.parametrize("subject", ["smith2019", "content/publication/smth2019", "smith2019/index.md"])
def test_explain_names_the_page_that_was_meant(
    site: Path, capsys: pytest.CaptureFixture[str], subject: str
) -> None:
    place = site / "content" / "publication" / "smith2019" / "index.md"
    place.parent.mkdir(parents=True)
    place.write_text("---\ntitle: A\n---\n", encoding="utf-8")
    assert main.run(["explain", subject]) == 2
    assert "; did you mean 'content/publication/smith2019'?\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param(["chekc"], "No such command 'chekc'; did you mean 'check'?", id="two letters swapped"),
        pytest.param(["aply"], "No such command 'aply'; did you mean 'apply'?", id="a letter too few"),
        pytest.param(
            ["reviews"], "No such command 'reviews'; did you mean 'review'?", id="a letter too many"
        ),
        pytest.param(["records", "bild"], "No such command 'bild'; did you mean 'build'?", id="in a group"),
        pytest.param(["cache", "inf"], "No such command 'inf'; did you mean 'info'?", id="in another group"),
        pytest.param(["command"], "No such command 'command'.", id="a file that is no command"),
        pytest.param(["../x"], "No such command '../x'.", id="a path"),
        pytest.param(["zzz"], "No such command 'zzz'.", id="a word like no command"),
    ],
)
def test_a_misspelt_command_is_named(
    capsys: pytest.CaptureFixture[str], typed: list[str], message: str
) -> None:
    assert main.run(typed) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"Error: {message}"


@pytest.mark.parametrize(
    ("toml", "step"),
    [
        pytest.param("mailto = you\n", "correct the file and run the command again", id="no TOML"),
        pytest.param("titel = 1\n", "correct the file and run the command again", id="an unknown key"),
        pytest.param("format = 'x'\n", "correct the file and run the command again", id="an unknown word"),
        pytest.param("[[ignore]]\n", "correct the file and run the command again", id="an empty [[ignore]]"),
        pytest.param(
            "all = true\n",
            "correct this and run the command again; `enrich COMMAND --help` lists the options",
            id="a mistake on the command line",
        ),
    ],
)
def test_the_next_step_after_a_mistake_in_the_settings(
    site: Path, capsys: pytest.CaptureFixture[str], toml: str, step: str
) -> None:
    (site / "enrich.toml").write_text(toml, encoding="utf-8")
    assert main.run(["check", "--only", "titel"] if toml.startswith("all") else ["check"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"  {step}"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("ENRICH_OLNY", "ENRICH_ONLY", id="two letters swapped"),
        pytest.param("ENRICH_MAIL_TO", "ENRICH_MAILTO", id="one word as two"),
        pytest.param("ENRICH_FIELD_TITLE", "ENRICH_FIELDS_TITLE", id="a letter too few"),
        pytest.param("ENRICH_CROSSREF_TOKENS", "ENRICH_CROSSREF_TOKEN", id="a letter too many"),
        pytest.param("ENRICH_ONLY", "", id="a variable of enrich"),
        pytest.param("ENRICH_HOME", "", id="a variable of another program"),
        pytest.param("ENRICH_", "", id="no name"),
        pytest.param("ENRICHMENT_OLNY", "", id="another prefix"),
        pytest.param("OLNY", "", id="no prefix"),
        pytest.param("_ENRICH_ONLY", "", id="something before the prefix"),
    ],
)
@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.usefixtures("asked")
def test_a_misspelt_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, meant: str, quiet: bool
) -> None:
    monkeypatch.setenv(name, "title")
    main.run(["check", *["--quiet"] * quiet])
    line = f"{name} has no effect; did you mean {meant}?"
    printed = [text for text in capsys.readouterr().err.splitlines() if "has no effect" in text]
    assert printed == [line] * bool(meant and not quiet)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        pytest.param(
            "check", "  PATH  A site, a folder or a page. Default: the current folder.", id="optional"
        ),
        pytest.param("forget", "  PATH  A site, a folder or a page.", id="required"),
        pytest.param("add", "", id="none"),
    ],
)
def test_help_says_what_a_path_is(capsys: pytest.CaptureFixture[str], command: str, line: str) -> None:
    assert main.run([command, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (lines[lines.index("Arguments:") + 1] if "Arguments:" in lines else "") == line


@pytest.mark.parametrize(
    ("command", "is_listed"),
    [
        pytest.param("apply", False, id="apply, which has no use for it"),
        pytest.param("check", True, id="check"),
        pytest.param("find", True, id="find"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_an_option_without_effect_is_accepted_and_not_in_the_help(
    capsys: pytest.CaptureFixture[str], command: str, *, is_listed: bool
) -> None:
    assert main.run([command, "--exit-zero"]) == 0
    assert main.run([command, "--help"]) == 0
    assert ("--exit-zero" in capsys.readouterr().out) == is_listed


@pytest.mark.parametrize("group", [[], ["cache"], ["records"]])
def test_the_list_of_commands_has_whole_sentences(
    group: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main.run([*group, "--help"])
    commands = capsys.readouterr().out.partition("Commands:\n")[2].split("\n\n")[0].splitlines()
    assert commands
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []
