"""Remove harmful links and images of proposals, and do not highlight code that takes too long.

See docs/security.rst, *sec-markup*. This works on the tree, after everything in docutils that
makes links, and before Sphinx copies image files; and once more when a page is written, since
Sphinx makes links until then.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.images import get_image_size

from .._text import plural, shorten
from ..proposals.discovery import IMAGES
from ..proposals.pictures import file_problem
from ..proposals.rst.allowlist import (
    escape_hidden,
    hidden_character,
    IMAGE_OUTSIDE,
    image_problem,
    link_problem,
    url_scheme,
)
from ..proposals.rst.code import is_highlighted, PLAIN_LANGUAGES
from .domain import domain_of
from .i18n import _
from .nodes import page_of
from .page_problems import is_known

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# No other commands of TeX, which may also be written as "^^5cinput".
_COLUMNS = re.compile(r"(?:[|\s]|[clrCJLRT]|p\{[0-9.]{1,9}(?:cm|em|ex|in|mm|pt)\})*")

logger = logging.getLogger(__name__)

NOT_PUBLISHED = (
    "is not published; only pages that 'handbook' in [files] of the process names may publish files"
)

MAX_TITLE = 1000
"""How many characters a title may have on such a page."""

METADATA = frozenset({"orphan", "nocomments", "no-search", "nosearch", "tocdepth"})
"""The fields at the top of such a page that mean something to Sphinx."""

META = frozenset({"author", "description", "keywords", "og:description", "og:title"})
"""The names and properties of ``<meta>`` on pages that anybody can propose."""

MAX_HIGHLIGHTED = 200_000
"""How many characters of code are highlighted on a page. PEP 818 has 60,000."""


class SanitizeProposal(SphinxTransform):
    """Turn links that may not be followed into text, and images that may not be shown."""

    default_priority = 875
    """After all transforms of docutils, and before 880, when Sphinx collects files to copy."""

    def apply(self, **kwargs: Any) -> None:
        """Sanitize the document if it is a proposal, or a page that anybody can propose."""
        if domain_of(self.env).is_open(self.env.docname):
            _escape_hidden(self.document)
            _sanitize_page(self.document, self.env)
            _limit_highlighting(self.document)
            return
        if not domain_of(self.env).is_restricted(self.env.docname):
            return
        _sanitize_links(self.document, self.env)
        for image in list(self.document.findall(nodes.image)):
            _sanitize_image(image, self.env)
        for block in self.document.findall(nodes.literal_block):
            _settle_language(block, self.config.highlight_language)
        _limit_highlighting(self.document)


class SanitizeLinks(SphinxPostTransform):
    """Do the same with the links that were made since."""

    default_priority = 990

    def run(self, **kwargs: Any) -> None:
        """Sanitize what is from a proposal, and links that lead nowhere."""
        _sanitize_links(self.document, self.env)
        for reference in list(self.document.findall(nodes.reference)):
            # Of a translation with a target that its original lacks; no page could be written.
            if "refuri" not in reference and "refid" not in reference:
                text = reference.astext()
                _warn_on_page(reference, f"{text!r} is not linked: nothing has that name")
                reference.replace_self(nodes.inline("", "", *reference.children))


def _escape_hidden(document: nodes.document) -> None:
    """Escape characters that control a terminal or the order of text, and that markup has made.

    A page cannot have them, but ``.. |x| unicode:: 0x202E`` makes one.
    """
    for node in list(document.findall()):
        if isinstance(node, nodes.Text):
            text = node.astext()  # without the U+0000 by which docutils marks what is escaped
            if character := hidden_character(text):
                _warn_on_page(node.parent, f"the character U+{ord(character):04X} is escaped")
                node.parent.replace(node, nodes.Text(escape_hidden(text)))
        elif isinstance(node, nodes.Element):
            for name, value in node.attributes.items():
                if isinstance(value, str):
                    node[name] = escape_hidden(value)


def _settle_language(block: nodes.literal_block, default: str) -> None:
    """Let Sphinx take code in the default language for that only if it is, without a warning.

    The check reports code that is not code of its language, if the author has named one.

    :param default: The language in the settings, which authors do not know.
    """
    language = block.get("language", default)
    if language == default and default not in PLAIN_LANGUAGES:
        language = "default"
    block["language"] = language
    block["force"] = language != "default"


def _limit_highlighting(document: nodes.document) -> None:
    """Let Sphinx highlight only what does not take long; other code is shown as it is.

    Pygments runs when pages are written, which has no limit of time.
    """
    rest = MAX_HIGHLIGHTED
    code: nodes.Element
    for code in document.findall(_is_code):  # type: ignore[assignment]
        text, language = code.astext(), code.get("language", "default")
        if language not in PLAIN_LANGUAGES or language == "default":
            rest -= len(text)
        if rest < 0 or not is_highlighted(text, language):
            code["language"] = "text"


def _is_code(node: nodes.Node) -> bool:
    """Return whether a node is a block of code, or ``x = 1`` in a role with a language."""
    is_inline = isinstance(node, nodes.literal) and "language" in node
    return is_inline or isinstance(node, nodes.literal_block)


def _sanitize_links(document: nodes.document, env: BuildEnvironment) -> None:
    domain = domain_of(env)
    proposals = domain.content.proposals if domain.restricted else {}
    is_open = domain.is_open(env.docname)
    for reference in list(document.findall(nodes.reference)):
        url = reference.get("refuri", "")
        problem = link_problem(url)
        proposal = proposals.get(page_of(reference, env.docname)) if problem else None
        if proposal or (problem and is_open):
            if not (proposal and is_known("scheme", [url], proposal)):
                logger.warning(
                    "%r is not linked: it %s",
                    url, problem, type="fep", subtype="link", location=reference,
                )  # fmt: skip
            reference.replace_self(nodes.inline(reference.rawsource, "", *reference.children))


def _sanitize_page(document: nodes.document, env: BuildEnvironment) -> None:
    """Remove what would read a file other than an image in the repository, or lead elsewhere."""
    _sanitize_links(document, env)
    for node in list(document.findall(nodes.meta)):
        if problem := _meta_problem(node):
            _warn_on_page(node, f"{problem}; a page can set {', '.join(sorted(META))} and lang")
            node.parent.remove(node)
    for title in document.findall(nodes.title):  # made of substitutions; other pages show it, too
        if len(text := title.astext()) > MAX_TITLE:
            _warn_on_page(title, f"the title is cut off after {MAX_TITLE:,} characters")
            title.children = []
            title += nodes.Text(shorten(text, MAX_TITLE))
    # ".. tabularcolumns:: |l|\input{/etc/passwd}|", which LaTeX would obey
    for columns in list(document.findall(addnodes.tabular_col_spec)):
        if not _COLUMNS.fullmatch(columns["spec"]):
            message = f"the columns {columns['spec']!r} are not like |l|c|r|L|C|R|J|T|p{{3cm}}|"
            _warn_on_page(columns, message)
            columns.parent.remove(columns)
    _sanitize_toctrees(document)
    for download in list(document.findall(addnodes.download_reference)):
        _warn_on_page(download, f"the file {download['reftarget']!r} {NOT_PUBLISHED}")
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
            _warn_on_page(image, f"the image {url!r} {problem}")
            _replace_with_text(image, image.get("alt") or _("Image {address}", address=url))


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


def _sanitize_toctrees(document: nodes.document) -> None:
    """Remove entries such as "Title <javascript://...>", and those that come again.

    Sphinx makes links of the former, and lists all sections of a page each time that it is named.
    """
    listed: set[str] = set()
    for toctree in document.findall(addnodes.toctree):
        entries, again, refused = [], 0, set()
        for title, target in toctree["entries"]:
            if problem := link_problem(target):
                _warn_on_page(toctree, f"{target!r} is not linked: it {problem}")
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
            _warn_on_page(toctree, f"{plural(again, 'page')} listed again, and left out")


def _warn_on_page(node: nodes.Element, message: str) -> None:
    logger.warning("%s", message, type="fep", subtype="page", location=node)


def _sanitize_image(image: nodes.image, env: BuildEnvironment) -> None:
    url = image["uri"]
    content = domain_of(env).content
    proposal = content.proposals[env.docname]
    files = content.process.files
    problem = image_problem(url, files.images)
    path = None if problem else files.image_path(proposal.path, url)
    problem = problem or (IMAGE_OUTSIDE if path is None else file_problem(content.root, path))
    if path is not None and not problem:
        _settle_scale(image, content.root / path)
        return
    if path is not None:
        # Sphinx forgets the file with the node. The page is read again when the file is corrected.
        env.note_dependency(env.relfn2path(url, env.docname)[0])
    is_judged = any(url == shown.name for shown in proposal.body.images) if proposal.body else False
    if not is_judged and not is_known("image", [url], proposal):
        logger.warning("the image %r %s", url, problem, type="fep", subtype="image", location=image)
    _replace_with_text(image, image.get("alt") or _("Image {address}", address=url))


def _settle_scale(image: nodes.image, path: Path) -> None:
    """Remove a scale that no builder can apply, because the file does not say how large it is."""
    if "scale" in image and not get_image_size(path):
        del image["scale"]


def _replace_with_text(image: nodes.image, text: str) -> None:
    """Replace *image* by *text*, in a paragraph of its own if the image was a block."""
    inline = nodes.inline(image.rawsource, text, classes=["fep-missing-image"])
    image.replace_self(inline)
    # With a :target: option the image is inside a link.
    whole = inline.parent if isinstance(inline.parent, nodes.reference) else inline
    parent = whole.parent
    if not isinstance(parent, nodes.TextElement):
        parent[parent.index(whole)] = nodes.paragraph("", "", whole)


def _leave_out_metadata(app: Sphinx, _document: nodes.document) -> None:
    """Leave out fields of a page that themes may write into HTML as they are: ``:github_url:``."""
    page = app.env.docname
    if domain_of(app.env).is_open(page):
        metadata = app.env.metadata[page]
        app.env.metadata[page] = {n: v for n, v in metadata.items() if n in METADATA}


def register(app: Sphinx) -> None:
    """Add the transforms to Sphinx."""
    app.connect("doctree-read", _leave_out_metadata, 900)  # after Sphinx has collected it
    app.add_transform(SanitizeProposal)
    app.add_post_transform(SanitizeLinks)
