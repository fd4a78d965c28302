"""The JSON Schemas of everything that the tool writes as JSON, and of the process file.

They are made from models. Those of the catalog are what is written; what ``fep check`` and
``fep log`` write is made without a model, for speed, and tests hold it against these.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .._text import inert
from ..process.model import Process
from .build import Catalog, CatalogEntry, CatalogEvent
from .model import PublishedModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Place(PublishedModel):
    """Another place that a diagnostic is about."""

    path: str
    line: int
    message: str


class Diagnostic(PublishedModel):
    """Something that a rule has found. Lines and columns count from 1; ends are exclusive."""

    code: str
    name: str
    severity: Literal["error", "warning", "style"]
    message: str
    help: str | None
    url: str | None
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    number: int | None
    introduced: bool | None = Field(
        description="Whether the change that is judged has brought it in; null without --base."
    )
    fixable: bool
    fingerprint: str
    related: tuple[Place, ...]


class Summary(PublishedModel):
    """What a run comes to."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    errors: int
    warnings: int
    introduced: int
    files: int
    known: int = Field(0, description="How many findings the baseline keeps from being told.")


class Check(PublishedModel):
    """What ``fep check --format json`` writes."""

    schema_version: Literal[1]
    tool: str
    process: str
    complete: bool = Field(description="False where something could not be judged.")
    diagnostics: tuple[Diagnostic, ...]
    summary: Summary


class Timeline(PublishedModel):
    """What happened to one proposal."""

    number: int
    path: str | None = Field(description="Null where its file is gone.")
    complete: bool
    events: tuple[CatalogEvent, ...]


class Log(PublishedModel):
    """What ``fep log --format json`` writes."""

    schema_version: Literal[1]
    complete: bool = Field(description="False for a shallow clone.")
    proposals: tuple[Timeline, ...]


NAMED: dict[str, type[BaseModel]] = {
    "check": Check,
    "log": Log,
    "process": Process,
    "proposal": CatalogEntry,
    "proposals": Catalog,
}
"""Every schema by its name."""


def schema(name: str) -> bytes:
    """The JSON Schema of that name: of what is written, and for the process of what is read."""
    model = NAMED[name]
    mode: Literal["serialization", "validation"] = (
        "serialization" if issubclass(model, PublishedModel) else "validation"
    )
    return dumped({"$schema": DIALECT, **model.model_json_schema(mode=mode)})


def dumped(value: Any) -> bytes:
    """*value* as JSON in ASCII, with a line end."""
    return f"{inert(json.dumps(value, indent=2))}\n".encode("ascii")
