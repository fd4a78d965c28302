from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H108", fixable=True)
def header_version(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A version is not written as versions are.

    Lists by release compare numbers. A version has two or three of them, without a word, a
    letter or zeros in front.

    Bad::

        FEP: 7
        Title: Typed views
        Flask-Version: v3.1

    Good::

        FEP: 7
        Title: Typed views
        Flask-Version: 3.1
    """
    yield from mistaken(proposal, process, header_version.name)
