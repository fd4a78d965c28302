"""A month of an editor: a script of what people do, and what the commands say each day."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, UTC
from json import loads
from pathlib import Path

import pytest

from fep_tools._text import escape_markdown

from .drafts import CC0, Run

pytestmark = pytest.mark.slow

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 31)
THREAD = "https://example.org/thread"

SECTIONS = (
    "Abstract",
    "Motivation",
    "Specification",
    "Rationale",
    "Prior Requests",
    "Backwards Compatibility",
    "Extensions Affected",
    "Cross-Framework Notes",
    "Security Considerations",
    "Reference Implementation",
    "Rejected Ideas",
)
PO = """\
msgid ""
msgstr ""
"POT-Creation-Date: 2027-03-15 10:00+0000\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Motivation of FEP 21."
msgstr "Motivation de FEP 21."
"""


def proposal(number: int, title: str, status: str, headers: str, kind: str = "") -> str:
    """Return the text of a proposal, with all sections.

    :param headers: What follows the author, with ``...`` for the status and the type.
    :param kind: Its type. Default: Standards Track.
    """
    target = "" if kind else "\nTarget: flask"
    type_ = f"Status: {status}\nType: {kind or 'Standards Track'}{target}"
    head = f"FEP: {number}\nTitle: {title}\nAuthor: Ada Lovelace\n{headers.replace('...', type_)}\n"
    last = ("Review and Expiry",) if kind else ()
    names = (*SECTIONS[:3], *last) if kind else SECTIONS
    body = [f"{name}\n{'=' * len(name)}\n\n{name} of FEP {number}.\n" for name in names]
    return "\n".join([head, *body, f"Copyright\n=========\n\n{CC0}\n"])


class Desk:
    """The repository, and the people who work in it.

    :param run: Runs ``fep``.
    """

    def __init__(self, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self._run, self._monkeypatch = root, run, monkeypatch

    def git(self, day: date, *arguments: str) -> str:
        moment = f"{day}T12:00:00Z"
        command = ["git", "-c", "user.name=Ada", "-c", "user.email=a@example.org", *arguments]
        environment = os.environ | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        return subprocess.run(
            command, cwd=self.root, check=True, capture_output=True, text=True, env=environment
        ).stdout

    def commit(self, day: date, files: dict[str, str]) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, "utf-8")
        self.git(day, "add", "--all")
        self.git(day, "commit", "--quiet", "--message", str(day))

    def replace(self, day: date, number: int, before: str, after: str) -> None:
        path = f"proposals/fep-{number:04}.rst"
        text = (self.root / path).read_text("utf-8")
        assert before in text
        self.commit(day, {path: text.replace(before, after)})

    def fep(self, day: date, *arguments: str) -> str:
        """Run a command on a day, which must succeed, and return its output."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
        status, out, err = self._run(self.root, *arguments)
        assert status == 0, out + err
        return out

    def transition(self, day: date, *arguments: str) -> None:
        self.fep(day, "transition", *arguments)
        self.commit(day, {})

    def read(self, day: date, *arguments: str) -> str:
        """Run a command that must change nothing, in the files or in git."""
        before = self.state(day)
        out = self.fep(day, *arguments)
        assert self.state(day) == before
        return out

    def state(self, day: date) -> tuple[str, dict[str, bytes]]:
        files = (p for p in sorted(self.root.rglob("*")) if p.is_file())
        contents = {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in files
            if not {".git", ".fep_cache"} & {*path.relative_to(self.root).parts}
        }
        return self.git(day, "for-each-ref") + self.git(day, "status", "--porcelain"), contents


