"""Files beside proposals that have the name of a proposal, and that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .._text import join_words
from ..proposals.discovery import visible_entries
from .contents import RepositoryContents

if TYPE_CHECKING:
    from ..process.model import Process

_TEXTS = (".md", ".markdown", ".rst", ".txt")


def note_on_unread(repository: RepositoryContents) -> Iterator[str]:
    """Yield a note that names the files, if there are any.

    Where proposals are ``proposals/*.rst``, the file ``proposals/fep-0012.md`` is in no list and
    has no page. Its author would take a run without findings for a proposal without any.
    """
    read = {*repository.paths, *repository.attachment_paths}
    candidates = sorted(path for path in _texts_beside(repository) if path not in read)
    # The process is read only if there is a file to ask about: most runs find its result cached.
    if not candidates:
        return
    from ..proposals.page_files import is_page

    process = repository.process
    misplaced = [
        path
        for path in candidates
        if process.files.is_misplaced(path) and not is_page(path, process)
    ]
    if misplaced:
        yield describe_misplaced(misplaced, process)


def describe_misplaced(paths: Sequence[str], process: Process) -> str:
    """Return a note on files that have the name of a proposal, and are not among them."""
    from .protected_paths import named_paths

    named = join_words(named_paths(paths), "and")
    why = f"the name is that of a {process.acronym}, but no pattern of 'include' matches"
    return f"not checked: {named}; {why}"


def _texts_beside(repository: RepositoryContents) -> Iterator[str]:
    """Yield the texts in the directories of proposals that may be named after a number."""
    directories = {path.rpartition("/")[0] for path in repository.paths}
    for directory in directories:
        for entry in visible_entries(repository.root / directory):
            path = f"{directory}/{entry.name}" if directory else entry.name
            has_digit = any(map(str.isdecimal, path))
            if (
                has_digit
                and entry.name.lower().endswith(_TEXTS)
                and not entry.is_dir(follow_symlinks=False)
            ):
                yield path
