from collections.abc import Iterator

from ...diagnostic import Finding
from ...process import Process
from ...proposal import Proposal
from ..headers import records
from ..rule import rule


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
    header, first = process.role("history"), process.first.name
    for record, span in records(proposal, header)[:1]:
        if header and record.status not in {None, first}:
            message = (
                f"'{header.name}' begins with \"{record.status}\"; "
                f"write an entry for {first} before it"
            )
            yield Finding(span, message)
