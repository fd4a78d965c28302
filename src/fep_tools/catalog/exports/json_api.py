"""The catalog for machines: JSON, and what says of it what it is.

In ASCII, so that it reads the same whatever a server says of its encoding (SEC-B5, SEC-C4).
"""

from __future__ import annotations

from ...process.model import Process
from .. import schemas
from ..build import Catalog
from ..urls import SiteUrls
from .openapi import description

FOLDER = "api"
LIST = f"{FOLDER}/proposals.json"
DESCRIPTION = f"{FOLDER}/openapi.json"


def files(catalog: Catalog, process: Process, addresses: SiteUrls) -> dict[str, bytes]:
    """Everything that stands in :data:`FOLDER`, by path."""
    entries = {one(e.number): schemas.dumped(e.as_json()) for e in catalog.proposals}
    named = {f"{FOLDER}/{name}.schema.json": schemas.schema(name) for name in schemas.NAMED}
    return {
        LIST: schemas.dumped(catalog.as_json()),
        DESCRIPTION: schemas.dumped(description(process, addresses)),
        **named,
        **entries,
    }


def one(number: int) -> str:
    """The path of the JSON of one proposal."""
    return f"{FOLDER}/proposals/{number:04}.json"
