"""Find what is due: reviews that ended, versions that came out, drafts without changes.

Reminders are computed for one day from the catalog. No status changes because of time: a
person decides, and every reminder says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .._clock import add_days
from .._text import plural
from ..catalog.model import Author, Catalog, CatalogEntry
from ..process.model import Process
from ..process.schema import Stage, Status
from ..proposals.fields import version_key
from .desk_files import DeskFiles, find_unrecorded, Translation
from .reminders import OverdueReport, Reminder, ReminderKind, ReminderRole


def find_overdue(
    catalog: Catalog,
    process: Process,
    today: date,
    released: str | None = None,
    files: DeskFiles = DeskFiles(),  # noqa: B008 # immutable
) -> OverdueReport:
    """Return what is due on a day.

    :param released: The newest version that is released. Without it, versions are not compared.
    :param files: Translations, and records of extensions.
    """
    reminders = [
        reminder
        for entry in catalog.entries
        if (status := process.status(entry.status))
        for reminder in _Desk(
            process, today, released, entry, status, files.translations.get(entry.number, ())
        ).reminders()
    ]
    reminders += find_unrecorded(files, process, today)
    reminders.sort(key=lambda r: (r.since or date.max, r.number or 0, r.kind))
    omissions = [*_omissions(catalog, process, released), *files.problems]
    return OverdueReport(
        today=today, released=released, omissions=tuple(omissions), reminders=tuple(reminders)
    )


def _omissions(catalog: Catalog, process: Process, released: str | None) -> Iterator[str]:
    """Yield what the report cannot know."""
    if released is None and process.header_for("version"):
        yield "versions were not compared; name the newest one that is released with --released"
    if not catalog.history_complete:
        yield "the history in git is not complete, so some days are not known"
    unclear = [entry for entry in catalog.entries if process.status(entry.status) is None]
    if unclear or catalog.unnumbered:
        count = plural(len(unclear) + len(catalog.unnumbered), process.acronym)
        yield f"{count} without a valid status or number; run fep check"


@dataclass(frozen=True, slots=True)
class _Desk:
    """One proposal on the editor's desk."""

    process: Process
    today: date
    released: str | None
    entry: CatalogEntry
    status: Status
    translations: tuple[Translation, ...]

    def reminders(self) -> Iterator[Reminder]:
        """Yield what is due."""
        yield from self._reviews()
        if not self.entry.retroactive:
            yield from self._people()
        yield from self._versions()
        yield from self._inactivity()
        yield from self._notes()
        yield from self._translations()

    # Kinds -----------------------------------------------------------------------------------

    def _reviews(self) -> Iterator[Reminder]:
        entry, number = self.entry, self.entry.number
        if entry.review_until and entry.review_until < self.today and self.status.stage == "open":
            reason = f"the review ended on {entry.review_until}, and there is no decision"
            day = add_days(entry.review_until, 1)
            yield self._remind(
                "review-ended", day, reason, "delegate", command=f"fep ready {number}"
            )
        if entry.review_by and entry.review_by < self.today and not self.status.settled:
            name = self.process.header_name("review_by")
            reason = f"the review that was due by {entry.review_by} is not recorded"
            day = add_days(entry.review_by, 1)
            action = f"review it, and write the next date into '{name}'"
            yield self._remind("review-due", day, reason, "editor", action, self._give_up())

    def _people(self) -> Iterator[Reminder]:
        header = self.process.header_for("sponsor")
        if header is None or self.entry.sponsor or self.entry.review_until is None:
            return
        if self.status.stage == "open":
            reason = f"it is in review, and has no '{header.name}'"
            action = f"ask for one, and write '{header.name}: NAME'"
            yield self._remind("no-sponsor", self._status_day, reason, "author", action)

    def _versions(self) -> Iterator[Reminder]:
        """Yield reminders about versions that are released."""
        stage, header = self.status.stage, self.process.header_name("version")
        planned = max(self.entry.versions, key=_version_key, default=None)
        if planned and self._is_released(planned) and stage in ("open", "agreed"):
            what = f"it was planned for {planned}, which is released"
            if stage == "agreed":
                command = self._transition("done")
                reason = f"{what}, and it is still {self.status.name}"
                action = None if command else "look whether it is finished"
                day = self._status_day
                yield self._remind("not-finished", day, reason, "author", action, command)
            else:
                action = f"write the next version into '{header}'"
                reason = f"{what}, and it is not decided"
                yield self._remind(
                    "version-passed", None, reason, "author", action, self._give_up()
                )
        for version in self.entry.removed:
            if not self._is_released(version) or stage == "dead":
                continue
            # What is done keeps its header as a record: it is due with that release only.
            if stage == "done" and _version_key(version) != _version_key(self.released or ""):
                continue
            name = self.process.header_name("removed")
            reason = f"its subject was to be removed in {version}, which is released"
            action = f"look whether it is gone; if not, write the new version into '{name}'"
            yield self._remind("removal-due", None, reason, "author", action)

    def _inactivity(self) -> Iterator[Reminder]:
        limit, changed = self.status.stale_after, self.entry.changed
        if not limit or changed is None or (self.today - changed).days <= limit:
            return
        reason = (
            f"the file has not changed since {changed}; "
            f"the limit is {limit} days for {self.status.name}"
        )
        action, day = "ask the authors whether they go on", add_days(changed, limit)
        yield self._remind("unchanged", day, reason, "author", action, self._give_up())

    def _notes(self) -> Iterator[Reminder]:
        outdated = [n.framework for n in self.entry.notes if n.state in ("stale", "failed")]
        if outdated:
            reason = f"the results of its notes are outdated: {', '.join(outdated)}"
            command = f"fep notes run {self.entry.path} --update"
            yield self._remind("notes-outdated", None, reason, "author", command=command)

    def _translations(self) -> Iterator[Reminder]:
        changed = self.entry.changed
        for translation in self.translations:
            progress = translation.progress
            if not progress.is_outdated(changed):
                continue
            if progress.fuzzy:
                reason = f"{plural(progress.fuzzy, 'text')} of {translation.path} to be reviewed"
                day = None
            else:
                reason = f"{translation.path} is the translation of {progress.date}, "
                reason, day = f"{reason}and the proposal changed on {changed}", changed
            command = f"sphinx-intl update -p build/gettext -l {translation.language}"
            action = "extract the texts again, and translate what is new"
            yield self._remind("translation-outdated", day, reason, "translator", action, command)

    # Parts of a reminder ---------------------------------------------------------------------

    def _remind(
        self,
        kind: ReminderKind,
        since: date | None,
        reason: str,
        role: ReminderRole,
        action: str | None = None,
        command: str | None = None,
    ) -> Reminder:
        role, names = self._actor(role)
        return Reminder(
            number=self.entry.number,
            title=self.entry.title,
            status=self.status.name,
            kind=kind,
            since=since,
            reason=reason,
            role=role,
            names=names,
            action=action,
            command=command,
            commit=self._status_commit,
        )

    def _actor(self, role: ReminderRole) -> tuple[ReminderRole, tuple[str, ...]]:
        """Return who has to act: the editors, if there is no delegate."""
        if role == "delegate" and self.entry.delegate:
            return role, _names(self.entry.delegate)
        if role == "author":
            return role, _names(self.entry.authors)
        if role == "translator":
            return role, ()
        return "editor", self.process.editors

    @property
    def _status_day(self) -> date | None:
        """The day on which the proposal got its status, if that is known."""
        return self.entry.intervals[-1].start if self.entry.intervals else None

    @property
    def _status_commit(self) -> str | None:
        events = [event for event in self.entry.history if event.kind == "status"]
        return events[-1].commit if events else None

    def _is_released(self, version: str) -> bool:
        return self.released is not None and _version_key(version) <= _version_key(self.released)

    def _give_up(self) -> str | None:
        """Return the command that defers or ends the proposal, if it may be."""
        return self._transition("waiting") or self._transition("dead")

    def _transition(self, stage: Stage) -> str | None:
        """Return the command for the first status of *stage* that the proposal may get."""
        transitions = self.process.transitions_from(self.status.name, self.entry.type)
        names = {name for t in transitions if t.level == "allowed" for name in t.to}
        statuses = (s for s in self.process.statuses if s.name in names and s.stage == stage)
        if (status := next(statuses, None)) is None:
            return None
        name = f'"{status.name}"' if " " in status.name else status.name
        return f"fep transition {self.entry.number} {name}"


def _names(people: Iterable[Author]) -> tuple[str, ...]:
    return tuple(person.name for person in people)


def _version_key(version: str) -> tuple[int, ...]:
    """Return the sort key of a version; 3.2 and 3.2.0 have the same."""
    numbers = list(version_key(version))
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
