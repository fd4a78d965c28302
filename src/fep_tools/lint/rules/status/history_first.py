from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import records


@rule("S005")
def history_first(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A history does not begin where every proposal begins.

    What was proposed was a draft at first, even if for a day, and the time that proposals
    take is counted from there. An idea that began as a commit was drafted on that day.

    Bad::

        FEP: 7
        Title: Typed views
        Status-History: 2021-04-14 Accepted https://example.org/1

    Good::

        FEP: 7
        Title: Typed views
        Status-History: 2021-04-14 Draft https://example.org/1
            2021-04-14 Accepted https://example.org/1
    """
    header, first = process.header_for("history"), process.initial_status.name
    for record, span in records(proposal, header)[:1]:
        if header and record.status not in {None, first}:
            message = (
                f"'{header.name}' begins with \"{record.status}\"; "
                f"write an entry for {first} before it"
            )
            yield Finding(span, message)
