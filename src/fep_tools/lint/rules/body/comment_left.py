import re

from ...ignore_comments import COMMENT_PREFIX
from .._api import Finding, Findings, Process, Proposal, quote, rule, Severity
from ._helpers import get_body

# Settings of Emacs ("Local Variables:", "-*- mode: rst -*-") and Vim ("vim: et", "vi: et").
_EDITOR_SETTINGS = re.compile(r"local variables:|vim?:|-\*-", re.IGNORECASE)


@rule("B031", severity=Severity.STYLE, affects_page=False)
def comment_left(proposal: Proposal, process: Process) -> Findings:
    """Comment is left after the draft stage.

    Comments are hints of the template or notes between authors. They are not on the page, but
    reviewers should know about every open question. Remove the comment, or move it into the
    text. Settings of editors and of this tool are fine.

    Bad::

        Status: Review

        .. Are generators covered?

        A view may declare what it returns.

    Good::

        Status: Review

        A view may declare what it returns.
    """
    status = process.status(proposal.status)
    if status is None or status.settled or status == process.initial_status:
        return
    for comment in get_body(proposal).comments:
        if _EDITOR_SETTINGS.match(comment.name) or comment.name.startswith(COMMENT_PREFIX):
            continue
        what = f"the comment {quote(comment.name[:60])} is not on the page"
        yield Finding(comment.location.span, f"{what}; remove it, or move it into the text")
