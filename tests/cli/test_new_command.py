"""A command is one file: added to a copy of the program, it is listed, and it has its options."""

from __future__ import annotations

from pathlib import Path

from tests.support.package_copy import copy_package, run_copy

COMMAND = '''\
"""`enrich wave`: greet a site."""

from enrich.cli.command import command
from enrich.cli.console import print_stdout
from enrich.cli.click_options import PATHS
from enrich.settings.option import RECORDS


@command(RECORDS)
@PATHS
def wave(paths, settings):
    """Greet a site."""
    print_stdout(f"hello {settings.root.name}, offline {settings.offline}\\n")
    return 0
'''


def test_a_new_command_is_one_file(tmp_path: Path) -> None:
    copy = copy_package(tmp_path)
    (copy / "enrich" / "cli" / "wave.py").write_text(COMMAND, encoding="utf-8")
    assert "  wave     Greet a site.\n" in run_copy(copy, "--help")
    assert "--offline" in run_copy(copy, "wave", "--help")
    assert run_copy(copy, "wave", "--offline") == "hello site, offline True\n"
    assert run_copy(copy, "wave", environ={"ENRICH_OFFLINE": "no"}) == "hello site, offline False\n"
