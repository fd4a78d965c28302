"""The box above a proposal's text that says how it is to be taken.

Made of nodes, so that a reader of the text or of the book is told too. What is said is the
process's; what is added are the days and the links that the proposal names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes

from ..catalog.model import CatalogEntry
from ..process.model import Process
from ..process.schema import Status
from ..proposals.fields import is_url
from ..proposals.model import Proposal
from .banners import box
from .i18n import _, gettext_nodes
from .tables import joined

Link = Callable[[int], nodes.Node]
"""Makes a link to the proposal of a number."""


def make(
    proposal: Proposal, entry: CatalogEntry | None, process: Process, link: Link
) -> list[nodes.Node]:
    """The box, unless there is nothing to say or a banner in the text says it."""
    status = process.status(proposal.status)
    text = _text(status) if status else ""
    if status is None or not text or _has_banner(proposal, status, process):
        return []
    parts = [nodes.strong("", _("{status}:", status=status.name)), nodes.Text(f" {text}")]
    if entry is not None:
        parts += _additions(entry, status, link)
    return [box(nodes.paragraph("", "", *parts), kind="notice")]


def _text(status: Status) -> str:
    """What the process says; of what is done and in force, nothing has to be said."""
    return status.notice or ("" if status.stage == "done" else status.summary)


def _has_banner(proposal: Proposal, status: Status, process: Process) -> bool:
    """Whether the author has put a banner that fits the status."""
    used = {banner.name for banner in proposal.body.banners} if proposal.body else set()
    return any(b.name in used and status.name in b.statuses for b in process.banners)


def _additions(entry: CatalogEntry, status: Status, link: Link) -> Iterator[nodes.Node]:
    if status.stage == "open" and entry.review_until:
        yield nodes.Text(" " + _("The last day for objections is {day}.", day=entry.review_until))
    resolution = entry.resolution
    if status.closed and resolution and resolution.url and is_url(resolution.url):
        decision = nodes.reference("", _("the decision"), refuri=resolution.url)
        yield from (nodes.Text(" "), *gettext_nodes("See {decision}.", decision=decision))
    if status.closed and entry.superseded_by:
        yield nodes.Text(" " + _("Read instead:") + " ")
        yield from joined(map(link, entry.superseded_by))
