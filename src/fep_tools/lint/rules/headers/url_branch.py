import re

from ....proposals.permalinks import branch_in_url
from .._api import Finding, Findings, Process, Proposal, quote, rule
from .._headers import iter_headers

_URL = re.compile(r"https?://[^\s<>`]+")


@rule("H130")
def url_branch(proposal: Proposal, process: Process) -> Findings:
    """URL of evidence names a branch.

    What a branch shows changes with every commit, and a branch may be deleted. Evidence has to
    stay as it was when the decision was made: link to a commit, a tag, a pull request or a
    thread. On GitHub and GitLab, the key ``y`` turns the URL of a file into that of a commit.

    Bad::

        Upstream: https://github.com/example/project/blob/main/src/app.py

    Good::

        Upstream: https://github.com/example/project/blob/2fec0b206c6e/src/app.py
    """
    for header, field in iter_headers(proposal, process):
        if not header.has_permanent_urls:
            continue
        for match in _URL.finditer(field.value):
            if branch := branch_in_url(match[0]):
                yield Finding(
                    field.span(match.start(), match.end()),
                    f"'{header.name}' names the branch {quote(branch)}, which changes; "
                    "link to a commit, a tag or a thread",
                    "on GitHub and GitLab, open the file and press y for the URL of the commit",
                )
