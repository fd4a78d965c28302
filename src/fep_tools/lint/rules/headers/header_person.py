from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H106", fixable=True)
def header_person(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A person is not written as the process writes people.

    The pages by author go by names, and a handle or an address that cannot be read reaches
    nobody. FEPs name no addresses: proposals are public, and copied.

    Bad::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace @ada

    Good::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace (@ada)
    """
    yield from mistaken(proposal, process, header_person.name)
