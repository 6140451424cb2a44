"""The options: one row each, and how a value typed on a line, in a variable or in a file is read.

To add an option, add a row to `OPTIONS` and an attribute to `config.Settings`.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from enrich.model.plan import Policy
from enrich.reconciler.fields.policies import default_policies

POLICY_NAMES: tuple[Policy, ...] = ("fill", "propose", "overwrite", "keep")

GENERATIONS = ("academic", "wowchemy", "bootstrap", "tailwind", "kit")

# Printable, one @, nothing that could end a header or begin another.
_ADDRESS = re.compile(r"[^\s@<>()\"',;:\\]{1,64}@[^\s@<>()\"',;:\\]+\.[^\s@<>()\"',;:\\.]{2,}")
_TOKEN = re.compile(r"[!-~]+")
_YES, _NO = {"1", "true", "yes", "on", "y"}, {"0", "false", "no", "off", "n"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as it was given: `where` is `enrich.toml:7`, `ENRICH_MAILTO` or `--mailto`.

    `folder` is what a relative path starts from; `is_text` that everything there is text.
    """

    value: object
    where: str
    folder: Path
    is_text: bool = False


Reader = Callable[["Option", Typed], object]


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its name in `enrich.toml` (dotted in a table), how it is read, default and help.

    `attribute` is its name in `Settings`; with `in_file` false it may not stand in `enrich.toml`.
    """

    name: str
    read: Reader
    default: object
    help: str
    attribute: str = ""
    choices: tuple[str, ...] = ()
    in_file: bool = True

    @property
    def variable(self) -> str:
        """Return the name of the option's environment variable."""
        return "ENRICH_" + re.sub(r"\W", "_", self.name).upper()

    @property
    def flag(self) -> str:
        """Return the option as it is typed."""
        return "--" + self.name.replace("_", "-")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'title'?` for the likeliest of the known words, or nothing."""
    likely = difflib.get_close_matches(word, [*known], n=1)
    return f"; did you mean '{likely[0]}'?" if likely else ""


def flag(option: Option, typed: Typed) -> bool:
    """Read true or false; ValueError otherwise."""
    if isinstance(typed.value, bool):
        return typed.value
    word = typed.value.strip().lower() if typed.is_text and isinstance(typed.value, str) else ""
    if word in _YES | _NO:
        return word in _YES
    raise ValueError(f"'{option.name}' must be true or false")


def count(option: Option, typed: Typed) -> int:
    """Read a small number, or true for 1; ValueError otherwise."""
    value = typed.value
    if isinstance(value, int) and value >= 0:
        return int(value)
    if typed.is_text and isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    try:
        return int(flag(option, typed))
    except ValueError:
        raise ValueError(f"'{option.name}' must be a number: 0, 1 or 2") from None


def text(option: Option, typed: Typed) -> str:
    """Read a text; ValueError for anything else."""
    if not isinstance(typed.value, str | Path):
        raise ValueError(f"'{option.name}' must be a text in quotes")  # noqa: TRY004 - one error for all readers
    return str(typed.value).strip()


def path(option: Option, typed: Typed) -> Path | None:
    """Read a path, relative to where it was written; None for an empty one; ValueError otherwise."""
    name = text(option, typed)
    return typed.folder / Path(name).expanduser() if name else None


def output(option: Option, typed: Typed) -> str:
    """Read the file a report goes to; `-` is stdout."""
    name = text(option, typed)
    return name if name in {"", "-"} else str(path(option, typed))


def texts(option: Option, typed: Typed) -> tuple[str, ...]:
    """Read a list of texts, or one text with commas; ValueError otherwise."""
    value = typed.value
    if isinstance(value, str):
        return tuple(item.strip() for item in value.split(",") if item.strip())
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(item.strip() for item in value if item.strip())
    raise ValueError(f"'{option.name}' must be a list of texts: [\"…\"]")


def choices(option: Option, typed: Typed) -> tuple[str, ...]:
    """Read a list of names that are all known; ValueError otherwise."""
    found = texts(option, typed)
    for item in found:
        _known(option, item)
    return found


def choice(option: Option, typed: Typed) -> str:
    """Read one of the option's choices; ValueError otherwise."""
    if not isinstance(typed.value, str):
        raise ValueError(f"'{option.name}' must be one of: {', '.join(option.choices)}")  # noqa: TRY004
    return _known(option, typed.value.strip())


def address(option: Option, typed: Typed) -> str:
    """Read an e-mail address; ValueError, which does not repeat it, otherwise."""
    value = text(option, typed)
    if value and not (_ADDRESS.fullmatch(value) and value.isprintable() and len(value) <= 254):
        raise ValueError(f"'{option.name}' is not an e-mail address like name@example.org")
    return value


def token(option: Option, typed: Typed) -> str:
    """Read a token that may stand in a header; ValueError, which does not repeat it, otherwise."""
    value = text(option, typed)
    if value and not _TOKEN.fullmatch(value):
        raise ValueError(f"'{option.name}' has characters that a header may not have")
    return value


def service(option: Option, typed: Typed) -> str:
    """Read a service's address: https, or http on this machine; ValueError otherwise."""
    value = text(option, typed).rstrip("/")
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host = ""
    if not host or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"'{option.name}' is not the address of a service like https://api.example.org")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise ValueError(f"'{option.name}' must begin with https:// (http:// is for this machine only)")
    return value


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _known(option: Option, word: str) -> str:
    if word in option.choices:
        return word
    meant = did_you_mean(word, option.choices) or f"; it may be {', '.join(option.choices)}"
    raise ValueError(f"'{option.name}' cannot be '{word}'{meant}")


def options() -> tuple[Option, ...]:
    """Return all options: the rows below, and the policy of each field."""
    policies = default_policies()
    names = tuple(policies)
    return (
        Option("mailto", address, "", "Your address, which the services ask for; it is sent to them alone."),
        Option("offline", flag, False, "Ask nobody: the cache or --records only."),
        Option("refresh", flag, False, "Ask again for everything."),
        Option("records", path, None, "Take the records from this file or folder, not from the services."),
        Option("cache_dir", path, None, "Where the HTTP cache is (default: cache/ in the site)."),
        Option("only", choices, (), "Only these fields.", choices=names),
        Option("skip", choices, (), "Not these fields.", choices=names),
        Option("exit_zero", flag, False, "End with 0 even if there is news."),
        Option("fill_commented", flag, False, "Fill keys that are commented out with a value of their own."),
        Option("all", flag, False, "Write what needs a look, too.", attribute="write_all"),
        Option("decisions", path, None, "Take the decisions from this file."),
        Option("format", text, "text", "How the report is printed."),
        Option("output", output, "", "Where the report goes (default: stdout)."),
        Option("report", texts, (), "Further reports, as FORMAT:FILE."),
        Option("color", choice, "auto", "When to use colour.", choices=("auto", "always", "never")),
        Option("no_progress", flag, False, "No progress bar."),
        Option("quiet", flag, False, "Only the report and errors."),
        Option("verbose", count, 0, "Show more; twice: tracebacks."),
        Option("crossref_url", service, "https://api.crossref.org", "Where Crossref answers."),
        Option("datacite_url", service, "https://api.datacite.org", "Where DataCite answers."),
        Option("doi_url", service, "https://doi.org", "Where DOIs are resolved."),
        Option("crossref_token", token, "", "The token of Crossref's Plus pool.", "token", in_file=False),
        Option("pages.sections", texts, (), "Further folders of publications under content.", "sections"),
        Option("theme.generation", choice, "", "The theme's generation.", "generation", GENERATIONS),
        Option("theme.types", choice, "", "How types are written.", "types", ("number", "csl")),
        Option("theme.math", choice, "", "How TeX is written.", "math", ("off", "escaped", "raw")),
        *(
            Option(f"fields.{name}", choice, policy, f"What is done with {name}.", choices=POLICY_NAMES)
            for name, policy in policies.items()
        ),
    )
