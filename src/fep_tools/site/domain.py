"""What pages know of each other: Sphinx's domain for proposals.

The edition is read anew for each build, and never stored. What is stored says which pages
show what of the others, so that a page is made again when that changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, cast, ClassVar, TYPE_CHECKING

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from .content import SiteContent
from .translation_files import LoadedTranslations

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

NAME = "fep"

WITH_LISTS = ("dirhtml", "fep", "html")
"""The builders that make pages which no document stands behind."""


class ProposalDomain(Domain):
    """Proposals as things that can be linked: from here, and by others through ``objects.inv``."""

    name = NAME
    label = "Proposals"
    object_types: ClassVar = {"proposal": ObjType("proposal", "proposal")}
    initial_data: ClassVar = {
        "links": {},
        "lists": set(),
        "pictures": set(),
        "sources": {},
        "translations": {},
    }
    data_version = 3
    edition: SiteContent
    builder: Builder
    gathered: LoadedTranslations

    def begin(self, edition: SiteContent, builder: Builder, gathered: LoadedTranslations) -> None:
        """Take what this build publishes, who makes the pages, and what is translated."""
        self.gathered = gathered
        self.edition = edition
        self.builder = builder

    # What pages show -----------------------------------------------------------------------

    def note_link(self, page: str, number: int) -> None:
        """*page* shows the title of the proposal of that number."""
        self.data["links"].setdefault(page, set()).add(number)

    def note_list(self, page: str) -> None:
        """*page* shows all proposals."""
        self.data["lists"].add(page)

    def note_picture(self, page: str) -> None:
        """*page* shows a picture of all proposals."""
        self.data["pictures"].add(page)

    def shown(self, page: str) -> Iterator[str]:
        """Everything on *page* that its own source does not say."""
        entry = self.edition.entry(page)
        numbers = set(self.data["links"].get(page, ()))
        if entry is not None:
            around = self.edition.neighbours(entry.number)
            past = self.edition.catalog.commit is not None
            yield f"{entry!r} {self.edition.lists_of(entry)} {around} {past}"
            yield repr(self.edition.standing(page))
            numbers.update(n for n in around if n is not None)
            yield repr([self.edition.status(n) for n in entry.related])
            numbers.update(entry.related)
        yield from (
            f"{n} {self.edition.pages.get(n)} {self.edition.label(n)}" for n in sorted(numbers)
        )
        if page in self.data["lists"]:
            yield self.edition.listing
        if page in self.data["pictures"]:
            yield self.edition.pictured

    def clear_doc(self, docname: str) -> None:
        """Forget what is known of a page that is read again, or gone."""
        self.data["links"].pop(docname, None)
        self.data["lists"].discard(docname)
        self.data["pictures"].discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take what another process knows of the pages that it has read."""
        for page in docnames:
            if page in otherdata["links"]:
                self.data["links"][page] = otherdata["links"][page]
        for part in ("lists", "pictures"):
            self.data[part] |= otherdata[part] & set(docnames)

    # Links ---------------------------------------------------------------------------------

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
        """The link to a proposal; what is shown alone, where there is no such proposal."""
        if typ == "page":
            made = builder.name in WITH_LISTS
            shown = make_refnode(builder, fromdocname, target, "", contnode) if made else contnode
            return cast("nodes.reference", shown)
        page = self.edition.pages.get(int(target))
        if page is None:
            label = self.edition.process.label(int(target))
            place = node if node.line else fromdocname
            logger.warning("there is no %s", label, type="fep", subtype="link", location=place)
            return cast("nodes.reference", contnode)
        title = self.edition.label(int(target))
        return make_refnode(builder, fromdocname, page, node["fragment"], contnode, title)

    def resolve_any_xref(self, *_: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing: a number alone names no proposal."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every proposal by its number; found by others, and not listed by the search."""
        for number, page in self.edition.pages.items():
            yield str(number), self.edition.label(number), "proposal", page, "", -1


def domain_of(env: BuildEnvironment) -> ProposalDomain:
    """The domain in *env*."""
    return cast("ProposalDomain", env.get_domain(NAME))
