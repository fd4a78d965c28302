"""What happened to a proposal, and what it is told from: commits, and what they change.

Events stand in topological order; dates are shown as they are, since in real repositories
they go backwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, UTC
from typing import Literal

from .._text import escape_surrogates

HeaderValues = Mapping[str, str]
"""What the headers of one version say, by key, each on one line."""

Source = Literal["commit", "declared"]


@dataclass(frozen=True, slots=True)
class Event:
    """A header of a proposal, or its status, got another value.

    *before* and *after* are as written, and ``None`` where there is none; *link* is the
    evidence that a declared event names.
    """

    kind: str
    before: str | None
    after: str | None
    date: date | None
    commit: str | None = None
    author: str | None = None
    source: Source = "commit"
    link: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return the event as published, in ``fep log --format json`` and in the catalog."""
        return {
            "kind": self.kind,
            "from": self.before and escape_surrogates(self.before),
            "to": self.after and escape_surrogates(self.after),
            "date": self.date.isoformat() if self.date else None,
            "commit": self.commit,
            "author": self.author and escape_surrogates(self.author),
            "source": self.source,
            "link": self.link,
        }


@dataclass(frozen=True)
class Timeline:
    """The events of one proposal, oldest first.

    *path* is ``None`` where its file is gone; *complete* is ``False`` where the history that
    is here does not reach back to its beginning. *changed* is the day of the last commit of
    the main line that did anything to the file, as far as that is known.
    """

    number: int | None
    path: str | None
    events: tuple[Event, ...] = ()
    complete: bool = True
    changed: date | None = None

    @property
    def statuses(self) -> tuple[Event, ...]:
        """The events of its status."""
        return tuple(event for event in self.events if event.kind == "status")


@dataclass(frozen=True, slots=True)
class Change:
    """A file as one commit leaves it. *blob* is ``None`` where it is gone or no file at all.

    *before* is the path that it had, where that is another one.
    """

    path: str
    blob: str | None
    before: str | None = None
    old_blob: str | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and what it changes, seen from its first parent."""

    id: str
    parents: tuple[str, ...]
    seconds: int
    author: str
    changes: tuple[Change, ...]

    @property
    def date(self) -> date | None:
        """The day on which it was made, in UTC; ``None`` where git has no sensible one."""
        try:
            day = datetime.fromtimestamp(self.seconds, UTC).date()
        except (OverflowError, OSError, ValueError):
            return None
        return day if day.year > 1970 else None
