"""Read the value of an option from the text of a flag or a variable, or from a value in a file.

Each reader raises ValueError with a message that names the key, and the accepted values if there are few.
"""

from __future__ import annotations

import re
from pathlib import Path

from enrich.errors import NUL_IN_PATH
from enrich.settings.accepted_words import find_format_of_file
from enrich.settings.option import Given, Option, suggest_word

# Printable, one @, nothing that could end a header or begin another.
_EMAIL = r"[^\s@<>()\"',;:\\]{1,64}@[^\s@<>()\"',;:\\]+\.[^\s@<>()\"',;:\\.]{2,}"
_IN_HEADER = r"[!-~]+"  # a text, compiled only when needed, because `--help` imports this file
_YES, _NO = {"1", "true", "yes", "on", "y"}, {"0", "false", "no", "off", "n"}
_SIZE = r"\d{1,6}(?:\.\d{1,3})? ?[KMGT]i?B"
MOST_VERBOSE = 2
MOST_COUNTED = 1000


def read_switch(option: Option, given: Given) -> bool:
    """Return true or false."""
    if isinstance(given.value, bool):
        return given.value
    word = given.value.strip().lower() if given.is_text and isinstance(given.value, str) else ""
    if word in _YES | _NO:
        return word in _YES
    raise ValueError(f"'{option.key}' must be true or false")


def read_level(option: Option, given: Given) -> int:
    """Return a number from 0 to 2; true is 1, and a flag that is typed three times is still 2."""
    value = given.value
    if given.is_text and isinstance(value, str) and re.fullmatch(r"\s*[0-9]\s*", value, re.ASCII):
        value = int(value)
    if isinstance(value, int) and (0 <= value <= MOST_VERBOSE or given.is_text):
        return min(int(value), MOST_VERBOSE)
    try:
        return int(read_switch(option, given))
    except ValueError:
        raise ValueError(f"'{option.key}' must be 0, 1 or {MOST_VERBOSE}") from None


def read_positive(option: Option, given: Given) -> int | None:
    """Return a number from 1 to 1000."""
    value = given.value
    if given.is_text and isinstance(value, str) and re.fullmatch(r"\s*\d{1,4}\s*", value, re.ASCII):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_COUNTED:
        return value
    raise ValueError(f"'{option.key}' must be a number from 1 to {MOST_COUNTED}")


def read_size(option: Option, given: Given) -> str:
    """Return a size as DuckDB writes it: `2GB`, `500MB`."""
    value = read_one_text(option, given)
    if re.fullmatch(_SIZE, value, re.ASCII | re.IGNORECASE):
        return value
    raise ValueError(f"'{option.key}' must be a size like 500MB or 2GB")


def read_one_text(option: Option, given: Given) -> str:
    """Return a text without the white space around it."""
    if not isinstance(given.value, str):
        raise ValueError(f"'{option.key}' must be text in quotes")  # noqa: TRY004 - one error for all readers
    return given.value.strip()


def read_path(option: Option, given: Given) -> Path | None:
    """Return a path from the current folder, `~` expanded; None if it is empty."""
    name = read_one_text(option, given)
    if "\0" in name:
        raise ValueError(f"'{option.key}': {NUL_IN_PATH}")
    try:
        return Path(name).expanduser() if name else None
    except RuntimeError:
        raise ValueError(f"'{option.key}': '{name}' names a user who has no home folder here") from None


def read_text_list(option: Option, given: Given) -> tuple[str, ...]:
    """Return a list of texts; a single text is split at its commas."""
    value = given.value
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(item.strip() for item in value if item.strip())
    raise ValueError(f"'{option.key}' must be a list of texts in quotes, as in [\"…\"]")


def read_orcids(option: Option, given: Given) -> tuple[str, ...]:
    """Return a list of ORCID iDs, each checked by its last digit."""
    from enrich.text.orcid import parse_orcid

    typed = read_text_list(option, given)
    if wrong := next((text for text in typed if not parse_orcid(text)), ""):
        raise ValueError(f"'{option.key}': '{wrong}' is not an ORCID iD, such as 0000-0002-1825-0097")
    return tuple(map(parse_orcid, typed))


def read_choices(option: Option, given: Given) -> tuple[str, ...]:
    """Return a list of the option's choices, which commas may separate."""
    words = (word.strip() for item in read_text_list(option, given) for word in item.split(","))
    return tuple(_check_choice(option, word) for word in words if word)


def read_choice(option: Option, given: Given) -> str:
    """Return one of the option's choices."""
    if not isinstance(given.value, str):
        raise ValueError(f"'{option.key}' must be one of: {', '.join(option.choices)}")  # noqa: TRY004
    return _check_choice(option, given.value.strip())


def read_report_files(option: Option, given: Given) -> tuple[tuple[str, str], ...]:
    """Return the format and the file of each report, from `FORMAT:FILE`."""
    return tuple(_split_report(option, item) for item in read_text_list(option, given))


def read_email(option: Option, given: Given) -> str:
    """Return an e-mail address; the error does not repeat the text, which may be private."""
    value = read_one_text(option, given)
    if value and not (re.fullmatch(_EMAIL, value) and value.isprintable() and len(value) <= 254):
        raise ValueError(f"'{option.key}' must be an e-mail address like name@example.org")
    return value


def read_token(option: Option, given: Given) -> str:
    """Return a token that an HTTP header can carry; the error does not repeat the text."""
    value = read_one_text(option, given)
    if value and not re.fullmatch(_IN_HEADER, value):
        raise ValueError(
            f"'{option.key}' contains characters that an HTTP header cannot carry; copy it again"
        )
    return value


def read_service_url(option: Option, given: Given) -> str:
    """Return a service's URL without its last slash: https, or http on this machine."""
    from urllib.parse import urlsplit

    value = read_one_text(option, given).rstrip("/")
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", 0
    if not host or port == 0 or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"'{option.key}' must be the address of a service, like https://api.example.org")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_machine(host)):
        raise ValueError(f"'{option.key}' must begin with https:// (http:// is allowed for localhost only)")
    return value


def _check_choice(option: Option, word: str) -> str:
    if word in option.choices:
        return word
    hint = (
        _suggest_commas(option, word)
        or suggest_word(word, option.choices)
        or f"; use one of {', '.join(option.choices)}"
    )
    raise ValueError(f"'{option.key}' cannot be '{word}'{hint}")


def _suggest_commas(option: Option, word: str) -> str:
    """Return `; a comma separates the values of a list: title,date` for several words, or `""`."""
    parts = re.findall(r"[\w.-]+", word) if option.is_repeatable else []
    is_list = len(parts) > 1 and any(part in option.choices for part in parts)
    return f"; a comma separates the values of a list: {','.join(parts)}" if is_list else ""


def _split_report(option: Option, item: str) -> tuple[str, str]:
    # Only the first colon separates: a path on Windows has a colon of its own.
    name, _, file = item.partition(":")
    if not file:
        raise ValueError(
            f"'{option.key}' needs FORMAT:FILE, as in json:report.json, not '{item}'{_suggest_report(item)}"
        )
    return _check_choice(option, name), file


def _suggest_report(item: str) -> str:
    """Return `; did you mean 'html:report.html'?` if the name of a file ends in a format, or `""`."""
    name = find_format_of_file(item)
    return f"; did you mean '{name}:{item}'?" if name else ""


def _is_this_machine(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
