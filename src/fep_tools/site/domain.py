"""Sphinx's domain for proposals: links to them, and what each page shows of others.

The content is read anew for each build and never stored. Sphinx stores which page shows what of
other proposals, so that the page is written again when that has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, cast, ClassVar, TYPE_CHECKING

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from .._cache import key
from ..catalog.charts.timeline import timeline_axis
from ..proposals.labels import find_owners
from .content import SiteContent
from .translations import LoadedTranslations

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

NAME = "fep"

VIRTUAL_PAGE_BUILDERS = ("dirhtml", "fep", "html")
"""The builders that write virtual pages, so that links to these can be followed."""


class ProposalDomain(Domain):
    """Proposals as link targets, for this site and, through ``objects.inv``, for others."""

    name = NAME
    label = "Proposals"
    object_types: ClassVar = {"proposal": ObjType("proposal", "proposal")}
    initial_data: ClassVar = {
        "files": {},  # page -> path of the file that it was read from
        "links": {},  # page -> numbers of the proposals whose titles it shows
        "labels": {},  # page -> labels that it links to and does not have
        "indexes": set(),  # pages with a list of all proposals
        "charts": set(),  # pages with a chart of all proposals
        "sources": {},  # page -> digest of the files it was read from
        "shortened": set(),  # pages whose tables of contents are shorter in those of others
        "translations": {},  # page -> digest of its translation
        "written": {},  # builder -> page -> digest of what it showed of proposals
    }
    data_version = 8
    content: SiteContent
    restricted: bool
    builder: Builder
    translations: LoadedTranslations
    refused: dict[str, str]
    """Why the text of a page is shown as it is written, if reading it exceeds a limit."""

    def start_build(
        self,
        content: SiteContent,
        builder: Builder,
        translations: LoadedTranslations,
        *,
        restricted: bool,
    ) -> None:
        """Set what belongs to this build alone.

        :param restricted: Whether proposals may use only what the check allows, by themselves;
            otherwise they are documents as all others of a community's own project.
        """
        self.content = content
        self.restricted = restricted
        self.builder = builder
        self.translations = translations
        self.refused = {}

    def is_restricted(self, page: str) -> bool:
        """Return whether a page is that of a restricted proposal.

        None is before the content is read.
        """
        return hasattr(self, "content") and self.restricted and page in self.content.proposals

    def is_open(self, page: str) -> bool:
        """Return whether anybody can propose a page: it is no proposal and not of the handbook."""
        is_restricted = hasattr(self, "content") and self.restricted
        if not is_restricted or page in self.content.proposals:
            return False
        is_page = page in self.env.found_docs
        return is_page and not self.content.is_handbook(str(self.env.doc2path(page)))

    # What pages show -----------------------------------------------------------------------

    def note_link(self, page: str, number: int) -> None:
        """Record that *page* shows the title of a proposal."""
        self.data["links"].setdefault(page, set()).add(number)

    def note_label(self, page: str, label: str) -> None:
        """Record that *page* links to a label of another one."""
        self.data["labels"].setdefault(page, set()).add(label)

    def note_index(self, page: str) -> None:
        """Record that *page* lists all proposals."""
        self.data["indexes"].add(page)

    def note_chart(self, page: str) -> None:
        """Record that *page* has a chart of all proposals."""
        self.data["charts"].add(page)

    def page_state(self, page: str) -> Iterator[str]:
        """Return strings that differ if anything differs that *page* shows of proposals."""
        content = self.content
        entry = content.entry(page)
        # Numbers of all proposals whose titles are on the page.
        numbers = set(self.data["links"].get(page, ()))
        if entry is None and (known := content.any_entry(page)):
            yield f"{known!r} {content.group_pages(known)} {content.catalog.commit is not None}"
        if entry is not None:
            neighbours = content.neighbours(entry.number)
            has_history = content.catalog.commit is not None
            yield f"{entry!r} {content.group_pages(entry)} {neighbours} {has_history}"
            if len(entry.intervals) > 1:  # there is a timeline until today
                yield repr(timeline_axis(entry.intervals, content.today))
            yield repr(content.note_statuses(page))
            numbers.update(n for n in neighbours if n is not None)
            others = (*entry.related, *(similar.number for similar in entry.similar))
            yield repr([content.status(n) for n in others])
            numbers.update(others)
        # A number without a page counts as well: the link appears once there is one.
        yield from (f"{n} {content.pages.get(n)} {content.label(n)}" for n in sorted(numbers))
        for label in sorted(self.data["labels"].get(page, ())):
            yield f"{label} {find_owners(label, content.proposals.items())}"
        if page in self.data["indexes"]:
            yield content.index_state
        if page in self.data["charts"]:
            yield content.charts_state

    def changed_pages(self) -> list[str]:
        """Return the pages of proposals, or with something of them, that show something new.

        For Sphinx's own builders, which write only what was read again.
        """
        before = self.data["written"].get(self.builder.name, {})
        digests = {page: key(*self.page_state(page)).hex() for page in self.env.found_docs}
        self.data["written"][self.builder.name] = digests
        return [page for page, digest in digests.items() if before.get(page) not in (None, digest)]

    def clear_doc(self, docname: str) -> None:
        """Forget a page that was removed or will be read again."""
        self.data["links"].pop(docname, None)
        self.data["labels"].pop(docname, None)
        self.data["indexes"].discard(docname)
        self.data["charts"].discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process recorded about the pages it has read."""
        for page in docnames:
            for name in ("links", "labels"):
                if page in otherdata[name]:
                    self.data[name][page] = otherdata[name][page]
        for name in ("indexes", "charts"):
            self.data[name] |= otherdata[name] & set(docnames)

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
        """Return the link to a proposal or virtual page, or its text if there is no target."""
        if typ == "page":
            if builder.name not in VIRTUAL_PAGE_BUILDERS:
                return cast("nodes.reference", contnode)
            return make_refnode(builder, fromdocname, target, "", contnode)
        page = self.content.pages.get(int(target))
        if page is None and int(target) == self.content.process.index_number:
            index, fragment = builder.config.root_doc, node["fragment"]
            return make_refnode(builder, fromdocname, index, fragment, contnode)
        if page is None:
            if not self._is_judged(fromdocname, int(target)):
                label = self.content.process.label(int(target))
                place = node if node.line else fromdocname
                logger.warning("there is no %s", label, type="fep", subtype="link", location=place)
            return cast("nodes.reference", contnode)
        body = self.content.proposals[page].body
        fragment = node["fragment"]
        is_judged = self._is_judged(fromdocname, int(target))
        if fragment and body and not is_judged and not body.has_anchor(fragment):
            label = self.content.process.label(int(target))
            location = node if node.line else fromdocname
            values = (label, fragment)
            logger.warning(
                "%s has no section %r", *values, type="fep", subtype="link", location=location
            )
        title = self.content.label(int(target))
        return make_refnode(builder, fromdocname, page, node["fragment"], contnode, title)

    def _is_judged(self, page: str, number: int) -> bool:
        """Return whether the check judges the links from a page to a proposal."""
        return self.is_restricted(page) and self.content.is_checked_link(page, number)

    def resolve_any_xref(self, *_: Any) -> list[tuple[str, nodes.reference]]:
        """Return nothing: ``:any:`` is for names, and a number could be anything."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Return every proposal by its number, for ``objects.inv``.

        The priority -1 keeps them out of Sphinx's search, which finds them as pages.
        """
        for number, page in self.content.pages.items():
            yield str(number), self.content.label(number), "proposal", page, "", -1


def domain_of(env: BuildEnvironment) -> ProposalDomain:
    """Return the domain in an environment."""
    return cast("ProposalDomain", env.get_domain(NAME))
