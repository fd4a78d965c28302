"""Tables about what a site publishes, and at which addresses."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, field_validator, StrictBool

from ..values import Count, Name, Names, Text, Texts, WebUrl
from .table import one_or_list, Table

_SEGMENT = r"[A-Za-z0-9_-][A-Za-z0-9._-]*"
_STARRED = r"[A-Za-z0-9_-][A-Za-z0-9._*-]*"

SitePath = Annotated[
    str,
    Field(
        pattern=rf"^{_SEGMENT}(?:/{_SEGMENT})*$",
        description='a path on the site, such as "api/data.json"',
    ),
]

PageName = Annotated[
    str,
    Field(
        pattern=rf"^(?:{_SEGMENT}(?:/{_SEGMENT})*)?$",
        description='the name of a page, such as "number", or "" for the index',
    ),
]

JsonPath = Annotated[
    str,
    Field(
        pattern=rf"^{_SEGMENT}(?:/{_SEGMENT})*\.json$",
        description='a path on the site that ends in .json, such as "api/data.json"',
    ),
]

# Browsers run none of these.
DataPath = Annotated[
    str,
    Field(
        pattern=rf"^{_SEGMENT}(?:/{_SEGMENT})*\.(?:csv|ics|json|toml|txt)$",
        description="a path on the site that ends in .csv, .ics, .json, .toml or .txt",
    ),
]


class Alias(Table):
    """A further address of a page, which redirects to it."""

    from_: SitePath = Field(alias="from")
    """The address: a path on the site."""
    to: PageName
    """The name of the page, such as ``number`` or ``topic/core``; empty for the index."""


class PageDirectory(Table):
    """A directory of the repository whose texts are pages of the site: ``.rst`` and ``.md``, and
    ``.txt`` if proposals have it. :program:`fep check` reports other files that no page names, and
    :program:`fep build` what is wrong in the text of a page, since only Sphinx knows its markup.
    Pages below that of a proposal belong to its text, and so do those in a directory with the name
    of its file."""

    directory: Name
    """Its path. The last part may have one ``*``: ``proposals/fep-*``."""
    files: Name = "*"
    """A pattern of the names of files."""
    path: Annotated[
        str,
        Field(
            pattern=rf"^(?:{_SEGMENT}/)*{_STARRED}$",
            description='a path on the site, such as "docs"',
        ),
    ]
    """Where the pages are on the site, with the same ``*``."""


class Feed(Table):
    """An RSS feed of the newest proposals, by the day on which they were created."""

    path: SitePath
    """Its path on the site."""
    title: Text = ""
    """Its title; without the key, the name of several proposals."""
    summary: Text = ""
    """What it is about; without the key, the sentence for the index."""
    limit: Count = 10
    """How many proposals it has."""


class JsonKey(Table):
    """A key of a JSON file, and its value."""

    key: Name
    """The key."""
    header: str = ""
    """The header whose text, on one line, is the value. One of the kind ``number`` gives a number,
    and of people only the names are published."""
    url: StrictBool = False
    """Whether the value is the URL of the proposal's page, and not that of a header."""
    as_list: StrictBool = False
    """Whether people or choices are a list, and not one text."""
    values: Texts = Field({})
    """What to write for some values."""
    default: str | None = None
    """The value if the header is missing; without the key, there is none."""


class JsonFile(Table):
    """A JSON file of its own form: an object for each proposal, under its number."""

    path: JsonPath
    """Its path on the site."""
    keys: tuple[JsonKey, ...] = Field(
        min_length=1, description='a list of tables, such as [{ key = "title", header = "Title" }]'
    )
    """The keys of each object."""


class CopiedFile(Table):
    """A data file of the repository that is published as it is."""

    from_: Name = Field(alias="from")
    """Its path in the repository."""
    to: DataPath
    """Its path on the site."""
    optional: StrictBool = False
    """Whether nothing is reported if it is missing."""


class HeaderLink(Table):
    """How an address in a header is shown: that of a mailing list, or of a page."""

    patterns: Names = Field(
        alias="pattern",
        min_length=1,
        description='an address, such as "{name}@lists.example.org", or a list of them',
        json_schema_extra=one_or_list,
    )
    """The address, with the placeholders of ``allowed_urls``."""
    names: Names = ()
    """The values that ``{name}`` may have; without the key, any."""
    url: WebUrl = ""
    """Where the link leads, with placeholders of the pattern; without the key, to the address."""
    text: Name
    """The text of the link, with placeholders of the pattern, such as ``{name} list``."""

    @field_validator("patterns", mode="before")
    @classmethod
    def _list_patterns(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value
