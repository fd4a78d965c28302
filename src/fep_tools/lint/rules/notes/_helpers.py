"""What rules about notes share: where they stand, and how their parts are spoken of."""

from __future__ import annotations

from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Span
from ....notes.model import find_section, Note, Snippet
from ....notes.results import results_path
from ....notes.status import NoteStatus, SnippetStatus
from ....notes.store import NoteStore
from ....process.model import Process
from ....proposals.model import Proposal


def notes(proposal: Proposal, evidence: NoteStore) -> tuple[Note, ...]:
    """The notes of *proposal*."""
    return evidence.notes(proposal.body)


def shown(proposal: Proposal, evidence: NoteStore) -> Iterator[tuple[NoteStatus, SnippetStatus]]:
    """The snippets of *proposal* that results can be kept of, and what they have shown.

    Where the results cannot be read there are none: that is one finding, and not one for each.
    """
    if isinstance(evidence.results.get(results_path(proposal.path)), str):
        return
    for standing in evidence.statuses(proposal.body, proposal.path):
        for one in standing.snippets:
            if one.snippet.is_named and standing.note.framework:
                yield standing, one


def section(proposal: Proposal, process: Process) -> Span:
    """The title of the section that holds the notes."""
    found = None
    if process.notes and proposal.body:
        found = find_section(proposal.body, process.notes.section)
    return found.location.span if found else Span()


def called(snippet: Snippet) -> str:
    """A snippet as messages speak of it."""
    return f"the snippet {quote(snippet.name)}" if snippet.name else "the snippet"


def run(proposal: Proposal) -> str:
    """The command that runs the snippets of *proposal* and keeps what they show."""
    return f"`fep notes run {proposal.number} --update`"
