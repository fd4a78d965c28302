"""Read each page, and resolve its links, within limits of time and depth, for most builders.

Worker processes have judged the texts of proposals. Sphinx also reads what they have not: pages
that are no proposals, and translations. Four kilobytes of nested lists ended the build with a
RecursionError, and a translated paragraph of 300 KB kept it busy for hours. See docs/security.rst,
*sec-limits*.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.locale import translators
from sphinx.util import logging
from sphinx.util.docutils import new_document
from sphinx.util.i18n import docname_to_domain

from .._files import as_text, read_file
from ..proposals.pool import HAS_TIMER, SECONDS_OF_ALL, SECONDS_PER_BODY
from ..proposals.rst.parser import MAX_DEPTH
from ..proposals.rst.tree import tree_depth
from .domain import domain_of
from .parser import shown_as_written

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MAX_SECONDS = 30.0
"""Processor time for one page; Sphinx reads the largest PEP in two seconds."""

LEAST_SECONDS = 1.0
"""What is left for each page when all pages of a process together have taken their time."""

REPEAT_SECONDS = 0.1
"""How often a page is stopped that goes on after its time."""

MAX_LEVELS = MAX_DEPTH + 20
"""How many nodes may be inside each other on a page; some are around the text of a proposal."""

TOO_SLOW, TOO_DEEP = "takes too long to read", "is nested too deeply to read"
TOO_LARGE = "needs too much memory to read"

logger = logging.getLogger(__name__)


class _Exceeded(BaseException):
    """A limit of a page. What catches every Exception, as some directives do, lets it pass."""


class _Limits:
    """Reads pages in the place of Sphinx's ``Builder.read_doc``, and resolves their links.

    :param read: That method.
    :param resolve: ``BuildEnvironment.get_and_resolve_doctree``.
    """

    def __init__(
        self, app: Sphinx, read: Callable[..., None], resolve: Callable[..., nodes.document]
    ) -> None:
        self._env = app.env
        self._read_page = read
        self._resolve_page = resolve
        self._seconds = 0.0

    def read(self, page: str, **options: Any) -> None:
        """Read a page: without its translation if it has too much, or else as it is written."""
        domain = domain_of(self._env)
        if not self._is_limited(page):
            self._read_page(page, **options)
            return
        problem = self._try(page, **options)
        if problem and domain.translations.digest_of(page):
            _report(f"the translation {problem}; the page is not translated", page)
            with _untranslated(page, self._env):
                problem = self._try(page, **options)
        if problem:
            _report(f"the text {problem}; it is shown as it is written", page)
            domain.refused[page] = problem
            with _untranslated(page, self._env):
                self._read_page(page, **options)

    def resolve(self, page: str, *arguments: Any, **options: Any) -> nodes.document:
        """Return the tree of a page with its links; if that takes too long, that of its source."""
        if not self._is_limited(page):
            return self._resolve_page(page, *arguments, **options)
        try:
            with self._limited():
                return self._resolve_page(page, *arguments, **options)
        except _Exceeded as exceeded:
            _report(f"the text {exceeded}; it is shown as it is written", page)
            return self._as_written(page, str(exceeded))

    def _is_limited(self, page: str) -> bool:
        domain = domain_of(self._env)
        return domain.is_restricted(page) or domain.is_open(page)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Raise :class:`_Exceeded` if the block takes more than what is left for a page."""
        total = SECONDS_OF_ALL + SECONDS_PER_BODY * len(self._env.found_docs)
        limit = max(LEAST_SECONDS, min(MAX_SECONDS, total - self._seconds))
        start = process_time()
        try:
            with _time_limit(limit):
                yield
        finally:
            self._seconds += process_time() - start

    def _as_written(self, page: str, problem: str) -> nodes.document:
        file = self._env.doc2path(page)
        content = as_text(read_file(file.parent, file.name))
        title = nodes.title("", "", *self._env.titles[page].deepcopy().children)
        document = new_document(str(file))
        document += nodes.section("", title, *shown_as_written(content, problem), ids=[page])
        return document

    def _try(self, page: str, **options: Any) -> str:
        """Read a page, and return why that was stopped, or ``""``."""
        problem = ""
        try:
            with self._limited():
                self._read_page(page, **options)
        except _Exceeded as exceeded:
            problem = str(exceeded)
        except MemoryError:
            problem = TOO_LARGE
        except RecursionError:
            problem = TOO_DEEP
        except ExtensionError as error:  # of a handler of an event
            if not isinstance(error.orig_exc, RecursionError):
                raise
            problem = TOO_DEEP
        if problem:
            self._forget(page)
        return problem

    def _forget(self, page: str) -> None:
        env = self._env
        env.events.emit("env-purge-doc", env, page)
        env.all_docs.setdefault(page, 0)  # or clear_doc() does nothing
        env.clear_doc(page)
        env.temp_data.clear()
        env.ref_context.clear()


def _report(problem: str, page: str) -> None:
    logger.error("%s", problem, type="fep", subtype="unreadable", location=page)


@contextmanager
def _untranslated(page: str, env: BuildEnvironment) -> Iterator[None]:
    """Read *page* in the language of its source inside this block; others may share its file."""
    name = "general", docname_to_domain(page, env.config.gettext_compact)
    translation = translators.pop(name, None)
    try:
        yield
    finally:
        if translation is not None:
            translators[name] = translation


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`_Exceeded` after *seconds* of processor time.

    Only the main thread of a process gets signals, and Windows has none for this.
    """
    if not HAS_TIMER or threading.current_thread() is not threading.main_thread():
        yield
        return

    is_running = True

    def stop(*_: object) -> None:
        if is_running:
            raise _Exceeded(TOO_SLOW)

    before = signal.signal(signal.SIGPROF, stop)
    # Python drops an exception that is raised in a finalizer or a callback of its garbage
    # collector, and the signal may arrive there. So it comes again until the block has ended.
    signal.setitimer(signal.ITIMER_PROF, seconds, REPEAT_SECONDS)
    try:
        try:
            yield
        finally:
            is_running = False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def check_depth(app: Sphinx, document: nodes.document) -> None:
    """Stop if a tree is deeper than what Sphinx's recursive functions can walk.

    :raises _Exceeded: It is.
    """
    domain, page = domain_of(app.env), app.env.docname
    is_limited = domain.is_restricted(page) or domain.is_open(page)
    if is_limited and page not in domain.refused and tree_depth(document) > MAX_LEVELS:
        raise _Exceeded(TOO_DEEP)


def _limit_builder(app: Sphinx) -> None:
    builder: Any = app.builder
    limits = _Limits(app, builder.read_doc, app.env.get_and_resolve_doctree)
    builder.read_doc = limits.read

    def limit_links(app: Sphinx, _builder: object) -> None:
        env: Any = app.env
        env.get_and_resolve_doctree = limits.resolve

    # Only then, since Sphinx stores the environment with all its attributes before it writes.
    app.connect("write-started", limit_links)


def register(app: Sphinx) -> None:
    """Put the limits into the builder, which all builders of Sphinx inherit from."""
    app.connect("builder-inited", _limit_builder, 950)
    app.connect("doctree-read", check_depth, 0)
