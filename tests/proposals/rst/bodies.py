"""Bodies parsed for tests."""

from __future__ import annotations

from fep_tools.proposals.body import Body, Location
from fep_tools.proposals.rst.parser import parse_body
from fep_tools.proposals.vocabulary import Vocabulary

FEP = Vocabulary(
    "fep",
    roles=("pep", "rfc"),
    literals=("py:*",),
    banners=("living-document",),
    opaque=("productionlist",),
)


def parse(text: str) -> Body:
    return parse_body(text, FEP)


def problems(text: str) -> list[tuple[str, str]]:
    """Return the kind and the message, or the name, of each problem."""
    return [(p.kind, p.message or p.name) for p in parse(text).problems]


def source_at(text: str, location: Location) -> str:
    """Return the text at *location*, on its first line."""
    line = text.split("\n")[location.line - 1]
    is_one_line = location.end_line == location.line
    return line[location.column - 1 : location.end_column - 1 if is_one_line else None]
