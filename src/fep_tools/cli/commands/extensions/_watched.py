"""The watched extensions of a repository, and those that a command is about."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ....extensions.model import Extension, ExtensionList


def load(root: Path) -> ExtensionList:
    """Return the watched extensions of the repository in *root*.

    :raises FepError: if it has none, or their file has an error.
    """
    from ...._files import read_text
    from ....errors import ProcessError, RepositoryError
    from ....extensions.model import ExtensionList, EXTENSIONS_FILE

    text = read_text(root, EXTENSIONS_FILE, ProcessError)
    if text is None:
        raise RepositoryError(f"{EXTENSIONS_FILE} is missing; it lists the extensions")
    return ExtensionList.parse(text, EXTENSIONS_FILE)


def select(watched: ExtensionList, names: Iterable[str]) -> dict[Extension, str | None]:
    """Return the extensions called *names*, or all without names, with the version of each.

    :param names: ``Flask-Login``, or ``Flask-Login==0.6.2``. The version is ``None`` if none is
        given.
    :raises FepError: if one is not watched.
    """
    from ...._text import closest_match, quote, safe
    from ....errors import FepError
    from ....extensions.model import EXTENSIONS_FILE, normalize

    selected: dict[Extension, str | None] = {}
    for name in names:
        distribution, _, version = name.partition("==")
        extension = watched.by_key.get(normalize(distribution.strip()))
        if extension is None:
            likely = closest_match(normalize(distribution), watched.by_key)
            hint = f"; did you mean {safe(watched.by_key[likely].name)}?" if likely else ""
            raise FepError(f"{EXTENSIONS_FILE} does not list {quote(distribution)}{hint}")
        selected[extension] = version.strip() or None
    return selected or dict.fromkeys(watched.extensions)
