"""Roles that link: to proposals, and to what a process says can be named by a number."""

from __future__ import annotations

import re
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.typing import RoleFunction

from ..process.model import Process
from ..process.schema import TextRole
from .domain import domain_of, NAME
from .tables import Cell, inline

logger = logging.getLogger(__name__)

Made = tuple[list[nodes.Node], list[nodes.system_message]]


def roles_of(process: Process) -> dict[str, RoleFunction]:
    """The roles of a community, by name: its proposals', and those of its table."""
    elsewhere = {role.name.lower(): ExternalRole(role) for role in process.roles}
    return {**elsewhere, process.acronym.lower(): ProposalRole()}


class _Reference(ReferenceRole):
    """A number, maybe with a fragment; with a text of its own, ``text <number#fragment>``."""

    @property
    def parts(self) -> tuple[str, str]:
        """The number as written, and the fragment."""
        number, _hash, fragment = self.target.partition("#")
        return number.strip(), fragment

    def shown(self, label: str) -> str:
        """What the link says: the author's text, or *label* and the place in it."""
        if self.has_explicit_title:
            return self.title
        place = self.parts[1].replace("-", " ").replace("_", " ").capitalize()
        return f"{label} § {place}" if place else label

    def refuse(self, message: str, *found: object) -> Made:
        """The text alone, and a warning."""
        logger.warning(message, *found, type="fep", subtype="link", location=self.get_location())
        return [nodes.inline(self.rawtext, self.title)], []


class ProposalRole(_Reference):
    """``:fep:`11```, ``:fep:`11#fragment``` or ``:fep:`text <11>```."""

    def run(self) -> Made:
        """A link that is made when the page is written, since it shows a title."""
        number, fragment = self.parts
        if not re.fullmatch("[0-9]{1,4}", number):
            return self.refuse("%r is no number of a proposal", number)
        domain = domain_of(self.env)
        domain.note_link(self.env.docname, int(number))
        text = self.shown(domain.edition.process.label(int(number)))
        made = link(int(number), text, self.env.docname, fragment, self.rawtext)
        self.set_source_info(made)
        return [made], []


class ExternalRole(_Reference):
    """A role of the process's table, such as ``:pep:`8``` in a FEP."""

    def __init__(self, role: TextRole) -> None:
        super().__init__()
        self.role = role

    def run(self) -> Made:
        """A link to the address that the table gives."""
        number, fragment = self.parts
        counted = re.fullmatch("[0-9]{1,9}", number) is not None
        if not counted and "{0:" in self.role.url + self.role.text:
            return self.refuse("%r is no number for the role %r", number, self.role.name)
        value = int(number) if counted else quote(number, safe="")
        address = self.role.url.format(value) + (f"#{quote(fragment)}" if fragment else "")
        text = self.shown(self.role.text.format(value))
        return [nodes.reference(self.rawtext, text, refuri=address)], []


class LiteralRole(SphinxRole):
    """A role of another community's site: what it names is shown, and not looked up."""

    def run(self) -> Made:
        """The name as readers know it: ``~a.b`` stands for ``b``, ``text <a.b>`` for its text."""
        text = re.sub(r"\s*<[^<>]+>$", "", self.text.lstrip("!")) or self.text
        shown = text[1:].rpartition(".")[2] if text.startswith("~") else text
        return [nodes.literal(self.rawtext, shown)], []


def to_page(name: str, shown: Cell, page: str) -> addnodes.pending_xref:
    """A link from *page* to one that is made, in outputs that have it; text alone in others."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", "", *inline(shown)),
        refdomain=NAME,
        reftype="page",
        reftarget=name,
        refdoc=page,
        refexplicit=True,
        refwarn=False,
    )


def link(
    number: int, text: str, page: str, fragment: str = "", source: str = ""
) -> addnodes.pending_xref:
    """A link from *page* to the proposal of that number, resolved when the page is written."""
    return addnodes.pending_xref(
        source,
        nodes.inline(source, text),
        refdomain=NAME,
        reftype="proposal",
        reftarget=str(number),
        refdoc=page,
        refexplicit=True,
        refwarn=False,
        fragment=fragment,
    )
