from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import span_of


@rule("T014")
def record_later(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A proposal that was none becomes a record of the past.

    A record tells what was decided elsewhere before it was written, and need not go through
    the steps. A proposal is written as a record, or it goes through them.

    Bad::

        # base
        FEP: 7
        Status: Draft

        # head
        FEP: 7
        Status: Draft
        Retroactive: yes

    Good::

        # base
        FEP: 7
        Status: Draft
        Retroactive: yes

        # head
        FEP: 7
        Title: Typed views
        Status: Draft
        Retroactive: yes
    """
    before, after = change.before, change.after
    if before is None or after is None or before.value("retroactive"):
        return
    if after.value("retroactive"):
        name = process.header_name("retroactive")
        message = f"'{name}' is new on a {process.acronym} that was none; take it away"
        yield Finding(span_of(change, "retroactive"), message)
