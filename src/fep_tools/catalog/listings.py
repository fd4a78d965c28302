"""The lists that a process defines, such as of what is in review.

They are on the first page of the site, and in the agenda of a meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..process.model import Process
from ..process.schema import Listing, Role
from ..proposals.model import Proposal
from .model import Catalog, CatalogEntry

Listings = Mapping[Listing, tuple[CatalogEntry, ...]]
"""The proposals of each list, in the order in which they are shown."""


def select_listings(catalog: Catalog, process: Process, proposals: Iterable[Proposal]) -> Listings:
    """Return the lists of a process that are not empty.

    :param proposals: Those that *catalog* was made of.
    """
    by_path = {proposal.path: proposal for proposal in proposals}
    rows = [(entry, by_path[entry.path]) for entry in catalog.proposals]
    lists = {listing: _select(listing, process, rows) for listing in process.lists}
    return {listing: entries for listing, entries in lists.items() if entries}


def _select(
    listing: Listing, process: Process, rows: Iterable[tuple[CatalogEntry, Proposal]]
) -> tuple[CatalogEntry, ...]:
    """Return the entries to which a list applies, in its order."""
    selected = [
        (sort_value(proposal, listing, process), entry)
        for entry, proposal in rows
        if listing.applies(
            entry.status, entry.type, (process.by_key[key].name for key in proposal.fields)
        )
    ]
    # Proposals without a day come last.
    selected.sort(key=lambda row: row[0] or date.max)
    return tuple(entry for _day, entry in selected)


def sort_value(proposal: Proposal, listing: Listing, process: Process) -> date | None:
    """Return the day by which a list is sorted, if it is, and the proposal has it."""
    header = process.header(listing.sort_by) if listing.sort_by else None
    value = proposal.values.get(header.key) if header else None
    return value if isinstance(value, date) else None


def sort_role(listing: Listing, process: Process) -> Role | None:
    """Return the role of the header by which a list is sorted, such as ``review_until``."""
    header = process.header(listing.sort_by) if listing.sort_by else None
    return header.role if header else None
