"""The schemas of what is written without a model, held against what is written."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from fep_tools.catalog import schemas
from fep_tools.catalog.build import CatalogEvent
from fep_tools.cli.render import log
from fep_tools.diagnostics import CheckResult, Diagnostic, Related, Severity, Span
from fep_tools.history.model import Event as Told
from fep_tools.history.model import Timeline
from fep_tools.lint.reporters import json as report

SPAN = Span(1, 1, 1, 2)
TOLD = Diagnostic(
    path="proposals/fep-0012.rst",
    span=SPAN,
    code="H103",
    name="header-date",
    severity=Severity.ERROR,
    message="m",
    number=12,
    related=(Related("b.rst", SPAN, "there"),),
)


def closed(schema: Any) -> Any:
    """*schema*, with nothing allowed that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema else {}
    return {**{name: closed(part) for name, part in schema.items()}, **more}


def matches(name: str, text: str) -> None:
    jsonschema.validate(json.loads(text), closed(json.loads(schemas.schema(name))))


@pytest.mark.parametrize("known", [0, 1])
@pytest.mark.parametrize("found", [(), (TOLD,)])
def test_what_check_writes(found: tuple[Diagnostic, ...], known: int) -> None:
    verdict = CheckResult("FEP", 3, found, baselined=known)
    matches("check", report.render(verdict, tool="fep-tools 1.0"))


def test_what_log_writes() -> None:
    events = (Told("status", None, "Draft", None), Told("title", "a", None, None, "c", "Ada"))
    lines = [Timeline(7, "p.rst", events), Timeline(8, None)]
    matches("log", log.as_json(lines, complete=True))
    assert set(CatalogEvent(kind="status").as_json()) == set(log.as_row(events[0]))


def test_a_schema_notices_what_is_not_so() -> None:
    with pytest.raises(jsonschema.ValidationError):
        matches("log", '{"schema_version": 2, "complete": true, "proposals": []}')
