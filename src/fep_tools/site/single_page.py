"""One page with all proposals, as Sphinx's builder ``singlehtml`` writes it.

Each proposal has a section "Abstract" and perhaps a footnote 1. On a page of its own, their anchors
are its own; on one page for all, each link would lead to those of the first proposal.
"""

from __future__ import annotations

import re
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# What Sphinx makes of a link to an anchor of another page: "#document-fep-0007#abstract". There is
# no such anchor: "document-fep-0007" is that of the page. In HTML, it is after a quotation mark; in
# the text of a title, or within the URL of another site, it is left alone.
_LINK = re.compile(r"(?<![^\"])#document-(?P<page>[^#\"]+)#(?P<anchor>[^\"]+)")

_ANCHORS = ("ids", "backrefs")


class SeparateAnchors(SphinxPostTransform):
    """Begin the anchors of each proposal with its name."""

    default_priority = 990
    """After everything that makes links."""

    builders = ("singlehtml",)

    def run(self, **_kwargs: object) -> None:
        """Rename the anchors of the assembled page, and the links to them."""
        pages = _proposal_pages(self.env)
        for part in self.document.findall(addnodes.start_of_file):
            if part["docname"] in pages:
                _rename_anchors(part, part["docname"])
        for link in self.document.findall(nodes.reference):
            if "refuri" in link:
                link["refuri"] = _with_anchors(link["refuri"], pages)


def _rename_anchors(part: nodes.Element, page: str) -> None:
    for node in part.findall(nodes.Element):
        for attribute in _ANCHORS:
            if names := node.get(attribute):
                node[attribute] = [_own_anchor(page, name) for name in names]
        if anchor := node.get("refid"):
            node["refid"] = _own_anchor(page, anchor)


def _own_anchor(page: str, anchor: str) -> str:
    """Return an anchor with the name of its page: that of a formula has it already.

    A heading may have the name as well: "FEP-0007 Abstract" in FEP 7, which has an "Abstract", too.
    """
    return anchor if anchor.startswith(f"equation-{page}-") else f"{page}-{anchor}"


def _proposal_pages(env: BuildEnvironment) -> frozenset[str]:
    return frozenset(domain_of(env).content.pages.values())


def _with_anchors(text: str, pages: Collection[str]) -> str:
    """Return a URL, or HTML, with links to anchors that exist."""

    def replace(link: re.Match[str]) -> str:
        page, anchor = link["page"], link["anchor"]
        return f"#{_own_anchor(page, anchor) if page in pages else anchor}"

    return _LINK.sub(replace, text)


def link_contents(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Let the table of contents beside the page lead to anchors that exist."""
    if app.builder.name not in SeparateAnchors.builders:
        return
    pages = _proposal_pages(app.env)
    if "toc" in context:
        context["toc"] = _with_anchors(context["toc"], pages)
    if toctree := context.get("toctree"):  # which themes other than ours call
        context["toctree"] = lambda **options: _with_anchors(toctree(**options), pages)


def register(app: Sphinx) -> None:
    """Add the transform, and connect to the events of a build."""
    app.add_post_transform(SeparateAnchors)
    app.connect("html-page-context", link_contents, 900)
