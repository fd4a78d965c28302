"""Which documents Sphinx builds.

Sphinx calls a document after its path, and takes whatever it finds. Here the proposals are
those that were read and found fit, each under the name of its page, and where a repository
has no index of its own, the pages are there that come with the tool.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sphinx.project import Project

PAGES = Path(__file__).parent / "pages"
"""The pages for a repository that has none."""


class Sources(Project):
    """What Sphinx finds but for *hidden* patterns, and *added* files under names of their own."""

    def __init__(self, found: Project, added: Mapping[str, Path], hidden: Sequence[str]) -> None:
        super().__init__(found.srcdir, found.source_suffix)
        self.restore(found)
        self._added = dict(added)
        self._hidden = tuple(hidden)
        self._names = {path: name for name, path in added.items()}

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find all documents; the names of those that are now here."""
        found = super().discover([*exclude_paths, *self._hidden], include_paths)
        found.update(self._added)
        return found

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """The name of the document in a file, which may be absolute or below the sources."""
        return self._names.get(Path(self.srcdir, filename)) or super().path2doc(filename)

    def doc2path(self, docname: str, absolute: bool) -> Path:  # type: ignore[override]
        """The file of a document; if not *absolute*, from the folder of the sources."""
        path = self._added.get(docname)
        if path is None:
            return super().doc2path(docname, absolute)
        if absolute:
            return path
        if path.is_relative_to(PAGES):
            return path.relative_to(PAGES)
        return Path(os.path.relpath(path, self.srcdir))
