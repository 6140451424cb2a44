"""List the DOIs that sites need to look up, and the titles by which they find articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from enrich.errors import UsageError
from enrich.fetcher.records.record_shapes import make_title_key
from enrich.model.page import Page
from enrich.reconciler.title_forms import read_title
from enrich.settings.load import load_settings
from enrich.site import page_files, pages
from enrich.site.hugo_config import is_site
from enrich.steps.page_lookup import list_page_dois


@dataclass(frozen=True, slots=True)
class SiteNeeds:
    """The DOIs and titles that a run on some pages looks up."""

    dois: Sequence[str] = ()
    """The DOIs that a run looks up, in lower case, each once."""
    titles: Sequence[str] = ()
    """The keys of the pages' titles, by which it finds articles of preprints and DOIs of pages."""


def list_needs(targets: Sequence[Path], sections: Sequence[str]) -> SiteNeeds:
    """Return the needs of the pages under the targets; raise UsageError for targets in several sites."""
    site = pages.find_site(targets, sections)
    outcomes = (page_files.read_page_file(site, path) for path in pages.list_target_pages(site))
    return _collect_needs(page for page in outcomes if isinstance(page, Page))


def list_needs_of_sites(folders: Iterable[Path], codes: Sequence[str]) -> Iterator[SiteNeeds | str]:
    """Yield the needs of each site, or why it cannot be read; a folder is a site or contains several."""
    for folder in folders:
        inner = [folder] if is_site(folder) else _list_sites(folder)
        yield from (_try_needs(site, codes) for site in inner)
        if not inner:
            yield f"{folder}: neither a site nor a folder with sites in it"


def join_needs(needs: Iterable[SiteNeeds]) -> SiteNeeds:
    """Return the needs of several sites together."""
    dois, titles = dict[str, None](), dict[str, None]()
    for each in needs:
        dois.update(dict.fromkeys(each.dois))
        titles.update(dict.fromkeys(each.titles))
    return SiteNeeds([*dois], [*titles])


def _list_sites(folder: Path) -> list[Path]:
    return sorted(filter(is_site, folder.iterdir())) if folder.is_dir() else []


def _try_needs(root: Path, codes: Sequence[str]) -> SiteNeeds | str:
    try:
        return list_needs([root], load_settings(root, codes=codes).sections)
    except UsageError as error:
        return f"{root}: {error}"


def _collect_needs(read: Iterable[Page]) -> SiteNeeds:
    return join_needs(SiteNeeds(list_page_dois(page), _list_title_keys(page)) for page in read)


def _list_title_keys(page: Page) -> list[str]:
    title = read_title(page)
    return [key for text in (title, title.partition(":")[0]) if (key := make_title_key(text))]
