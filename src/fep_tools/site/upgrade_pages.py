"""Pages about upgrades: what a newer version deprecates, removes and changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from docutils import nodes

from .._i18n import gettext_noop
from ..extensions.symbols import SymbolChange
from ..extensions.upgrade import UpgradeEffect
from .content import SiteContent
from .i18n import _
from .nodes import Cell, table
from .roles import page_link, proposal_link
from .upgrades import page_name
from .virtual_pages import VirtualPage

INTRODUCTION = gettext_noop(
    "What proposals declare to be deprecated, removed or changed after {before}, up to {after}."
)

CUT = gettext_noop("Only {shown} of {all} names are shown.")

MAX_ROWS = 40_000
"""How many rows the tables of all pages have together. Two hundred pages may show each name."""

STATES: dict[UpgradeEffect, str] = {
    "removed": gettext_noop("removed"),
    "changed": gettext_noop("changed"),
    "deprecated": gettext_noop("deprecated"),
}
"""What happens to a name, as readers see it."""


def pages(content: SiteContent) -> Iterator[VirtualPage]:
    """Return a page for each pair of versions, if proposals declare changes."""
    for pair, states in content.upgrades.items():
        yield _page(content, pair, states, [*content.upgrades])


def _page(
    content: SiteContent,
    pair: tuple[str, str],
    states: Mapping[SymbolChange, UpgradeEffect],
    others: list[tuple[str, str]],
) -> VirtualPage:
    before, after = pair
    shown = dict(islice(states.items(), MAX_ROWS // len(others)))
    labels = {change.number: content.label(change.number) for change in shown}
    introduction = _(INTRODUCTION, before=before, after=after)
    if len(shown) < len(states):
        introduction += " " + _(CUT, shown=f"{len(shown):,}", all=f"{len(states):,}")
    return VirtualPage(
        name=page_name(pair),
        title=_("Upgrade from {before} to {after}", before=before, after=after),
        state=repr((pair, [*shown.items()], len(states), others, labels, content.pages)),
        render=lambda: [
            _links(pair, others),
            nodes.paragraph("", introduction),
            _table(content, pair, shown),
        ],
    )


def _links(pair: tuple[str, str], others: list[tuple[str, str]]) -> nodes.bullet_list:
    page = page_name(pair)
    links: list[nodes.Node] = []
    for each in others:
        title = f"{each[0]} – {each[1]}"
        if each == pair:
            links.append(nodes.strong("", title))
        else:
            links.append(page_link(page_name(each), title, page))
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return nodes.bullet_list("", *items, classes=["fep-lists"])


def _table(
    content: SiteContent, pair: tuple[str, str], states: Mapping[SymbolChange, UpgradeEffect]
) -> nodes.table:
    rows: list[list[Cell]] = [
        [
            nodes.literal("", change.symbol),
            _(STATES[state]),
            (change.release if state != "deprecated" else None) or "",
            change.deprecated or "",
            proposal_link(change.number, content.label(change.number), page_name(pair)),
        ]
        for change, state in states.items()
    ]
    titles = [_("Name"), _("State"), _("Version"), _("Deprecated"), _("Proposal")]
    return table(titles, rows, kind="fep-upgrade", stub=True)
