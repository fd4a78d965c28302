from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H108", fixable=True)
def header_version(proposal: Proposal, process: Process) -> Findings:
    """Version is not in the expected format.

    Lists by release compare version numbers. Write two or three numbers with dots between
    them, without a prefix, a suffix or leading zeros.

    Bad::

        Flask-Version: v3.1

    Good::

        Flask-Version: 3.1
    """
    return report_mistakes(proposal, process, header_version.name)
