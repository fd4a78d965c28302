"""What the page of a proposal has around its text: the title and two blocks of our own."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from docutils.transforms.misc import ClassAttribute

from ..catalog.build import plain_title
from ..proposals.model import Proposal
from .content import SiteContent
from .deferred import deferred
from .domain import domain_of
from .i18n import _


def frame_page(document: nodes.document, proposal: Proposal, content: SiteContent) -> None:
    """Wrap the body into one section, with the header block first and the footer block last."""
    _apply_classes(document)
    body, labels = document.children, []
    if proposal.title_heading is not None:
        # ".. _nep-50:" above the title is a label of the page.
        # There is none in a text that is shown as it is written.
        first = next((n for n, node in enumerate(body) if isinstance(node, nodes.section)), 0)
        labels = [node for node in body[:first] if isinstance(node, nodes.target)]
        body = [node for node in _unwrap_title(body) if node not in labels]
    _check_transitions(document, body)
    header, footer = deferred(kind="header"), _footer(document, content)
    heading = _heading(proposal, content)
    # translatable=False keeps the title out of the texts that translators get.
    title = nodes.title("", heading, translatable=False)
    page = nodes.section("", title, header, *body, *footer)
    page["names"].append(nodes.fully_normalize_name(heading))
    document.children = []
    document += [*labels, page]
    document.note_implicit_target(page, page)
    _name_footer(document)


def add_blocks(document: nodes.document, proposal: Proposal, content: SiteContent) -> None:
    """Add our blocks to a page that has its title and its headers as any document of Sphinx."""
    section = next((node for node in document if isinstance(node, nodes.section)), None)
    if proposal.title_heading is None or section is None:
        frame_page(document, proposal, content)
        return
    _apply_classes(document)
    fields = next((node for node in section if isinstance(node, nodes.field_list)), None)
    if fields is not None:
        fields += deferred(kind="header", argument="rows")
    banner = deferred(kind="header", argument="banner")
    section.insert(section.index(fields) + 1 if fields is not None else 1, banner)
    section += _footer(document, content)
    _name_footer(document)


def _footer(document: nodes.document, content: SiteContent) -> list[nodes.Node]:
    """Return the footer block, if the page is that of a proposal in the catalog."""
    if not content.any_entry(document.settings.env.docname):
        return []
    # A target at the end of the body, such as ".. _name:", would become the name of what follows;
    # it does not move into a comment.
    return [nodes.comment(), _footer_section(content)]


def _name_footer(document: nodes.document) -> None:
    """Name the section that was added; NameSections does so if proposals are restricted."""
    if domain_of(document.settings.env).restricted:
        return
    for footer in document.findall(nodes.section):
        if not footer["ids"]:
            footer["names"].append(nodes.fully_normalize_name(footer[0].astext()))
            document.note_implicit_target(footer, footer)


def _apply_classes(document: nodes.document) -> None:
    """Apply ``class`` directives now: at the end of the text, one would apply to our footer."""
    for pending in [*document.findall(nodes.pending)]:
        if pending.transform is ClassAttribute:
            ClassAttribute(document, startnode=pending).apply()
    transforms = document.transformer.transforms
    transforms[:] = [each for each in transforms if each[1] is not ClassAttribute]


def _check_transitions(document: nodes.document, body: list[nodes.Node]) -> None:
    """Report a transition at the start or the end, where docutils sees it no more."""
    if body and isinstance(body[0], nodes.transition):
        text = "Document or section may not begin with a transition."
        document.reporter.error(text, line=body[0].line)
    last = body[-1] if body else None
    while isinstance(last, nodes.section):
        last = last.children[-1]
    if isinstance(last, nodes.transition):
        document.reporter.error("Document may not end with a transition.", line=last.line)


def _footer_section(content: SiteContent) -> nodes.section:
    text = _("About this {acronym}", acronym=content.process.acronym)
    title = nodes.title("", text, translatable=False)
    return nodes.section("", title, deferred(kind="footer"), classes=["fep-about"])


def _heading(proposal: Proposal, content: SiteContent) -> str:
    title = plain_title(proposal, content.process)
    number = proposal.written_number if proposal.number is None else proposal.number
    return title or proposal.path if number is None else content.process.label(number, title)


def _unwrap_title(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Replace the first section by its content, where the title of a proposal is a heading.

    ``<section><title>FEP 7: Views</title><paragraph/></section>`` becomes ``<paragraph/>``;
    the page has the title already.
    """
    unwrapped = False
    for node in body:
        if isinstance(node, nodes.section) and not unwrapped:
            unwrapped = True
            yield from node.children[1:]
        else:
            yield node
