"""A description of the site's files as an API that can be read: OpenAPI 3.1.

There is no server that computes: every address is a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from ...process.model import Process
from ..build import Catalog, CatalogEntry, SCHEMA_VERSION
from ..urls import CALENDAR, EVENTS, SiteUrls
from .ical import DUE

ATOM = "application/atom+xml"
NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "The number of the proposal, with zeros in front up to four digits.",
    "schema": {"type": "string", "pattern": "^[0-9]{4}$"},
    "example": "0011",
}


def description(process: Process, addresses: SiteUrls) -> Mapping[str, Any]:
    """The document; the server is the site, from where the document stands."""
    _names, schemas = models_json_schema(
        [(Catalog, "serialization"), (CatalogEntry, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": process.plural,
            "version": f"{SCHEMA_VERSION}.0.0",
            "description": "Files that are made anew with the site. Within a version, "
            "properties are added, and none is changed or taken away.",
        },
        "servers": [{"url": addresses.base or "../"}],
        "paths": _paths(process),
        "components": {"schemas": schemas["$defs"]},
    }


def _paths(process: Process) -> dict[str, Any]:
    one = {"parameters": [NUMBER]}
    paths = {
        "/api/proposals.json": _get("Every proposal, by number.", _json("Catalog")),
        "/api/proposals/{number}.json": one | _get("One proposal.", _json("Entry")),
        f"/{EVENTS}": _get("The latest changes of status.", _text(ATOM)),
        "/feeds/proposals/{number}.atom": one | _get("What happened to one.", _text(ATOM)),
    }
    if any(process.header_for(role) for role in DUE):
        paths[f"/{CALENDAR}"] = _get("What is due.", _text("text/calendar"))
    return paths


def _get(summary: str, content: dict[str, Any]) -> dict[str, Any]:
    """A path that is read, and what *content* of which kind is there."""
    found = {"description": summary, "content": content}
    responses = {"200": found, "404": {"description": "There is no such file."}}
    return {"get": {"summary": summary, "responses": responses}}


def _json(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}


def _text(kind: str) -> dict[str, Any]:
    return {kind: {"schema": {"type": "string"}}}
