"""The frameworks that notes speak about, as data, and the environments that they run in.

``frameworks.toml`` is the only place that names a framework. It refuses unknown keys, as a
process file does.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from .._text import quote
from ..errors import ProcessError
from ..process.loader import parse_table
from ..process.schema import InvalidDefinition, Table

LOCKS_DIRECTORY = "environments"
"""The folder of the locks, beside the file of the frameworks."""

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


_VERSION = r" *([<>=!~]=|[<>]) *[A-Za-z0-9.*+!_-]+"
_REQUIREMENT = re.compile(
    rf"[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._,-]+\])?({_VERSION}(,{_VERSION})*)?"
)


def _named(requirement: str) -> str:
    """*requirement*, if it names a package: what reads it would also obey options and addresses."""
    if len(requirement) > 200 or not _REQUIREMENT.fullmatch(requirement):
        raise InvalidDefinition(
            f"{quote(requirement)} is no package by name; write it like sanic>=24.6", requirement
        )
    return requirement


Requirement = Annotated[str, AfterValidator(_named)]
"""A package by name, with extras and versions."""


class Framework(Table):
    """One framework.

    *title* is what the sections about it are called. *required*: a proposal that needs notes
    needs one on it. *requires* is what its environment is resolved from, *package* whose
    version is shown, *python* the version of Python that it runs on. *formerly* is what its
    old releases needed in place of what there was not yet.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")
    title: str = Field(min_length=1, max_length=40)
    required: bool = False
    requires: tuple[Requirement, ...] = Field(min_length=1)
    package: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    python: str = Field(pattern=r"^3\.[0-9]{1,2}$")
    docs: str = Field(pattern=r"^https://\S+$")
    note: str = ""
    formerly: tuple[Requirement, ...] = ()


class Frameworks(Table):
    """Every framework, in the order in which proposals and pages name them."""

    frameworks: tuple[Framework, ...] = Field(alias="framework", min_length=1)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The frameworks in the file at *path*; :class:`ProcessError` where it is of no use."""
        try:
            text = path.read_text("utf-8")
        except (OSError, ValueError) as problem:
            raise ProcessError(f"{path}: cannot be read: {problem}") from None
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, name: str = "frameworks.toml") -> Self:
        """The frameworks that *text* defines; *name* is what messages call it."""
        return parse_table(cls, text, name)

    @model_validator(mode="after")
    def _defined_once(self) -> Self:
        for what in ("key", "title"):
            names = [getattr(framework, what).casefold() for framework in self.frameworks]
            for framework, name in zip(self.frameworks, names, strict=True):
                if names.count(name) > 1:
                    found = getattr(framework, what)
                    raise InvalidDefinition(f"the {what} {found!r} is used twice", found)
        return self

    @cached_property
    def by_key(self) -> dict[str, Framework]:
        """The frameworks by key."""
        return {framework.key: framework for framework in self.frameworks}

    @cached_property
    def by_title(self) -> dict[str, Framework]:
        """The frameworks by the title of the sections about them."""
        return {framework.title: framework for framework in self.frameworks}


def lock_path(frameworks_file: str, key: str) -> str:
    """Where the lock of a framework's environment is: ``fep/environments/sanic.txt``."""
    folder = frameworks_file.rpartition("/")[0]
    return f"{folder}/{LOCKS_DIRECTORY}/{key}.txt".lstrip("/")


def pinned_versions(lock_text: str) -> dict[str, str]:
    """The versions that a lock pins, by the normal name of the package."""
    return {re.sub(r"[-_.]+", "-", n).lower(): v for n, v in _PIN.findall(lock_text)}


def environment_digest(lock_text: str, python: str) -> str:
    """What an environment is known by: its Python and every version in it, and nothing else.

    Hashes and comments of a lock may change without changing what a snippet would say.
    """
    lines = [
        f"python {python}",
        *sorted(f"{n}=={v}" for n, v in pinned_versions(lock_text).items()),
    ]
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
