"""Build the site of a repository: Sphinx with our extension, for :program:`fep build`."""

from __future__ import annotations

import gc
import logging as std_logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, IO

from sphinx import events
from sphinx.application import builtin_extensions, Sphinx
from sphinx.errors import ExtensionError, SphinxError
from sphinx.locale import translators
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import NAMESPACE

from .._text import plural, quote, safe
from ..errors import RepositoryError
from ..process.sphinx_conf import EXTENSION, FILE, names_extension, read_conf
from ..proposals.rst.traversal import quick_traversal, watched_transforms
from .builder import SiteBuilder
from .domain import domain_of
from .log_handlers import CountingHandler, SafeStream
from .options import BuildOptions, BuildReport, Writer
from .output import refuse_links
from .page_progress import report_pages
from .past_warnings import WarningRecorder

DOCTREES = ".doctrees"
"""The directory in the output with what makes the next build faster. It is not published."""

GC_THRESHOLDS = (100_000, 20, 100)
"""Trees have many objects that live long; with Python's own thresholds, a third of a build is
spent on looking for garbage among them."""

DEFAULT_CONF: dict[str, Any] = {
    "exclude_patterns": ["**"],
    "extensions": [EXTENSION],
    "html_theme": "fep",
    "include_patterns": [],
}
"""The settings if no ``conf.py`` is run: proposals, and no other pages of the repository."""

CONF_NOT_RUN = (
    f"{FILE} was not run, because its extensions do not name {EXTENSION}; "
    "if you trust the repository, add --conf to run it"
)


def build(options: BuildOptions, warnings: Writer, progress: Callable[[str], None]) -> BuildReport:
    """Build the site in all its languages.

    :param warnings: Receives Sphinx's warnings, safe to print.
    :param progress: Called with a description of each step.
    :raises RepositoryError: If the site cannot be built.
    """
    has_conf = options.root.joinpath(FILE).is_file()
    if has_conf and not runs_conf(options) and options.repeat_warnings:
        warnings.write(f"fep: {CONF_NOT_RUN}\n")
    with _relaxed_gc(), brief_events(), quick_traversal():
        try:
            return _build_languages(options, warnings, progress)
        except ExtensionError as problem:
            # Sphinx wraps what our handlers raise, and shows the wrapper as a bug.
            raise problem.orig_exc or problem from None
        except SphinxError as problem:
            raise RepositoryError(safe(str(problem), None)) from None


@contextmanager
def _relaxed_gc() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def brief_events() -> Iterator[None]:
    """Let Sphinx log events without their arguments, which it writes out though nothing shows them.

    Those of ``html-page-context`` have the whole page.
    """
    module: Any = events
    module.repr = lambda _arguments: ""  # in the place of the built-in function
    try:
        yield
    finally:
        del module.repr


def _build_languages(
    options: BuildOptions, warnings: Writer, progress: Callable[[str], None]
) -> BuildReport:
    """Build the first language at the top, and each other in a directory of its name."""
    # docutils keeps directives, roles and nodes in module globals. These two put them back.
    with patch_docutils(), docutils_namespace():
        built = _build_language(options, warnings, progress)
    others = () if options.only or options.language else built.languages[1:]
    for language in others:
        part = replace(
            options,
            languages=built.languages,
            language=language,
            output=options.output / language,
            doctrees=options.doctrees / language if options.doctrees else None,
        )
        built = _add_counts(built, _build_languages(part, warnings, progress))
    return built


def _add_counts(first: BuildReport, other: BuildReport) -> BuildReport:
    counts = ("pages", "read", "written", "errors", "warnings")
    sums = {name: getattr(first, name) + getattr(other, name) for name in counts}
    return replace(first, **sums, failed=first.failed or other.failed)


def _build_language(
    options: BuildOptions, warnings: Writer, progress: Callable[[str], None]
) -> BuildReport:
    nocolor()
    translators.clear()  # Sphinx keeps the catalogs of the last build, in its language
    for directory in (options.output, options.doctrees or options.output):
        refuse_links(options.root, directory)
    progress("reading the proposals")
    # Sphinx reads conf.py here, and opens the repository through our handlers.
    app = _create_app(options, SafeStream(warnings, options.root))
    _check_first_language(app, options)
    recorder = WarningRecorder(app, app.doctreedir / "warnings.json")
    std_logging.getLogger(NAMESPACE).addHandler(recorder)
    read: list[str] = []

    def on_read(_app: Sphinx, _env: object, docnames: list[str]) -> None:
        read.extend(docnames)
        progress(f"parsing {plural(len(docnames), 'page')}")

    app.connect("env-before-read-docs", on_read, 900)
    app.connect("write-started", lambda _app, _builder: progress("writing"))
    report_pages(app, read)
    with watched_trees(app):
        app.build()
    recorder.finish(repeat=options.repeat_warnings)
    return _create_report(app, len(read), app.counter)


