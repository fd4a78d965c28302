"""Turn a process file into a :class:`~fep_tools.process.model.Process`.

Whatever is wrong with the file raises :class:`~fep_tools.errors.ProcessError` with the line, in
terms of the file and not of Python.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from .. import _toml
from .._text import closest_match, did_you_mean, join_words
from ..errors import ProcessError
from .model import Process
from .schema import InvalidDefinition, Table
from .source import read_process_file
from .validation import validate

AnyTable = TypeVar("AnyTable", bound=Table)


def load_process(path: Path) -> Process:
    """Return the process in the file at *path*.

    :raises ProcessError: if the file cannot be read or used.
    """
    return parse_process(read_process_file(path), str(path))


def parse_process(text: str, name: str = "process.toml") -> Process:
    """Return the process that *text* defines.

    :param name: the name of the file in messages.
    :raises ProcessError: if a key is unknown, a value has another type, or a name is undefined.
    """
    process = parse_table(Process, text, name).with_source(name, text)
    try:
        validate(process)
    except InvalidDefinition as problem:
        raise ProcessError(f"{name}:{_line_of_name(text, problem.name)}: {problem}") from None
    return process


def parse_table(model: type[AnyTable], text: str, name: str) -> AnyTable:
    """Return the TOML in *text* as a *model*; :func:`parse_process` is for whole processes.

    :raises ProcessError: if a key is unknown or missing, or a value has another type.
    """
    table = _toml.parse(text, name, ProcessError)
    try:
        return model.model_validate(table)
    except ValidationError as invalid:
        # A misspelt key is reported before the missing one that it causes.
        error = min(invalid.errors(), key=lambda error: error["type"] != "extra_forbidden")
        raise ProcessError(f"{name}:{_line(text, error)}: {_describe(error)}") from None


def _line(text: str, error: Any) -> int:
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, InvalidDefinition):
        return _line_of_name(text, cause.name)
    return _toml.line_of(text, error["loc"])


def _line_of_name(text: str, name: str | None) -> int:
    """Return the first line that has *name* in quotes, or else the first line."""
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if f'"{name}"' in line), 1)


def _describe(error: Any) -> str:
    """Return the message for an error of pydantic, which has a ``type``, ``loc`` and ``input``."""
    key = " ".join(str(part) for part in error["loc"] if not isinstance(part, int))
    match error["type"]:
        case "extra_forbidden":
            unknown = str(error["loc"][-1])
            return f"unknown key {unknown!r}; {did_you_mean(unknown, _all_keys(), 'remove it')}"
        case "missing":
            return f"the key {error['loc'][-1]!r} is missing"
        case "value_error":
            return str(error["ctx"]["error"])
        case "literal_error":
            # "expected" is "'header' or 'heading'".
            choices = re.findall(r"'([^']+)'", error["ctx"]["expected"])
            match_ = closest_match(str(error["input"]), choices)
            return f"{key} is {error['input']!r}; write {match_ or join_words(choices)}"
    if expected := _EXPECTED_TYPES.get(error["type"]):
        return f"{key} is {error['input']!r}; write {expected}"
    return f"{key}: {error['msg'][0].lower()}{error['msg'][1:]}"


_EXPECTED_TYPES = {
    "tuple_type": 'a list, such as ["Draft"]',
    "string_type": 'a string in quotes, such as "Draft"',
    "int_type": "a number, such as 7",
    "int_parsing": "a number, such as 7",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "model_type": "a table",
}
"""What to write, by the type of pydantic's error."""


def _all_keys() -> list[str]:
    """Return every key that a process file may have, in any table."""
    tables = Table.__subclasses__()
    return [field.alias or name for t in tables for name, field in t.model_fields.items()]
