"""Headers as typed values, as the process file describes them."""

from __future__ import annotations

from collections.abc import Mapping

from ...process.model import Process
from ...process.schema import Header
from . import FieldSpec, InvalidValue, Mistake, read, Value

Mistakes = dict[str, tuple[Mistake, ...]]


def field_spec(header: Header, process: Process) -> FieldSpec:
    """Return the format of the values of *header*."""
    return process.memo(_field_specs)[header.key]


def read_headers(texts: Mapping[str, str], process: Process) -> tuple[dict[str, Value], Mistakes]:
    """Return the values of raw header *texts*, and the mistakes in them.

    A header with a mistake has a value as well if it can be understood all the same. All three
    mappings are by the key of the header (:attr:`~fep_tools.process.schema.Header.key`).
    """
    specs = process.memo(_field_specs)
    values: dict[str, Value] = {}
    mistakes: Mistakes = {}
    for key, text in texts.items():
        try:
            values[key] = read(text, specs[key])
        except InvalidValue as invalid:
            mistakes[key] = invalid.mistakes
            if invalid.value is not None:
                values[key] = invalid.value
    return values, mistakes


def _field_specs(process: Process) -> dict[str, FieldSpec]:
    return {header.key: _field_spec(header, process) for header in process.headers}


def _field_spec(header: Header, process: Process) -> FieldSpec:
    choices = header.choices
    former: tuple[tuple[str, str], ...] = ()
    if header.role == "type":
        choices = choices or tuple(type_.name for type_ in process.types)
    elif header.role == "status" or header.kind in {"record", "records"}:
        choices = choices or tuple(status.name for status in process.statuses)
        former = tuple((old, status.name) for status in process.statuses for old in status.formerly)
    elif header.kind == "flag":
        choices = choices or ("yes",)
    return FieldSpec(header, choices, former, process.acronym)
