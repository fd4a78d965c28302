"""The name and the address that git gives to the author of a commit."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import RepositoryError
from .gitcmd import read_records

# Git removes these from both ends of a name (ident.c, strbuf_addstr_without_crud).
_CRUD = " \t\n.,:;<>\"\\'"


def author_identity(directory: Path) -> tuple[str, str]:
    """Return the name and the e-mail address of the author of commits in *directory*.

    They are those of ``GIT_AUTHOR_NAME`` and ``GIT_AUTHOR_EMAIL``, or else of the settings of the
    repository and of the user. Git's own guess, the login and the host, is no name of an author.

    :param directory: may not exist yet
    :return: empty texts for what git does not know, or without git
    """
    settings = _settings(directory)
    return (
        _find("GIT_AUTHOR_NAME", "name", settings),
        _find("GIT_AUTHOR_EMAIL", "email", settings),
    )


def _find(variable: str, key: str, settings: dict[str, str]) -> str:
    values = (os.environ.get(variable), settings.get(f"author.{key}"), settings.get(f"user.{key}"))
    # Trailing periods belong to "Jr."; git keeps none, but the name in a proposal does.
    stripped = (value.lstrip(_CRUD).rstrip(_CRUD.replace(".", "")) for value in values if value)
    return next(filter(None, stripped), "")


def _settings(directory: Path) -> dict[str, str]:
    """Return the settings ``user.name``, ``author.name`` and so on, by name."""
    existing = next(d for d in (directory.absolute(), *directory.absolute().parents) if d.is_dir())
    pattern = r"^(author|user)\.(name|email)$"
    try:
        records = read_records(existing, "config", "--null", "--get-regexp", pattern)
    except RepositoryError:  # none is set, or there is no git
        return {}
    # b"user.name\nAda Lovelace\0user.email\nada@example.org\0"; of several, the last one counts.
    pairs = (record.decode("utf-8", "replace").partition("\n") for record in records)
    return {name: value for name, _newline, value in pairs}
