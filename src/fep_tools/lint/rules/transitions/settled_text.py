from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Severity, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ...changes import ProposalChange
from ...rule import rule
from ._worddiff import changed_words


@rule("T010", severity=Severity.WARNING)
def settled_text(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """The text of a settled proposal changes in more than its spelling.

    It is a record of what was decided. What has changed since is another proposal, or the
    documentation. Spelling, addresses and markup may be mended.

    Bad::

        # base
        FEP: 7
        Status: Final

        Abstract
        ========

        Views may be typed.

        # head
        FEP: 7
        Status: Final

        Abstract
        ========

        Views must never be typed.

    Good::

        # base
        FEP: 7
        Status: Final

        Abstract
        ========

        Veiws may be *typed*.

        # head
        FEP: 7
        Status: Final

        Abstract
        ========

        Views may be `typed <https://example.org>`_.
    """
    before, after = change.before, change.after
    if before is None or after is None or before.status != after.status:
        return
    status = process.status(after.status)
    if status is None or not status.settled:
        return
    for old, new, line in changed_words(_body(before), _body(after)):
        message = f"{quote(old) if old else 'nothing'} became {quote(new) if new else 'nothing'}"
        subject = f"the text of a {status.name} {process.acronym} is a record; {message}"
        yield Finding(Span(line, 1, line, len(after.lines[line - 1]) + 1), subject)
        return


def _body(proposal: Proposal) -> str:
    return proposal.preamble.blanked(proposal.text)
