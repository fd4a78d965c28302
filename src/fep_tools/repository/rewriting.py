"""Write new texts of files, unless somebody has changed the files since they were read."""

from __future__ import annotations

from collections.abc import Mapping

from .. import _atomic
from .._files import as_text, read_file
from ..errors import RepositoryError
from ..history.worktree import WorkingTree


def rewrite(tree: WorkingTree, texts: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Replace the texts of files by *texts*, which were made from *before*; both by path.

    Either all are written or, if one of the files has another text now, none. Line ends stay as
    the files have them.

    :raises RepositoryError: if a file was changed, or cannot be written.
    """
    with _atomic.exclusive(tree.root):
        sources = {path: read_file(tree.root, path) for path in texts}
        stored = tree.as_stored(sources)
        contents = {path: tree.as_on_disk(path, text) for path, text in texts.items()}
        if changed := sorted(p for p in texts if as_text(stored[p]) != before[p]):
            raise RepositoryError(
                f"{', '.join(changed)}: changed while this command ran; "
                "nothing was written, run it again"
            )
        for path, data in contents.items():
            source = sources[path]
            expected = source if isinstance(source, bytes) else None
            _atomic.replace(tree.root, path, data, expected)
