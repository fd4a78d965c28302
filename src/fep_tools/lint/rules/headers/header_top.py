from collections.abc import Iterator

from ...._text import plural
from ....diagnostics import Edit, Finding, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ....proposals.preamble import BYTE_ORDER_MARK
from ...rule import rule
from ._helpers import headed


@rule("H009", fixable=True)
def header_top(proposal: Proposal, process: Process) -> Iterator[Finding]:
    r"""Something invisible stands before the first header.

    Other readers look for the headers at the very first character, and find none after a
    blank line or after the byte order mark that some editors write.

    Bad::

        \ufeffFEP: 7
        Title: Typed views

    Good::

        FEP: 7
        Title: Typed views
    """
    if not headed(proposal, process):
        return
    blank = proposal.preamble.first_line - 1 if process.dialect == "rfc2822" else 0
    if blank:
        lines = plural(blank, "blank line")
        end = Span(1, 1, blank + 1, 1)
        message = f"there is {lines} before the first header; begin with the header"
        yield Finding(Span(1), message, edits=(Edit(end, ""),))
    elif proposal.text.startswith(BYTE_ORDER_MARK):
        mark = Span(1, 1, 1, 2)
        message = "the file begins with a byte order mark; save it as UTF-8 without one"
        yield Finding(mark, message, edits=(Edit(mark, ""),))
