"""Which number a proposal gets: one that nobody has, had, or is about to have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..process.model import Process

LAST = 9999
"""The largest number that there may be."""


def free_numbers(
    process: Process, present: Collection[int], used: Collection[int] = frozenset()
) -> Iterator[int]:
    """The numbers that may be handed out, the first being the next one.

    They come after all that are *present*; those *used* elsewhere, on another branch or by a
    proposal that is gone, and those that the process keeps, are left out.
    """
    without = {row.number for row in process.reserved}.union(used)
    after = max([process.first_number - 1, *present])
    return (number for number in range(after + 1, LAST + 1) if number not in without)
