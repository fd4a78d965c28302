"""Inventories of other projects: what is found in them, and what is no inventory."""

from __future__ import annotations

import zlib

import pytest

from fep_tools.process.model import Process
from fep_tools.process.schema.tables import Inventory
from fep_tools.proposals.inventory import (
    find_object,
    HEADER,
    inventory_problem,
    InventoryError,
    MAX_BYTES,
    parse_inventory,
    split_target,
)

START = (
    b"# Sphinx inventory version 2\n# Project: P\n# Version: 1\n"
    b"# The remainder of this file is compressed using zlib.\n"
)
OBJECTS = """\
os.path.join py:function 1 library/os.path.html#$ -
ValueError py:exception 1 library/exceptions.html#$ -
str.join py:method 1 library/stdtypes.html#$ -
glossary std:label -1 glossary.html#glossary The glossary
dict view std:term -1 glossary.html#term-dict-view -
library/os std:doc -1 library/os.html The module os
PyObject c:type 1 c-api/structures.html#c.$ -
broken line
bad\x07 py:function 1 bad.html -
"""
INVENTORY = START + zlib.compress(OBJECTS.encode())


@pytest.fixture
def python(process: Process) -> Process:
    table = Inventory(name="python", url="https://p.example/3", file="python.inv")
    return process.model_copy(update={"inventories": (table,)})


@pytest.mark.parametrize(
    ("role", "target", "url", "title"),
    [
        ("py:func", "os.path.join", "library/os.path.html#os.path.join", ""),
        ("func", "os.path.join", "library/os.path.html#os.path.join", ""),
        ("func", "python:os.path.join", "library/os.path.html#os.path.join", ""),
        ("class", "ValueError", "library/exceptions.html#ValueError", ""),
        ("obj", "str.join", "library/stdtypes.html#str.join", ""),
        ("c:type", "PyObject", "c-api/structures.html#c.PyObject", ""),
        ("ref", "glossary", "glossary.html#glossary", "The glossary"),
        ("ref", "python:Glossary", "glossary.html#glossary", "The glossary"),
        ("term", "Dict view", "glossary.html#term-dict-view", ""),
        ("doc", "library/os", "library/os.html", "The module os"),
        ("func", "str.join", "", ""),
        ("func", "numpy:os.path.join", "", ""),
        ("mod", "os.path.join", "", ""),
    ],
)
def test_objects_are_found_by_role_and_name(
    role: str, target: str, url: str, title: str, python: Process
) -> None:
    found = find_object(role, target, python, {"python.inv": INVENTORY})
    expected = (f"https://p.example/3/{url}", title) if url else None
    assert found == expected


def test_damaged_entries_are_left_out() -> None:
    assert len(parse_inventory(INVENTORY)) == 7


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("open", ("", "open")),
        ("open()", ("", "open")),
        ("~os.path.join", ("join", "os.path.join")),
        ("the text <os.open>", ("the text", "os.open")),
    ],
)
def test_text_and_target(text: str, parts: tuple[str, str]) -> None:
    assert split_target(text) == parts


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<html>Not found</html>", "it does not begin like one"),
        (b"", "it does not begin like one"),
        (START + b"no zlib", "its compressed part is damaged"),
        (INVENTORY[:-20], "its end is missing"),
        (START + zlib.compress(b"\n" * (MAX_BYTES + 1)), "it has more than 32 MB"),
    ],
)
def test_what_is_no_inventory(data: bytes, problem: str) -> None:
    with pytest.raises(InventoryError, match=problem):
        parse_inventory(data)
    assert inventory_problem("a.inv", data).startswith(
        f"a.inv: is not an inventory of Sphinx: {problem}"
    )


def test_the_inventory_of_the_tool_is_one(tmp_path: object) -> None:
    assert HEADER.match(START)
    assert inventory_problem("a.inv", INVENTORY) == ""
    assert "there is no such file" in inventory_problem("a.inv", None)
