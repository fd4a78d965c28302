"""A process as text, as JSON, and as a graph that other programs draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..._text import inert
from ...process.model import Process
from ...process.schema import Transition


def text(process: Process) -> str:
    """The process for people: what there is, and what may follow what."""
    lines = [f"{process.plural} ({process.acronym})", "", "Types"]
    lines += _named((kind.name, kind.summary) for kind in process.types)
    lines += ["", "Statuses"]
    lines += _named((status.name, status.summary) for status in process.statuses)
    lines += ["", "Transitions"]
    lines += _named((_step(step), _conditions(step)) for step in process.transitions)
    return "\n".join(lines) + "\n"


def _named(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    found = list(rows)
    widest = max(len(name) for name, _text in found)
    return (f"  {name:<{widest}}  {text}".rstrip() for name, text in found)


def _step(step: Transition) -> str:
    return f"{step.from_} -> {', '.join(step.to)}"


def _conditions(step: Transition) -> str:
    """What a step asks for beyond its two statuses."""
    conditions = [f"only {' and '.join(step.types)}"] if step.types else []
    if step.needs:
        conditions.append(f"needs {' and '.join(step.needs)}")
    if step.retroactive:
        conditions.append("only retroactive")
    if step.level == "unusual":
        conditions.append("unusual")
    return "; ".join(conditions)


def json(process: Process) -> str:
    """Everything in the process, with the keys of its file."""
    return inert(process.model_dump_json(indent=2, by_alias=True)) + "\n"


def edges(process: Process) -> list[tuple[str, str, str]]:
    """Every step as (from, to, what it asks for), each pair once."""
    found: dict[tuple[str, str], str] = {}
    for step in process.transitions:
        for after in step.to:
            found.setdefault((step.from_, after), _conditions(step))
    return [(before, after, label) for (before, after), label in found.items()]


def dot(process: Process) -> str:
    """The steps in the language of Graphviz."""
    rows = (f'  "{a}" -> "{b}" [tooltip="{label}"];' for a, b, label in edges(process))
    return "\n".join([f'digraph "{process.acronym}" {{', "  rankdir=LR;", *rows, "}"]) + "\n"


def mermaid(process: Process) -> str:
    """The steps in the language of Mermaid, which GitHub draws."""
    names = {status.name: f"s{n}" for n, status in enumerate(process.statuses)}
    boxes = (f'  state "{name}" as {short}' for name, short in names.items())
    start = f"  [*] --> {names[process.initial_status.name]}"
    rows = (f"  {names[a]} --> {names[b]}" for a, b, _label in edges(process))
    return "\n".join(["stateDiagram-v2", *boxes, start, *rows]) + "\n"


FORMATS: dict[str, Callable[[Process], str]] = {
    "text": text,
    "json": json,
    "dot": dot,
    "mermaid": mermaid,
}
