"""The catalog as JSON files."""

from __future__ import annotations

import json

import jsonschema
import pytest

from fep_tools.catalog import schemas
from fep_tools.catalog.exports import json_api
from fep_tools.catalog.model import Author, Catalog, CatalogEntry, Resolution
from fep_tools.catalog.urls import SiteUrls

HOSTILE = "</script>\u2028\u202e\x1b]0;x\x07"
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
FILES = json_api.files(CATALOG, SiteUrls())


def test_every_proposal_is_in_the_list_and_in_a_file() -> None:
    listed = json.loads(FILES["api/proposals.json"])
    assert (listed["schema_version"], listed["tool"], listed["commit"]) == (1, "fep-tools 1", None)
    assert [entry["number"] for entry in listed["proposals"]] == [7, 11]
    for entry in listed["proposals"]:
        assert json.loads(FILES[f"api/proposals/{entry['number']:04}.json"]) == entry


def test_empty_lists_are_lists_and_missing_values_are_null() -> None:
    entry = json.loads(FILES["api/proposals/0007.json"])
    assert (entry["authors"], entry["status"], entry["created"]) == ([], None, None)


@pytest.mark.parametrize(
    ("path", "schema"), [("proposals.json", "proposals"), ("proposals/0011.json", "proposal")]
)
def test_files_match_their_schemas(path: str, schema: str) -> None:
    published = json.loads(FILES[f"api/{schema}.schema.json"])
    jsonschema.validate(json.loads(FILES[f"api/{path}"]), published)


@pytest.mark.parametrize("has_extensions", [True, False])
def test_every_schema_is_published(has_extensions: bool) -> None:
    """Those about extensions only by who watches some."""
    files = json_api.files(CATALOG, SiteUrls(), has_extensions=has_extensions)
    for name in schemas.NAMES:
        path, is_published = f"api/{name}.schema.json", has_extensions or "extensions" not in name
        assert files.get(path) == (schemas.json_schema(name) if is_published else None)


def test_hostile_text_is_plain_ascii_data() -> None:
    entry = CatalogEntry(number=1, title=HOSTILE, path="p")
    catalog = Catalog(tool="t", process="FEP", proposals=(entry,))
    data = json_api.files(catalog, SiteUrls())["api/proposals.json"]
    assert data.isascii()
    assert not {byte for byte in data if byte < 0x20} - {0x0A}
    assert json.loads(data)["proposals"][0]["title"] == HOSTILE


@pytest.mark.parametrize(
    ("own", "base", "url"),
    [
        (None, "", None),
        (None, "https://example.org/", "https://example.org/fep-0007/"),
        ("https://example.com/7", "https://example.org/", "https://example.com/7"),
    ],
)
def test_the_url_is_that_of_the_process_or_of_the_site(
    own: str | None, base: str, url: str | None
) -> None:
    catalog = Catalog(
        tool="t", process="FEP", proposals=(CatalogEntry(number=7, url=own, path=""),)
    )
    files = json_api.files(catalog, SiteUrls(base, {7: "fep-0007/"}))
    assert json.loads(files["api/proposals/0007.json"])["url"] == url
