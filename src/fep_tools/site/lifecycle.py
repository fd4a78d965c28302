"""The page of the process: everything that its file says, as tables and as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .._i18n import gettext_noop
from .._text import join_words
from ..catalog.charts import statechart
from ..process.model import Process
from ..process.schema import Condition, Conditions, Transition
from .context import picture
from .i18n import _, translator
from .sections import section
from .tables import badge, Cell, joined, table

DRAWN = gettext_noop(
    "What is unusual, or for records of the past alone, is in the table and not in the picture."
)


def make(directive: SphinxDirective, process: Process) -> list[nodes.Node]:
    """A section for each kind of thing that a process defines."""
    made = [
        section(directive, _("Types"), _types(process)),
        section(directive, _("Statuses"), _statuses(process)),
        section(directive, _("Transitions"), *_picture(process), transitions(process)),
        section(directive, _("Headers"), _headers(process)),
    ]
    if process.sections:
        made.append(section(directive, _("Sections"), _sections(process)))
    return list(made)


def _types(process: Process) -> nodes.table:
    rows = ([kind.name, kind.summary] for kind in process.types)
    return table([_("Type"), _("What it is")], rows, kind="fep-process", stub=True)


def _statuses(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [badge(process, status.name), status.summary, ", ".join(status.types) or _("All")]
        for status in process.statuses
    )
    titles = [_("Status"), _("What it means"), _("For types")]
    return table(titles, rows, kind="fep-process", stub=True)


def _picture(process: Process) -> list[nodes.Node]:
    drawn = picture(statechart.statechart(process, translator=translator), _("Picture"))
    return [drawn, nodes.paragraph("", _(DRAWN))]


def transitions(process: Process) -> nodes.table:
    """Which status may follow which, for which types, and on what evidence."""
    rows: Iterator[list[Cell]] = (
        [
            badge(process, step.from_),
            joined((badge(process, status) for status in step.to), " "),
            ", ".join(step.types) or _("All"),
            joined(_names(step.needs)),
            _remark(step),
        ]
        for step in process.transitions
    )
    titles = [_("From"), _("To"), _("For types"), _("Needs"), _("Remark")]
    return table(titles, rows, kind="fep-process", stub=True)


def _remark(step: Transition) -> str:
    remarks = [_("unusual")] if step.level == "unusual" else []
    remarks += [_("of a record of the past")] if step.retroactive else []
    return ", ".join(remarks).capitalize()


def _headers(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [nodes.literal("", header.name), header.summary, _when(header.required)]
        for header in process.headers
    )
    titles = [_("Header"), _("What it says"), _("Required")]
    return table(titles, rows, kind="fep-process", stub=True)


def _sections(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [part.title, part.summary, ", ".join(part.types) or _("All"), _when(part.required)]
        for part in process.sections
    )
    titles = [_("Section"), _("What stands in it"), _("For types"), _("Required")]
    return table(titles, rows, kind="fep-process", stub=True)


def _when(demand: Conditions) -> list[nodes.Node]:
    """When something must be there, in words."""
    if isinstance(demand, bool):
        return [nodes.Text(_("Always") if demand else _("No"))]
    return joined((list(_condition(row)) for row in demand), _("; or "))


def _condition(when: Condition) -> Iterator[nodes.Node]:
    """A row of the table of demands: ``as Final, of Process, with Retroactive``."""
    parts: list[Cell] = []
    if when.statuses:
        parts.append(_("As {statuses}", statuses=join_words(when.statuses, _("or"))))
    if when.types:
        parts.append(_("of type {types}", types=join_words(when.types, _("or"))))
    for word, names in (
        (gettext_noop("with"), when.with_),
        (gettext_noop("unless there is"), when.without),
    ):
        if names:
            parts.append([nodes.Text(f"{_(word)} "), *joined(_names(names), _(" or "))])
    yield from joined(parts) or [nodes.Text(_("Always"))]


def _names(headers: tuple[str, ...]) -> list[nodes.literal]:
    return [nodes.literal("", name) for name in headers]
