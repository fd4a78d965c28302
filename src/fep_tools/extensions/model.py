"""The extensions that are watched, and the criteria that they are measured by.

``extensions.toml`` is the only place that names an extension. It is as strict as the process file:
an unknown key is an error with its line.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator, StringConstraints

from .._files import read_file, Refusal
from ..errors import RepositoryError
from ..process.loader import parse_table
from ..process.schema import InvalidDefinition, Table
from ..process.values import Name, Text

EXTENSIONS_FILE = "fep/extensions.toml"
"""The path of the file in a repository."""

CheckName = Literal[
    "released",
    "python-declared",
    "flask-declared",
    "flask-accepted",
    "works",
    "vulnerabilities",
    "owners",
]
"""How a criterion is decided; :mod:`.criteria` has a function for each."""

ModuleName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")]

SettingName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,59}$")]


def normalize(name: str) -> str:
    """Return the normalized name of a distribution: ``flask-login`` for ``Flask_Login``.

    Package indexes compare names in this form (PEP 503, "Normalized Names").
    """
    return re.sub(r"[-_.]+", "-", name).lower()


class Extension(Table):
    """A watched extension."""

    name: str = Field(
        pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$",
        description="the name of a package, such as Flask-Login",
    )
    """The name of the distribution, as its authors spell it."""
    modules: tuple[ModuleName, ...] = Field(
        min_length=1, description='a list of names to import, such as ["flask_login"]'
    )
    """The modules or packages that it installs."""
    repository: Text = Field(
        "", pattern=r"^(https://\S+)?$", description="a URL that starts with https://"
    )
    """The URL of its repository, if it was verified."""
    why: Name = Field(min_length=1, max_length=200, description="a sentence of 1 to 200 characters")
    """What it does, and so why it is watched."""
    factory: str = Field(
        "",
        pattern=r"^([A-Za-z_][\w.]*:[A-Za-z_][\w.]*)?$",
        description='a callable, such as "flask_login:LoginManager"',
    )
    """What ``fep extensions test`` calls with an application."""
    config: dict[SettingName, str | int | bool] = Field(
        {}, max_length=20, description='a table of settings, such as { MAIL_SERVER = "localhost" }'
    )
    """The settings that ``fep extensions test`` gives to that application."""

    @property
    def key(self) -> str:
        """The normalized name."""
        return normalize(self.name)


class Criterion(Table):
    """A criterion that the report decides for each extension."""

    key: str = Field(
        pattern=r"^[a-z][a-z0-9-]{0,30}$",
        description="1 to 31 lower-case letters, digits and hyphens, starting with a letter",
    )
    """The short name, used in JSON."""
    title: Name = Field(
        min_length=1, max_length=100, description="a sentence of 1 to 100 characters"
    )
    """What must be true, in words."""
    check: CheckName
    """How it is decided."""
    minimum: int = Field(0, ge=0, le=100, description="a whole number, such as 2")
    """The smallest number of owners that meets the criterion."""


class ExtensionList(Table):
    """The watched extensions, and the criteria."""

    criteria: tuple[Criterion, ...] = Field((), alias="criterion")
    """The criteria, in the order in which reports list them."""
    extensions: tuple[Extension, ...] = Field(alias="extension", min_length=1)
    """The extensions."""

    @classmethod
    def parse(cls, text: str, name: str = EXTENSIONS_FILE) -> Self:
        """Parse a file of extensions.

        :param name: the path that errors start with.
        :raises ProcessError: with the line, if it is invalid.
        """
        return parse_table(cls, text, name)

    @classmethod
    def load(cls, root: Path) -> Self:
        """Load the file of the repository at *root*.

        :raises FepError: if there is none, or it is invalid.
        """
        content = read_file(root, EXTENSIONS_FILE)
        if isinstance(content, Refusal):
            raise RepositoryError(f"{EXTENSIONS_FILE}: {content.message}")
        try:
            return cls.parse(content.decode("utf-8"))
        except UnicodeDecodeError:
            raise RepositoryError(f"{EXTENSIONS_FILE}: is not in UTF-8") from None

    @model_validator(mode="after")
    def _refuse_duplicates(self) -> Self:
        keys = {
            "extension": ("name", [extension.key for extension in self.extensions]),
            "criterion": ("key", [criterion.key for criterion in self.criteria]),
        }
        for table, (attribute, values) in keys.items():
            for position, value in enumerate(values):
                if value in values[:position]:
                    raise InvalidDefinition(
                        f"the {table} {value!r} is listed twice", (table, position, attribute)
                    )
        return self

    @cached_property
    def by_key(self) -> dict[str, Extension]:
        """The extensions by normalized name."""
        return {extension.key: extension for extension in self.extensions}
