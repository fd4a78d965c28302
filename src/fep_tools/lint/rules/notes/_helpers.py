"""Helpers of the rules about notes."""

from __future__ import annotations

from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Span
from ....notes.model import find_section, Snippet
from ....notes.results import results_path, ResultState
from ....notes.store import NoteStatus, NoteStore, SnippetStatus
from ....process.model import Process
from ....proposals.model import Proposal


def snippets_in_state(
    state: ResultState, proposal: Proposal, notes: NoteStore
) -> Iterator[tuple[NoteStatus, SnippetStatus]]:
    """Return the snippets of *proposal* whose result is in *state*, each with its note.

    Snippets that cannot have a result are left out. If the file of results cannot be used, all
    are: that is one finding (N021), not one for each snippet.
    """
    if isinstance(notes.results.get(results_path(proposal.path)), str):
        return
    for note in notes.statuses(proposal.body, proposal.path):
        for snippet in note.snippets:
            if snippet.state is state and snippet.snippet.is_named and note.note.framework:
                yield note, snippet


def section_title(proposal: Proposal, process: Process) -> Span:
    """Return the position of the title of the section that holds the notes."""
    title = None
    if process.notes and proposal.body:
        title = find_section(proposal.body, process.notes.section)
    return title.location.span if title else Span()


def describe(snippet: Snippet) -> str:
    """Return the subject of a message about *snippet*, as ``snippet "sanic-view"``."""
    return f"snippet {quote(snippet.name)}" if snippet.name else "the snippet"


def run_command(proposal: Proposal) -> str:
    """Return the command that runs the snippets of *proposal* and saves their results."""
    return f"fep notes run {proposal.number} --update"
