"""Remove harmful links and images of proposals, and do not highlight code that takes too long.

See docs/security.rst, *sec-markup*. This works on the tree, after everything in docutils that
makes links, and before Sphinx copies image files; and once more when a page is written, since
Sphinx makes links until then.
"""

from __future__ import annotations

import re
import stat
from html import unescape
from pathlib import Path
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from .._files import MAX_FILE_BYTES
from ..proposals.rst.allowlist import image_problem, LANGUAGES, link_problem
from .domain import domain_of
from .i18n import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MAX_CODE_LENGTH = 20_000
"""How many characters of a block of code are highlighted."""

MAX_CODE_LINE_LENGTH = 1000
"""How many characters of a line of code are highlighted."""

# What a browser may run, or load from elsewhere, when it opens an SVG file by itself: <script>,
# <svg:script>, <foreignObject>, an entity, an XSLT stylesheet, onload="...".
_ACTIVE_SVG = re.compile(
    r"<\s*(?:[^\s<>/:]+:)?(?:script|foreignobject|iframe|object|embed|handler)"
    r"|<!\s*(?:doctype|entity)|<\?xml-stylesheet|\bon\w+\s*=",
    re.IGNORECASE,
)

# Values of attributes, in which characters may be written as "&#115;": href="javascript:..." and
# the namespace of HTML. Browsers ignore white space in a scheme.
_ACTIVE_SVG_VALUE = re.compile("script:|1999/xhtml", re.IGNORECASE)

# In other encodings, "<script>" may be other bytes.
_OTHER_ENCODING = re.compile(
    r"<\?xml[^>]*\bencoding\s*=\s*[\"'](?!(?:utf-8|us-ascii)[\"'])", re.IGNORECASE
)

logger = logging.getLogger(__name__)


class SanitizeProposal(SphinxTransform):
    """Turn links that may not be followed into text, and images that may not be shown."""

    default_priority = 875
    """After all transforms of docutils, and before 880, when Sphinx collects files to copy."""

    def apply(self, **kwargs: Any) -> None:
        """Sanitize the document if it is a proposal."""
        if self.env.docname not in domain_of(self.env).content.proposals:
            return
        for reference in list(self.document.findall(nodes.reference)):
            _sanitize_link(reference)
        for image in list(self.document.findall(nodes.image)):
            _sanitize_image(image, self.env)
        for block in self.document.findall(nodes.literal_block):
            _limit_highlighting(block)


class SanitizeLinks(SphinxPostTransform):
    """Do the same with the links that were made since."""

    default_priority = 990

    def run(self, **kwargs: Any) -> None:
        """Sanitize the document if it is a proposal."""
        if self.env.docname in domain_of(self.env).content.proposals:
            for reference in list(self.document.findall(nodes.reference)):
                _sanitize_link(reference)


def _limit_highlighting(block: nodes.literal_block) -> None:
    text = block.astext()
    is_known = block.get("language", "default").lower() in LANGUAGES
    longest_line = max(map(len, text.split("\n")))
    if not is_known or len(text) > MAX_CODE_LENGTH or longest_line > MAX_CODE_LINE_LENGTH:
        block["language"] = "text"


def _sanitize_link(reference: nodes.reference) -> None:
    url = reference.get("refuri", "")
    problem = link_problem(url)
    if not problem:
        return
    logger.warning(
        "%r is not linked: it %s", url, problem, type="fep", subtype="link", location=reference
    )
    reference.replace_self(nodes.inline(reference.rawsource, "", *reference.children))


def _sanitize_image(image: nodes.image, env: BuildEnvironment) -> None:
    url = image["uri"]
    directory = Path(env.doc2path(env.docname)).parent
    problem = image_problem(url) or _file_problem(directory, url)
    if not problem:
        return
    logger.warning("the image %r %s", url, problem, type="fep", subtype="image", location=image)
    _replace_with_text(image, image.get("alt") or _("Image {address}", address=url))


def _replace_with_text(image: nodes.image, text: str) -> None:
    """Replace *image* by *text*, in a paragraph of its own if the image was a block."""
    inline = nodes.inline(image.rawsource, text, classes=["fep-missing-image"])
    image.replace_self(inline)
    # With a :target: option the image is inside a link.
    whole = inline.parent if isinstance(inline.parent, nodes.reference) else inline
    parent = whole.parent
    if not isinstance(parent, nodes.TextElement):
        parent[parent.index(whole)] = nodes.paragraph("", "", whole)


def _file_problem(directory: Path, url: str) -> str:
    """Return why a file may not be copied, as the end of a sentence, or ``""``."""
    path = directory
    for part in url.split("/"):
        path /= part
        if path.is_symlink():
            return "is a symbolic link, or in a directory that is one"
    try:
        is_regular = stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        return "does not exist"
    if not is_regular:
        return "is not a regular file"
    return "contains a script" if path.suffix.lower() == ".svg" and _is_active_svg(path) else ""


def _is_active_svg(path: Path) -> bool:
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    values = "".join(unescape(text).split())
    patterns = (_ACTIVE_SVG, text), (_ACTIVE_SVG_VALUE, values), (_OTHER_ENCODING, text)
    return "\0" in text or any(pattern.search(searched) for pattern, searched in patterns)


def register(app: Sphinx) -> None:
    """Add the transforms to Sphinx."""
    app.add_transform(SanitizeProposal)
    app.add_post_transform(SanitizeLinks)
