from ....proposals.permalinks import branch_in_url
from .._api import Finding, Findings, Proposal, quote, rule, Severity
from ._helpers import get_body


@rule("B070", severity=Severity.STYLE)
def link_branch(proposal: Proposal) -> Findings:
    """Link leads to a file of a branch.

    The file changes, and line numbers in the link soon point to something else. Link to the file
    at a commit or a tag. On GitHub and GitLab, the key ``y`` turns one into the other.

    Bad::

        See `app.py <https://github.com/example/project/blob/main/src/app.py#L1>`__.

    Good::

        See `app.py <https://github.com/example/project/blob/3.1.0/src/app.py#L1>`__.
    """
    for link in get_body(proposal).links:
        branch = None if link.role else branch_in_url(link.target)
        if branch:
            message = f"the link names the branch {quote(branch)}, which changes; name a commit"
            yield Finding(link.location.span, message)
