"""Announcements: what changed between two commits of a repository.

Everything follows from the two commits, so the same two always give the same announcements. A
change that was undone in between is none. Those of January and February together are those of
both months, except that a proposal that changed in both has one entry.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args, Literal

from .._clock import add_days
from ..catalog.build import build_catalog
from ..catalog.exports.feed_entries import parse_number, stable_id
from ..catalog.model import Catalog, CatalogEntry
from ..history.decisions import find_decision
from ..history.model import Event, History, Timeline
from ..lint.rules.transitions._worddiff import find_changed_words
from ..process.model import Process
from ..process.schema import Status
from ..proposals.model import Corpus
from ..repository import GENERATOR, Repository
from .former_text import read_former_texts
from .textdiff import compare_texts

AnnouncementKind = Literal[
    "last_days", "review", "new", "decided", "completed", "superseded", "withdrawn", "status",
    "text", "version", "removal", "number", "removed",
]  # fmt: skip
"""What changed. Those that ask readers to do something come first."""

KINDS: tuple[AnnouncementKind, ...] = get_args(AnnouncementKind)

LAST_DAYS = 7
"""The number of days before the end of a review from which it is announced."""


@dataclass(frozen=True)
class CatalogSnapshot:
    """The proposals at a commit.

    :param process: The process of that time.
    :param texts: Their texts without headers, by number.
    :param date: The day of the commit.
    :param decided: The texts that were decided on since an earlier snapshot, by number.
    """

    process: Process
    catalog: Catalog
    texts: Mapping[int, str]
    date: datetime.date
    decided: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Announcement:
    """A change of one proposal.

    :param entry: The proposal after the change; a removed one as it was.
    :param date: The day of the change, or of the second commit if that is not known.
    :param commit: The commit of the change, if it is known.
    :param before: The former value: a status, versions, a number, the last day of a review.
    :param after: The new value. Of a status, it follows all that the proposal had since *before*.
    :param words: Of a text, the numbers of removed and of added words.
    """

    kind: AnnouncementKind
    entry: CatalogEntry
    date: datetime.date
    commit: str | None = None
    before: str | None = None
    after: tuple[str, ...] = ()
    words: tuple[int, int] | None = None

    def stable_id(self, process: Process) -> str:
        """Return an id that the change has in all announcements, and that no other one has."""
        source = self.commit or self.before
        values = self.after or (f"{self.date}",)
        return stable_id(process.acronym, self.entry.number, self.kind, source, *values)


def take_snapshot(
    repository: Repository,
    revision_or_day: str,
    *,
    abstracts: bool = True,
    since: CatalogSnapshot | None = None,
) -> CatalogSnapshot:
    """Return the proposals at a revision, or on a day such as ``2024-01-31``.

    The number of processes of git does not depend on the number of proposals.

    :param abstracts: Whether the entries have abstracts, for which bodies are parsed.
    :param since: An earlier snapshot; the texts that were decided on after it are read as well.
    :raises RepositoryError: There is no such commit.
    """
    past = repository.at(revision_or_day)
    # Titles that are headings are in bodies.
    corpus = past.corpus(bodies=abstracts or past.process.title_source == "heading")
    day = past.day or (repository.git.day_of(past.commit) if past.commit else None)
    history = past.history()
    catalog = build_catalog(corpus, past.process, GENERATOR, history)
    texts = {number: proposal.body_text for number, proposal in corpus.by_number.items()}
    decided = {}
    if since and history:
        decided = _decisions_since(since.catalog, corpus, history, past.process)
    former = read_former_texts(repository, decided, past.process) if decided else {}
    decided_texts = {number: found.proposal.body_text for number, found in former.items()}
    return CatalogSnapshot(past.process, catalog, texts, day or datetime.date.min, decided_texts)


def _decisions_since(
    since: Catalog, corpus: Corpus, history: History, process: Process
) -> dict[int, tuple[Timeline, Event]]:
    """Return by number the decisions that stand and that *since* does not know."""
    known = {event.commit for entry in since.proposals for event in entry.history}
    decisions: dict[int, tuple[Timeline, Event]] = {}
    for number, proposal in corpus.by_number.items():
        line = history.by_path.get(proposal.path)
        event = find_decision(line.statuses, process) if line and line.complete else None
        if line and event and event.commit and event.commit not in known:
            decisions[number] = line, event
    return decisions


def compute_announcements(before: CatalogSnapshot, after: CatalogSnapshot) -> list[Announcement]:
    """Return what changed from *before* to *after*, by kind and number.

    Statuses have the names of the process of *after*.
    """
    found = _Comparison(before, after).announcements()
    return sorted(found, key=lambda each: (KINDS.index(each.kind), each.entry.number))


class _Comparison:
    def __init__(self, before: CatalogSnapshot, after: CatalogSnapshot) -> None:
        self.before = before
        self.after = after
        self.process = after.process

    def announcements(self) -> Iterator[Announcement]:
        former = set()
        for entry in self.after.catalog.proposals:
            number = self._former_number(entry)
            former.add(number)
            old = self.before.catalog.get(number)
            yield from self._changes(old, entry) if old else self._arrival(entry)
        for entry in self.before.catalog.proposals:
            if entry.number not in former:
                yield Announcement("removed", entry, self.after.date)

    def _former_number(self, entry: CatalogEntry) -> int:
        """Return the number that a proposal had before: that of a draft may have changed."""
        if self.before.catalog.get(entry.number):
            return entry.number
        numbers = [parse_number(e.before) for e in entry.history if e.kind == "number"]
        # Its former number may be that of another proposal now.
        found = (n for n in numbers if n and self.before.catalog.get(n))
        return next((n for n in found if not self.after.catalog.get(n)), entry.number)

    def _arrival(self, entry: CatalogEntry) -> Iterator[Announcement]:
        first = next((event for event in entry.history if event.commit), None)
        after = (entry.status,) if entry.status else ()
        yield self._announcement("new", entry, first, None, after)
        events = _commits(entry, None, "status")
        if len(events) > 1:
            yield from self._status(events[0].after, events[1:], entry)
        yield from self._text(None, entry)

    def _changes(self, old: CatalogEntry, new: CatalogEntry) -> Iterator[Announcement]:
        if old.number != new.number:
            after = (str(new.number),)
            yield self._header("number", "number", old, new, str(old.number), after)
        yield from self._status(old.status, _commits(new, old, "status"), new)
        yield from self._review(old, new)
        yield from self._replacement(old, new)
        yield from self._text(old, new)
        # A decision says for which version it is.
        if old.versions != new.versions and (old.versions or old.status == new.status):
            before = ", ".join(old.versions) or None
            yield self._header("version", "version", old, new, before, new.versions)
        if old.removed != new.removed:
            before = ", ".join(old.removed) or None
            yield self._header("removal", "removed", old, new, before, new.removed)

    def _header(
        self,
        kind: AnnouncementKind,
        key: str,
        old: CatalogEntry,
        new: CatalogEntry,
        before: str | None,
        after: tuple[str, ...],
    ) -> Announcement:
        """Return the change of the header *key*."""
        events = _commits(new, old, key)
        return self._announcement(kind, new, events[-1] if events else None, before, after)

    def _announcement(
        self,
        kind: AnnouncementKind,
        entry: CatalogEntry,
        event: Event | None,
        before: str | None,
        after: tuple[str, ...],
    ) -> Announcement:
        day = (event.date if event else None) or self.after.date
        return Announcement(kind, entry, day, event.commit if event else None, before, after)

    # Statuses ------------------------------------------------------------------------------

    def _status(
        self, before: str | None, events: Sequence[Event], entry: CatalogEntry
    ) -> Iterator[Announcement]:
        old = self.process.resolve_status(before or "")
        new = self.process.resolve_status(entry.status or "")
        if new is None or (old and old.name == new.name):
            return
        steps = [self.process.resolve_status(event.after or "") for event in events]
        names = [status.name for status in (old, *steps, new) if status]
        path = [name for name, last in zip(names, [None, *names], strict=False) if name != last]
        first = path.pop(0) if old else None
        previous = self.process.status([first, *path][-2])
        kind = self._status_kind(old, previous, new, entry)
        yield self._announcement(kind, entry, events[-1] if events else None, first, (*path,))

    def _status_kind(
        self, old: Status | None, previous: Status | None, new: Status, entry: CatalogEntry
    ) -> AnnouncementKind:
        """Return the kind of a change of status.

        :param previous: The last status before *new*; *old*, if there were none in between.
        """
        if new.decision:
            return "completed" if old and old.decision and new.stage == "done" else "decided"
        if new.closed:
            was_done = previous is not None and previous.stage == "done"
            return "superseded" if was_done or entry.superseded_by else "withdrawn"
        is_review = new.stage == "open" and new.name != self.process.initial_status.name
        is_forward = old is None or old.stage != "open" or old.rank < new.rank
        return "review" if is_review and is_forward else "status"

    def _replacement(self, old: CatalogEntry, new: CatalogEntry) -> Iterator[Announcement]:
        """Yield what replaces a proposal, where its status did not change with it."""
        added = [n for n in new.superseded_by if n not in old.superseded_by]
        if added and old.status == new.status:
            after = tuple(map(self.process.label, added))
            yield self._header("superseded", "superseded_by", old, new, None, after)

    # Reviews -------------------------------------------------------------------------------

    def _review(self, old: CatalogEntry, new: CatalogEntry) -> Iterator[Announcement]:
        """Yield a new end of a review, or that the end comes near."""
        status, until = self.process.resolve_status(new.status or ""), new.review_until
        if old.status != new.status or not (status and status.stage == "open" and until):
            return
        if old.review_until != until and until >= self.after.date:
            former = old.review_until.isoformat() if old.review_until else None
            yield self._header("review", "review_until", old, new, former, (until.isoformat(),))
            return
        # Announced once: by the first announcement of those days.
        start = add_days(until, -LAST_DAYS)
        if self.before.date < start <= self.after.date <= until:
            yield Announcement("last_days", new, start, after=(until.isoformat(),))

    # Texts ---------------------------------------------------------------------------------

    def _text(self, old: CatalogEntry | None, new: CatalogEntry) -> Iterator[Announcement]:
        """Yield a change of a text that was decided on, by more than typography and spelling.

        If the decision is a new one, only what changed after it counts.
        """
        source, former = old, self.before.texts.get(old.number, "") if old else ""
        if new.number in self.after.decided:
            source, former = new, self.after.decided[new.number]
        status = self.process.resolve_status(source.status or "") if source else None
        texts = former, self.after.texts.get(new.number, "")
        is_agreed = status is not None and status.decision and not status.closed
        if not is_agreed or texts[0] == texts[1]:
            return
        changes = [change for change in compare_texts(*texts) if not change.is_typography]
        if not changes or not any(find_changed_words(*texts)):
            return
        counts = [change.counts for change in changes]
        words = sum(removed for removed, _ in counts), sum(added for _, added in counts)
        yield Announcement("text", new, new.changed or self.after.date, words=words)


def _commits(new: CatalogEntry, old: CatalogEntry | None, key: str) -> list[Event]:
    """Return the changes of a header that commits have made since."""
    known = {event.commit for event in old.history} if old else set()
    return [e for e in new.history if e.kind == key and e.commit and e.commit not in known]
