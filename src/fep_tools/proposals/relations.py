"""References between proposals in headers."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Span
from ..process.model import Process
from ..process.schema import Role
from .fields import read_entries
from .fields.headers import field_spec
from .model import Proposal

RELATIONS: tuple[Role, ...] = ("requires", "replaces", "superseded_by")
"""The roles of headers that name other proposals."""


def locate_references(
    proposal: Proposal, role: Role, process: Process
) -> Iterator[tuple[int, Span]]:
    """Yield the numbers in the header of *role* with their positions."""
    header, field = process.header_for(role), proposal.field(role)
    if header is None or field is None:
        return
    for number, piece in read_entries(field.value, field_spec(header, process)):
        if isinstance(number, int):
            yield number, field.span(piece.start, piece.end)
