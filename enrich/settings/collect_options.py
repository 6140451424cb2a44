"""Collect the options: the rows of `Settings`, the services' addresses and the fields' policies."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

from enrich.settings.accepted_words import list_policies
from enrich.settings.option import Option
from enrich.settings.readers import read_choice, read_service_url
from enrich.settings.settings import Settings

if TYPE_CHECKING:
    from enrich.fetcher.sources.source import Service
    from enrich.model.plan import Policy


@cache
def list_options() -> tuple[Option, ...]:
    """Return every option: the rows of `Settings`, each service's address, then the policy of each field."""
    from enrich.fetcher.sources.registry import load_services
    from enrich.reconciler.fields.default_policies import list_default_policies

    policies = (_make_policy_option(name, policy) for name, policy in list_default_policies().items())
    return (*list_rows(), *map(_make_service_option, load_services()), *policies)


@cache
def list_rows() -> tuple[Option, ...]:
    """Return the rows of `Settings`, which every command needs to know its flags."""
    return tuple(
        Option(**{"key": row.name, "attribute": row.name, "default": row.default, **row.metadata})
        for row in fields(Settings)
        if "read" in row.metadata
    )


def _make_service_option(service: Service) -> Option:
    key, text = f"{service.name}_url", f"The address of {service.label}."
    return Option(key, service.name, service.url, read_service_url, text, in_file=False)


def _make_policy_option(name: str, policy: Policy) -> Option:
    text = f"What to do with {name}."
    return Option(f"fields.{name}", name, policy, read_choice, text, accepts=list_policies)
