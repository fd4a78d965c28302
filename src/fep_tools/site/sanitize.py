"""Remove harmful links and images of proposals, and do not highlight code that takes too long.

See docs/security.rst, *sec-markup*. This works on the tree, after everything in docutils that
makes links, and before Sphinx copies image files; and once more when a page is written, since
Sphinx makes links until then.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.images import get_image_size

from ..proposals.pictures import file_problem
from ..proposals.rst.allowlist import IMAGE_OUTSIDE, image_problem, link_problem
from ..proposals.rst.code import is_highlighted, PLAIN_LANGUAGES
from .domain import domain_of
from .i18n import _
from .nodes import page_of
from .page_problems import is_known

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

MAX_HIGHLIGHTED = 200_000
"""How many characters of code are highlighted on a page. PEP 818 has 60,000."""


class SanitizeProposal(SphinxTransform):
    """Turn links that may not be followed into text, and images that may not be shown."""

    default_priority = 875
    """After all transforms of docutils, and before 880, when Sphinx collects files to copy."""

    def apply(self, **kwargs: Any) -> None:
        """Sanitize the document if it is a proposal."""
        if not domain_of(self.env).is_restricted(self.env.docname):
            return
        sanitize_links(self.document, self.env)
        for image in list(self.document.findall(nodes.image)):
            _sanitize_image(image, self.env)
        for block in self.document.findall(nodes.literal_block):
            _settle_language(block, self.config.highlight_language)
        limit_highlighting(self.document)


class SanitizeLinks(SphinxPostTransform):
    """Do the same with the links that were made since."""

    default_priority = 990

    def run(self, **kwargs: Any) -> None:
        """Sanitize what is from a proposal, and links that lead nowhere."""
        sanitize_links(self.document, self.env)
        for reference in list(self.document.findall(nodes.reference)):
            # Of a translation with a target that its original lacks; no page could be written.
            if "refuri" not in reference and "refid" not in reference:
                text = reference.astext()
                warn_on_page(reference, f"{text!r} is not linked: nothing has that name")
                reference.replace_self(nodes.inline("", "", *reference.children))


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


def limit_highlighting(document: nodes.document) -> None:
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


def sanitize_links(
    document: nodes.document, env: BuildEnvironment, *, is_open: bool = False
) -> None:
    """Turn links that may not be followed into text.

    :param is_open: Whether anybody can propose the text, though the page is of the handbook.
    """
    domain = domain_of(env)
    proposals = domain.content.proposals if domain.restricted else {}
    is_open = is_open or domain.is_open(env.docname)
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


def warn_on_page(node: nodes.Element, message: str) -> None:
    """Warn of something on a page that anybody can propose."""
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
    replace_with_text(image, image.get("alt") or _("Image {address}", address=url))


def _settle_scale(image: nodes.image, path: Path) -> None:
    """Remove a scale that no builder can apply, because the file does not say how large it is."""
    if "scale" in image and not get_image_size(path):
        del image["scale"]


def replace_with_text(image: nodes.image, text: str) -> None:
    """Replace *image* by *text*, in a paragraph of its own if the image was a block."""
    inline = nodes.inline(image.rawsource, text, classes=["fep-missing-image"])
    image.replace_self(inline)
    # With a :target: option the image is inside a link.
    whole = inline.parent if isinstance(inline.parent, nodes.reference) else inline
    parent = whole.parent
    if not isinstance(parent, nodes.TextElement):
        parent[parent.index(whole)] = nodes.paragraph("", "", whole)


def register(app: Sphinx) -> None:
    """Add the transforms to Sphinx."""
    app.add_transform(SanitizeProposal)
    app.add_post_transform(SanitizeLinks)
