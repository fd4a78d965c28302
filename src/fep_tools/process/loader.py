"""Turn a process file into a :class:`~fep_tools.process.model.Process`.

Whatever is wrong with the file raises :class:`~fep_tools.errors.ProcessError` with the line, in
terms of the file and not of Python.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from .. import _toml
from .._text import did_you_mean
from ..errors import ProcessError
from .forms import expected_value, fields_of, literals, tables_in
from .model import Process
from .schema import InvalidDefinition, KeyPath, Table
from .source import read_process_file
from .validation import validate

AnyTable = TypeVar("AnyTable", bound=Table)


def load_process(path: Path) -> Process:
    """Return the process in the file at *path*.

    :raises ProcessError: if the file cannot be read or used.
    """
    return parse_process(read_process_file(path), str(path))


@lru_cache(maxsize=4)
def parse_process(text: str, name: str = "process.toml") -> Process:
    """Return the process that *text* defines.

    The last few are kept, since both sides of a change usually have the same.

    :param name: the name of the file in messages.
    :raises ProcessError: if a key is unknown, a value has another type, or a name is undefined.
    """
    process = parse_table(Process, text, name).with_source(name, text)
    try:
        validate(process)
    except InvalidDefinition as problem:
        raise ProcessError(f"{name}:{_line(text, problem)}: {problem}") from None
    return process


def parse_table(model: type[AnyTable], text: str, name: str) -> AnyTable:
    """Return the TOML in *text* as a *model*; :func:`parse_process` is for whole processes.

    :raises ProcessError: if a key is unknown or missing, or a value has another type.
    """
    table = _toml.parse(text, name, ProcessError)
    try:
        return model.model_validate(table)
    except ValidationError as invalid:
        problem = _explain(model, table, invalid)
        raise ProcessError(f"{name}:{_line(text, problem)}: {problem}") from None


def _line(text: str, problem: InvalidDefinition) -> int:
    if problem.name is None:
        return _toml.line_of(text, problem.path)
    return _toml.line_of_string(text, problem.path, problem.name)


def _explain(
    model: type[Table], table: dict[str, Any], invalid: ValidationError
) -> InvalidDefinition:
    """Return the most helpful of pydantic's errors, in terms of the file.

    :param table: the tables of the file, as *model* was given them.
    """
    errors = [
        (_path(table, error["loc"], is_missing=error["type"] == "missing"), error)
        for error in invalid.errors()
    ]
    # A misspelt key is reported before the missing one that it causes. In a list of conditions,
    # the error inside a condition is reported, and not that a list is neither true nor false.
    path, error = min(
        errors,
        key=lambda item: (
            item[1]["type"] != "extra_forbidden",
            any(item[0] == other[: len(item[0])] != other for other, _ in errors),
        ),
    )
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, InvalidDefinition):
        return InvalidDefinition(str(cause), (*path, *cause.path), cause.name)
    return InvalidDefinition(_describe(model, path, error), path)


def _path(
    table: dict[str, Any], location: tuple[str | int, ...], *, is_missing: bool = False
) -> KeyPath:
    """Return the path in the file for a location in pydantic's terms.

    :param is_missing: whether the last key of *location* is not there.

    ``("header", 2, "required", "tuple[Condition, ...]", 0, "status")`` also names the type that
    was tried for the value of ``required``; it is no key of the file.
    """
    path: list[str | int] = []
    value: Any = table
    for position, part in enumerate(location, start=1):
        if isinstance(value, dict):
            if part not in value and not (is_missing and position == len(location)):
                continue  # the name of a type
            path.append(part)
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            path.append(part)
            value = value[part]
    return tuple(path)


_LIKENESS = 0.82
"""How close a word must be to a choice, from 0 to 1: "numbre" is close to "number", but "persons"
is not close to "versions"."""


def _describe(model: type[Table], path: KeyPath, error: Any) -> str:
    """Return the message for an error of pydantic, which has a ``type`` and an ``input``."""
    *table, key = [part for part in path if isinstance(part, str)]
    if table:
        *above, name = table
        mapping = fields_of(model, above)[name]
        if not any(tables_in(mapping.annotation)):  # its keys are names, and no fields
            return f"{key!r} cannot be in {name!r}, which must be {expected_value(name, mapping)}"
    fields = fields_of(model, table)
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key {key!r}; {did_you_mean(key, fields)}"
        case "missing":
            return f"the key {key!r} is missing"
        case "literal_error":
            choices = literals(fields[key].annotation)
            value = str(error["input"])
            hint = did_you_mean(value, choices, f"use one of {', '.join(choices)}", _LIKENESS)
            return f"{error['input']!r} is not a {key.replace('_', ' ')}; {hint}"
    return f"{key!r} must be {expected_value(key, fields[key])}"
