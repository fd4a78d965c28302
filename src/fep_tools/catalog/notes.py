"""What the catalog has about notes: the frameworks, and the result of each note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..notes.model import STANCES
from ..notes.store import NoteStore
from ..proposals.fields import is_url
from ..proposals.model import Proposal
from .model import FrameworkEntry, NoteEntry

if TYPE_CHECKING:
    from ..notes.store import NoteStatus


def framework_entries(notes: NoteStore) -> tuple[FrameworkEntry, ...]:
    """Return the frameworks of ``frameworks.toml``; none for a community without notes."""
    if not notes.has_frameworks:
        return ()
    entries = []
    for framework in notes.frameworks.frameworks:
        environment = notes.environments.get(framework.key)
        entries.append(
            FrameworkEntry(
                key=framework.key,
                title=framework.title,
                docs=framework.docs,
                required=framework.required,
                version=(environment.version or None) if environment else None,
                python=framework.python,
                note=framework.note or None,
            )
        )
    return tuple(entries)


def note_entries(proposal: Proposal, notes: NoteStore) -> tuple[NoteEntry, ...]:
    """Return the first note on each framework, in the order of ``frameworks.toml``."""
    entries: dict[str, NoteEntry] = {}
    for status in notes.statuses(proposal.body, proposal.path):
        if status.note.framework:
            entries.setdefault(status.note.framework, _note_entry(status))
    if not entries:
        return ()
    return tuple(entries[key] for key in notes.frameworks.by_key if key in entries)


def _note_entry(status: NoteStatus) -> NoteEntry:
    note = status.note
    environment = status.environment if status.has_current_result else None
    return NoteEntry(
        framework=note.framework,
        stance=note.stance if note.stance in STANCES else None,
        state=status.state.value,
        version=environment.version if environment else None,
        python=environment.python if environment else None,
        via=note.via or None,
        since=note.since or None,
        docs=note.docs if is_url(note.docs) else None,
    )
