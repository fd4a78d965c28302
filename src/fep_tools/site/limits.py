"""Read, resolve and write each page within limits of time, memory and depth, for most builders.

Worker processes have judged the texts of proposals. Sphinx also reads what they have not: pages
that are no proposals, and translations. Four kilobytes of nested lists ended the build with a
RecursionError, a translated paragraph of 300 KB kept it busy for hours, and ``:numref:`%y <a>```
was a ValueError. Such a page is shown as it is written, and all others are not affected. See
docs/security.rst, *sec-limits*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from traceback import format_exc
from typing import Any, TYPE_CHECKING, TypeVar

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.locale import translators
from sphinx.util import logging
from sphinx.util.docutils import new_document
from sphinx.util.i18n import docname_to_domain

from .._files import as_text, read_file
from ..errors import FepError
from ..proposals.pool import SECONDS_OF_ALL, SECONDS_PER_BODY
from ..proposals.rst.parser import MAX_DEPTH, MAX_LENGTH, TOO_LONG
from ..proposals.rst.tree import tree_depth, tree_length
from .deferred import OWN_LENGTH
from .domain import domain_of
from .page_process import Exceeded, limited_memory, limited_time
from .parser import shown_as_written
from .recorded_names import added_characters, MAX_NAMES, table_sizes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MAX_SECONDS = 30.0
"""Processor time for one page; Sphinx reads the largest PEP in two seconds."""

MAX_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that a page may add. A build of the PEPs has less than half of it."""

LEAST_SECONDS = 1.0
"""What is left for each page when all pages of a process together have taken their time."""

MAX_LEVELS = MAX_DEPTH + 20
"""How many nodes may be inside each other on a page; some are around the text of a proposal."""

MAX_CHARACTERS = MAX_LENGTH + 1_000_000
"""How many characters a page may have; some are around the text of a proposal."""

TOO_SLOW, TOO_DEEP = "takes too long to read", "is nested too deeply to read"
TOO_LARGE = "needs too much memory"
FAILS = "makes Sphinx fail"

_Result = TypeVar("_Result")

logger = logging.getLogger(__name__)


class _Limits:
    """Does what Sphinx does with a page; if that fails, shows it as it is written.

    :param read: ``Builder.read_doc``.
    :param resolve: ``BuildEnvironment.get_and_resolve_doctree``.
    """

    def __init__(
        self, app: Sphinx, read: Callable[..., None], resolve: Callable[..., nodes.document]
    ) -> None:
        self._env = app.env
        self._read_page = read
        self._resolve_page = resolve
        self._failed: dict[str, str] = {}  # pages that cannot be written, and why
        self._seconds = 0.0

    def read(self, page: str, **options: Any) -> None:
        """Read a page: without its translation if it has too much, or else as it is written."""
        domain = domain_of(self._env)
        if not self._is_tried(page):
            self._read_page(page, **options)
            return
        problem = self._try_to_read(page, **options)
        if problem and domain.translations.digest_of(page):
            _report(f"the translation {problem}; the page is not translated", page)
            with _untranslated(page, self._env):
                if not self._is_limited(page):
                    self._read_page(page, **options)
                    return
                problem = self._try_to_read(page, **options)
        if problem:
            _report_as_written(problem, page)
            domain.refused[page] = problem
            with _untranslated(page, self._env):
                self._read_page(page, **options)

    def _try_to_read(self, page: str, **options: Any) -> str:
        before = table_sizes(self._env)
        _, problem = self._try(lambda: self._read_page(page, **options), page)
        if not problem and added_characters(self._env, before) > MAX_NAMES:
            problem = f"has more than {MAX_NAMES:,} characters in names"
        if problem:
            self._forget(page)
        return problem

    def resolve(self, page: str, *arguments: Any, **options: Any) -> nodes.document:
        """Return the tree of a page with its links."""
        tree, problem = self._try(lambda: self._resolve_page(page, *arguments, **options), page)
        # A link shows the title of what it leads to, and a table of contents all titles.
        if tree is not None and self._is_tried(page) and _length(tree) > MAX_CHARACTERS:
            tree, problem = None, TOO_LONG
        if tree is None:
            _report_as_written(problem, page)
            return self._as_written(page, problem)
        return tree

    def writing(
        self, write: Callable[[str, nodes.document], None]
    ) -> Callable[[str, nodes.document], None]:
        """Return ``Builder.write_doc``, or another function that gets the tree of a page."""

        def write_page(page: str, tree: nodes.document) -> None:
            problem = self._failed.get(page, "")
            if not problem:
                _, problem = self._try(lambda: write(page, tree), page)
                if problem:
                    _report_as_written(problem, page)
                    self._failed[page] = problem
            if problem:
                write(page, self._as_written(page, problem))

        return write_page

    def _is_limited(self, page: str) -> bool:
        domain = domain_of(self._env)
        return domain.is_restricted(page) or domain.is_open(page)

    def _is_tried(self, page: str) -> bool:
        """Return whether anybody can propose the text of a page, or its translation."""
        return self._is_limited(page) or _has_translation(page, self._env)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Raise :class:`Exceeded` if the block takes more than what is left for a page."""
        total = SECONDS_OF_ALL + SECONDS_PER_BODY * len(self._env.found_docs)
        limit = max(LEAST_SECONDS, min(MAX_SECONDS, total - self._seconds))
        start = process_time()
        try:
            with limited_time(limit, TOO_SLOW), limited_memory(MAX_MEMORY):
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

    def _try(self, work: Callable[[], _Result], page: str) -> tuple[_Result | None, str]:
        """Return the result of the work on a page, and why it was stopped, or ``""``."""
        if not self._is_tried(page):
            return work(), ""
        try:
            with self._limited():
                return work(), ""
        except Exceeded as exceeded:
            return None, str(exceeded)
        except Exception as error:
            cause = _find_cause(error)
            if isinstance(cause, MemoryError):
                return None, TOO_LARGE
            if isinstance(cause, RecursionError):
                return None, TOO_DEEP
            if isinstance(cause, (FepError, OSError, SphinxError)):
                raise  # it is not about the text
            # As text: workers of Sphinx send their records, and a traceback cannot be sent.
            logger.debug("%s: %s", page, format_exc())
            return None, FAILS

    def _forget(self, page: str) -> None:
        env = self._env
        env.events.emit("env-purge-doc", env, page)
        env.all_docs.setdefault(page, 0)  # or clear_doc() does nothing
        env.clear_doc(page)
        env.temp_data.clear()
        env.ref_context.clear()


def _find_cause(error: BaseException) -> BaseException:
    """Return the error that Sphinx has wrapped: one in a handler of an event, or in a template."""
    while isinstance(error, SphinxError):
        wrapped = getattr(error, "orig_exc", None) or error.__cause__
        if wrapped is None:
            break
        error = wrapped
    return error


def _report_as_written(problem: str, page: str) -> None:
    _report(f"the text {problem}; it is shown as it is written", page)


def _report(problem: str, page: str) -> None:
    logger.error("%s", problem, type="fep", subtype="unreadable", location=page)


def _has_translation(page: str, env: BuildEnvironment) -> bool:
    """Return whether a page has a translation, which anybody can propose."""
    domain = domain_of(env)
    return domain.restricted and bool(domain.translations.digest_of(page))


def _translation(page: str, env: BuildEnvironment) -> tuple[str, str]:
    """Return the key of the translation of a page in Sphinx's table of them."""
    return "general", docname_to_domain(page, env.config.gettext_compact)


