"""Links and images of proposals: only those that harm nobody are kept (SEC-A4, SEC-B1).

Checked on the tree, after everything that makes links and before Sphinx copies files; and
once more when a page is written.
"""

from __future__ import annotations

import re
import stat
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

LONGEST_CODE = 20_000
LONGEST_LINE = 1000
"""Characters of a block of code, and of a line of one, that are coloured."""

logger = logging.getLogger(__name__)


class CleanLinks(SphinxTransform):
    """Make plain text of links that may not be followed, and of images that may not be shown."""

    default_priority = 875
    """After all of docutils' own, and before 880, when Sphinx collects what it will copy."""

    def apply(self, **_: Any) -> None:
        """Look at every link and image, if this is a proposal."""
        if self.env.docname not in domain_of(self.env).edition.proposals:
            return
        for reference in list(self.document.findall(nodes.reference)):
            _clean_link(reference)
        for image in list(self.document.findall(nodes.image)):
            _clean_image(image, self.env)
        for block in self.document.findall(nodes.literal_block):
            _clean_code(block)


class CleanLinksAgain(SphinxPostTransform):
    """The same for links that were made since."""

    default_priority = 990

    def run(self, **_: Any) -> None:
        """Look at every link, if this is a proposal."""
        if self.env.docname in domain_of(self.env).edition.proposals:
            for reference in list(self.document.findall(nodes.reference)):
                _clean_link(reference)


def _clean_code(block: nodes.literal_block) -> None:
    """Leave uncoloured what is in a language that is not on the list, or very long.

    Lexers are many, and some take time out of proportion for text that is made for it.
    """
    text = block.astext()
    known = block.get("language", "default").lower() in LANGUAGES
    if not known or len(text) > LONGEST_CODE or max(map(len, text.split("\n"))) > LONGEST_LINE:
        block["language"] = "text"


def _clean_link(reference: nodes.reference) -> None:
    address = reference.get("refuri", "")
    trouble = link_problem(address)
    if not trouble:
        return
    logger.warning(
        "a link to %r, which %s, is no link here",
        address,
        trouble,
        type="fep",
        subtype="link",
        location=reference,
    )
    reference.replace_self(nodes.inline(reference.rawsource, "", *reference.children))


def _clean_image(image: nodes.image, env: BuildEnvironment) -> None:
    address = image["uri"]
    folder = Path(env.doc2path(env.docname)).parent
    trouble = image_problem(address) or _file_trouble(folder, address)
    if not trouble:
        return
    logger.warning("the image %r %s", address, trouble, type="fep", subtype="image", location=image)
    _replace(image, image.get("alt") or _("Image {address}", address=address))


def _replace(image: nodes.image, text: str) -> None:
    """Put *text* in place of *image*, in a paragraph of its own if that was alone."""
    shown = nodes.inline(image.rawsource, text, classes=["fep-missing-image"])
    image.replace_self(shown)
    whole = shown.parent if isinstance(shown.parent, nodes.reference) else shown
    parent = whole.parent
    if not isinstance(parent, nodes.TextElement):
        parent[parent.index(whole)] = nodes.paragraph("", "", whole)


def _file_trouble(folder: Path, address: str) -> str:
    """Why the file is none to copy; empty where it is one."""
    path = folder
    for part in address.split("/"):
        path /= part
        if path.is_symlink():
            return "is a link, or in a folder that is one"
    try:
        regular = stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return "is not there"
    if not regular:
        return "is not a regular file"
    return "holds a script" if path.suffix.lower() == ".svg" and _is_lively(path) else ""


def _is_lively(path: Path) -> bool:
    """Whether a drawing, opened by itself, would do more than be looked at."""
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    return len(data) > MAX_FILE_BYTES or _LIVELY.search(data) is not None


_LIVELY = re.compile(
    rb"<\s*(?:script|foreignobject|iframe|object|embed|handler|!doctype|!entity)|\bon\w+\s*=|script:",
    re.IGNORECASE,
)


def register(app: Sphinx) -> None:
    """Make Sphinx run them."""
    app.add_transform(CleanLinks)
    app.add_post_transform(CleanLinksAgain)
