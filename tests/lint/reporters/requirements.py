"""The requirements of the machine formats, as JSON Schemas made from their documentation.

The public schemas are larger and belong to others; where ``FEP_SCHEMAS`` names a directory that
holds them, the reports are checked against those too.
"""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 1}


def _closed(optional: dict[str, Any] | None = None, **required: Any) -> dict[str, Any]:
    """Return the schema of an object with exactly these keys."""
    return {
        "type": "object",
        "properties": {**(optional or {}), **required},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


GITLAB = _list(
    _closed(
        {"content": _closed(body=_TEXT)},
        description=_TEXT,
        check_name=_TEXT,
        fingerprint=_TEXT,
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        location=_closed(path=_TEXT, lines=_closed(begin=_COUNT, end=_COUNT)),
    )
)
"""GitLab, "Code Quality report format"."""

_POSITION = _closed(line=_COUNT, column=_COUNT)
_RANGE = _closed(start=_POSITION, end=_POSITION)

RDJSON_LINE = _closed(
    {"suggestions": _list(_closed(range=_RANGE, text={"type": "string"}), 1)},
    message={"type": "string"},
    location=_closed(path=_TEXT, range=_RANGE),
    severity={"enum": ["ERROR", "WARNING", "INFO"]},
    code=_closed({"url": _TEXT}, value=_TEXT),
)
RDJSON = _closed(source=_closed(name=_TEXT), diagnostics=_list(RDJSON_LINE))
"""reviewdog, ``proto/rdf``."""

_MESSAGE = _closed(text=_TEXT)
_SHORT = _closed(text={"type": "string", "minLength": 1, "maxLength": 1024})
_FILE = _closed(
    uri={"type": "string", "pattern": r"^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"},
    uriBaseId={"const": "%SRCROOT%"},
)
_REGION = _closed(startLine=_COUNT, startColumn=_COUNT, endLine=_COUNT, endColumn=_COUNT)
_LOCATION = {"physicalLocation": _closed(artifactLocation=_FILE, region=_REGION)}
_LEVEL = {"enum": ["error", "warning", "note"]}

SARIF = _closed(
    version={"const": "2.1.0"},
    runs=_list(
        _closed(
            tool=_closed(
                driver=_closed(
                    {"semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"}},
                    name=_TEXT,
                    rules=_list(
                        _closed(
                            {"helpUri": _TEXT},
                            id=_TEXT,
                            name=_TEXT,
                            shortDescription=_SHORT,
                            fullDescription=_SHORT,
                            help=_closed(text=_TEXT, markdown=_TEXT),
                            defaultConfiguration=_closed(level=_LEVEL),
                            properties=_closed(tags=_list(_TEXT, 1), precision=_TEXT),
                        )
                    ),
                )
            ),
            columnKind={"enum": ["unicodeCodePoints", "utf16CodeUnits"]},
            results=_list(
                _closed(
                    {
                        "ruleIndex": {"type": "integer", "minimum": 0},
                        "baselineState": {"enum": ["new", "unchanged"]},
                        "relatedLocations": _list(_closed(**_LOCATION, message=_MESSAGE), 1),
                        "fixes": _list(
                            _closed(
                                description=_MESSAGE,
                                artifactChanges=_list(
                                    _closed(
                                        artifactLocation=_FILE,
                                        replacements=_list(
                                            _closed(
                                                deletedRegion=_REGION,
                                                insertedContent=_closed(text={"type": "string"}),
                                            ),
                                            1,
                                        ),
                                    ),
                                    1,
                                ),
                            ),
                            1,
                        ),
                    },
                    ruleId=_TEXT,
                    level=_LEVEL,
                    message=_MESSAGE,
                    locations=_list(_closed(**_LOCATION), 1),
                    partialFingerprints={
                        "type": "object",
                        "required": ["primaryLocationLineHash"],
                        "additionalProperties": _TEXT,
                    },
                )
            ),
        ),
        1,
    ),
)
SARIF["properties"]["$schema"] = _TEXT
SARIF["required"].append("$schema")
"""OASIS, SARIF 2.1.0, and what GitHub's code scanning asks for beyond it."""
