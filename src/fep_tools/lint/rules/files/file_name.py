import re
from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import suggested


@rule("C004")
def file_name(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A file is not named as proposals are named.

    Addresses and links are made from the name, and a number in it is seen before the file is
    opened. What is no proposal belongs in another folder.

    Bad::

        # proposals/typed-views.rst
        FEP: 7
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    standard_input = proposal.path.startswith("<")
    if standard_input or proposal.path_fields is not None or proposal.refusal is not None:
        return
    number, such = proposal.number, ""
    if number is None and (digits := re.search(r"(?<![0-9])[0-9]{1,4}(?![0-9])", proposal.path)):
        number = int(digits[0])
    if number is None:
        number, such = process.first_number, "a name such as "
    path = suggested(proposal.path, number, process)
    name = quote(proposal.path)
    yield Finding(Span(), f"the file is named {name}; call it {such}{quote(path)}")
