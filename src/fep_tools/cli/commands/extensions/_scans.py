"""What the commands have in common that scan extensions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._cache import Cache
    from ....extensions.model import ExtensionList
    from ....extensions.selection import Source
    from ....proposals.model import Proposal
    from ....repository import Repository


def watched_extensions(repository: Repository) -> ExtensionList:
    """Return the extensions that the repository watches.

    :raises RepositoryError: if their file is missing or invalid.
    """
    from ...._files import read_text
    from ....errors import ProcessError, RepositoryError
    from ....extensions.model import ExtensionList, EXTENSIONS_FILE

    table = repository.process.extensions
    path = table.watched if table else EXTENSIONS_FILE
    text = read_text(repository.root, path, ProcessError)
    if text is None:
        raise RepositoryError(f"{path} is missing; it lists the extensions to scan")
    return ExtensionList.parse(text, path)


def index_cache(repository: Repository) -> Cache:
    """Return the cache of the answers of the package index; none with ``--no-cache``."""
    from ...._cache import Cache
    from ... import storage

    return Cache(storage.index_directory() if repository.cache.directory else None)


def open_source(cache: Cache) -> Source:
    """Return the package index that uv or pip is configured for."""
    from ....extensions.index import Index
    from ....extensions.index_url import find_index_url
    from ....extensions.transport import fetch

    return Index(find_index_url(), fetch, cache)


def find_proposal(repository: Repository, number: int) -> Proposal:
    """Return a proposal that declares names.

    :raises RepositoryError: if there is no such proposal, or it declares none.
    """
    from ....errors import RepositoryError
    from ....extensions.affected import declared_symbols

    proposal = repository.corpus(bodies=False).get(number)
    label = repository.process.label(number)
    if proposal is None:
        raise RepositoryError(f"there is no {label}")
    if not declared_symbols(proposal):
        raise RepositoryError(f"{label} has no header that declares names, such as Removes")
    return proposal


@contextmanager
def progress() -> Iterator[None]:
    """Show the progress of a scan on standard error."""
    from ...._progress import observed
    from ...terminal import Progress

    bar = Progress()
    with observed(bar.count):
        try:
            yield
        finally:
            bar.clear()
