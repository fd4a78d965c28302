"""The reference of files that communities write, made from the models."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fep_tools.notes.frameworks import Frameworks
from fep_tools.process.forms import fields_of
from fep_tools.process.model import Process
from fep_tools.process.reference import describe_keys, describe_tables, ReferenceTable, split_code
from fep_tools.process.schema import Listing, Table
from fep_tools.process.schema.kinds import KINDS, OPTION_KINDS, ROLES

from ..communities import foreign_words

TABLES = {table.title: table for table in describe_tables(Process)}


def row(table: ReferenceTable, name: str) -> tuple[str, str]:
    return next((row.form, row.meaning) for row in table.rows if row.name == name)


@pytest.mark.parametrize("model", [Process, Frameworks])
def test_every_key_is_described(model: type[Table]) -> None:
    for table in describe_tables(model):
        assert table.summary.endswith("."), table.title
        for each in table.rows:
            assert each.meaning.endswith("."), (table.title, each.name)
            assert each.meaning[:1].isupper(), (table.title, each.name)
            assert each.form, (table.title, each.name)


def test_every_table_is_described() -> None:
    keys = fields_of(Process, ())
    described = {title.strip("[]") for title in TABLES} | {
        each.name for each in TABLES["Top level"].rows
    }
    assert set(keys) <= described
    titles = list(TABLES)
    assert (titles[0], titles[-1]) == ("Top level", "Conditions")


@pytest.mark.parametrize(
    ("table", "key", "form", "meaning"),
    [
        ("Top level", "acronym", "1 to 16 letters and digits", "Required. The short name"),
        ("Top level", "title_source", '"header" or "heading"', 'Default: ``"header"``.'),
        ("[files]", "pattern", "a pattern, such as", "Required. The path of a proposal"),
        ("[repository]", "file_url", "a string that begins", '``"{url}/blob/HEAD/{path}"``'),
        ("[[header]]", "role", "one of the roles", "What the header is for"),
        ("[[header]]", "max_length", "a number", "For the kind ``text``."),
        ("[[header]]", "sorted", "true or false", "For the kinds ``choices``, ``numbers``"),
        ("[[header]]", "required", "true, false or a list", "When a proposal must have it."),
        ("[[list]]", "with", "a list of strings", "The proposal has one of these headers."),
        ("Conditions", "without", "a list of strings", "none of these headers"),
        ("Roles of headers", "requires", "``numbers`` or ``number``", "Proposals that it depends"),
        ("Kinds of headers", "text", "``max_length``", "A text."),
    ],
)
def test_a_row(table: str, key: str, form: str, meaning: str) -> None:
    actual = row(TABLES[table], key)
    assert form in actual[0]
    assert meaning in actual[1]


def test_roles_and_kinds_are_complete() -> None:
    assert [each.name for each in TABLES["Roles of headers"].rows] == list(ROLES)
    assert [each.name for each in TABLES["Kinds of headers"].rows] == list(KINDS)
    forms = " ".join(each.form for each in TABLES["Kinds of headers"].rows)
    assert all(f"``{option}``" in forms for option in OPTION_KINDS)


def test_keys_of_the_base_have_their_description() -> None:
    assert describe_keys(Listing)["statuses"] == "The proposal has one of these statuses."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", [("a", False)]),
        ("``a``", [("a", True)]),
        ("a ``b`` c", [("a ", False), ("b", True), (" c", False)]),
        ("as ``:ref:`NEP50```.", [("as ", False), (":ref:`NEP50`", True), (".", False)]),
        ("", []),
    ],
)
def test_code_in_a_description(text: str, parts: list[tuple[str, bool]]) -> None:
    assert list(split_code(text)) == parts
    assert all(before[1] != after[1] for before, after in pairwise(parts))


def test_nothing_names_a_community() -> None:
    assert foreign_words(repr(TABLES)) == []
