import re
from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ...suppressions import COMMENT_PREFIX
from ..relations._helpers import status_of
from ._helpers import facts

_EDITORS = re.compile(r"local variables:|vim?:|-\*-", re.IGNORECASE)


@rule("B031", severity=Severity.STYLE)
def comment_left(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A comment was left in a proposal that is no draft any more.

    Comments are hints of the template, or notes between the authors. Who decides sees the
    page, where they are not, and should know of everything that is open. Settings of editors
    and of this tool are fine.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Review

        .. Are generators covered?

        A view may declare what it returns.

    Good::

        FEP: 7
        Title: Typed views
        Status: Review

        A view may declare what it returns.
    """
    status = status_of(proposal, process)
    if status is None or status.settled or status == process.initial_status:
        return
    for comment in facts(proposal).comments:
        if not _EDITORS.match(comment.name) and not comment.name.startswith(COMMENT_PREFIX):
            what = f"the comment {quote(comment.name[:60])} is still there"
            yield Finding(comment.location.span, f"{what}; remove it, or say it in the text")
