"""The tables that a process file is made of, each a frozen model that refuses unknown keys."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Role = Literal[
    "number", "title", "authors", "scribe", "sponsor", "delegate", "discussion", "status",
    "type", "topics", "target", "requires", "created", "version", "removed", "replaces",
    "superseded_by", "upstream", "posts", "review_until", "review_by", "resolution",
    "retroactive", "history",
]  # fmt: skip
"""What the tool has to find in a proposal, whatever the community calls it."""

Names = tuple[str, ...]

Dialect = Literal["rfc2822", "field-list"]
"""How headers are written: ``Name: value`` lines, or a reStructuredText field list."""

Kind = Literal[
    "text", "choice", "choices", "flag", "number", "numbers", "date", "version", "versions", "url",
    "urls", "people", "record", "records",
]  # fmt: skip
"""The kinds of value that a header can have; :mod:`fep_tools.proposals.fields` reads them."""

DateFormat = Literal["YYYY-MM-DD", "DD-mmm-YYYY"]

URL_PLACEHOLDERS = ("slug", "id", "name", "hash", "rest")
"""Names in braces in the URL patterns of a header."""

RECORD_PLACEHOLDERS = ("date", "status", "url")
"""Names in braces in the formats of a record."""

Stage = Literal["open", "agreed", "done", "waiting", "dead"]
"""How far along a status is, in every community: what badges and pictures are coloured by."""


class Table(BaseModel):
    """What every table has in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Condition(Table):
    """A row of the one table that says when a header or a section must be there.

    Empty means any. Of the headers that a proposal has, *with* names those of which it must
    have one, *without* those that lift the demand.
    """

    statuses: Names = ()
    types: Names = ()
    with_: Names = Field(alias="with", default=())
    without: Names = ()

    def applies(self, status: str | None, type_: str | None, present: Iterable[str]) -> bool:
        """Whether the row is about a proposal of that status, type and those headers."""
        return (
            (not self.statuses or status in self.statuses)
            and (not self.types or type_ in self.types)
            and (not self.with_ or bool(set(self.with_).intersection(present)))
            and not set(self.without).intersection(present)
        )


Conditions = bool | tuple[Condition, ...]


def any_applies(
    conditions: Conditions, status: str | None, type_: str | None, present: Iterable[str]
) -> bool:
    """Return whether one of *conditions* applies to a proposal.

    :param present: the names of the headers that the proposal has.
    """
    if isinstance(conditions, bool):
        return conditions
    return any(condition.applies(status, type_, present) for condition in conditions)


class Files(Table):
    """Which files are proposals, and what their names say.

    *pattern* holds ``{number}`` (``{number:04}`` for four digits) and may hold ``{status}``
    and ``{slug}``; *include* and *exclude* are globs of the files looked at.
    """

    pattern: str
    include: Names
    exclude: Names = ()

    @cached_property
    def _shape(self) -> re.Pattern[str]:
        parts = re.split(r"\{(\w+)(?::0(\d))?\}", self.pattern)
        shape = ""
        for literal, name, digits in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            hole = {"number": f"[0-9]{{{digits or '1,4'}}}", "status": "[^/]+", "slug": "[^/]+"}
            shape += re.escape(literal) + f"(?P<{name}>{hole[name]})"
        return re.compile(shape + re.escape(parts[-1]))

    def match(self, path: str) -> dict[str, str] | None:
        """What the name of *path* says, or ``None`` where it is no proposal's name."""
        match = self._shape.fullmatch(path)
        return match.groupdict() if match else None

    def numbers(self, paths: Iterable[str]) -> dict[int, str]:
        """Those of *paths* that hold a number, by that number."""
        found = ((self.match(path), path) for path in sorted(paths))
        return {int(named["number"]): path for named, path in found if named}

    def is_proposal_text(self, path: str) -> bool:
        """Whether the end of *path* does not say that it is something else, such as Markdown."""
        ending, wanted = (posixpath.splitext(name)[1] for name in (path, self.pattern))
        return ending in ("", wanted)

    def path(self, number: int, **parts: str) -> str:
        """Where the proposal of that number belongs."""
        return self.pattern.format(number=number, **parts)

    @model_validator(mode="after")
    def _known_holes(self) -> Self:
        holes = re.findall(r"\{(\w+)", self.pattern)
        sound = re.fullmatch(r"(?:[^{}]|\{number(?::0[1-9])?\}|\{status\}|\{slug\})+", self.pattern)
        if not sound or "number" not in holes or len(set(holes)) != len(holes):
            raise ValueError("the pattern needs {number}, and may have {status} and {slug}")
        if self.pattern.startswith("/") or ".." in self.pattern.split("/"):
            raise ValueError("the pattern leads out of the checkout")
        return self


