from collections.abc import Iterator
from datetime import date, timedelta

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.fields import format_date
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import days, known

EARLIEST = date(1990, 1, 1)
"""Before Python was; whoever writes an older day has mistyped it."""

GRACE = timedelta(days=1)
"""Where it is tomorrow already, proposals are written too."""


@rule("H110")
def date_impossible(proposal: Proposal, process: Process, today: date) -> Iterator[Finding]:
    """A day is one on which this cannot have happened.

    What was created, posted or decided was so in the past, and since 1990. Any other day is
    a mistake in typing, and puts the proposal at the wrong end of every list.

    Bad::

        FEP: 7
        Title: Typed views
        Created: 2205-03-03

    Good::

        FEP: 7
        Title: Typed views
        Created: 2025-03-03
    """
    for header, _field in known(proposal, process):
        for day, span in days(proposal, header) if header.past_only else ():
            if EARLIEST <= day <= today + GRACE:
                continue
            when = "in the future" if day > today else f"before {EARLIEST.year}"
            found = format_date(day, header.date_format)
            yield Finding(span, f"'{header.name}' has {found}, which is {when}; write the day")
