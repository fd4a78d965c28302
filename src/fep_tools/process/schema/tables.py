"""The other tables: types, statuses, transitions, sections, lists and exceptions."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator, StrictBool

from ..values import Count, Name, Names, Number, RoleName, Slug, Text, WebUrl
from .conditions import Condition, Conditions
from .table import Table

Stage = Literal["open", "agreed", "done", "waiting", "dead"]
"""How far along a status is, in any community: what badges and charts are coloured by."""


class Type(Table):
    """A type of proposal."""

    name: Name
    summary: Text
    template: str = ""


class Status(Table):
    """A status.

    *settled*: errors that such a proposal already had are warnings. *closed*: other proposals
    should not depend on one. *rank*: how far along it is; a proposal should not require one with a
    lower rank. *formerly*: spellings that older versions of proposals use. *decision*: a decision
    led to it. *notice*: what readers see above the text.
    """

    name: Name
    summary: Text
    notice: Text = ""
    types: Names = ()
    settled: StrictBool = False
    closed: StrictBool = False
    decision: StrictBool = False
    rank: Count = 0
    formerly: Names = ()

    @property
    def stage(self) -> Stage:
        """The stage of the status, which communities have in common."""
        if self.closed:
            return "dead"
        if not self.rank:
            return "waiting"
        return "open" if self.rank < 3 else "agreed" if self.rank == 3 else "done"


class Transition(Table):
    """Allowed status transitions, and the headers that they need as evidence.

    *retroactive*: only for proposals that record what was decided elsewhere.
    """

    from_: Name = Field(alias="from")
    to: Names = Field(min_length=1)
    types: Names = ()
    needs: Names = ()
    level: Literal["allowed", "unusual"] = "allowed"
    retroactive: StrictBool = False


class Section(Table):
    """A section of the body; sections have the order of their tables.

    *last*: whether nothing may follow it. By default that is so for the last section of a process
    if it has a *text*, such as a licence.
    """

    title: Name
    summary: Text = ""
    types: Names = ()
    required: Conditions = False
    text: Text = ""
    last: StrictBool | None = None


class Notes(Table):
    """The table ``[notes]``: the section with notes on other frameworks, and their files.

    *section* is the title of that section, *frameworks* the path of the file of frameworks.
    *required*: when there must be a note on each framework that this file requires.
    """

    section: Name
    frameworks: Name
    required: Conditions = False


class IndexGroup(Table):
    """A group of the index; a proposal is in the first that matches.

    *slug* is the end of its anchor, ``group-SLUG``, so that links survive a new title.
    """

    title: Name
    slug: Slug = ""
    summary: Text = ""
    statuses: Names = Field(min_length=1)
    types: Names = ()


class Listing(Condition):
    """A page that lists the proposals to which its :class:`Condition` applies.

    *sort_by* names a header with a date, which is shown; the earliest comes first. *slug* is
    the end of the page's URL, ``list/SLUG``, so that links survive a new title.
    """

    title: Name
    slug: Slug = ""
    summary: Text = ""
    sort_by: str = ""


class TextRole(Table):
    """A role of interpreted text that links to another site, such as ``:rfc:`5545```.

    *url* and *text* contain ``{0}``, or ``{0:04}`` for a number with leading zeros.
    *url_prefixes* are beginnings of URLs that should be written with this role instead.
    """

    name: RoleName
    url: WebUrl
    text: Text = "{0}"
    url_prefixes: tuple[WebUrl, ...] = ()


class Banner(Table):
    """A directive for a note above the text, and the statuses that it fits."""

    name: RoleName
    text: Text
    statuses: Names = ()


class Exemption(Table):
    """A finding that is accepted, why, and until when."""

    number: Number
    code: Name
    reason: Text = Field(min_length=1, description="a string that is not empty")
    until: date | None = Field(None, strict=True)

    @field_validator("until", mode="before")
    @classmethod
    def _read_date(cls, value: Any) -> Any:
        # "2027-01-31" in quotes; a number is no date, though pydantic would take it for one.
        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            return value


class Redirect(Table):
    """A former number that git does not know; its URL leads to the present one."""

    from_: Number = Field(alias="from")
    to: Number


class Reserved(Table):
    """A number that is never assigned, or all from *number* to *last* if that is not 0."""

    number: Number
    last: Count = 0
    reason: Text

    @property
    def numbers(self) -> range:
        """The numbers."""
        return range(self.number, (self.last or self.number) + 1)
