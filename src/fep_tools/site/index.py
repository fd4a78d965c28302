"""The index: every proposal once, in the groups of the process."""

from __future__ import annotations

from docutils import nodes

from ..catalog.model import CatalogEntry
from ..process.schema import IndexGroup
from .content import SiteContent
from .i18n import _
from .lists import ways
from .proposal_table import listed, words


def make(edition: SiteContent, page: str) -> list[nodes.Node]:
    """A section for each group that has proposals."""
    grouped = edition.catalog.grouped(edition.process)
    groups = [group for group in edition.process.index if group.title in grouped]
    sections = [_section(edition, page, group, grouped[group.title]) for group in groups]
    if not sections:
        return [nodes.paragraph("", _("There are no {plural} yet.", plural=edition.process.plural))]
    count = words(len(edition.catalog.proposals))
    return [*_overview(groups, grouped), *ways(edition, page), count, *sections]


def _overview(
    groups: list[IndexGroup], grouped: dict[str, tuple[CatalogEntry, ...]]
) -> list[nodes.Node]:
    """The groups with how many are in each, as links to them."""
    items = []
    for group in groups:
        name = nodes.reference("", group.title, refid=_id(group), internal=True)
        count = nodes.inline("", f" {len(grouped[group.title])}", classes=["fep-count"])
        items.append(nodes.list_item("", nodes.paragraph("", "", name, count)))
    return [nodes.bullet_list("", *items, classes=["fep-groups"])] if items else []


def _section(
    edition: SiteContent, page: str, group: IndexGroup, entries: tuple[CatalogEntry, ...]
) -> nodes.section:
    section = nodes.section(
        "", nodes.title("", group.title), ids=[_id(group)], classes=["fep-group"]
    )
    if group.summary:
        section += nodes.paragraph("", group.summary)
    section += listed(edition, page, entries)
    return section


def _id(group: IndexGroup) -> str:
    return nodes.make_id(f"group-{group.title}")
