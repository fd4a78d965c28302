"""Handlers of Sphinx's events: settings, the sources of a build, and which pages are outdated."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TYPE_CHECKING

from sphinx.config import ENUM
from sphinx.project import Project
from sphinx.util import logging

from .._cache import key
from .._text import is_utf8
from ..catalog.urls import site_address
from ..proposals.body import MARKDOWN_MISSING
from ..repository import Repository
from .content import SHALLOW, shows_text, SiteContent, text_suffixes
from .domain import domain_of
from .extra_files import add_static_files
from .findings import log_findings
from .i18n import catalog_digest, read_languages, set_language
from .roles import process_roles
from .search import PAGEFIND, require_pagefind
from .translations import count_progress, load_translations, LoadedTranslations, PAGES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

DEFAULTS: dict[str, Any] = {
    "exclude_patterns": [".*", "README.rst", "build", "dist"],
    "html_domain_indices": False,
    "html_use_index": False,
    "include_patterns": ["*.rst", "docs/**"],
    "smartquotes": False,
}
"""Settings for a site whose ``conf.py`` does not set them."""

PACKAGES = ("", "catalog", "catalog/charts", "catalog/exports", "history", "lint", "lint/rules",
            "lint/rules/*", "notes", "process", "proposals", "proposals/fields", "proposals/rst",
            "repository", "site")  # fmt: skip
"""The packages of fep-tools that have a part in pages: the one on rules shows their docstrings."""


class BuildEvents:
    """The handlers of the first events of a build, in the order in which Sphinx calls them."""

    repository: Repository
    pages: list[str]
    translations: LoadedTranslations
    suffixes: tuple[str, ...]

    def __init__(self, app: Sphinx) -> None:
        self.app = app

    def connect(self) -> None:
        """Add the settings, and connect the handlers."""
        app = self.app
        app.add_config_value("fep_root", "", "", types=(str,))
        app.add_config_value("fep_process", "", "", types=(str,))
        app.add_config_value("fep_cache", "", "", types=(str,))
        app.add_config_value("fep_languages", [], "html", types=(list, tuple))
        app.add_config_value("fep_local_links", False, "html", types=(bool,))
        app.add_config_value("fep_only", 0, "env", types=(int,))
        app.add_config_value("fep_repeat_warnings", True, "", types=(bool,))
        app.add_config_value("fep_search", "sphinx", "html", types=ENUM("sphinx", "pagefind"))
        # Not set by users: a new version of fep-tools must read and write all pages again.
        app.add_config_value("fep_build_digest", "", "env", types=(str,))
        app.connect("config-inited", self.configure)
        app.connect("builder-inited", self.read_content)
        app.connect("builder-inited", add_static_files)
        app.connect("env-get-outdated", skip_unchanged)
        app.connect("env-before-read-docs", self.report_problems)
        app.connect("env-updated", self.record_sources)

    def configure(self, app: Sphinx, config: Config) -> None:
        """Open the repository, and set what neither ``conf.py`` nor the command has set."""
        set_language(config.language)
        if config.fep_search == PAGEFIND:
            require_pagefind()
        root = Path(app.confdir, config.fep_root).resolve()
        cache_directory = Path(config.fep_cache or app.doctreedir / "facts")
        self.repository = Repository.open(root, config.fep_process or None, cache_directory)
        process = self.repository.process
        for name, value in {**DEFAULTS, "project": process.plural}.items():
            _set_default(config, name, value)
        _set_default(config, "html_title", config.project)
        self.translations = load_translations(app, config)
        languages = read_languages(config.fep_languages, config.language)
        config.html_baseurl = site_address(config.html_baseurl, "html_baseurl")
        if config.html_baseurl:
            config.html_baseurl += languages.directory
        if config.fep_only:
            config.root_doc = process.slug(config.fep_only)
        # A proposal in a .txt file is a document, but no other file of that kind is.
        self.suffixes = tuple(config.source_suffix)
        missing = (suffix for suffix in text_suffixes(process) if suffix not in self.suffixes)
        config.source_suffix |= dict.fromkeys(missing, "restructuredtext")
        messages = catalog_digest(config.language)
        config.fep_build_digest = key(
            program_digest(), messages, self.repository.process_text
        ).hex()

    def read_content(self, app: Sphinx) -> None:
        """Read every proposal, and replace Sphinx's list of documents."""
        only = app.config.fep_only
        content = SiteContent.read(self.repository, max(app.parallel, 1), only)
        progress = count_progress(self.translations.directories, frozenset(content.pages.values()))
        content = replace(content, progress=progress)
        domain_of(app.env).start_build(content, app.builder, self.translations)
        # Sphinx looks up roles without a domain, such as :fep:, in "std".
        app.env.get_domain("std").roles.update(process_roles(content.process))
        hidden = [*content.process.files.include, *_pattern_of(app.outdir, app.srcdir)]
        added = {name: content.source_file(name) for name in content.proposals}
        has_index = app.srcdir.joinpath(f"{app.config.root_doc}.rst").is_file()
        # For a preview of one proposal, that is the only document, and the first page.
        if only:
            hidden, added = ["**"], {app.config.root_doc: added[app.config.root_doc]}
        elif not (has_index and app.config.include_patterns):
            added |= {page.stem: page for page in sorted(PAGES.glob("*.rst"))}
        app.project = SiteProject(app.project, added, hidden, self.suffixes)
        app.env.project = app.project

    def report_problems(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Report an incomplete history, files that are left out, and findings on pages."""
        self.pages = list(docnames)
        content = domain_of(env).content
        if problem := content.history_problem:
            kind = "shallow" if problem == SHALLOW else "history"
            logger.warning("%s", problem, type="fep", subtype=kind)
        shown = {p.path: shows_text(p, content.process) for p in content.proposals.values()}
        if MARKDOWN_MISSING in content.unreadable.values():
            logger.error("pages have no text: each %s", MARKDOWN_MISSING, type="fep")
        for path, problem in content.unreadable.items():
            if problem == MARKDOWN_MISSING:
                continue
            effect = "the file is left out"
            if path in shown:
                effect = "check its page" if shown[path] else "its page has no text"
            line = next((f.span.line for f in content.findings if f.path == path), 1)
            message = f"{problem}; {effect}"
            logger.error(message, type="fep", subtype="unreadable", location=f"{path}:{line}")
        findings = content.findings
        if not app.config.fep_repeat_warnings:
            read = {content.proposals[page].path for page in docnames if page in content.proposals}
            findings = tuple(finding for finding in findings if finding.path in read)
        log_findings(findings, content.unreadable)

    def record_sources(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Record what the pages were made from that have just been read."""
        record_sources(env, self.pages)


def _set_default(config: Config, name: str, value: object) -> None:
    # Sphinx has no public way to tell a default from a setting of the same value (8.1 to 9).
    if name not in config.overrides and name not in config._raw_config:
        setattr(config, name, value)


def _pattern_of(directory: Path, parent: Path) -> Iterator[str]:
    """Return a pattern that hides a directory, if it is inside *parent*."""
    if directory.is_relative_to(parent):
        yield directory.relative_to(parent).as_posix()


@cache
def program_digest(package: Path = Path(__file__).parent.parent) -> str:
    """Return a digest of the modules that have a part in pages.

    :param package: the directory of fep-tools.
    """
    files = (path for name in PACKAGES for path in sorted(package.glob(f"{name}/*.py".lstrip("/"))))
    return key(*(path.read_bytes() for path in files)).hex()


# Documents -------------------------------------------------------------------------------------


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
            if not is_utf8(name):  # Sphinx could not write its page, nor the list of all pages
                docnames.remove(name)
                message = "the file has a name that is not UTF-8; rename it; it is left out"
                logger.error(message, type="fep", subtype="left-out", location=name)
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


# Outdated pages --------------------------------------------------------------------------------


def skip_unchanged(
    _app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    _removed: set[str],
) -> list[str]:
    """Do not read pages again whose files are the same; return others that have changed.

    Sphinx compares times, and in a fresh clone every file has a new time. It sees neither another
    translation nor a change of a file that the placeholder stands for.

    :param changed: The pages that Sphinx would read. Unchanged ones are removed from it.
    """
    domain = domain_of(env)
    sources, digests = domain.data["sources"], domain.data["translations"]
    retranslated = {
        page
        for page in env.found_docs - added
        if digests.get(page, "") != domain.translations.digest_of(page)
    }
    for page in changed - env.reread_always - retranslated:
        doctree = Path(env.doctreedir, f"{page}.doctree")
        if sources.get(page) == _source_digest(env, page) and doctree.is_file():
            changed.discard(page)
    refused = {
        page
        for page in env.found_docs - added
        if domain.content.problem_of(page) and sources.get(page) != _source_digest(env, page)
    }
    return sorted(retranslated | refused)


def record_sources(env: BuildEnvironment, pages: Iterable[str]) -> None:
    """Record the digests of the files and translations that *pages* were read from."""
    domain = domain_of(env)
    sources, digests = domain.data["sources"], domain.data["translations"]
    for page in pages:
        sources[page] = _source_digest(env, page)
        digests[page] = domain.translations.digest_of(page)
    for page in sources.keys() - env.found_docs:
        del sources[page], digests[page]


def _source_digest(env: BuildEnvironment, page: str) -> str:
    """Return a digest of the file of a page and of the files that it depends on."""
    dependencies = sorted(str(env.srcdir / path) for path in env.dependencies.get(page, ()))
    files = map(_read_or_empty, [str(env.doc2path(page)), *dependencies])
    content = domain_of(env).content
    problem = content.problem_of(page)
    if not problem:
        return key(*files).hex()
    return key(*files, problem, content.proposals[page].text).hex()


def _read_or_empty(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # a missing file has the same digest until it is there
        return b""
