from collections.abc import Iterator

from ...diagnostic import Finding
from ...process import Process
from ...proposal import Proposal
from ...text import quote
from ..paths import suggested
from ..rule import rule


@rule("C005")
def number_file(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """The number in the header is not the one in the file's name.

    Often the file was copied from another proposal. A link by number would lead to the one
    or to the other.

    Bad::

        # proposals/fep-0007.rst
        FEP: 12
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    field, number = proposal.field("number"), proposal.value("number")
    named = proposal.named
    if field is None or number is None or named is None or int(named["number"]) == number:
        return
    path = quote(suggested(proposal.path, number, process))
    what = f"'{field.name}' is {number}, and the file's name says {named['number']}"
    yield Finding(field.span(), f"{what}; write {int(named['number'])}, or call the file {path}")
