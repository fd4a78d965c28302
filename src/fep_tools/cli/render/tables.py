"""Tables of plain text."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

from ..._text import width

Style = Callable[[int, int, str], str]
"""Takes the row and the column of a cell and its text, and returns the text with colours."""


def align(
    rows: Iterable[Sequence[str]],
    right: Container[int] = (),
    style: Style = lambda _row, _column, text: text,
) -> list[str]:
    """Return a line for each row, with columns as wide as their widest cell.

    :param right: The indexes of columns that are aligned to the right.
    """
    table = list(rows)
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]

    def pad(row: int, index: int, cell: str) -> str:
        blanks = " " * (widths[index] - width(cell))
        styled = style(row, index, cell) if cell else ""
        return blanks + styled if index in right else styled + blanks

    return [
        "  ".join(pad(number, *each) for each in enumerate(row)).rstrip()
        for number, row in enumerate(table)
    ]
