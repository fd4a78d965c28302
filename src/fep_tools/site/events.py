"""Handlers of Sphinx's events: settings, and the sources of a build."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TYPE_CHECKING

from docutils.parsers.rst import roles
from sphinx.config import ENUM
from sphinx.util import logging
from sphinx.util.docutils import is_directive_registered, is_role_registered

from .._cache import key
from .._files import find_git_root
from .._text import plural
from ..catalog.translations import count_progress
from ..catalog.urls import site_address
from ..proposals.body import MARKDOWN_MISSING
from ..repository import Repository
from .builder import SiteBuilder
from .conf_files import leave_out_links
from .content import SiteContent
from .directives import banner_directive
from .documents import hide_documents, name_source, page_directories, SiteProject
from .domain import domain_of
from .extra_files import add_static_files
from .findings import log_findings
from .i18n import catalog_digest, read_languages, set_language
from .log_handlers import escape_warnings
from .outdated import record_sources, skip_unchanged, text_digest
from .output import FACTS, refuse_committed_files
from .page_texts import shows_text
from .pagefind import PAGEFIND, require_pagefind
from .program_digest import program_digest
from .reading import SHALLOW
from .roles import process_roles
from .search import AUTO
from .setting_errors import explained
from .suffixes import add_suffixes, keep_parser
from .translations import forget_translations, load_translations, LoadedTranslations, PAGES
from .upgrades import MAX_PAIRS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

RESTRICTED_DEFAULTS: dict[str, Any] = {
    "exclude_patterns": [".*", "README.rst", "build", "dist"],
    "html_domain_indices": False,
    "html_math_renderer": "fep",
    "html_use_index": False,
    "include_patterns": ["*.rst", "docs/**"],
    # For an anchor, a page is read to its end, which that of a hostile server need not have.
    "linkcheck_anchors": False,
    "latex_engine": "xelatex",  # pdflatex stops at letters that its fonts do not have
    "smartquotes": False,
}
"""Settings that ``conf.py`` does not set, if proposals are restricted."""


class BuildEvents:
    """The handlers of the first events of a build, in the order in which Sphinx calls them."""

    repository: Repository
    texts: dict[str, str]
    own_pages: frozenset[str] = frozenset()
    translations: LoadedTranslations
    suffixes: tuple[str, ...]
    roles: dict[str, Any]

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.start = time.time()

    def connect(self) -> None:
        """Add the settings, and connect the handlers."""
        app = self.app
        app.add_config_value("fep_root", "", "", types=(str,))
        app.add_config_value("fep_process", "", "", types=(str,))
        app.add_config_value("fep_cache", "", "", types=(str,))
        app.add_config_value("fep_languages", [], "html", types=(list, tuple))
        app.add_config_value("fep_local_links", False, "html", types=(bool,))
        app.add_config_value("fep_only", 0, "env", types=(int,))
        app.add_config_value("fep_restricted", False, "env", types=(bool,))
        app.add_config_value("fep_repeat_warnings", True, "", types=(bool,))
        engines = ENUM(AUTO, "sphinx", PAGEFIND)
        app.add_config_value("fep_search", AUTO, "html", types=engines)
        # Not set by users: a new version of fep-tools must read and write all pages again.
        app.add_config_value("fep_build_digest", "", "env", types=(str,))
        app.connect("config-inited", explained(self.configure))
        app.connect("config-inited", self.keep_parser, 900)  # Sphinx has added those of extensions
        app.connect("builder-inited", explained(self.read_content))
        # After the handlers of other extensions, whose roles come first.
        app.connect("builder-inited", self.add_markup, 900)
        app.connect("builder-inited", add_static_files)
        app.connect("env-get-outdated", skip_unchanged)
        app.connect("env-before-read-docs", self.report_problems)
        app.connect("source-read", self.forget_roles, 0)
        app.connect("env-updated", self.record_sources)
        app.connect("env-updated", changed_pages, 900)
        app.connect("env-updated", self.forget_translations, 990)
        app.connect("html-page-context", name_source)

    def configure(self, app: Sphinx, config: Config) -> None:
        """Open the repository, and set what neither ``conf.py`` nor the command has set."""
        set_language(config.language)
        if config.fep_search == PAGEFIND:
            require_pagefind()
        root = Path(app.confdir, config.fep_root).resolve()
        cache_directory = Path(config.fep_cache or app.doctreedir / FACTS)
        self.repository = Repository.open(root, config.fep_process or None, cache_directory)
        process = self.repository.process
        _set_default(config, "project", process.plural)
        if config.fep_restricted:
            escape_warnings()
            refuse_committed_files(self.repository, Path(app.doctreedir), needs_git=True)
            refuse_committed_files(self.repository, Path(app.outdir))
            leave_out_links(config, app.confdir.resolve(), find_git_root(root) or root)
            # docutils would read settings from docutils.conf in the current directory, and these
            # would override ours. See docs/security.rst, sec-markup.
            os.environ["DOCUTILSCONFIG"] = os.devnull
            # Sphinx would publish a.en.svg, which may also be a link, in the place of a.svg, which
            # was checked.
            config.figure_language_filename = "{root}{ext}"
            for name, value in {**RESTRICTED_DEFAULTS, "html_title": config.project}.items():
                _set_default(config, name, value)
            hide_documents(app)
        elif not config.html_math_renderer:
            config.html_math_renderer = _own_math_renderer(app)
        self.translations = load_translations(app, config)
        languages = read_languages(config.fep_languages, config.language)
        config.html_baseurl = site_address(config.html_baseurl, "html_baseurl")
        if config.html_baseurl:
            config.html_baseurl += languages.directory
        if config.fep_only:
            config.root_doc = process.slug(config.fep_only)
        self.suffixes = add_suffixes(app, config, process)
        messages = catalog_digest(config.language)
        config.fep_build_digest = key(
            program_digest(), messages, self.repository.process_text, *self._inventories()
        ).hex()

    def _inventories(self) -> Iterator[bytes]:
        """Yield the inventories, which decide about links on any page."""
        for path in sorted(self.repository.process.inventory_files):
            source = self.repository.sources.get(path)
            yield source if isinstance(source, bytes) else b""

    def keep_parser(self, _app: Sphinx, config: Config) -> None:
        """Take back what extensions have said about files that our parser reads."""
        if config.fep_restricted:
            keep_parser(config, self.repository.process)

    def read_content(self, app: Sphinx) -> None:
        """Read every proposal, and replace Sphinx's list of documents."""
        only = app.config.fep_only
        restricted = app.config.fep_restricted
        srcdir = None if restricted else Path(app.srcdir).resolve()
        content = SiteContent.read(self.repository, max(app.parallel, 1), only, srcdir)
        progress = count_progress(self.translations.directories, frozenset(content.pages.values()))
        content = replace(content, progress=progress)
        domain_of(app.env).start_build(
            content, app.builder, self.translations, restricted=restricted
        )
        hidden = [*content.process.files.include, *_pattern_of(app.outdir, app.srcdir)]
        if not restricted:
            hidden = []
        pages = page_directories(self.repository, content.proposals) if restricted else {}
        hidden += (path.relative_to(app.srcdir).as_posix() for path in pages.values())
        added = pages | {name: content.source_file(name) for name in content.proposals}
        self.own_pages = frozenset(pages)
        has_index = app.srcdir.joinpath(f"{app.config.root_doc}.rst").is_file()
        # For a preview of one proposal, that is the only document, and the first page.
        if only:
            hidden, added = ["**"], {app.config.root_doc: added[app.config.root_doc]}
        elif restricted and not (has_index and app.config.include_patterns):
            added |= {page.stem: page for page in sorted(PAGES.glob("*.rst"))}
        app.project = SiteProject(
            app.project,
            added,
            hidden=hidden,
            suffixes=self.suffixes,
            languages=app.config.fep_languages[1:] if restricted else (),
            root=content.root.resolve(),
            files=content.process.files if restricted else None,
            taken=content.process.added_files if restricted else (),
            found=domain_of(app.env).data["files"],
        )
        app.env.project = app.project

    def add_markup(self, app: Sphinx) -> None:
        """Add the roles of the process for all pages, and its banners.

        In a project of its own, a community may have roles and directives of the same names.
        """
        process = self.repository.process
        std = app.env.get_domain("std")
        for name, role in process_roles(process).items():
            taken = name in std.roles or is_role_registered(name)
            # Sphinx looks up roles without a domain, such as :fep:, in "std".
            if app.config.fep_restricted or not taken:
                std.roles[name] = role
        for banner in process.banners:
            if app.config.fep_restricted or not is_directive_registered(banner.name):
                directive = banner_directive(process, banner.name)
                app.add_directive(banner.name, directive, override=True)

    def forget_roles(self, app: Sphinx, _page: str, _source: list[str]) -> None:
        """Forget the roles of the last page: docutils keeps what ``.. role::`` defines for all.

        A role would have another meaning in the pages that the same process reads after it.
        """
        # Sphinx has just put there, without a name, the default role that conf.py names.
        default = vars(roles)["_roles"].get("") if app.config.default_role else None
        vars(roles)["_roles"] = {**self.roles, **({"": default} if default else {})}

    def report_problems(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Report an incomplete history, files that are left out, and findings on pages."""
        self.texts = {page: text_digest(env, page) for page in docnames}
        self.roles = dict(vars(roles)["_roles"])
        content = domain_of(env).content
        if problem := content.history_problem:
            kind = "shallow" if problem == SHALLOW else "history"
            logger.warning("%s", problem, type="fep", subtype=kind)
        for problem in content.report_problems:
            message = "%s; the pages on extensions do without it"
            logger.error(message, problem, type="fep", subtype="extensions")
        if left_out := content.upgrades_left_out:
            message = "%s to or from the newest version have no page: only %s on each side do"
            values = plural(left_out, "upgrade"), MAX_PAIRS
            logger.warning(message, *values, type="fep", subtype="upgrades")
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
        record_sources(env, self.texts, self.start)
        for name in self.own_pages & env.found_docs:  # no table of contents needs to have them
            env.metadata[name].setdefault("orphan", "")

    def forget_translations(self, app: Sphinx, _env: BuildEnvironment) -> None:
        """Let no template use translations that anybody can propose."""
        if app.config.fep_restricted:
            forget_translations(self.translations)


def changed_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that one of Sphinx's own builders must write; ours finds them itself."""
    return [] if isinstance(app.builder, SiteBuilder) else domain_of(env).changed_pages()


def _own_math_renderer(app: Sphinx) -> str:
    """Return the renderer of formulas that a project has without our extension."""
    # Sphinx adds mathjax to every project, and it is used if there is no other.
    others = set(app.registry.html_inline_math_renderers) - {"fep", "mathjax"}
    return others.pop() if len(others) == 1 else "mathjax"


def _set_default(config: Config, name: str, value: object) -> None:
    # Sphinx has no public way to tell a default from a setting of the same value (8.2 to 9).
    if name not in config.overrides and name not in config._raw_config:
        setattr(config, name, value)


def _pattern_of(directory: Path, parent: Path) -> Iterator[str]:
    """Return a pattern that hides a directory, if it is inside *parent*."""
    if directory.is_relative_to(parent):
        yield directory.relative_to(parent).as_posix()
