"""A proposal in the course of the replay of commits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from .model import Commit, Event, HeaderValues


@dataclass(eq=False)
class TrackedFile:
    """A proposal in the course of the replay. *paths* are all that it has had so far.

    *added* and *updated* say at which commit of the main line it was added, and when its headers
    changed last.
    """

    number: int | None = None
    path: str | None = None
    paths: set[str] = field(default_factory=set)
    values: HeaderValues = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    complete: bool = True
    changed: date | None = None
    changed_in: str | None = None
    added: int = 0
    updated: int = 0

    @property
    def is_recognisable(self) -> bool:
        """True if the headers name the proposal or its authors."""
        return bool(self.values.get("title") or self.values.get("authors"))

    def is_copy_of(self, original: TrackedFile) -> bool:
        """Return whether this file was added as a copy of *original*, which is removed now.

        Who moves many files may copy them in one commit, and remove the old ones in another. A
        copy has the name of its original, whose headers did not change in between.
        """
        if original.number not in {None, self.number} or original.updated > self.added:
            return False
        keys = ("title", "authors", "status")
        is_same = all(self.values.get(key) == original.values.get(key) for key in keys)
        return is_same and self.is_recognisable

    def continue_from(self, original: TrackedFile) -> None:
        """Take over the history of the file that this one was a copy of."""
        values = original.values
        own = (
            replace(event, before=values.get(event.kind)) if event.before is None else event
            for event in self.events
        )
        self.events = original.events + [event for event in own if event.before != event.after]
        self.paths |= original.paths
        self.complete = original.complete

    def touch(self, commit: Commit | None) -> None:
        """Record the commit that changed it last; ``None`` if that is unknown."""
        self.changed = commit.date if commit else None
        self.changed_in = commit.id if commit else None
