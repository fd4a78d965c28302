"""The frameworks that notes can be about, and the locks of their environments.

``frameworks.toml`` is the only place that names a framework. It is as strict as the process
file: an unknown key is an error with its line.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from .._pins import logical_lines
from .._text import quote
from ..process.attachments import lock_directory
from ..process.loader import parse_table
from ..process.schema import InvalidDefinition, Table
from ..process.values import Name, Text

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)  # "sanic==25.12.1"

_VERSION = r" *([<>=!~]=|[<>]) *[A-Za-z0-9.*+!_-]+"  # ">=24.6"
# "sanic[ext]>=24.6,<26". Not "-r file", "--index-url https://..." or "sanic @ https://...".
_REQUIREMENT = re.compile(
    rf"[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._,-]+\])?({_VERSION}(,{_VERSION})*)?"
)


def _check_requirement(requirement: str) -> str:
    """Return *requirement*, unless uv would read it as an option, a file or a URL."""
    if len(requirement) > 200 or not _REQUIREMENT.fullmatch(requirement):
        raise InvalidDefinition(
            f"{quote(requirement)} is not the name of a package; write it like sanic>=24.6",
            name=requirement,
        )
    return requirement


Requirement = Annotated[str, AfterValidator(_check_requirement)]
"""A package by name, with extras and versions."""


class Framework(Table):
    """A framework that notes can be about."""

    key: str = Field(
        pattern=r"^[a-z][a-z0-9-]{0,30}$",
        description="1 to 31 lower-case letters, digits and hyphens, starting with a letter",
    )
    """The short name, used in names of files."""
    title: Name = Field(
        min_length=1, max_length=40, description="1 to 40 characters without control characters"
    )
    """The title of the notes on it."""
    required: bool = False
    """Whether a proposal that needs notes needs one on this framework."""
    requires: tuple[Requirement, ...] = Field(
        min_length=1, description='a list of packages, such as ["sanic>=24.6"]'
    )
    """The requirements of its environment."""
    package: str = Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="the name of a package in lower case, such as sanic-testing",
    )
    """The package whose version is shown."""
    python: str = Field(
        pattern=r"^3\.[0-9]{1,2}$", description='a version of Python, such as "3.11"'
    )
    """The version of Python that runs its notes."""
    docs: Name = Field(pattern=r"^https://\S+$", description="a URL that starts with https://")
    """The URL of its documentation."""
    note: Text = ""
    """A sentence about it."""
    formerly: tuple[Requirement, ...] = Field(
        (), description='a list of packages, such as ["sanic<24"]'
    )
    """Requirements that old releases need in place of those in ``requires``."""


class Frameworks(Table):
    """The frameworks that notes can be about."""

    frameworks: tuple[Framework, ...] = Field(alias="framework", min_length=1)
    """The frameworks, in the order in which proposals and pages list them."""

    @classmethod
    def parse(cls, text: str, name: str = "frameworks.toml") -> Self:
        """Parse a file of frameworks.

        :param name: the path that errors start with.
        :raises ProcessError: with the line, if it is invalid.
        """
        return parse_table(cls, text, name)

    @model_validator(mode="after")
    def _refuse_duplicates(self) -> Self:
        for attribute in ("key", "title"):
            values = [getattr(framework, attribute) for framework in self.frameworks]
            folded = [value.casefold() for value in values]
            for position, value in enumerate(values):
                if value.casefold() in folded[:position]:
                    raise InvalidDefinition(
                        f"the {attribute} {value!r} is used twice",
                        ("framework", position, attribute),
                    )
        return self

    @cached_property
    def by_key(self) -> dict[str, Framework]:
        """The frameworks by key."""
        return {framework.key: framework for framework in self.frameworks}

    @cached_property
    def by_title(self) -> dict[str, Framework]:
        """The frameworks by title."""
        return {framework.title: framework for framework in self.frameworks}


def lock_path(frameworks_file: str, key: str) -> str:
    """Return the path of a framework's lock, as ``fep/environments/sanic.txt``."""
    return f"{lock_directory(frameworks_file)}{key}.txt"


def pinned_versions(lock: str) -> dict[str, str]:
    """Return the versions that the text *lock* pins, by the normalized names of the packages."""
    return {re.sub(r"[-_.]+", "-", n).lower(): v for n, v in _PIN.findall(lock)}


def is_unambiguous(lock: str) -> bool:
    """Return whether uv installs what :func:`pinned_versions` finds in the text *lock*.

    It would not if a line is indented, repeats a package or has extras, if a comment ends with a
    backslash, or if a marker excludes a package (``flask==3.1.2 ; python_version < "3"``). Then a
    result would name versions that it does not belong to.
    """
    lines = logical_lines(lock)
    versions = pinned_versions("\n".join(lines))
    has_markers = any(";" in line for line in lines)
    return versions == pinned_versions(lock) and len(versions) == len(lines) and not has_markers


def environment_digest(lock: str, python: str) -> str:
    """Return a digest of the Python version and of all versions in the text *lock*.

    Hashes and comments do not count: they can change without any effect on a snippet.
    """
    versions = sorted(f"{name}=={version}" for name, version in pinned_versions(lock).items())
    lines = (f"python {python}", *versions)
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
