"""Follow the module mounts of a Hugo configuration to the folders of publications.

A mount shows a folder of the site under another path: https://gohugo.io/configuration/module/#mounts
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from enrich.site.hugo_config import get_config_text, list_config_mappings

if TYPE_CHECKING:
    from enrich.model.page import Value


def find_mounted_sections(config: Mapping[str, Value], sections: Sequence[str]) -> Mapping[str, str]:
    """Return the folders that are mounted on a section or in one, each with its language's key or `""`."""
    return dict(_walk_mounts(config, sections))


def _walk_mounts(config: Mapping[str, Value], sections: Sequence[str]) -> Iterator[tuple[str, str]]:
    for mount in list_config_mappings(config, "module", "mounts"):
        source, language = get_config_text(mount, "source").strip("/"), get_config_text(mount, "lang")
        target = PurePosixPath(get_config_text(mount, "target").strip("/"))
        if target.parts[:1] != ("content",) or len(target.parts) == 1 or ".." in source.split("/"):
            continue  # a mount on `content` itself is a content folder
        for section in sections:
            path = PurePosixPath("content", section)
            if target.is_relative_to(path):
                yield source, language
            elif path.is_relative_to(target):
                yield f"{source}/{path.relative_to(target).as_posix()}", language
