"""The settings of a repository: ``[tool.fep]`` in its ``pyproject.toml``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from . import _toml
from ._text import did_you_mean
from .diagnostics import parse_severity, Severity
from .errors import ConfigError

FILE = "pyproject.toml"

_SITE = "https://fep-tools.readthedocs.io/en/latest/"  # the project's metadata have it, too

RULES_URL = f"{_SITE}rules/"
"""The page of this tool's documentation that explains the rules. Findings link to it, unless a
repository's own site has such a page."""

PROCESS_SCHEMA_URL = f"{_SITE}api/process.schema.json"
"""The JSON Schema of process files, which editors read."""


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
    :param rules_url: the URL of the page that explains the rules; empty for no links.
    :param plugins: the installed packages with rules and report formats of the community.
    :param baseline: the path of the file of recorded findings.
    :param severity: levels of rules, by selector: a code, the beginning of codes, or a name.
    :param lines: the lines of the keys, and of the strings in their lists, by path: such as
        ``("ignore",)`` and ``("ignore", "H103")``.
    """

    process: str = "fep/process.toml"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    rules_url: str = RULES_URL
    plugins: tuple[str, ...] = ()
    baseline: str = ".fep-baseline.json"
    per_file_ignores: tuple[PerFileIgnore, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    # Not in the representation, which is a part of the keys of the cache.
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False, repr=False)

    def location(self, *path: str) -> str | None:
        """Return the place of a key or a string as ``FILE:LINE``, if it is in the file."""
        return f"{FILE}:{self.lines[path]}" if path in self.lines else None


_PATHS = {"process": Settings.process, "baseline": Settings.baseline}
"""The keys whose value is the path of a file, with their defaults."""

KEYS = tuple(f.name.replace("_", "-") for f in fields(Settings) if f.name != "lines")
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
    return Settings(**values, lines=dict(_lines(text, ("tool", "fep"), table)))


def _lines(
    text: str, parent: tuple[str, ...], table: dict[str, Any]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the path under ``[tool.fep]`` and the line of every key, and of strings in lists."""
    for key, value in table.items():
        path = (*parent, key)
        yield path[2:], _toml.line_of(text, path)
        if isinstance(value, dict):
            yield from _lines(text, path, value)
        for string in value if isinstance(value, list) else ():
            yield (*path[2:], string), _toml.line_of_string(text, path, string)


def _value(text: str, key: str, value: Any) -> Any:
    path = ("tool", "fep", key)
    match key:
        case "process" | "rules-url" | "baseline":
            if not isinstance(value, str):
                raise _error(text, path, f"{key!r} must be a string in quotes")
            if key in _PATHS and not _is_inside(value):
                example = f'{key} = "{_PATHS[key]}"'
                raise _error(
                    text, path, f"{key!r} must name a file inside the repository: {example}"
                )
            return value
        case "select" | "ignore" | "plugins":
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
        case "severity":
            if isinstance(value, dict):
                return tuple(_severity(text, (*path, name), value[name]) for name in value)
            raise _error(text, path, f'{key!r} must be a table, such as {{ B020 = "error" }}')
    raise _error(text, path, f"unknown key {key!r} in [tool.fep]; {did_you_mean(key, KEYS)}")


def _severity(text: str, path: tuple[str, ...], value: Any) -> tuple[str, Severity]:
    try:
        return path[-1], parse_severity(value)
    except ValueError as problem:
        raise _error(text, path, str(problem)) from None


def _is_inside(path: str) -> bool:
    """Return whether *path* can be that of a file: neither the root itself nor one above it."""
    # Of "fep/..", "." is left; the empty path is the root as well.
    return posixpath.normpath(path).split("/")[0] not in {".", ".."}


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _error(text: str, path: tuple[str, ...], message: str) -> ConfigError:
    return ConfigError(f"{FILE}:{_toml.line_of(text, path)}: {message}")
