"""Write new texts of files, unless somebody has changed the files since they were read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from types import MappingProxyType

from .. import _atomic
from .._files import as_text, is_text, read_file
from ..errors import RepositoryError
from ..history.worktree import WorkingTree


def rewrite(
    tree: WorkingTree,
    texts: Mapping[str, str],
    before: Mapping[str, str],
    created: Mapping[str, bytes] = MappingProxyType({}),
    replaced: Collection[str] = (),
) -> None:
    """Replace the texts of files by *texts*, which were made from *before*; both by path.

    Either all are written or, if one of the files has another text now or cannot be written, none.
    Line ends stay as the files have them.

    :param created: Files to create as well.
    :param replaced: Files, in *before*, that the created ones replace; removing them is up to the
        caller.
    :raises RepositoryError: if a file was changed, is not UTF-8, or cannot be read or written, or
        one to create exists.
    """
    with _atomic.exclusive(tree.root):
        rewrite_locked(tree, texts, before, created, replaced)


def rewrite_locked(
    tree: WorkingTree,
    texts: Mapping[str, str],
    before: Mapping[str, str],
    created: Mapping[str, bytes],
    replaced: Collection[str],
) -> None:
    """Do what :func:`rewrite` does, for a caller that keeps other processes from writing."""
    sources = {path: read_file(tree.root, path) for path in (*texts, *replaced)}
    stored = tree.as_stored(sources)
    # Which also refuses files that a sparse checkout leaves out: they cannot be read either.
    contents = {path: tree.as_on_disk(path, text) for path, text in texts.items()}
    if changed := sorted(p for p in sources if as_text(stored[p]) != before[p]):
        raise RepositoryError(
            f"{', '.join(changed)}: changed while this command ran; "
            "nothing was written, run it again"
        )
    if unreadable := sorted(path for path in texts if not is_text(stored[path])):
        raise RepositoryError(
            f"{', '.join(unreadable)}: cannot be read as UTF-8; nothing was written"
        )
    with ExitStack() as stack:
        # First write all data, each beside its file. What comes then needs no space.
        creations = {
            path: stack.enter_context(_atomic.creation(tree.root, path, data))
            for path, data in created.items()
        }
        replacements = []
        for path, data in contents.items():
            source = sources[path]
            expected = source if isinstance(source, bytes) else None
            replacement = _atomic.replacement(tree.root, path, data, expected)
            replacements.append(stack.enter_context(replacement))
        with _atomic.uninterrupted():
            for path, create in creations.items():
                if not create():
                    raise RepositoryError(f"{path} already exists; it was not overwritten")
            for replace in replacements:
                replace()
