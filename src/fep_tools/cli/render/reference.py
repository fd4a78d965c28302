"""Output of ``fep schema NAME --format text``: the reference of a file that communities write."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ...process.reference import describe_tables, ReferenceTable, split_code
from ...process.schema import Table

WIDTH = 80
"""The longest line."""


def as_text(model: type[Table]) -> str:
    """Return the tables of the file that *model* reads, for people."""
    return "\n\n".join("\n".join(_lines(each)) for each in describe_tables(model)) + "\n"


def _lines(table: ReferenceTable) -> Iterator[str]:
    yield table.title
    yield from _wrap(table.summary, "  ")
    for row in table.rows:
        yield ""
        form = f" = {row.form}" if table.columns[1] == "Value" else f": {row.form}"
        yield from _wrap(row.name + (form if row.form else ""), "  ", "      ")
        yield from _wrap(row.meaning, "    ")


def _wrap(text: str, indent: str, next_indent: str = "") -> list[str]:
    plain = "".join(part for part, _is_code in split_code(text))
    return textwrap.wrap(
        plain,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=next_indent or indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
