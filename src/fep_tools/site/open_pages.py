"""Sanitize pages that anybody can propose, and that are no proposals.

What would read a file other than an image in the repository, lead readers elsewhere, or act on
other pages is removed, shortened or shown as text. See docs/security.rst, *sec-site*.
"""

from __future__ import annotations

import os
import re
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from .._text import plural, shorten
from ..proposals.discovery import IMAGES
from ..proposals.pictures import file_problem
from ..proposals.rst.allowlist import escape_hidden, hidden_character, link_problem, url_scheme
from .domain import domain_of
from .i18n import _
from .sanitize import limit_highlighting, replace_with_text, sanitize_links, warn_on_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

NOT_PUBLISHED = (
    "is not published; only pages that 'handbook' in [files] of the process names may publish files"
)

MAX_TITLE = 1000
"""How many characters a title may have on such a page."""

METADATA = frozenset({"orphan", "nocomments", "no-search", "nosearch", "tocdepth"})
"""The fields at the top of such a page that mean something to Sphinx."""

META = frozenset({"author", "description", "keywords", "og:description", "og:title"})
"""The names and properties of ``<meta>`` on pages that anybody can propose."""

# No other commands of TeX, which may also be written as "^^5cinput".
_COLUMNS = re.compile(r"(?:[|\s]|[clrCJLRT]|p\{[0-9.]{1,9}(?:cm|em|ex|in|mm|pt)\})*")


class SanitizeOpenPage(SphinxTransform):
    """Do it at the time at which proposals are sanitized."""

    default_priority = 875

    def apply(self, **kwargs: Any) -> None:
        """Sanitize the document if anybody can propose it."""
        if domain_of(self.env).is_open(self.env.docname):
            sanitize_open_text(self.document, self.env)


def sanitize_open_text(document: nodes.document, env: BuildEnvironment) -> None:
    """Sanitize the text of such a page, or a translated paragraph of any page."""
    _escape_hidden(document)
    _sanitize_page(document, env)
    limit_highlighting(document)


def _escape_hidden(document: nodes.document) -> None:
    """Escape characters that control a terminal or the order of text, and that markup has made.

    A page cannot have them, but ``.. |x| unicode:: 0x202E`` makes one.
    """
    for node in list(document.findall()):
        if isinstance(node, nodes.Text):
            text = node.astext()  # without the U+0000 by which docutils marks what is escaped
            if character := hidden_character(text):
                warn_on_page(node.parent, f"the character U+{ord(character):04X} is escaped")
                node.parent.replace(node, nodes.Text(escape_hidden(text)))
        elif isinstance(node, nodes.Element):
            for name, value in node.attributes.items():
                if isinstance(value, str):
                    node[name] = escape_hidden(value)


def _sanitize_page(document: nodes.document, env: BuildEnvironment) -> None:
    """Remove what would read a file other than an image in the repository, or lead elsewhere."""
    sanitize_links(document, env, is_open=True)
    for node in list(document.findall(nodes.meta)):
        if problem := _meta_problem(node):
            warn_on_page(node, f"{problem}; a page can set {', '.join(sorted(META))} and lang")
            node.parent.remove(node)
    for title in document.findall(nodes.title):  # made of substitutions; other pages show it, too
        if len(text := title.astext()) > MAX_TITLE:
            warn_on_page(title, f"the title is cut off after {MAX_TITLE:,} characters")
            title.children = []
            title += nodes.Text(shorten(text, MAX_TITLE))
    # ".. tabularcolumns:: |l|\input{/etc/passwd}|", which LaTeX would obey
    for columns in list(document.findall(addnodes.tabular_col_spec)):
        if not _COLUMNS.fullmatch(columns["spec"]):
            message = f"the columns {columns['spec']!r} are not like |l|c|r|L|C|R|J|T|p{{3cm}}|"
            warn_on_page(columns, message)
            columns.parent.remove(columns)
    _sanitize_toctrees(document, is_root=env.docname == env.config.root_doc)
    for download in list(document.findall(addnodes.download_reference)):
        warn_on_page(download, f"the file {download['reftarget']!r} {NOT_PUBLISHED}")
        download.replace_self(nodes.inline(download.rawsource, "", *download.children))
    root = domain_of(env).content.root
    for image in list(document.findall(nodes.image)):
        url = image["uri"]
        path = os.path.relpath(env.relfn2path(url, env.docname)[1], root)
        is_inside = not url_scheme(url) and path.split(os.sep)[0] != os.pardir
        if is_inside and path.lower().endswith(IMAGES):
            problem = file_problem(root, path)
        else:
            problem = "is not an image in the repository"
        if problem:
            warn_on_page(image, f"the image {url!r} {problem}")
            replace_with_text(image, image.get("alt") or _("Image {address}", address=url))


def _meta_problem(node: nodes.meta) -> str:
    """Return why a ``<meta>`` is not set, or ``""``.

    ``http-equiv=refresh`` leads readers elsewhere, ``name=google-site-verification`` gives the
    site to somebody else, and docutils writes the names of attributes without escapes.
    """
    attributes = node.non_default_attributes()
    for attribute, value in attributes.items():
        if attribute not in ("content", "lang", "name", "property"):
            return f"the attribute {attribute!r} of a meta element is not set"
        if attribute in ("name", "property") and value.lower() not in META:
            return f"{value!r} is not set"
    return ""


def _sanitize_toctrees(document: nodes.document, *, is_root: bool) -> None:
    """Remove entries such as "Title <javascript://...>", those that come again, and numbers.

    Sphinx makes links of the former, and lists all sections of a page each time that it is named.
    It writes the numbers into the titles of the pages that are named, also of proposals: only the
    first page of the site gives some.
    """
    listed: set[str] = set()
    for toctree in document.findall(addnodes.toctree):
        if toctree["numbered"] and not is_root:
            warn_on_page(
                toctree, "':numbered:' is left out: it would number the sections of other pages"
            )
            toctree["numbered"] = 0
        entries, again, refused = [], 0, set()
        for title, target in toctree["entries"]:
            if problem := link_problem(target):
                warn_on_page(toctree, f"{target!r} is not linked: it {problem}")
                refused.add(target)
            elif target in listed:
                again += 1
            else:
                listed.add(target)
                entries.append((title, target))
        toctree["entries"] = entries
        pages = dict.fromkeys(toctree["includefiles"])
        toctree["includefiles"] = [page for page in pages if page not in refused]
        if again:
            warn_on_page(toctree, f"{plural(again, 'page')} listed again, and left out")


def _leave_out_metadata(app: Sphinx, _document: nodes.document) -> None:
    """Leave out fields of a page that themes may write into HTML as they are: ``:github_url:``."""
    page = app.env.docname
    if domain_of(app.env).is_open(page):
        metadata = app.env.metadata[page]
        app.env.metadata[page] = {n: v for n, v in metadata.items() if n in METADATA}


def register(app: Sphinx) -> None:
    """Add the transform to Sphinx."""
    app.add_transform(SanitizeOpenPage)
    app.connect("doctree-read", _leave_out_metadata, 900)  # after Sphinx has collected it
