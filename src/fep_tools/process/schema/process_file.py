"""The keys and tables of a process file."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, StrictBool

from ...diagnostics import parse_severity, Severity
from ..values import Count, Name, Names, Number, Text, WebUrl
from .files import Files, Hosting
from .headers import Header
from .table import InvalidDefinition, Table
from .tables import (
    Banner,
    Exemption,
    IndexGroup,
    Listing,
    Notes,
    Redirect,
    Reserved,
    Section,
    Status,
    TextRole,
    Transition,
    Type,
)

Dialect = Literal["rfc2822", "field-list"]
"""How headers are written: ``Name: value`` lines, or a reStructuredText field list."""


class ProcessFile(Table):
    """The process by which one community writes and decides proposals.

    *url* is the URL of a proposal, with ``{0}`` for its number; *url_prefixes* are beginnings of
    other URLs that should be written as a role. *title_source* says where the title is, and
    *title_format* how a heading that is one is written: ``NEP {number} — {title}``. *fenced*:
    headers stand between two lines of ``---``, as those of GLEPs do. *severity* has levels of
    rules, by selector: a code, the beginning of codes, or a name. *directives* are allowed besides
    those that always are; of those that the site cannot render, and of *ignored_directives*, it
    shows the text as it is.
    """

    acronym: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9]{0,15}$",
        description="1 to 16 letters and digits, starting with a letter",
    )
    name: Name
    plural: Name
    summary: Text = ""
    notice: Text = ""
    url: WebUrl = ""
    url_prefixes: tuple[WebUrl, ...] = ()
    dialect: Dialect = "rfc2822"
    header_fence: StrictBool = True
    fenced: StrictBool = False
    title_source: Literal["header", "heading"] = "header"
    title_format: Text = ""
    first_number: Number = 1
    last_number: Count = 0
    """The last number that is assigned in order; higher ones are given by hand. 0 for any."""
    review_days: Count = 14
    files: Files
    repository: Hosting | None = None
    types: tuple[Type, ...] = Field(alias="type", default=())
    statuses: tuple[Status, ...] = Field(alias="status", min_length=1)
    transitions: tuple[Transition, ...] = Field(alias="transition", default=())
    headers: tuple[Header, ...] = Field(alias="header", min_length=1)
    sections: tuple[Section, ...] = Field(alias="section", default=())
    index: tuple[IndexGroup, ...] = Field(min_length=1)
    lists: tuple[Listing, ...] = Field(alias="list", default=())
    roles: tuple[TextRole, ...] = Field(alias="role", default=())
    reference_role: StrictBool = True
    literal_roles: Names = ()
    default_role: str = ""
    directives: Names = ()
    ignored_directives: Names = ()
    banners: tuple[Banner, ...] = Field(alias="banner", default=())
    exemptions: tuple[Exemption, ...] = Field(alias="exempt", default=())
    reserved: tuple[Reserved, ...] = ()
    redirects: tuple[Redirect, ...] = Field(alias="redirect", default=())
    editors: Names = Field((), examples=["Ada Lovelace"])
    notes: Notes | None = None
    severity: dict[str, Severity] = Field(
        default_factory=dict, description='a table of levels, such as { B020 = "error" }'
    )

    @field_validator("severity", mode="before")
    @classmethod
    def _parse_severity(cls, table: Any) -> Any:
        if not isinstance(table, dict):
            return table  # which pydantic refuses
        return {name: _parse_level(name, value) for name, value in table.items()}


def _parse_level(name: str, value: Any) -> Severity:
    try:
        return parse_severity(value)
    except ValueError as problem:
        raise InvalidDefinition(str(problem), (name,)) from None
