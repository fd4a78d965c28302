"""The catalog as JSON, and the schemas beside it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import openapi_spec_validator
import pytest

from fep_tools.catalog import schemas
from fep_tools.catalog.build import Author, Catalog, CatalogEntry, Resolution
from fep_tools.catalog.exports import json_api
from fep_tools.catalog.urls import SiteUrls
from fep_tools.process.loader import PROCESSES
from fep_tools.process.model import Process

from ...conftest import ROOT

HOSTILE = "</script>\u2028\u202e\x1b]0;x\x07\ud83d"
CATALOG = Catalog(
    tool="fep-tools 1",
    process="FEP",
    proposals=(
        CatalogEntry(number=7, title="Typed views", path="proposals/fep-0007.rst"),
        CatalogEntry(
            number=11,
            title="Blueprints",
            path="proposals/fep-0011.rst",
            authors=(Author(name="Ada", handle="ada"),),
            resolution=Resolution(url="https://example.org/t/1"),
        ),
    ),
)
ADDRESSES = SiteUrls("https://example.org/", {7: "fep-0007/", 11: "fep-0011/"})
FOLDER = Path(json_api.__file__).parent


def made(process: Process, catalog: Catalog = CATALOG) -> dict[str, bytes]:
    return json_api.files(catalog, process, ADDRESSES)


def test_every_proposal_is_in_the_list_and_by_itself(process: Process) -> None:
    files = made(process)
    listed = json.loads(files["api/proposals.json"])
    assert (listed["schema_version"], listed["tool"], listed["commit"]) == (1, "fep-tools 1", None)
    for entry in listed["proposals"]:
        assert json.loads(files[f"api/proposals/{entry['number']:04}.json"]) == entry


def test_lists_are_lists_and_nothing_is_null(process: Process) -> None:
    entry = json.loads(made(process)["api/proposals/0007.json"])
    assert (entry["authors"], entry["status"], entry["created"]) == ([], None, None)


def test_what_is_published_is_as_the_schema_says(process: Process) -> None:
    files = made(process)
    for name, kind in (("proposals.json", "proposals"), ("proposals/0011.json", "proposal")):
        schema = json.loads(files[f"api/{kind}.schema.json"])
        jsonschema.validate(json.loads(files[f"api/{name}"]), schema)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.schema.json")), ids=lambda path: path.name)
def test_the_schemas_in_the_repository_are_what_the_models_say(path: Path) -> None:
    assert path.read_bytes() == schemas.schema(path.name.partition(".")[0])


def test_the_schemas_of_what_is_published_are_in_the_repository() -> None:
    assert {"proposal.schema.json", "proposals.schema.json"} <= {p.name for p in FOLDER.iterdir()}


@pytest.mark.parametrize("name", schemas.NAMED)
def test_every_schema_is_sound_and_published(name: str, process: Process) -> None:
    schema = schemas.schema(name)
    assert made(process)[f"api/{name}.schema.json"] == schema
    jsonschema.Draft202012Validator.check_schema(json.loads(schema))


@pytest.mark.parametrize("name", ["fep", "pep", "dep"])
def test_the_process_files_are_as_the_schema_says(name: str) -> None:
    path = ROOT / "fep" / "process.toml" if name == "fep" else PROCESSES / f"{name}.toml"
    schema = json.loads(schemas.schema("process"))
    table = tomllib.loads(path.read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(table, default=str)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"acronym": "F E P"}, schema)


def test_the_description_is_sound_and_speaks_of_files_that_are_there(process: Process) -> None:
    files = made(process)
    described = json.loads(files["api/openapi.json"])
    openapi_spec_validator.validate(described)
    assert described["servers"] == [{"url": "https://example.org/"}]
    assert described["components"]["schemas"].keys() >= {"Catalog", "Entry", "Event"}
    for path in described["paths"]:
        if path.startswith("/api"):
            assert path.replace("{number}", "0011").removeprefix("/") in files


def test_without_an_address_the_description_is_relative(process: Process) -> None:
    files = json_api.files(CATALOG, process, SiteUrls())
    assert json.loads(files["api/openapi.json"])["servers"] == [{"url": "../"}]


def test_the_text_of_strangers_is_data(process: Process) -> None:
    catalog = Catalog(
        tool="t", process="FEP", proposals=(CatalogEntry(number=1, title=HOSTILE[:-1], path="p"),)
    )
    data = made(process, catalog)["api/proposals.json"]
    assert data.isascii()
    assert not {byte for byte in data if byte < 0x20} - {0x0A}
    assert json.loads(data)["proposals"][0]["title"] == HOSTILE[:-1]
