"""Give each row of a table in Markdown as many cells as the table has columns.

GitHub fills up short rows with empty cells and does not show the cells of long ones. To mistune,
a table with such a row is no table, but a paragraph of pipes.
"""

from __future__ import annotations

import re

from mistune.core import BlockState

from .._text import quote
from .rst_inline import Conversion

_PIPE = re.compile(r"(?<!\\)\|")
_BELOW_TITLES = re.compile(r"[\s|:-]*-[\s|:-]*")


def find_rows(state: BlockState, start: int, *, is_framed: bool) -> list[str]:
    """Return the lines of a table from *start* on, where its titles end.

    :param is_framed: Each line begins and ends with a pipe.
    """
    lines: list[str] = []
    while start < state.cursor_max:
        end = state.src.find("\n", start, state.cursor_max) + 1
        line = state.src[start : end or state.cursor_max]
        text = line.strip()
        is_row = text[:1] == text[-1:] == "|" if is_framed else "|" in text
        # Most lines with a pipe are above no line of dashes, and are no titles.
        if not is_row or not (lines or _BELOW_TITLES.fullmatch(text)):
            break
        lines.append(line)
        start += len(line)
    return lines


def even_rows(titles: str, lines: list[str], notes: Conversion, *, is_framed: bool) -> str:
    """Return the table of *titles* and *lines* with rows that have all columns.

    :param notes: Gets the cells that no column is for.
    """
    columns = len(_cells(titles))
    result = [titles]
    for line in lines:
        cells = _cells(line)
        if len(cells) == columns or line is lines[0]:
            result.append(line)
            continue
        row = " | ".join([*cells[:columns], *[""] * (columns - len(cells))])
        result.append(f"| {row} |\n" if is_framed else f"{row}\n")
        if text := " ".join(filter(None, cells[columns:])):
            notes.lose(f"a cell without a column was left out of a table: {quote(text)}")
    return "".join(result)


def _cells(line: str) -> list[str]:
    """Return the cells of a row, with or without a pipe at its ends."""
    cells = [cell.strip() for cell in _PIPE.split(line.strip())]
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells
