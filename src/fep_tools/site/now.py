"""What is open now: the lists of the process in a few lines, above the index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docutils import nodes

from ..catalog.model import CatalogEntry
from ..process.schema import Header, Listing
from ..proposals.fields import is_url
from ..proposals.rst.allowlist import link_problem
from .deferred import RenderContext
from .facets import process_list_page
from .i18n import _, format_day, ngettext
from .nodes import Cell, join
from .roles import page_link, proposal_link

MAX_SHOWN = 2
"""Proposals that are shown of a list. Of those that are open for comment, all are."""

BRIEF = "fep-brief"
"""The class of what a narrow screen leaves out: the list has it."""


def render_now(context: RenderContext) -> list[nodes.Node]:
    """Return a line for each list of the process; nothing if no proposal is in any of them."""
    content = context.content
    if not content.process_lists:
        return []
    items = [_line(context, listing) for listing in content.process.lists]
    lines = nodes.definition_list("", *items, classes=["fep-now"])
    return [lines, *_counted_from(context)]


def _line(context: RenderContext, listing: Listing) -> nodes.definition_list_item:
    content = context.content
    entries = content.process_lists.get(listing, ())
    page = process_list_page(listing)
    header = content.process.header(listing.sort_by) if listing.sort_by else None
    is_review = content.is_of_reviews(listing)
    shown = entries if is_review else entries[:MAX_SHOWN]
    items = [[*_item(context, entry, header)] for entry in shown]
    if hidden := len(entries) - len(shown):
        more = ngettext("{count} more", "{count} more", hidden)
        items.append([page_link(page, more, context.page)])
    items = items or [[nodes.inline("", _("none"), classes=["fep-none"])]]
    listed = [nodes.list_item("", nodes.paragraph("", "", *item)) for item in items]
    body = nodes.definition("", nodes.bullet_list("", *listed))
    body["classes"] += [] if is_review or not entries else [BRIEF]
    return nodes.definition_list_item("", _term(context, listing, page, len(entries)), body)


def _term(context: RenderContext, listing: Listing, page: str, count: int) -> nodes.term:
    if not count:
        return nodes.term("", "", nodes.Text(listing.title))
    number = nodes.inline("", f" {count}", classes=["fep-count"])
    return nodes.term("", "", page_link(page, listing.title, context.page), number)


def _item(
    context: RenderContext, entry: CatalogEntry, header: Header | None
) -> Iterator[nodes.Node]:
    """Yield the title of a proposal, its date, and where comments go."""
    yield proposal_link(entry.number, context.content.label(entry.number), context.page)
    day = context.content.value(entry, header.name) if header else None
    details: list[Cell] = []
    if isinstance(day, date) and header:
        written = format_day(day, context.language)
        if header.role == "review_until":
            details += [_("until {day}", day=written), *_days_left(context, day)]
        else:
            details.append(_("by {day}", day=written) if header.role == "review_by" else written)
    url = entry.discussion if header and header.role == "review_until" else None
    if url and is_url(url) and not link_problem(url):
        details.append(nodes.reference("", _("comment"), refuri=url))
    if details:
        yield nodes.Text(" ")
        yield nodes.inline("", "", *join(details, " · "), classes=["fep-date"])


def _days_left(context: RenderContext, day: date) -> Iterator[nodes.inline]:
    """Yield the days left on the day of the build; the script counts from the reader's day."""
    left = (day - context.content.today).days
    text = ngettext("{number} day left", "{number} days left", left, number=left)
    text = text if left >= 0 else _("closed")
    yield nodes.inline("", text, classes=["fep-left", f"fep-until-{day.isoformat()}"])


def _counted_from(context: RenderContext) -> Iterator[nodes.paragraph]:
    """Yield the day from which days are counted, if some are."""
    if context.content.counts_days:
        day = format_day(context.content.today, context.language)
        text = _("Days left on {day}, when this page was made.", day=day)
        yield nodes.paragraph("", text, classes=["fep-counted"])
