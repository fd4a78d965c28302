"""Apply the edits of findings.

The edits of one finding belong together: either all of them are applied or none. If two
findings change the same text, the first one is fixed, and the other one is found again in the
next round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..diagnostics import apply_edits, CheckResult, Diagnostic, Edit

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
    for diagnostic in diagnostics:
        if not any(_overlap(edit, other) for edit in diagnostic.edits for other in accepted):
            accepted += diagnostic.edits
    return accepted


def _overlap(one: Edit, other: Edit) -> bool:
    """Return whether two edits change the same text, or begin at the same position."""
    first, second = one.span, other.span
    is_common = first.start < second.end and second.start < first.end
    return is_common or first.start == second.start
