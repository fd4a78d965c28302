"""The page of the process: everything that its file says, as tables and as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..pictures import states
from ..process import Process
from ..tables import Demand
from ..tables import Transition
from ..tables import When
from ..text import listed
from .sections import section
from .tables import badge
from .tables import Cell
from .tables import joined
from .tables import table

DRAWN = "What is unusual, or for records of the past alone, is in the table and not in the picture."


def make(directive: SphinxDirective, process: Process) -> list[nodes.Node]:
    """A section for each kind of thing that a process defines."""
    made = [
        section(directive, "Types", _types(process)),
        section(directive, "Statuses", _statuses(process)),
        section(directive, "Transitions", *_picture(process), transitions(process)),
        section(directive, "Headers", _headers(process)),
    ]
    if process.sections:
        made.append(section(directive, "Sections", _sections(process)))
    return list(made)


def _types(process: Process) -> nodes.table:
    rows = ([kind.name, kind.summary] for kind in process.types)
    return table(["Type", "What it is"], rows, kind="fep-process", stub=True)


def _statuses(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [badge(process, status.name), status.summary, ", ".join(status.types) or "All"]
        for status in process.statuses
    )
    return table(["Status", "What it means", "For types"], rows, kind="fep-process", stub=True)


def _picture(process: Process) -> list[nodes.Node]:
    box = '<div class="fep-picture" role="group" aria-label="Picture" tabindex="0">'
    picture = nodes.raw("", f"{box}{states.svg(process)}</div>", format="html")
    return [picture, nodes.paragraph("", DRAWN)]


def transitions(process: Process) -> nodes.table:
    """Which status may follow which, for which types, and on what evidence."""
    rows: Iterator[list[Cell]] = (
        [
            badge(process, step.from_),
            joined((badge(process, status) for status in step.to), " "),
            ", ".join(step.types) or "All",
            joined(_names(step.needs)),
            _remark(step),
        ]
        for step in process.transitions
    )
    titles = ["From", "To", "For types", "Needs", "Remark"]
    return table(titles, rows, kind="fep-process", stub=True)


def _remark(step: Transition) -> str:
    remarks = ["unusual"] if step.level == "unusual" else []
    remarks += ["of a record of the past"] if step.retroactive else []
    return ", ".join(remarks).capitalize()


def _headers(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [nodes.literal("", header.name), header.summary, _when(header.required)]
        for header in process.headers
    )
    return table(["Header", "What it says", "Required"], rows, kind="fep-process", stub=True)


def _sections(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [part.title, part.summary, ", ".join(part.types) or "All", _when(part.required)]
        for part in process.sections
    )
    titles = ["Section", "What stands in it", "For types", "Required"]
    return table(titles, rows, kind="fep-process", stub=True)


def _when(demand: Demand) -> list[nodes.Node]:
    """When something must be there, in words."""
    if isinstance(demand, bool):
        return [nodes.Text("Always" if demand else "No")]
    return joined((list(_condition(row)) for row in demand), "; or ")


def _condition(when: When) -> Iterator[nodes.Node]:
    """A row of the table of demands: ``as Final, of Process, with Retroactive``."""
    parts: list[Cell] = []
    if when.statuses:
        parts.append(f"As {listed(when.statuses)}")
    if when.types:
        parts.append(f"of type {listed(when.types)}")
    for word, names in (("with", when.with_), ("unless there is", when.without)):
        if names:
            parts.append([nodes.Text(f"{word} "), *joined(_names(names), " or ")])
    yield from joined(parts) or [nodes.Text("Always")]


def _names(headers: tuple[str, ...]) -> list[nodes.literal]:
    return [nodes.literal("", name) for name in headers]
