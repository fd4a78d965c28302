from collections.abc import Iterator

from ....diagnostics import Finding, Related
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import records, told


@rule("S008")
def history_created(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A history does not begin on the day on which the proposal was created.

    Both say when the matter first came up. Lists show one and timelines the other, so that
    readers would be told two beginnings.

    Bad::

        FEP: 7
        Title: Typed views
        Created: 2018-03-26
        Status-History: 2018-03-27 Draft https://example.org/1

    Good::

        FEP: 7
        Title: Typed views
        Created: 2018-03-26
        Status-History: 2018-03-26 Draft https://example.org/1
    """
    header, created = process.header_for("history"), process.header_for("created")
    day, field = proposal.value("created"), proposal.field("created")
    for record, span in records(proposal, header)[:1]:
        if header and created and day and field and record.date not in {None, day}:
            message = (
                f"'{header.name}' begins on {told(record.date, header)}, but "
                f"'{created.name}' is {told(day, created)}; write the same day"
            )
            there = Related(proposal.path, field.span(), f"'{created.name}' is here")
            yield Finding(span, message, related=(there,))
