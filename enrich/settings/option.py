"""An option of the program, and the groups of flags; the rows of `settings.py` are the options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# The flags that a command can take, in groups; a row of the table names its group.
Group = str
PLACES, RECORDS, FIELDS = "places", "records", "fields"
COMMENTED, WRITING, REPORTS, CONSOLE = "commented", "writing", "reports", "console"
FILES = "files"
REMEMBERING = "remembering"
FINDING = "finding"
SCALING = "scaling"


@dataclass(frozen=True, slots=True)
class Given:
    """A value as the user gave it, before it is read."""

    value: object
    """The value: a text from a flag or a variable, any TOML value from a file."""
    where: str
    """The place to name in a message: `enrich.toml:7`, `ENRICH_MAILTO` or `--mailto`."""
    is_text: bool = False
    """Whether the place can only have text, as in a shell."""


Reader = Callable[["Option", Given], object]


@dataclass(frozen=True, slots=True)
class Option:
    """A row of the table of options; flag, variable, file key, schema and documents follow from it."""

    key: str
    """The key in `enrich.toml`, dotted if it belongs to a table."""
    attribute: str
    """The attribute of `Settings` with the value."""
    default: object
    """The value if the user gives none."""
    read: Reader
    """Turns the given value into the option's value; raises ValueError with the reason."""
    help: str
    """The description, a sentence, which `--help`, the documents and the schema print."""
    group: Group = ""
    """Its group of flags; without a group it has no flag."""
    accepts: tuple[str, ...] | Callable[[], tuple[str, ...]] = ()
    """The accepted words, or a function that returns them; `()` if the reader decides."""
    metavar: str = ""
    """The name of its value in the usage line."""
    short: str = ""
    """The short flag, `-o`."""
    in_file: bool = True
    """Whether `enrich.toml`, which can come with a repository, may set it."""
    is_secret: bool = False
    """Whether its value is never printed."""
    kept_for_apply: bool = False
    """Whether the commands that a report suggests repeat it."""
    example: object = None
    """The value that the starter file shows if the default is empty."""

    @property
    def variable(self) -> str:
        """The name of the environment variable."""
        return "ENRICH_" + self.parameter.upper()

    @property
    def parameter(self) -> str:
        """The key as an identifier."""
        return re.sub(r"\W", "_", self.key)

    @property
    def choices(self) -> tuple[str, ...]:
        """The accepted words."""
        return self.accepts() if callable(self.accepts) else self.accepts

    @property
    def flag(self) -> str:
        """The long flag, or `""` if there is none."""
        return "--" + self.parameter.replace("_", "-") if self.group else ""

    @property
    def is_policy(self) -> bool:
        """Whether it is the policy of a field."""
        return self.key.startswith("fields.")

    @property
    def is_service_url(self) -> bool:
        """Whether it is the address of a service."""
        return self.key.endswith("_url")

    @property
    def is_switch(self) -> bool:
        """Whether the flag takes no value and is on or off."""
        return isinstance(self.default, bool)

    @property
    def is_counted(self) -> bool:
        """Whether the flag takes no value and counts how often it is typed."""
        return isinstance(self.default, int) and not self.is_switch

    @property
    def is_repeatable(self) -> bool:
        """Whether its value is a list, with an item for each time the flag is typed."""
        return isinstance(self.default, tuple)

    @property
    def flag_help(self) -> str:
        """The help text, followed by "Repeatable." or by the default."""
        if self.is_repeatable:
            return f"{self.help} Repeatable."
        return f"{self.help} Default: {self.default}." if self.choices and self.default else self.help


def suggest_word(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'title'?` with the most similar known word, or `""`."""
    from difflib import get_close_matches

    likely = get_close_matches(word, [*known], n=1)
    return f"; did you mean '{likely[0]}'?" if likely else ""
