"""A community's process, as data.

``process.toml`` is the only place that names a status, a type, a transition, a header or a
section. The rest of the tool asks for them by role. The model is frozen, refuses unknown
keys, and is closed: every name that is used is defined, or loading it raises
:class:`~fep_tools.errors.ProcessError` with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated
from typing import Any
from typing import Literal
from typing import Self

from pydantic import BaseModel
from pydantic import BeforeValidator
from pydantic import ConfigDict
from pydantic import create_model
from pydantic import Field
from pydantic import model_validator
from pydantic import ValidationError

from . import tomlfile
from . import values
from .errors import ProcessError
from .preamble import Dialect
from .text import nearest

Role = Literal[
    "number", "title", "authors", "scribe", "sponsor", "delegate", "discussion", "status",
    "type", "topics", "target", "requires", "created", "version", "removed", "replaces",
    "superseded_by", "upstream", "posts", "review_until", "review_by", "resolution",
    "retroactive", "history",
]  # fmt: skip
"""What the tool has to find in a proposal, whatever the community calls it."""

Names = tuple[str, ...]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class When(_Table):
    """A row of the one table that says when a header or a section must be there.

    Empty means any. Of the headers that a proposal has, *with* names those of which it must
    have one, *without* those that lift the demand.
    """

    statuses: Names = ()
    types: Names = ()
    with_: Names = Field(alias="with", default=())
    without: Names = ()

    def holds(self, status: str | None, type_: str | None, present: Iterable[str]) -> bool:
        """Whether the row is about a proposal of that status, type and those headers."""
        return (
            (not self.statuses or status in self.statuses)
            and (not self.types or type_ in self.types)
            and (not self.with_ or bool(set(self.with_).intersection(present)))
            and not set(self.without).intersection(present)
        )


Demand = bool | tuple[When, ...]


def demanded(demand: Demand, status: str | None, type_: str | None, present: Iterable[str]) -> bool:
    """Whether *demand* is made of a proposal of that status, type and those headers."""
    if isinstance(demand, bool):
        return demand
    return any(row.holds(status, type_, present) for row in demand)


class Files(_Table):
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

    def path(self, number: int, **parts: str) -> str:
        """Where the proposal of that number belongs."""
        return self.pattern.format(number=number, **parts)

    @model_validator(mode="after")
    def _known_holes(self) -> Self:
        holes = set(re.findall(r"\{(\w+)", self.pattern))
        if "number" not in holes or holes - {"number", "status", "slug"}:
            raise ValueError("the pattern needs {number}, and may have {status} and {slug}")
        return self


class Type(_Table):
    """One type of proposal."""

    name: str
    summary: str
    template: str = ""


class Status(_Table):
    """One status.

    *settled*: what is wrong with such a proposal is a warning, where others get an error.
    *rank*: how far along; a proposal should not require one that is less far. *formerly*:
    other spellings that the past has used.
    """

    name: str
    summary: str
    types: Names = ()
    settled: bool = False
    dead: bool = False
    rank: int = 0
    formerly: Names = ()


class Transition(_Table):
    """A step that the process allows, and the headers that it needs as evidence."""

    from_: str = Field(alias="from")
    to: Names
    types: Names = ()
    needs: Names = ()
    level: Literal["allowed", "unusual"] = "allowed"
    retroactive: bool = False


class Header(_Table):
    """One header: what it is called, what it holds, when it must and must not be there."""

    name: str
    kind: str
    role: Role | None = None
    formerly: Names = ()
    summary: str = ""
    required: Demand = False
    forbidden: Demand = False
    empty: bool = False
    past: bool = False
    choices: Names = ()
    allow: Names = ()
    date: str = "YYYY-MM-DD"
    forms: Names = ("{url}",)
    places: Names = ()
    separator: Literal["either", "comma", "line"] = "either"
    longest: int = 0
    sorted: bool = False
    padded: bool = False
    wildcard: bool = False
    emails: bool = True

    @property
    def key(self) -> str:
        """The name under which its value is kept: its role, or its name in lower case."""
        return self.role or self.name.lower().replace(" ", "_").replace("-", "_")


class Section(_Table):
    """One section of the body, in the order in which sections stand."""

    title: str
    summary: str = ""
    types: Names = ()
    required: Demand = False
    text: str = ""


class Index(_Table):
    """One group of the index; the first that matches takes a proposal."""

    title: str
    summary: str = ""
    statuses: Names
    types: Names = ()


class TextRole(_Table):
    """A role of interpreted text that links elsewhere.

    *url* and *text* hold ``{0}``, which a number fills as a number (``{0:04}``); *prefixes*
    begin the addresses that should be written with this role.
    """

    name: str
    url: str
    text: str = "{0}"
    prefixes: Names = ()


class Banner(_Table):
    """A directive that says how a page is to be taken, and the statuses which it fits."""

    name: str
    text: str
    statuses: Names = ()


class Exempt(_Table):
    """A finding that is known and accepted, why, and until when."""

    number: int
    code: str
    reason: str = Field(min_length=1)
    until: str = ""


class Reserved(_Table):
    """A number that is never handed out."""

    number: int
    reason: str


class Process(_Table):
    """How one community writes and decides proposals."""

    acronym: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9]{0,15}$")
    name: str
    plural: str
    summary: str = ""
    notice: str = ""
    url: str = ""
    dialect: Dialect = "rfc2822"
    title: Literal["header", "heading"] = "header"
    title_form: str = ""
    first_number: int = 1
    files: Files
    types: tuple[Type, ...] = Field(alias="type")
    statuses: tuple[Status, ...] = Field(alias="status")
    transitions: tuple[Transition, ...] = Field(alias="transition")
    headers: tuple[Header, ...] = Field(alias="header")
    sections: tuple[Section, ...] = Field(alias="section", default=())
    index: tuple[Index, ...]
    roles: tuple[TextRole, ...] = Field(alias="role", default=())
    literals: Names = ()
    directives: Names = ()
    banners: tuple[Banner, ...] = Field(alias="banner", default=())
    exemptions: tuple[Exempt, ...] = Field(alias="exempt", default=())
    reserved: tuple[Reserved, ...] = ()

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
        table = tomlfile.parse(text, name, ProcessError)
        try:
            return cls.model_validate(table)
        except ValidationError as invalid:
            error = invalid.errors()[0]
            raise ProcessError(f"{name}:{_line(text, error)}: {_plain(error)}") from None

    @model_validator(mode="after")
    def _is_closed(self) -> Self:
        """Every name that is used is defined, and every status is somewhere in the index."""
        for what, used, defined in self._uses():
            for name in used:
                if name not in defined:
                    meant = nearest(name, defined)
                    hint = f"; did you mean {meant!r}?" if meant else ""
                    raise _Misnamed(f"{what} names {name!r}, which is not defined{hint}", name)
        for what, names in self._names():
            for name in names:
                if names.count(name) > 1:
                    raise ValueError(f"{what} {name!r} is defined twice")
        grouped = {status for group in self.index for status in group.statuses}
        if lost := [s.name for s in self.statuses if s.name not in grouped]:
            raise ValueError(f"no index group holds the status {lost[0]!r}")
        needed = {"number", "status", "type", "authors", "created"}
        if self.title == "header":
            needed.add("title")
        if lost := sorted(needed - set(self._by_role)):
            raise ValueError(f"no header has the role {lost[0]!r}")
        return self

    def _names(self) -> list[tuple[str, list[str]]]:
        return [
            ("type", [t.name for t in self.types]),
            ("status", [s.name for s in self.statuses]),
            ("header", [h.name for h in self.headers]),
            ("role", [h.role for h in self.headers if h.role]),
            ("section", [s.title for s in self.sections if not s.types]),
        ]

    def _uses(self) -> Iterable[tuple[str, Iterable[str], Iterable[str]]]:
        types = [t.name for t in self.types]
        statuses = [s.name for s in self.statuses]
        headers = [h.name for h in self.headers]
        for status in self.statuses:
            yield f"status {status.name!r}", status.types, types
        for step in self.transitions:
            what = f"the transition from {step.from_!r}"
            yield what, (step.from_, *step.to), statuses
            yield what, step.types, types
            yield what, step.needs, headers
        for header in self.headers:
            what = f"header {header.name!r}"
            yield what, (header.kind,), values.kinds()
            yield what, (header.date,), values.date_formats()
            yield what, re.findall(r"\{(\w+)\}", "".join(header.places)), values.holes()
            yield from self._demands(what, header.required)
            yield from self._demands(what, header.forbidden)
        for section in self.sections:
            what = f"section {section.title!r}"
            yield what, section.types, types
            yield from self._demands(what, section.required)
        for group in self.index:
            yield f"index group {group.title!r}", group.statuses, statuses
            yield f"index group {group.title!r}", group.types, types
        for banner in self.banners:
            yield f"banner {banner.name!r}", banner.statuses, statuses

    def _demands(
        self, what: str, demand: Demand
    ) -> Iterable[tuple[str, Iterable[str], Iterable[str]]]:
        for row in () if isinstance(demand, bool) else demand:
            yield what, row.statuses, [s.name for s in self.statuses]
            yield what, row.types, [t.name for t in self.types]
            yield what, (*row.with_, *row.without), [h.name for h in self.headers]

    # Looking up ----------------------------------------------------------------------------

    @cached_property
    def _by_role(self) -> dict[str, Header]:
        return {header.role: header for header in self.headers if header.role}

    @cached_property
    def _by_name(self) -> dict[str, Header]:
        return {header.name: header for header in self.headers}

    @cached_property
    def _statuses(self) -> dict[str, Status]:
        return {status.name: status for status in self.statuses}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of every header, by name."""
        return {header.name: place for place, header in enumerate(self.headers)}

    def header(self, name: str) -> Header | None:
        """The header of that exact name."""
        return self._by_name.get(name)

    def role(self, role: Role) -> Header | None:
        """The header that plays *role*; ``None`` where this community has none."""
        return self._by_role.get(role)

    def called(self, role: Role) -> str:
        """What this community calls the header that plays *role*."""
        header = self.role(role)
        return header.name if header else role

    def status(self, name: str | None) -> Status | None:
        """The status of that exact name."""
        return self._statuses.get(name) if name is not None else None

    @property
    def first(self) -> Status:
        """The status that every proposal starts with: the first of the file."""
        return self.statuses[0]

    def label(self, number: int | None) -> str:
        """How a proposal is spoken of: ``FEP 7``."""
        return self.acronym if number is None else f"{self.acronym} {number}"

    def sections_for(self, type_: str | None) -> tuple[Section, ...]:
        """The sections of a proposal of that type, in order."""
        return tuple(s for s in self.sections if not s.types or type_ in s.types)

    def group(self, status: str | None, type_: str | None) -> Index | None:
        """The group of the index that a proposal is in."""
        matching = (
            group
            for group in self.index
            if status in group.statuses and (not group.types or type_ in group.types)
        )
        return next(matching, None)

    def step(self, before: str, after: str, type_: str | None) -> Transition | None:
        """The transition from *before* to *after* for a type, if the process has it."""
        steps = (
            step
            for step in self.transitions
            if step.from_ == before and after in step.to and (not step.types or type_ in step.types)
        )
        return next(steps, None)

    # Headers as values ---------------------------------------------------------------------

    @cached_property
    def metadata(self) -> type[BaseModel]:
        """The pydantic model of one proposal's headers, each under its key, all optional."""
        fields: dict[str, Any] = {}
        for header in self.headers:
            form = self._form(header)

            def read(text: str, form: values.Form = form) -> Any:
                return values.read(text, form)

            fields[header.key] = (Annotated[Any, BeforeValidator(read)], None)
        return create_model(f"{self.acronym}Metadata", **fields)

    def read(
        self, texts: Mapping[str, str]
    ) -> tuple[dict[str, Any], dict[str, tuple[values.Mistake, ...]]]:
        """Typed values of raw header *texts*, and the mistakes in the others; both by key."""
        wrong: dict[str, tuple[values.Mistake, ...]] = {}
        try:
            model = self.metadata.model_validate(texts)
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False):
                problem = error["ctx"]["error"]
                wrong[str(error["loc"][0])] = problem.mistakes
            sound = {key: text for key, text in texts.items() if key not in wrong}
            model = self.metadata.model_validate(sound)
        return {key: getattr(model, key) for key in model.model_fields_set}, wrong

    def _form(self, header: Header) -> values.Form:
        return values.Form(
            kind=header.kind,
            choices=header.choices or self._choices(header),
            allow=header.allow,
            date=header.date,
            forms=header.forms,
            places=header.places,
            separator=header.separator,
            longest=header.longest,
            sorted=header.sorted,
            padded=header.padded,
            wildcard=header.wildcard,
            emails=header.emails,
            acronym=self.acronym,
        )

    def _choices(self, header: Header) -> Names:
        if header.role == "type":
            return tuple(t.name for t in self.types)
        if header.role in {"status", "history"}:
            return tuple(s.name for s in self.statuses)
        return ("yes",) if header.kind == "flag" else ()

    def meant(self, status: str) -> Status | None:
        """The status that *status* spells, old spellings included."""
        if status in self._statuses:
            return self._statuses[status]
        return next((s for s in self.statuses if status in s.formerly), None)


class _Misnamed(ValueError):
    """A name that nothing defines, so that its line can be told."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


def _line(text: str, error: Any) -> int:
    """The line of the file that a pydantic error is about."""
    cause = error.get("ctx", {}).get("error")
    if not isinstance(cause, _Misnamed):
        return tomlfile.line_of(text, error["loc"])
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if f'"{cause.name}"' in line), 1)


def _plain(error: Any) -> str:
    """A pydantic error in words of the file, not of Python."""
    where = " ".join(str(part) for part in error["loc"] if not isinstance(part, int))
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key {error['loc'][-1]!r}"
        case "missing":
            return f"the key {error['loc'][-1]!r} is missing"
        case "value_error":
            return str(error["ctx"]["error"])
        case "literal_error":
            return f"{where} is {error['input']!r}; write {error['ctx']['expected']}"
    return f"{where}: {error['msg'][0].lower()}{error['msg'][1:]}"
