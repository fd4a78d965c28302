"""The keys and tables of a process file."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, StrictBool

from ...diagnostics import parse_severity, Severity
from ..values import Count, Name, Names, Number, Text, WebUrl
from .files import Files, Hosting
from .headers import Header
from .publishing import Alias, CopiedFile, Feed, HeaderLink, JsonFile, PageDirectory
from .table import InvalidDefinition, Table
from .tables import (
    Banner,
    Exemption,
    Extensions,
    IndexGroup,
    Inventory,
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

Dialect = Literal[
    "rfc2822", "field-list", "directives", "paragraphs", "yaml", "bullet-list", "code-block"
]  # fmt: skip
"""How headers are written; :mod:`fep_tools.process.dialects` has the forms."""


class ProcessFile(Table):
    """The process by which one community writes and decides proposals."""

    acronym: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9]{0,15}$",
        description="1 to 16 letters and digits, starting with a letter",
    )
    """The short name of a proposal. In lower case, it is the role that links to one."""
    name: Name
    """The full name of a proposal."""
    plural: Name
    """The full name of several proposals."""
    summary: Text = ""
    """A sentence for the index."""
    notice: Text = ""
    """A sentence for every page."""
    url: WebUrl = ""
    """The URL of proposal ``{0}``, or ``{0:04}`` with leading zeros."""
    url_prefixes: tuple[WebUrl, ...] = ()
    """The beginnings of other URLs of proposals. A rule suggests the role instead."""
    dialect: Dialect = "rfc2822"
    """How headers are written: ``Name: value`` at the top of the file (``rfc2822``), or under the
    title as a field list (``field-list``), as paragraphs ``Name: value`` (``paragraphs``) or as
    directives ``.. Name:: value`` (``directives``); or YAML between two lines of ``---``
    (``yaml``). At the top or under the title, as a list ``- Name: value`` (``bullet-list``) or in
    a block of code (``code-block``)."""
    header_fence: StrictBool = True
    """Whether headers may be between two lines of ``---``."""
    fenced: StrictBool = False
    """Whether ``fep new`` writes headers between two lines of ``---``."""
    title_source: Literal["header", "heading"] = "header"
    """Where the title is: a header, or the first heading."""
    title_format: Text = ""
    """How a heading that is the title is written, such as ``NEP {number} — {title}``, or
    ``{title}`` if it has no number."""
    first_number: Number = 1
    """The first number that ``fep new`` assigns."""
    last_number: Number = 0
    """The last number that ``fep new`` assigns; higher ones are given by hand, and not counted. 0
    for no limit."""
    index_number: Number | None = Field(None, description="a number from 0 to 9999999, such as 0")
    """A number that stands for the index, such as 0: links with it, and the URLs that a proposal
    of that number would have, lead there."""
    review_days: Count = 14
    """The minimum length of a review, in days."""
    files: Files
    """Where proposals are."""
    repository: Hosting | None = None
    """The public URL of the repository."""
    types: tuple[Type, ...] = Field(alias="type", default=())
    """The types of proposals."""
    statuses: tuple[Status, ...] = Field(alias="status", min_length=1)
    """The statuses; a new proposal has the first."""
    transitions: tuple[Transition, ...] = Field(alias="transition", default=())
    """The allowed transitions from one status to another."""
    headers: tuple[Header, ...] = Field(alias="header", min_length=1)
    """The headers, in their order."""
    sections: tuple[Section, ...] = Field(alias="section", default=())
    """The sections of a text, in their order."""
    open_sections: Names = ()
    """Titles of sections for open questions, in any case. Those of an accepted proposal should
    be answered."""
    index: tuple[IndexGroup, ...] = Field(min_length=1)
    """The groups of the index."""
    lists: tuple[Listing, ...] = Field(alias="list", default=())
    """Additional pages with lists of proposals."""
    roles: tuple[TextRole, ...] = Field(alias="role", default=())
    """Roles that link to other sites."""
    inventories: tuple[Inventory, ...] = Field(alias="inventory", default=())
    """Other Sphinx projects, to whose objects the roles of Sphinx link, such as ``:py:func:``."""
    links: tuple[HeaderLink, ...] = Field(alias="link", default=())
    """How addresses in headers are shown; the first that matches applies."""
    reference_role: StrictBool = True
    """Whether the site has a role that links to proposals. If not, no rule asks for it, and no fix
    writes it."""
    literal_roles: Names = ()
    """Roles whose text is shown as code. With ``ref`` among them, labels that name another site,
    such as ``python:glossary``, are shown as code, too."""
    default_role: str = ""
    """The role of text in single backquotes, if it has one. Without the key, ``default_role`` of
    your ``conf.py`` applies; that file is not run."""
    directives: Names = ()
    """Directives that are allowed besides those that always are. The text of those that the site
    cannot render is shown as it is."""
    ignored_directives: Names = ()
    """Directives of your own site. Those that describe objects, such as ``c:function``, and
    ``glossary`` show their text; others are shown as they are written."""
    code_languages: Names = ()
    """Languages of code blocks that your own site adds. Their code has no colours."""
    banners: tuple[Banner, ...] = Field(alias="banner", default=())
    """Directives for a note at the top."""
    exemptions: tuple[Exemption, ...] = Field(alias="exempt", default=())
    """Findings that are accepted."""
    reserved: tuple[Reserved, ...] = ()
    """Numbers that are never assigned."""
    redirects: tuple[Redirect, ...] = Field(alias="redirect", default=())
    """Former numbers. Not needed if the renumbering is in the git history."""
    aliases: tuple[Alias, ...] = Field(alias="alias", default=())
    """Further addresses of pages, which redirect to them."""
    page_directories: tuple[PageDirectory, ...] = Field(alias="pages", default=())
    """Directories of the repository whose texts are pages of the site."""
    feeds: tuple[Feed, ...] = Field(alias="feed", default=())
    """RSS feeds of new proposals."""
    json_files: tuple[JsonFile, ...] = Field(alias="json", default=())
    """JSON files of another form, for programs that rely on it."""
    copied_files: tuple[CopiedFile, ...] = Field(alias="copy", default=())
    """Data files of the repository that are published as they are."""
    editors: Names = ()
    """Names of the editors, who may not decide about their own proposals."""
    extensions: Extensions | None = None
    """Results of scanning extensions for what a proposal removes. Without the table, the feature is
    off."""
    notes: Notes | None = None
    """Notes that compare the project with other frameworks. Without the table, the feature is
    off."""
    severity: dict[str, Severity] = Field(
        default_factory=dict, description='a table of levels, such as { B020 = "error" }'
    )
    """Levels of rules: ``error``, ``warning`` or ``style`` by code, beginning of a code, or
    name."""

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
