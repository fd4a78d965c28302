"""Tables of contents that name proposals by their files, and that never become too large.

Proposals are documents under names made from their numbers: ``fep-0011`` and not
``proposals/fep-0011``. A builder that makes one file, such as ``latex``, has only what such a table
names, so it must be possible to name proposals as all other files.

Sphinx puts the table of each page in those of the pages that name it, level by level. If 40 pages
each name the next two, the one of the first page has a billion entries, and it has no end if the
last page names the first. See docs/security.rst, *sec-limits*.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from fnmatch import fnmatchcase
from posixpath import join, normpath
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.directives.other import TocTree
from sphinx.util import logging
from sphinx.util.matching import patfilter

from .._text import shorten
from .domain import domain_of, ProposalDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MAX_LEVELS = 60
"""How deep a page may be in the table of the site; each table and section is a level or two."""

MAX_TABLE, MAX_TITLE = 50_000, 300
"""How many characters the titles and anchors of the sections of a page may have together, and the
title of the page. The most of a PEP are the 6,400 of PEP 810."""

MAX_RECURSION = 1_000_000
"""Python's limit while figures are numbered; functions in Python do not use the stack of C."""

logger = logging.getLogger(__name__)


class ProposalTocTree(TocTree):
    """``.. toctree::`` with ``proposals/fep-0011`` and, as a glob, ``proposals/*``."""

    def parse_content(self, toctree: nodes.Element) -> None:
        """Replace the names of files by those of documents."""
        lines = [name for entry in self.content for name in self._names(entry)]
        self.content = StringList(lines, source=self.get_source_info()[0])
        super().parse_content(toctree)  # type: ignore[arg-type]

    def _names(self, entry: str) -> list[str]:
        """Return the names of the documents that an entry names by their files."""
        if not domain_of(self.env).restricted:
            return [entry]  # documents have the names of their files
        suffixes = tuple(self.config.source_suffix)
        wanted = entry.removesuffix(next((s for s in suffixes if entry.endswith(s)), ""))
        wanted = normpath(join("/", self.env.docname, "..", wanted))
        files = domain_of(self.env).content.pages_by_file
        if wanted in files:
            return [files[wanted]]
        if "glob" not in self.options:
            return [entry]
        found = [page for file, page in files.items() if fnmatchcase(file, wanted)]
        others = patfilter(self.env.found_docs - {*files.values()}, wanted[1:])
        return [*found, entry] if others else found or [entry]


