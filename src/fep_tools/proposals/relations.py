"""References between proposals in headers."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Span
from ..process.schema import Role
from .fields import pieces
from .model import Proposal

RELATIONS: tuple[Role, ...] = ("requires", "replaces", "superseded_by")
"""The roles of headers that name other proposals."""


def locate_references(proposal: Proposal, role: Role) -> Iterator[tuple[int, Span]]:
    """Yield the numbers in the header of *role* with their positions."""
    if field := proposal.field(role):
        spans = (field.span(piece.start, piece.end) for piece in pieces(field.value))
        yield from zip(proposal.numbers(role), spans, strict=False)