class Type(Table):
    """One type of proposal."""

    name: str
    summary: str
    template: str = ""


class Status(Table):
    """One status.

    *settled*: what is wrong with such a proposal is a warning, where others get an error.
    *rank*: how far along; a proposal should not require one that is less far. *formerly*:
    other spellings that the past has used. *decision*: somebody decided when it got here.
    *notice*: what a reader is told above the text.
    """

    name: str
    summary: str
    notice: str = ""
    types: Names = ()
    settled: bool = False
    closed: bool = False
    decision: bool = False
    rank: int = 0
    formerly: Names = ()

    @property
    def stage(self) -> Stage:
        """What it has in common with statuses of other communities."""
        if self.closed:
            return "dead"
        if not self.rank:
            return "waiting"
        return "open" if self.rank < 3 else "agreed" if self.rank == 3 else "done"


class Transition(Table):
    """A step that the process allows, and the headers that it needs as evidence."""

    from_: str = Field(alias="from")
    to: Names
    types: Names = ()
    needs: Names = ()
    level: Literal["allowed", "unusual"] = "allowed"
    retroactive: bool = False


class Header(Table):
    """One header: what it is called, what it holds, when it must and must not be there.

    *past*: its dates have been. *apart* names headers whose people it must not name. *majors*
    are the numbers that versions begin with. How values are read is the business of
    :class:`~fep_tools.proposals.fields.FieldSpec`.
    """

    name: str
    kind: Kind
    role: Role | None = None
    formerly: Names = ()
    summary: str = ""
    required: Conditions = False
    forbidden: Conditions = False
    allow_empty: bool = False
    past_only: bool = False
    distinct_from: Names = ()
    choices: Names = ()
    special_values: Names = ()
    date_format: DateFormat = "YYYY-MM-DD"
    record_formats: Names = ("{url}",)
    allowed_urls: Names = ()
    refused_urls: Names = ()
    separator: Literal["either", "comma", "line"] = "either"
    max_length: int = 0
    sorted: bool = False
    leading_zeros: bool = False
    version_wildcards: bool = False
    major_versions: tuple[int, ...] = ()
    one_person: bool = False
    emails: bool = True

    @cached_property
    def key(self) -> str:
        """The name under which its value is kept: its role, or its name in lower case."""
        return self.role or self.name.lower().replace(" ", "_").replace("-", "_")


class Section(Table):
    """One section of the body, in the order in which sections stand."""

    title: str
    summary: str = ""
    types: Names = ()
    required: Conditions = False
    text: str = ""


class Notes(Table):
    """Where proposals say what other frameworks do about the same matter.

    *section* is the title of that section, *frameworks* the file that says which there are.
    *required*: where there has to be a note on each framework that is required there.
    """

    section: str
    frameworks: str
    required: Conditions = False


class IndexGroup(Table):
    """One group of the index; the first that matches takes a proposal."""

    title: str
    summary: str = ""
    statuses: Names
    types: Names = ()


class Listing(Condition):
    """A page that lists the proposals for which :class:`Condition` holds.

    *by* names a header with a date, which is shown; the earliest comes first.
    """

    title: str
    summary: str = ""
    sort_by: str = ""


class TextRole(Table):
    """A role of interpreted text that links elsewhere.

    *url* and *text* hold ``{0}``, which a number fills as a number (``{0:04}``); *prefixes*
    begin the addresses that should be written with this role.
    """

    name: str
    url: str
    text: str = "{0}"
    url_prefixes: Names = ()


class Banner(Table):
    """A directive that says how a page is to be taken, and the statuses which it fits."""

    name: str
    text: str
    statuses: Names = ()


class Exemption(Table):
    """A finding that is known and accepted, why, and until when."""

    number: int
    code: str
    reason: str = Field(min_length=1)
    until: date | None = None


class Redirect(Table):
    """A number that a proposal had before git can tell; its address leads to today's."""

    from_: int = Field(alias="from", ge=0, le=9999)
    to: int = Field(ge=0, le=9999)


class Reserved(Table):
    """A number that is never handed out."""

    number: int
    reason: str