@pytest.fixture
def desk(checkout: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The repository as it is when the month begins."""
    root = checkout({})
    (root / ".gitignore").write_text(".fep_cache/\n", "utf-8")
    desk = Desk(root, run, monkeypatch)
    desk.git(FIRST, "init", "--quiet")
    created = "...\nCreated: 2025-01-02"
    sponsor, thread = "Sponsor: Grace Hopper\n", f"Discussions-To: {THREAD}\n"
    desk.commit(
        date(2026, 3, 12),
        {
            "proposals/fep-0022.rst": proposal(22, "Nested views", "Draft", sponsor + created),
            "proposals/fep-0023.rst": proposal(23, "Slow views", "Draft", thread + created),
        },
    )
    both = sponsor + thread + created
    review = f"{both}\nFlask-Version: 3.3\nReview-Until: 2027-03-09"
    decided = "Resolution: 2026-05-01 https://example.org/decision"
    upstream = "Upstream: https://github.com/pallets/flask/pull/5555"
    accepted = f"{both}\nFlask-Version: 3.2\n{upstream}\n{decided}"
    active = f"{both}\nReview-By: 2027-03-17\n{decided}"
    desk.commit(
        date(2027, 2, 20),
        {
            "proposals/fep-0020.rst": proposal(20, "Typed views", "Review", review),
            "proposals/fep-0021.rst": proposal(21, "Async views", "Accepted", accepted),
            "proposals/fep-0024.rst": proposal(24, "Conduct", "Active", active, "Process"),
            "fep/extensions.toml": "",
            "fep/extensions/2026-09-21.json": "{}",
            "locales/fr/LC_MESSAGES/fep-0021.po": PO,
        },
    )
    return desk


def work(desk: Desk, day: date) -> None:
    """Do what people do on a day of the month; on most days, nobody does anything."""
    match day.day:
        case 14:
            url = ("--resolution", "https://example.org/decided", "--on", "2027-03-13")
            upstream = ("--upstream", "https://github.com/pallets/flask/pull/5556")
            desk.transition(day, "20", "Accepted", *url, *upstream)
        case 16:
            desk.transition(day, "23", "Review")
        case 18:
            desk.replace(day, 23, "Discussions-To:", "Sponsor: Grace Hopper\nDiscussions-To:")
        case 20:
            desk.transition(day, "21", "Final")
        case 25:
            desk.transition(day, "22", "Deferred")
        case 28:
            desk.replace(day, 24, "Review-By: 2027-03-17", "Review-By: 2028-03-17")
        case 30:
            desk.replace(day, 20, "Specification of FEP 20.", "Specification of typed views.")


RELEASED = {5: "3.2"}
"""The versions that are released in the month."""

EXPECTED = {
    (20, "review-ended"): (10, 13),
    (21, "not-finished"): (5, 19),
    (21, "translation-outdated"): (20, 31),
    (22, "unchanged"): (13, 24),
    (23, "unchanged"): (13, 15),
    (23, "no-sponsor"): (16, 17),
    (23, "review-ended"): (31, 31),
    (24, "review-due"): (18, 27),
    (None, "extensions-unrecorded"): (22, 31),
}
"""The first and the last day in March of each reminder."""


def days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


OUTDATED = (
    "locales/fr/LC\\_MESSAGES/fep-0021.po is the translation of 2027-03-15, "
    "and the proposal changed on 2027-03-20"
)

AGENDA_OF_THE_31ST = """\
# Agenda of 2027-03-31

## In review

- [FEP 23: Slow views]({thread}): the review ended on 2027-03-30

## Moved since the last meeting

- [FEP 20: Typed views]({thread}): Review -> Accepted (2027-03-14)
- [FEP 21: Async views]({thread}): Accepted -> Final (2027-03-20)
- FEP 22: Nested views: Draft -> Deferred (2027-03-25)
- [FEP 23: Slow views]({thread}): Draft -> Review (2027-03-16)

## Due

- [FEP 21: Async views]({thread}): {outdated} (translator)
- Extensions: the last record is of 2026-09-21 (editor)
"""

ANNOUNCEMENT = """\
Flask Enhancement Proposals, 2027-03-01 to 2027-03-31

In review
  FEP 23: Slow views
    is now Review (before: Draft), open for comments until 2027-03-30
    Discussion: https://example.org/thread

Decided
  FEP 20: Typed views
    is now Accepted (before: Review), for version 3.3
    Decision: https://example.org/decided

Completed
  FEP 21: Async views
    is now Final (before: Accepted), for version 3.2

Other changes of status
  FEP 22: Nested views
    is now Deferred (before: Draft)

Text changed after the decision
  FEP 20: Typed views
    was edited after the decision: 2 words removed, 2 words added
"""

LAST_DAYS = """\
Flask Enhancement Proposals, 2027-03-16 to 2027-03-25

Last days for comments
  FEP 23: Slow views
    is open for comments until 2027-03-30
    Discussion: https://example.org/thread

Completed
  FEP 21: Async views
    is now Final (before: Accepted), for version 3.2

Other changes of status
  FEP 22: Nested views
    is now Deferred (before: Draft)
"""

AFTER_THE_DECISION = """\
Flask Enhancement Proposals, 2027-03-28 to 2027-03-31

Text changed after the decision
  FEP 20: Typed views
    was edited after the decision: 2 words removed, 2 words added
"""


def test_a_month(desk: Desk) -> None:
    released = "3.1"
    agenda = ""
    for day in days():
        work(desk, day)
        released = RELEASED.get(day.day, released)
        options = ("--today", str(day), "--released", released)
        report = loads(desk.read(day, "overdue", *options, "--format", "json"))
        assert report["omissions"] == []
        found = {(r["number"], r["kind"]) for r in report["reminders"]}
        assert found == {
            key for key, (first, last) in EXPECTED.items() if first <= day.day <= last
        }, day
        agenda = desk.read(day, "agenda", "--since", "2027-03-01", *options)
        for reminder in report["reminders"]:
            # An ended review is in the list of reviews.
            text = f": {escape_markdown(reminder['reason'], None)} ("
            assert reminder["kind"] == "review-ended" or text in agenda
        assert ("comments until 2027-03-09" in agenda) == (day.day <= 9)
        assert ("comments until 2027-03-30" in agenda) == (16 <= day.day <= 30)
    assert agenda == AGENDA_OF_THE_31ST.format(thread=THREAD, outdated=OUTDATED)
    assert desk.read(LAST, "announce", "2027-03-01..2027-03-31") == ANNOUNCEMENT
    assert desk.read(LAST, "announce", "2027-03-16..2027-03-25") == LAST_DAYS
    assert desk.read(LAST, "announce", "2027-03-28..2027-03-31") == AFTER_THE_DECISION
    assert desk.read(LAST, "agenda", "--since", "2027-03-01", *options) == agenda
