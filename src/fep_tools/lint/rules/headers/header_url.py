from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H107", fixable=True)
def header_url(proposal: Proposal, process: Process) -> Findings:
    """URL is not valid.

    A link is evidence only if every reader can open it. Write a complete URL with a scheme
    and a host, and without a password. For some headers, the process also says on which sites
    the URL must be.

    Bad::

        Discussions-To: github.com/example/project/discussions/7

    Good::

        Discussions-To: https://github.com/example/project/discussions/7
    """
    return report_mistakes(proposal, process, header_url.name)
