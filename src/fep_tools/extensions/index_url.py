"""The URL of the package index, from the configuration of uv or pip.

No file of this project names an index: a machine may have to use another one.
"""

from __future__ import annotations

import configparser
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import FepError
from ..sandbox import toolchain

_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")

_UV_DEFAULT = re.compile(r"default: <(https://[^>\s]+)>")
"""In ``uv pip install --help``: "The default package index (by default: <https://...>)"."""


def find_index_url(
    environment: Mapping[str, str] = os.environ, files: Iterable[Path] | None = None
) -> str:
    """Return the URL of the package index, without a slash at its end.

    The variables of uv and pip come first, then their files, then the default that uv states.

    :param environment: the environment variables.
    :param files: the files to read, in order; by default, those of this user and this machine.
    :raises FepError: if there is none, or it is no URL of a server.
    """
    for variable in _VARIABLES:
        if url := environment.get(variable):
            return _checked(url, variable)
    for path in _configuration_files(environment) if files is None else files:
        if url := _read(path):
            return _checked(url, str(path))
    found = _UV_DEFAULT.search(
        toolchain.run_tool([toolchain.find_uv(), "pip", "install", "--help"])
    )
    if found is None:
        raise FepError("no package index is configured; set UV_DEFAULT_INDEX to its URL")
    return _checked(found[1], "uv")


def _configuration_files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the files of uv and pip, those of the user first."""
    home = Path.home()
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    if chosen := environment.get("UV_CONFIG_FILE"):
        yield Path(chosen)
    yield from (config / "uv" / "uv.toml", Path("/etc/uv/uv.toml"))
    if chosen := environment.get("PIP_CONFIG_FILE"):
        yield Path(chosen)
    yield from (config / "pip" / "pip.conf", home / ".pip" / "pip.conf", Path("/etc/pip.conf"))


def _read(path: Path) -> str:
    """Return the URL that a file of uv or pip has, or ``""``."""
    try:
        text = path.read_text("utf-8")
        return _from_uv(tomllib.loads(text)) if path.suffix == ".toml" else _from_pip(text)
    except (OSError, ValueError, configparser.Error):  # uv and pip report errors in their files
        return ""


def _from_uv(table: Mapping[str, Any]) -> str:
    """Return the default index of a ``uv.toml``: ``[[index]]``, or the older ``index-url``."""
    indexes = table.get("index", [])
    for index in indexes if isinstance(indexes, list) else ():
        if isinstance(index, dict) and index.get("default"):
            return str(index.get("url", ""))
    return str(table.get("index-url", ""))


def _from_pip(text: str) -> str:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    return parser.get("global", "index-url", fallback="")


def _checked(url: str, origin: str) -> str:
    """Return *url* without a slash at its end.

    :param origin: where it is from. The message does not show the URL: it may have a password.
    """
    # Plain HTTP is for a server on the same machine.
    if not re.match(r"https://[^/\s]|http://(localhost|127\.0\.0\.1|\[::1\])[:/]", url):
        raise FepError(f"{origin}: the package index must be a URL that starts with https://")
    return url.strip().rstrip("/")
