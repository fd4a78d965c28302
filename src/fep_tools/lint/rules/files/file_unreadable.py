from collections.abc import Iterator

from ....diagnostics import Finding
from ....proposals.model import Proposal
from ...rule import rule


@rule("C001")
def file_unreadable(proposal: Proposal) -> Iterator[Finding]:
    r"""A file cannot be read as a proposal.

    It is looked at before any parser is: whether it is a file, of a sound size, in UTF-8, and
    without characters that steer terminals. Nothing else is said about it until that is
    mended, and it keeps no other proposal from being checked.

    Bad::

        FEP: 7
        Title: Typed\u0008 views

    Good::

        FEP: 7
        Title: Typed views
    """
    if refusal := proposal.refusal:
        yield Finding(refusal.span, f"the file {refusal.message}", refusal.help)
