"""A build from start to end, for whoever is no user of Sphinx: a repository in, a folder out."""

from __future__ import annotations

import gc
import logging as standard
import os
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from typing import IO
from typing import TextIO

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace
from sphinx.util.docutils import patch_docutils
from sphinx.util.logging import is_suppressed_warning
from sphinx.util.logging import NAMESPACE
from sphinx.util.logging import SafeEncodingWriter
from sphinx.util.logging import WarningStreamHandler

from ..errors import RepositoryError
from ..text import safe
from .builder import SiteBuilder
from .domain import domain_of
from .fulltext import Search

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
    language: str = ""
    """The language of the site, where it is to be another than ``conf.py`` says."""
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


def build(request: Request, warnings: TextIO, progress: Callable[[str], None]) -> Report:
    """Build the site; what is wrong goes to *warnings*, and what is being done to *progress*.

    Raises :class:`RepositoryError` where there is nothing to be built.
    """
    with patch_docutils(), docutils_namespace(), _patient_collector():
        try:
            return _build(request, warnings, progress)
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


def _build(request: Request, warnings: TextIO, progress: Callable[[str], None]) -> Report:
    nocolor()
    _refuse_links(request)
    progress("reading the proposals")
    app = _application(request, _Safe(warnings, request.root))
    told = _Told(app)
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
    if request.language:
        settings["language"] = request.language
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


def _report(app: Sphinx, read: int, told: _Told) -> Report:
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
    )


class _Application(Sphinx):
    """Sphinx with our extension, whether or not a ``conf.py`` names it."""

    def preload_builder(self, name: str) -> None:
        """Load what defines the builder, after what the ``conf.py`` asks for."""
        self.setup_extension(EXTENSION)
        super().preload_builder(name)


class _Told(WarningStreamHandler):
    """Counts what is told: errors of ours, which mean that something is missing, and the rest."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(SafeEncodingWriter(StringIO()))
        self.app = app
        self.errors = 0
        self.warnings = 0
        self.setLevel(standard.WARNING)

    def emit(self, record: standard.LogRecord) -> None:
        """Count a record."""
        kind, part = getattr(record, "type", ""), getattr(record, "subtype", "")
        if kind == "fep" and record.levelno >= standard.ERROR:
            self.errors += 1
        elif (kind, part) == ("fep", "shallow"):
            return  # of the clone, and not of what is in it: a site can be made all the same
        elif not is_suppressed_warning(kind, part, self.app.config.suppress_warnings):
            self.warnings += 1


class _Safe(StringIO):
    """Lines for a person: nothing in them that a terminal or a log obeys, and paths short."""

    def __init__(self, stream: TextIO, root: Path) -> None:
        super().__init__()
        self.stream = stream
        self.folder = f"{root.resolve()}/"

    def write(self, text: str) -> int:
        """Pass *text* on, line by line."""
        for line in text.replace(self.folder, "").split("\n"):
            if line:
                self.stream.write(f"{safe(line, None)}\n")
        return len(text)

    def flush(self) -> None:
        """Pass that on as well."""
        self.stream.flush()
