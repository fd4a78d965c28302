from itertools import pairwise

from ....proposals.fields import format_date
from .._api import Finding, Findings, Process, Proposal, rule
from .._headers import locate_records


@rule("S004")
def history_order(proposal: Proposal, process: Process) -> Findings:
    """Status history is not in chronological order.

    Each entry is a transition from the status in the entry before it. If an entry has an
    earlier date than the one before it, either the order or one of the dates is wrong. Sort
    the entries, or correct the date.

    Bad::

        Status-History: 2021-04-14 Draft https://example.org/1
            2018-03-27 Deferred https://example.org/2

    Good::

        Status-History: 2018-03-27 Draft https://example.org/1
            2021-04-14 Deferred https://example.org/2
    """
    header = process.header_for("history")
    for (before, _), (after, span) in pairwise(locate_records(proposal, header, process)):
        if header and before.date and after.date and after.date < before.date:
            message = (
                f"'{header.name}' goes back from {format_date(before.date, header.date_format)} to "
                f"{format_date(after.date, header.date_format)}; sort the entries by date"
            )
            yield Finding(span, message)