def limit_tables(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Leave each page in one table at most, and not too deep, of those that anybody can propose.

    That is what is inside the tables of other pages. A page itself shows its whole table.
    """
    domain = domain_of(env)
    shortened: set[str] = domain.data["shortened"]
    shortened.clear()
    for page, depth, names in _levels(env, domain):
        listed = env.toctree_includes.get(page, [])
        if names == listed:
            continue
        shortened.add(page)
        env.toctree_includes[page] = names
        left_out = {*listed}.difference(names)
        toc = env.tocs[page]
        for toctree in toc.findall(addnodes.toctree):
            toctree["entries"] = [e for e in toctree["entries"] if e[1] not in left_out]
            toctree["includefiles"] = [n for n in toctree["includefiles"] if n not in left_out]
        env.tocs[page] = toc
        if depth >= MAX_LEVELS:
            message = (
                "is too deep in tables of contents; the pages in its own are in no other table"
            )
            logger.warning(message, type="fep", subtype="page", location=page)
    return []


def limit_titles(app: Sphinx, _document: nodes.document) -> None:
    """Shorten the title of a page and those in its tables, and leave out sections with much text.

    Other pages have all of them in their menus and tables.
    """
    env, page, domain = app.env, app.env.docname, domain_of(app.env)
    is_translated = domain.restricted and domain.translations.digest_of(page)
    if not (domain.is_open(page) or domain.is_restricted(page) or is_translated):
        return
    for titles in (env.titles, env.longtitles):
        if page in titles and len(text := titles[page].astext()) > MAX_TITLE:
            titles[page] = nodes.title("", shorten(text, MAX_TITLE))
    toc = env.tocs[page]
    if not _limit_captions(toc):
        message = "has too much text in its tables of contents; captions and titles are left out"
        logger.warning(message, type="fep", subtype="page", location=page)
    env.tocs[page] = toc  # which is stored in less memory again
    links = list(toc.findall(nodes.reference))
    if sum(len(link.astext()) + len(link.get("anchorname", "")) for link in links) < MAX_TABLE:
        return
    first, *_others = links
    first.children = [nodes.Text(shorten(first.astext(), MAX_TITLE))]
    item = nodes.list_item("", addnodes.compact_paragraph("", "", first))
    tables = [nodes.bullet_list("", *toc.findall(addnodes.toctree))]
    env.tocs[page] = nodes.bullet_list("", item, *tables if tables[0].children else ())
    message = "has too many sections; they are in no table of contents"
    logger.warning(message, type="fep", subtype="page", location=page)


def _limit_captions(toc: nodes.Element) -> bool:
    """Shorten the captions and titles of the tables of a page; return whether all could stay."""
    rest = MAX_TABLE
    for toctree in toc.findall(addnodes.toctree):
        texts = [toctree["caption"], *(title for title, _name in toctree["entries"])]
        texts = [text and shorten(text, MAX_TITLE) for text in texts]
        rest -= sum(len(text) for text in texts if text)
        caption, *titles = texts if rest >= 0 else [None] * len(texts)
        toctree["caption"] = caption
        names = [name for _title, name in toctree["entries"]]
        toctree["entries"] = list(zip(titles, names, strict=True))
    return rest >= 0


class _DeepRecursion:
    """Lets Sphinx number the figures of pages that name each other in a long chain.

    It goes through the trees of all of them in one recursion, at 400 pages of 30 bytes too deep
    for Python's usual limit. It visits each page once, so there is an end.
    """

    def __init__(self) -> None:
        self._usual = sys.getrecursionlimit()

    def begin(self, *_: object) -> list[str]:
        self._usual = sys.getrecursionlimit()
        sys.setrecursionlimit(max(self._usual, MAX_RECURSION))
        return []

    def end(self, *_: object) -> list[str]:
        sys.setrecursionlimit(self._usual)
        return []


def _levels(env: BuildEnvironment, domain: ProposalDomain) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each page with a table, its level, and the pages that stay in the table.

    The first page is that of the whole site, and pages that are nearer to it come first.
    """
    tables = dict(env.toctree_includes)
    inner = {name for names in tables.values() for name in names}
    # After it those that no table has, and then those that only name each other.
    first = [env.config.root_doc, *sorted(tables, key=lambda page: (page in inner, page))]
    seen: set[str] = set()
    for start in first:
        queue = deque([(start, 0)] if start not in seen else [])
        seen.add(start)
        while queue:
            page, level = queue.popleft()
            names = tables.get(page, [])
            if domain.is_open(page):
                names = [name for name in names if name not in seen and level < MAX_LEVELS]
            added = [name for name in dict.fromkeys(names) if name not in seen]
            seen.update(added)
            if added:  # a table that is looked at takes up memory
                below = level + _nesting(env, page)
                queue.extend((name, below) for name in added)
            yield page, level, names


def _nesting(env: BuildEnvironment, page: str) -> int:
    """Return in how many lists the tables of a page are, one for each level of sections."""
    depths = [1]
    for toctree in env.tocs[page].findall(addnodes.toctree) if page in env.tocs else ():
        node, depth = toctree.parent, 0
        while node is not None:
            depth += isinstance(node, nodes.bullet_list)
            node = node.parent
        depths.append(depth)
    return max(depths)


def register(app: Sphinx) -> None:
    """Register the directive in the place of Sphinx's."""
    app.add_directive("toctree", ProposalTocTree, override=True)
    app.connect("doctree-read", limit_titles, 900)  # after Sphinx has collected them
    # Before anything looks at what is in these tables.
    app.connect("env-updated", limit_tables, 0)
    recursion = _DeepRecursion()
    app.connect("env-get-updated", recursion.begin, 0)
    app.connect("env-get-updated", recursion.end, 999)
