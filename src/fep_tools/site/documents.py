"""The documents of a build: proposals under the names of their pages, and other files.

If proposals are restricted, the other files are read as they are: never through a link, and never
more than a limit. See docs/security.rst, *sec-reading*.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any, TYPE_CHECKING

from sphinx.project import EXCLUDE_PATHS, Project
from sphinx.util import logging
from sphinx.util.matching import compile_matchers

from .._files import MAX_FILE_BYTES, read_file
from ..process.schema import Files
from ..proposals.page_files import IS_LINK, name_problem, page_of_file, text_problem
from ..repository import Repository
from .translations import PAGES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

logger = logging.getLogger(__name__)

MAX_HANDBOOK_BYTES = 64 * MAX_FILE_BYTES
"""The largest page of those that only whom we trust may change: less than what stops a build."""


class SiteProject(Project):
    """The documents of a build.

    Sphinx names a document after its path, and takes every file that it finds. Here proposals
    are those that can be published, and are named after their numbers. A repository without an
    index gets the pages that come with fep-tools.

    :param added: Files by the names of their documents.
    :param hidden: Patterns of files that are not documents.
    :param suffixes: The ends of the names of other documents.
    :param languages: The directories of the other languages of the site.
    :param root: The root of the repository.
    :param files: What the process says about files; ``None`` if proposals are not restricted.
    :param taken: The paths of files that the process adds to the site.
    :param found: The files of documents that the last build has found, by name; those that this
        build finds replace them. Sphinx asks for the files before it looks for documents.
    """

    def __init__(
        self,
        project: Project,
        added: Mapping[str, Path] = MappingProxyType({}),
        *,
        hidden: Sequence[str],
        suffixes: Sequence[str] = (),
        languages: Collection[str] = (),
        root: Path = Path(),
        files: Files | None = None,
        taken: Collection[str] = (),
        found: dict[str, str] | None = None,
    ) -> None:
        super().__init__(project.srcdir, suffixes)
        self.restore(project)
        self._languages = {language.lower() for language in languages}
        self._root = root
        self._files = files
        self._taken = {path.lower() for path in taken}
        self._found: dict[str, str] = {} if found is None else found
        self._added = dict(added)
        self._hidden = tuple(hidden)
        self._names = {path: name for name, path in added.items()}

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Return the names of all documents.

        Sphinx adds and removes names in the set that its own method returns and stores.
        """
        excluded = [*exclude_paths, *self._hidden]
        if self._files is None:
            docnames = super().discover(excluded, include_paths)
        else:
            docnames = self.docnames
            docnames.clear()
            found = self._find([*excluded, *EXCLUDE_PATHS], include_paths, self._files)
            self._found.clear()
            self._found.update(found)
            docnames.update(self._found)
        docnames.update(self._added)
        for name in sorted(docnames):
            problem = "" if name in self._added else name_problem(name)  # Sphinx would stop there
            if name.split("/")[0].lower() in self._languages:
                problem = "has the name of the directory of a language of the site"
            path = PurePath(name.lower())  # the page a/b is the file a/b/index.html
            if not self._taken.isdisjoint(map(str, (path, *path.parents))):
                problem = "has the name of a file that the process adds to the site"
            if problem:
                docnames.remove(name)
                message = "the file %s; rename it; it is left out"
                logger.error(message, problem, type="fep", subtype="left-out", location=name)
        return docnames

    def _find(self, exclude: Sequence[str], include: Iterable[str], files: Files) -> dict[str, str]:
        """Return the files in the repository that are read, by the names of their documents.

        Sphinx would follow links: out of the repository, and round in circles.
        """
        found: dict[str, str] = {}
        files_of_urls = {_url(name): "" for name in self._added}
        for path, problem in find_sources(Path(self.srcdir), exclude, include, self.source_suffix):
            name = super().path2doc(path) or path
            problem = problem or self._problem_of(path, files)
            if not problem and (other := files_of_urls.get(_url(name))) is not None:
                problem = "has the name of another page, such as that of a proposal"
                problem = f"is for the same page as {other}" if other else problem
            if problem:
                kind = "directory" if path.endswith("/") else "file"
                message, location = f"the {kind} %s; it is left out", f"{path}:1"
                logger.error(message, problem, type="fep", subtype="left-out", location=location)
            else:
                found[name] = files_of_urls[_url(name)] = path
        return found

    def _problem_of(self, path: str, files: Files) -> str:
        """Return why a page cannot be read, as the end of a sentence, or ``""``."""
        from_root = os.path.relpath(os.path.join(self.srcdir, path), self._root)
        is_handbook = files.is_handbook(from_root.replace(os.sep, "/"))
        limit = MAX_HANDBOOK_BYTES if is_handbook else MAX_FILE_BYTES
        source = read_file(Path(self.srcdir), path, limit)
        return text_problem(source, allows_hidden=is_handbook)

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the name of the document in a file."""
        return self._names.get(Path(self.srcdir, filename)) or super().path2doc(filename)

    def doc2path(self, docname: str, absolute: bool) -> Path:  # type: ignore[override]
        """Return the file of a document, absolute or relative to the sources."""
        path = self._added.get(docname)
        if path is None and docname in self._found:
            path = Path(self.srcdir, self._found[docname])
        if path is None:
            return super().doc2path(docname, absolute)
        if absolute:
            return path
        if path.is_relative_to(PAGES):
            return path.relative_to(PAGES)
        return Path(os.path.relpath(path, self.srcdir))


def hide_documents(app: Sphinx) -> None:
    """Let a build look for documents only when :class:`SiteProject` does so.

    Sphinx looks for them when it has created the builder, if it has none of an earlier build. It
    would follow links, round in circles as well.
    """
    create = app.create_builder

    def create_builder(name: str) -> Builder:
        app.project = app.env.project = SiteProject(app.project, hidden=["**"])
        return create(name)

    # Sphinx has no event between the two, and no setting that leaves its configuration as it is.
    app.create_builder = create_builder  # type: ignore[method-assign]


def name_source(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], *_: object
) -> None:
    """Name the published source of a page after the page and the kind of its file.

    Sphinx cuts the name of the page off the path: ``fep-0007`` from ``proposals/fep-0007.rst``
    leaves ``s/fep-0007.rst``.
    """
    if context.get("sourcename"):
        suffix = app.env.doc2path(page, base=False).suffix
        added = app.config.html_sourcelink_suffix
        context["page_source_suffix"] = suffix
        context["sourcename"] = page + suffix + ("" if suffix == added else added)


def _url(page: str) -> str:
    """Return what is the same for ``guides`` and ``guides/index``: each is guides/index.html."""
    return page.removesuffix("/index")


def find_sources(
    root: Path, exclude: Iterable[str], include: Iterable[str], suffixes: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the paths of the files that may be documents, and why one is not read, or ``""``.

    A link to a directory is one of them if a document in it would be, and so is a directory that
    cannot be read; its path ends with a slash.

    :param exclude: Patterns of Sphinx for files and directories.
    :param include: Patterns of Sphinx for files.
    """
    excluded, included = compile_matchers(exclude), compile_matchers(include)
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(root / prefix) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as problem:
            if any(match(f"{prefix}page{suffix}") for match in included for suffix in suffixes):
                yield prefix, f"cannot be read: {os.strerror(problem.errno or 0).lower()}"
            continue
        for entry in found:
            path = f"{prefix}{entry.name}"
            if any(match(path) for match in excluded):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
                continue
            names = [path] if path.endswith(tuple(suffixes)) else []
            if entry.is_symlink() and entry.is_dir():
                names = [f"{path}/page{suffix}" for suffix in suffixes]
            if any(match(name) for match in included for name in names):
                yield path, IS_LINK if entry.is_symlink() else ""


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
