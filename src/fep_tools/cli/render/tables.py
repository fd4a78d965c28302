"""Tables of plain text."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from ..._text import width


def align(rows: Iterable[Sequence[str]], right: Container[int] = ()) -> list[str]:
    """Return a line for each row, with columns as wide as their widest cell.

    :param right: The indexes of columns that are aligned to the right.
    """
    table = list(rows)
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]

    def pad(index: int, cell: str) -> str:
        blanks = " " * (widths[index] - width(cell))
        return blanks + cell if index in right else cell + blanks

    return ["  ".join(pad(*each) for each in enumerate(row)).rstrip() for row in table]
