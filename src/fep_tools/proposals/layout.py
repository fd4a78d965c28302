"""Keep titles underlined and tables in shape when words on a line get longer or shorter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .._text import width

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*\s*$")  # "=====", the line under a title
_GRID_BORDER = re.compile(r"\s*\+(?:[-=]+\+)+\s*$")  # "+-----+-----+"
_SIMPLE_BORDER = re.compile(r"\s*=+(?: +=+)+\s*$")  # "=====  ====="
_SPANNING = re.compile(r"\s*-+(?: +-+)*\s*$")  # "-----  -----", under cells that span columns

_END_OF_CELL = re.compile(r"\||\s{2}|\s*$")


def realign(before: str, after: str) -> str:
    """Return *after* with adornments and tables that fit it.

    :param before: The same text with other words; both have the same lines.
    """
    if before == after:
        return after
    old, new = before.split("\n"), after.split("\n")
    for index, (old_line, new_line) in enumerate(zip(old, new, strict=True)):
        if old_line != new_line:
            _fit_adornment(old_line, new, index)
    for start, end in find_tables(old):
        if old[start:end] != new[start:end]:
            new[start:end] = _fit_table(old[start:end], new[start:end])
    return "\n".join(new)


def _fit_adornment(old_title: str, lines: list[str], index: int) -> None:
    """Make the line under a title, and the equal one over it, as long as it needs to be."""
    under = lines[index + 1].rstrip() if index + 1 < len(lines) else ""
    before, after = width(old_title.rstrip()), width(lines[index].rstrip())
    is_title = _ADORNMENT.match(under) and len(under) >= min(before, 4)
    if not is_title or _ADORNMENT.match(lines[index]):
        return
    length = after if len(under) == before else max(len(under), after)
    for nearby in (index - 1, index + 1):
        if nearby >= 0 and lines[nearby].rstrip() == under:
            ending = lines[nearby][len(under) :]
            lines[nearby] = under[0] * length + ending


def find_tables(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first line of every table, and the line after it."""
    tables, index = [], 0
    while index < len(lines):
        end = _table_end(lines, index)
        if end:
            tables.append((index, end))
        index = max(end, index + 1)
    return tables


def _table_end(lines: Sequence[str], start: int) -> int:
    """Return the index after the table that begins at *start*; 0 if none does."""
    if _GRID_BORDER.match(lines[start]):
        end = start
        while end < len(lines) and lines[end].lstrip().startswith(("+", "|")):
            end += 1
        return end if end > start + 2 else 0
    if not _SIMPLE_BORDER.match(lines[start]):
        return 0
    # A simple table ends with the second border that has a blank line below it, or with a third.
    borders = 1
    for index in range(start + 1, len(lines)):
        if _SIMPLE_BORDER.match(lines[index]):
            borders += 1
            following = lines[index + 1].strip() if index + 1 < len(lines) else ""
            if borders == 3 or not following:
                return index + 1
    return 0


@dataclass(frozen=True)
class _Cell:
    """A cell of a table on one line.

    :param room: How long its text may be.
    :param step: How far the next cell is from the beginning of this one.
    """

    text: str
    room: int
    step: int


def _fit_table(old: list[str], new: list[str]) -> list[str]:
    """Return the lines *new* of a table, with its columns widened where the text needs it."""
    columns = [match.span() for match in re.finditer("[-=]+", old[0])]
    is_grid = bool(_GRID_BORDER.match(old[0]))
    find_cells = _grid_cells if is_grid else _simple_cells
    rows = [find_cells(before, after, columns) for before, after in zip(old, new, strict=True)]
    growth = [0] * len(columns)
    for row in rows:
        for index, cell in enumerate(row):
            growth[index] = max(growth[index], width(cell.text) - cell.room)
    if not is_grid:
        growth[-1] = 0  # the text of the last column may be longer than its border
    return [
        _join(line, row, growth, "|" if is_grid else "")
        if row
        else _widen(line, [end for _start, end in columns], growth)
        for line, row in zip(new, rows, strict=True)
    ]


def _grid_cells(before: str, after: str, columns: list[tuple[int, int]]) -> list[_Cell]:
    """Return the cells of a line between two ``|``; none if a cell spans columns."""
    old, new = before.split("|")[1:-1], after.split("|")[1:-1]
    if not len(old) == len(new) == len(columns):
        return []
    return [_Cell(text.rstrip(), len(cell), len(cell)) for cell, text in zip(old, new, strict=True)]


def _simple_cells(before: str, after: str, columns: list[tuple[int, int]]) -> list[_Cell]:
    """Return the cells of a line, which begin where the borders do; none if it is a border."""
    if _SIMPLE_BORDER.match(before) or _SPANNING.match(before) or not before.strip():
        return []
    starts = [start for start, _end in columns]
    cells, position = [], starts[0]
    for (start, end), following in zip(columns, [*starts[1:], len(before)], strict=True):
        old = before[start:following]
        if before[following - 1 : following].strip() and following < len(before):
            return []  # the text goes on in the next column
        words, blanks = old.rstrip(), len(old) - len(old.rstrip())
        text = _same_words(words, after[position:])
        cells.append(_Cell(text, end - start, following - start))
        position += len(text) + blanks
    return cells


def _same_words(cell: str, rest: str) -> str:
    """Return the beginning of *rest* that has as many words as *cell*."""
    count = len(cell.split())
    match = re.match(rf"\s*(?:\S+\s+){{{count - 1}}}\S+", rest) if count else None
    return match[0] if match else ""


def _join(line: str, row: list[_Cell], growth: list[int], separator: str) -> str:
    """Return the line of a table with these cells."""
    indent, ending = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    padded = (
        cell.text + " " * (cell.step + more - width(cell.text))
        for cell, more in zip(row, growth, strict=True)
    )
    text = separator.join(["", *padded, ""]) if separator else "".join(padded).rstrip()
    return f"{indent}{text}{ending}"


def _widen(line: str, ends: list[int], growth: list[int]) -> str:
    """Return a border, or a line whose cells span columns, longer where a column ends."""
    for end, more in reversed(list(zip(ends, growth, strict=True))):
        if not more or end > len(line.rstrip()):
            continue
        if line[end - 1] in "-=":
            line = line[:end] + line[end - 1] * more + line[end:]
        else:
            # Not inside the text of a cell that spans columns, but where that cell ends.
            position = _END_OF_CELL.search(line, end)
            where = position.start() if position else len(line)
            line = line[:where] + " " * more + line[where:]
    return line
