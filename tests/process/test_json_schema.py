"""The JSON Schemas of files that communities write, against the program that reads them."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fep_tools import config
from fep_tools.errors import ProcessError
from fep_tools.notes.frameworks import Frameworks
from fep_tools.process.json_schema import table_schema
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.process.schema.kinds import KINDS, OPTION_KINDS, ROLES

from ..communities import BUILTIN, foreign_words
from ..conftest import ROOT
from . import usage

SCHEMA = table_schema(Process)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
STARTER = ROOT / "src/fep_tools/process/starter/fep/process.toml"
CONFORMANCE = sorted((ROOT / "tests/conformance/processes").glob("*.toml"))


def read(path: Path) -> Any:
    """Return the tables of a file as editors give them to a validator: dates are strings."""
    return json.loads(json.dumps(tomllib.loads(path.read_text("utf-8")), default=str))


@pytest.mark.parametrize(
    "path",
    [ROOT / "fep/process.toml", STARTER, *BUILTIN, *CONFORMANCE],
    ids=lambda path: path.stem,
)
def test_process_files_match(path: Path) -> None:
    VALIDATOR.validate(read(path))


@pytest.mark.parametrize("path", [ROOT / "fep/process.toml", STARTER, *BUILTIN])
def test_process_files_name_the_schema(path: Path) -> None:
    first = path.read_text("utf-8").partition("\n")[0]
    assert first == f"#:schema {config.PROCESS_SCHEMA_URL}"


def test_frameworks_match() -> None:
    jsonschema.validate(read(ROOT / "fep/frameworks.toml"), table_schema(Frameworks))


Mutation = Callable[[dict[str, Any]], object]


def set_(*path: Any) -> Mutation:
    """Return a function that sets a value: the last part of *path*, at the other parts."""

    def change(tables: Any) -> None:
        *parents, key, value = path
        for part in parents:
            tables = tables[part]
        tables[key] = value

    return change


@pytest.mark.parametrize(
    "mutation",
    [
        lambda tables: tables.pop("acronym"),
        lambda tables: tables["status"][0].pop("name"),
        lambda tables: tables["header"][0].pop("kind"),
        lambda tables: tables["exempt"][0].pop("reason"),
        set_("acronim", "XEP"),
        set_("files", "patern", "x-{number}.rst"),
        set_("header", 0, "names", "X"),
        set_("header", 0, "required", [{"status": ["Draft"]}]),
        set_("section", 0, "require", True),
        set_("acronym", "X E P"),
        set_("acronym", 3),
        set_("dialect", "rfc822"),
        set_("title_source", "headings"),
        set_("url", "example.org"),
        set_("review_days", -1),
        set_("review_days", "14"),
        set_("status", []),
        set_("status", {"name": "Draft", "summary": "x"}),
        set_("status", 0, "settled", "yes"),
        set_("status", 0, "formerly", "Old"),
        set_("transition", 0, "level", "rare"),
        set_("transition", 0, "to", "Draft"),
        set_("header", 0, "kind", "numbre"),
        set_("header", 0, "role", "id"),
        set_("header", 0, "required", "yes"),
        set_("index", 0, "slug", "A B"),
        set_("role", [{"name": "a b", "url": "https://example.org/{0}"}]),
        set_("repository", {"url": "ftp://example.org"}),
        set_("exempt", 0, "until", 2027),
        set_("severity", {"B020": "fatal"}),
        # A role, a kind and options that do not go together
        set_("header", -1, {"name": "A", "role": "sponsor", "kind": "text"}),
        set_("header", -1, {"name": "A", "role": "created", "kind": "text"}),
        set_("header", -1, {"name": "A", "kind": "date", "max_length": 8}),
        set_("header", -1, {"name": "A", "kind": "text", "sorted": True}),
        set_("header", -1, {"name": "A", "kind": "text", "emails": True}),
    ],
)
def test_what_the_schema_refuses_is_refused(mutation: Mutation) -> None:
    tables = usage.starter()
    tables["exempt"] = [{"number": 1, "code": "B020", "reason": "x"}]
    tables["section"] = [*tables.get("section", []), {"title": "Extra"}]
    tables["header"].append({"name": "Extra", "kind": "text"})
    VALIDATOR.validate(tables)
    parse_process(usage.to_toml(tables))
    wrong = copy.deepcopy(tables)
    mutation(wrong)
    assert not VALIDATOR.is_valid(wrong)
    with pytest.raises(ProcessError):
        parse_process(usage.to_toml(wrong))


def test_every_role_and_option_has_only_its_kinds() -> None:
    header = {"$ref": "#/$defs/Header", "$defs": SCHEMA["$defs"]}
    validator = jsonschema.Draft202012Validator(header)
    for kind in KINDS:
        for role, info in ROLES.items():
            table = {"name": "A", "role": role, "kind": kind}
            assert validator.is_valid(table) is (kind in info.kinds)
        for option, kinds in OPTION_KINDS.items():
            properties = SCHEMA["$defs"]["Header"]["properties"][option]
            table = {"name": "A", "kind": kind, option: properties.get("default", True)}
            assert validator.is_valid(table) is (kind in kinds), (option, kind)


@pytest.mark.parametrize("model", [Process, Frameworks])
def test_every_key_has_a_description_in_markdown(model: type[Process | Frameworks]) -> None:
    schema = table_schema(model)
    for part in (schema, *schema.get("$defs", {}).values()):
        assert part["description"]
        for key, value in part.get("properties", {}).items():
            assert value["description"].endswith("."), key
            assert "``" not in value["description"].replace("`` ", "").replace(" ``", "")
        if "properties" in part:
            assert part["additionalProperties"] is False


def test_choices_are_explained() -> None:
    keys = SCHEMA["$defs"]["Header"]["properties"]
    for key, words in (("role", ROLES), ("kind", KINDS)):
        assert keys[key]["enum"] == list(words)
        assert len(keys[key]["x-taplo"]["docs"]["enumValues"]) == len(words)


def test_nothing_that_toml_lacks_is_suggested() -> None:
    assert "null" not in json.dumps(SCHEMA)


def test_the_schema_names_no_community() -> None:
    assert foreign_words(json.dumps(SCHEMA)) == []
