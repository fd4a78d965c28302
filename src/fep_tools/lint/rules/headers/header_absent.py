from collections.abc import Iterator

from ...._text import quote, safe
from ....diagnostics import Finding, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import headed, line, sample

LOOKED_AT = 30
"""Lines in which headers in another form may stand."""


@rule("H000")
def header_absent(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """There are no headers.

    Number, title, status and everything else that is known of a proposal stands in its
    headers. Without them it is in no index, and nothing else can be judged.

    Bad::

        Typed views
        ===========

        Views should have types.

    Good::

        FEP: 7
        Title: Typed views
    """
    if not headed(proposal, process):
        yield next(_elsewhere(proposal, process), None) or _nowhere(proposal, process)


def _elsewhere(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """What looks like headers, in the form of other communities or too far down."""
    for number, text in enumerate(proposal.lines[:LOOKED_AT], start=1):
        name, colon, value = text.removeprefix(":").partition(":")
        if colon and name.strip() in process.header_order:
            wanted = line(name.strip(), value.strip(), process)
            advice = "write them at the top" if text == wanted else f"write {safe(wanted)}"
            message = f"there are no headers, but {quote(text)}; {advice}"
            yield Finding(Span(number, 1, number, len(text) + 1), message)


def _nowhere(proposal: Proposal, process: Process) -> Finding:
    first = sample(process.headers[0], proposal, process)
    where = "under the title" if process.dialect == "field-list" else "on the first line"
    return Finding(Span(1), f"there are no headers; begin with {first} {where}")
