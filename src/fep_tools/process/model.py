"""A community's process, as data.

``process.toml`` is the only place that names a status, a type, a transition, a header or a
section. The rest of the tool asks for them by role. The model is frozen, refuses unknown
keys, and is closed: every name that is used is defined, or loading it raises
:class:`~fep_tools.errors.ProcessError` with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, cast, Literal, Self, TypeVar

from pydantic import Field, model_validator, PrivateAttr, ValidationError

from .. import _toml
from ..errors import ProcessError
from . import errors, validation
from .attachments import is_attachment
from .hosting import Hosting
from .schema import any_applies as any_applies
from .schema import (
    Banner,
    Dialect,
    Files,
    Header,
    IndexGroup,
    Listing,
    Names,
    Notes,
    Redirect,
    Reserved,
    Section,
    Status,
    Table,
    TextRole,
    Transition,
    Type,
)
from .schema import Exemption as Exemption
from .schema import Role as Role

Value = TypeVar("Value")


class Process(Table):
    """How one community writes and decides proposals.

    *url* is the address of a proposal, with ``{0}`` for its number; *addresses* are how older
    ones begin, which should be written as a role.
    """

    acronym: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9]{0,15}$")
    name: str
    plural: str
    summary: str = ""
    notice: str = ""
    url: str = ""
    url_prefixes: Names = ()
    dialect: Dialect = "rfc2822"
    title_source: Literal["header", "heading"] = "header"
    first_number: int = 1
    review_days: int = 14
    files: Files
    repository: Hosting | None = None
    types: tuple[Type, ...] = Field(alias="type")
    statuses: tuple[Status, ...] = Field(alias="status")
    transitions: tuple[Transition, ...] = Field(alias="transition")
    headers: tuple[Header, ...] = Field(alias="header")
    sections: tuple[Section, ...] = Field(alias="section", default=())
    index: tuple[IndexGroup, ...]
    lists: tuple[Listing, ...] = Field(alias="list", default=())
    roles: tuple[TextRole, ...] = Field(alias="role", default=())
    literal_roles: Names = ()
    ignored_directives: Names = ()
    banners: tuple[Banner, ...] = Field(alias="banner", default=())
    exemptions: tuple[Exemption, ...] = Field(alias="exempt", default=())
    reserved: tuple[Reserved, ...] = ()
    redirects: tuple[Redirect, ...] = Field(alias="redirect", default=())
    editors: Names = ()
    notes: Notes | None = None

    _source: tuple[str, str] = PrivateAttr(("process.toml", ""))

    # Reading -------------------------------------------------------------------------------

    @classmethod
    def load(cls, path: Path) -> Self:
        """The process in the file at *path*."""
        try:
            text = path.read_text("utf-8")
        except (OSError, ValueError) as problem:
            raise ProcessError(f"{path}: cannot be read: {problem}") from None
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, name: str = "process.toml") -> Self:
        """The process that *text* defines; *name* is what messages call it."""
        table = _toml.parse(text, name, ProcessError)
        try:
            process = cls.model_validate(table)
        except ValidationError as invalid:
            error = min(invalid.errors(), key=lambda error: error["type"] != "extra_forbidden")
            raise ProcessError(
                f"{name}:{errors.line(text, error)}: {errors.plain(error)}"
            ) from None
        process._source = (name, text)
        return process

    @model_validator(mode="after")
    def _is_closed(self) -> Self:
        validation.validate(self)
        return self

    @property
    def source(self) -> tuple[str, str]:
        """The name and the text of the file that it was read from."""
        return self._source

    @cached_property
    def _memo(self) -> dict[Callable[[Self], Any], Any]:
        return {}

    def memo(self, compute: Callable[[Self], Value]) -> Value:
        """Return ``compute(process)``, computed once per process.

        For values that other packages derive from a process.
        """
        if compute not in self._memo:
            self._memo[compute] = compute(self)
        return cast("Value", self._memo[compute])

    # Looking up ----------------------------------------------------------------------------

    @cached_property
    def _by_role(self) -> dict[str, Header]:
        return {header.role: header for header in self.headers if header.role}

    @cached_property
    def _by_name(self) -> dict[str, Header]:
        return {header.name: header for header in self.headers}

    @cached_property
    def by_key(self) -> dict[str, Header]:
        """The headers by the key under which proposals keep their values."""
        return {header.key: header for header in self.headers}

    @cached_property
    def _statuses(self) -> dict[str, Status]:
        return {status.name: status for status in self.statuses}

    @cached_property
    def header_order(self) -> dict[str, int]:
        """The place of every header, by name."""
        return {header.name: place for place, header in enumerate(self.headers)}

    def header(self, name: str) -> Header | None:
        """The header of that exact name."""
        return self._by_name.get(name)

    def header_for(self, role: Role) -> Header | None:
        """The header that plays *role*; ``None`` where this community has none."""
        return self._by_role.get(role)

    def header_name(self, role: Role) -> str:
        """What this community calls the header that plays *role*."""
        header = self.header_for(role)
        return header.name if header else role

    def status(self, name: str | None) -> Status | None:
        """The status of that exact name."""
        return self._statuses.get(name) if name is not None else None

    @property
    def initial_status(self) -> Status:
        """The status that every proposal starts with: the first of the file."""
        return self.statuses[0]

    def path_for_new(self, number: int, title: str) -> str:
        """Where a proposal that begins under that number and title belongs."""
        words = re.findall(r"[a-z0-9]+", title.lower())
        slug = "-".join(words)[:50].strip("-") or "untitled"
        return self.files.path(number, status=self.initial_status.name.lower(), slug=slug)

    def is_attachment(self, path: str) -> bool:
        """Return whether the file at *path* belongs to notes, and is no proposal."""
        return self.notes is not None and is_attachment(path, self.notes.frameworks)

    def label(self, number: int | None) -> str:
        """How a proposal is spoken of: ``FEP 7``."""
        return self.acronym if number is None else f"{self.acronym} {number}"

    def slug(self, number: int) -> str:
        """What a proposal is called in addresses: ``fep-0007``."""
        return f"{self.acronym.lower()}-{number:04}"

    def sections_for(self, type_: str | None) -> tuple[Section, ...]:
        """The sections of a proposal of that type, in order."""
        return tuple(s for s in self.sections if not s.types or type_ in s.types)

    def index_group(self, status: str | None, type_: str | None) -> IndexGroup | None:
        """The group of the index that a proposal is in."""
        matching = (
            group
            for group in self.index
            if status in group.statuses and (not group.types or type_ in group.types)
        )
        return next(matching, None)

    def transitions_from(
        self, before: str, type_: str | None, *, retroactive: bool = False
    ) -> tuple[Transition, ...]:
        """The transitions from *before* for a type; if *retroactive*, those for records too."""
        return tuple(
            step
            for step in self.transitions
            if step.from_ == before
            and (not step.types or type_ in step.types)
            and (retroactive or not step.retroactive)
        )

    def transition(
        self, before: str, after: str, type_: str | None, *, retroactive: bool = False
    ) -> Transition | None:
        """The transition from *before* to *after* for a type, if the process has it."""
        steps = self.transitions_from(before, type_, retroactive=retroactive)
        return next((step for step in steps if after in step.to), None)

    def resolve_status(self, status: str) -> Status | None:
        """The status that *status* spells, old spellings included."""
        if status in self._statuses:
            return self._statuses[status]
        return next((s for s in self.statuses if status in s.formerly), None)
