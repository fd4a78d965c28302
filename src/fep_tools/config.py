"""The settings of a repository: ``[tool.fep]`` in its ``pyproject.toml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from . import _toml
from ._text import did_you_mean
from .errors import ConfigError

FILE = "pyproject.toml"


class PerFileIgnore(NamedTuple):
    """Rules that are off for the files that *glob* matches, and the line of the setting."""

    glob: str
    codes: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Settings:
    """The settings, with their defaults; a key has hyphens where a field has underscores.

    :param process: the path of the process file.
    :param select: codes and names of the rules to run; empty for all but those of level style.
    :param ignore: codes and names of the rules not to run.
    :param strict: whether warnings fail a run, too.
    :param rules_url: the URL of the site's pages about rules.
    :param baseline: the path of the file of recorded findings.
    """

    process: str = "fep/process.toml"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    rules_url: str = ""
    baseline: str = ".fep-baseline.json"
    per_file_ignores: tuple[PerFileIgnore, ...] = ()


KEYS = tuple(field.name.replace("_", "-") for field in fields(Settings))
"""Every key of ``[tool.fep]``."""


def parse(text: str) -> Settings:
    """Return the settings in the text of a ``pyproject.toml``.

    :raises ConfigError: if a key is unknown, or its value has another type.
    """
    table = _toml.parse(text, FILE, ConfigError)
    for path in (("tool",), ("tool", "fep")):
        table = table.get(path[-1], {})
        if not isinstance(table, dict):
            raise _error(text, path, f"{path[-1]!r} must be a table")
    values = {key.replace("-", "_"): _value(text, key, value) for key, value in table.items()}
    return Settings(**values)


def _value(text: str, key: str, value: Any) -> Any:
    path = ("tool", "fep", key)
    match key:
        case "process" | "rules-url" | "baseline":
            if isinstance(value, str):
                return value
            raise _error(text, path, f"{key!r} must be a string in quotes")
        case "select" | "ignore":
            if _is_list_of_texts(value):
                return tuple(value)
            raise _error(text, path, f"{key!r} must be a list of strings")
        case "strict":
            if isinstance(value, bool):
                return value
            raise _error(text, path, f"{key!r} must be true or false")
        case "per-file-ignores":
            if isinstance(value, dict) and all(map(_is_list_of_texts, value.values())):
                return tuple(
                    PerFileIgnore(glob, tuple(codes), _toml.line_of(text, (*path, glob)))
                    for glob, codes in value.items()
                )
            raise _error(text, path, f"{key!r} must be a table of lists of strings")
    raise _error(text, path, f"unknown key {key!r} in [tool.fep]; {did_you_mean(key, KEYS)}")


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _error(text: str, path: tuple[str, ...], message: str) -> ConfigError:
    return ConfigError(f"{FILE}:{_toml.line_of(text, path)}: {message}")
