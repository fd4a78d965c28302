"""The documents of a build: proposals under the names of their pages, and other files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from sphinx.project import Project
from sphinx.util import logging

from ..proposals.page_files import name_problem, page_of_file
from ..repository import Repository
from .translations import PAGES

logger = logging.getLogger(__name__)


class SiteProject(Project):
    """The documents of a build.

    Sphinx names a document after its path, and takes every file that it finds. Here proposals
    are those that can be published, and are named after their numbers. A repository without an
    index gets the pages that come with fep-tools.

    :param added: Files by the names of their documents.
    :param hidden: Patterns of files that are not documents.
    :param suffixes: The ends of the names of other documents.
    """

    def __init__(
        self,
        project: Project,
        added: Mapping[str, Path],
        hidden: Sequence[str],
        suffixes: Sequence[str],
    ) -> None:
        super().__init__(project.srcdir, suffixes)
        self.restore(project)
        self._added = dict(added)
        self._hidden = tuple(hidden)
        self._names = {path: name for name, path in added.items()}

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Return the names of all documents.

        Sphinx adds and removes names in the set that its own method returns and stores.
        """
        docnames = super().discover([*exclude_paths, *self._hidden], include_paths)
        for name in sorted(docnames):
            if problem := name_problem(name):  # Sphinx would stop at its page
                docnames.remove(name)
                message = "the file %s; rename it; it is left out"
                logger.error(message, problem, type="fep", subtype="left-out", location=name)
        docnames.update(self._added)
        return docnames

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the name of the document in a file."""
        return self._names.get(Path(self.srcdir, filename)) or super().path2doc(filename)

    def doc2path(self, docname: str, absolute: bool) -> Path:  # type: ignore[override]
        """Return the file of a document, absolute or relative to the sources."""
        path = self._added.get(docname)
        if path is None:
            return super().doc2path(docname, absolute)
        if absolute:
            return path
        if path.is_relative_to(PAGES):
            return path.relative_to(PAGES)
        return Path(os.path.relpath(path, self.srcdir))


def page_directories(repository: Repository, proposals: Collection[str]) -> dict[str, Path]:
    """Return the files in the directories of pages that the process names, by the pages' names.

    The check reports what is left out (C023).

    :param proposals: The names of the proposals' pages, which no other file may replace.
    """
    found = repository.listing.page_files.items()
    pages = {page_of_file(path, repository.process): path for path, why in found if not why}
    return {
        page: repository.root / path
        for page, path in pages.items()
        if page.removesuffix("/index") not in proposals
    }
