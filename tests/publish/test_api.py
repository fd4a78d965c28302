"""The catalog as JSON, and the schemas beside it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from fep_tools.catalog import Author
from fep_tools.catalog import Catalog
from fep_tools.catalog import Entry
from fep_tools.catalog import Resolution
from fep_tools.publish import api
from fep_tools.published import Published

HOSTILE = "</script>\u2028\u202e\x1b]0;x\x07\ud83d"
CATALOG = Catalog(
    tool="fep-tools 1",
    process="FEP",
    proposals=(
        Entry(number=7, title="Typed views", path="proposals/fep-0007.rst"),
        Entry(
            number=11,
            title="Blueprints",
            path="proposals/fep-0011.rst",
            authors=(Author(name="Ada", handle="ada"),),
            resolution=Resolution(url="https://example.org/t/1"),
        ),
    ),
)
SCHEMAS = {"proposals": Catalog, "proposal": Entry}
FOLDER = Path(api.__file__).parent


def test_every_proposal_is_in_the_list_and_by_itself() -> None:
    files = api.files(CATALOG)
    listed = json.loads(files["api/proposals.json"])
    assert (listed["schema_version"], listed["tool"], listed["commit"]) == (1, "fep-tools 1", None)
    for entry in listed["proposals"]:
        assert json.loads(files[f"api/proposals/{entry['number']:04}.json"]) == entry


def test_lists_are_lists_and_nothing_is_null() -> None:
    entry = json.loads(api.files(CATALOG)["api/proposals/0007.json"])
    assert (entry["authors"], entry["status"], entry["created"]) == ([], None, None)


def test_what_is_published_is_as_the_schema_says() -> None:
    files = api.files(CATALOG)
    for name, kind in (("proposals.json", "proposals"), ("proposals/0011.json", "proposal")):
        schema = json.loads(files[f"api/{kind}.schema.json"])
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads(files[f"api/{name}"]), schema)


@pytest.mark.parametrize(("name", "model"), SCHEMAS.items())
def test_the_schemas_in_the_repository_are_what_the_models_say(
    name: str, model: type[Published]
) -> None:
    assert FOLDER.joinpath(f"{name}.schema.json").read_bytes() == api.schema(model)


def test_the_text_of_strangers_is_data() -> None:
    catalog = Catalog(
        tool="t", process="FEP", proposals=(Entry(number=1, title=HOSTILE[:-1], path="p"),)
    )
    data = api.files(catalog)["api/proposals.json"]
    assert data.isascii()
    assert not {byte for byte in data if byte < 0x20} - {0x0A}
    assert json.loads(data)["proposals"][0]["title"] == HOSTILE[:-1]
