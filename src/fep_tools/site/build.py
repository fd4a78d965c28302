"""A build from start to end, for whoever is no user of Sphinx: a repository in, a folder out."""

from __future__ import annotations

import gc
import logging as standard
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, IO, TextIO

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError
from sphinx.locale import translators
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import NAMESPACE

from .._text import quote, safe
from ..errors import RepositoryError
from .builder import SiteBuilder
from .domain import domain_of
from .logging import CountingHandler, SafeStream
from .pagefind import Search

EXTENSION = "fep_tools.site"

DOCTREES = ".doctrees"
"""The folder in the output that makes the next build short; a reader needs none of it."""

PATIENCE = (100_000, 20, 100)
"""How many new objects, and rounds among young ones, the garbage collector waits for."""

BARE: dict[str, Any] = {
    "exclude_patterns": ["**"],
    "extensions": [EXTENSION],
    "html_theme": "fep",
    "include_patterns": [],
}
"""The settings of a repository without a ``conf.py``: proposals, and no pages of its own."""


@dataclass(frozen=True)
class Request:
    """What is to be built and how; *process* and *cache* are as for opening a repository."""

    root: Path
    output: Path
    process: str = ""
    cache: str = ""
    jobs: int = 1
    local: bool = False
    base: str = ""
    """The address of the site, where ``html_baseurl`` does not say it or says another."""
    search: Search | None = None
    languages: tuple[str, ...] = ()
    """The languages of the site, where ``conf.py`` does not say them or says others."""
    language: str = ""
    """The one of them that is built; the first, and then each other, where it is not said."""
    only: int = 0
    """The number of the one proposal to build, where a reader wants to see that quickly."""
    memory: Path | None = None
    """Where what makes the next build short is kept; Sphinx trusts what it finds there."""


@dataclass(frozen=True)
class Report:
    """What was done: how many pages there are, were read and were written, and what went wrong."""

    proposals: int
    pages: int
    read: int
    written: int
    left_out: int
    errors: int
    warnings: int
    index: Path
    languages: tuple[str, ...] = ()
    """Those that the site is to be in, of which this is about the first."""


def build(request: Request, warnings: TextIO, progress: Callable[[str], None]) -> Report:
    """Build the site; what is wrong goes to *warnings*, and what is being done to *progress*.

    Raises :class:`RepositoryError` where there is nothing to be built.
    """
    with _patient_collector():
        try:
            return _in_all_languages(request, warnings, progress)
        except ExtensionError as problem:
            raise problem.orig_exc or problem from None  # what a handler of ours has raised
        except SphinxError as problem:
            raise RepositoryError(safe(str(problem), None)) from None


@contextmanager
def _patient_collector() -> Iterator[None]:
    """Look for garbage rarely: trees are large, and a third of the time would go into that."""
    before = gc.get_threshold()
    gc.set_threshold(*PATIENCE)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _in_all_languages(
    request: Request, warnings: TextIO, progress: Callable[[str], None]
) -> Report:
    """The first language at the top, and each other in a folder of its name."""
    with patch_docutils(), docutils_namespace():
        report = _build(request, warnings, progress)
    others = () if request.only or request.language else report.languages[1:]
    for language in others:
        part = replace(
            request,
            languages=report.languages,
            language=language,
            output=request.output / language,
            memory=request.memory / language if request.memory else None,
        )
        report = _together(report, _in_all_languages(part, warnings, progress))
    return report


def _together(first: Report, other: Report) -> Report:
    sums = ("pages", "read", "written", "errors", "warnings")
    return replace(first, **{name: getattr(first, name) + getattr(other, name) for name in sums})


def _build(request: Request, warnings: TextIO, progress: Callable[[str], None]) -> Report:
    nocolor()
    translators.clear()  # Sphinx would speak the language of the last build as well
    _refuse_links(request)
    progress("reading the proposals")
    app = _application(request, SafeStream(warnings, request.root))
    _must_begin(app, request)
    told = CountingHandler(app)
    standard.getLogger(NAMESPACE).addHandler(told)
    read: list[str] = []

    def reading(_app: Sphinx, _env: object, pages: list[str]) -> None:
        read.extend(pages)
        progress(f"parsing {len(pages)} pages")

    app.connect("env-before-read-docs", reading, 900)
    app.connect("write-started", lambda _app, _builder: progress("writing"))
    app.build()
    return _report(app, len(read), told)


def _refuse_links(request: Request) -> None:
    """Raise :class:`RepositoryError` where writing or clearing the output would leave it."""
    root, output = request.root.resolve(), request.output.absolute()
    if output.is_relative_to(root) and not output.resolve().is_relative_to(root):
        raise RepositoryError(f"{request.output}: leads out of {request.root}; build elsewhere")
    for folder, folders, names in os.walk(output):
        for name in (*folders, *names):
            if os.path.islink(os.path.join(folder, name)):
                raise RepositoryError(
                    f"{folder}/{name}: is a link; take it away, or build elsewhere"
                )


def _application(request: Request, warnings: IO[str]) -> Sphinx:
    """Sphinx with the ``conf.py`` of the repository, if it has one."""
    configured = request.root.joinpath("conf.py").is_file()
    settings: dict[str, Any] = {
        "fep_cache": request.cache,
        "fep_local_links": request.local,
        "fep_process": request.process,
    }
    if request.base:
        settings["html_baseurl"] = request.base
    if request.languages:
        settings["fep_languages"] = request.languages
        settings["language"] = request.language or request.languages[0]
    if request.only:
        settings["fep_only"] = request.only
    if request.search:
        settings["fep_search"] = request.search
    return _Application(
        srcdir=request.root,
        confdir=request.root if configured else None,
        outdir=request.output,
        doctreedir=request.memory or request.output / DOCTREES,
        buildername=SiteBuilder.name,
        confoverrides=settings if configured else {**BARE, **settings},
        status=None,
        warning=warnings,
        parallel=request.jobs,
    )


def _must_begin(app: Sphinx, request: Request) -> None:
    """Raise :class:`RepositoryError` where the first language is not the one of ``conf.py``."""
    spoken, language = app.config.fep_languages, app.config.language
    if spoken and not request.language and spoken[0] != language:
        first, found = quote(spoken[0]), quote(language)
        raise RepositoryError(f"fep_languages begins with {first}, and the language is {found}")


def _report(app: Sphinx, read: int, told: CountingHandler) -> Report:
    builder = app.builder
    assert isinstance(builder, SiteBuilder)
    edition = domain_of(app.env).edition
    return Report(
        proposals=len(edition.proposals),
        pages=len(app.env.found_docs),
        read=read,
        written=len(builder.pages),
        left_out=len(edition.left_out),
        errors=told.errors,
        warnings=told.warnings,
        index=builder.get_output_path(app.config.root_doc),
        languages=tuple(app.config.fep_languages),
    )


class _Application(Sphinx):
    """Sphinx with our extension, whether or not a ``conf.py`` names it."""

    def preload_builder(self, name: str) -> None:
        """Load what defines the builder, after what the ``conf.py`` asks for."""
        self.setup_extension(EXTENSION)
        super().preload_builder(name)
