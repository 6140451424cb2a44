"""Connect completion with the shells where click's own scripts lose words."""

from __future__ import annotations

import os

from click.shell_completion import BashComplete, FishComplete, add_completion_class, split_arg_string

# bash breaks words at `=` and `:`, so the script passes the line as typed. Files come beside the words:
# bash completes them where no word fits. After `html:` comes the name of a file, so no space.
_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' completion type value
    for completion in $(env COMP_WORDS="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1"); do
        IFS=',' read -r type value <<< "$completion"
        case $type in
            plain) COMPREPLY+=("$value"); if [[ $value == *: ]]; then compopt -o nospace; fi ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
        esac
    done
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class BashLines(BashComplete):
    """Completion for bash, from the line up to the cursor."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the whole words of the line, without the program, and the last one as far as typed."""
        line = os.environ["COMP_WORDS"]
        words = split_arg_string(line)[1:]
        return (words, "") if not words or line[-1:].isspace() else (words[:-1], words[-1])


class FishLists(FishComplete):
    """Completion for fish, of values with commas in them."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


def register_shells() -> None:
    """Make click use these classes for their shells."""
    add_completion_class(BashLines)
    add_completion_class(FishLists)
