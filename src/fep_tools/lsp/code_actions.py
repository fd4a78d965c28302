"""What can be mended, as edits that an editor makes and can undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .._text import safe
from ..diagnostics import Diagnostic, Edit, Span
from ..lint.fixes import compatible_edits

SHORT = 60
"""Characters of a new text that are shown in the name of a fix."""


class Fix(NamedTuple):
    """A change that is offered under a title, for what it mends."""

    title: str
    edits: tuple[Edit, ...]
    mends: tuple[Diagnostic, ...]


def fixes(told: Iterable[Diagnostic], wanted: Span) -> list[Fix]:
    """The fixes of what was *told* where it touches *wanted*."""
    return [
        Fix(_title(one), one.edits, (one,))
        for one in told
        if one.edits and _touch(one.span, wanted)
    ]


def all_at_once(told: Iterable[Diagnostic]) -> Fix | None:
    """Everything of what was *told* that can be mended without another look, as one fix."""
    mended = tuple(one for one in told if one.edits)
    edits = compatible_edits(mended)
    return Fix("Mend everything that can be mended", tuple(edits), mended) if edits else None


def _touch(one: Span, other: Span) -> bool:
    return (one.line, one.column) <= (other.end_line, other.end_column) and (
        (other.line, other.column) <= (one.end_line, one.end_column)
    )


def _title(told: Diagnostic) -> str:
    """What a fix is called: the text that it writes, where that is short."""
    name = f"Mend {told.code} {told.name}"
    text = told.edits[0].text.strip() if len(told.edits) == 1 else ""
    return f"{name}: {safe(text)}" if 0 < len(text) <= SHORT and "\n" not in text else name
