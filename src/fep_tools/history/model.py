"""Commits and their changes, and the timelines of proposals that are computed from them.

Events stand in topological order: parents before children. Their dates are as git has them,
and may go backwards, as they do in real repositories.
"""

from __future__ import annotations

import datetime  # the module: fields called "date" hide the class from those who read annotations
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .._text import escape_surrogates

HeaderValues = Mapping[str, str]
"""The headers of one version of a file: their values by key, each on one line."""

EventSource = Literal["commit", "declared"]


@dataclass(frozen=True, slots=True)
class Event:
    """A header of a proposal changed, appeared or disappeared.

    :param kind: The key of the header, such as ``status``.
    :param before: The value as it was written; ``None`` if there was none.
    :param after: The value as it is written; ``None`` if there is none.
    :param date: The day of the commit in UTC, if it has a sensible one.
    :param source: ``declared`` if the proposal's own record of its history says so.
    :param link: The evidence that a declared event names.
    """

    kind: str
    before: str | None
    after: str | None
    date: datetime.date | None
    commit: str | None = None
    author: str | None = None
    source: EventSource = "commit"
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

    :param path: The file; ``None`` if it was removed.
    :param complete: ``False`` if the clone does not reach back to its beginning.
    :param changed: The day of the last commit on the main line that changed the file, if known.
    :param former_paths: The other paths that it had, sorted.
    :param changed_in: The commit of that day; ``None`` as well if the day is unknown.
    """

    number: int | None
    path: str | None
    events: tuple[Event, ...] = ()
    complete: bool = True
    changed: datetime.date | None = None
    former_paths: tuple[str, ...] = ()
    changed_in: str | None = None

    @property
    def statuses(self) -> tuple[Event, ...]:
        """The events of its status."""
        return tuple(event for event in self.events if event.kind == "status")


@dataclass(frozen=True)
class History:
    """The timelines of every proposal of a repository, by number and path.

    :param head: The id of the last commit that counts.
    :param complete: ``False`` if the clone is shallow and something came before it.
    """

    head: str
    timelines: tuple[Timeline, ...]
    complete: bool = True

    @cached_property
    def by_path(self) -> dict[str, Timeline]:
        """The timelines of the files that exist."""
        return {line.path: line for line in self.timelines if line.path is not None}

    def for_number(self, number: int) -> tuple[Timeline, ...]:
        """Return the timelines of that number, those of removed files first."""
        lines = [line for line in self.timelines if line.number == number]
        return tuple(sorted(lines, key=lambda line: line.path is not None))


@dataclass(frozen=True, slots=True)
class FileChange:
    """The difference that a commit makes to one file.

    :param blob: The id of the content afterwards; ``None`` if the file was removed, or became a
        symbolic link or a submodule, which hold no text of a proposal.
    :param before: The former path, if the file was renamed.
    :param old_blob: The id of the content before; ``None`` if the file is new.
    """

    path: str
    blob: str | None
    before: str | None = None
    old_blob: str | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and its changes, compared with its first parent.

    :param seconds: When it was committed, in seconds since 1970-01-01 UTC.
    """

    id: str
    parents: tuple[str, ...]
    seconds: int
    author: str
    changes: tuple[FileChange, ...]

    @property
    def date(self) -> datetime.date | None:
        """The day on which it was made, in UTC; ``None`` if git has no sensible time.

        A time in 1970 stands for one that was lost on the way, or that is not a number.
        """
        try:
            day = datetime.datetime.fromtimestamp(self.seconds, datetime.UTC).date()
        except (OverflowError, OSError, ValueError):
            return None
        return day if day.year > 1970 else None
