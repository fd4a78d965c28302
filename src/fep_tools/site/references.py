"""Labels, terms and citations of a proposal are its own.

Sphinx has one name space for a whole project. In it, ``[Ada]_`` in one proposal leads to another
that cites Ada as well, and two proposals cannot both have the label ``rationale``. Here every
proposal has a name space, and the other pages of the site share theirs as in any project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from posixpath import join, normpath
from typing import Any, ClassVar, TYPE_CHECKING

from docutils import nodes
from sphinx.domains.citation import CitationDomain
from sphinx.domains.std import StandardDomain
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from .._text import shorten
from ..proposals.labels import find_owners
from .domain import domain_of

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

# Sphinx formats "%s" or "{number}" with Python: "%999999999s" would be a gigabyte.
# Each part comes once, as the caption of a figure may be long.
_NUMBERED = re.compile(
    r"[^%{}]*(?:%s[^%{}]*)?|[^%{}]*(?:\{name\}[^%{}]*)?(?:\{number\}[^%{}]*)?(?:\{name\}[^%{}]*)?"
)

_PAGES = "\0"  # not a proposal

PROPOSALS = "proposals"
"""The key under which the data of the domain has the names of proposals."""


MAX_TITLE = 1000
"""The longest title that a label keeps. A section of 200,000 characters may have 3,000 labels."""


class _Labels(dict[str, tuple[str, str, str]]):
    """Labels with their pages, anchors and titles, as long as links may show them."""

    def __setitem__(self, label: str, found: tuple[str, str, str]) -> None:
        page, anchor, title = found
        super().__setitem__(label, (page, anchor, shorten(title, MAX_TITLE)))


class LocalStandardDomain(StandardDomain):
    """Sphinx's domain for labels, terms and the like, in which those of a proposal are local."""

    initial_data: ClassVar[dict[str, Any]] = {  # type: ignore[misc] # as in Sphinx itself
        **StandardDomain.initial_data,
        "labels": _Labels(StandardDomain.initial_data["labels"]),
    }

    # A link may be resolved on another page than its own, such as that of a single file.
    _page = ""

    def _names(self) -> dict[str, Any]:
        """Return the names of the page that is read or resolved."""
        page = self._page or str(self.env.temp_data.get("docname", ""))
        if domain_of(self.env).is_restricted(page):
            names: dict[str, Any] = self.data.setdefault(PROPOSALS, {}).setdefault(page, {})
            return names
        return self.data

    @contextmanager
    def _on(self, page: str) -> Iterator[None]:
        before, self._page = self._page, page
        try:
            yield
        finally:
            self._page = before

    @property
    def objects(self) -> dict[tuple[str, str], tuple[str, str]]:
        """The objects by their type and name, such as the terms of a glossary."""
        return self._names().setdefault("objects", {})  # type: ignore[no-any-return]

    @property
    def _terms(self) -> dict[str, tuple[str, str]]:
        return self._names().setdefault("terms", {})  # type: ignore[no-any-return]

    @property
    def progoptions(self) -> dict[tuple[str | None, str], tuple[str, str]]:
        """The options by their program and name."""
        return self._names().setdefault("progoptions", {})  # type: ignore[no-any-return]

    @property
    def labels(self) -> dict[str, tuple[str, str, str]]:
        """The labels that have a title."""
        return self._names().setdefault("labels", _Labels())  # type: ignore[no-any-return]

    @property
    def anonlabels(self) -> dict[str, tuple[str, str]]:
        """All labels."""
        return self._names().setdefault("anonlabels", {})  # type: ignore[no-any-return]

    def get_numfig_title(self, node: nodes.Node) -> str | None:
        """Return the caption of a figure, as long as links may show it."""
        title = super().get_numfig_title(node)
        return title and shorten(title, MAX_TITLE)

    def clear_doc(self, docname: str) -> None:
        """Forget a page that was removed or will be read again."""
        super().clear_doc(docname)
        self.data.get(PROPOSALS, {}).pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process recorded about the pages it has read."""
        super().merge_domaindata(docnames, {"terms": {}, **otherdata})
        others = otherdata.get(PROPOSALS, {})
        mine = self.data.setdefault(PROPOSALS, {})
        mine.update((page, names) for page, names in others.items() if page in docnames)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return the link to a name on the same page.

        A label may also be that of one proposal: a page of the site has no other way to link to
        it. In a proposal, that is a finding of the check.
        """
        if typ == "doc" and domain_of(env).restricted:
            # Pages name proposals by their files, as in tables of contents.
            file = normpath(join("/", node.get("refdoc", fromdocname), "..", node["reftarget"]))
            page = domain_of(env).content.pages_by_file.get(file)
            node["reftarget"] = page or node["reftarget"]
        if typ == "numref" and node["refexplicit"] and not _NUMBERED.fullmatch(contnode.astext()):
            message = "%r is not linked; write 'Figure %%s', or {name} and {number}"
            logger.warning(message, contnode.astext(), type="fep", subtype="link", location=node)
            # Sphinx takes any node here, though its own annotation says otherwise.
            return contnode  # type: ignore[return-value]
        with self._on(fromdocname):
            link = super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
            is_known = target in self.anonlabels
        if link is not None or typ != "ref":
            return link
        domain = domain_of(env)
        if domain.is_restricted(fromdocname) and not is_known:
            with self._on(_PAGES):  # such as an appendix, which is a page of the site
                link = super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
            if link is not None:
                return link
        if is_known or not (owner := self._only_owner(env, target)):
            # For a proposal, other sites are not asked either: fep check cannot do that.
            return contnode if domain.is_restricted(fromdocname) else None  # type: ignore[return-value]
        with self._on(owner):
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)

    def _only_owner(self, env: BuildEnvironment, label: str) -> str:
        """Return the page of the only proposal with a label; empty if there are none or several."""
        owners = find_owners(label, domain_of(env).content.proposals.items())
        return owners[0] if len(owners) == 1 else ""

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Return what other sites can link to: labels of proposals if only one has them."""
        yield from super().get_objects()
        found: dict[str, list[tuple[str, str, str, str, str, int]]] = {}
        for page in sorted(self.data.get(PROPOSALS, {})):
            with self._on(page):
                for name, (_page, anchor) in self.anonlabels.items():
                    title = self.labels[name][2] if name in self.labels else name
                    found.setdefault(name, []).append((name, title, "label", page, anchor, -1))
        for name, entries in found.items():
            if len(entries) == 1 and name not in self.data["anonlabels"]:
                yield entries[0]


class LocalCitationDomain(CitationDomain):
    """Sphinx's domain for citations, in which those of a proposal are local."""

    def _key(self, label: str) -> str:
        """Return the name under which a citation on the current page is recorded."""
        page = self.env.docname
        is_local = domain_of(self.env).is_restricted(page)
        return f"{page}\n{nodes.fully_normalize_name(label)}" if is_local else label

    def note_citation(self, node: nodes.citation) -> None:
        """Record a citation. Docutils has a message for two of one name in a proposal."""
        label = node[0].astext()
        key = self._key(label)
        if key == label:
            super().note_citation(node)
        else:
            self.citations.setdefault(key, (node["docname"], node["ids"][0], node.line or 0))

    def note_citation_reference(self, node: pending_xref) -> None:
        """Record a reference to a citation."""
        label = node["reftarget"]
        node["reftarget"] = self._key(label)
        # If two targets have the name, docutils has a message for the second of them.
        names = node.document.nameids if node.document else {}
        node["refwarn"] = names.get(nodes.fully_normalize_name(label), "") is not None
        super().note_citation_reference(node)

    def check_consistency(self) -> None:
        """Warn about citations that nothing refers to; the check does so for proposals."""
        for key, (page, _anchor, line) in self.citations.items():
            if key not in self.citation_refs and not domain_of(self.env).is_restricted(page):
                message = "Citation [%s] is not referenced."
                logger.warning(message, key, location=(page, line), type="ref", subtype="citation")

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return the link to a citation, or its text if there is none."""
        page, anchor, _line = self.citations.get(target, ("", "", 0))
        if page:
            return make_refnode(builder, fromdocname, page, anchor, contnode)
        label = contnode.astext()[1:-1]
        is_judged = domain_of(env).is_restricted(fromdocname)  # by the check
        if node["refwarn"] and not is_judged:
            message = "citation not found: %s"
            logger.warning(message, label, location=node, type="ref", subtype="ref")
        return contnode  # type: ignore[return-value]


def register(app: Sphinx) -> None:
    """Put the domains in the place of Sphinx's."""
    app.add_domain(LocalStandardDomain, override=True)
    app.add_domain(LocalCitationDomain, override=True)
