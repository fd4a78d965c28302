"""Conditions on proposals, such as when a header is required."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field, StrictBool

from ..values import Names
from .table import Table


class Condition(Table):
    """A condition on a proposal; a key that is missing stands for any."""

    statuses: Names = ()
    """The proposal has one of these statuses."""
    types: Names = ()
    """The proposal has one of these types."""
    with_: Names = Field(alias="with", default=())
    """The proposal has one of these headers."""
    without: Names = ()
    """The proposal has none of these headers."""

    def applies(self, status: str | None, type_: str | None, present: Iterable[str]) -> bool:
        """Return whether a proposal meets the condition.

        :param present: the names of the headers that the proposal has.
        """
        return (
            (not self.statuses or status in self.statuses)
            and (not self.types or type_ in self.types)
            and (not self.with_ or bool(set(self.with_).intersection(present)))
            and not set(self.without).intersection(present)
        )


Conditions = StrictBool | tuple[Condition, ...]
"""Always, never, or if one of the conditions applies."""


def any_applies(
    conditions: Conditions, status: str | None, type_: str | None, present: Iterable[str]
) -> bool:
    """Return whether one of *conditions* applies to a proposal.

    :param present: the names of the headers that the proposal has.
    """
    if isinstance(conditions, bool):
        return conditions
    return any(condition.applies(status, type_, present) for condition in conditions)
