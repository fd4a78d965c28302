"""The page of the process: its types, statuses, transitions, headers and sections."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .._i18n import gettext_noop
from .._text import join_words
from ..catalog.charts import statechart
from ..process.model import Process
from ..process.schema import Condition, Conditions, Transition
from ..process.schema.tables import DECISIONS
from .i18n import _, translator
from .nodes import Cell, chart_box, join, section, status_badge, table

NOT_DRAWN = gettext_noop(
    "The diagram leaves out unusual transitions and those that only retroactive proposals can "
    "make; the table has them."
)


def render_process(directive: SphinxDirective, process: Process) -> list[nodes.section]:
    """Return a section for each part of the process file."""
    sections = [
        *([section(directive, _("Types"), _types(process))] if process.types else []),
        section(directive, _("Statuses"), _statuses(process)),
        section(directive, _("Transitions"), *_diagram(process), transition_table(process)),
        section(directive, _("Headers"), _headers(process)),
    ]
    if process.sections:
        sections.append(section(directive, _("Sections"), _sections(process)))
    return sections


def _types(process: Process) -> nodes.table:
    rows = ([kind.name, kind.summary] for kind in process.types)
    return table([_("Type"), _("Meaning")], rows, kind="fep-process", stub=True)


def _statuses(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [status_badge(process, status.name), status.summary, _types_of(status.types)]
        for status in process.statuses
    )
    titles = [_("Status"), _("Meaning"), _("Types")]
    return table(titles, rows, kind="fep-process", stub=True)


def _diagram(process: Process) -> list[nodes.Node]:
    svg = statechart.statechart(process, translator)
    diagram = chart_box(svg, _("Which status can follow which?"))
    drawn = set(statechart.drawn_transitions(process))
    allowed = {(each.from_, status) for each in process.transitions for status in each.to}
    return [*diagram, nodes.paragraph("", _(NOT_DRAWN))] if allowed - drawn else diagram


def transition_table(process: Process) -> nodes.table:
    """Return which status may follow which, for which types, and with which headers."""
    rows: Iterator[list[Cell]] = (
        [
            status_badge(process, transition.from_),
            join((status_badge(process, status) for status in transition.to), " "),
            _types_of(transition.types),
            join(_literals(transition.needs)),
            _remarks(transition),
        ]
        for transition in process.transitions
    )
    titles = [_("From"), _("To"), _("Types"), _("Required headers"), _("Remarks")]
    return table(titles, rows, kind="fep-process", stub=True)


def _types_of(types: tuple[str, ...]) -> str:
    return ", ".join(types) or _("All")


def _remarks(transition: Transition) -> str:
    remarks = [_(DECISIONS[transition.decided_by])] if transition.decided_by else []
    remarks += [_("unusual")] if transition.level == "unusual" else []
    remarks += [_("retroactive proposals only")] if transition.retroactive else []
    return ", ".join(remarks).capitalize()


def _headers(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [nodes.literal("", header.name), header.summary, _requirement(header.required, process)]
        for header in process.headers
    )
    titles = [_("Header"), _("Meaning"), _("Required")]
    return table(titles, rows, kind="fep-process", stub=True)


def _sections(process: Process) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [part.title, part.summary, _types_of(part.types), _requirement(part.required, process)]
        for part in process.sections
    )
    titles = [_("Section"), _("Contents"), _("Types"), _("Required")]
    return table(titles, rows, kind="fep-process", stub=True)


def _requirement(demand: Conditions, process: Process) -> list[nodes.Node]:
    """Return when something is required: "Always", "No", or conditions joined by "or"."""
    if isinstance(demand, bool):
        return [nodes.Text(_("Always") if demand else _("No"))]
    return join((list(_condition(condition, process)) for condition in demand), _("; or "))


def _condition(condition: Condition, process: Process) -> Iterator[nodes.Node]:
    """Return a condition: ``In Accepted and Final, for type Process, without `Target```."""
    parts: list[Cell] = []
    remarks: list[str] = []
    if condition.statuses:
        parts.append(_("In {statuses}", statuses=join_words(condition.statuses, _("and"))))
    if condition.types:
        parts.append(_("for type {types}", types=join_words(condition.types, _("or"))))
    # "without Retroactive" is about a kind of proposal; it reads better as a remark.
    retroactive = process.header_for("retroactive")
    for prefix, remark, headers in (
        (_("with"), _("retroactive proposals only"), condition.with_),
        (_("without"), _("not for retroactive proposals"), condition.without),
    ):
        if retroactive and headers == (retroactive.name,):
            remarks.append(remark)
        elif headers:
            parts.append([nodes.Text(f"{prefix} "), *join(_literals(headers), _(" or "))])
    if parts:
        yield from join(parts)
        yield from (nodes.Text(f" ({remark})") for remark in remarks)
    else:
        yield nodes.Text(", ".join(remarks).capitalize() or _("Always"))


def _literals(headers: tuple[str, ...]) -> list[nodes.literal]:
    return [nodes.literal("", name) for name in headers]
