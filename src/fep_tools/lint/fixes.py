"""Findings that carry edits, applied.

The edits of one finding belong together: all of them are made, or none. Where two findings
want the same place, the first gets it, and the other is found again in what comes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..diagnostics import apply, Diagnostic, Edit


def apply_fixes(told: Iterable[Diagnostic], text: Callable[[str], str]) -> dict[str, str]:
    """The new text of every file that the edits of *told* change; *text* gives the old one."""
    edits: dict[str, list[Diagnostic]] = {}
    for diagnostic in told:
        if diagnostic.edits:
            edits.setdefault(diagnostic.path, []).append(diagnostic)
    changed = {}
    for path, diagnostics in edits.items():
        old = text(path)
        new = apply(old, compatible_edits(diagnostics))
        if new != old:
            changed[path] = new
    return changed


def compatible_edits(told: Iterable[Diagnostic]) -> list[Edit]:
    """The edits of *told*, which are of one file, that can be made at once."""
    taken: list[Edit] = []
    for diagnostic in told:
        if not any(_meet(edit, other) for edit in diagnostic.edits for other in taken):
            taken += diagnostic.edits
    return taken


def _meet(one: Edit, other: Edit) -> bool:
    """Whether two edits are about the same text, or begin at the same place."""
    start, end = _ends(one)
    begin, finish = _ends(other)
    return start == begin or (start < finish and begin < end)


def _ends(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    span = edit.span
    return (span.line, span.column), (span.end_line, span.end_column)
