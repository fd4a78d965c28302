"""Fixes that an editor offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lsprotocol import types

from fep_tools.diagnostics import Diagnostic, Edit, Severity, Span
from fep_tools.lsp import documents
from fep_tools.lsp.code_actions import code_actions, combine_fixes, find_fixes
from fep_tools.lsp.convert import Lines
from fep_tools.lsp.documents import Document, OpenProposal
from fep_tools.lsp.workspace import Workspace
from fep_tools.repository import Repository


def diagnostic(span: Span, *edits: Edit) -> Diagnostic:
    return Diagnostic("a.rst", span, "H103", "header-date", Severity.ERROR, "wrong", edits=edits)


def test_the_title_of_a_fix_has_a_short_new_text() -> None:
    short = diagnostic(Span(2, 1, 2, 5), Edit(Span(2, 1, 2, 5), "\n new\x1b "))
    long = diagnostic(Span(2, 5, 2, 6), Edit(Span(2, 5), "a" * 99))
    none = diagnostic(Span(2, 1, 2, 9))
    found = find_fixes([short, long, none], Span(2, 5))
    assert [fix.title for fix in found] == [
        "Fix H103 header-date: new\\x1b",
        "Fix H103 header-date",
    ]
    assert find_fixes([short], Span(1, 1, 1, 9)) == []
    assert find_fixes([short], Span(1, 1, 3, 1)) != []


def test_combined_fixes_do_not_overlap() -> None:
    first = diagnostic(Span(1, 1), Edit(Span(1, 1, 1, 3), "x"))
    second = diagnostic(Span(1, 1), Edit(Span(1, 2, 1, 4), "y"))
    fix = combine_fixes([first, second])
    assert fix is not None
    assert fix.edits == first.edits
    assert combine_fixes([diagnostic(Span(1, 1))]) is None


@pytest.fixture
def workspace(root: Path) -> Iterator[Workspace]:
    workspace = Workspace(Repository.open(root))
    yield workspace
    workspace.close()


def test_the_lines_of_a_text_are_found_once_for_all_fixes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text may have a thousand findings and 100,000 lines."""
    texts: list[str] = []

    class CountedLines(Lines):
        def __init__(self, text: str, encoding: str) -> None:
            texts.append(text)
            super().__init__(text, encoding)

    monkeypatch.setattr(documents, "Lines", CountedLines)
    path, text = "proposals/fep-0010.rst", "FEP: 10\n" * 50
    document = Document("file:///a.rst", workspace.repository.root / path, text, 1)
    opened = OpenProposal(
        document, workspace, path, workspace.update(path, text), "utf-16", date(2026, 12, 2)
    )
    everywhere = types.Range(types.Position(0, 0), types.Position(50, 0))
    actions = code_actions(opened, everywhere, None)
    assert len(actions) > 49
    assert len(texts) < 3
    *_, last = actions
    assert last.title == "Fix all"
    assert last.diagnostics == [one for fix in actions[:-1] for one in fix.diagnostics or ()]
