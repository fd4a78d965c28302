"""The settings of a checkout: ``[tool.fep]`` in its ``pyproject.toml``."""

from __future__ import annotations

from typing import Any, NamedTuple

from . import _toml
from ._text import did_you_mean
from .errors import ConfigError

FILE = "pyproject.toml"

Settings = dict[str, Any]


class PerFile(NamedTuple):
    """Rules that are not for the files that *glob* matches; *line* is where that is said."""

    glob: str
    codes: tuple[str, ...]
    line: int


KEYS: dict[str, tuple[type[Any], Any]] = {
    "process": (str, "fep/process.toml"),
    "select": (list, []),
    "ignore": (list, []),
    "strict": (bool, False),
    "rules-url": (str, ""),
    "baseline": (str, ".fep-baseline.json"),
    "per-file-ignores": (dict, {}),
}
"""Every key, the type of its value, and what holds where it is absent."""

_KINDS = {
    str: "a text in quotes",
    list: "a list of texts",
    bool: "true or false",
    dict: "a table of lists of texts",
}


def parse(text: str) -> Settings:
    """The settings in *text*, the content of such a file."""
    table = _toml.parse(text, FILE, ConfigError)
    for part in ("tool", "fep"):
        table = table.get(part, {})
        if not isinstance(table, dict):
            line = _toml.line_of(text, ("tool", "fep")[: 1 + (part == "fep")])
            raise ConfigError(f"{FILE}:{line}: {part!r} is a table")
    for name, value in table.items():
        _check(text, name, value)
    settings = {name: table.get(name, default) for name, (_type, default) in KEYS.items()}
    settings["per-file-ignores"] = _per_file(text, settings["per-file-ignores"])
    return settings


def _check(text: str, name: str, value: Any) -> None:
    line = _toml.line_of(text, ("tool", "fep", name))
    if name not in KEYS:
        hint = did_you_mean(name, KEYS)
        raise ConfigError(f"{FILE}:{line}: unknown key {name!r} in [tool.fep]; {hint}")
    wanted = KEYS[name][0]
    lists = value.values() if isinstance(value, dict) else [value]
    if not isinstance(value, wanted) or (
        wanted in {list, dict} and not all(_is_texts(item) for item in lists)
    ):
        raise ConfigError(f"{FILE}:{line}: {name!r} is {_KINDS[wanted]}")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _per_file(text: str, table: dict[str, list[str]]) -> tuple[PerFile, ...]:
    return tuple(
        PerFile(glob, tuple(codes), _toml.line_of(text, ("tool", "fep", "per-file-ignores", glob)))
        for glob, codes in table.items()
    )
