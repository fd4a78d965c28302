"""The people who have a role in a community: ``people.toml`` beside the process file.

It is as strict as the process file: an unknown key is an error with its line. ``CODEOWNERS`` is
made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from .attachments import PEOPLE_FILE
from .schema import InvalidDefinition, Table
from .values import Name, Names

PersonRole = Literal["editor", "workgroup", "sponsor", "delegate"]
"""What a person does: assign numbers and merge, decide with others, help authors, decide alone."""

CodeOwnersPath = Literal[
    ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"
]
"""Where GitHub and GitLab look for the file of code owners."""


class Appointee(Table):
    """A person, or a team of the host, with roles."""

    name: Name
    """The name, as headers and commits have it."""
    handle: str = Field(
        "",
        pattern=r"^$|^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:/[A-Za-z0-9._-]+)*$",
        max_length=100,
        description='the name at the host, such as "ada" or "organisation/editors"',
    )
    """The name at the host, without ``@``; of a team with its organisation. Owners need one."""
    roles: tuple[PersonRole, ...] = Field(
        min_length=1, description='a list of roles, such as ["editor"]'
    )
    """The roles: ``editor``, ``workgroup``, ``sponsor`` and ``delegate``."""


class OwnedPaths(Table):
    """Paths whose changes are reviewed by the people of some roles."""

    paths: Names = Field(min_length=1)
    """The paths, as ``CODEOWNERS`` has them, such as ``/fep/``."""
    roles: tuple[PersonRole, ...] = Field(
        min_length=1, description='a list of roles, such as ["editor"]'
    )
    """The roles of their owners."""

    @field_validator("paths")
    @classmethod
    def _check_paths(cls, paths: Any) -> Any:
        for path in paths:
            if not path.startswith("/") or any(c.isspace() or c in "#\\" for c in path):
                message = f"{path!r} is no path from the root; write it like /fep/"
                raise InvalidDefinition(message, name=path)
        return paths


class People(Table):
    """The people who have a role."""

    codeowners: CodeOwnersPath = ".github/CODEOWNERS"
    """The file of code owners, which is made from the owned paths."""
    people: tuple[Appointee, ...] = Field(alias="person", default=())
    """The people. No one is appointed if there are none."""
    owned: tuple[OwnedPaths, ...] = ()
    """The paths that have owners. Without any, there is no file of code owners."""

    def names(self, role: PersonRole) -> tuple[str, ...]:
        """Return the names of those who have a role."""
        return tuple(person.name for person in self.people if role in person.roles)

    @property
    def codeowners_text(self) -> str:
        """The content of the file of code owners."""
        return "".join(f"{line}\n" for line in self._codeowners())

    def _codeowners(self) -> Iterator[str]:
        yield f"# Made by fep export codeowners from {PEOPLE_FILE}; edit that file."
        width = max((len(path) for each in self.owned for path in each.paths), default=0)
        for each in self.owned:
            holders = (p for p in self.people if not set(p.roles).isdisjoint(each.roles))
            owners = " ".join(f"@{person.handle}" for person in holders)
            for path in each.paths:
                # A path without owners would mean that no one has to review it.
                vacant = f"# {path}: no one is {' or '.join(each.roles)}"
                yield f"{path:{width}} {owners}" if owners else vacant

    @model_validator(mode="after")
    def _check_people(self) -> Self:
        owning = {role for each in self.owned for role in each.roles}
        names: set[str] = set()
        for position, person in enumerate(self.people):
            if person.name.casefold() in names:
                message = f"{person.name!r} is there twice; give one entry all roles"
                raise InvalidDefinition(message, ("person", position, "name"))
            names.add(person.name.casefold())
            if not person.handle and owning.intersection(person.roles):
                message = f"{person.name!r} owns paths, and needs a 'handle'"
                raise InvalidDefinition(message, ("person", position))
        return self
