"""Roles that link to proposals and to what the process names by number, such as ``:pep:`8```."""

from __future__ import annotations

import re
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.typing import RoleFunction

from .._numbers import NUMBER
from ..process.model import Process
from ..process.schema import TextRole
from ..proposals.body import LABEL_ROLE
from ..proposals.inventory import find_object, LinkTarget, split_target
from ..proposals.labels import find_label, leads_elsewhere
from ..proposals.rst.back_end import RoleResult
from .domain import domain_of, NAME
from .nodes import Cell, inline

logger = logging.getLogger(__name__)

# ":func:`open`" and ":external+py3.12:c:func:`PyErr_Print`"
_CALLED = re.compile(r"(?:.*:)?(?:func|meth)")


def process_roles(process: Process) -> dict[str, RoleFunction]:
    """Return the roles of a process, by name: for its proposals, and those of its table."""
    external = {role.name.lower(): ExternalRole(role) for role in process.roles}
    return {**external, process.acronym.lower(): ProposalRole()}


class NumberRole(ReferenceRole):
    """A role with a number: ``11``, ``11#fragment`` or ``text <11#fragment>``."""

    @property
    def parts(self) -> tuple[str, str]:
        """The number as written, and the fragment."""
        # "11#open-issues"; Sphinx has already taken the target out of "text <11#open-issues>".
        number, _hash, fragment = self.target.partition("#")
        return number.strip(), fragment

    def link_text(self, label: str) -> str:
        """Return the author's text, or *label* and the fragment: ``FEP 11 § Open issues``."""
        if self.has_explicit_title:
            return self.title
        fragment = self.parts[1].replace("-", " ").replace("_", " ").capitalize()
        return f"{label} § {fragment}" if fragment else label

    def reject(self, message: str, *values: object) -> RoleResult:
        """Return the text without a link, and report it unless the check has done so."""
        if not domain_of(self.env).is_restricted(self.env.docname):
            location = self.get_location()
            logger.warning(message, *values, type="fep", subtype="link", location=location)
        return [nodes.inline(self.rawtext, self.title)], []


class ProposalRole(NumberRole):
    """The role for proposals of this repository, such as ``:fep:`11```."""

    def run(self) -> RoleResult:
        """Return a link, which is resolved when the page is written."""
        number, fragment = self.parts
        if not re.fullmatch(NUMBER, number):
            return self.reject("%r is not the number of a proposal", number)
        domain = domain_of(self.env)
        # The link shows the title of another proposal, which may change.
        domain.note_link(self.env.docname, int(number))
        text = self.link_text(domain.content.process.label(int(number)))
        link = proposal_link(int(number), text, self.env.docname, fragment, self.rawtext)
        self.set_source_info(link)
        return [link], []


class ExternalRole(NumberRole):
    """A role that the process defines, such as ``:pep:`8``` in a FEP."""

    def __init__(self, role: TextRole) -> None:
        super().__init__()
        self.role = role

    def run(self) -> RoleResult:
        """Return a link to the URL that the process gives."""
        target, fragment = self.parts
        is_number = re.fullmatch("[0-9]{1,9}", target) is not None
        # "pep-{0:04}" needs a number; "{0}" takes a name as well.
        if not is_number and "{0:" in self.role.url + self.role.text:
            return self.reject("%r is not a number for the role %r", target, self.role.name)
        value = int(target) if is_number else quote(target, safe="/")
        url = self.role.url.format(value) + (f"#{quote(fragment)}" if fragment else "")
        text = self.link_text(self.role.text.format(value))
        return [nodes.reference(self.rawtext, text, refuri=url)], []


class LiteralRole(SphinxRole):
    """A role of another community's site, such as ``:func:``. It is shown, not looked up."""

    def run(self) -> RoleResult:
        """Return the name: ``b`` for ``~a.b``, ``text`` for ``text <a.b>``."""
        # "!a.b" would not be looked up in the other site, and "text <a.b>" has a text of its own.
        text = re.sub(r"\s*<[^<>]+>$", "", self.text.lstrip("!")) or self.text
        shown = text[1:].rpartition(".")[2] if text.startswith("~") else text
        if (
            _CALLED.fullmatch(self.name.lower())
            and text == self.text.lstrip("!")
            and not shown.endswith(")")
        ):
            shown += "()"  # as Sphinx shows functions, unless the author wrote a text
        return [nodes.literal(self.rawtext, shown)], []


class ObjectRole(SphinxRole):
    """A role of Sphinx for an object of another project, which its inventory may have."""

    def run(self) -> RoleResult:
        """Return a link, or the name as code if no inventory has it."""
        shown, target = split_target(self.text)
        role = self.name.lower()
        found = None if self.text.startswith("!") else find_in_inventories(self.env, role, target)
        literal, messages = LiteralRole()(
            self.name, self.rawtext, self.text, self.lineno, self.inliner
        )
        if found is None:
            return literal, messages
        # The title of a document is prose, and so is a text that the author wrote for a term.
        is_prose = role.removeprefix("std:") in ("doc", "term")
        text = (shown or found.title or target) if is_prose else ""
        content: list[nodes.Node] = [nodes.inline(self.rawtext, text)] if is_prose else literal
        return [external_link(self.rawtext, content, found)], messages


def find_in_inventories(env: BuildEnvironment, role: str, target: str) -> LinkTarget | None:
    """Return what text in a role links to in the inventories of the process."""
    content = domain_of(env).content
    return find_object(role, target, content.process, content.attachments)


def external_link(source: str, content: list[nodes.Node], found: LinkTarget) -> nodes.reference:
    """Return a link to an object of another project."""
    return nodes.reference(source, "", *content, refuri=found.url, internal=False)


class LabelRole(XRefRole):
    """The role ``:ref:`` in a proposal: a link to a label of the same proposal.

    :param is_literal: Whether the process shows links to other sites as they are written.
    """

    def __init__(self, *, is_literal: bool) -> None:
        super().__init__(lowercase=True, innernodeclass=nodes.inline)
        self._is_literal = is_literal

    def run(self) -> RoleResult:
        """Return a link, which is resolved when the page is written."""
        label = nodes.fully_normalize_name(self.target)
        domain = domain_of(self.env)
        proposal = domain.content.proposals.get(self.env.docname)
        if proposal is None:  # a page in Markdown, whose labels are those of all pages
            self.name, self.warn_dangling = "std:ref", True
            return super().run()
        if not self.disabled and find_label(label, proposal) is None:
            if found := find_in_inventories(self.env, "ref", self.target):
                text = self.title if self.has_explicit_title else found.title or self.target
                inline = nodes.inline(self.rawtext, text)
                return [external_link(self.rawtext, [inline], found)], []
            if leads_elsewhere(label, is_literal=self._is_literal):
                name, inliner = self.name, self.inliner
                return LiteralRole()(name, self.rawtext, self.text, self.lineno, inliner)
            domain.note_label(self.env.docname, label)
        self.name, self.target = f"std:{LABEL_ROLE}", label
        return super().run()


# Links -----------------------------------------------------------------------------------------


def page_link(name: str, text: Cell, page: str) -> addnodes.pending_xref:
    """Return a link from *page* to a virtual page; plain text for builders without these."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", "", *inline(text)),
        refdomain=NAME,
        reftype="page",
        reftarget=name,
        refdoc=page,
        refexplicit=True,
        refwarn=False,
    )


def proposal_link(
    number: int, text: str, page: str, fragment: str = "", source: str = ""
) -> addnodes.pending_xref:
    """Return a link from *page* to a proposal, resolved when the page is written.

    :param source: The markup that the link was made from.
    """
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
