"""The catalog for machines: JSON, and the JSON Schemas that say what is in it.

In ASCII, so that it reads the same whatever a server says of its encoding (SEC-B5, SEC-C4).
"""

from __future__ import annotations

import json
from typing import Any

from ..catalog import Catalog
from ..catalog import Entry
from ..published import Published

FOLDER = "api"
LIST = f"{FOLDER}/proposals.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def files(catalog: Catalog) -> dict[str, bytes]:
    """Everything that stands in :data:`FOLDER`, by path."""
    one_each = {_path(entry): _json(entry.as_json()) for entry in catalog.proposals}
    return {
        LIST: _json(catalog.as_json()),
        f"{FOLDER}/proposals.schema.json": schema(Catalog),
        f"{FOLDER}/proposal.schema.json": schema(Entry),
        **one_each,
    }


def schema(model: type[Published]) -> bytes:
    """The JSON Schema of what is published of *model*."""
    return _json({"$schema": DIALECT, **model.model_json_schema(mode="serialization")})


def _path(entry: Entry) -> str:
    return f"{FOLDER}/proposals/{entry.number:04}.json"


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode("ascii")
