"""The line below a proposal's title, with its status and decision, and the notice below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

from ..catalog.model import ProposalEntry
from ..process.schema import Status
from ..proposals.fields import is_url
from ..proposals.model import Proposal
from ..proposals.rst.allowlist import link_problem
from .deferred import RenderContext
from .i18n import _, format_day, gettext_nodes
from .nodes import box, Cell, inline, join, status_badge, with_links
from .roles import page_link, proposal_link

HISTORY_ID = "history-of-this-proposal"
"""The anchor of the history, in the block below the text, unless the text has one of this name."""


def render_status_line(context: RenderContext) -> nodes.paragraph:
    """Return the status with its date, the decision or where comments go, the type and removal."""
    proposal, entry = _proposal(context), context.entry
    process = context.content.process
    badge: Cell = status_badge(process, proposal.status)
    kind: Cell = nodes.inline("", proposal.type or "", classes=["fep-type"])
    if entry is not None:
        badge = _group_link(context, "status", badge, proposal.status)
        kind = _group_link(context, "type", kind, proposal.type)
    first = join([badge, *(_decision(context, entry) if entry else ())], " ")
    parts = [first, *(_comments(context, entry) if entry else ()), *[kind] * bool(proposal.type)]
    if entry and entry.removed:
        removed = _("Removed in {version}", version=", ".join(entry.removed))
        parts.append(nodes.inline("", removed, classes=["fep-removed"]))
    return nodes.paragraph("", "", *join(parts, " · "), classes=["fep-summary"])


def _proposal(context: RenderContext) -> Proposal:
    return context.content.proposals[context.page]


def _group_link(context: RenderContext, role: str, text: Cell, value: str | None) -> Cell:
    page = context.content.group_page(role, value or "")
    return page_link(page, text, context.page) if page else text


def _decision(context: RenderContext, entry: ProposalEntry) -> Iterator[Cell]:
    """Yield the day on which the status began, if it is known, and what shows the decision."""
    if entry.intervals and entry.intervals[-1].status == entry.status:
        day = format_day(entry.intervals[-1].start, context.language)
        since = _("since {day}", day=day)
        yield nodes.reference("", since, refid=context.free_anchor(HISTORY_ID), internal=True)
    status = context.content.process.status(entry.status)
    if status and status.stage == "open":
        return
    links = [e.link for e in entry.history if e.kind == "status" and e.after == entry.status]
    if entry.resolution and entry.resolution.url:
        evidence = list(_external(entry.resolution.url, _("decision")))
    else:
        evidence = list(_external(links[-1] if links else None, _("evidence")))
    if evidence:
        yield [nodes.Text("("), *evidence, nodes.Text(")")]


def _comments(context: RenderContext, entry: ProposalEntry) -> Iterator[Cell]:
    """Yield the last day for comments, and where they go, while the proposal is open."""
    status = context.content.process.status(entry.status)
    if status and status.stage == "open":
        if entry.review_until:
            day = format_day(entry.review_until, context.language)
            yield _("comments until {day}", day=day)
        yield from _external(entry.discussion, _("discussion"))


def _external(url: str | None, text: str) -> Iterator[nodes.reference]:
    if url and is_url(url) and not link_problem(url):
        yield nodes.reference("", text, refuri=url)


# The notice --------------------------------------------------------------------------------


def render_notice(context: RenderContext) -> list[nodes.Node]:
    """Return a box with what a reader must know first, if there is something."""
    proposal, entry = _proposal(context), context.entry
    status = context.content.process.status(proposal.status)
    parts: list[nodes.Node] = []
    if status and not _has_own_banner(context, proposal, status):
        parts += _status_notice(context, status)
    if entry and entry.retroactive:
        history = nodes.reference(
            "", _("history"), refid=context.free_anchor(HISTORY_ID), internal=True
        )
        parts += [nodes.Text(" ")] * bool(parts)
        parts += gettext_nodes(
            "Retroactive: it records a decision made elsewhere, as its {history} shows.",
            history=history,
        )
    return [box(nodes.paragraph("", "", *parts), kind="notice")] if parts else []


def _has_own_banner(context: RenderContext, proposal: Proposal, status: Status) -> bool:
    """Return whether the author has put a banner for the status into the text."""
    used = {banner.name for banner in proposal.body.banners} if proposal.body else set()
    banners = context.content.process.banners
    return any(b.name in used and status.name in b.statuses for b in banners)


def _status_notice(context: RenderContext, status: Status) -> Iterator[nodes.Node]:
    # Nothing needs to be said about proposals that are done and active.
    text = status.notice or ("" if status.stage == "done" else status.summary)
    if not text:
        return
    # "Accepted; not released yet." says the name already.
    if re.match(rf"{re.escape(status.name)}\b", text):
        name, rest = status.name, text.removeprefix(status.name)
    else:
        name, rest = _("{status}:", status=status.name), f" {text}"
    yield from (nodes.strong("", name), nodes.Text(rest))
    entry = context.entry
    if entry and status.closed and entry.superseded_by:
        proposals = (
            proposal_link(number, context.content.label(number), context.page)
            for number in entry.superseded_by
        )
        links = nodes.inline("", "", *join(inline(link) for link in proposals))
        yield nodes.Text(" ")
        yield from gettext_nodes("Superseded by {proposals}", proposals=links)
        yield nodes.Text(".")
    if entry and entry.reason and status.stage in ("waiting", "dead"):
        reason = nodes.inline("", "", *with_links(entry.reason))
        yield nodes.Text(" ")
        yield from gettext_nodes("The reason: {reason}", reason=reason)
