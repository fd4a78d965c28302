"""What is published of notes: how each framework stands to a proposal, and who says so.

The stance is its author's opinion. The state is about the snippets alone: with which version
they were found to hold, if they were. Committed results say that; nothing is run.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..notes.model import STANCES
from ..notes.status import describe_versions, NoteStatus
from ..notes.store import NoteStore
from ..proposals.fields import is_url
from ..proposals.model import Proposal
from .model import PublishedModel

STATES = Literal["verified", "failed", "stale", "not-run", "unavailable", "claim-only"]


class FrameworkEntry(PublishedModel):
    """A framework that notes are about, and what their snippets are run in today."""

    key: str
    title: str
    docs: str
    required: bool = False
    version: str | None = Field(None, description="That of the framework, as it is pinned.")
    python: str
    note: str | None = None


class NoteEntry(PublishedModel):
    """One note of a proposal."""

    framework: str = Field(description="The key of a framework.")
    stance: str | None = Field(None, description="The author's opinion; nobody verifies it.")
    state: STATES = Field(description="How far its snippets may be believed.")
    version: str | None = Field(None, description="That of the framework which they ran on.")
    python: str | None = Field(None, description="The Python which they ran on.")
    via: str | None = Field(None, description="The extension that does it.")
    since: str | None = Field(None, description="Since which version it does so, by the author.")
    docs: str | None = Field(None, description="Where it is documented.")


def describe(noted: NoteEntry, title: str) -> str:
    """The state of a note on the framework called *title*, in words."""
    on = describe_versions(title, noted.version or "", noted.python or "")
    return _TOLD[noted.state].format(on)


_TOLD = {
    "verified": "verified on {0}",
    "failed": "fails on {0}",
    "stale": "not verified: the result is stale",
    "not-run": "not verified: not run",
    "unavailable": "not verified: could not be run",
    "claim-only": "not verified: no snippet",
}


def framework_entries(evidence: NoteStore) -> tuple[FrameworkEntry, ...]:
    """Every framework that notes may be about; none for a community without notes."""
    if not evidence.has_frameworks:
        return ()
    return tuple(
        FrameworkEntry(
            key=framework.key,
            title=framework.title,
            docs=framework.docs,
            required=framework.required,
            version=(today.version or None) if today else None,
            python=framework.python,
            note=framework.note or None,
        )
        for framework in evidence.frameworks.frameworks
        for today in (evidence.environments.get(framework.key),)
    )


def note_entries(proposal: Proposal, evidence: NoteStore) -> tuple[NoteEntry, ...]:
    """The notes of *proposal*, the first on each framework, in the order of the frameworks."""
    found: dict[str, NoteEntry] = {}
    for standing in evidence.statuses(proposal.body, proposal.path):
        if standing.note.framework:
            found.setdefault(standing.note.framework, _noted(standing))
    return tuple(found[key] for key in evidence.frameworks.by_key if key in found) if found else ()


def _noted(standing: NoteStatus) -> NoteEntry:
    note, today = standing.note, standing.environment if standing.has_current_result else None
    return NoteEntry(
        framework=note.framework,
        stance=note.stance if note.stance in STANCES else None,
        state=standing.state.value,
        version=today.version if today else None,
        python=today.python if today else None,
        via=note.via or None,
        since=note.since or None,
        docs=note.docs if is_url(note.docs) else None,
    )
