"""The index: every proposal once, in the groups of the process."""

from __future__ import annotations

from docutils import nodes

from ..catalog import Entry
from ..tables import Index
from .edition import Edition
from .roles import link
from .tables import badge
from .tables import Cell
from .tables import table


def make(edition: Edition, page: str) -> list[nodes.Node]:
    """A section for each group that has proposals."""
    grouped = edition.catalog.grouped(edition.process)
    groups = [group for group in edition.process.index if group.title in grouped]
    sections = [_section(edition, page, group, grouped[group.title]) for group in groups]
    return [*_overview(groups, grouped), *sections] or [
        nodes.paragraph("", f"There are no {edition.process.plural} yet.")
    ]


def _overview(groups: list[Index], grouped: dict[str, tuple[Entry, ...]]) -> list[nodes.Node]:
    """The groups with how many are in each, as links to them."""
    items = []
    for group in groups:
        name = nodes.reference("", group.title, refid=_id(group), internal=True)
        count = nodes.inline("", f" {len(grouped[group.title])}", classes=["fep-count"])
        items.append(nodes.list_item("", nodes.paragraph("", "", name, count)))
    return [nodes.bullet_list("", *items, classes=["fep-groups"])] if items else []


def _section(
    edition: Edition, page: str, group: Index, entries: tuple[Entry, ...]
) -> nodes.section:
    section = nodes.section("", nodes.title("", group.title), ids=[_id(group)])
    if group.summary:
        section += nodes.paragraph("", group.summary)
    titles = [edition.process.acronym, "Title", "Authors", "Type", "Status"]
    rows = (_row(edition, page, entry) for entry in entries)
    section += table(titles, rows, kind="fep-index")
    return section


def _row(edition: Edition, page: str, entry: Entry) -> list[Cell]:
    return [
        str(entry.number),
        link(entry.number, entry.title or edition.process.label(entry.number), page),
        ", ".join(author.name for author in entry.authors),
        entry.type or "",
        badge(edition.process, entry.status),
    ]


def _id(group: Index) -> str:
    return nodes.make_id(f"group-{group.title}")