@contextmanager
def _untranslated(page: str, env: BuildEnvironment) -> Iterator[None]:
    """Read *page* in the language of its source inside this block; others may share its file."""
    name = _translation(page, env)
    translation = translators.pop(name, None)
    try:
        yield
    finally:
        if translation is not None:
            translators[name] = translation


def check_tree(app: Sphinx, document: nodes.document) -> None:
    """Stop if a tree is deeper than what Sphinx's recursive functions can walk, or too long.

    :raises Exceeded: It is.
    """
    domain, page = domain_of(app.env), app.env.docname
    is_limited = domain.is_restricted(page) or domain.is_open(page)
    if page in domain.refused:
        return
    if is_limited and tree_depth(document) > MAX_LEVELS:
        raise Exceeded(TOO_DEEP)
    # Translated paragraphs have no blocks inside, and may repeat a substitution of the page.
    is_translated = _has_translation(page, app.env) and _translation(page, app.env) in translators
    if (is_limited or is_translated) and tree_length(document) > MAX_CHARACTERS:
        raise Exceeded(TOO_LONG)


def _length(tree: nodes.document) -> int:
    """Return the length of a tree without that of the tables of all proposals, and the like."""
    return tree_length(tree) - int(tree.get(OWN_LENGTH, 0))


def _limit_builder(app: Sphinx) -> None:
    builder: Any = app.builder
    limits = _Limits(app, builder.read_doc, app.env.get_and_resolve_doctree)
    builder.read_doc = limits.read
    builder.write_doc = limits.writing(builder.write_doc)
    builder.write_doc_serialized = limits.writing(builder.write_doc_serialized)

    def limit_links(app: Sphinx, _builder: object) -> None:
        env: Any = app.env
        env.get_and_resolve_doctree = limits.resolve

    # Only then, since Sphinx stores the environment with all its attributes before it writes.
    app.connect("write-started", limit_links)


def register(app: Sphinx) -> None:
    """Put the limits into the builder, which all builders of Sphinx inherit from."""
    app.connect("builder-inited", _limit_builder, 950)
    app.connect("doctree-read", check_tree, 0)
