"""Findings that carry edits, applied."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable

from ..diagnostic import apply
from ..diagnostic import Diagnostic


def mended(told: Iterable[Diagnostic], text: Callable[[str], str]) -> dict[str, str]:
    """The new text of every file that the edits of *told* change; *text* gives the old one."""
    edits: dict[str, list[Diagnostic]] = {}
    for diagnostic in told:
        if diagnostic.edits:
            edits.setdefault(diagnostic.path, []).append(diagnostic)
    changed = {}
    for path, diagnostics in edits.items():
        old = text(path)
        new = apply(old, (edit for diagnostic in diagnostics for edit in diagnostic.edits))
        if new != old:
            changed[path] = new
    return changed
