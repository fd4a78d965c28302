"""Documents to trees: a proposal's headers by our own reader, its body by docutils.

Docutils gets the body with the lines of the headers emptied, so that the lines it speaks of
are those of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.parsers import RSTParser

from ..catalog.build import plain_title
from ..process.model import Process
from ..proposals.model import Proposal
from ..proposals.rst.anchors import keep_original_titles
from .allowlist import allowed_only
from .content import SiteContent
from .deferred import deferred
from .domain import domain_of
from .i18n import _

TRANSLATED = ":<translated>"
"""How Sphinx ends the name of the source of what a translator wrote."""


class ProposalParser(RSTParser):
    """Sphinx's parser, and proposals with it."""

    def parse(self, inputstring: str | StringList, document: nodes.document) -> None:
        """Parse a proposal, as it was read when the build began, or any other document."""
        env = document.settings.env
        edition = domain_of(env).edition
        proposal = edition.proposals.get(env.docname)
        if proposal is None:
            _define(document, edition.process)
            super().parse(inputstring, document)
            return
        if document["source"].endswith(TRANSLATED):
            with allowed_only(edition.process, document):
                super().parse(inputstring, document)
            return
        with allowed_only(edition.process, document):
            super().parse(proposal.preamble.blanked(proposal.text), document)
        keep_original_titles(document)
        env.metadata[env.docname]["orphan"] = ""
        below = [_about(edition)] if edition.entry(env.docname) else []
        _make_page(document, proposal, edition, below)


def _define(document: nodes.document, process: Process) -> None:
    """Let pages say ``|plural|`` and the like, and mean what the process says."""
    for name in ("acronym", "name", "plural", "summary"):
        text = nodes.Text(getattr(process, name))
        document.note_substitution_def(nodes.substitution_definition("", text), name)


def _make_page(
    document: nodes.document, proposal: Proposal, edition: SiteContent, below: list[nodes.section]
) -> None:
    """Put the whole body into one section, under the title and the headers; *below* comes last."""
    body = document.children
    if edition.process.title_source == "heading":
        body = list(_without_title(body))
    heading = _heading(proposal, edition)
    page = nodes.section(
        "", nodes.title("", heading, translatable=False), deferred(kind="head"), *body, *below
    )
    page["names"].append(nodes.fully_normalize_name(heading))
    document.children = []
    document += page
    document.note_implicit_target(page, page)


def _about(edition: SiteContent) -> nodes.section:
    """A place for what is known of the proposal and does not stand in it."""
    text = _("About this {acronym}", acronym=edition.process.acronym)
    title = nodes.title("", text, translatable=False)
    return nodes.section("", title, deferred(kind="tail"), classes=["fep-about"])


def _heading(proposal: Proposal, edition: SiteContent) -> str:
    title = plain_title(proposal, edition.process)
    if proposal.number is None:
        return title or proposal.path
    label = edition.process.label(proposal.number)
    return f"{label}: {title}" if title else label


def _without_title(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """*body* with its first section opened: what it is called, the page says already."""
    opened = False
    for node in body:
        if isinstance(node, nodes.section) and not opened:
            opened = True
            yield from node.children[1:]
        else:
            yield node
