"""Generate what the documents take from the program: run `python -m docs.generate`; a test compares it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from enrich.cli import main as cli
from enrich.cli.click_options import SettingOption, SiteOption
from enrich.model.review_key import CANDIDATE_KEYS, REVIEW_KEYS, ReviewKey
from enrich.reconciler.findings.registry import FindingRule, list_finding_codes, list_finding_rules
from enrich.report.parts.safe_text import format_json
from enrich.settings.collect_options import list_options
from enrich.settings.ignore_tables import IGNORE_KEYS
from enrich.settings.json_schema import build_schema
from enrich.settings.option import Option
from enrich.settings.toml_file import TABLES, format_key, format_toml
from tests.support.documents import DOCS, document


def describe_findings() -> str:
    """Return a section for each finding, the most severe first."""
    return "\n".join(map(_describe_finding, list_finding_rules()))


def _describe_finding(rule: FindingRule) -> str:
    sections = (
        f"**{label}:** {_quote_example(text) if label == 'Example' else text}"
        for label, text in rule.sections.items()
    )
    return "\n\n".join([f"### {rule.code}", f"*{rule.severity}*", rule.summary, *sections]) + "\n"


def _quote_example(text: str) -> str:
    """Return an example between double backticks if it contains code itself."""
    return f"`{text}`" if text.count("`") > 2 else text


def describe_settings() -> str:
    """Return the table of what `enrich.toml` can set, table by table."""
    rows = ["| key | default | what it does |", "|---|---|---|"]
    rows += [
        _describe_setting(option) for option in list_options() if option.in_file and not option.is_policy
    ]
    return "\n".join([*rows, _describe_policies()]) + "\n"


def _describe_policies() -> str:
    policies = [option for option in list_options() if option.is_policy]
    names = ", ".join(f"`{format_key(option.key)}`" for option in policies)
    kept = ", ".join(f"`{option.attribute}`" for option in policies if option.default == "keep")
    return f'| {names} | `"fill"`; `"keep"` for {kept} | {TABLES["fields"]} |'


def _describe_setting(option: Option) -> str:
    default = "" if option.default in {"", ()} else f"`{format_toml(option.default)}`"
    return f"| `{option.key}` | {default} | {option.help}{_list_choices(option)} |"


def _list_choices(option: Option) -> str:
    words = "" if option.metavar == "FIELD" else ", ".join(f"`{word}`" for word in option.choices)
    return f" One of {words}." if words else ""


def describe_ignores() -> str:
    """Return the table of the keys of an [[ignore]]."""
    rows = [f"| `{key}` | {text.replace('*', '`*`')} |" for key, text in IGNORE_KEYS.items()]
    return "\n".join(["| key | meaning |", "|---|---|", *rows]) + "\n"


def describe_options() -> str:
    """Return the table of all flags, and of the variables without one."""
    rows = ["| option | variable | commands | what it does |", "|---|---|---|---|"]
    return (
        "\n".join([*rows, *(_describe_option(option) for option in list_options() if _has_no_key(option))])
        + "\n"
    )


def _has_no_key(option: Option) -> bool:
    return bool(option.flag) or not option.in_file


def _describe_option(option: Option) -> str:
    names = [name for name in (option.short, option.flag) if name]
    typed = ", ".join(f"`{name}{f' {option.metavar}' if option.metavar else ''}`" for name in names)
    takers = [
        name for name, command in list_commands() if _takes(command, option) and name != "enrich config"
    ]
    commands = ", ".join(f"`{name.removeprefix('enrich ')}`" for name in takers)
    return f"| {typed} | `{option.variable}` | {commands} | {option.flag_help}{_list_choices(option)} |"


def _takes(command: click.Command, option: Option) -> bool:
    return any(
        isinstance(param, SettingOption) and param.option.key == option.key and not param.hidden
        for param in command.params
    )


def describe_keys_of_review(rows_of: Iterable[ReviewKey] = REVIEW_KEYS) -> str:
    """Return the table of the keys of `enrich review`."""
    rows = [f"| `{row.label}` | {row.help} |" for row in rows_of]
    return "\n".join(["| key | effect |", "|---|---|", *rows]) + "\n"


def describe_commands() -> str:
    """Return the usage line and the help text of every command."""
    return "\n".join(_describe_command(name, command) for name, command in list_commands())


def _describe_command(name: str, command: click.Command) -> str:
    words = command.collect_usage_pieces(click.Context(command))
    paragraphs = [" ".join(text.split()) for text in (command.help or "").split("\n\n")]
    own = [
        f"`{param.opts[-1]}`: {param.help}"
        for param in command.params
        if isinstance(param, click.Option) and not isinstance(param, SettingOption | SiteOption)
    ]
    usage = " ".join(["$", name, *words])
    return "\n\n".join([f"## {name}", f"```text\n{usage}\n```", *paragraphs, *own]) + "\n"


def list_commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with what is typed for it."""
    context = click.Context(cli.enrich)
    for name in cli.enrich.list_commands(context):
        command = cli.enrich.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((f"enrich {name} {sub}", each) for sub, each in sorted(command.commands.items()))
        elif command:
            yield f"enrich {name}", command


def format_schema() -> str:
    """Return docs/enrich.schema.json."""
    return format_json(build_schema(list_finding_codes()), indent=2) + "\n"


BLOCKS = {
    ("findings.md", "findings"): describe_findings,
    ("configuration.md", "settings"): describe_settings,
    ("configuration.md", "ignores"): describe_ignores,
    ("commands.md", "commands"): describe_commands,
    ("guide.md", "review-keys"): describe_keys_of_review,
    ("guide.md", "candidate-keys"): lambda: describe_keys_of_review(CANDIDATE_KEYS),
    ("commands.md", "options"): describe_options,
}


def read_block(name: str, marker: str) -> str:
    """Return what is between a document's markers."""
    return _split_at_markers(document(name), marker)[1]


def _split_at_markers(text: str, marker: str) -> tuple[str, str, str]:
    """Return a text in three parts: up to the marker, what it marks, and the rest."""
    start, end = f"<!-- {marker} -->\n\n", f"\n<!-- /{marker} -->\n"
    before, _, rest = text.partition(start)
    inside, found, after = rest.partition(end)
    assert found, f"no {start.strip()} … {end.strip()}"
    return before + start, inside, end + after


def main() -> None:
    """Write everything that is generated; print the files that this changed."""
    old = {path: path.read_bytes() for path in DOCS.iterdir() if path.is_file()}
    for (name, marker), render in BLOCKS.items():
        before, _, after = _split_at_markers(document(name), marker)
        (DOCS / name).write_text(before + render() + after, encoding="utf-8")
    (DOCS / "enrich.schema.json").write_text(format_schema(), encoding="utf-8")
    changed = sorted(path.name for path, data in old.items() if path.read_bytes() != data)
    sys.stdout.writelines([f"docs/{name}: written\n" for name in changed] or ["docs/: nothing to change\n"])


if __name__ == "__main__":
    main()
