"""Books: builders that make one file, or one table of contents, of what the first page names.

The first page of a site names proposals in its index, and not in a table of contents. Without one,
a PDF has no proposal, and the contents of an EPUB have one line.
"""

from __future__ import annotations

from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

BOOKS = frozenset(("epub", "latex", "texinfo"))
"""The names of these builders."""


def include_hidden(_app: Sphinx, config: Config) -> None:
    """Let the contents of an EPUB have what the sidebar of the site has."""
    if config.epub_tocscope == "default":
        config.epub_tocscope = "includehidden"


def add_contents(app: Sphinx, builder: Builder) -> None:
    """Add a table of all proposals to the first page, where it names none.

    The page that was read stays as it is, since other builders use it as well.
    """
    root, env = app.config.root_doc, app.env
    if builder.name not in BOOKS or not domain_of(env).restricted:
        return
    pages = [page for page in domain_of(env).content.pages.values() if page in env.found_docs]
    named = {page for names in env.toctree_includes.values() for page in names}
    missing = [page for page in pages if page not in named and page != root]
    get_doctree = env.get_doctree

    def get_with_contents(docname: str) -> nodes.document:
        tree = get_doctree(docname)
        if docname == root and missing:
            tree += _contents(root, missing, domain_of(env).content.process.plural)
        return tree

    env.get_doctree = get_with_contents  # type: ignore[method-assign]


def _contents(root: str, pages: list[str], title: str) -> nodes.Node:
    options: dict[str, Any] = {
        "parent": root,
        "entries": [(None, page) for page in pages],
        "includefiles": pages,
        "caption": title,
        "rawcaption": title,
        "maxdepth": 1,
        "glob": False,
        "hidden": True,
        "includehidden": False,
        "numbered": 0,
        "titlesonly": True,
    }
    return nodes.compound("", addnodes.toctree("", **options), classes=["toctree-wrapper"])


def register(app: Sphinx) -> None:
    """Connect to the events of a build."""
    app.connect("config-inited", include_hidden)
    app.connect("write-started", add_contents)
