"""What an editor is reminded of, as it is printed and published."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from ..catalog.model import PublishedModel

ReminderKind = Literal[
    "review-ended",
    "review-due",
    "not-finished",
    "version-passed",
    "removal-due",
    "unchanged",
    "no-sponsor",
    "notes-outdated",
    "translation-outdated",
    "extensions-unrecorded",
]
"""What is due. The handbook for editors explains each."""

ReminderRole = Literal["author", "delegate", "editor", "translator"]
"""Who has to act."""


class Reminder(PublishedModel):
    """One thing that is due."""

    number: int | None = Field(description="Null if it is about no proposal.")
    title: str | None
    status: str | None
    kind: ReminderKind
    since: datetime.date | None = Field(description="First day on which it was due, if known.")
    reason: str = Field(description="What is the matter.")
    role: ReminderRole = Field(description="Who has to act.")
    names: tuple[str, ...] = Field(description="Their names, if the repository has them.")
    action: str | None = Field(description="What to do.")
    command: str | None = Field(description="A command that does it, or another way out.")
    commit: str | None = Field(description="Commit that gave the proposal its status.")


class OverdueReport(PublishedModel):
    """Everything that is due on a day, what is due for longest first."""

    schema_version: Literal[1] = 1
    today: datetime.date
    released: str | None = Field(description="Version with which those of proposals are compared.")
    omissions: tuple[str, ...] = Field(description="What could not be found out, and why.")
    reminders: tuple[Reminder, ...]
