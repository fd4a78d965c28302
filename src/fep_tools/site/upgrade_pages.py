"""Pages about upgrades: what a newer version deprecates, removes and changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from .._i18n import gettext_noop
from ..extensions.symbols import Change, decided_changes, release_key
from ..extensions.upgrade import relevant_changes, State
from .content import SiteContent
from .i18n import _
from .nodes import Cell, table
from .roles import page_link, proposal_link
from .virtual_pages import VirtualPage

DIRECTORY = "upgrade"

INTRODUCTION = gettext_noop(
    "What proposals declare to be deprecated, removed or changed after {before}, up to {after}."
)

STATES: dict[State, str] = {
    "removed": gettext_noop("removed"),
    "changed": gettext_noop("changed"),
    "deprecated": gettext_noop("deprecated"),
}
"""What happens to a name, as readers see it."""


def pages(content: SiteContent) -> Iterator[VirtualPage]:
    """Return a page for each pair of versions, if proposals declare changes."""
    changes = decided_changes(content.proposals.values(), content.process)
    found = {
        pair: states
        for pair in version_pairs(content)
        if (states := relevant_changes(changes, *pair))
    }
    for pair, states in found.items():
        yield _page(content, pair, states, [*found])


def version_pairs(content: SiteContent) -> list[tuple[str, str]]:
    """Return pairs of versions: from each to the newest released one, and from that to later ones.

    The versions are those of the proposals that are done or accepted.
    """
    done: set[str] = set()
    planned: set[str] = set()
    for entry in content.catalog.proposals:
        status = content.process.resolve_status(entry.status or "")
        stage = status.stage if status else None
        if stage in ("done", "agreed"):
            versions = (v for v in (*entry.versions, *entry.removed) if release_key(v))
            (done if stage == "done" else planned).update(versions)
    ordered = sorted(done, key=release_key)
    if not ordered:
        return []
    newest = ordered[-1]
    later = [v for v in planned - done if release_key(v) > release_key(newest)]
    return [
        *((v, newest) for v in ordered[:-1]),
        *((newest, v) for v in sorted(later, key=release_key)),
    ]


def _page(
    content: SiteContent,
    pair: tuple[str, str],
    states: Mapping[Change, State],
    others: list[tuple[str, str]],
) -> VirtualPage:
    before, after = pair
    labels = {change.number: content.label(change.number) for change in states}
    return VirtualPage(
        name=page_name(pair),
        title=_("Upgrade from {before} to {after}", before=before, after=after),
        state=repr((pair, [*states.items()], others, labels, content.pages)),
        render=lambda: [
            _links(pair, others),
            nodes.paragraph("", _(INTRODUCTION, before=before, after=after)),
            _table(content, pair, states),
        ],
    )


def page_name(pair: tuple[str, str]) -> str:
    """Return the name of the page about a pair of versions: ``upgrade/2.2..3.1``."""
    return f"{DIRECTORY}/{pair[0]}..{pair[1]}"


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
    content: SiteContent, pair: tuple[str, str], states: Mapping[Change, State]
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
