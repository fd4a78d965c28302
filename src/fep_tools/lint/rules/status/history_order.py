from collections.abc import Iterator
from itertools import pairwise

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import records, told


@rule("S004")
def history_order(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A history goes back in time.

    Each entry is a step from the one before it. With a day that is earlier, either the
    entries are not in order or one of the days is wrong.

    Bad::

        FEP: 7
        Title: Typed views
        Status-History: 2021-04-14 Draft https://example.org/1
            2018-03-27 Deferred https://example.org/2

    Good::

        FEP: 7
        Title: Typed views
        Status-History: 2018-03-27 Draft https://example.org/1
            2021-04-14 Deferred https://example.org/2
    """
    header = process.header_for("history")
    for (before, _), (after, span) in pairwise(records(proposal, header)):
        if header and before.date and after.date and after.date < before.date:
            message = (
                f"'{header.name}' goes back from {told(before.date, header)} to "
                f"{told(after.date, header)}; put the entries in the order of their days"
            )
            yield Finding(span, message)
