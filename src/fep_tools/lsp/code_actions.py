"""Fixes, as edits that the editor makes and can undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lsprotocol import types

from .._text import safe
from ..diagnostics import Diagnostic, Edit, Span
from ..lint.fixes import compatible_edits
from .documents import OpenProposal

MAX_TITLE_TEXT_CHARACTERS = 60
"""The longest new text that is shown in the title of a fix."""


class Fix(NamedTuple):
    """Edits with a title, and the diagnostics that they fix."""

    title: str
    edits: tuple[Edit, ...]
    diagnostics: tuple[Diagnostic, ...]


def code_actions(
    open_proposal: OpenProposal, range_: types.Range, only: Sequence[str] | None
) -> list[types.CodeAction]:
    """Return the fixes that touch a range, and the one that fixes everything.

    :param only: the kinds of action that the editor asks for; ``None`` for all.
    """
    diagnostics = open_proposal.diagnostics()
    start, end = open_proposal.position(range_.start), open_proposal.position(range_.end)
    quick_fix, fix_all = types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll
    fixes = [(fix, quick_fix) for fix in find_fixes(diagnostics, Span(*start, *end))]
    if all_at_once := combine_fixes(diagnostics):
        fixes.append((all_at_once, fix_all))
    # Once, since the last fix is of all that the others fix.
    converted = open_proposal.to_diagnostics(diagnostics)
    shown = dict(zip(map(id, diagnostics), converted, strict=True))
    return [
        _to_action(open_proposal, fix, kind, [shown[id(one)] for one in fix.diagnostics])
        for fix, kind in fixes
        if only is None or any(_is_kind(kind, requested) for requested in only)
    ]


def _is_kind(kind: types.CodeActionKind, requested: str) -> bool:
    """Return whether *kind* is the requested one or below it: ``source.fixAll`` is a ``source``."""
    return kind.value == requested or kind.value.startswith(f"{requested}.")


def _to_action(
    open_proposal: OpenProposal, fix: Fix, kind: types.CodeActionKind,
    diagnostics: list[types.Diagnostic],
) -> types.CodeAction:  # fmt: skip
    edits = open_proposal.lines.to_edits(fix.edits)
    return types.CodeAction(
        title=fix.title,
        kind=kind,
        diagnostics=diagnostics,
        is_preferred=kind is types.CodeActionKind.QuickFix or None,
        edit=types.WorkspaceEdit(changes={open_proposal.document.uri: edits}),
    )


def find_fixes(diagnostics: Iterable[Diagnostic], span: Span) -> list[Fix]:
    """Return a fix for each fixable diagnostic that touches *span*."""
    return [
        Fix(_title(diagnostic), diagnostic.edits, (diagnostic,))
        for diagnostic in diagnostics
        if diagnostic.edits and diagnostic.span.touches(span)
    ]


def combine_fixes(diagnostics: Iterable[Diagnostic]) -> Fix | None:
    """Return one fix for all diagnostics whose edits do not overlap."""
    fixable = tuple(diagnostic for diagnostic in diagnostics if diagnostic.edits)
    edits = compatible_edits(fixable)
    return Fix("Fix all", tuple(edits), fixable) if edits else None


def _title(diagnostic: Diagnostic) -> str:
    """Return a title such as ``Fix H103 header-date: 2026-01-02``, with the new text if short."""
    title = f"Fix {diagnostic.code} {diagnostic.name}"
    text = diagnostic.edits[0].text.strip() if len(diagnostic.edits) == 1 else ""
    is_short = 0 < len(text) <= MAX_TITLE_TEXT_CHARACTERS and "\n" not in text
    return f"{title}: {safe(text)}" if is_short else title
