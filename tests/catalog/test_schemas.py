"""JSON Schemas: valid, and matched by what is written."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fep_tools._text import dump_json
from fep_tools.catalog import schemas
from fep_tools.catalog.model import Author, CatalogEntry, PublishedModel
from fep_tools.cli.render import log
from fep_tools.diagnostics import CheckResult, Diagnostic, Related, Severity, Span
from fep_tools.editorial.agenda import Agenda
from fep_tools.editorial.readiness import Readiness
from fep_tools.editorial.reminders import OverdueReport
from fep_tools.history.model import Event, Timeline
from fep_tools.lint.reporters import json as json_reporter
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.process.source import BUILTIN_DIRECTORY, builtin_names

from ..conftest import ROOT

SPAN = Span(1, 1, 1, 2)
DIAGNOSTIC = Diagnostic(
    path="proposals/fep-0012.rst",
    span=SPAN,
    code="H103",
    name="header-date",
    severity=Severity.ERROR,
    message="m",
    number=12,
    related=(Related("b.rst", SPAN, "there"),),
)
EVENTS = (
    Event("status", None, "Draft", None),
    Event("title", "a", None, date(2025, 3, 9), "c0ffee", "Ada"),
    Event("status", "Draft", "Final", None, source="declared", link="https://example.org/1"),
)
DIRECTORY = Path(schemas.__file__).parent


def without_extra_keys(schema: Any) -> Any:
    """Return *schema* with every key forbidden that it neither names nor describes."""
    if isinstance(schema, list):
        return [without_extra_keys(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: without_extra_keys(part) for name, part in schema.items()}
    return ({"additionalProperties": False} if "properties" in schema else {}) | closed


def assert_matches(name: str, text: str) -> None:
    schema = without_extra_keys(json.loads(schemas.json_schema(name)))
    jsonschema.validate(json.loads(text), schema)


@pytest.mark.parametrize("name", schemas.NAMES)
def test_schemas_are_valid(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schemas.json_schema(name)))


@pytest.mark.parametrize("name", schemas.OUTPUTS)
def test_committed_copies_are_up_to_date(name: str) -> None:
    assert (DIRECTORY / f"{name}.schema.json").read_bytes() == schemas.json_schema(name)


@pytest.mark.parametrize(
    ("name", "model"), [("agenda", Agenda), ("overdue", OverdueReport), ("ready", Readiness)]
)
def test_schemas_of_reports_are_those_of_their_models(
    name: str, model: type[PublishedModel]
) -> None:
    generated = {"$schema": schemas.DIALECT, **model.model_json_schema(mode="serialization")}
    assert schemas.json_schema(name) == schemas.dump_json(generated)


@pytest.mark.parametrize("baselined", [0, 1])
@pytest.mark.parametrize("diagnostics", [(), (DIAGNOSTIC,)])
def test_check_writes_what_its_schema_says(
    diagnostics: tuple[Diagnostic, ...], baselined: int
) -> None:
    result = CheckResult("FEP", 3, diagnostics, baselined=baselined)
    assert_matches("check", json_reporter.render(result, ReportContext("1.0")))


def test_log_writes_what_its_schema_says() -> None:
    timelines = [Timeline(7, "p.rst", EVENTS), Timeline(8, None)]
    assert_matches("log", log.as_json(timelines, complete=True))


def test_catalog_writes_events_as_log_does() -> None:
    entry = CatalogEntry(number=7, title="Views", path="p.rst", history=EVENTS)
    assert_matches("proposal", json.dumps(entry.as_json()))
    assert entry.as_json()["history"] == [event.as_json() for event in EVENTS]


def test_headers_without_a_role_are_in_the_schema() -> None:
    published = {"release_note": "soon", "helpers": [Author(name="Ada")], "retries": None}
    entry = CatalogEntry(number=7, path="p.rst", **published)
    assert_matches("proposal", json.dumps(entry.as_json()))
    with pytest.raises(jsonschema.ValidationError):
        assert_matches("proposal", json.dumps(entry.as_json() | {"helpers": [{"mail": "x"}]}))


def test_intervals_are_not_published() -> None:
    assert "intervals" not in CatalogEntry(number=7, title="Views", path="p.rst").as_json()
    assert "intervals" not in json.loads(schemas.json_schema("proposal"))["properties"]


def test_a_schema_rejects_another_version() -> None:
    with pytest.raises(jsonschema.ValidationError):
        assert_matches("log", '{"schema_version": 2, "complete": true, "proposals": []}')


@pytest.mark.parametrize("name", ["fep", *builtin_names()])
def test_process_files_match_their_schema(name: str) -> None:
    path = ROOT / "fep" / "process.toml" if name == "fep" else BUILTIN_DIRECTORY / f"{name}.toml"
    schema = json.loads(schemas.json_schema("process"))
    table = tomllib.loads(path.read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(table, default=str)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"acronym": "F E P"}, schema)


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"empty": [], "none": None, "true": True, "number": 1, "nested": [{"a": [1, 2]}, {}]},
        'quotes " and \\ and / and \t\r\n\b\f',
        "\x00\x1f\x7f\x80\u2028\ufeff",
        "ä\u20ac\U0001f40d",
        "##[error] and ##vso[task]",
        {"ä\n": ["ö"]},
    ],
)
def test_json_is_as_pythons_own(value: Any) -> None:
    assert schemas.dump_json(value).decode("ascii") == dump_json(value)
    assert json.loads(schemas.dump_json(value)) == value


def test_a_model_is_written_as_its_values() -> None:
    author = Author(name="Zoë", handle=None)
    assert schemas.dump_json(author) == schemas.dump_json(author.as_json())
