"""The tables of a process file, each a frozen model that refuses unknown keys.

The handbook's reference of the process file (docs/processfile.rst) explains every key.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, get_args, Literal, Self
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator, StrictBool

from .._numbers import digits_pattern, NUMBER
from .values import Count, Name, Names, Number, RoleName, Slug, Text, UrlTemplate, WebUrl

Role = Literal[
    "number", "title", "authors", "scribe", "sponsor", "delegate", "discussion", "status",
    "type", "topics", "target", "requires", "created", "version", "removed", "replaces",
    "superseded_by", "upstream", "posts", "review_until", "review_by", "resolution",
    "retroactive", "history",
]  # fmt: skip
"""The meaning of a header, whatever the community calls it."""

KeyPath = tuple[str | int, ...]
"""Keys and positions in arrays, such as ``("header", 2, "kind")``."""

Dialect = Literal["rfc2822", "field-list"]
"""How headers are written: ``Name: value`` lines, or a reStructuredText field list."""

Kind = Literal[
    "text", "choice", "choices", "flag", "number", "numbers", "date", "version", "versions", "url",
    "urls", "people", "record", "records",
]  # fmt: skip
"""The kinds of value that a header can have; :mod:`fep_tools.proposals.fields` reads them."""

DateFormat = Literal[
    "YYYY-MM-DD", "DD-mmm-YYYY", "D-mmm-YYYY", "D mmm YYYY", "YYYY/MM/DD", "YYYY Month D",
]  # fmt: skip
"""A way to write dates; :mod:`fep_tools.proposals.fields.dates` reads and writes them."""

URL_PLACEHOLDERS = ("slug", "id", "name", "hash", "month", "serial", "rest")
"""Names in braces in the URL patterns of a header."""

RECORD_PLACEHOLDERS = ("date", "status", "url")
"""Names in braces in the formats of a record."""

Stage = Literal["open", "agreed", "done", "waiting", "dead"]
"""How far along a status is, in any community: what badges and charts are coloured by."""


class Table(BaseModel):
    """The base of every table."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class InvalidDefinition(ValueError):
    """A definition that cannot be used.

    :param path: the path of the key that the message is about, to find its line. If pydantic
        calls the validator, the path starts at the value that it validates.
    :param name: the string in the value of that key that the message is about.
    """

    def __init__(self, message: str, path: KeyPath = (), name: str | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.name = name


class Condition(Table):
    """A condition on a proposal; an empty list stands for any.

    *with_* names headers of which the proposal must have one, *without* those that it must not
    have.
    """

    statuses: Names = ()
    types: Names = ()
    with_: Names = Field(alias="with", default=())
    without: Names = ()

    def applies(self, status: str | None, type_: str | None, present: Iterable[str]) -> bool:
        """Return whether a proposal meets the condition.

        :param present: the names of the headers that the proposal has.
        """
        return (
            (not self.statuses or status in self.statuses)
            and (not self.types or type_ in self.types)
            and (not self.with_ or bool(set(self.with_).intersection(present)))
            and not set(self.without).intersection(present)
        )


Conditions = StrictBool | tuple[Condition, ...]
"""Always, never, or if one of the conditions applies."""


def any_applies(
    conditions: Conditions, status: str | None, type_: str | None, present: Iterable[str]
) -> bool:
    """Return whether one of *conditions* applies to a proposal.

    :param present: the names of the headers that the proposal has.
    """
    if isinstance(conditions, bool):
        return conditions
    return any(condition.applies(status, type_, present) for condition in conditions)


def _one_or_list(schema: dict[str, Any]) -> None:
    """Change the JSON Schema of a list so that a single entry is accepted in its place."""
    several = {key: schema.pop(key) for key in ("type", "items", "minItems") if key in schema}
    schema["anyOf"] = [several["items"], several]


class Files(Table):
    """The paths of proposals, and the meaning of their parts.

    *pattern* is that of new proposals, or a list of which the first is. It has ``{number}``
    (``{number:04}`` for four digits) and may have ``{status}`` and ``{slug}``. *include* and
    *exclude* are globs of the files to check.
    """

    patterns: Names = Field(
        alias="pattern",
        min_length=1,
        description='a pattern, such as "fep-{number:04}.rst", or a list of them',
        json_schema_extra=_one_or_list,
    )
    include: Names = Field(min_length=1)
    exclude: Names = ()

    @field_validator("patterns", mode="before")
    @classmethod
    def _list_patterns(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def pattern(self) -> str:
        """The pattern of new proposals."""
        return self.patterns[0]

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [self._compile(pattern) for pattern in self.patterns]

    def _compile(self, template: str) -> re.Pattern[str]:
        # "proposals/fep-{number:04}.rst" splits into "proposals/fep-", "number", "4", ".rst".
        parts = re.split(r"\{(\w+)(?::0(\d))?\}", template)
        pattern = ""
        for literal, name, digits in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            holes = {
                "number": digits_pattern(int(digits)) if digits else NUMBER,
                "status": "[^/]+",
                "slug": "[^/]+",
            }
            pattern += re.escape(literal) + f"(?P<{name}>{holes[name]})"
        return re.compile(pattern + re.escape(parts[-1]))

    @property
    def readable_pattern(self) -> str:
        """The pattern with capitals for its parts: ``proposals/fep-NNNN.rst``."""
        digits = re.sub(r"\{number(?::0(\d))?\}", lambda m: "N" * int(m[1] or 1), self.pattern)
        return digits.format(status="STATUS", slug="TITLE")

    def match(self, path: str) -> dict[str, str] | None:
        """Return the parts of a proposal's path by their names in *pattern*.

        Other paths give ``None``.
        """
        matches = (pattern.fullmatch(path) for pattern in self._patterns)
        return next((match.groupdict() for match in matches if match), None)

    def renumbered(self, path: str, number: int) -> str | None:
        """Return the path of a proposal with another number; ``None`` if it is not one of theirs.

        ``slep021/proposal.rst`` becomes ``slep025/proposal.rst``.
        """
        for pattern, template in zip(self._patterns, self.patterns, strict=True):
            if match := pattern.fullmatch(path):
                padding = re.search(r"\{number(?::0(\d))?\}", template)
                width = int(padding[1] or 0) if padding else 0
                start, end = match.span("number")
                return f"{path[:start]}{number:0{width}}{path[end:]}"
        return None

    def numbers(self, paths: Iterable[str]) -> dict[int, str]:
        """Return those of *paths* that have a number, by that number."""
        matches = ((self.match(path), path) for path in sorted(paths))
        return {int(parts["number"]): path for parts, path in matches if parts}

    def is_proposal_text(self, path: str) -> bool:
        """Return whether a file may be a proposal in reStructuredText, by its extension.

        A proposal in Markdown, for example, is not.
        """
        expected = {posixpath.splitext(pattern)[1] for pattern in self.patterns}
        return posixpath.splitext(path)[1] in {"", *expected}

    def path(self, number: int, **parts: str) -> str:
        """Return the path of a proposal; *parts* are its ``status`` and ``slug``."""
        return self.pattern.format(number=number, **parts)

    @model_validator(mode="after")
    def _check_pattern(self) -> Self:
        for pattern in self.patterns:
            names = re.findall(r"\{(\w+)", pattern)
            is_valid = re.fullmatch(
                r"(?:[^{}]|\{number(?::0[1-9])?\}|\{status\}|\{slug\})+", pattern
            )
            if not is_valid or "number" not in names or len(set(names)) != len(names):
                message = "'pattern' must contain {number}, and may contain {status} and {slug}"
                raise InvalidDefinition(message, ("pattern",))
            if pattern.startswith("/") or ".." in pattern.split("/"):
                message = "'pattern' must be a path inside the repository, such as fep-{number}.rst"
                raise InvalidDefinition(message, ("pattern",))
        return self


class Hosting(Table):
    """The public URL of the repository, and templates of the URLs of its parts.

    Hosts differ in their URLs, so these are data of the process. ``{url}`` stands for *url*,
    ``{path}`` for a file's path and ``{commit}`` for the whole id of a commit. A template is empty
    if the host has no such page.
    """

    url: WebUrl
    file_url: UrlTemplate = "{url}/blob/HEAD/{path}"
    history_url: UrlTemplate = "{url}/commits/HEAD/{path}"
    commit_url: UrlTemplate = "{url}/commit/{commit}"

    def url_of_file(self, path: str) -> str:
        """Return the URL of a file."""
        return self._fill(self.file_url, path=path)

    def url_of_history(self, path: str) -> str:
        """Return the URL of the history of a file."""
        return self._fill(self.history_url, path=path)

    def url_of_commit(self, commit: str) -> str:
        """Return the URL of a commit."""
        return self._fill(self.commit_url, commit=commit)

    def _fill(self, template: str, **values: str) -> str:
        # str.format() would also fill braces that a path contains.
        url = template.replace("{url}", self.url.rstrip("/"))
        for name, value in values.items():
            url = url.replace(f"{{{name}}}", quote(value))
        return url


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


EVIDENCE_ROLES = ("upstream", "resolution", "history")
"""Roles of headers with the evidence of a decision."""


class Header(Table):
    """A header: its name, its value, and when it is required or forbidden.

    *distinct_from* names headers that must name other people. The keys from *choices* on are for
    some kinds only; the readers in :mod:`fep_tools.proposals.fields` implement them.
    """

    name: Name
    kind: Kind
    role: Role | None = None
    formerly: Names = ()
    summary: Text = ""
    required: Conditions = False
    forbidden: Conditions = False
    allow_empty: StrictBool = False
    past_only: StrictBool = False
    distinct_from: Names = ()
    choices: Names = ()
    initial: Text = ""
    """The value in a new proposal that is made without a template; ``{created}`` is its date."""
    special_values: Names = ()
    """Words in place of a value, such as ``Pending``."""
    date_formats: tuple[DateFormat, ...] = Field(
        alias="date_format",
        default=("YYYY-MM-DD",),
        min_length=1,
        description='a date format, such as "YYYY-MM-DD", or a list of them',
        json_schema_extra=_one_or_list,
    )
    """The ways to write a date; fixes and new proposals have the first."""
    record_formats: Names = ("{url}",)
    allowed_urls: Names = ()
    refused_urls: Names = ()
    separator: Literal["either", "comma", "line"] = "either"
    max_length: Count = 0
    """In characters; 0 for any."""
    sorted: StrictBool = False
    leading_zeros: StrictBool = False
    version_wildcards: StrictBool = False
    """Whether a version may be ``3.x``."""
    major_versions: tuple[Count, ...] = ()
    zero_patch: StrictBool = True
    """Whether the first release of a series may be ``3.1.0`` and not only ``3.1``."""
    trailing_text: StrictBool = False
    """Whether text may follow a choice, as in ``Withdrawn (superseded by 7)``."""
    linked_numbers: StrictBool = False
    """Whether numbers may be written as labels and links: ``NEP 50`` and ``:ref:`NEP50```."""
    repeated: StrictBool = False
    """Whether the header may be written several times; the values are joined."""
    one_person: StrictBool = False
    emails: StrictBool = True
    plain_names: StrictBool = False
    """Whether names have letters only, and are written before e-mail addresses."""
    handle_required: StrictBool = False
    """Whether one of the people needs a handle, such as ``(@ada)``."""
    refused_words: Names = ()
    """Words and signs that a text may not have, in any case."""
    permanent_urls: StrictBool | None = None
    """Whether a URL may not name a branch; by default in headers with evidence of a decision."""

    @field_validator("date_formats", mode="before")
    @classmethod
    def _list_date_formats(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def date_format(self) -> DateFormat:
        """The way in which dates are written, of those that may be read."""
        return self.date_formats[0]

    @property
    def is_free_list(self) -> bool:
        """True if entries may be links, or in several headers, so that no fix joins them anew."""
        return self.linked_numbers or self.repeated

    @property
    def has_permanent_urls(self) -> bool:
        """True if what its URLs lead to must not change."""
        if self.permanent_urls is None:
            return self.role in EVIDENCE_ROLES
        return self.permanent_urls

    @cached_property
    def key(self) -> str:
        """The name of its value in the catalog: its role, or else its name in lower case.

        A header called ``Title`` without that role is not the title: its key is ``title_header``.
        """
        name = self.name.lower().replace(" ", "_").replace("-", "_")
        return self.role or (f"{name}_header" if name in RESERVED_KEYS else name)


RESERVED_KEYS = frozenset(get_args(Role)) | {
    "abstract", "changed", "group", "history_complete", "intervals", "notes", "path", "related",
    "required_by", "url", "versions",
}  # fmt: skip
"""Keys of the catalog that are no names of headers: roles, and what is computed."""


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
