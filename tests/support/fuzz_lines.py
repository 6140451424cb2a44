"""Command lines for the fuzz: each option of each command, as click knows them, with usual and odd values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

import click

from enrich.cli.main import enrich
from enrich.settings.collect_options import list_options
from tests.support.fuzz_world import CODES, PUBLICATION
from tests.support.made_site import doi_of

ODD_PATHS = [
    "", ".", "..", "-", "--", "/", "//", "./.", "~", "~/x", "~nobody/x", "~nosuchuser/x", "~root/x",
    "/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/stdin", "/dev/stdout", "/dev/stderr",
    "/dev/fd/9", "/proc/self/mem", "/proc/self/fd/1", "/proc/1/root", "/root/none", "x" * 300,
    "x" * 300 + ".parquet", "x/" * 2_500, "a\0b", "caf\udce9", "\ud800", "\n", " ", "\t.", "x\x1b[31m",
    "\u202e", "con:", "C:\\x", "*", "?", "[a]", "{a}", "content/../..", f"{PUBLICATION}/..",
    f"{PUBLICATION}/a/index.md/x", "enrich.toml/x", "../private/key", "../private/new", "../private/",
    "../other", "../other/content/publication/a/index.md", "../empty", "../tmp/x", "$HOME", "`x`", "x;y",
    "http://127.0.0.1/x", "file:///etc/passwd", "content", "cache", f"{PUBLICATION}/a/index.md",
    f"{PUBLICATION}/a", f"{PUBLICATION}/c.md", PUBLICATION, f"{PUBLICATION}/new.md", "hugo.yaml",
    "enrich.toml", "cache/baseline.jsonl", "cache/http.sqlite", "cache/undo.patch", "cache/new",
    "cache/baseline.jsonl/x", "nowhere", "nowhere/deeper", "../out/report.json", "../out/report.html",
    "../out/report.md", "../out/new.json", "../out/new", "../out", "../records.jsonl", "../built", "../shelf",
    "../some.parquet", "../dois.txt", "../decisions.json", "records.jsonl", "content/post/x.md",
    "content/authors",
]  # fmt: skip
ODD_TEXTS = [
    "", " ", "-", "--", "-1", "0", "1", "2", "9" * 400, "1e400", "NaN", "true", "TRUE", "no", "x",
    "x" * 5_000, "a\0b", "\ud800", "caf\udce9", "\n", "x\ny", "\x1b[31m", "\u202e", "é", "İ", "title",
    "title,doi", "title, ,", "json", "text", "html", "JSON", "json:", ":x", "json:-", "a@b.example",
    "a@b.example\r\nX: y", "@", "2GB", "1B", "0GB", "999999TB", "10.5555/made.0", "10.5555/made.99",
    "10.5555/", "https://doi.org/10.5555/MADE.0", "doi:10.5555/x y", "10.5555/a/../../members",
    "10.5555/%00", "10.1/\ud800", *CODES, "0000-0002-1825-0098", "retracted", "1900", "2020", "99999",
    "../x", "content/x", "publication", "en", "{}", "[]", "%s", "$(x)", "${{ x }}", "&", "#",
]  # fmt: skip
_URLS = [
    "",
    "http://127.0.0.1:9",
    "http://[::1",
    "https://x.invalid",
    "http://x",
    "file:///x",
    "http://localhost:0",
]
# Options that make files or folders, and places outside of the world: root may write there.
_MAKING = {"cache_dir", "out"}
# Options that read whole folders: the machine's own would take minutes.
_READING = {"records", "sites", "sources"}
_REAL = {"/", "//", "~nobody/x", "~root/x", "/root/none", "/proc/1/root"}
_PATH_NAMES = {"FILE", "PATH", "FOLDER", "DIR", "[PATH]", "[PATH]...", "PATH...", "SOURCE..."}
_DOI_NAMES = {"DOI...", "[DOI]...", "DOI|PAGE|CODE"}
_ELSEWHERE = {
    "COLUMNS": ["0", "1", "20", "80", "100000", "-5", "x", ""],
    "LINES": ["0", "x"],
    "TERM": ["dumb", "xterm", ""],
    "NO_COLOR": ["1"],
    "FORCE_COLOR": ["1", "0"],
    "CI": ["true"],
    "HOME": ["", "relative", "/dev/null"],
    "TMPDIR": ["/nowhere", "/dev/null", ""],
    "LANG": ["C", "tr_TR.UTF-8", "nowhere"],
    "LC_ALL": ["C", "POSIX"],
    "TZ": ["UTC+30", "Nowhere/Nowhere", "\x01"],
    "EDITOR": ["false"],
    "BROWSER": ["false"],
    "HTTP_PROXY": ["http://127.0.0.1:9", "nonsense", "socks5://127.0.0.1:9"],
    "HTTPS_PROXY": ["http://127.0.0.1:9", "::", "socks5h://x"],
    "ALL_PROXY": ["socks4://127.0.0.1:9"],
    "NO_PROXY": ["*", "127.0.0.1"],
    "REQUESTS_CA_BUNDLE": ["/nowhere", "/dev/zero", "hugo.yaml", "x" * 300],
    "GITHUB_STEP_SUMMARY": ["/nowhere/x", "/dev/full", "../out/summary.md", "content", "x" * 300],
    "GITHUB_ACTIONS": ["true"],
    "GITHUB_WORKSPACE": ["/nowhere", "."],
    "SOURCE_DATE_EPOCH": ["x", "-1", "9" * 30],
    "_ENRICH_COMPLETE": ["bash_complete", "zsh_complete", "fish_complete", "bash_source", "nonsense", ""],
    "COMP_WORDS": ["enrich check --on", "enrich explain r", "enrich 'unclosed", "enrich apply --report ", ""],
    "COMP_CWORD": ["1", "2", "99", "-5", "x"],
}


@dataclass
class Line:
    """A command line, and the environment that it is typed in."""

    words: list[str]
    environ: dict[str, str] = field(default_factory=dict)
    command: str = ""
    typed_paths: list[str] = field(default_factory=list)
    """The values that name where to write."""


def list_commands() -> dict[str, click.Command]:
    """Return each command by the words that are typed for it."""
    return dict(_iterate_commands(enrich, ""))


def _iterate_commands(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    with click.Context(enrich) as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            if isinstance(command, click.Group):
                yield from _iterate_commands(command, f"{before}{name} ")
            elif command:
                yield f"{before}{name}", command


def draw_line(rng: Random, commands: Mapping[str, click.Command], *, is_usual: bool = False) -> Line:
    """Return a random line: a usual one, with a few odd things in it if it need not be usual."""
    name = rng.choice([*commands])
    line = Line([], {}, name)
    chosen = rng.choice(_list_usual(name))
    line.words += chosen
    line.typed_paths += [word.rpartition(":")[2] for word in chosen if "/" in word]
    if is_usual:
        line.words[:0] = name.split()
        return line
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        _add_odd_option(rng, commands[name], line)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        _add_odd_variable(rng, line)
    _misplace_words(rng, line)
    line.typed_paths += [word for flag, word in pairwise(line.words) if flag.startswith("-")]
    line.words[:0] = name.split() if rng.random() > 0.01 else [rng.choice([*ODD_TEXTS, name.upper()])]
    return line


def _list_usual(name: str) -> list[list[str]]:
    """Return the usual arguments of a command."""
    records = ["--records", "../records.jsonl"]
    lines: dict[str, list[list[str]]] = {
        "add": [[doi_of(5), *records], [doi_of(5)], [doi_of(0), *records], [doi_of(99), "--offline"]],
        "apply": [
            records,
            [],
            ["--offline"],
            [*records, "--all"],
            [*records, "--decisions", "../decisions.json"],
            [*records, "--decisions", "../decisions.json", "--format", "json"],
            [*records, "--find", "--fill-commented", "-v"],
            [f"{PUBLICATION}/b", "--records", "../shelf"],
        ],
        "cache clear": [[], [doi_of(0)]],
        "cache info": [[]],
        "check": [
            records,
            [],
            ["--offline"],
            [*records, "--remember"],
            ["--records", "../built"],
            ["--records", "../some.parquet", "--ask-missing"],
            ["-o", "../out/report.html", "--report", "json:../out/report.json"],
            ["--records", "../shelf", "--format", "jsonl"],
            [*records, "--format", "json"],
            [*records, "--format", "patch", "--find"],
            [*records, "--format", "github"],
            [*records, "--format", "markdown", "-v"],
            ["--refresh", "--report", "html:../out/report.html", "--report", "markdown:../out/report.md"],
            [f"{PUBLICATION}/a/index.md", *records],
            ["--config", "enrich.toml", "--only", "abstract"],
        ],
        "config": [[], ["--schema"]],
        "dois": [[], [PUBLICATION]],
        "explain": [[doi_of(0), *records], ["retracted"], [f"{PUBLICATION}/a/index.md"], [doi_of(0)]],
        "find": [records, [], ["--offline"], ["--records", "../built"], ["--format", "json"]],
        "forget": [["."], [f"{PUBLICATION}/a/index.md"]],
        "init": [[], ["--workflow"], ["../other", "--workflow"]],
        "new": [
            [],
            ["--offline"],
            records,
            ["--add"],
            ["--everyone"],
            ["--format", "json"],
            ["--format", "html", *records],
            ["-o", "../out/report.html", "--report", "json:../out/report.json"],
        ],
        "records build": [
            ["../records.jsonl", "--out", "../out/built"],
            ["../built", "--out", "../out/b"],
            ["../shelf", "../some.parquet", "--out", "../out/c"],
        ],
        "records select": [
            ["../records.jsonl", "--sites", ".", "--out", "../out/x.parquet"],
            ["../records.jsonl", "--dois", "../dois.txt", "--out", "../out/x.parquet"],
            ["../built", "--sites", "..", "--out", "../out/x.parquet"],
            ["../some.parquet", "--sites", ".", "--out", "../out/x.parquet"],
            ["../shelf", "--sites", ".", "--out", "../out/x.parquet"],
        ],
        "review": [records, ["--offline"], []],
        "undo": [[], [PUBLICATION]],
    }
    return lines.get(name, [[]])


def _add_odd_option(rng: Random, command: click.Command, line: Line) -> None:
    param = rng.choice(command.params) if command.params else None
    if param is None:
        line.words.append(rng.choice(ODD_TEXTS))
        return
    value = draw_value(rng, param.metavar or "", _list_choices(param))
    if param.name in _MAKING | _READING and value in _REAL:
        value = "../out/made"
    if isinstance(param, click.Argument):
        line.words.append(value)
    elif isinstance(param, click.Option) and param.opts and not getattr(param, "hidden", False):
        _add_option(rng, param, value, line)
    if "/" in value or param.metavar:
        line.typed_paths.append(value.partition(":")[2] if param.metavar == "FORMAT:FILE" else value)


def _add_option(rng: Random, param: click.Option, value: str, line: Line) -> None:
    flag = rng.choice(param.opts)
    takes_none = param.is_flag or param.count
    if takes_none and rng.random() < 0.95:
        line.words.append(flag)
    elif flag.startswith("--") and rng.random() < 0.3:
        line.words.append(f"{flag}={value}")
    else:
        line.words += [flag, value] if rng.random() < 0.98 else [flag]


def _list_choices(param: click.Parameter) -> tuple[str, ...]:
    option = getattr(param, "option", None)
    return tuple(option.choices) if option is not None else tuple(getattr(param.type, "choices", ()))


def draw_value(rng: Random, metavar: str, choices: tuple[str, ...] = ()) -> str:
    """Return a value for an option: in half of the draws one that it may accept."""
    if metavar == "FORMAT:FILE":
        return f"{rng.choice([*choices, 'x'])}:{rng.choice(ODD_PATHS)}"
    if choices and rng.random() < 0.8:
        return rng.choice(choices)
    if metavar in _PATH_NAMES and rng.random() < 0.9:
        return rng.choice(ODD_PATHS)
    if metavar in _DOI_NAMES and rng.random() < 0.5:
        return rng.choice([doi_of(0), doi_of(4), doi_of(5), f"https://doi.org/{doi_of(5)}", doi_of(99)])
    return rng.choice([*ODD_TEXTS, *ODD_TEXTS, *ODD_PATHS])


def _add_odd_variable(rng: Random, line: Line) -> None:
    if rng.random() < 0.5:
        name = rng.choice([*_ELSEWHERE])
        line.environ[name] = rng.choice(_ELSEWHERE[name])
    else:
        option = rng.choice(list_options())
        value = (
            rng.choice(_URLS) if option.is_service_url else draw_value(rng, option.metavar, option.choices)
        )
        value = "../out/made" if option.key in _MAKING | _READING and value in _REAL else value
        line.environ[option.variable] = value.replace("\0", "\x01")
        line.typed_paths.append(value.partition(":")[2] if option.metavar == "FORMAT:FILE" else value)


def _misplace_words(rng: Random, line: Line) -> None:
    """Now and then shuffle, repeat or drop words, as a hasty person does."""
    words, chance = line.words, rng.random()
    if words and chance < 0.03:
        words.pop(rng.randrange(len(words)))
    elif words and chance < 0.06:
        words.insert(rng.randrange(len(words)), rng.choice(words))
    elif chance < 0.08:
        rng.shuffle(words)
