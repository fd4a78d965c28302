"""Output of ``fep process``: text, JSON, and graphs in the languages of Graphviz and Mermaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..._text import escape_json
from ...process.model import Process
from ...process.schema.tables import DECISIONS, Transition
from .tables import align


def as_text(process: Process) -> str:
    """Return types, statuses and transitions, for people."""
    lines = [f"{process.plural} ({process.acronym})"]
    if process.types:
        lines += ["", "Types"]
        lines += _indented((type_.name, type_.summary) for type_ in process.types)
    lines += ["", "Statuses"]
    lines += _indented((status.name, status.summary) for status in process.statuses)
    lines += ["", "Transitions"]
    lines += _indented(
        (f"{each.from_} -> {', '.join(each.to)}", _conditions(each)) for each in process.transitions
    )
    return "\n".join(lines) + "\n"


def _indented(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {line}" for line in align(rows)]


def _conditions(transition: Transition) -> str:
    """Return ``only Process; needs Resolution``, or nothing for an unconditional transition."""
    conditions = [f"only {' and '.join(transition.types)}"] if transition.types else []
    if transition.needs:
        conditions.append(f"needs {' and '.join(transition.needs)}")
    if transition.decided_by:
        conditions.append(DECISIONS[transition.decided_by])
    if transition.retroactive:
        conditions.append("only retroactive")
    if transition.level == "unusual":
        conditions.append("unusual")
    return "; ".join(conditions)


def as_json(process: Process) -> str:
    """Return everything in the process, with the keys of its file."""
    return escape_json(process.model_dump_json(indent=2, by_alias=True)) + "\n"


def edges(process: Process) -> list[tuple[str, str, str]]:
    """Return the transitions as (from, to, conditions), each pair of statuses once."""
    conditions: dict[tuple[str, str], list[str]] = {}
    for transition in process.transitions:
        for target in transition.to:
            conditions.setdefault((transition.from_, target), []).append(_conditions(transition))
    # Of two transitions, one without conditions is enough.
    return [(*pair, " or ".join(each) if all(each) else "") for pair, each in conditions.items()]


def as_dot(process: Process) -> str:
    """Return the transitions for Graphviz."""
    rows = (f'  "{a}" -> "{b}" [tooltip="{text}"];' for a, b, text in edges(process))
    return "\n".join([f'digraph "{process.acronym}" {{', "  rankdir=LR;", *rows, "}"]) + "\n"


def as_mermaid(process: Process) -> str:
    """Return the transitions for Mermaid, which GitHub renders.

    Mermaid's names may have no spaces: a status is ``s0``, with its name as a label.
    """
    ids = {status.name: f"s{index}" for index, status in enumerate(process.statuses)}
    states = (f'  state "{name}" as {id_}' for name, id_ in ids.items())
    start = f"  [*] --> {ids[process.initial_status.name]}"
    rows = (f"  {ids[a]} --> {ids[b]}" for a, b, _text in edges(process))
    return "\n".join(["stateDiagram-v2", *states, start, *rows]) + "\n"


FORMATS: dict[str, Callable[[Process], str]] = {
    "text": as_text,
    "json": as_json,
    "dot": as_dot,
    "mermaid": as_mermaid,
}
