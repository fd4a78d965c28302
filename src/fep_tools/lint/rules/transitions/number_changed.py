from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import past_draft, span_of


@rule("T006")
def number_changed(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A proposal that is no first draft any more gets another number.

    Others refer to it by its number. Numbers are given once.

    Bad::

        # base
        # proposals/fep-0007.rst
        FEP: 7
        Status: Review

        Abstract
        ========

        Text.

        # head
        # proposals/fep-0008.rst
        FEP: 8
        Status: Review

        Abstract
        ========

        Text.

    Good::

        # base
        # proposals/fep-0007.rst
        FEP: 7
        Status: Draft

        Abstract
        ========

        Text.

        # head
        # proposals/fep-0008.rst
        FEP: 8
        Status: Draft

        Abstract
        ========

        Text.
    """
    before, after = change.before, change.after
    if before is None or after is None or not past_draft(change, process):
        return
    if before.number is not None and after.number != before.number:
        message = f"{process.label(before.number)} is {before.status} and keeps its number"
        yield Finding(span_of(change, "number"), message)
