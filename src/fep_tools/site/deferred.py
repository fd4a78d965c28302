"""Placeholder nodes that are resolved when a page is written.

A page is parsed once, but written again whenever other proposals have changed in a way that it
shows. Content that depends on others is therefore not part of the stored tree: a placeholder
stands for it, such as ``<deferred kind="index">``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TYPE_CHECKING

from docutils import nodes
from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..catalog.model import CatalogEntry, ProposalEntry
from ..proposals.rst.anchors import make_unique
from ..proposals.rst.tree import tree_length
from .content import SiteContent
from .domain import domain_of
from .nodes import page_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class deferred(nodes.General, nodes.Element):
    """A placeholder for what the renderer of its *kind* returns."""


@dataclass(frozen=True)
class RenderContext:
    """The page that content is rendered for, and its builder.

    :param page: The name of the page.
    :param argument: Says what to render, where a page has several placeholders of a kind.
    """

    content: SiteContent
    page: str
    builder: Builder
    argument: str = ""

    @property
    def entry(self) -> CatalogEntry | None:
        """The catalog entry of the proposal on the page, if it has one."""
        return self.content.entry(self.page)

    @property
    def any_entry(self) -> ProposalEntry | None:
        """The facts about the proposal on the page, also if it has no number of its own."""
        return self.content.any_entry(self.page)

    @property
    def language(self) -> str:
        """The language of the build."""
        return str(self.builder.config.language)

    def free_anchor(self, anchor: str) -> str:
        """Return an anchor for a section of the site's own.

        It is *anchor*, or with a number if the proposal has a section or target of that name:
        ``similar-proposals-2`` below a text with a section "Similar proposals".
        """
        proposal = self.content.proposals.get(self.page)
        taken = proposal.body.anchors if proposal and proposal.body else ()
        return next(make_unique([anchor], taken))

    def relative_url(self, number: int) -> str:
        """Return the URL of a proposal, relative to the page.

        It is empty for builders whose pages have no URLs, such as ``latex``.
        """
        try:
            return self.builder.get_relative_uri(self.page, self.content.pages[number])
        except NoUri:
            return ""

    def absolute_url(self, number: int) -> str:
        """Return the URL of a proposal; empty if the URL of the site is unknown."""
        config, process = self.builder.config, self.content.process
        if base := config.html_baseurl:
            return f"{base.rstrip('/')}/{self.builder.get_target_uri(self.content.pages[number])}"
        return process.url.format(number) if "{0" in process.url else ""


Renderer = Callable[[RenderContext], Iterable[nodes.Node]]


OWN_LENGTH = "fep-own-length"
"""The attribute of a resolved tree: the number of characters that renderers have added to it."""


class ResolveDeferred(SphinxPostTransform):
    """Replace each placeholder by what its renderer returns."""

    default_priority = 5
    """Before Sphinx resolves references, at 10: renderers return unresolved links."""

    renderers: ClassVar[Mapping[str, Renderer]] = {}

    def run(self, **_: Any) -> None:
        """Replace the placeholders of a page."""
        domain = domain_of(self.env)
        context = RenderContext(domain.content, self.env.docname, domain.builder)
        own_length = 0
        for node in list(self.document.findall(deferred)):
            renderer = self.renderers[node["kind"]]
            page = page_of(node, context.page)
            argument = node.get("argument", "")
            rendered = list(renderer(replace(context, page=page, argument=argument)))
            own_length += sum(map(tree_length, rendered))
            node.replace_self(rendered)
        self.document[OWN_LENGTH] = own_length


def register(app: Sphinx, renderers: Mapping[str, Renderer]) -> None:
    """Register the node and the transform with a renderer for each kind."""
    ResolveDeferred.renderers = renderers
    app.add_node(deferred)
    app.add_post_transform(ResolveDeferred)
