"""What the documents take from the program: `python -m docs.generate` writes it, a test compares it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from unittest import mock

import click

from enrich.cli import console
from enrich.cli import main as cli
from enrich.reconciler.findings.registry import FindingRule, list_finding_codes, list_finding_rules
from enrich.report.parts.safe_text import format_json
from enrich.settings.json_schema import schema
from enrich.settings.option_table import Option, options
from tests.support.documents import DOCS, document

_WIDTH = 100


def findings() -> str:
    """Return a section for each finding, the gravest first."""
    return "\n".join(map(_format_rule, list_finding_rules()))


def _format_rule(rule: FindingRule) -> str:
    sections = (f"**{label}:** {text}" for label, text in rule.sections.items())
    return "\n\n".join([f"### {rule.code}", f"*{rule.severity}*", rule.summary, *sections]) + "\n"


def settings() -> str:
    """Return the table of all settings."""
    typed = {param.name for _, command in commands() for param in command.params}
    rows = ["| in `enrich.toml` | without it | as an option | what it does |", "|---|---|---|---|"]
    rows += [_setting(option, is_typed=option.name in typed) for option in options()]
    return "\n".join(rows) + "\n"


def _setting(option: Option, *, is_typed: bool) -> str:
    name = f"`{option.name}`" if option.in_file else f"only `{option.variable}`"
    default = f"`{format_json(option.default)}`" if option.default not in {None, "", ()} else ""
    words = f" One of {', '.join(f'`{word}`' for word in option.choices)}." if option.choices else ""
    shown = words if not option.name.startswith("fields.") and option.name not in {"only", "skip"} else ""
    return f"| {name} | {default} | {f'`{option.flag}`' if is_typed else ''} | {option.help}{shown} |"


def helps() -> str:
    """Return what `--help` says for every command."""
    return "\n".join(f"## {name}\n\n```text\n{_help(name, command)}\n```\n" for name, command in commands())


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with what is typed for it."""
    for name, command in sorted(cli.enrich.commands.items()):
        if isinstance(command, click.Group):
            yield from ((f"enrich {name} {sub}", one) for sub, one in sorted(command.commands.items()))
        else:
            yield f"enrich {name}", command


def _help(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, max_content_width=_WIDTH, terminal_width=_WIDTH)
    context.help_option_names = ["-h", "--help"]
    with mock.patch.dict(os.environ, {"COLUMNS": str(_WIDTH)}):
        return command.get_help(context).rstrip()


def formats() -> str:
    """Return the names of the formats, as they stand in a sentence."""
    return ", ".join(f"`{name}`" for name in console.formats()) + "\n"


def schema_text() -> str:
    """Return docs/enrich.schema.json."""
    return format_json(schema(list_finding_codes()), indent=2) + "\n"


BLOCKS = {
    ("findings.md", "findings"): findings,
    ("configuration.md", "settings"): settings,
    ("commands.md", "help"): helps,
}


def block(name: str, marker: str) -> str:
    """Return what stands between a document's markers."""
    return _marked(document(name), marker)[1]


def _marked(text: str, marker: str) -> tuple[str, str, str]:
    """Return a text in three parts: to the marker, what it marks, the rest."""
    start, end = f"<!-- {marker} -->\n\n", f"\n<!-- /{marker} -->\n"
    before, _, rest = text.partition(start)
    inside, found, after = rest.partition(end)
    assert found, f"no {start.strip()} … {end.strip()}"
    return before + start, inside, end + after


def main() -> None:
    """Write everything that is generated."""
    for (name, marker), render in BLOCKS.items():
        before, _, after = _marked(document(name), marker)
        (DOCS / name).write_text(before + render() + after, encoding="utf-8")
    (DOCS / "enrich.schema.json").write_text(schema_text(), encoding="utf-8")
    sys.stdout.write("docs/ is up to date\n")


if __name__ == "__main__":
    main()
