"""The catalog as JSON files, with their schemas."""

from __future__ import annotations

from ...extensions.upgrade import ChangesFile
from ..model import Catalog
from ..schemas import dump_json, json_schema, NAMES
from ..urls import SiteUrls

DIRECTORY = "api"
CATALOG = f"{DIRECTORY}/proposals.json"
CHANGES = f"{DIRECTORY}/changes.json"


def files(
    catalog: Catalog,
    urls: SiteUrls,
    changes: ChangesFile | None = None,
    *,
    has_extensions: bool = False,
) -> dict[str, bytes]:
    """Return the content of each file by path.

    :param changes: what proposals deprecate, remove or change; without any, there is no file.
    :param has_extensions: whether the process watches extensions, which have schemas of their own.

    A proposal without a URL in the process has that of its page, if the site's is known.
    """
    catalog = catalog.with_urls(urls.page)
    declared = {CHANGES: dump_json(changes)} if changes else {}
    names = [name for name in NAMES if has_extensions or not name.startswith("extensions")]
    return {
        **declared,
        CATALOG: dump_json(catalog),
        **{f"{DIRECTORY}/{name}.schema.json": json_schema(name) for name in names},
        **{proposal_path(e.number): dump_json(e) for e in catalog.proposals},
    }


def proposal_path(number: int) -> str:
    """Return the path of the JSON file of one proposal."""
    return f"{DIRECTORY}/proposals/{number:04}.json"
