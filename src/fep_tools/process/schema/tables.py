"""The other tables: types, statuses, transitions, sections, lists and exceptions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator, StrictBool

from ..._i18n import gettext_noop
from ..values import Count, Name, Names, Number, RoleName, Slug, Text, WebUrl
from .conditions import Condition, Conditions
from .table import Table

Stage = Literal["open", "agreed", "done", "waiting", "dead"]
"""How far along a status is, in any community: what badges and charts are coloured by."""

DECISIONS = {
    "editor": gettext_noop("decided by an editor"),
    "workgroup": gettext_noop("decided by the workgroup"),
    "upstream": gettext_noop("decided upstream"),
}
"""What a reader sees for each value of ``decided_by``; the site translates it."""


class Type(Table):
    """A type of proposal."""

    name: Name
    """The name of the type."""
    summary: Text
    """What proposals of this type are for."""
    template: str = ""
    """The file in the directory ``templates`` beside the process file that ``fep new`` copies."""


class Status(Table):
    """A status of a proposal."""

    name: Name
    """The name of the status."""
    summary: Text
    """What it means."""
    notice: Text = ""
    """A text above each proposal that has it."""
    types: Names = ()
    """The types that can have it; without the key, all."""
    settled: StrictBool = False
    """Whether the text is kept as a record: errors that such a proposal already had are
    warnings."""
    closed: StrictBool = False
    """Whether the proposal is dead, so that others should not depend on it."""
    decision: StrictBool = False
    """Whether it results from a decision."""
    rank: Count = 0
    """How far along it is. A proposal should not require one with a lower rank. Below 3 it is open,
    3 is agreed, and more is done; 0 stands for waiting."""
    stale_after: Count = 0
    """The number of days without a change of the file after which ``fep overdue`` lists the
    proposal; 0 for no limit."""
    formerly: Names = ()
    """Spellings that older versions of proposals use."""
    with_: Names = Field(alias="with", default=())
    """If no header has the role ``status``: one of these headers has a value. The status of a
    proposal is the first one in the file that fits."""
    without: Names = ()
    """If no header has the role ``status``: none of these headers has a value."""

    @property
    def directory(self) -> str:
        """The name of its directory, if directories stand for statuses: ``in-review``."""
        return self.name.lower().replace(" ", "-")

    @property
    def is_derived(self) -> bool:
        """True if it follows from the headers that are filled in."""
        return bool(self.with_ or self.without)

    def follows_from(self, names: Collection[str]) -> bool:
        """Return whether a proposal has it.

        :param names: the names of the headers that have a value.
        """
        is_filled = not self.with_ or not set(self.with_).isdisjoint(names)
        return is_filled and set(self.without).isdisjoint(names)

    @property
    def stage(self) -> Stage:
        """The stage of the status, which communities have in common."""
        if self.closed:
            return "dead"
        if not self.rank:
            return "waiting"
        return "open" if self.rank < 3 else "agreed" if self.rank == 3 else "done"


class Transition(Table):
    """Allowed status transitions, and the headers that they need as evidence."""

    from_: Name = Field(alias="from")
    """The status before."""
    to: Names = Field(min_length=1)
    """The statuses after."""
    types: Names = ()
    """The types that may make the transition; without the key, all."""
    needs: Names = ()
    """Headers that a proposal must have to make the transition."""
    decided_by: Literal["", "editor", "workgroup", "upstream"] = ""
    """Who decides about it: the editors, the workgroup, or ``upstream`` the people of the project
    itself. The file of people names the others. A delegate in the proposal decides in place of
    editors and workgroup. Without the key, these are the editors."""
    level: Literal["allowed", "unusual"] = "allowed"
    """Whether a warning says that the transition is unusual."""
    retroactive: StrictBool = False
    """Whether only proposals that record a decision made elsewhere may make it."""


class Section(Table):
    """A section of the text."""

    title: Name
    """The heading."""
    summary: Text = ""
    """What the section has."""
    types: Names = ()
    """The types that have the section; without the key, all."""
    required: Conditions = False
    """When a proposal must have it."""
    links: Conditions = False
    """When each paragraph and each item of a list in it must have a link."""
    text: Text = ""
    """A text that it must contain, such as a licence."""
    last: StrictBool | None = None
    """Whether nothing may follow it. Without the key, that is so for the last section if it has a
    ``text``."""


class Notes(Table):
    """The section with notes on other frameworks, and the file of the frameworks."""

    section: Name
    """The heading of the section."""
    frameworks: Name
    """The path of the file that lists the frameworks."""
    required: Conditions = False
    """When a proposal needs a note on each framework that this file requires."""


class Extensions(Table):
    """The section about affected extensions, and the file of the extensions that are watched."""

    section: Name
    """The heading of the section, at whose end the results are shown."""
    watched: Name
    """The path of the file that lists the extensions."""


class GroupCondition(Table):
    """Which proposals are in a group of the index."""

    statuses: Names = Field(min_length=1)
    """The statuses of the proposals in it."""
    types: Names = ()
    """The types of the proposals in it; without the key, all."""
    title_words: Names = ()
    """Words or phrases of which the title must have one, in any case. Such groups are tried
    first."""

    def applies(self, status: str | None, type_: str | None, title: str) -> bool:
        """Return whether a proposal meets the condition."""
        words = (word.casefold() for word in self.title_words)
        return (
            status in self.statuses
            and (not self.types or type_ in self.types)
            and (not self.title_words or any(word in title.casefold() for word in words))
        )


class IndexGroup(GroupCondition):
    """A group of the index; a proposal is in the first that matches."""

    title: Name
    """The heading."""
    slug: Slug = ""
    """The end of its anchor, so that links survive a new title."""
    summary: Text = ""
    """A text under the heading."""
    also: tuple[GroupCondition, ...] = Field(
        (), description='a list of conditions, such as [{ statuses = ["Draft"] }]'
    )
    """Other conditions of the same form, one of which is enough."""

    @property
    def conditions(self) -> tuple[GroupCondition, ...]:
        """All conditions, its own first."""
        return (self, *self.also)


class Listing(Condition):
    """A page that lists the proposals to which its conditions apply."""

    title: Name
    """The title of the page."""
    slug: Slug = ""
    """The end of its URL, so that links survive a new title."""
    summary: Text = ""
    """A text under the title."""
    sort_by: str = ""
    """A header with a date, which is shown: the earliest comes first."""


class TextRole(Table):
    """A role that links to another site, as ``extlinks`` of Sphinx defines: ``:rfc:`5545```."""

    name: RoleName
    """The name of the role."""
    url: WebUrl
    """The URL, with ``{0}`` for the text of the role, or ``{0:04}`` for a number with leading
    zeros."""
    text: Text = "{0}"
    """The text of the link, with ``{0}``."""
    url_prefixes: tuple[WebUrl, ...] = ()
    """The beginnings of URLs that should be written with this role instead."""


class Inventory(Table):
    """The inventory of another Sphinx project, as ``intersphinx_mapping`` of Sphinx has them."""

    name: Name
    """The name of the project, which may be in front of a name: ``python:glossary``."""
    url: WebUrl
    """The URL of its documentation."""
    file: Name
    """The path of its ``objects.inv`` in your repository. Nothing is fetched."""


class Banner(Table):
    """A directive for a note above the text. Its texts may have inline markup, such as links."""

    name: RoleName
    """The name of the directive."""
    text: Text
    """The note."""
    text_with: Text = ""
    """The note if the author adds an argument, which stands for ``{0}``."""
    after: Text = ""
    """A paragraph below what the author adds."""
    statuses: Names = ()
    """The statuses that it fits; without the key, all."""


class Exemption(Table):
    """A finding that is accepted."""

    number: Number
    """The number of the proposal."""
    code: Name
    """The code of the rule."""
    reason: Text = Field(min_length=1, description="a string that is not empty")
    """Why it is accepted."""
    until: date | None = Field(None, strict=True)
    """The last day on which it is."""

    @field_validator("until", mode="before")
    @classmethod
    def _read_date(cls, value: Any) -> Any:
        # "2027-01-31" in quotes; a number is no date, though pydantic would take it for one.
        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            return value


class Redirect(Table):
    """A former number; its URL leads to the present one."""

    from_: Number = Field(alias="from")
    """The former number."""
    to: Number
    """The present number."""


class Reserved(Table):
    """A number that is never assigned, or all numbers up to another."""

    number: Number
    """The number."""
    last: Count = 0
    """The last of several numbers; 0 for one number."""
    reason: Text
    """Why it is reserved."""

    @property
    def numbers(self) -> range:
        """The numbers."""
        return range(self.number, (self.last or self.number) + 1)
