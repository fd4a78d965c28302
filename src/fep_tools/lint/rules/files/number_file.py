from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import suggested


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
    named = proposal.path_fields
    if field is None or number is None or named is None or int(named["number"]) == number:
        return
    path = quote(suggested(proposal.path, number, process))
    what = f"'{field.name}' is {number}, and the file's name says {named['number']}"
    yield Finding(field.span(), f"{what}; write {int(named['number'])}, or call the file {path}")
