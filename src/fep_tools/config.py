"""The settings of a checkout: ``[tool.fep]`` in its ``pyproject.toml``."""

from __future__ import annotations

from typing import Any

from . import tomlfile
from .errors import ConfigError
from .text import listed
from .text import nearest

FILE = "pyproject.toml"

Settings = dict[str, Any]

KEYS: dict[str, tuple[type[Any], Any]] = {
    "process": (str, "fep/process.toml"),
    "select": (list, []),
    "ignore": (list, []),
    "strict": (bool, False),
    "rules-url": (str, ""),
}
"""Every key, the type of its value, and what holds where it is absent."""


def parse(text: str) -> Settings:
    """The settings in *text*, the content of such a file."""
    table = tomlfile.parse(text, FILE, ConfigError)
    for part in ("tool", "fep"):
        table = table.get(part, {})
        if not isinstance(table, dict):
            line = tomlfile.line_of(text, ("tool", "fep")[: 1 + (part == "fep")])
            raise ConfigError(f"{FILE}:{line}: {part!r} is a table")
    for name, value in table.items():
        _check(text, name, value)
    return {name: table.get(name, default) for name, (_type, default) in KEYS.items()}


def _check(text: str, name: str, value: Any) -> None:
    line = tomlfile.line_of(text, ("tool", "fep", name))
    if name not in KEYS:
        meant = nearest(name, KEYS) or listed(KEYS)
        raise ConfigError(f"{FILE}:{line}: unknown key {name!r} in [tool.fep]; write {meant}")
    wanted = KEYS[name][0]
    if not isinstance(value, wanted) or (
        wanted is list and not all(isinstance(item, str) for item in value)
    ):
        kinds = {str: "a text in quotes", list: "a list of texts", bool: "true or false"}
        raise ConfigError(f"{FILE}:{line}: {name!r} is {kinds[wanted]}")
