from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H107", fixable=True)
def header_url(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """An address is not one that can be followed.

    A link is evidence only if every reader can open it: with a scheme and a host, without a
    password, and at one of the places where the community keeps its record.

    Bad::

        FEP: 7
        Title: Typed views
        Discussions-To: github.com/pallets/flask/discussions/7

    Good::

        FEP: 7
        Title: Typed views
        Discussions-To: https://github.com/pallets/flask/discussions/7
    """
    yield from mistaken(proposal, process, header_url.name)
