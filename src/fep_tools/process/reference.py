"""The reference of a file that communities write: its tables, their keys, and what these mean.

The meanings are the docstrings of the fields in :mod:`fep_tools.process.schema`.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_origin

from .._text import join_words
from .forms import expected_value, fields_of, tables_in, without_none
from .schema import Condition, Header, Table
from .schema.kinds import KINDS, OPTION_KINDS, ROLES


@dataclass(frozen=True)
class ReferenceRow:
    """A key: what to write for it, and what it means. Code has two backquotes on each side."""

    name: str
    form: str
    meaning: str


@dataclass(frozen=True)
class ReferenceTable:
    """The keys of a table, or the words that are the values of a key.

    :param columns: the titles of the columns.
    """

    title: str
    summary: str
    rows: tuple[ReferenceRow, ...]
    columns: tuple[str, str, str] = ("Key", "Value", "Meaning")


def describe_tables(model: type[Table]) -> Iterator[ReferenceTable]:
    """Yield the tables of the file that *model* reads: the top level first, conditions last."""
    keys = fields_of(model, ())
    tables = {key: each for key, field in keys.items() for each in tables_in(field.annotation)}
    if top := tuple(row for row in _rows(model) if row.name not in tables):
        yield ReferenceTable("Top level", describe_model(model), top)
    for key, table in tables.items():
        is_list = get_origin(without_none(keys[key].annotation)) is tuple
        title = f"[[{key}]]" if is_list else f"[{key}]"
        yield ReferenceTable(title, describe_model(table), tuple(_rows(table)))
        if table is Header:
            yield from _describe_words()
        for name, field in fields_of(table, ()).items():
            for part in tables_in(field.annotation):
                # The conditions of a group have keys of the group itself.
                if part is not Condition and not issubclass(table, part):
                    rows = tuple(_rows(part))
                    yield ReferenceTable(f"{title}: {name}", describe_model(part), rows)
    if any(_has_conditions(table) for table in tables.values()):
        yield ReferenceTable("Conditions", describe_model(Condition), tuple(_rows(Condition)))


def _describe_words() -> Iterator[ReferenceTable]:
    roles = (
        ReferenceRow(role, join_words(map(_code, info.kinds)), info.meaning)
        for role, info in ROLES.items()
    )
    yield ReferenceTable(
        "Roles of headers",
        "What a header is for, whatever its name, and the kinds that it can have.",
        tuple(roles),
        ("Role", "Kind", "Meaning"),
    )
    options = {
        kind: [key for key, kinds in OPTION_KINDS.items() if kind in kinds] for kind in KINDS
    }
    yield ReferenceTable(
        "Kinds of headers",
        "What the value of a header is, and the options that it can have.",
        tuple(
            ReferenceRow(kind, ", ".join(map(_code, options[kind])), meaning)
            for kind, meaning in KINDS.items()
        ),
        ("Kind", "Options", "Meaning"),
    )


def _has_conditions(model: type[Table]) -> bool:
    return any(Condition in tables_in(field.annotation) for field in model.model_fields.values())


def describe_model(model: type[Table]) -> str:
    """Return the first sentence about a table."""
    summary = (inspect.getdoc(model) or "").partition("\n\n")[0]
    return " ".join(summary.split())


def _rows(model: type[Table]) -> Iterator[ReferenceRow]:
    meanings = describe_keys(model)
    for key, field in fields_of(model, ()).items():
        meaning = "Required. " if field.is_required() else ""
        meaning += meanings[key]
        default = None if field.is_required() else field.get_default(call_default_factory=True)
        if default:
            # TOML writes strings, whole numbers, booleans and lists of them as JSON does.
            meaning += f" Default: {_code(json.dumps(default, ensure_ascii=False))}."
        if model is Header and key in OPTION_KINDS:
            kinds = OPTION_KINDS[key]
            word = "kind" if len(kinds) == 1 else "kinds"
            meaning += f" For the {word} {join_words(map(_code, kinds), 'and')}."
        yield ReferenceRow(key, expected_value(key, field), meaning)


def _code(text: str) -> str:
    return f"``{text}``"


def describe_keys(model: type[Table]) -> dict[str, str]:
    """Return the meaning of each key of a table: the docstrings of its fields and its bases'."""
    texts: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Table):
            texts |= _docstrings(each.__module__).get(each.__name__, {})
    return {field.alias or name: texts.get(name, "") for name, field in model.model_fields.items()}


def source_files(model: type[Table]) -> set[str]:
    """Return the paths of the files with the definitions of the tables."""
    tables = {model, *model.__bases__}
    for field in model.model_fields.values():
        tables.update(tables_in(field.annotation))
    paths = map(inspect.getsourcefile, tables)
    return {path for path in paths if path}


@cache
def _docstrings(module: str) -> dict[str, dict[str, str]]:
    """Return the docstrings of the fields of every class in a module.

    Python does not keep them: they are strings after an assignment.
    """
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return {node.name: dict(_field_docstrings(node)) for node in classes}


def _field_docstrings(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in zip(node.body, node.body[1:], strict=False):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(value=ast.Constant(str(text))):
                yield name, " ".join(text.split())


def split_code(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, and whether each is code, with two backquotes on each side.

    The code may end with a backquote itself, as that of a link does.
    """
    for position, part in enumerate(re.split("``(.+?)``(?!`)", text)):
        if part:
            yield part, position % 2 == 1
