"""Books: builders that make one file, or one table of contents, of what the first page names.

The first page of a site names proposals in its index, and not in a table of contents. Without one,
a PDF has no proposal, and the contents of an EPUB have one line.

In a PDF, charts are pictures, and what TeX could obey is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from .._clock import today
from .._text import digest
from ..catalog.charts.svg import on_paper
from ..proposals.rst.formulas import formula_problem
from .domain import domain_of
from .i18n import _
from .page_files import write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

logger = logging.getLogger(__name__)

BOOKS = frozenset(("epub", "latex", "man", "singlehtml", "texinfo"))
"""The names of these builders."""

CHARTS_MISSING = "charts are left out; for pictures of them, install fep-tools[pdf]"


def include_hidden(_app: Sphinx, config: Config) -> None:
    """Let the contents of an EPUB have what the sidebar of the site has."""
    if config.epub_tocscope == "default":
        config.epub_tocscope = "includehidden"


def describe_book(app: Sphinx) -> None:
    """Set what a book says about itself, unless ``conf.py`` does."""
    config = app.config
    if app.builder.name not in BOOKS or not config.fep_restricted:
        return
    values = {
        "author": "",  # on the title page of a PDF; Sphinx would print "Author name not set"
        "epub_author": config.project,
        "epub_copyright": _("See each proposal."),
        "epub_publisher": config.project,
    }
    if app.builder.name == "epub":
        values["version"] = today().isoformat()
    for name, value in values.items():
        # As for other settings, see events.py.
        if name not in config.overrides and name not in config._raw_config:
            setattr(config, name, value)


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


class DrawCharts(SphinxPostTransform):
    """Replace charts by pictures in a format that TeX can show."""

    default_priority = 100
    """After the charts are made, at 5, and before Sphinx converts other pictures, at 200."""

    builders = ("latex", "texinfo")

    def run(self, **_kwargs: Any) -> None:
        """Replace the charts of a document."""
        charts = [node for node in self.document.findall(nodes.raw) if "chart" in node]
        if not charts:
            return
        suffix = "pdf" if domain_of(self.env).builder.name == "latex" else "png"
        draw = _converters().get(suffix)
        if draw is None:
            logger.warning(CHARTS_MISSING, type="fep", subtype="charts", once=True)
            return
        for chart in charts:
            svg = on_paper(chart["chart"]).encode()
            path = Path(self.env.doctreedir, "charts", f"{digest(svg, 8).hex()}.{suffix}")
            if not path.is_file():
                write_if_changed(path, draw(svg))
            uri = str(path)
            self.env.images.add_file(self.env.docname, uri)
            chart.replace_self(nodes.image("", uri=uri, candidates={"*": uri}, alt=chart["alt"]))


@cache
def _converters() -> dict[str, Callable[[bytes], bytes]]:
    """Return the functions that draw SVG, by suffix; none without CairoSVG or its library."""
    try:
        import cairosvg
    except (ImportError, OSError):  # OSError: there is no libcairo
        return {}
    return {"pdf": cairosvg.svg2pdf, "png": cairosvg.svg2png}


class ShowAcknowledgements(SphinxPostTransform):
    """Show a list in ``acks`` as any other: Sphinx writes its text as it is, also ``\\input``."""

    default_priority = 100
    builders = ("latex", "man", "texinfo")

    def run(self, **_kwargs: Any) -> None:
        """Replace these nodes by the lists in them."""
        for node in list(self.document.findall(addnodes.acks)):
            node.replace_self(node.children)


class NameImages(SphinxPostTransform):
    """Give images names that TeX takes for names.

    Sphinx writes them as they are, and in ``a}}^^5cinput{x}{{.png``, ``^^5c`` is a backslash.
    """

    default_priority = 900
    """After everything that adds or converts pictures."""

    builders = ("latex", "texinfo")

    def run(self, **_kwargs: Any) -> None:
        """Rename the copies of the images of a document."""
        images = self.env.images
        for image in self.document.findall(nodes.image):
            for uri in {image["uri"], *image.get("candidates", {}).values()} & images.keys():
                pages, name = images[uri]
                if not re.fullmatch(r"[\w.-]+", name):
                    plain = digest(name.encode("utf-8", "surrogateescape"), 8).hex()
                    images[uri] = pages, plain + Path(name).suffix.lower()


class NameTexinfoSections(SphinxPostTransform):
    """Give sections a name that Texinfo can write: it has no ``: , . ( )`` in it."""

    default_priority = 900
    builders = ("texinfo",)

    def run(self, **_kwargs: Any) -> None:
        """Add to titles of which nothing would be left."""
        for title in self.document.findall(nodes.title):
            if not re.sub(r"[\s,:.()]", "", title.astext()):
                title += nodes.Text(" *")


class QuoteFormulas(SphinxPostTransform):
    r"""Show the source of formulas that are none, so that TeX obeys nothing in a proposal.

    ``\input{/etc/passwd}`` would print a file.
    """

    default_priority = 100
    formats = ("latex", "texinfo")

    def run(self, **_kwargs: Any) -> None:
        """Replace formulas that the check reports."""
        if not domain_of(self.env).restricted:
            return
        for formula in list(self.document.findall(nodes.Element)):
            if not isinstance(formula, (nodes.math, nodes.math_block)):
                continue
            source = formula.astext()
            if not formula_problem(source):
                continue
            if isinstance(formula, nodes.math_block):
                formula.replace_self(nodes.literal_block(source, source, language="text"))
            else:
                formula.replace_self(nodes.literal(source, source))


def register(app: Sphinx) -> None:
    """Connect to the events of a build."""
    app.connect("config-inited", include_hidden)
    app.connect("builder-inited", describe_book, 490)
    app.connect("write-started", add_contents)
    app.add_post_transform(DrawCharts)
    app.add_post_transform(NameImages)
    app.add_post_transform(ShowAcknowledgements)
    app.add_post_transform(NameTexinfoSections)
    app.add_post_transform(QuoteFormulas)
    app.add_post_transform(ShowAcknowledgements)
