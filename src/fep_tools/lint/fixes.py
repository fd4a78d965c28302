"""Apply the edits of findings.

The edits of one finding belong together: either all of them are applied or none. If two
findings change the same text, the first one is fixed, and the other one is found again in the
next round.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping

from ..diagnostics import apply_edits, CheckResult, Diagnostic, Edit, Span

MAX_ROUNDS = 10
"""How often a text is checked and fixed at most."""


def fix_repeatedly(
    check: Callable[[Mapping[str, str]], CheckResult], read_text: Callable[[str], str]
) -> dict[str, str]:
    """Apply fixes until there are none left, or for :data:`MAX_ROUNDS` rounds.

    If a base has a finding as well, it is left alone.

    :param check: Checks all files again. Its argument has the fixed texts so far, by path.
    :param read_text: Returns the original text of a file.
    :return: The new texts, by path, of the files that differ.
    """
    fixed: dict[str, str] = {}

    def current_text(path: str) -> str:
        return fixed[path] if path in fixed else read_text(path)

    for _round in range(MAX_ROUNDS):
        changed = apply_fixes(check(fixed).relevant, current_text)
        if not changed:
            break
        fixed |= changed
    return {path: text for path, text in fixed.items() if text != read_text(path)}


def apply_fixes(
    diagnostics: Iterable[Diagnostic], read_text: Callable[[str], str]
) -> dict[str, str]:
    """Return the new text of every file that the edits of *diagnostics* change, by path."""
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.edits:
            by_path.setdefault(diagnostic.path, []).append(diagnostic)
    changed = {}
    for path, fixable in by_path.items():
        old = read_text(path)
        new = apply_edits(old, compatible_edits(fixable))
        if new != old:
            changed[path] = new
    return changed


def compatible_edits(diagnostics: Iterable[Diagnostic]) -> list[Edit]:
    """Return the edits that can be applied at once to the file that *diagnostics* are about."""
    accepted: list[Edit] = []
    taken = _Spans()
    for diagnostic in diagnostics:
        spans = [edit.span for edit in diagnostic.edits]
        if not any(map(taken.has_overlap, spans)):
            accepted += diagnostic.edits
            for span in spans:
                taken.add(span)
    return accepted


class _Spans:
    """Spans of a text in the order in which they begin, since a text may have thousands.

    Beside each start is the end of what is taken there, also by a span that begins before.
    """

    def __init__(self) -> None:
        self._starts: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []

    def has_overlap(self, span: Span) -> bool:
        """Return whether a span changes the same text as *span*, or begins at its start."""
        index = bisect_left(self._starts, span.start)
        if index and self._ends[index - 1] > span.start:
            return True
        following = self._starts[index] if index < len(self._starts) else None
        return following is not None and (following == span.start or following < span.end)

    def add(self, span: Span) -> None:
        """Add *span*. Those of one finding may overlap."""
        index = bisect_left(self._starts, span.start)
        end = max([span.end, *self._ends[max(index - 1, 0) : index]])
        self._starts.insert(index, span.start)
        self._ends.insert(index, end)
        for later in range(index + 1, len(self._ends)):
            if self._ends[later] >= end:
                break
            self._ends[later] = end
