"""JSON Schemas of the JSON that the program writes, and of the files that communities write.

``fep check``, ``fep log`` and some commands for editors write their JSON without models. Their
schemas are the files beside this module, and tests validate the output against them. The other
schemas are generated from the models; copies of those of output are kept beside this module, so
that a change of them is seen in review.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from .._text import escape_json
from ..extensions.model import ExtensionList
from ..extensions.results import TestReport
from ..extensions.snapshot import Comparison, Snapshot
from ..extensions.upgrade import ChangesFile
from ..notes.frameworks import Frameworks
from ..process.json_schema import table_schema
from ..process.model import Process
from ..process.people import People
from ..process.schema import Table
from .model import Catalog, CatalogEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES: dict[str, type[Table]] = {
    "extensions": ExtensionList,
    "frameworks": Frameworks,
    "people": People,
    "process": Process,
}
"""What reads the files that communities write."""

OUTPUTS: dict[str, type[BaseModel]] = {
    "changes": ChangesFile,
    "extensions-changes": Comparison,
    "extensions-report": Snapshot,
    "extensions-tests": TestReport,
    "proposal": CatalogEntry,
    "proposals": Catalog,
}
"""The models of the JSON that the program writes."""

NAMES = (
    "agenda",
    "announce",
    "changes",
    "check",
    "compare",
    "extensions",
    "extensions-changes",
    "extensions-report",
    "extensions-tests",
    "frameworks",
    "log",
    "overdue",
    "people",
    "process",
    "proposal",
    "proposals",
    "ready",
    "release",
)


@cache
def json_schema(name: str) -> bytes:
    """Return the schema with that name, one of :data:`NAMES`, as a JSON file.

    A site in several languages has each of them once per language.
    """
    if name in FILES:
        return dump_json({"$schema": DIALECT, **table_schema(FILES[name])})
    if name in OUTPUTS:
        schema = OUTPUTS[name].model_json_schema(mode="serialization")
        return dump_json({"$schema": DIALECT, **schema})
    return Path(__file__).with_name(f"{name}.schema.json").read_bytes()


def dump_json(value: Any) -> bytes:
    """Return *value*, which may be a model, as a JSON file in ASCII.

    ASCII reads the same in every encoding that a web server may declare. Python's own encoder is
    not used: it writes indented JSON without its C code, from a list of all parts.
    """
    text = to_json(value, indent=2).decode()
    ascii_text = _NOT_PRINTABLE_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text)
    return f"{escape_json(ascii_text)}\n".encode("ascii")


_NOT_PRINTABLE_ASCII = re.compile(r"[^\n -~]")  # there are line breaks between values only