def watched_trees(app: Sphinx) -> AbstractContextManager[None]:
    """Watch trees, unless an extension may change them in a way that is not seen."""
    others = app.extensions.keys() - set(builtin_extensions)
    is_known = all(name.startswith((EXTENSION, "sphinx.")) for name in others)
    return watched_transforms() if is_known else nullcontext()


def _create_app(options: BuildOptions, warnings: IO[str]) -> SiteApplication:
    """Create the Sphinx application."""
    has_conf = runs_conf(options)
    settings: dict[str, Any] = {
        "fep_cache": options.cache,
        "fep_local_links": options.local,
        "fep_process": options.process,
        "fep_restricted": True,
    }
    if options.base:
        settings["html_baseurl"] = options.base
    if options.languages:
        settings["fep_languages"] = options.languages
        settings["language"] = options.language or options.languages[0]
    if not options.repeat_warnings:
        settings["fep_repeat_warnings"] = False
    if options.only:
        settings["fep_only"] = options.only
    if options.search:
        settings["fep_search"] = options.search
    return SiteApplication(
        srcdir=options.root,
        confdir=options.root if has_conf else None,
        outdir=options.output,
        doctreedir=_doctree_directory(options),
        buildername=options.builder or SiteBuilder.name,
        confoverrides=settings if has_conf else {**DEFAULT_CONF, **settings},
        status=None,
        warning=warnings,
        parallel=options.jobs,
    )


def _doctree_directory(options: BuildOptions) -> Path:
    """Return the directory of the doctrees; ``gettext`` cannot use those of other builders.

    It marks each paragraph with an identifier, and Sphinx ends the build if others do not.
    """
    directory = options.doctrees or options.output / DOCTREES
    return directory / options.builder if options.builder == "gettext" else directory


def runs_conf(options: BuildOptions) -> bool:
    """Return whether a build runs the ``conf.py`` of the repository.

    It is code, so it is only run if it is meant for this tool, or if the user says so.
    """
    has_conf = options.root.joinpath(FILE).is_file()
    return has_conf and (options.conf or names_extension(read_conf(options.root)))


class SiteApplication(Sphinx):
    """Sphinx with our extension, even if ``conf.py`` does not name it."""

    def _init_i18n(self) -> None:
        """Load Sphinx's own labels without those in the repository.

        Sphinx would compile ``locales/fr/LC_MESSAGES/sphinx.po``, write the result beside it,
        also through a link, and put what it says into templates. See docs/security.rst,
        *sec-writing*. Sphinx has no setting for this.
        """
        directories = self.config.locale_dirs
        self.config.locale_dirs = []
        super()._init_i18n()
        self.config.locale_dirs = directories

    counter: CountingHandler
    shows_errors = True

    def preload_builder(self, name: str) -> None:
        """Load the extension that defines the builder, after those of ``conf.py``.

        From now on, warnings are counted.
        """
        self.counter = CountingHandler(self)
        std_logging.getLogger(NAMESPACE).addHandler(self.counter)
        self.setup_extension(EXTENSION)
        super().preload_builder(name)


def _check_first_language(app: Sphinx, options: BuildOptions) -> None:
    """Check that the language at the top of the site is the one that ``conf.py`` sets.

    :raises RepositoryError: If it is not.
    """
    languages, language = app.config.fep_languages, app.config.language
    if languages and not options.language and languages[0] != language:
        first, current = quote(languages[0]), quote(language)
        raise RepositoryError(
            f"the first of fep_languages is {first}, but language is {current}; they must agree"
        )


def _create_report(app: Sphinx, read: int, counter: CountingHandler) -> BuildReport:
    site = app.builder if isinstance(app.builder, SiteBuilder) else None
    content = domain_of(app.env).content
    return BuildReport(
        proposals=len(content.proposals),
        pages=len(app.env.found_docs),
        read=read,
        written=len(site.pages) if site else 0,
        unreadable=len(content.unreadable),
        errors=counter.errors,
        warnings=counter.warnings,
        index=site.get_output_path(app.config.root_doc) if site else Path(app.outdir),
        languages=tuple(app.config.fep_languages),
        failed=app.statuscode != 0,
    )
