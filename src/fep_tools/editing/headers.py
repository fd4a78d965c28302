"""One header of a text set, added to or taken away; every other character stays."""

from __future__ import annotations

from ..diagnostics import apply_edits, Edit, Span
from ..process.model import Process
from ..proposals.preamble import Field, Preamble


def set_header(text: str, process: Process, name: str, value: str) -> str:
    """*text* with header *name* saying *value*, in its place in the order of the process."""
    preamble = Preamble.read(text, process.dialect)
    field = preamble.get(name)
    lines = value.replace("\n", f"{_ending(text)}{' ' * 4}")
    if field is not None and field.value:
        return apply_edits(text, [Edit(field.span(), lines)])
    if field is not None:
        text = remove_header(text, process, name)
        preamble = Preamble.read(text, process.dialect)
    mark = ":" if process.dialect == "field-list" else ""
    line = f"{mark}{name}: {lines}{_ending(text)}"
    return apply_edits(text, [Edit(Span(_place(preamble, process, name), 1), line)])


def add_line(text: str, process: Process, name: str, value: str) -> str:
    """*text* with *value* as one more line of header *name*."""
    field = Preamble.read(text, process.dialect).get(name)
    if field is None or not field.value:
        return set_header(text, process, name, value)
    indent = " " * (field.lines[-1].column - 1 if len(field.lines) > 1 else 4)
    end = Span(field.last, field.lines[-1].column + len(field.lines[-1].text))
    return apply_edits(text, [Edit(end, f"{_ending(text)}{indent}{value}")])


def remove_header(text: str, process: Process, name: str) -> str:
    """*text* without header *name*."""
    field = Preamble.read(text, process.dialect).get(name)
    if field is None:
        return text
    return apply_edits(text, [Edit(Span(field.first, 1, field.last + 1, 1), "")])


def _place(preamble: Preamble, process: Process, name: str) -> int:
    """The line at which a new header *name* goes: after the last that comes before it."""
    before = [f for f in preamble.fields if _rank(f, process) < process.header_order[name]]
    return max((field.last + 1 for field in before), default=max(preamble.first, 1))


def _rank(field: Field, process: Process) -> int:
    return process.header_order.get(field.name, len(process.header_order))


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
